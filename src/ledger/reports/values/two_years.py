"""Two years side by side: the same day of both, project by project."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.figures.figure import FigureKind, Width
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.register import (
    PROJECT_COLUMNS,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    RowOfProject,
    by_unit,
    money_column,
)

_LIST: Final = Width.LIST


@frozen(kw_only=True)
class ProjectOfTwoYears(RowOfProject):
    """
    A project in a year and in the one before; at least one of them has it.

    Attributes:
        now: ``None`` where it has no budget of the year.

        before: ``None`` where it had none of the year before.
    """

    now: ExecutionLine | None = field(repr=False)
    before: ExecutionLine | None = field(repr=False)

    @property
    def line(self) -> ExecutionLine:
        """Its money in the later year that has it."""
        line = self.now or self.before
        assert line is not None
        return line

    @property
    def growth(self) -> Decimal:
        """Disbursed of the year − disbursed of the year before by the same day."""
        now = Decimal(0) if self.now is None else self.now.disbursed
        return now - (Decimal(0) if self.before is None else self.before.disbursed)


def _both(key: str, narrowest: Width = _LIST) -> tuple[RegisterColumn, RegisterColumn]:
    """Return the columns of an amount of the year before, and of the year."""
    before, now = (
        money_column(f"{key}{ending}", narrowest=narrowest, path=f"{year}.{key}")
        for year, ending in (("before", "_before"), ("now", ""))
    )
    return before, now


def _rate(ending: str) -> RegisterColumn:
    return RegisterColumn(
        f"execution_rate{ending}",
        FigureKind.RATE,
        narrowest=_LIST,
        ratio=(f"disbursed{ending}", f"current_budget{ending}"),
    )


_COLUMNS: Final = (
    *PROJECT_COLUMNS,
    *_both("current_budget"),
    *_both("opening", Width.SHEET),
    *_both("new_money", Width.SHEET),
    *_both("disbursed"),
    money_column("growth", path="growth"),
    _rate("_before"),
    _rate(""),
    *_both("carried_over", Width.SHEET),
    *_both("lapsed", Width.SHEET),
)


@frozen(kw_only=True)
class TwoYearsValues(RegisterValues):
    """
    Each project at a day, and at the same day of the fiscal year before.

    Attributes:
        through_before: That day; the last of its year where *through* is.

        projects: By unit and code.
    """

    word: ClassVar[str] = "two_years"

    through_before: date
    projects: Sequence[ProjectOfTwoYears] = field(repr=False)

    @property
    def days(self) -> dict[str, date]:
        """The days that its title names."""
        return {"before": self.through_before, "through": self.through}

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``projects``, and ``units``."""
        return by_unit("projects", _COLUMNS, self.projects)


def of_two_years(
    before: Iterable[ExecutionLine], now: Iterable[ExecutionLine]
) -> list[ProjectOfTwoYears]:
    """Return the projects of either year, by unit and code."""
    earlier = {line.project: line for line in before}
    later = {line.project: line for line in now}
    every = [
        ProjectOfTwoYears(now=later.get(code), before=earlier.get(code))
        for code in earlier | later
    ]
    return sorted(every, key=lambda both: (both.unit, both.line.project))
