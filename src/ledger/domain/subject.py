"""
What a fact is about, and the stream that its events are in.

A stream holds the facts of one project or one unit in one fiscal year, and is named by
a text: ``project:2023:CODE`` or ``unit:2023:CODE``; facts about the ledger itself are
in ``ledger``. That text is written and read here alone.
"""

import re
from functools import lru_cache
from typing import Any, Final, NewType, Self

import attrs
from attrs import Converter, frozen

from ledger.domain.errors import InvalidInput
from ledger.messages import Language, Message, message
from ledger.messages.keyed_enum import KeyedEnum

Stream = NewType("Stream", str)
"""The name of a stream: ``project:2023:CODE``, ``unit:2023:CODE`` or ``ledger``."""

ProjectCode = NewType("ProjectCode", str)
"""The code of a project (项目编码); it lives across fiscal years."""

UnitCode = NewType("UnitCode", str)
"""The code of a budget unit (预算单位编码); it lives across fiscal years."""

LEDGER: Final = Stream("ledger")
"""The stream of facts about the ledger itself."""

_SEPARATOR: Final = ":"
_AFTER: Final = chr(ord(_SEPARATOR) + 1)
"""The character that comes after the separator."""
_WIDE: Final = chr(ord(_SEPARATOR) + 0xFEE0)
"""The separator as Chinese punctuation writes it, as wide as a character."""


class SubjectKind(KeyedEnum):
    """What a fact may be about."""

    PROJECT = "project"
    UNIT = "unit"
    LEDGER = "ledger"

    def streams(self, year: int | None = None) -> tuple[str, str]:
        """
        Return two texts: the streams of this kind lie from the first to below the next.

        Args:
            year: Only those of this fiscal year.

        >>> SubjectKind.UNIT.streams(), SubjectKind.UNIT.streams(2023)
        (('unit:', 'unit;'), ('unit:2023:', 'unit:2023;'))
        """
        if self is SubjectKind.LEDGER:
            return self.value, f"{self}\0"
        start = self.value if year is None else f"{self}{_SEPARATOR}{year:04}"
        return f"{start}{_SEPARATOR}", f"{start}{_AFTER}"


_IN_YEARS: Final = f"{SubjectKind.PROJECT}|{SubjectKind.UNIT}"
_STREAM: Final = re.compile(
    rf"({_IN_YEARS}){_SEPARATOR}([0-9]{{4}}){_SEPARATOR}(.+)", re.DOTALL
).fullmatch
_ANY_YEAR: Final = re.compile(rf"({_IN_YEARS}){_SEPARATOR}(.+)", re.DOTALL).fullmatch


@frozen
class Subject:
    """
    A project or a unit in a fiscal year, or the ledger itself.

    Attributes:
        code: Of the project or the unit; it may hold ``:``. The ledger has none.

        year: The fiscal year; ``None`` where none is named.
    """

    kind: SubjectKind
    code: str
    year: int | None = None

    @classmethod
    def project(cls, code: str, year: int) -> Self:
        """Return the project with this code in a fiscal year."""
        return cls(SubjectKind.PROJECT, code, year)

    @classmethod
    def unit(cls, code: str, year: int) -> Self:
        """Return the unit with this code in a fiscal year."""
        return cls(SubjectKind.UNIT, code, year)

    @classmethod
    def of(cls, stream: str) -> Self:
        """
        Return the subject that a stream is of.

        >>> Subject.of("unit:2023:323001").code
        '323001'

        Raises:
            InvalidInput: That is the name of no stream.
        """
        if stream == LEDGER:
            return cls(SubjectKind.LEDGER, "")
        match = _STREAM(stream)
        if match is None:
            kinds = _IN_YEARS.split("|")
            names = [f"{kind}{_SEPARATOR}YEAR{_SEPARATOR}CODE" for kind in kinds]
            right = message("expected.any_of", names=names)
            raise InvalidInput("stream", stream, right)
        kind, year, code = match.groups()
        return cls(SubjectKind(kind), code, int(year))

    @classmethod
    def named(cls, name: str) -> Self:
        """
        Return the subject that a person names: a stream, or a code without a year.

        A code alone is a project's; ``unit:CODE`` is a unit, and so is ``单位:CODE``.

        >>> Subject.named("P-1") == Subject.named("project:P-1")
        True
        >>> Subject.named("project:2024:P-1").year
        2024
        """
        name = _by_its_key(name)
        try:
            return cls.of(name)
        except InvalidInput:
            match = _ANY_YEAR(name)
        if match is None:
            return cls(SubjectKind.PROJECT, name)
        return cls(SubjectKind(match[1]), match[2])

    def within(self, year: int) -> Self:
        """Return it in a fiscal year, unless it names one itself."""
        return self if self.year is not None else attrs.evolve(self, year=year)

    @property
    def stream(self) -> Stream:
        """The stream of its events in its fiscal year, which must be named."""
        if self.kind is SubjectKind.LEDGER:
            return LEDGER
        assert self.year is not None
        return Stream(f"{self.kind.streams(self.year)[0]}{self.code}")

    @property
    def words(self) -> Message:
        """What readers call it: a project or a unit, its code, and its fiscal year."""
        year = None if self.year is None else str(self.year)
        return message(f"line.of_{self.kind.value}", code=self.code, year=year)


