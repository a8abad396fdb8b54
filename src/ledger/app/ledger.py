"""A ledger: one method for each thing that a user does."""

import os
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import (
    Final,
    NoReturn,
    Self,
    TypedDict,
    Unpack,
)

from attrs import define

from ledger.app import (
    approval_facts,
    bulk_files,
    closing_facts,
    commitment_facts,
    corrections,
    files,
    money_facts,
    period_facts,
    policy_facts,
    proofs,
    reading,
    rectification_facts,
    register_rows,
    result_facts,
    statement_facts,
)
from ledger.app.event_lists import open_ledger_pickled
from ledger.app.methods import ledger_iterator, ledger_method
from ledger.app.open_ledger import OpenLedger
from ledger.domain.arguments import (
    check_type,
    checked,
)
from ledger.domain.envelope_names import checked_name
from ledger.domain.error_language import in_own_language
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.finding import Finding
from ledger.domain.finding import spoken as told
from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.messages import Language, message
from ledger.projections.projection import AnyProjection
from ledger.store.clock import Clock, Entropy, utc_now
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION
from ledger.store.state.stream_states import States

_BUILT_IN: Final[tuple[AnyProjection, ...]] = (EXECUTION, ATTAINMENT)


def _parts(
    store: EventStore,
    actor: str | None,
    projections: tuple[AnyProjection, ...],
    policy: Policy | None,
    scoring: ScoringRule | None,
) -> OpenLedger:
    """Return what is open; the built-in *projections* come first."""
    states = States(store, projections)
    parts = OpenLedger(store, policy, scoring, states, actor)
    parts.check_clock()
    return parts


class Opening(TypedDict, total=False):
    """How a ledger may be opened; :class:`Ledger` says what each means."""

    actor: str | None
    settings: Settings | None
    create: bool
    read_only: bool
    timeout: float
    projections: Sequence[AnyProjection]
    policy: Policy | None
    scoring: ScoringRule | None
    clock: Clock
    entropy: Entropy


