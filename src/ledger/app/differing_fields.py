"""Which field of a request differs from the one that was recorded under its key."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import combinations, product
from typing import Any, Final

import attrs

from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.closing_events import (
    CarriedOver,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import (
    BudgetAdjusted,
    DisbursementReversed,
    Event,
    ResultRetracted,
)
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.streams import code_about
from ledger.domain.subject import code_of, year_of
from ledger.store.request_digest import asked, waited

_FILLED_IN: Final[Mapping[type, frozenset[str]]] = {
    ResultRetracted: frozenset({"indicator", "of", "version"}),
    AdjustmentCorrected: frozenset(
        {"of", "kind", "amounts", "adjusted_on", "document", "version"}
    ),
    ApprovalWithdrawn: frozenset({"amounts", "origin", "year"}),
    ProjectClosed: frozenset({"lapsed", "on", "year"}),
    ProjectReopened: frozenset({"carried_over", "lapsed", "on", "year"}),
    CarriedOver: frozenset({"amounts", "since"}),
    PriorYearRefund: frozenset(
        {"of", "of_year", "source", "takes_back", "payee", "opens"}
    ),
    CarryReturned: frozenset({"amounts", "since"}),
    BudgetAdjusted: frozenset({"amounts", "since"}),
}
"""Fields that may not be recorded as they are asked for; so may any indicator's name,
and what a request leaves out."""

_TOGETHER: Final = 2
"""So many fields may differ for the digest to say which: one argument of a method may
say a year and a day of it."""


def differing_field(
    request: Event, stored: RecordedEvent, digest: str | None, places: int
) -> str:
    """
    Return the field in which a request differs from what was asked for before.

    Kept of that are the fact, with what the rules filled in, and a digest of what was
    asked: the field whose other value leads to the digest is the one.

    Args:
        places: How many events the request had: one that waited has its place in its
            digest.
    """
    fact = stored.event
    if isinstance(fact, PriorYearRefund):
        reversals = _as_reversals(fact)
        if any(_is_digest(asked(each), digest, places) for each in reversals):
            fact = reversals[0]
    if type(request) is not type(fact):
        return "type"
    names_it = isinstance(request, AdjustmentCorrected)
    if names_it and code_about(request) != code_of(stored.stream):
        return "of"  # It says whose adjustment it is.
    year = year_of(stored.stream)
    others = {name: own for name, own in _others(request, fact, year) if own}
    for count in range(1, _TOGETHER + 1):
        for names in combinations(others, count):
            for values in product(*(others[name] for name in names)):
                before = dict(zip(names, values, strict=True))
                if _is_digest(_asked(request, before), digest, places):
                    return "year" if "year" in names else names[0]
    return _likely(request, fact)


def _as_reversals(refund: PriorYearRefund) -> list[DisbursementReversed]:
    """Return the reversals that this refund may have been asked for as."""
    back = refund.takes_back
    return [
        DisbursementReversed(
            project=refund.project,
            on=refund.on,
            voucher=refund.voucher,
            of=back or refund.of,
            amount=refund.amount,
            source=source,
            disbursement=payment,
            reason=refund.reason,
        )
        for payment in ((None, refund.of) if back else (None,))
        for source in (None, refund.source)
    ]


def _asked(request: Event, other: Mapping[str, Any]) -> str:
    """Return the digest of a request with other values; none where it has no sense."""
    try:
        return asked(attrs.evolve(request, **other))
    except InvalidInput:
        return ""


def _is_digest(own: str, digest: str | None, places: int) -> bool:
    return own == digest or any(waited(own, place) == digest for place in range(places))


def _others(
    request: Event, fact: Event, before: int | None
) -> Iterator[tuple[str, list[Any]]]:
    """Yield each field with the values that it may have had instead."""
    year: int | None = getattr(request, "year", None)
    for field in attrs.fields(type(request)):
        own = getattr(request, field.name)
        values = [getattr(fact, field.name)]
        if field.default is not attrs.NOTHING:
            values.append(_default(field))
        if field.name == "year":
            values.append(before)
        if field.name == "on" and year is not None and before is not None:
            values.append(_moved(own, before - year))
        yield field.name, [each for each in _distinct(values) if each != own]


def _default(field: "attrs.Attribute[Any]") -> Any:
    factory = getattr(field.default, "factory", None)
    return field.default if factory is None else factory()


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # The 29th of February, or no year at all.
        return day


def _distinct(values: Collection[Any]) -> list[Any]:
    found: list[Any] = []
    for each in values:
        if each not in found:
            found.append(each)
    return found


def _likely(request: Event, stored: Event) -> str:
    """Return a field that differs from the fact, best one that the caller wrote."""
    fields = [
        field
        for field in attrs.fields(type(request))
        if field.name != "note"
        and getattr(request, field.name) != getattr(stored, field.name)
    ]
    filled = _FILLED_IN.get(type(request), frozenset({"indicator"}))
    written = [
        each.name
        for each in fields
        if each.default is attrs.NOTHING
        or getattr(request, each.name) != _default(each)
    ]
    firm = [name for name in written if name not in filled]
    names: list[str] = [*firm, *written, *(each.name for each in fields), "request"]
    return names[0]