def _by_its_key(name: str) -> str:
    """Return a name that begins with a word for its kind with the key of the kind."""
    word, colon, rest = name.replace(_WIDE, _SEPARATOR, 1).partition(_SEPARATOR)
    for kind in (SubjectKind.PROJECT, SubjectKind.UNIT):
        if colon and word == message(f"field.{kind.value}").said(Language.CHINESE):
            return f"{kind}{colon}{rest}"
    return name


def stream_name(kind: SubjectKind, code: str, year: int) -> Stream:
    """Return the stream of the events of a project or a unit in a fiscal year."""
    return Stream(f"{_start(kind, year)}{code}")


@lru_cache(maxsize=64)
def project_start(year: int) -> str:
    """Return how the names of the streams of projects of a fiscal year begin."""
    return _start(SubjectKind.PROJECT, year)


@lru_cache(maxsize=64)
def _start(kind: SubjectKind, year: int) -> str:
    """Return what stands before the code; there are few."""
    return f"{kind}{_SEPARATOR}{year:04}{_SEPARATOR}"


def code_of(stream: Stream) -> str:
    """
    Return the code of the project or the unit that a stream is of.

    It looks no closer: of a text that names no stream it is whatever follows the second
    ``:``. A fold begins with it for each stream.
    """
    return stream.partition(_SEPARATOR)[2].partition(_SEPARATOR)[2]


def year_of(stream: Stream) -> int | None:
    """
    Return the fiscal year that a stream is of; ``None`` where it is of none.

    >>> year_of(Stream("project:2023:P-1")), year_of(Stream("ledger"))
    (2023, None)
    """
    year = stream.partition(_SEPARATOR)[2].partition(_SEPARATOR)[0]
    return int(year) if year.isdecimal() else None


def is_project(stream: Stream) -> bool:
    """Check whether a stream is that of a project."""
    return stream.startswith(_PROJECT)


_PROJECT: Final = SubjectKind.PROJECT.streams()[0]


def about_one(
    _event: type, fields: list["attrs.Attribute[Any]"]
) -> list["attrs.Attribute[Any]"]:
    """
    Make events of a class be about a project or else a unit, as ``field_transformer``.

    Making an event of neither, or of both, raises :class:`InvalidInput`. Reading one
    costs nothing more: a stored event is about what its stream is of, and the decoder
    leaves out what converters do.
    """
    unit = SubjectKind.UNIT.value
    return [
        each.evolve(converter=_UNLESS_PROJECT) if each.name == unit else each
        for each in fields
    ]


def _unless_project(unit: str | None, event: Any) -> str | None:
    if (unit is None) is (event.project is None):
        raise InvalidInput(
            "project", event.project, message("expected.project_or_unit")
        )
    return unit


_UNLESS_PROJECT: Final = Converter(_unless_project, takes_self=True)
