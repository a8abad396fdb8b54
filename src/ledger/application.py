"""What a user does: a ledger, with one method for each thing."""

import getpass
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from attrs import define, field

from ledger.domain.calendar import month_end
from ledger.domain.errors import ImportRefused, InvalidInput, LogError
from ledger.domain.events import (
    AdjustmentKind,
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    Event,
    Evidence,
    Funding,
    Likelihood,
    Objective,
    ObjectivesSet,
    ProjectClosed,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceCategory,
    VarianceExplained,
    stream_of,
)
from ledger.domain.finding import Finding
from ledger.domain.indicator import Rating
from ledger.domain.money import FISCAL, Amount, exact
from ledger.domain.plan import Checkpoint, SpendingPlan
from ledger.domain.recorded import RecordedEvent, Request
from ledger.domain.settings import Settings
from ledger.domain.target import parse_target
from ledger.forms.bulk import read as read_bulk
from ledger.forms.files import read as read_file
from ledger.forms.interchange import Forms
from ledger.forms.interchange import read as read_approvals
from ledger.forms.revision import Approval
from ledger.forms.template_events import TemplateIndicator, TemplateProject
from ledger.forms.template_events import events_template as write_events_template
from ledger.forms.template_forms import forms_template as write_forms_template
from ledger.log.sqlite import Clock, Entropy, SqliteLog, instant, utc_now
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.projections.policy import Policy
from ledger.projections.projection import Projection, effective
from ledger.projections.scoring import ScoringRule
from ledger.recording import Recorder, checked_actor
from ledger.reports.monthly import MonthlyReport
from ledger.states import AnyProjection, States
from ledger.view import View

S = TypeVar("S")
T = TypeVar("T")

_BUILT_IN: tuple[AnyProjection, ...] = (EXECUTION, ATTAINMENT)


class Review(NamedTuple):
    """
    What an import would do.

    Attributes:
        events: What would be recorded; nothing where a finding is an error.

        findings: What would be said.
    """

    events: list[Event]
    findings: list[Finding]


class Recorded(NamedTuple):
    """
    What became of a bulk file.

    Attributes:
        new: How many events were appended.

        already: How many were there, by their keys.

        position: The end of the log after it.
    """

    new: int
    already: int
    position: int


