"""The official forms as rows for data frames, one for each figure or one for all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ledger.figures import registry
from ledger.figures.figure import Scope
from ledger.reports.values.monitoring import MonitoredProject, MonitoringValues
from ledger.reports.values.official_form import FormSubject, MoneyRow
from ledger.reports.values.self_evaluation import (
    Evaluation,
    Points,
    SelfEvaluationValues,
)
from ledger.reports.values.tidy_rows import (
    TidyRow,
    figures_of,
    head_of,
    numbers_of,
    rows_of,
)

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
        for figure in ("forecast", "stated"):
            value = getattr(row, figure) if row.exists else None
            yield {**head, "figure": figure, "value": value}


def _points(head: TidyRow, points: Points) -> Iterator[dict[str, Any]]:
    for key in _POINTS:
        yield {**head, "figure": key, "value": getattr(points, key)}


def _of_money(forms: Iterable[MonitoredProject | Evaluation]) -> Iterator[TidyRow]:
    for one in forms:
        yield from _money(one.subject, one.rows)


def _indicators_monitored(forms: Iterable[MonitoredProject]) -> Iterator[TidyRow]:
    """Yield the numbers of indicators, and what each will come to as stated."""
    for one in forms:
        head = _head(one.subject)
        for indicator in one.indicators:
            yield from numbers_of(head, indicator.line)
            outlook = indicator.outlook
            value = None if outlook is None else outlook.value
            own = head_of(head, indicator.line)
            yield {**own, "figure": "outlook", "value": value}


def _indicators_evaluated(forms: Iterable[Evaluation]) -> Iterator[TidyRow]:
    for one in forms:
        for indicator in one.indicators:
            yield from numbers_of(_head(one.subject), indicator.line)


def _points_evaluated(forms: Iterable[Evaluation]) -> Iterator[TidyRow]:
    """Yield the points of execution, under that word, and of each indicator."""
    for one in forms:
        head = _head(one.subject)
        yield from _points({**head, "indicator": _EXECUTION}, one.money_points)
        for indicator in one.indicators:
            own = {**head, "indicator": indicator.line.indicator}
            yield from _points(own, indicator.points)


def _goals_assessed(forms: Iterable[Evaluation]) -> Iterator[TidyRow]:
    """Yield whether each goal was achieved, and the text of the assessment."""
    for one in forms:
        for number, line in enumerate(one.goals, start=1):
            said = line.assessed
            head = {**_head(one.subject), "number": number, "goal": line.goal}
            achieved = None if said is None else said.achieved
            yield {**head, "figure": "achieved", "value": achieved}
            yield {**head, "figure": "text", "value": said and said.text}


def of_monitoring(
    whole: MonitoringValues, table: str, *, wide: bool
) -> list[dict[str, Any]]:
    """Return the rows of a table of a monitoring."""
    tables = {"money": _of_money, "indicators": _indicators_monitored}
    return rows_of(tables, [*whole.units, *whole.projects], table, wide=wide)


def of_self_evaluation(
    whole: SelfEvaluationValues, table: str, *, wide: bool
) -> list[dict[str, Any]]:
    """Return the rows of a table of a self-evaluation."""
    tables = {
        "points": _points_evaluated,
        "money": _of_money,
        "indicators": _indicators_evaluated,
        "goals": _goals_assessed,
    }
    return rows_of(tables, [*whole.units, *whole.projects], table, wide=wide)
