"""Vouchers: their lines, what came back of them, and what left again."""

from datetime import date
from typing import Any, NamedTuple

import attrs

from ledger.events import Disbursed, DisbursementReversed, PriorYearRefund

from .book import Fact
from .spelling import same


class Line(NamedTuple):
    """Money that left, or came back below zero, with one line of a voucher."""

    on: date
    source: str
    amount: int
    voucher: str
    paid: str
    """The disbursement that the money is of."""

    of: str | None
    """What a reversal takes back."""

    commitment: str | None
    over: bool = False
    """Whether that disbursement was booked again since."""


def signed(fact: Any) -> int:
    """Return what leaves with a fact; what comes back is below zero."""
    if isinstance(fact, Disbursed):
        return fact.amount
    if not isinstance(fact, DisbursementReversed):
        return 0
    leaves = fact.disbursement is not None and not fact.taken_back
    return fact.amount if leaves else -fact.amount


def lines(own: list[Any]) -> list[Line]:
    """Return the lines of all vouchers of a project-year."""
    found: list[Line] = []
    for f in own:
        if isinstance(f, Disbursed):
            name = same(f.voucher)
            if f.booked_again:
                again = [one.paid == name for one in found]
                found = [
                    one._replace(over=one.over or over)
                    for one, over in zip(found, again, strict=True)
                ]
            number = f.commitment
            found.append(Line(f.on, f.source, f.amount, name, name, None, number))
        elif isinstance(f, DisbursementReversed):
            of, source = same(f.of), f.source or ""
            paid = of if f.disbursement is None else same(f.disbursement)
            amount, name = signed(f), same(f.voucher)
            found.append(Line(f.on, source, amount, name, paid, of, f.restores))
    return found


def used(own: list[Any], voucher: str) -> bool:
    """Say whether a number is that of a voucher already."""
    back = (f.voucher for f in own if isinstance(f, PriorYearRefund))
    known = {*map(same, back), *(one.voucher for one in lines(own))}
    return same(voucher) in known


def free_again(own: list[Any], event: Any) -> bool:
    """Say whether all that was paid with a voucher had come back by a day."""
    name = same(event.voucher)
    mine = [one for one in lines(own) if one.paid == name and not one.over]
    if not isinstance(event, Disbursed) or name not in {one.voucher for one in mine}:
        return False
    since = max(one.on for one in mine)
    return event.on >= since and not any(
        sum(one.amount for one in mine if one.source == source)
        for source in {one.source for one in mine}
    )


def left_of(own: list[Any], voucher: str) -> int:
    """Return what a voucher moved and is not taken back in the end, on either side."""
    mine = [one for one in lines(own) if not one.over]
    named = [one for one in mine if one.voucher == same(voucher)]
    groups = {(one.source, one.paid) for one in named}
    return sum(
        left([one for one in mine if (one.source, one.paid) == group], same(voucher))
        for group in groups
    )


def left(mine: list[Line], voucher: str, day: date = date.max) -> int:
    """Return what is not taken back by a day of one source's lines of a voucher."""
    known = [one for one in mine if one.on <= day]
    moved = sum(abs(one.amount) for one in known if one.voucher == voucher)
    return moved - taken_back(known, voucher)


def taken_back(mine: list[Line], voucher: str, *above: str) -> int:
    """
    Return what lines take back of a voucher.

    What takes back one of several lines takes the last of them first.

    Args:
        above: What that takes back: a number that is used again is refused elsewhere.
    """
    total, above = 0, (*above, voucher)
    for place, one in enumerate(mine):
        if one.of == voucher and one.voucher not in above:
            behind = [b for b in mine[place + 1 :] if b.voucher == one.voucher]
            gone = taken_back(mine, one.voucher, *above)
            gone -= sum(abs(b.amount) for b in behind)
            total += abs(one.amount) - min(max(gone, 0), abs(one.amount))
    return total


