"""Legs of carry-overs in one append: those of the year after say what the others do."""

from collections.abc import Iterable
from datetime import date

from attrs import define, evolve, field

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.budget import Budget, opened_on
from ledger.domain.carried_money import CarriedPart
from ledger.domain.carry_legs import in_next_year
from ledger.domain.catalogue import leg_of
from ledger.domain.closing_events import CarriedOver, CarryReturned, other_project
from ledger.domain.events import BudgetAdjusted, Event
from ledger.domain.funding import Funding
from ledger.domain.opened_years import opened_by_carry
from ledger.domain.refusals import VirementUnbalanced
from ledger.domain.subject import Subject
from ledger.messages import message
from ledger.store.state.stream_states import States

Giver = tuple[date, str, bool]
"""The day of a carry-over, the project of the year after, and whether it goes back."""

_Group = tuple[date, str | None, str | None, bool]


@define
class Carries:
    """The legs of one append that closed years have of what passes on."""

    amounts: dict[_Group, list[Funding]] = field(factory=dict)
    since: dict[_Group, list[CarriedPart]] = field(factory=dict)
    givers: dict[_Group, str] = field(factory=dict)

    def add(self, event: Event) -> None:
        """Take an event that is written, if it is such a leg."""
        if not isinstance(event, CarriedOver | CarryReturned):
            return
        group = _group(event)
        self.amounts.setdefault(group, []).extend(event.amounts)
        self.since.setdefault(group, []).extend(event.since)
        self.givers.setdefault(group, event.project)

    def has_all_of(self, event: BudgetAdjusted) -> bool:
        """Return whether all givers of a leg came, by the amounts that it states."""
        given = self.amounts.get(_group(event), ())
        asked = sum(part.amount for part in event.amounts)
        return 0 < asked <= sum(part.amount for part in given)

    def check_giver(self, event: BudgetAdjusted) -> None:
        """
        Check that a leg takes over from another.

        Raises:
            VirementUnbalanced: None came.
        """
        if _group(event) not in self.amounts:
            shown = event.document or message("found.no_document")
            code = "error.virement_unbalanced.alone"
            raise VirementUnbalanced(message(code, on=event.on, document=shown))

    def _opening(
        self, event: BudgetAdjusted, states: States, own: Budget
    ) -> BudgetAdjusted:
        """
        Return a leg that opens a project-year, with whose that is.

        Args:
            own: The money of the year.
        """
        giver = self.givers[_group(event)]

        def money_before(code: str) -> Budget:
            stream = Subject.project(code, own.fiscal_year - 1).stream
            held = states.of(stream)
            states.unpack(held, BudgetAdjusted)
            money: Budget = held.states[0]
            return money

        opens = opened_by_carry(event.project, event.on, giver, own, money_before)
        return evolve(event, opens=opens)

    def completed(
        self, event: BudgetAdjusted, money: Budget, states: States
    ) -> BudgetAdjusted:
        """
        Return a leg of the year after with what the other leg says that it does not.

        That is the amounts, the years that the money is of, and whose the project-year
        is that it opens.

        Args:
            money: That of its project-year.
        """
        group = _group(event)
        event = evolve(event, since=event.since or self._years(group))
        if event.kind is AdjustmentKind.CARRIED_IN and opened_on(money) is None:
            event = self._opening(event, states, money)
        if event.amounts:
            return event
        return evolve(event, amounts=in_next_year(self.amounts[group]))

    def _years(self, group: _Group) -> tuple[CarriedPart, ...]:
        """Return the years that the money of some legs is of, each once a source."""
        sums: dict[tuple[str, int], int] = {}
        for part in self.since.get(group, ()):
            key = part.source, part.since
            sums[key] = sums.get(key, 0) + part.amount
        return tuple(
            CarriedPart(source=source, since=since, amount=amount)
            for (source, since), amount in sorted(sums.items())
        )


def givers_among(events: Iterable[Event]) -> list[Giver]:
    """Return whose legs of closed years there are among events, taken or not."""
    legs = [one for one in events if isinstance(one, CarriedOver | CarryReturned)]
    found = [(one.on, other_project(one), type(one) is CarryReturned) for one in legs]
    return [
        (on, code, back)
        for on, code, back in found
        if type(on) is date and type(code) is str
    ]


def giver_of(leg: BudgetAdjusted) -> Giver | None:
    """Return what the other leg of a carry-over is of, if it names that."""
    if type(leg.on) is not date or type(leg.project) is not str:
        return None
    return leg.on, leg.project, leg.kind is AdjustmentKind.CARRY_RETURNED


def _group(event: Event) -> _Group:
    leg = leg_of(event)
    assert leg is not None
    return leg.on, leg.document, leg.carried, leg.back
