"""The events under a project's figures, as reports list them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.domain.identity import voucher_identity
from ledger.domain.settings import Settings


class Entry(msgspec.Struct, frozen=True, gc=False):
    """
    One event that a project's figures rest on.

    Attributes:
        position: In the log.

        kind: The event's type.

        amount: What it adds to the budget or to what is disbursed, signed.

        document: The voucher, document or evidence that it names.

        indicator: That it speaks of; ``None`` for money.

        says: A result, a target, a payee or a reason.

        undone: Whether it was retracted, or reversed in whole.
    """

    position: int
    on: date
    kind: str
    amount: Decimal | None = None
    document: str | None = None
    indicator: str | None = None
    says: str | None = None
    undone: bool = False


def entries(
    events: Iterable[RecordedEvent], through: date, settings: Settings
) -> list[Entry]:
    """Return the events effective by *through*, as they were recorded."""
    known = list(events)
    retracted = {
        each.event.of for each in known if isinstance(each.event, ResultRetracted)
    }
    left: dict[str, int] = {}
    for each in known:
        event = each.event
        if isinstance(event, Disbursed):
            left[voucher_identity(event.voucher)] = event.amount
        elif isinstance(event, DisbursementReversed) and event.on <= through:
            of = voucher_identity(event.of)
            left[of] = left.get(of, 0) - event.amount
    made = []
    for each in known:
        if each.on > through and not isinstance(each.event, ResultRetracted):
            continue
        entry = _entry(each, settings)
        if entry is not None:
            undone = each.id in retracted or (
                isinstance(each.event, Disbursed)
                and not left[voucher_identity(each.event.voucher)]
            )
            made.append(msgspec.structs.replace(entry, undone=undone))
    return made


def _entry(recorded: RecordedEvent, settings: Settings) -> Entry | None:
    event: Any = recorded.event
    start = recorded.position, recorded.on, recorded.type
    major = settings.currency.major
    match event:
        case BudgetApproved():
            amount = major(sum(part.amount for part in event.amounts))
            return Entry(*start, amount, event.document, None, event.name)
        case BudgetAdjusted():
            amount = major(event.kind.sign * sum(part.amount for part in event.amounts))
            return Entry(*start, amount, event.document, None, event.reason)
        case Disbursed():
            return Entry(*start, major(event.amount), event.voucher, None, event.payee)
        case DisbursementReversed():
            amount = major(-event.amount)
            return Entry(*start, amount, event.voucher, None, f"← {event.of}")
        case SpendingPlanRevised():
            return Entry(*start, None, None, None, event.reason)
        case ResultReported():
            proof = event.evidence.uri if event.evidence else None
            return Entry(*start, None, proof, event.indicator, _figure(event))
        case ResultRetracted():
            return Entry(*start, None, None, event.indicator, event.reason)
        case ScoreReported():
            scored = " · ".join(filter(None, [f"{event.score:f}", event.reason]))
            return Entry(*start, None, None, event.indicator, scored)
        case TargetRevised():
            return Entry(*start, None, None, event.indicator, event.target.text)
        case _:
            indicator = getattr(event, "indicator", None)
            says = getattr(event, "text", None) or getattr(event, "reason", None)
            return Entry(*start, None, None, indicator, says)


def _figure(event: ResultReported) -> str:
    if event.numerator is not None:
        return f"{event.numerator:f}/{event.denominator:f}"
    given = (event.value, event.rating, event.reached_on, event.text)
    value = next((each for each in given if each is not None), "")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
