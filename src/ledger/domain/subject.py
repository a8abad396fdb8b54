"""
What a fact is about, a project or a unit, and the stream that its events are in.

A stream is named by a text: ``project:CODE`` or ``unit:CODE``. That text is written and
read here alone, so that more can be added to it, such as a fiscal year.
"""

from enum import StrEnum
from typing import Any, Final, NewType, Self

import attrs
from attrs import Converter, frozen

from ledger.domain.errors import InvalidInput
from ledger.messages import message

Stream = NewType("Stream", str)
"""The name of a stream: ``project:CODE`` or ``unit:CODE``."""

ProjectCode = NewType("ProjectCode", str)
"""The code of a project (项目编码)."""

UnitCode = NewType("UnitCode", str)
"""The code of a budget unit (预算单位编码)."""

_SEPARATOR: Final = ":"
_AFTER: Final = chr(ord(_SEPARATOR) + 1)
"""The character that comes after the separator."""


class SubjectKind(StrEnum):
    """What a fact may be about."""

    PROJECT = "project"
    UNIT = "unit"

    @property
    def streams(self) -> tuple[str, str]:
        """
        Two texts: the streams of this kind lie from the first to below the second.

        >>> SubjectKind.UNIT.streams
        ('unit:', 'unit;')
        """
        return f"{self}{_SEPARATOR}", f"{self}{_AFTER}"


@frozen
class Subject:
    """
    A project or a unit.

    Attributes:
        code: Of the project or the unit; it may hold ``:``.
    """

    kind: SubjectKind
    code: str

    @classmethod
    def project(cls, code: str) -> Self:
        """Return the project with this code."""
        return cls(SubjectKind.PROJECT, code)

    @classmethod
    def unit(cls, code: str) -> Self:
        """Return the unit with this code."""
        return cls(SubjectKind.UNIT, code)

    @classmethod
    def of(cls, stream: str) -> Self:
        """
        Return the subject that a stream is of.

        >>> Subject.of("unit:323001").code
        '323001'

        Raises:
            InvalidInput: That is the name of no stream.
        """
        kind, separator, code = stream.partition(_SEPARATOR)
        if not separator or kind not in _KINDS:
            names = [f"{kind}{_SEPARATOR}CODE" for kind in _KINDS]
            right = message("expected.any_of", names=names)
            raise InvalidInput("stream", stream, right)
        return cls(_KINDS[kind], code)

    @classmethod
    def named(cls, name: str) -> Self:
        """
        Return the subject that a person names: its stream, or the code of a project.

        >>> Subject.named("P-1") == Subject.named("project:P-1")
        True
        """
        try:
            return cls.of(name)
        except InvalidInput:
            return cls.project(name)

    @property
    def stream(self) -> Stream:
        """The stream of its events."""
        return Stream(f"{self.kind}{_SEPARATOR}{self.code}")


_KINDS: Final = {kind.value: kind for kind in SubjectKind}
_PROJECT: Final = SubjectKind.PROJECT.streams[0]
_UNIT: Final = SubjectKind.UNIT.streams[0]


def project_stream(code: ProjectCode) -> Stream:
    """Return the stream of a project's events."""
    return Stream(f"{_PROJECT}{code}")


def unit_stream(code: UnitCode) -> Stream:
    """Return the stream of a unit's own events."""
    return Stream(f"{_UNIT}{code}")


def code_of(stream: Stream) -> str:
    """
    Return the code of the project or the unit that a stream is of.

    It looks no closer: of a text that names no stream it is whatever follows the first
    ``:``. A fold begins with it for each stream.
    """
    return stream.partition(_SEPARATOR)[2]


def is_project(stream: Stream) -> bool:
    """Check whether a stream is that of a project."""
    return stream.startswith(_PROJECT)


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