def came_back(facts: list[Fact], event: DisbursementReversed) -> bool:
    """Return whether a reversal names the voucher of another one of the project."""
    return any(
        same(f.event.voucher) == same(event.of)
        for f in facts
        if isinstance(f.event, DisbursementReversed)
        and f.event.project == event.project
    )


def taken(own: list[Any], event: DisbursementReversed) -> Line | set[str]:
    """Return the line that a reversal takes back, or the errors where none is named."""
    named = [
        one
        for one in lines(own)
        if one.voucher == same(event.of) and not (one.over and one.of is None)
    ]
    if not named:
        return {"UnknownVoucher"}
    sources = {one.source for one in named}
    if event.source is None and len(sources) > 1:
        return {"InvalidInput"}
    if event.source is not None and event.source not in sources:
        return {"UnknownSource"}
    source = event.source or next(iter(sources))
    named = [one for one in named if one.source == source]
    paid = {one.paid for one in named}
    if event.disbursement is None and len(paid) > 1:
        return {"InvalidInput"}
    wanted = next(iter(paid))
    if event.disbursement is not None:
        wanted = same(event.disbursement)
    if wanted not in paid:
        return {"UnknownVoucher"}
    chosen = next(one for one in named if one.paid == wanted)
    return {"ReversalExceeded"} if chosen.over else chosen


def completed(own: list[Any], event: DisbursementReversed) -> DisbursementReversed:
    """Return a reversal that says what it takes back."""
    of = taken(own, event)
    if isinstance(of, set):
        return event
    return attrs.evolve(
        event,
        source=of.source,
        disbursement=None if of.of is None else of.paid,
        taken_back=of.of is not None and of.amount > 0,
    )


def reversal(own: list[Any], event: DisbursementReversed) -> set[str]:
    """Return the errors that a reversal may end in, its number apart."""
    found: set[str] = set()
    if event.amount <= 0:
        found |= {"InvalidInput", "InvalidAmount"}
    of = taken(own, event)
    if isinstance(of, set):
        return found | of
    if event.on < of.on:
        found |= {"InvalidInput", "ReversalExceeded"}
    every = [*own, completed(own, event)]
    mine = [
        one
        for one in lines(every)
        if (one.source, one.paid, one.over) == (of.source, of.paid, False)
    ]
    for day in {one.on for one in mine if one.on >= event.on}:
        if any(left(mine, one.voucher, day) < 0 for one in mine):
            found.add("ReversalExceeded")
    return found


def further(own: list[Any], append: list[Any], event: Any) -> set[str]:
    """
    Return the errors of a line whose number is used already.

    Args:
        append: What was recorded with it.
    """
    name = same(event.voucher)
    others = [
        f
        for f in append
        if type(f) is type(event)
        and f.on == event.on
        and same(f.voucher) == name
        and f.project == event.project
    ]
    if not others or any(_payee(f) != _payee(event) for f in others):
        return {"VoucherUsed"}
    if isinstance(event, DisbursementReversed):
        event = completed(own, event)
        others = [completed(own, f) for f in others]
    if any(_plain(f) == _plain(event) for f in others):
        return {"VoucherUsed"}
    if len({signed(f) > 0 for f in (event, *others)}) > 1:
        return {"InvalidInput"}
    if any(
        f.source == event.source and f.commitment != event.commitment
        for f in others
        if isinstance(f, Disbursed)
    ):
        return {"InvalidInput"}
    return set()


def _payee(fact: Any) -> str | None:
    payee: str | None = getattr(fact, "payee", None)
    return payee and same(payee)


def _plain(fact: Any) -> Any:
    """Return what a line was asked as."""
    if isinstance(fact, Disbursed):
        return attrs.evolve(fact, booked_again=False, released=None, stage=None)
    if isinstance(fact, PriorYearRefund):
        return fact
    return attrs.evolve(fact, restores=None, stage=None)
