"""What was recorded, as a plain list, and who is asked what may be recorded."""

from datetime import date, datetime
from typing import Any, NamedTuple

from ledger.events import (
    ApprovalWithdrawn,
    BudgetApproved,
    PeriodClosed,
    PeriodReopened,
    PolicySet,
    PriorYearRefund,
)

from .calendar import Calendar, Year
from .standards import Standards, read_from


class Fact(NamedTuple):
    """One recorded event with what the log added to it, and its fiscal year."""

    position: int
    at: datetime
    id: str
    event: Any
    year: int

    @property
    def stream(self) -> str:
        """The project or unit, and the year, that it belongs to."""
        return stream_of(self.event, self.year)


def stream_of(event: Any, year: int) -> str:
    """Name the stream of an event of a year."""
    if isinstance(event, PeriodClosed | PeriodReopened | PolicySet):
        return "ledger"
    project = getattr(event, "project", None)
    kind, code = ("unit", event.unit) if project is None else ("project", project)
    return f"{kind}:{year}:{code}"


class Book:
    """All facts of one ledger in the order in which they were recorded."""

    def __init__(
        self,
        calendar: Calendar,
        convention: str,
        digits: int,
        standards: Standards | None,
        *,
        allow_exceptions: bool,
    ) -> None:
        self.standards = standards
        self.calendar = calendar
        self.convention = convention
        self.digits = digits
        self.allow_exceptions = allow_exceptions
        self.facts: list[Fact] = []
        self.now: datetime | None = None
        """When the request was sent that is judged."""
        self.keys: dict[str, tuple[list[Any], list[int]]] = {}
        self.forms: list[Any] = []

    def standing(self, facts: list[Fact], day: date) -> Standards:
        """Return what figures of a day are judged by: a caller's, or what was set."""
        if self.standards is not None:
            return self.standards
        told = [f.event for f in facts if isinstance(f.event, PolicySet)]
        told = sorted((e for e in told if e.on <= day), key=lambda event: event.on)
        return read_from(told[-1].policy, told[-1].scoring) if told else Standards()

    def known(self, position: int) -> list[Fact]:
        """Return what was known at a position."""
        return [fact for fact in self.facts if fact.position <= position]

    def ordered(self, positions: list[int]) -> None:
        """Let the last facts stand at positions that say their order."""
        if not positions:
            return
        last = zip(self.facts[-len(positions) :], positions, strict=True)
        moved = [fact._replace(position=position) for fact, position in last]
        self.facts[-len(positions) :] = sorted(moved, key=lambda f: f.position)

    def ends(self) -> list[int]:
        """Return the positions at which an append ends."""
        found = [0]
        for fact in self.facts:
            same_append = found[-1] > 0 and self.facts[found[-1] - 1].at == fact.at
            if same_append:
                found.pop()
            found.append(fact.position)
        return found

    def position_at(self, instant: datetime) -> int:
        """Return how much was recorded by an instant."""
        return sum(fact.at <= instant for fact in self.facts)

    def year_about(self, event: Any) -> int:
        """Return the fiscal year that a fact is of: stated, or that of its day."""
        for name in ("fiscal_year", "year"):
            stated: int | None = getattr(event, name, None)
            if stated is not None:
                return stated
        about: str | None = getattr(event, "about", None)
        if about is None:
            return self.year_of(event.on).name
        number, _, month = about.partition("-")
        if not month:
            return int(number)
        return self.year_of(date(int(number), int(month), self.calendar.day)).name

    def fact(self, position: int, at: datetime, name: str, event: Any) -> Fact:
        """Return an event as it is recorded."""
        return Fact(position, at, name, event, self.year_about(event))

    def year(self, name: int) -> Year:
        """Return the fiscal year of a name."""
        return Year(name, self.calendar)

    def year_of(self, day: date) -> Year:
        """Return the fiscal year of a day."""
        return Year.of(day, self.calendar)


def under_approval(facts: list[Fact], day: date) -> list[Fact]:
    """
    Return the facts that stand under the approvals of a day.

    A withdrawal ends what was known of a project-year before it, from its own day on;
    until then what comes after it does not exist, but for refunds of earlier years:
    they are of the year, approved or not.
    """
    kept: list[Fact] = []
    over: set[str] = set()
    for fact in facts:
        if fact.stream in over and not isinstance(fact.event, PriorYearRefund):
            continue
        kept.append(fact)
        if isinstance(fact.event, ApprovalWithdrawn):
            if day < fact.event.on:
                over.add(fact.stream)
            else:
                kept = [one for one in kept if one.stream != fact.stream]
    return kept


def approvals(facts: list[Fact]) -> list[BudgetApproved]:
    """Return every approval."""
    return [f.event for f in facts if isinstance(f.event, BudgetApproved)]