@define
class Ledger:
    """
    A department's ledger: record facts, look at any date, report.

    Amounts are taken as ``Decimal``, ``int`` or text in the main unit of the currency
    (yuan); a float is refused. Every method that records returns the event with its
    envelope, and takes

    - *key*: the caller's own id of the fact; the same key again with equal content
      returns the event already there;
    - *expected_version*: the version of the stream that the caller has read.
    """

    _log: SqliteLog
    policy: Policy
    scoring: ScoringRule
    _states: States = field(repr=False)
    _recorder: Recorder = field(repr=False)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        actor: str | None = None,
        settings: Settings | None = None,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
        projections: Sequence[AnyProjection] = (),
        policy: Policy | None = None,
        scoring: ScoringRule | None = None,
        clock: Clock = utc_now,
        entropy: Entropy = secrets.token_bytes,
    ) -> Self:
        """
        Open the ledger at *path*; create it if there is none.

        Args:
            path: A file, or ``:memory:``.

            actor: Who records; by default the user of the computer.

            settings: For a new ledger: currency, fiscal year, convention.

            create: Whether a missing file is created.

            timeout: Seconds to wait while another process writes.

            projections: Your own, kept up in each append beside the built-in ones.

            clock: Returns the instant that events are recorded at.

            entropy: Returns random bytes, for event ids.

        Raises:
            NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
        """
        every = (*_BUILT_IN, *projections)
        names = [projection.name for projection in every]
        if len(set(names)) < len(names):
            raise InvalidInput("projections", names, "names that are used once")
        log = SqliteLog.open(
            path,
            settings=settings,
            create=create,
            read_only=read_only,
            timeout=timeout,
            clock=clock,
            entropy=entropy,
        )
        states = States(log, every)
        who = checked_actor(actor or getpass.getuser())
        recorder = Recorder(log, who, states)
        return cls(log, policy or Policy(), scoring or ScoringRule(), states, recorder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """
        Close the file.

        Snapshots that are far behind are stored first, as far as nobody else writes.
        """
        with suppress(LogError):
            self._states.catch_up()
        self._log.close()

    @property
    def settings(self) -> Settings:
        """What was fixed when the ledger was created."""
        return self._log.settings

    @property
    def position(self) -> int:
        """How many events the ledger holds."""
        return self._log.head().size

    @property
    def root(self) -> str:
        """The root over all lines, in hex: the same root, the same record."""
        return self._log.head().root.hex()

    # Recording

    def append(
        self,
        *events: Event,
        key: str | None = None,
        cause: str | None = None,
        expected_version: int | None = None,
    ) -> list[RecordedEvent]:
        """
        Record *events*, all or none, each held to the rules.

        Amounts inside events are integer minor units; see :meth:`minor`.

        Args:
            key: Only with a single event.

            expected_version: Of the first event's stream, before the append.

        Raises:
            Refused: A rule forbids one of them.
            InvalidInput: A field cannot be taken.
            VersionConflict: The stream has moved.
            KeyConflict: The key has another content.
        """
        if key is not None and len(events) != 1:
            raise InvalidInput("key", key, "a single event with it")
        requests = [Request(event=event, key=key, cause=cause) for event in events]
        return self._record(requests, expected_version=expected_version)

    def minor(self, amount: Amount) -> int:
        """Return *amount* as the integer minor units that events hold."""
        return self.settings.currency.minor(amount)

    def disburse(
        self,
        project: str,
        amount: Amount,
        *,
        voucher: str,
        on: date,
        source: str = FISCAL,
        payee: str | None = None,
        description: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record money that left on its value date *on*.

        Raises:
            BudgetExceeded: Some day from *on* would be overdrawn; it is named.
            VoucherUsed, BeforeApproval, AfterClosure, OutsideFiscalYear,
            UnknownProject, UnknownSource: As their names say.
        """
        event = Disbursed(
            project=project,
            on=on,
            voucher=voucher,
            amount=self.minor(amount),
            source=source,
            payee=payee,
            description=description,
        )
        return self._one(event, envelope)

    def reverse_disbursement(
        self,
        project: str,
        amount: Amount,
        *,
        of: str,
        voucher: str,
        on: date,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record that money of the disbursement with voucher *of* came back.

        Raises:
            UnknownVoucher, ReversalExceeded, VoucherUsed: As their names say.
        """
        event = DisbursementReversed(
            project=project,
            on=on,
            voucher=voucher,
            of=of,
            amount=self.minor(amount),
            reason=reason,
        )
        return self._one(event, envelope)

    def adjust_budget(
        self,
        project: str,
        kind: AdjustmentKind | str,
        amount: Amount,
        *,
        on: date,
        source: str = FISCAL,
        document: str | None = None,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a supplement, a reduction or a recall; *amount* is positive.

        A virement has two legs: see :meth:`transfer`.

        Raises:
            BudgetExceeded: Less would be left than is disbursed on some day.
            VirementUnbalanced: *kind* is one leg of a virement.
        """
        event = BudgetAdjusted(
            project=project,
            on=on,
            kind=AdjustmentKind(kind),
            amounts=(Funding(source=source, amount=self.minor(amount)),),
            document=document,
            reason=reason,
        )
        return self._one(event, envelope)

    def transfer(
        self,
        source_project: str,
        target_project: str,
        amount: Amount,
        *,
        on: date,
        source: str = FISCAL,
        document: str | None = None,
        reason: str | None = None,
    ) -> list[RecordedEvent]:
        """
        Record a virement (调剂) from one project to another: two legs, one append.

        Raises:
            BudgetExceeded: The project that gives has not so much on some day.
        """
        legs = [
            BudgetAdjusted(
                project=project,
                on=on,
                kind=kind,
                amounts=(Funding(source=source, amount=self.minor(amount)),),
                document=document,
                reason=reason,
            )
            for project, kind in (
                (source_project, AdjustmentKind.VIREMENT_OUT),
                (target_project, AdjustmentKind.VIREMENT_IN),
            )
        ]
        return self.append(*legs)

    def revise_plan(
        self,
        project: str,
        checkpoints: Mapping[date, Amount],
        *,
        on: date,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a new plan: cumulative amounts at dates, ending at the current budget.

        Raises:
            InvalidPlan: The amounts fall, or do not end at the budget of *on*.
        """
        parts = [
            Checkpoint(day, self.minor(checkpoints[day])) for day in sorted(checkpoints)
        ]
        event = SpendingPlanRevised(
            project=project,
            on=on,
            plan=SpendingPlan(checkpoints=tuple(parts)),
            reason=reason,
        )
        return self._one(event, envelope)

    def revise_target(
        self,
        project: str,
        indicator: str,
        target: str,
        *,
        on: date,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a new target, as printed, that holds from *on*.

        Raises:
            UnknownIndicator: The project has no such indicator.
        """
        year = self.settings.year_of(on).year
        event = TargetRevised(
            project=project,
            on=on,
            indicator=indicator,
            target=parse_target(target, fiscal_year=year).target,
            reason=reason,
        )
        return self._one(event, envelope)

    def report_result(
        self,
        project: str | None,
        indicator: str,
        value: Amount | date | Rating | None = None,
        *,
        on: date,
        unit: str | None = None,
        numerator: Amount | None = None,
        denominator: Amount | None = None,
        share: Amount | None = None,
        text: str | None = None,
        evidence: Evidence | None = None,
        note: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record one measurement: a number, a date, a rating, a ratio or a text.

        Args:
            project: ``None`` with *unit*, for a unit's own indicator.

            indicator: The level-3 name, or ``level 2/name``.

            value: A date for a target that is a date, a :class:`Rating` for a quality.

            on: The day that the measurement speaks of.

            share: With a rating: the share claimed.

        Raises:
            WrongResult: The target cannot be compared with it.
            UnknownIndicator, UnknownProject, UnknownUnit: As their names say.
        """
        shape: dict[str, Any]
        if isinstance(value, date):
            shape = {"reached_on": value}
        elif isinstance(value, Rating):
            shape = {"rating": value}
        else:
            shape = {"value": _number("value", value)}
        event = ResultReported(
            project=project,
            unit=unit,
            on=on,
            indicator=indicator,
            numerator=_number("numerator", numerator),
            denominator=_number("denominator", denominator),
            share=_number("share", share),
            text=text,
            evidence=evidence,
            note=note,
            **shape,
        )
        return self._one(event, envelope)

    def retract_result(
        self,
        project: str | None,
        indicator: str,
        of: str,
        *,
        on: date,
        reason: str,
        unit: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record that a result does not count any more.

        Args:
            of: The key or the event id of the result.

        Raises:
            UnknownResult: No standing result has it.
        """
        event = ResultRetracted(
            project=project, unit=unit, on=on, indicator=indicator, of=of, reason=reason
        )
        return self._one(event, envelope)

    def explain_variance(
        self,
        project: str | None,
        category: VarianceCategory | str,
        text: str,
        *,
        on: date,
        indicator: str | None = None,
        unit: str | None = None,
        likelihood: Likelihood | str | None = None,
        forecast: str | None = None,
        remedy: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """Record why an indicator, or the money where none is named, deviates."""
        event = VarianceExplained(
            project=project,
            unit=unit,
            on=on,
            indicator=indicator,
            category=VarianceCategory(category),
            text=text,
            likelihood=None if likelihood is None else Likelihood(likelihood),
            forecast=forecast,
            remedy=remedy,
        )
        return self._one(event, envelope)

    def report_score(
        self,
        project: str | None,
        score: Amount,
        *,
        on: date,
        indicator: str | None = None,
        unit: str | None = None,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """Record a person's score; it stands beside the computed one."""
        event = ScoreReported(
            project=project,
            unit=unit,
            on=on,
            indicator=indicator,
            score=exact(score, field="score"),
            reason=reason,
        )
        return self._one(event, envelope)

    def close_project(
        self,
        project: str,
        *,
        on: date,
        carried_over: Mapping[str, Amount] | None = None,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record that nothing more is spent.

        Args:
            carried_over: By funding source; what is left beside it lapses.
        """
        event = ProjectClosed(
            project=project,
            on=on,
            carried_over=tuple(
                Funding(source=source, amount=self.minor(amount))
                for source, amount in (carried_over or {}).items()
            ),
            reason=reason,
        )
        return self._one(event, envelope)

    def set_objectives(
        self,
        unit: str,
        name: str,
        objectives: Iterable[Objective],
        *,
        fiscal_year: int,
        on: date,
        overall_goal: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """Record a unit's own goals and indicators for a year."""
        event = ObjectivesSet(
            unit=unit,
            on=on,
            name=name,
            fiscal_year=fiscal_year,
            overall_goal=overall_goal,
            objectives=tuple(objectives),
        )
        return self._one(event, envelope)

    def import_forms(
        self,
        *sources: str | os.PathLike[str] | Mapping[str, Any],
        on: date | None = None,
        fiscal_year: int | None = None,
        revise: bool = False,
    ) -> list[Finding]:
        """
        Record the approvals in files, all or none.

        A project that is recorded with the same content is left as it is, so that the
        same file twice changes nothing.

        Args:
            sources: Files of any kind that the docs on the interchange form name, or
                content of that form.

            on: The day of approval; by default the first of the fiscal year. With
                *revise*, the day from which revisions hold; by default today.

            fiscal_year: Where a file does not say.

            revise: Record adjustments, plan and target revisions for a project that is
                recorded with other content, which is an error otherwise.

        Returns:
            What looked wrong, what is only said, and what was recorded already.

        Raises:
            ImportRefused: A finding of severity error; nothing was recorded.
            InvalidInput: A file is of no known kind, or has no form in it.
        """
        forms = self.read_forms(
            *sources, on=None if revise else on, fiscal_year=fiscal_year
        )
        requests = self._requests(forms, on, revise=revise)
        self._record(requests, source=forms.name)
        return list(forms.findings)

    def review_forms(
        self,
        *sources: str | os.PathLike[str] | Mapping[str, Any],
        on: date | None = None,
        fiscal_year: int | None = None,
        revise: bool = False,
    ) -> Review:
        """Return what :meth:`import_forms` would record and say; record nothing."""
        forms = self.read_forms(
            *sources, on=None if revise else on, fiscal_year=fiscal_year
        )
        try:
            requests = self._requests(forms, on, revise=revise)
        except ImportRefused:
            requests = []
        return Review([each.event for each in requests], forms.findings)

    def read_forms(
        self,
        *sources: str | os.PathLike[str] | Mapping[str, Any],
        on: date | None = None,
        fiscal_year: int | None = None,
    ) -> Forms:
        """Read what :meth:`import_forms` would record, and record nothing."""
        return read_approvals(
            map(read_file, sources), self.settings, on=on, fiscal_year=fiscal_year
        )

    def forms_template(self, path: str | os.PathLike[str]) -> None:
        """
        Write an empty workbook of forms of approval to fill in.

        Raises:
            InvalidInput: There is a file at *path*, or it cannot be written.
        """
        write_forms_template(path, self.settings)

    def events_template(
        self, path: str | os.PathLike[str], year: int, month: int
    ) -> None:
        """
        Write a template for a calendar month's results and disbursements.

        It has a row for each indicator of the projects approved by then; a path that
        ends in ``.csv`` gives a table of the results alone.

        Raises:
            InvalidInput: There are no projects or there is a file at *path*, or it
                cannot be written.
        """
        view = self.view(through=month_end(year, month))
        projects = [
            TemplateProject(
                line.project,
                line.name,
                [
                    TemplateIndicator(one.indicator, one.target, one.measure, one.unit)
                    for one in view.attainment(line.project)
                ],
            )
            for line in view.execution()
        ]
        write_events_template(
            path, projects, month=view.through, settings=self.settings
        )

    def record(
        self, source: str | os.PathLike[str], *, batch: int | None = None
    ) -> Recorded:
        """
        Record a bulk file of events, or a template filled in, in one atomic append.

        Args:
            batch: Record so many events at a time instead; what was recorded before a
                bad batch stays.

        Raises:
            InvalidBatch: Bad lines, every one listed; nothing was recorded.
        """
        before = self.position
        requests = read_bulk(source, self.settings)
        taken = 0
        for part in batched(requests, batch):
            for _ in self._recorder.record(part, source=os.fspath(source)):
                taken += 1
        after = self.position
        return Recorded(after - before, taken - (after - before), after)

    # Looking

    def view(
        self,
        *,
        through: date | None = None,
        known_at: datetime | int | None = None,
    ) -> "View":
        """
        Return the ledger as of two dates.

        Args:
            through: Facts effective by this day; by default by the last one recorded.

            known_at: Facts recorded by this instant, or up to this position; by default
                all. The view does not move when more is recorded.
        """
        position = self._position(known_at)
        asked = instant(known_at) if isinstance(known_at, datetime) else known_at
        return View(
            through=through or self._last_day(position),
            position=position,
            known_at=None if asked is None else str(asked),
            policy=self.policy,
            scoring=self.scoring,
            log=self._log,
        )

    def monthly_report(
        self, year: int, month: int, *, known_at: datetime | int | None = None
    ) -> MonthlyReport:
        """Return the report of a calendar month: spending and attainment."""
        through = month_end(year, month)
        return self.view(through=through, known_at=known_at).monthly_report()

    def events(
        self,
        *,
        stream: str | None = None,
        after: int = 0,
        types: Sequence[str] = (),
        known_at: datetime | int | None = None,
    ) -> Iterator[RecordedEvent]:
        """
        Yield recorded events in order of position.

        Args:
            stream: A project's code, or ``project:CODE`` or ``unit:CODE``.

            after: Only positions above it.

            types: Only these types, such as ``Disbursed``.
        """
        until = self._position(known_at)
        if stream is None:
            return self._log.read(after=after, until=until, types=types)
        name = stream if ":" in stream else f"project:{stream}"
        return (
            recorded
            for recorded in self._log.read_stream(name, until=until)
            if recorded.position > after and (not types or recorded.type in types)
        )

    def lines(
        self, *, after: int = 0, known_at: datetime | int | None = None
    ) -> Iterator[bytes]:
        """
        Yield the canonical lines of the log, without line ends, in order of position.

        Args:
            after: Only positions above it.
        """
        return self._log.lines(after=after, until=self._position(known_at))

    def replay(
        self,
        projection: Projection[S],
        *,
        through: date | None = None,
        known_at: datetime | int | None = None,
    ) -> Iterator[tuple[str, S]]:
        """
        Fold the log from nothing: yield each stream with its state.

        Args:
            through: Only facts effective by this day.

            known_at: Only facts recorded by this instant, or up to this position.
        """
        events = self._log.read_by_stream(until=self._position(known_at))
        return projection.fold_each(effective(events, through))

    def stale_snapshots(self) -> list[tuple[str, str]]:
        """
        Fold the log from nothing and compare every stored state with the outcome.

        Returns:
            Projection and stream of each that is missing or differs; none is expected.
        """
        return list(self._states.differing())

    def rebuild(self) -> int:
        """
        Store the snapshots of every projection anew, and return how many streams.

        Nothing is lost without them; with them a report need not read the log.
        """
        return self._states.rebuild()

    # Inside

    def _one(self, event: Event, envelope: Mapping[str, Any]) -> RecordedEvent:
        return self.append(event, **envelope)[0]

    def _record(
        self,
        requests: Iterable[Request],
        *,
        expected_version: int | None = None,
        source: str = "",
    ) -> list[RecordedEvent]:
        return list(
            self._recorder.record(
                requests, expected_version=expected_version, source=source
            )
        )

    def _requests(
        self, forms: Forms, on: date | None, *, revise: bool
    ) -> list[Request]:
        """Return what is to be recorded of *forms*, held to what is recorded."""

        def recorded(approval: Approval) -> Iterable[Event]:
            return (each.event for each in self._log.read_stream(stream_of(approval)))

        day = (on or self._log.now().date()) if revise else None
        return forms.requests(recorded, self.settings, revise_on=day)

    def _position(self, known_at: datetime | int | None) -> int:
        size = self._log.head().size
        if known_at is None:
            return size
        if isinstance(known_at, datetime):
            return self._log.position_at(known_at)
        if not 0 <= known_at <= size:
            raise InvalidInput("known_at", known_at, f"a position from 0 to {size}")
        return known_at

    def _last_day(self, position: int) -> date:
        day = self._log.last_day(until=position)
        return day or self._log.now().date()


def _number(name: str, value: Amount | None) -> Decimal | None:
    return None if value is None else exact(value, field=name)


def batched(items: Iterable[T], size: int | None) -> Iterator[Iterable[T]]:
    """Yield *items* in batches of *size*, or all in one where it is ``None``."""
    if size is None:
        yield items
        return
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
