"""Write the digests anew: ``python -m tests.corpus``, or the texts: ``--write DIR``."""

import argparse

from .digests import different, digest, keep, kept, said, write
from .said import QUICK, long


def main() -> None:
    """Say which texts are not as they were, and keep the digests of what is said."""
    options = argparse.ArgumentParser(prog="python -m tests.corpus")
    options.add_argument("--write", metavar="FOLDER", help="the texts, to compare them")
    folder = options.parse_args().write
    if folder is not None:
        write(folder, (*QUICK, long))
        return
    now = {name: digest(text) for name, text in said((*QUICK, long))}
    changes = different(kept(), now)
    keep(now)
    print("\n".join([*changes, f"{len(now)} texts, {len(changes)} not as they were"]))


if __name__ == "__main__":
    main()
