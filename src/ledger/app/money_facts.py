"""The facts of money that people record: one function for each."""

from collections.abc import Mapping
from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.app.stated_amounts import funding, moved, stated
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.arguments import check_type
from ledger.domain.calendar import ByDay, DateLike, parse_date
from ledger.domain.choice_words import AdjustmentKindWord
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.events import (
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    SpendingPlanRevised,
)
from ledger.domain.money import Amount
from ledger.domain.plan import plan_of
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.spending_exception import SpendingException


def disburse(
    ledger: OpenLedger,
    /,
    project: str,
    amount: Amount,
    *,
    voucher: str,
    on: DateLike,
    source: str | None = None,
    payee: str | None = None,
    description: str | None = None,
    commitment: str | None = None,
    final: bool = False,
    exception: SpendingException | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record money that left on its value date *on*.

    Args:
        source: By default the only one of the commitment, else of the project.

        commitment: The number of the commitment that is paid on.

        final: Whether nothing more will be paid on it: what is left is released.

        exception: Who allowed it although the budget forbids it, and why, in a ledger
            whose settings allow exceptions.

    Raises:
        InvalidInput: No *source* is given, and there are several.
        BudgetExceeded: Some day from *on* would be overdrawn; it is named.
        ExceptionNotAllowed: The settings of the ledger allow no *exception*.
        CommitmentExceeded: Less is open of the commitment on some day from *on*.
        BeforeCommitment, CommitmentEnded, UnknownCommitment: As their names say.
        DatedAhead: *on* is more than a day away.
        VoucherUsed, BeforeApproval, AfterClosure, OutsideFiscalYear,
        UnknownProject, UnknownSource: As their names say.
    """
    event = Disbursed(
        project=project,
        on=parse_date(on),
        voucher=voucher,
        amount=moved(ledger, amount),
        source=stated(source),
        payee=payee,
        description=description,
        commitment=commitment,
        final=final,
        exception=exception,
    )
    return ledger.append(event, **envelope)[0]


def reverse_disbursement(
    ledger: OpenLedger,
    /,
    project: str,
    amount: Amount,
    *,
    of: str,
    voucher: str,
    on: DateLike,
    source: str | None = None,
    disbursement: str | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that money of the disbursement with voucher *of* came back.

    Where *of* is itself a reversal, its money leaves again. Where it is a payment of an
    earlier fiscal year, a :class:`PriorYearRefund` is recorded; where it is such a
    refund of this year, one that takes it back.

    Args:
        source: By default the only one of which *of* moved money.

        disbursement: Where the reversal *of* was of several, the voucher of that whose
            money leaves again.

    Raises:
        InvalidInput: *source* or *disbursement* is left out, and there are several.
        BudgetExceeded: The money of a reversal that is reversed is not free any more.
        UnknownVoucher, UnknownSource, ReversalExceeded, VoucherUsed: As their names
            say.
    """
    event = DisbursementReversed(
        project=project,
        on=parse_date(on),
        voucher=voucher,
        of=of,
        amount=moved(ledger, amount),
        source=None if source is None else stated(source),
        disbursement=disbursement,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def refund(
    ledger: OpenLedger,
    /,
    project: str,
    amount: Amount,
    *,
    of: str,
    voucher: str,
    on: DateLike,
    of_year: int | str | None = None,
    source: str | None = None,
    payee: str | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that money of an earlier year's payment came back (收回以前年度支出).

    It is no spending and no budget of the year in which it came, which need not be
    approved; the year of the payment stays as it is. What reverses it in the same year
    is :meth:`reverse_disbursement`.

    Args:
        of: The voucher of the payment.

        on: When the money came.

        of_year: The fiscal year of the payment; by default the latest that has *of*.

        source: By default the only one that the payment was made from.

        payee: Who gave it back; by default whom the payment was made to.

    Raises:
        InvalidInput: *source* is left out, and there are several; or *of_year* is, and
            the year in which it came has the voucher too.
        ReversalExceeded: Less is left of the payment.
        AfterClosure: The year in which it came is closed.
        DatedAhead: *on* is more than a day away.
        UnknownVoucher, UnknownSource, VoucherUsed: As their names say.
    """
    event = PriorYearRefund(
        project=project,
        on=parse_date(on),
        voucher=voucher,
        of=of,
        of_year=None if of_year is None else ledger.settings.year_named(of_year),
        amount=moved(ledger, amount),
        source=None if source is None else stated(source),
        payee=payee,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def adjust_budget(
    ledger: OpenLedger,
    /,
    project: str,
    kind: AdjustmentKind | AdjustmentKindWord,
    amount: Amount,
    *,
    on: DateLike,
    source: str | None = None,
    document: str | None = None,
    reason: str | None = None,
    new_source: bool = False,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record a supplement, a reduction or a recall; *amount* is positive.

    A virement has two legs: see :meth:`transfer`.

    Args:
        source: By default the only funding source that the project has.

        new_source: Whether a supplement may bring a source that the project has
            not yet.

    Raises:
        UnknownSource: The project has no such source; the nearest is named.
        BudgetExceeded: Less would be left than is disbursed on some day.
        VirementUnbalanced: *kind* is one leg of a virement.
    """
    event = BudgetAdjusted(
        project=project,
        on=parse_date(on),
        kind=kind,
        amounts=(funding(ledger, source, amount),),
        document=document,
        reason=reason,
        new_source=new_source,
    )
    return ledger.append(event, **envelope)[0]


def transfer(
    ledger: OpenLedger,
    /,
    source_project: str,
    target_project: str,
    amount: Amount,
    *,
    on: DateLike,
    source: str | None = None,
    document: str | None = None,
    reason: str | None = None,
    new_source: bool = False,
    **envelope: Unpack[Envelope],
) -> list[RecordedEvent]:
    """
    Record a virement (调剂) from one project to another: two legs, one append.

    Both legs are one request: *key* is that of both.

    Args:
        source: By default the only funding source that each of them has.

        new_source: Whether *source* may be one that the target has not yet.

    Raises:
        UnknownSource: One of them has no such source; the nearest is named.
        BudgetExceeded: The project that gives has less than that available on some day.
        VirementUnbalanced: Both are the same project.
    """
    day = parse_date(on)
    legs = [
        BudgetAdjusted(
            project=project,
            on=day,
            kind=kind,
            amounts=(funding(ledger, source, amount),),
            document=document,
            reason=reason,
            new_source=new_source and kind is AdjustmentKind.VIREMENT_IN,
        )
        for project, kind in (
            (source_project, AdjustmentKind.VIREMENT_OUT),
            (target_project, AdjustmentKind.VIREMENT_IN),
        )
    ]
    return ledger.append(*legs, **envelope)


def revise_plan(
    ledger: OpenLedger,
    /,
    project: str,
    checkpoints: ByDay[Amount],
    *,
    on: DateLike,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record a new plan: cumulative amounts at dates, ending at the current budget.

    Raises:
        InvalidPlan: The amounts fall, or do not end at the budget of *on*.
    """
    check_type("checkpoints", checkpoints, Mapping)
    event = SpendingPlanRevised(
        project=project,
        on=parse_date(on),
        plan=plan_of(checkpoints, ledger.settings.currency),
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]
