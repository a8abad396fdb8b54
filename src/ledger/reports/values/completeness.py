"""The register of completeness (填报率): which results that were due came, of whom."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.indicator import IndicatorLabel
from ledger.figures.figure import FigureKind, Width
from ledger.projections.answers import Answers
from ledger.reports.values.register import (
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    by_unit,
)


@frozen(kw_only=True)
class AnsweredIndicator:
    """
    An indicator of a project or a unit, and the due days that were answered.

    Attributes:
        project: Blank for a unit's own.

        name: Of the project or the unit.
    """

    unit: str
    unit_name: str | None
    project: str
    name: str
    indicator: IndicatorLabel
    answers: Answers


@frozen(kw_only=True)
class AnsweredSubject:
    """A project or a unit, and what its indicators come to."""

    unit: str
    unit_name: str | None
    project: str
    name: str
    answers: Answers

    @classmethod
    def of(cls, own: Sequence[AnsweredIndicator]) -> "AnsweredSubject":
        """Add up the indicators of a project or a unit."""
        first, every = own[0], [one.answers for one in own]
        return cls(
            unit=first.unit,
            unit_name=first.unit_name,
            project=first.project,
            name=first.name,
            answers=Answers(
                sum(one.due for one in every),
                sum(one.answered for one in every),
                min(filter(None, (one.missing_since for one in every)), default=None),
            ),
        )


_TEXT: Final = FigureKind.TEXT
_COUNT: Final = FigureKind.COUNT
_LIST: Final = Width.LIST

_WHOSE: Final = (
    RegisterColumn("unit", _TEXT),
    RegisterColumn("project", _TEXT),
    RegisterColumn("project_name", _TEXT, path="name", narrowest=_LIST),
)
_ANSWERS: Final = (
    RegisterColumn(
        "results_due", _COUNT, path="answers.due", narrowest=_LIST, summed=True
    ),
    RegisterColumn(
        "results_answered",
        _COUNT,
        path="answers.answered",
        narrowest=_LIST,
        summed=True,
    ),
    RegisterColumn(
        "completeness",
        FigureKind.RATE,
        narrowest=_LIST,
        ratio=("results_answered", "results_due"),
    ),
    RegisterColumn(
        "missing_since",
        FigureKind.DATE,
        path="answers.missing_since",
        narrowest=_LIST,
    ),
)
_INDICATOR: Final = RegisterColumn("indicator", _TEXT, narrowest=_LIST)


@frozen(kw_only=True)
class CompletenessValues(RegisterValues):
    """
    How many of the results that were due by a day came, of whom.

    Attributes:
        indicators: By unit and project, in the order of the forms.
    """

    word: ClassVar[str] = "completeness_register"

    indicators: Sequence[AnsweredIndicator] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``projects``, and ``units``; ``indicators``, one by one."""
        subjects = [
            AnsweredSubject.of(list(own))
            for _, own in groupby(self.indicators, _subject)
        ]
        listed, _ = by_unit(
            "indicators", (*_WHOSE, _INDICATOR, *_ANSWERS), self.indicators
        )
        return [*by_unit("projects", (*_WHOSE, *_ANSWERS), subjects), listed]


def _subject(one: AnsweredIndicator) -> tuple[str, str]:
    return one.unit, one.project


def in_order_of_units(rows: Iterable[AnsweredIndicator]) -> list[AnsweredIndicator]:
    """Return indicators by unit and project; those of the unit itself come first."""
    return sorted(rows, key=_subject)
