"""
The corpus on wide terminals, where no text is cut off: ``python -m … FOLDER zh [long]``.

It runs in a process of its own, whose tables are read from ``LEDGER_MESSAGES``.
"""

import sys
from unittest.mock import patch

from click.testing import CliRunner
from tests.corpus import digests, plain, said, years

from ledger.cli import COMMANDS, main
from ledger.reports.render import terminal

WIDE = 4000
LOCALES = {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}


def completions():
    """Say what a shell is told of each command's options, and of the commands."""
    for name in ("", *COMMANDS):
        words = f"main {name} --" if name else "main "
        asked = {
            "_MAIN_COMPLETE": "zsh_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
            "LC_ALL": LOCALES[plain.USUAL["language"]],
        }
        done = CliRunner().invoke(main, [], env=asked, prog_name="main")
        yield f"completion/{name or 'commands'}", done.stdout


def write(folder, language, extent):
    """Write all texts of the corpus into files, or what is quickly said of a year."""
    is_long = extent == "long"
    parts = (*said.QUICK, completions, *([said.long] if is_long else []))
    opened = said.OPENED if is_long else {years.SMALL: years.small}
    with (
        patch.dict(digests.SURROUNDINGS, COLUMNS=str(WIDE)),
        patch.dict(said.OPENED, opened, clear=True),
        patch.dict(plain.USUAL, language=language, width=WIDE),
        patch.object(terminal.rendered, "__defaults__", (WIDE,)),
        patch.object(terminal, "PIPED_WIDTH", WIDE),
    ):
        digests.write(folder, parts)


if __name__ == "__main__":
    write(*sys.argv[1:])
