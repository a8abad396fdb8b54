"""The registers of a view: what they are made from, and each of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from ledger.app.completeness import Completeness
from ledger.domain.approval_events import FormRevised
from ledger.domain.bound_units import bound_units
from ledger.domain.calendar import FiscalYear
from ledger.domain.catalogue import undone_id
from ledger.domain.commitment import Commitment, commitment_identity
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import (
    BudgetAdjusted,
    ResultRetracted,
)
from ledger.domain.periods import Periods, closes_year, judged_day
from ledger.domain.policy import Policy
from ledger.domain.selection import Selection
from ledger.domain.settings import Settings
from ledger.domain.subject import (
    LEDGER,
    Subject,
    SubjectKind,
    UnitCode,
    code_of,
    year_of,
)
from ledger.domain.unit_parts import MAY_BE_READ, UnitPart, unit_parts, with_computing
from ledger.projections.amounts import no_money
from ledger.projections.execution import ExecutionLine, execution_line
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.reports.documents.registers import (
    AdjustmentRegister,
    CarryOverRegister,
    ClosedMonths,
    CompletenessRegister,
    ContractRegister,
    LifeToDate,
    RefundRegister,
    TwoYears,
)
from ledger.reports.values.adjustments import adjusted_sources
from ledger.reports.values.carry_over import carried_sources, source_totals
from ledger.reports.values.closed_months import ClosedMonth, RestatingFact
from ledger.reports.values.contracts import contracts_of
from ledger.reports.values.life_to_date import over_years
from ledger.reports.values.part import part_of
from ledger.reports.values.refunds import refund_lines
from ledger.reports.values.register import RegisterHead, in_order
from ledger.reports.values.two_years import of_two_years
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION, MONEY
from ledger.store.state.snapshot_reader import MoneyState, load, made_of_each

UnitDay = tuple[str, date]
"""A unit, and a day up to which its projects are added."""


@frozen(kw_only=True)
class Registers:
    """
    Makes the registers of one fiscal year.

    Attributes:
        year: That of the projects.

        selection: The projects that rows are of.
    """

    year: FiscalYear
    through: date
    known_at: str | None
    position: int
    policy: Policy
    selection: Selection
    log: EventStore = field(repr=False)
    _named: dict[str, ExecutionLine] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    """The projects that were read."""

    @property
    def settings(self) -> Settings:
        """Those of the ledger."""
        return self.log.settings

    def contracts(self) -> ContractRegister:
        """Return the commitments of the projects."""
        lines = self._lines(self.year, self.through)
        contracts = contracts_of(lines, self.settings, self._first)
        return ContractRegister(contracts=contracts, **self._head())

    def carried_over(self) -> CarryOverRegister:
        """Return what came in, what was spent and what went on, by source."""
        lines = self._lines(self.year, self.through)
        whole = total(lines, self.through, self.settings)
        return CarryOverRegister(
            sources=carried_sources(lines),
            by_source=source_totals(whole),
            **self._head(),
        )

    def two_years(self) -> TwoYears:
        """Return the projects of the year, and of the one before by the same day."""
        before = self.settings.year(self.year.year - 1)
        day = self.through + relativedelta(years=-1)
        if self.through >= self.year.end:
            day = before.end
        day = max(before.start, min(day, before.end))
        earlier, later = self._lines(before, day), self._lines(self.year, self.through)
        return TwoYears(
            through_before=day, projects=of_two_years(earlier, later), **self._head()
        )

    def life_to_date(self) -> LifeToDate:
        """Return each year of each project up to the year, and what they come to."""
        streams = self.log.streams(SubjectKind.PROJECT)
        known = {year for each in streams if (year := year_of(each)) is not None}
        lines = [
            line
            for year in sorted(known)
            if year <= self.year.year
            for line in self._lines(self.settings.year(year), self.through)
        ]
        return LifeToDate(years=over_years(lines), **self._head())

    def adjustments(self) -> AdjustmentRegister:
        """Return how the budgets came about."""
        lines = self._lines(self.year, self.through)
        ordered = in_order(lines)
        known = {line.project for line in lines}
        kinds = [BudgetAdjusted.__name__, AdjustmentCorrected.__name__]
        events = [
            recorded
            for recorded in self.log.read(until=self.position, types=kinds)
            if recorded.on <= self.through
            and year_of(recorded.stream) == self.year.year
        ]
        corrected = {undone_id(each.event) for each in events}
        effective = (
            event
            for each in events
            if each.id not in corrected
            and isinstance(event := each.event, BudgetAdjusted)
            and event.project in known
        )
        currency = self.settings.currency
        return AdjustmentRegister(
            lines=ordered,
            adjustments=adjusted_sources(ordered, effective, currency),
            **self._head(),
        )

    def refunds(self) -> RefundRegister:
        """Return what came back of earlier years."""
        lines = self._lines(self.year, self.through, unbudgeted=True)
        return RefundRegister(refunds=refund_lines(lines), **self._head())

    def closed_months(self) -> ClosedMonths:
        """Return the months that are closed by the day, and what changed them since."""
        periods = Periods.of(self.log.read_stream(LEDGER, until=self.position))
        ends = [end for end in self.year.month_ends() if end <= self.through]
        lines = self._lines(self.year, self.through)
        facts = list(self._facts(periods))
        names: dict[str, str | None] = {fact.unit: None for fact in facts}
        names |= {line.unit: line.unit_name for line in lines}
        first = {
            (unit, end): lock
            for end in ends
            for unit in sorted(names)
            if (lock := periods.first_lock(end, unit)) is not None
        }
        now = self._sums(self.position, ends) if first else {}
        then = {
            position: self._sums(position, ends)
            for position in {lock.position for lock in first.values()}
        }
        nothing = no_money(self.settings.currency)
        months = [
            ClosedMonth(
                month=self.settings.month_of(end),
                unit=unit,
                unit_name=names[unit],
                lock=lock,
                then=then[lock.position].get((unit, end), nothing),
                now=now.get((unit, end), nothing),
                facts=sum(
                    fact.unit == unit
                    and self.settings.month_of(fact.day) == self.settings.month_of(end)
                    for fact in facts
                ),
            )
            for (unit, end), lock in first.items()
        ]
        return ClosedMonths(months=months, facts=facts, **self._head())

    def completeness(self) -> CompletenessRegister:
        """Return which results that were due by the day came."""
        self._lines(self.year, self.through)
        asked = Completeness(
            log=self.log,
            position=self.position,
            year=self.year,
            through=self.through,
            policy=self.policy,
            selection=self.selection,
        )
        return CompletenessRegister(indicators=asked.indicators(), **self._head())

    def _facts(self, periods: Periods) -> Iterator[RestatingFact]:
        """Yield the facts that change a closed day of a unit, recorded after that."""
        if not periods.first:
            return
        units = self._only_units()
        with_objectives = self.log.streams(SubjectKind.UNIT, self.year.year)
        founding = (next(self.log.read_stream(each)) for each in with_objectives)
        parts = list(unit_parts(founding))
        for recorded in self.log.read(after=periods.first, until=self.position):
            event, stream = recorded.event, recorded.stream
            if stream == LEDGER or year_of(stream) != self.year.year:
                continue
            known = periods.before(recorded.position)
            if not known.may_bind(event):
                continue
            closing = closes_year(event, self.settings)
            bound = self._bound(recorded, units)
            own = [part for part in parts if part.project == stream]
            if own and type(event) in MAY_BE_READ:
                bound = self._computed(bound, recorded, own)
            for unit, day in bound.items():
                closed = known.lock(day, unit, closes_year=closing)
                if unit is None or not self.selection.takes(code_of(stream), unit):
                    continue
                if day <= self.through and closed:
                    yield RestatingFact(recorded=recorded, unit=unit, day=day)

    def _bound(
        self, recorded: RecordedEvent, units: Mapping[str, UnitCode]
    ) -> Mapping[UnitCode | None, date]:
        """Return the units whose figures an event changes, and from which day on."""
        stream, day = recorded.stream, self._judged(recorded)
        code = code_of(stream)
        if Subject.of(stream).kind is SubjectKind.UNIT:
            return {UnitCode(code): day}
        if code in units:
            return {units[code]: day}
        money = load(self.log, EXECUTION, stream, recorded.position - 1)[0]
        return bound_units(recorded.event, money, day)

    def _computed(
        self,
        bound: Mapping[UnitCode | None, date],
        recorded: RecordedEvent,
        parts: Sequence[UnitPart],
    ) -> Mapping[UnitCode | None, date]:
        """Return *bound* with the units that compute of what an event changes."""
        before, day = recorded.position - 1, self._judged(recorded)
        indicators = load(self.log, ATTAINMENT, recorded.stream, before)[0]
        known = (part for part in parts if part.position <= before)
        return with_computing(bound, recorded.event, indicators, known, day)

    def _only_units(self) -> Mapping[str, UnitCode]:
        """Return the units of the projects that never had another one, by project."""

        def made(states: Sequence[MoneyState]) -> Iterator[tuple[str, UnitCode] | None]:
            for _, money in states:
                several = money.titles or money.withdrawn or money.carried_in_on
                one = not several and not money.refunds
                yield (money.project, money.unit) if one else None

        return dict(made_of_each(self.log, self.position, self.year.year, made, MONEY))

    def _judged(self, recorded: RecordedEvent) -> date:
        """Return the earliest day whose figures an event changes."""
        event, stream = recorded.event, recorded.stream
        if isinstance(event, FormRevised | ResultRetracted):
            before = recorded.position - 1
            indicators = load(self.log, ATTAINMENT, stream, before)[0]
        else:
            indicators = ATTAINMENT.initial(stream)
        return judged_day(event, indicators, self.settings)

    def _sums(
        self, position: int, ends: list[date]
    ) -> Mapping[UnitDay, ExecutionTotal]:
        """Return the sums of each unit's projects to some days, as known then."""

        def made(states: Sequence[MoneyState]) -> Iterator[list[ExecutionLine]]:
            for _, money in states:
                lines = (
                    execution_line(money, end, self.settings, self.policy)
                    for end in ends
                )
                yield [line for line in map(self._selected, lines) if line is not None]

        own: dict[UnitDay, list[ExecutionLine]] = {}
        for lines in made_of_each(self.log, position, self.year.year, made, MONEY):
            for line in lines:
                own.setdefault((line.unit, line.through), []).append(line)
        return {key: total(lines, key[1], self.settings) for key, lines in own.items()}

    def _lines(
        self, year: FiscalYear, through: date, *, unbudgeted: bool = False
    ) -> list[ExecutionLine]:
        """
        Return the money of each project of a year at a day.

        Args:
            unbudgeted: Of those too of which only refunds are known.
        """

        def made(states: Sequence[MoneyState]) -> Iterator[ExecutionLine | None]:
            for _, money in states:
                line = execution_line(money, through, self.settings, self.policy)
                shown = line is not None and (unbudgeted or line.has_budget)
                yield self._selected(line) if shown else None

        lines = made_of_each(self.log, self.position, year.year, made, MONEY)
        self._named.update({line.project: line for line in lines})
        return lines

    def _selected(self, line: ExecutionLine | None) -> ExecutionLine | None:
        """Return the money of a project, if rows are of it."""
        if line is None or not self.selection.takes(line.project, line.unit):
            return None
        return line

    def _first(self, project: str, commitment: Commitment) -> Commitment:
        """Return the earliest commitment that one goes on with, of earlier years."""
        while (earlier := commitment.continues) is not None:
            stream = Subject.project(project, earlier.year).stream
            current = self.position == self.log.head().size
            until = None if current else self.position
            known = load(self.log, EXECUTION, stream, until)[0].commitments
            found = known.get(commitment_identity(earlier.commitment))
            if found is None:
                break
            commitment = found
        return commitment

    def _head(self) -> RegisterHead:
        """Return what every register says of the record."""
        return RegisterHead(
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=self.log.root_at(self.position).hex(),
            settings=self.settings,
            selection=self.selection,
            part=part_of(self.selection, self._named.values(), {}),
        )
