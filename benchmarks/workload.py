"""What each contestant is given, and what it must answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from attrs import frozen

SINCE, THROUGH = date(2023, 1, 1), date(2023, 9, 30)
"""The start of the year, and the end of the month, that is reported on."""

FEW = 5_000
"""How many events are appended one by one."""


class Job(StrEnum):
    """What is timed, by the name it is printed under."""

    APPEND_ONE = "append, one event a transaction"
    APPEND_MANY = "append, batches of 1 000"
    REPLAY = "full replay"
    REPORT = "monthly report"
    PROJECT = "one project"
    VERIFY = "verify the whole log"


class Figures(NamedTuple):
    """
    What is known of one project.

    Attributes:
        budget: The current budget, in minor units.

        spent: Minor units, net: of each month of the year for a replay, one sum to date
            for a report.

        results: Of each indicator in the order of the form: hundredths of a number, the
            pooled rate in millionths of a percent, or a rating; ``None`` from a tool
            for money only.
    """

    budget: int
    spent: tuple[int, ...]
    results: tuple[int | str | None, ...] | None


Answer = dict[str, Figures]
"""Figures by project."""


@frozen(kw_only=True)
class Workload:
    """
    The same events as facts in memory and as files in a folder.

    Attributes:
        facts: In the order in which they are recorded.

        folder: Holds the files that ``portfolio_files`` names, and what peers store.

        codes: All projects; one of two years is two of them.

        one: The project of the job on one.

        measures: Of each indicator, in the order of the form.
    """

    facts: Sequence[dict[str, Any]]
    folder: Path
    codes: Sequence[str]
    one: str
    measures: Mapping[str, str]

    @classmethod
    def of(cls, facts: Sequence[dict[str, Any]], folder: Path) -> "Workload":
        """Return the workload of *facts*; the first reported on is an approval."""
        first = next(fact for fact in facts if is_reported(fact) and fact["project"])
        return cls(
            facts=facts,
            folder=folder,
            codes=sorted({fact["project"] for fact in facts if fact["project"]}),
            one=first["project"],
            measures={each["name"]: each["measure"] for each in first["indicators"]},
        )


def is_reported(fact: Mapping[str, Any]) -> bool:
    """Return whether a fact is of the year to date."""
    return str(SINCE) <= str(fact["on"]) <= str(THROUGH)


def rate(numerator: int, denominator: int) -> int | None:
    """
    Return a pooled rate in millionths of a percent, half up; ``None`` of nothing.

    >>> rate(1, 3), rate(2, 3)
    (33333333, 66666667)
    """
    if not denominator:
        return None
    return (2 * 100_000_000 * numerator + denominator) // (2 * denominator)


def agree(ours: Answer, theirs: Answer) -> None:
    """Assert that another contestant found what we did."""
    assert ours.keys() == theirs.keys(), "other projects"
    for project, mine in ours.items():
        yours = theirs[project]
        if yours.results is None:
            yours = yours._replace(results=mine.results)
        assert mine == yours, f"{project}: {mine} is not {yours}"
