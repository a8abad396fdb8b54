"""The read side: a ledger cut at two dates."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from attrs import evolve as replace
from attrs import field, frozen

from ledger.app import register_rows
from ledger.app.earlier_orders import earlier_orders
from ledger.app.event_lists import EventLists, open_ledger_pickled
from ledger.app.services import service
from ledger.app.suggestions import suggest
from ledger.domain.calendar import DateLike
from ledger.domain.codes import unknown_project
from ledger.domain.error_language import all_in_own_language, in_own_language
from ledger.domain.one_line import OneLine
from ledger.domain.periods import Periods
from ledger.domain.policies import Judging
from ledger.domain.policy import Policy
from ledger.domain.progress import Progress, silent
from ledger.domain.refusals import UnknownUnit
from ledger.domain.results import Indicators
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.subject import LEDGER, Stream, Subject, SubjectKind
from ledger.messages import Language, Message, message
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.projections.projection import Projection
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.values.lines import Lines
from ledger.reports.values.monthly import ProjectReport, UnitReport
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION
from ledger.store.state.snapshot_reader import BothStates, load, made_of_each

if TYPE_CHECKING:
    from ledger.audit.explain.explanation import Explanation
    from ledger.reports.documents.alerts import AlertList
    from ledger.reports.documents.monitoring import Monitoring
    from ledger.reports.documents.self_evaluation import SelfEvaluation

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
S = TypeVar("S")
T = TypeVar("T")


class _RegisterOfView(Protocol[R_co]):
    """A method that returns something of a fiscal year."""

    def __call__(self, view: "View", /, *, year: int | None = None) -> R_co: ...


def _register(row: register_rows.RegisterRow[R]) -> _RegisterOfView[R]:
    """Return the method that returns a register."""

    def register(self: "View", /, *, year: int | None = None) -> R:
        return self._register(row, year)

    return row.method(register)


@all_in_own_language
@frozen(kw_only=True, repr=False)
class View(OneLine):
    """
    A ledger as it stands at two dates; it does not move when more is recorded.

    Attributes:
        through: Facts effective by this day count.

        position: Facts recorded up to this position count.

        known_at: As it was asked for, to be shown; ``None`` for all that was recorded.

        selection: The projects and units that its reports, lists and sums are of.
    """

    through: date
    position: int
    known_at: str | None
    selection: Selection = EVERYTHING
    _judging: Judging = field(repr=False)
    _log: EventStore = field(repr=False)
    _made: Lines = field(init=False, repr=False, eq=False)

    @_made.default
    def _by_the_snapshots(self) -> Lines:
        return Lines(
            through=self.through,
            settings=self._log.settings,
            policy=self.policy,
            scoring=self.scoring,
            find=partial(self._state, ATTAINMENT),
        )

    _last: dict[Stream, ExecutionLine] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    """The project that was asked for last: its indicators are asked for with it."""

    @property
    def policy(self) -> Policy:
        """What statuses are judged by: the ledger's on that day, or the caller's."""
        return self._judging.policy

    @property
    def scoring(self) -> ScoringRule:
        """What points are given by, likewise."""
        return self._judging.scoring

    @property
    def language(self) -> Language:
        """The language of its errors and reports where none is named."""
        return self._log.settings.language

    def __reduce__(self) -> NoReturn:
        """
        Refuse to be pickled.

        Raises:
            LogError: A view reads an open ledger; what it returns can be pickled.
        """
        raise open_ledger_pickled(self.language)

    def summary(self) -> Iterable[Message | str]:
        """Return the day and the position up to which facts count."""
        yield message("summary.through", on=self.through)
        yield message("summary.position", position=self.position)

    def execution(self) -> list[ExecutionLine]:
        """
        Return each project's money, in order of code.

        Projects are those of the fiscal year that *through* lies in, approved by then.
        """
        with self._log.reading():
            return self._projects(lambda line, _: line)

    def project(self, project: str, *, year: int | None = None) -> ExecutionLine:
        """
        Return one project's money in a fiscal year.

        Args:
            year: By default the fiscal year that *through* lies in.

        Raises:
            UnknownProject: It has no budget of that year by then, or is not known.
        """
        year = self._year(year)
        stream = Subject.project(project, year).stream
        with self._log.reading():
            line = self._last.get(stream)
            if line is None:
                line = self._made.money(self._state(EXECUTION, stream))
        if line is None:
            problem = unknown_project(project, year)
            suggest(problem, self._log)
            raise problem
        self._last.clear()
        self._last[stream] = line
        return line

    def attainment(
        self, project: str, *, year: int | None = None
    ) -> list[AttainmentLine]:
        """
        Return a project's indicators of a fiscal year, in the order of its form.

        Args:
            year: By default the fiscal year that *through* lies in.

        Raises:
            UnknownProject: It has no budget of that year by then, or is not known.
        """
        year = self._year(year)
        with self._log.reading():
            line = self.project(project, year=year)
            state = self._state(ATTAINMENT, Subject.project(project, year).stream)
            return self._made.of_project(state, line)

    def unit_attainment(
        self, unit: str, *, year: int | None = None
    ) -> list[AttainmentLine]:
        """
        Return a unit's own indicators, those computed from projects included.

        Args:
            year: By default the fiscal year that *through* lies in.

        Raises:
            UnknownUnit: It has set no objectives of that year by then.
        """
        year = self._year(year)
        with self._log.reading():
            state = self._state(ATTAINMENT, Subject.unit(unit, year).stream)
            if not self._made.holds(state):
                problem = UnknownUnit(unit, year=year)
                suggest(problem, self._log)
                raise problem
            return self._made.of_unit(state)

    def total(self) -> ExecutionTotal:
        """Return the sum of all projects; rates come from the sums."""
        return total(self.execution(), self.through, self._log.settings)

    def by_unit(self) -> dict[str, ExecutionTotal]:
        """Return the sum of each unit's projects."""
        own: dict[str, list[ExecutionLine]] = {}
        for line in sorted(self.execution(), key=attrgetter("unit")):
            own.setdefault(line.unit, []).append(line)
        by = self.through, self._log.settings
        return {unit: total(lines, *by) for unit, lines in own.items()}

    def monthly_report(self, progress: Progress = silent) -> MonthlyReport:
        """
        Return spending against plan and attainment against target, worst first.

        Args:
            progress: Called with how many more projects were looked at.

        Raises:
            UnknownProject: The view is of one project, which has no budget of the year
                by then.
        """

        def one(line: ExecutionLine, state: Indicators) -> ProjectReport:
            progress(1)
            return self._made.report(state, line)

        with self._log.reading():
            projects = self._projects(one)
            self._check_known(projects)
            takes = self.selection.takes_unit
            units = [unit for unit, _ in self._units() if takes(unit.unit)]
            root = self._log.root_at(self.position)
            older = earlier_orders(self._log, self._made, self.position, self.selection)
            periods = Periods.of(self._log.read_stream(LEDGER, until=self.position))
        return MonthlyReport.of(
            self.through,
            projects,
            units,
            known_at=self.known_at,
            position=self.position,
            root=root.hex(),
            origin=self._log.origin,
            settings=self._log.settings,
            judging=self._judging,
            periods=periods,
            selection=self.selection,
            earlier_orders=older,
            supporting_events=EventLists.of(
                self._log, self.through, self.position, root, self._judging
            ),
        )

    contracts = in_own_language(_register(register_rows.contracts))
    carried_over = in_own_language(_register(register_rows.carried_over))
    two_years = in_own_language(_register(register_rows.two_years))
    life_to_date = in_own_language(_register(register_rows.life_to_date))
    adjustments = in_own_language(_register(register_rows.adjustments))
    refunds = in_own_language(_register(register_rows.refunds))
    closed_months = in_own_language(_register(register_rows.closed_months))
    completeness = in_own_language(_register(register_rows.completeness))

    def _register(self, row: register_rows.RegisterRow[R], year: int | None) -> R:
        """Return the register of a row, of a fiscal year."""
        with self._log.reading():
            fiscal_year = self._log.settings.year(self._year(year))
            registers = self._made_by(service("registers").Registers)
            return row.make(registers(year=fiscal_year, policy=self.policy))

    def self_evaluation(self) -> "SelfEvaluation":
        """Return the self-evaluation of the projects and units of the fiscal year."""
        found: SelfEvaluation = self._forms().self_evaluation(self.scoring)
        self._check_known(found.projects)
        return found

    def monitoring(self) -> "Monitoring":
        """Return the monitoring of the projects of the fiscal year."""
        found: Monitoring = self._forms().monitoring()
        self._check_known(found.projects)
        return found

    def alerts(self, *, since: datetime | DateLike | None = None) -> "AlertList":
        """
        Return what is wrong on the day and nobody explained, the worst first.

        Args:
            since: What was not wrong by the last end of a month up to this day, or
                instant with its zone, as known then, is new; by default all is.
        """
        made = self._made_by(service("alerts").listed)
        alerts: AlertList = made(by=self._judging, since=since, explain=self.explain)
        return alerts

    def _forms(self) -> Any:
        """Return what makes the official forms."""
        return self._made_by(service("official_forms").OfficialForms)(
            lines=self._made,
            projects=self._projects,
            units=self._units,
            earlier=lambda day: replace(self, through=day),
        )

    def _made_by(self, make: Callable[..., Any]) -> Callable[..., Any]:
        """Return what makes something of what the view shows, and of more."""
        return partial(
            make,
            through=self.through,
            position=self.position,
            known_at=self.known_at,
            selection=self.selection,
            log=self._log,
        )

    def explain(
        self, subject: str, figure: str, *, year: int | None = None
    ) -> "Explanation":
        """
        Say where a figure comes from: formula, terms, events, and what was left out.

        It is folded from the events; no snapshot is read.

        Args:
            subject: A project's code (or ``project:CODE``, as a project may be named
                like the others), ``unit:CODE``, or ``totals``.

            year: The fiscal year of the subject; by default the one that
                *through* lies in.

            figure: Its name in the report in JSON, such as ``execution_rate``,
                ``by_source.fiscal.disbursed``, ``months.2023-06.disbursed`` or
                ``indicators.NAME.attainment``.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
            LogCorrupted: What it rests on does not come to it.
            UnknownProject, UnknownUnit, UnknownIndicator: As their names say.
        """
        with self._log.reading():
            found: Explanation = (
                service("explaining")
                .Explaining(
                    log=self._log,
                    through=self.through,
                    position=self.position,
                    judging=self._judging,
                    selection=self.selection,
                )
                .explain(subject, figure, self._year(year))
            )
        return replace(found, language=self._log.settings.language)

    def _projects(
        self,
        make: Callable[[ExecutionLine, Indicators], T],
        year: int | None = None,
    ) -> list[T]:
        """Return what *make* makes of each selected project of a fiscal year."""
        takes, whole = self.selection.takes, self.selection == EVERYTHING

        def some(states: Sequence[BothStates]) -> list[T | None]:
            lines = [self._made.money(money) for _, money, _ in states]
            return [
                make(line, self._made.in_force(indicators))
                if line is not None and (whole or takes(line.project, line.unit))
                else None
                for line, (_, _, indicators) in zip(lines, states, strict=True)
            ]

        return made_of_each(self._log, self.position, self._year(year), some)

    def _check_known(self, projects: Sequence[object]) -> None:
        """Check that the one project that is selected was approved by the day."""
        if self.selection.project is not None and not projects:
            self.project(self.selection.project)

    def _units(self) -> Iterator[tuple[UnitReport, Indicators]]:
        for stream in self._log.streams(SubjectKind.UNIT, self._year()):
            state = self._state(ATTAINMENT, stream)
            unit = self._made.unit(state)
            if unit is not None:
                yield unit, state

    def _year(self, named: int | None = None) -> int:
        """Return the fiscal year that is named, else the one that *through* lies in."""
        settings, day = self._log.settings, self.through
        return (settings.year_of(day) if named is None else settings.year(named)).year

    def _state(self, projection: Projection[S], stream: Stream) -> S:
        current = self.position == self._log.head().size
        until = None if current else self.position
        return load(self._log, projection, stream, until)[0]