@define(init=False, repr=False, eq=False)
class Ledger:
    """
    A unit's ledger: record facts, look at any date, report.

    It is opened where it is made; a file that is missing is created. Amounts are taken
    as ``Decimal``, ``int`` or text in the main unit of the currency (yuan); a float is
    refused. Every method that records returns the event as it was recorded, and takes
    what :class:`ledger.Envelope` names.

    Args:
        path: A file, ``:memory:``, or ``postgresql://user@host/database``.

        actor: Who records; by default the user of the computer, who is looked up when a
            fact is recorded: to read needs none.

        settings: For a new ledger: currency, fiscal year, convention.

        create: Whether a missing file is created.

        timeout: Seconds to wait while another process writes.

        projections: Your own, kept up in each append with the built-in ones.

        policy: What statuses are judged by, in place of what the ledger has set.

        scoring: What points are given by, likewise.

        clock: Returns the instant that events are recorded at.

        entropy: Returns random bytes, for event ids.

    Raises:
        NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
    """

    _parts: OpenLedger

    @checked
    def __init__(
        self,
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
        entropy: Entropy = os.urandom,
    ) -> None:
        known = None
        try:
            for name, value, kind in (
                ("settings", settings, Settings | None),
                ("policy", policy, Policy | None),
                ("scoring", scoring, ScoringRule | None),
                ("clock", clock, Callable),
                ("entropy", entropy, Callable),
            ):
                check_type(name, value, kind)
            known = settings
            every = (*_BUILT_IN, *projections)
            names = [projection.name for projection in every]
            if len(set(names)) < len(names):
                right = message("expected.unique_names")
                raise InvalidInput("projections", names, right)
            who = None if actor is None else checked_name(actor, name="actor")
            log = open_store(
                path,
                settings=settings,
                create=create,
                read_only=read_only,
                timeout=timeout,
                clock=clock,
                entropy=entropy,
            )
            known = log.settings
            self.__attrs_init__(_parts(log, who, every, policy, scoring))
        except LedgerError as problem:
            if known is not None:
                problem.speak(known.language)
            raise

    @classmethod
    @checked
    def open(cls, path: str | os.PathLike[str], **how: Unpack[Opening]) -> Self:
        """Open the ledger at *path*: another way to write ``Ledger(path, …)``."""
        return cls(path, **how)

    @classmethod
    def _kept_in(cls, store: EventStore, actor: str | None = None) -> Self:
        """Return a ledger whose log is kept in an open store of any kind."""
        ledger = cls.__new__(cls)
        ledger.__attrs_init__(_parts(store, actor, _BUILT_IN, None, None))
        return ledger

    def __repr__(self) -> str:
        return f"Ledger({self._parts.log.place!r})"

    def __reduce__(self) -> NoReturn:
        """
        Refuse to be pickled.

        Raises:
            LogError: It is open; what it returns can be pickled.
        """
        raise open_ledger_pickled(self.language)

    restore = staticmethod(checked(proofs.restore))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """The settings fixed when the ledger was created."""
        return self._parts.settings

    @property
    def language(self) -> Language:
        """The language of its errors, findings and reports where none is named."""
        return self._parts.settings.language

    @property
    def policy(self) -> Policy:
        """
        What statuses are judged by on the last day of the ledger.

        One that is assigned is named in reports, not recorded; see :meth:`set_policy`.
        """
        return self._parts.judging().policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        try:
            check_type("policy", policy, Policy)
        except InvalidInput as problem:
            problem.speak(self.language)
            raise
        self._parts.policy = policy

    @property
    def scoring(self) -> ScoringRule:
        """What points are given by on the last day of the ledger."""
        return self._parts.judging().scoring

    @property
    @in_own_language
    def position(self) -> int:
        """How many events the ledger holds."""
        return self._parts.position

    @property
    def findings(self) -> tuple[Finding, ...]:
        """
        Findings about clocks, days and results since this was opened.

        ``clock.behind`` or ``clock.day_behind`` where the clock is behind the last
        instant of the log; ``result.dated_ahead`` for a result, recorded here, of a day
        that had not come yet; and what looks wrong in a single result, recorded here.
        """
        return told(self._parts.findings, self.language)

    @property
    @in_own_language
    def root(self) -> str:
        """The root over all lines, in hex: the same root, the same record."""
        return self._parts.log.head().root.hex()

    close = ledger_method(OpenLedger.close)
    append = ledger_method(OpenLedger.append)
    minor = ledger_method(OpenLedger.minor)
    view = ledger_method(OpenLedger.view)

    # Facts of money.
    disburse = ledger_method(money_facts.disburse)
    reverse_disbursement = ledger_method(money_facts.reverse_disbursement)
    refund = ledger_method(money_facts.refund)
    adjust_budget = ledger_method(money_facts.adjust_budget)
    transfer = ledger_method(money_facts.transfer)
    revise_plan = ledger_method(money_facts.revise_plan)
    commit = ledger_method(commitment_facts.commit)
    adjust_commitment = ledger_method(commitment_facts.adjust_commitment)
    release_commitment = ledger_method(commitment_facts.release_commitment)
    close_project = ledger_method(closing_facts.close_project)
    reopen_project = ledger_method(closing_facts.reopen_project)
    carry_over = ledger_method(closing_facts.carry_over)
    return_carry = ledger_method(closing_facts.return_carry)

    # Facts of approvals.
    revise_form = ledger_method(approval_facts.revise_form)
    withdraw_approval = ledger_method(approval_facts.withdraw_approval)
    correct_adjustment = ledger_method(corrections.correct_adjustment)

    # Periods.
    close_period = ledger_method(period_facts.close_period)
    reopen_period = ledger_method(period_facts.reopen_period)

    # How it is judged, and facts of results.
    set_policy = ledger_method(policy_facts.set_policy)
    revise_target = ledger_method(result_facts.revise_target)
    report_result = ledger_method(result_facts.report_result)
    retract_result = ledger_method(result_facts.retract_result)
    explain_variance = ledger_method(statement_facts.explain_variance)
    state_outlook = ledger_method(statement_facts.state_outlook)
    report_score = ledger_method(statement_facts.report_score)
    assess_goal = ledger_method(statement_facts.assess_goal)
    state_conclusion = ledger_method(statement_facts.state_conclusion)
    order_rectification = ledger_method(rectification_facts.order_rectification)
    report_rectification = ledger_method(rectification_facts.report_rectification)
    close_rectification = ledger_method(rectification_facts.close_rectification)
    set_objectives = ledger_method(result_facts.set_objectives)

    # Files that come in, and templates that go out.
    import_forms = ledger_method(files.import_forms)
    review_forms = ledger_method(files.review_forms)
    read_forms = ledger_method(files.read_forms)
    forms_template = ledger_method(files.forms_template)
    events_template = ledger_method(files.events_template)
    record = ledger_method(bulk_files.record)
    review_record = ledger_method(bulk_files.review_record)

    # What the record says.
    monthly_report = ledger_method(reading.monthly_report)
    self_evaluation = ledger_method(reading.self_evaluation)
    monitoring = ledger_method(reading.monitoring)
    alerts = ledger_method(reading.alerts)
    projects = ledger_method(reading.projects)
    events = ledger_iterator(reading.events)
    lines = ledger_iterator(reading.lines)
    export_table = ledger_method(reading.export_table)
    replay = ledger_iterator(reading.replay)
    stale_snapshots = ledger_method(reading.stale_snapshots)
    rebuild = ledger_method(reading.rebuild)

    # Registers.
    contracts = ledger_method(reading.of_register(register_rows.contracts))
    carried_over = ledger_method(reading.of_register(register_rows.carried_over))
    two_years = ledger_method(reading.of_register(register_rows.two_years))
    life_to_date = ledger_method(reading.of_register(register_rows.life_to_date))
    adjustments = ledger_method(reading.of_register(register_rows.adjustments))
    refunds = ledger_method(reading.of_register(register_rows.refunds))
    closed_months = ledger_method(reading.of_register(register_rows.closed_months))
    completeness = ledger_method(reading.of_register(register_rows.completeness))

    # What proves it.
    seal = ledger_method(proofs.seal)
    verify = ledger_method(proofs.verify)
    verify_report = ledger_method(proofs.verify_report)
    explain = ledger_method(proofs.explain)
    differences = ledger_method(proofs.differences)
    prove = ledger_method(proofs.prove)
    prove_consistency = ledger_method(proofs.prove_consistency)
    checkpoint = ledger_method(proofs.checkpoint)
    export = ledger_method(proofs.export)
    backup = ledger_method(proofs.backup)
