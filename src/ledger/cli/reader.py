"""The language of what a command prints: its reader's."""

import sys
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from ledger.domain.choices import by_word
from ledger.domain.errors import LedgerError
from ledger.domain.finding import Finding
from ledger.loading import load
from ledger.messages import Language, Message, Value, message, readers_language
from ledger.messages.encodings import shows_chinese

_LEDGERS: Final = {"ledger": "ledger.app.ledger"}
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
    def language_words(self) -> list[str]:
        """What each ``--lang`` is given, a language or not."""
        given = []
        for word, following in zip(self.words, [*self.words[1:], ""], strict=False):
            name, equals, value = word.partition("=")
            if name == "--":
                break
            if name == _ASKED and (equals or following):
                given.append(value if equals else following)
        return given

    @property
    def asked(self) -> Language | None:
        """The language that the last ``--lang`` asks for; ``None`` without one."""
        named = (by_word(Language, word) for word in self.language_words)
        known = [language for language in named if language is not None]
        return known[-1] if known else None

    @property
    def language(self) -> Language:
        """
        The language asked for, else the ledger's, else that of the locale.

        It is English where the streams cannot show Chinese, unless it is asked for.
        """
        if self.asked is not None:
            return self.asked
        if not (shows_chinese(sys.stdout) and shows_chinese(sys.stderr)):
            return Language.ENGLISH
        if self.ledger is None:
            self.ledger = self.of_ledger() or readers_language()
        return self.ledger

    def of_ledger(self) -> Language | None:
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


def language_words() -> list[str]:
    """Return what each ``--lang`` is given, a language or not."""
    known = reader()
    return [] if known is None else known.language_words


def of_ledger() -> Language | None:
    """Return the language of the ledger that the command line names, if any."""
    known = reader()
    return None if known is None else known.ledger or known.of_ledger()


def shown_in() -> Language | None:
    """
    Return the language of a report that is printed; ``None`` for the ledger's.

    It is the one asked for, else English where the output cannot show Chinese.
    """
    return asked() or (None if shows_chinese(sys.stdout) else Language.ENGLISH)


def language() -> Language:
    """Return the language of who reads."""
    return (reader() or Reader(())).language


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
