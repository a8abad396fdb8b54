"""Checks what facts hold of the year before, by all that is in the log."""

from collections.abc import Iterable, Iterator

from attrs import define, field

from ledger.audit.called_checks import CalledLegs
from ledger.audit.carry_facts import CollectedCarry
from ledger.audit.period_checks import PeriodChecks
from ledger.audit.protocol import Check, Protocol
from ledger.audit.read_years import ReadYears
from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.budget import Budget, opened_on
from ledger.domain.closing_events import CarriedOver, CarryReturned, OpenedProject
from ledger.domain.events import BudgetAdjusted, BudgetApproved
from ledger.domain.funding import named_source
from ledger.domain.opened_years import opened_by_carry, opened_by_refund
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.subject import Subject
from ledger.messages import Message, message


def check_carries(
    carries: Iterable[CollectedCarry], periods: PeriodChecks, protocol: Protocol
) -> None:
    """
    Check what facts say of the year before, and what legs had to come with them.

    An approval has to say all that it prints, of a giver that the ledger has. Of one
    that was closed, the legs come with it; else it is only announced, and they come
    with the closing. It comes alone where nothing is known of the year before. A year
    that such money or a refund opens is called as the year before is.
    """
    every = sorted(carries)
    years = ReadYears(periods.inspection)
    checks = _CarryChecks(years, CalledLegs(years, periods, periods.settings))
    for one in every:
        checks.called.add(one)
    for one in every:
        what = next(checks.faults(one), None)
        if what is not None:
            place = Subject.project(one.project, one.year).stream
            protocol.fault(Check.RULES, what, position=one.position, place=place)


@define
class _CarryChecks:
    """
    The checks of facts about several years, in the order of recording.

    Attributes:
        standing: The projects that have a budget, by year.
    """

    years: ReadYears
    called: CalledLegs
    standing: dict[int, set[str]] = field(factory=dict)

    def faults(self, one: CollectedCarry) -> Iterator[Message]:
        """Yield what is wrong with a fact, after those that came before it."""
        if one.is_approval:
            yield from map(_of_source, self._wrong(one))
        if one.opens is not None and one.opens != self._opened(one):
            yield message("fault.opens", name=one.opens.name)
        if one.is_a(CarriedOver, CarryReturned) and self.called.uncalled(one):
            yield message("fault.uncalled", project=one.other)
        if one.is_a(BudgetAdjusted) and one.alone and self._is_open_before(one):
            yield from map(_of_source, one.carried)
        yield from map(_of_source, self.called.short(one))
        if one.is_a(BudgetApproved) or one.opens is not None:
            self.standing.setdefault(one.year, set()).add(one.project)
        elif one.is_a(ApprovalWithdrawn):
            self.standing.get(one.year, set()).discard(one.project)

    def _wrong(self, one: CollectedCarry) -> Iterator[str]:
        """Yield the sources of which an approval says what the log does not hold."""
        if one.carried:
            if one.carried != one.printed:
                yield next(iter(one.carried.items() ^ one.printed.items()))[0]
            if not self._is_open_before(one, one.other):
                yield next(iter(one.carried))
            return
        before = self.standing.get(one.year - 1, set())
        own = one.other is not None
        if one.other not in (None, one.project) or (
            one.project in before if own else before
        ):
            yield next(iter(one.printed))

    def _is_open_before(self, one: CollectedCarry, giver: str | None = None) -> bool:
        """Return whether the year before of a project had a budget then."""
        code, year = giver or one.project, one.year - 1
        return opened_on(self.years.before(code, year, one.position)) is not None

    def _opened(self, one: CollectedCarry) -> OpenedProject | None:
        """Return whose a year is that a fact opens, by what the ledger held then."""

        def money_before(code: str) -> Budget:
            return self.years.before(code, one.year - 1, one.position)

        if one.is_a(PriorYearRefund):
            earlier = range(one.year - 1, min(self.standing, default=one.year) - 1, -1)
            known = (self.years.before(one.project, y, one.position) for y in earlier)
            return opened_by_refund(known, one.on)
        own = self.years.before(one.project, one.year, one.position)
        for leg in self.called.legs.get(one.recorded_at, ()):
            passes = (leg.other, leg.on, leg.document, leg.year + 1)
            if passes == (one.project, one.on, one.document, one.year):
                project, on = one.project, one.on
                return opened_by_carry(project, on, leg.project, own, money_before)
        return None


def _of_source(source: str) -> Message:
    return message("fault.carried", source=named_source(source))
