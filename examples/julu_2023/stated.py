"""What people state in the illustrative year, so that no form is left with a gap."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ledger import Funding, Ledger, Likelihood, Rating, Status, VarianceCategory
from ledger.domain.indicator import IndicatorLabel
from ledger.events import Event, GoalAssessed, OutlookStated, VarianceExplained
from ledger.projections import AttainmentLine
from ledger.reports import Evaluation, MonitoredProject
from story import say

UNIT = "323"
SOUND = {Status.ATTAINED, Status.ON_TRACK, Status.NOT_DUE}
"""Statuses in which the year is expected to end as planned."""


def watch(ledger: Ledger, on: date, less: Mapping[str, Mapping[str, Any]]) -> None:
    """
    Answer what the monitoring of a month asks.

    That is what the year ends with, of all money and all indicators, and why that
    deviates which nobody explained yet. At the year's end it is what it ended with.

    Args:
        less: What is said of the money of projects that will not spend all of it.
    """
    over = on.month == 12
    ledger.append(*(_ended(ledger, on) if over else _outlooks(ledger, on, less)))
    forms = ledger.monitoring(on.year, on.month)
    facts = [*_explained(ledger, [*forms.units, *forms.projects], on, None)]
    if facts:
        ledger.append(*facts)


def complete(ledger: Ledger, on: date) -> None:
    """Explain what missed its target in the year, and say what became of each goal."""
    forms = ledger.self_evaluation(on.year)
    every = [*forms.units, *forms.projects]
    goals = (goal for form in every for goal in _assessed(ledger, form, on))
    ledger.append(*_explained(ledger, every, on, f"{on.year}"), *goals)


def _outlooks(
    ledger: Ledger, on: date, less: Mapping[str, Mapping[str, Any]]
) -> Iterator[Event]:
    view = ledger.view(through=on)
    for line in view.execution():
        about: dict[str, Any] = {"project": line.project}
        stated = less.get(line.project, {"as_planned": True})
        yield OutlookStated(**about, on=on, **stated)
        for one in view.attainment(line.project):
            yield _outlook(one, about, on)
    for one in view.unit_attainment(UNIT):
        yield _outlook(one, {"unit": UNIT}, on)


def _ended(ledger: Ledger, on: date) -> Iterator[Event]:
    """Expect what is spent and reached at the year's end."""
    view, spent = ledger.view(through=on), say(ledger, "reason.as_spent")
    for line in view.execution():
        about: dict[str, Any] = {"project": line.project}
        parts = tuple(
            Funding(source=source, amount=part.minor_disbursed)
            for source, part in line.by_path.items()
        )
        yield OutlookStated(**about, on=on, amounts=parts, reason=spent)
        for one in view.attainment(line.project):
            yield _reached(ledger, one, about, on)
    for one in view.unit_attainment(UNIT):
        yield _reached(ledger, one, {"unit": UNIT}, on)


def _reached(
    ledger: Ledger, one: AttainmentLine, about: dict[str, Any], on: date
) -> OutlookStated:
    """Expect of an indicator what it came to."""
    if one.status.row.is_met:
        return OutlookStated(**about, on=on, indicator=one.indicator, as_planned=True)
    number = one.result if isinstance(one.result, Decimal) else None
    return OutlookStated(
        **about,
        on=on,
        indicator=one.indicator,
        value=number,
        text=say(ledger, "reason.as_reached") if number is None else None,
        likelihood=Likelihood.IMPOSSIBLE,
    )


def _outlook(one: AttainmentLine, about: dict[str, Any], on: date) -> OutlookStated:
    """Expect the target; what is at risk or behind may come to it."""
    likelihood = None if one.status in SOUND else Likelihood.POSSIBLE
    return OutlookStated(
        **about,
        on=on,
        indicator=one.indicator,
        likelihood=likelihood,
        as_planned=True,
    )


def _explained(
    ledger: Ledger,
    forms: Sequence[Evaluation | MonitoredProject],
    on: date,
    about: str | None,
) -> Iterator[Event]:
    for form in forms:
        for finding in form.findings:
            if finding.code == "variance.unexplained":
                _, _, name = str(finding.place).partition(" › ")
                yield VarianceExplained(
                    **_of(form),
                    on=on,
                    about=about,
                    indicator=IndicatorLabel(name) if name else None,
                    category=VarianceCategory.OTHER,
                    text=say(ledger, "reason.short"),
                    remedy=say(ledger, "reason.remedy"),
                )


def _assessed(ledger: Ledger, form: Evaluation, on: date) -> Iterator[Event]:
    """Assess goals by how many targets of the form are attained."""
    lines = [indicator.line for indicator in form.indicators]
    done = sum(line.status.row.is_met for line in lines)
    achieved = Rating.ATTAINED if done == len(lines) else Rating.PARTLY
    for line in form.goals:
        yield GoalAssessed(
            **_of(form),
            on=on,
            about=f"{on.year}",
            goal=line.goal,
            text=say(ledger, "reason.goal", done=done, count=len(lines)),
            achieved=achieved,
        )


def _of(form: Evaluation | MonitoredProject) -> dict[str, Any]:
    code = form.subject.code
    return {"unit": code} if code == UNIT else {"project": code}
