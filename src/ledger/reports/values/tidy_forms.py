"""The official forms as rows for data frames, one for each figure or one for all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ledger.figures import registry
from ledger.figures.figure import Scope
from ledger.reports.values.monitoring import MonitoringValues
from ledger.reports.values.official_form import FormSubject, MoneyRow
from ledger.reports.values.self_evaluation import Points, SelfEvaluationValues
from ledger.reports.values.tidy_rows import TidyRow, figures_of, numbers_of, rows_of

_EXECUTION: Final = "execution"
_POINTS: Final = ("possible", "computed", "reported", "score")


def _head(subject: FormSubject) -> dict[str, Any]:
    return {"code": subject.code, "name": subject.name}


def _money(
    subject: FormSubject, rows: Mapping[str, MoneyRow]
) -> Iterator[dict[str, Any]]:
    for name, row in rows.items():
        head = {**_head(subject), "row": name}
        figures = registry.listed(Scope.SOURCE)
        if row.exists:
            yield from figures_of(head, figures, row.money)
        else:
            yield from (
                {**head, "figure": figure.key, "value": None} for figure in figures
            )
        forecast = row.forecast if row.exists else None
        yield {**head, "figure": "forecast", "value": forecast}


def _points(head: TidyRow, points: Points) -> Iterator[dict[str, Any]]:
    for key in _POINTS:
        yield {**head, "figure": key, "value": getattr(points, key)}


def _money_monitored(whole: MonitoringValues) -> Iterator[dict[str, Any]]:
    for one in whole.projects:
        yield from _money(one.subject, one.rows)


def _indicators_monitored(whole: MonitoringValues) -> Iterator[dict[str, Any]]:
    for one in whole.projects:
        for line in one.indicators:
            yield from numbers_of(_head(one.subject), line)


def _money_evaluated(whole: SelfEvaluationValues) -> Iterator[dict[str, Any]]:
    for one in (*whole.units, *whole.projects):
        yield from _money(one.subject, one.rows)


def _indicators_evaluated(whole: SelfEvaluationValues) -> Iterator[dict[str, Any]]:
    for one in (*whole.units, *whole.projects):
        for indicator in one.indicators:
            yield from numbers_of(_head(one.subject), indicator.line)


def _points_evaluated(whole: SelfEvaluationValues) -> Iterator[dict[str, Any]]:
    """Yield the points of execution, under that word, and of each indicator."""
    for one in (*whole.units, *whole.projects):
        head = _head(one.subject)
        yield from _points({**head, "indicator": _EXECUTION}, one.money_points)
        for indicator in one.indicators:
            own = {**head, "indicator": indicator.line.indicator}
            yield from _points(own, indicator.points)


_OF_MONITORING: Final[Mapping[str, Callable[[MonitoringValues], Iterable[TidyRow]]]] = {
    "money": _money_monitored,
    "indicators": _indicators_monitored,
}
_OF_EVALUATION: Final[
    Mapping[str, Callable[[SelfEvaluationValues], Iterable[TidyRow]]]
] = {
    "points": _points_evaluated,
    "money": _money_evaluated,
    "indicators": _indicators_evaluated,
}
"""What yields the rows of each table, by its name."""


def of_monitoring(
    whole: MonitoringValues, table: str, *, wide: bool
) -> list[dict[str, Any]]:
    """Return the rows of a table of a monitoring."""
    return rows_of(_OF_MONITORING, whole, table, wide=wide)


def of_self_evaluation(
    whole: SelfEvaluationValues, table: str, *, wide: bool
) -> list[dict[str, Any]]:
    """Return the rows of a table of a self-evaluation."""
    return rows_of(_OF_EVALUATION, whole, table, wide=wide)
