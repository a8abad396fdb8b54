"""The digests of texts: made anew, kept in a file, compared."""

import os
import re
from contextlib import chdir
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from . import years

KEPT = Path(__file__).with_name("digests.txt")
LONG = "long/"
WITH_HASHES = re.compile("/(lines|root|restored-root|checkpoint|export/.*)$")
HASH = re.compile(r"[0-9a-f]{60}\n?[0-9a-f]{4}|[A-Za-z0-9+/]{43}=")
SURROUNDINGS = {
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "LANGUAGE": "",
    "COLUMNS": "80",
    "LINES": "25",
    "TERM": "dumb",
    "NO_COLOR": "1",
}
"""No text is to follow the terminal or the language of who runs this."""


def said(parts):
    """Yield each text that *parts* say with its name, which is the only one of it."""
    names = set()
    with (
        TemporaryDirectory(prefix="ledger-corpus-") as folder,
        chdir(folder),
        patch.dict(os.environ, SURROUNDINGS),
    ):
        years.create()
        for part in parts:
            for name, text in part():
                assert name not in names, name
                names.add(name)
                yield name, text if WITH_HASHES.search(name) else hidden(text)


def hidden(text):
    """Return a text without its hashes, which differ wherever a stored fact does."""
    return HASH.sub("<hash>", text)


def digest(text):
    """Return the digest of a text: enough of it to tell texts apart."""
    return sha256(text.encode()).hexdigest()[:16]


def kept():
    """Return the digests of the file, by name."""
    lines = KEPT.read_text("utf-8").splitlines() if KEPT.exists() else []
    return {name: its for its, name in (line.split(" ", 1) for line in lines)}


def kept_quick():
    """Return those of texts that are quickly made."""
    return {name: its for name, its in kept().items() if not name.startswith(LONG)}


def keep(digests):
    """Write the digests, sorted by name, so that a diff names what is different."""
    lines = (f"{digests[name]} {name}\n" for name in sorted(digests))
    KEPT.write_text("".join(lines), "utf-8", newline="\n")


def different(was, now):
    """Return in words which texts are new, gone or not as they were."""
    return [
        f"{'new' if name not in was else 'gone' if name not in now else 'changed'} {name}"
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    ]


def write(folder, parts):
    """Write each text into a file of its own below *folder*."""
    root = Path(folder).resolve()
    for name, text in said(parts):
        path = root / name.replace(":", "_")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
