"""Who reads what a command prints: in which language it speaks."""

import os
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from ledger.domain.errors import LedgerError
from ledger.domain.finding import Finding
from ledger.loading import load
from ledger.messages import Language, Message, Value, message, usual_language

_LEDGERS: Final = {"ledger": "ledger.app"}
"""Loads where a ledger is asked for its language before a command opens it."""

_SQLITE: Final = b"SQLite format 3\0"
_ASKED: Final = "--lang"


class Reader:
    """
    Who reads what a command prints.

    Attributes:
        words: Those of the command line, without the name of the program.

        ledger: The language of the ledger that the command has opened, if any.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self.ledger: Language | None = None

    @property
    def asked(self) -> Language | None:
        """The language that the last ``--lang`` asks for; ``None`` without one."""
        asked = None
        for at, word in enumerate(self.words):
            name, equals, value = word.partition("=")
            if name == _ASKED:
                value = value if equals else "".join(self.words[at + 1 : at + 2])
                asked = next((one for one in Language if one.value == value), asked)
        return asked

    @property
    def language(self) -> Language:
        """The language asked for, else the ledger's, else that of the locale."""
        if self.asked is not None:
            return self.asked
        if self.ledger is None:
            self.ledger = self._of_ledger() or usual_language(os.environ)
        return self.ledger

    def _of_ledger(self) -> Language | None:
        """Return the language of the first ledger file that is named."""
        for word in self.words:
            if not word.startswith("-") and _is_ledger(word):
                try:
                    ledgers = load(_LEDGERS, "ledger").Ledger
                    with ledgers.open(word, create=False, read_only=True) as ledger:
                        return Language(ledger.settings.language.value)
                except (LedgerError, OSError):
                    return None
        return None


def _is_ledger(name: str) -> bool:
    try:
        with Path(name).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


_READER: Final[ContextVar[Reader | None]] = ContextVar("reader", default=None)


def begin(words: Sequence[str]) -> None:
    """Speak to who gave *words*, from now on."""
    _READER.set(Reader(words))


def reader() -> Reader | None:
    """Return who reads; ``None`` before a command line is read."""
    return _READER.get()


def asked() -> Language | None:
    """Return the language that ``--lang`` asks for; ``None`` without one."""
    known = reader()
    return None if known is None else known.asked


def language() -> Language:
    """Return the language of who reads."""
    known = reader()
    return usual_language(os.environ) if known is None else known.language


def heard(ledger: Language) -> None:
    """Speak the language of the *ledger* that a command has opened."""
    known = reader()
    if known is not None:
        known.ledger = Language(ledger.value)


def spoken(code: str, /, **values: Value) -> str:
    """Return the text *code* with *values*, in the language of who reads."""
    return in_words(message(code, **values))


def in_words(text: Message | Finding | str) -> str:
    """Return *text* in the language of who reads."""
    if isinstance(text, Finding):
        return text.text(language())
    return text.said(language()) if isinstance(text, Message) else text
