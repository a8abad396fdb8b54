"""What the page begins with: the whole's curve, where each project stands, and why."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from ledger.domain.exact_numbers import percent, quotient
from ledger.domain.indicator import Rating
from ledger.domain.policy import MoneyAgainst, Policy
from ledger.domain.status import Colour
from ledger.domain.subject import Subject
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.reports.render.drawings import percent_or_dash
from ledger.reports.render.standings import standing_words
from ledger.reports.values.monthly import MonthlyValues, ProjectReport
from ledger.reports.values.printed_number import in_its_unit

_LOW: Final = 10
_SIDE: Final = 180
_MOST: Final = Fraction(3, 2)
"""The edge of the square of dots, its side, and the pace of its far edge."""

_MANY: Final = 12
"""How much of what needs attention is listed at most."""


def fields(monthly: MonthlyValues, say: Mapping[str, str]) -> dict[str, Any]:
    """
    Return where each project stands: its spending across, its results upwards.

    Spending is measured against the plan, and where there is none against time;
    results by the share of the judged indicators that ask for no explanation.
    """
    below = Fraction(monthly.policy.at_risk_below)
    dots = []
    for place, project in enumerate(monthly.projects, start=1):
        paces = _spending(project), _results(project)
        if None not in paces:
            across, up = map(_at, paces)
            name = project.execution.name
            shown = [percent(pace) for pace in paces if pace is not None]
            label = say["html.dot"].format(name=name, spent=shown[0], results=shown[1])
            dot = {"x": _LOW + across, "y": _LOW + _SIDE - up, "label": label}
            dots.append({**dot, "number": place, "status": project.status})
    return {"dots": dots, "x": _LOW + _at(below), "y": _LOW + _SIDE - _at(below)}


def _spending(project: ProjectReport) -> Fraction | None:
    line = project.execution
    if line.minor_plans:
        return Fraction(quotient(line.minor_disbursed, line.minor_plans))
    rate = line.exact_rate
    return None if rate is None or not line.elapsed else Fraction(rate) / line.elapsed


def _results(project: ProjectReport) -> Fraction | None:
    grey = Colour.GREY
    judged = [line for line in project.indicators if line.status.row.colour is not grey]
    if not judged:
        return None
    rows = [line.status.row for line in judged]
    well = sum(row.is_met or not row.needs_attention for row in rows)
    return Fraction(well, len(judged))


def _at(pace: Fraction | None) -> float:
    share = max(Fraction(0), min(_MOST, pace or Fraction(0))) / _MOST
    return round(float(share) * _SIDE, 1)


def attention(monthly: MonthlyValues, say: Mapping[str, str]) -> dict[str, Any]:
    """Return what needs attention: what is wrong, since when, and who owes what."""
    rows = [*_of_projects(monthly, say), *_of_units(monthly, say)]
    rows.sort(key=lambda row: -row["status"].row.badness)
    listed = rows[:_MANY]
    standings = monthly.supporting_events.standings(
        (row["subject"], row["label"]) for row in listed
    )
    for row, standing in zip(listed, standings, strict=True):
        row["since"], row["owes"] = standing_words(standing, row["status"], say)
    return {"rows": listed, "more": max(0, len(rows) - _MANY)}


def _of_projects(
    monthly: MonthlyValues, say: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for place, project in enumerate(monthly.projects, start=1):
        line = project.execution
        head = {
            "to": f"p{place}",
            "name": line.name,
            "who": line.unit_name or line.unit,
            "subject": Subject.project(line.project, line.fiscal_year),
        }
        if line.status.row.asks_why:
            what = _money_wrong(line, monthly.policy, say)
            yield {**head, "label": None, "what": what, "status": line.status}
        yield from _of_indicators(head, project.indicators, say)


def _of_units(
    monthly: MonthlyValues, say: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    year = monthly.settings.year_of(monthly.through).year
    for place, unit in enumerate(monthly.units, start=1):
        subject = Subject.unit(unit.unit, year)
        head = {"to": f"u{place}", "name": unit.name, "who": unit.name}
        yield from _of_indicators({**head, "subject": subject}, unit.indicators, say)


def _of_indicators(
    head: Mapping[str, Any], lines: Iterable[AttainmentLine], say: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.status.row.needs_attention:
            own = {"label": line.indicator, "status": line.status}
            yield {**head, **own, "what": _wrong(line, say)}


def _money_wrong(line: ExecutionLine, policy: Policy, say: Mapping[str, str]) -> str:
    """Return what money falls short of: its plan where that is asked, else time."""
    due, spent = line.minor_due, line.minor_disbursed
    if policy.money_against is not MoneyAgainst.TIME and spent < due:
        share = percent_or_dash(Fraction(spent, due))
        return say["html.money_short"].format(share=share)
    return say["html.money_wrong"].format(
        spent=percent_or_dash(line.exact_rate), time=percent_or_dash(line.elapsed)
    )


def _wrong(line: AttainmentLine, say: Mapping[str, str]) -> str:
    if line.figure is None:
        return say["html.no_result"].format(name=line.indicator, target=line.target)
    exact = line.figure
    rated = isinstance(exact, Rating)
    result = say[str(exact)] if rated else in_its_unit(exact, line)
    return say["html.result_wrong"].format(
        name=line.indicator, result=result, target=line.target
    )
