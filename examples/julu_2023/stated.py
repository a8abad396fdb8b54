"""What people state in the illustrative year: outlooks for the monitoring form."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ledger import Ledger, Likelihood, Status
from ledger.events import Event, OutlookStated
from ledger.projections import AttainmentLine

UNIT = "323"
SOUND = {Status.ATTAINED, Status.ON_TRACK, Status.NO_RESULT}
"""Statuses in which the year is expected to end as planned."""


def foresee(ledger: Ledger, on: date, less: Mapping[str, Mapping[str, Any]]) -> None:
    """
    State what the year ends with, of all money and all indicators, in one append.

    Args:
        less: What is said of the money of projects that will not spend all of it.
    """
    ledger.append(*_outlooks(ledger, on, less))


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
