"""Which results that were due came, of the projects and units of a fiscal year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial

from attrs import field, frozen

from ledger.app.alert_cuts import AlertCut, KnownSubject
from ledger.domain.calendar import FiscalYear
from ledger.domain.policies import judging, policy_facts
from ledger.domain.policy import Policy
from ledger.domain.revised_indicators import as_kept
from ledger.domain.selection import Selection
from ledger.domain.subject import LEDGER, SubjectKind
from ledger.projections.attainment import AttainmentLine
from ledger.reports.values.completeness import AnsweredIndicator, in_order_of_units
from ledger.reports.values.due_answers import DueAnswers
from ledger.store.protocol import EventStore
from ledger.store.state.snapshot_reader import BothStates, made_of_each


@frozen(kw_only=True)
class Completeness:
    """
    Asks a ledger at a position which results came.

    Attributes:
        year: That of the projects and units.

        policy: What the figures of all days are judged by.
    """

    log: EventStore
    position: int
    year: FiscalYear
    through: date
    policy: Policy
    selection: Selection
    _cut: AlertCut = field(init=False, repr=False, eq=False)

    @_cut.default
    def _by_the_policy(self) -> AlertCut:
        facts = policy_facts(self.log.read_stream(LEDGER, until=self.position))
        return AlertCut(
            log=self.log,
            position=self.position,
            year=self.year,
            judging=partial(judging, facts, policy=self.policy),
        )

    def indicators(self) -> list[AnsweredIndicator]:
        """Return the indicators of all, each with its due days."""

        def some(states: Sequence[BothStates]) -> Iterator[KnownSubject]:
            for stream, money, state in states:
                yield KnownSubject(stream=stream, money=money, indicators=state)

        year = self.year.year
        projects = made_of_each(self.log, self.position, year, some)
        units = list(map(self._cut.known, self.log.streams(SubjectKind.UNIT, year)))
        names = {one.indicators.subject: one.indicators.name for one in units}
        known = [*projects, *units]
        return in_order_of_units(
            answered for one in known for answered in self._of(one, names)
        )

    def _of(
        self, known: KnownSubject, names: Mapping[str, str]
    ) -> Iterator[AnsweredIndicator]:
        lines = self._cut.lines(self.through)
        state = lines.in_force(known.indicators)
        line = None if known.money is None else lines.money(known.money)
        whose: tuple[str, str | None, str, str]
        if line is not None:
            unit_name = names.get(line.unit, line.unit_name)
            whose = line.unit, unit_name, line.project, line.name
            taken = self.selection.takes(line.project, line.unit)
        else:
            whose = state.subject, state.name, "", state.name
            taken = known.money is None and self.selection.takes_unit(state.subject)
        if not taken:
            return
        unit, unit_name, project, name = whose
        asked = DueAnswers(lines=lines, state=state, line=line)
        for label, answers in asked.all(cache(partial(self._on, known))).items():
            yield AnsweredIndicator(
                unit=unit,
                unit_name=unit_name,
                project=project,
                name=name,
                indicator=label,
                answers=answers,
            )

    def _on(self, known: KnownSubject, day: date) -> dict[int, AttainmentLine]:
        """Return how indicators were judged on a day, by what is kept of each."""
        lines = self._cut.lines(day)
        state = lines.in_force(known.indicators)
        if known.money is None:
            own = lines.of_unit(state) if lines.holds(state) else []
        else:
            line = lines.money(known.money)
            own = [] if line is None else lines.of_project(state, line)
        return {id(as_kept(state.tracked[one.indicator])): one for one in own}
