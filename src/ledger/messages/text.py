"""A text that a reader sees, before its language is known: a code and its values."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from string import Formatter
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from ledger.messages.language import Language, known_language
from ledger.messages.table import template

Value: TypeAlias = object
"""What may be given for a place of a text: texts, numbers, days, members of an enum,
messages and lists of them; of anything else, such as a path, its ``str``."""

Plain: TypeAlias = "str | int | Message | list[str | int | Message] | None"
"""What a message holds: what can be written as JSON and read again."""

_LONGEST: Final = 200
_JOINED: Final = frozenset("or and semicolon plus with".split())
"""How a place may join what it lists, other than by ``join.list``."""
_OPTIONAL: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_WRITTEN_OUT: Final = 400
"""Digits on a side of its point up to which a number is written without an exponent."""
_FIELD: Final = "field."
_CHOICE: Final = "choice."
_OWN_NAMES: Final = ("currency.", "class.", "projection.")
_FIGURE: Final = "figure."
"""
Sections of names: what has no word is called by its own name.

A figure in a formula is called by its key in English, else by the word of reports. A
choice without its own word has that of reports.
"""


_UNFILLED: Final = (
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Raised where a text cannot be filled with the given values."""

_MONEY: Final = ("money.one", "money.wan")
_SCALED: Final = {"1": "money.one", "10000": "money.in_wan"}
"""The texts of amounts, and that of each scale which a reader asks for."""


@frozen(eq=True, unsafe_hash=False)
class Message:
    """
    A text as data.

    Attributes:
        code: A stable dotted name; its first part is a section of the tables.

        values: By the name of the place: texts, integers, messages, or lists of them.
    """

    code: str
    values: Mapping[str, Plain] = field(factory=dict)

    def said(self, language: Language, scale: Value = None) -> str:
        """
        Return the text in *language*; never raises.

        Amounts are in the scale that they were given in, or in *scale*: ``1`` for the
        main unit of the currency, ``10000`` for 万 of it.

        Where the language has no such text, or one that cannot be filled, it is the
        English one; where there is none, a value is missing, or nothing would be said,
        it is the code and the values.
        """
        code = _scaled(self.code, scale)
        patterns = [template(code, each) for each in (language, Language.ENGLISH)]
        for pattern in filter(None, patterns):
            with suppress(*_UNFILLED):
                if filled := _filled(pattern, self.values, _Filler(language, scale)):
                    return filled
        if not any(patterns) and (name := self._name(language)):
            return name
        values = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({values})" if values else self.code

    def _name(self, language: Language) -> str:
        """Return what a field, a figure or a choice without a word is called."""
        if self.code.startswith(_FIELD):
            return self.code.removeprefix(_FIELD)
        if self.code.startswith(_FIGURE):
            name = self.code.removeprefix(_FIGURE)
            english = language is Language.ENGLISH
            return name if english else template(f"word.{name}", language) or name
        name = self.code.rpartition(".")[2]
        if self.code.startswith(_CHOICE):
            return template(f"word.{name}", language) or name
        if self.code.startswith(_OWN_NAMES):
            return name
        return ""

    def __str__(self) -> str:
        return self.said(Language.ENGLISH)

    def __hash__(self) -> int:
        return hash(self.code)


def _scaled(code: str, scale: Value) -> str:
    """Return the code of an amount in the scale that a reader asks for."""
    if code not in _MONEY or not isinstance(scale, str):
        return code
    return _SCALED.get(scale, code)


def message(code: str, /, **values: Value) -> Message:
    """
    Return the text *code* with *values* in its places.

    Days and instants become ISO texts, decimals plain digits, members of an enum the
    word for them, so that the same message can be stored and read again.

    >>> from datetime import date
    >>> message("x", on=date(2023, 6, 30), rate=Decimal("0.50")).values
    {'on': '2023-06-30', 'rate': '0.50'}
    """
    return Message(code, {name: _plain(value) for name, value in values.items()})


