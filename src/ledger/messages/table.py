"""The tables of texts: a folder a language, read once, when it is first needed."""

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from ledger.messages.language import Language

_HERE: Final = Path(__file__).parent
_OTHER_FOLDER: Final = "LEDGER_MESSAGES"
"""
Names a folder that is read in place of this one, as long as the process runs.

A translator tries a wording so without changing the package, and the tests texts in
which each is marked.
"""


_HEAD: Final = re.compile(r"^\[(?=[a-z])", re.MULTILINE)
_PLAIN: Final = re.compile(r'^("?)([^"\n=#]+)\1 = "([^"\\\n]*)"$', re.MULTILINE)
"""
Rows of a table that are read without a parser, which takes three times as long.

Those with an escape, or of several lines, are left to it.
"""


@cache
def _table(language: Language) -> Mapping[str, str]:
    """Return the texts of a language by their codes."""
    found: dict[str, str] = {}
    folder = Path(os.environ.get(_OTHER_FOLDER) or _HERE) / str(language)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for part in _HEAD.split(file.read_text("utf-8"))[1:]:
            name, _, body = part.partition("]\n")
            rows = {key: text for _, key, text in _PLAIN.findall(body)}
            rows |= tomllib.loads(_PLAIN.sub("", body))
            found |= {f"{name}.{key}": text for key, text in rows.items()}
    return found


def template(code: str, language: Language) -> str | None:
    """Return the text of *code* with its places; ``None`` if there is none."""
    return _table(language).get(code)


@cache
def section(name: str, language: Language) -> Mapping[str, str]:
    """Return the texts of a section by their codes within it."""
    start = f"{name}."
    table = _table(language).items()
    return {
        code.removeprefix(start): text for code, text in table if code.startswith(start)
    }


def codes(language: Language) -> frozenset[str]:
    """Return the codes that a language has a text for."""
    return frozenset(_table(language))


@cache
def _severities() -> Mapping[str, str]:
    rows = tomllib.loads(_HERE.joinpath("severities.toml").read_text("utf-8"))
    return {code: how for how, listed in rows.items() for code in listed}


def severity(code: str) -> str:
    """
    Return how bad findings of *code* are: ``error``, ``warning`` or ``note``.

    What is not listed counts as the worst.
    """
    return _severities().get(code, "error")


@cache
def head_words() -> tuple[str, ...]:
    """Return the Chinese words that heads of columns are made of."""
    rows = tomllib.loads(_HERE.joinpath("head_words.toml").read_text("utf-8"))
    return tuple(rows["words"].split())
