"""Checks what approvals say of money of the year before, by all that the log holds."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from ledger.audit.verification import Check, Protocol
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.closing_events import CarriedOver, ProjectClosed, ProjectReopened
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetAdjusted, BudgetApproved
from ledger.domain.funding import (
    Funding,
    SourceRoot,
    carried_source,
    is_carried_over,
    named_source,
)
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream, Subject, year_of
from ledger.messages import message

_CARRYING = (
    BudgetApproved,
    ApprovalWithdrawn,
    BudgetAdjusted,
    CarriedOver,
    ProjectClosed,
    ProjectReopened,
)
CARRIES: Final = frozenset(_CARRYING)
"""Types that say what goes from one year to the next."""


class CollectedCarry(NamedTuple):
    """
    A fact that says what there was of a project-year, or what it hands on or prints.

    Attributes:
        kind: Its type of event.

        other: Who gives, as an approval has it; to whom, as a leg has it.

        printed, carried: By source; a leg has one of them.
    """

    position: int
    project: str
    year: int
    kind: str
    recorded_at: str
    on: date
    other: str | None
    printed: dict[str, int]
    carried: dict[str, int]

    @property
    def is_approval(self) -> bool:
        """Whether it is an approval that prints money of the year before."""
        own = self.kind == BudgetApproved.__name__
        return own and bool(self.printed or self.carried)


def carry_of(recorded: RecordedEvent, stream: Stream) -> list[CollectedCarry]:
    """Return what an event says of the money of a year that goes to the next."""
    event, year = recorded.event, year_of(stream)
    if not isinstance(event, _CARRYING) or year is None:
        return []
    other, printed, carried = None, dict[str, int](), dict[str, int]()
    if isinstance(event, BudgetAdjusted):
        if event.kind is not AdjustmentKind.CARRIED_IN:
            return []
    elif isinstance(event, CarriedOver):
        other, carried = event.to_project, _sums(event.amounts)
    elif isinstance(event, BudgetApproved):
        other, carried = event.carried_from, _sums(event.carried or ())
        old = tuple(part for part in event.amounts if is_carried_over(part.source))
        printed = _sums(old)
    one = CollectedCarry(
        recorded.position,
        event.project,
        year,
        type(event).__name__,
        recorded.recorded_at,
        event.on,
        other,
        printed,
        carried,
    )
    return [one]


def check_carries(
    carries: Iterable[CollectedCarry], settings: Settings, protocol: Protocol
) -> None:
    """
    Check that each approval takes what it prints by legs, or alone where it may.

    It has to say all of it, of a giver that the ledger has. Of one that was closed, the
    legs come with it; else it is only announced. It comes alone where nothing is known
    of the year before.
    """
    every = sorted(carries)
    if not any(one.is_approval for one in every):
        return
    by_year: dict[int, list[CollectedCarry]] = {}
    for one in every:
        by_year.setdefault(one.year, []).append(one)
    for one in every:
        if one.is_approval:
            before = by_year.get(one.year - 1, [])
            for source in _wrong(one, before, by_year[one.year], settings):
                said = message("fault.carried", source=named_source(source))
                place = Subject.project(one.project, one.year).stream
                protocol.fault(Check.RULES, said, position=one.position, place=place)
                break


def _wrong(
    one: CollectedCarry,
    before: list[CollectedCarry],
    beside: list[CollectedCarry],
    settings: Settings,
) -> Iterator[str]:
    """Yield the sources of which an approval says what the log does not hold."""
    earlier = [each for each in before if each.position < one.position]
    if not one.carried:
        own = None if one.other is None else one.project
        if one.other not in (None, one.project) or _approved(earlier, own):
            yield next(iter(one.printed))
        return
    if one.carried != one.printed:
        yield next(iter(one.carried.items() ^ one.printed.items()))[0]
    giver = one.other or one.project
    own_before = [each for each in earlier if each.project == giver]
    if not any(each.kind in _OPENING for each in own_before):
        yield next(iter(one.carried))
    came = [
        each
        for each in beside
        if each.project == one.project and each.kind == BudgetAdjusted.__name__
    ]
    on = max(one.on, settings.year(one.year).start)
    if (
        _closed(own_before)
        and str(on) <= one.recorded_at[:10]
        and not any(each.position < one.position for each in came)
    ):
        yield from _short(one, giver, before)


_OPENING = (BudgetApproved.__name__, BudgetAdjusted.__name__)


def _approved(earlier: list[CollectedCarry], own: str | None) -> bool:
    """Return whether a project has a budget, or only one of them is asked for."""
    standing: set[str] = set()
    for each in earlier:
        if each.kind == BudgetApproved.__name__:
            standing.add(each.project)
        elif each.kind == ApprovalWithdrawn.__name__:
            standing.discard(each.project)
    return bool(standing) if own is None else own in standing


def _closed(own: list[CollectedCarry]) -> bool:
    """Return whether a project-year was closed in the end, and not reopened."""
    kinds = (ProjectClosed.__name__, ProjectReopened.__name__)
    turns = [each.kind for each in own if each.kind in kinds]
    return turns[-1:] == [ProjectClosed.__name__]


def _short(
    one: CollectedCarry, giver: str, before: list[CollectedCarry]
) -> Iterator[str]:
    """Yield the sources of which the legs of its append bring less than it says."""
    brought: dict[str, int] = {}
    for leg in before:
        of_it = (giver, one.project, one.recorded_at)
        if (leg.project, leg.other or leg.project, leg.recorded_at) == of_it:
            for source, amount in leg.carried.items():
                name = carried_source(source)
                brought[name] = brought.get(name, 0) + amount
    for source, amount in one.carried.items():
        bare = source == SourceRoot.CARRIED_OVER.value
        if (sum(brought.values()) if bare else brought.get(source, 0)) < amount:
            yield source


def _sums(parts: tuple[Funding, ...]) -> dict[str, int]:
    return {part.source: part.amount for part in parts if part.amount > 0}