def named(name: str) -> Message:
    """Return the word for a field; where there is none, it is *name* itself."""
    return Message(f"{_FIELD}{name}")


def quoted(text: str) -> Message:
    """Return *text* in the quotation marks of the reader's language."""
    return Message("found.text", {"text": text})


def listed(parts: Iterable[str | int | Message]) -> Message:
    """Return what is listed, with what the reader's language has between the parts."""
    return Message("found.listed", {"parts": [*parts]})


def _plain(value: Value) -> Plain:
    if type(value) is str or type(value) is Message:  # As most are.
        return value
    if isinstance(value, Enum):
        return Message(f"{_CHOICE}{type(value).__name__}.{value.value}")
    if value is None or isinstance(value, str | int | Message):
        return value
    if isinstance(value, Decimal):
        is_short = abs(value.adjusted()) <= _WRITTEN_OUT
        return f"{value:f}" if is_short else str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_listed(_plain(each)) for each in value]
    return str(value)


def _listed(value: Plain) -> str | int | Message:
    """Return one of a list; there are no lists in lists."""
    return value if isinstance(value, str | int | Message) else str(value)


def said(value: Plain, language: Language, scale: Value = None) -> str:
    """Return what a message holds, as *language* says it, amounts in a *scale*."""
    if isinstance(value, Message):
        return value.said(language, scale)
    if isinstance(value, list | tuple):
        between = _own("join.list", language)
        return between.join(said(each, language, scale) for each in value)
    return str(value)


def without_language(asked: object, language: Language) -> list[str]:
    """
    Return a line that says so where *asked* is no language, in one that is.

    >>> without_language("xx", Language.ENGLISH)
    ["(no language 'xx'; known: zh, en)"]
    >>> without_language("zh", Language.CHINESE)
    []
    """
    if asked is None or known_language(asked) is not None:
        return []
    name = asked if isinstance(asked, str) else type(asked).__name__
    known = [each.value for each in Language]
    return [message("line.no_language", name=name, known=known).said(language)]


def _own(code: str, language: Language) -> str:
    """Return what stands between values or around one, else what English has there."""
    return template(code, language) or template(code, Language.ENGLISH) or "{text}"


class _Filler(Formatter):
    """
    Fills the places of a text.

    ``{name}`` is the value as the language says it, ``{name!r}`` the same in the
    quotation marks of the language, ``{count:line|lines}`` a count with its noun,
    ``{names:or}``, ``{names:and}``, ``{names:plus}`` and ``{names:with}`` a list,
    ``{names:semicolon}`` a list of what may have commas itself, and ``{name:?}``
    nothing, where a text only depends on the value.
    """

    def __init__(self, language: Language, scale: Value) -> None:
        self.language, self.scale = language, scale

    def _said(self, value: Any) -> str:
        return said(value, self.language, self.scale)

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Put a value in quotation marks where the text asks for it."""
        if conversion != "r":
            return value
        text = "" if value is None else self._said(value)
        cut = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
        return _own("mark.quoted", self.language).format(text=_visible(cut))

    def format_field(self, value: Any, format_spec: str) -> str:
        """Say a value; a count with its noun in the number that fits."""
        if format_spec == "?":
            return ""
        if format_spec in _JOINED:
            between = _own(f"join.{format_spec}", self.language)
            return between.join(self._said(each) for each in value)
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return f"{value} {one if value == 1 else many}"
        return self._said(value)


def _visible(text: str) -> str:
    """Return *text* with escapes for what a reader cannot see, such as line ends."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _filled(pattern: str, values: Mapping[str, Plain], filler: _Filler) -> str:
    """Fill a text; a part in ``[[…]]`` is left out where a value of it is empty."""

    def part(found: re.Match[str]) -> str:
        inner = found[1]
        names = [name for _, name, _, _ in filler.parse(inner) if name]
        return inner if all(_is_there(values.get(name)) for name in names) else ""

    return filler.vformat(_OPTIONAL.sub(part, pattern), (), values)


def _is_there(value: Plain) -> bool:
    return value not in (None, "", [])
