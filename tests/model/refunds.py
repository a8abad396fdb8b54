"""Refunds of earlier years, recomputed from the list of facts for every question."""

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

import attrs

from ledger.events import Disbursed, DisbursementReversed, PriorYearRefund

from . import money, vouchers
from .book import Book, Fact
from .carries import opening
from .spelling import same


def came(refunds: Iterable[Any], day: date) -> int:
    """Return what came by a day, less what did not after all."""
    return sum(-f.amount if f.takes_back else f.amount for f in refunds if f.on <= day)


def of_year(facts: Iterable[Fact], project: str, year: int) -> list[Any]:
    """Return the refunds of the payments of a year, in the order of recording."""
    return [
        f.event
        for f in facts
        if isinstance(f.event, PriorYearRefund)
        and (f.event.project, f.event.of_year) == (project, year)
    ]


def most(
    facts: list[Fact], project: str, year: int, paid: str, source: str, since: date
) -> int:
    """Return the most that can come back of one source of a payment from a day on."""
    own = vouchers.lines(money.of_project(facts, project, year))
    mine = [one for one in own if (one.paid, one.source) == (paid, source)]
    mine = [one for one in mine if not one.over]
    back = [
        f
        for f in of_year(facts, project, year)
        if (same(f.of), f.source) == (paid, source)
    ]
    days = {since, *(one.on for one in (*mine, *back) if one.on > since)}
    return min(
        sum(one.amount for one in mine if one.on <= day) - came(back, day)
        for day in days
    )


def is_late(book: Book, event: Any) -> bool:
    """Return whether a reversal is of a payment that an earlier year alone has."""
    if not isinstance(event, DisbursementReversed):
        return False
    year = book.year_about(event)
    years = {
        f.year
        for f in book.facts
        if getattr(f.event, "project", None) == event.project
        and same(getattr(f.event, "voucher", None) or "") == same(event.of)
    }
    return bool(years) and max(years) < year


def refused(facts: list[Fact], own: list[Any], event: Any, year: int) -> set[str]:
    """
    Return the errors that a refund may end in, or that a reversal may after refunds.

    Args:
        own: The money facts of the project-year, *year*.
    """
    if isinstance(event, DisbursementReversed):
        line = vouchers.taken(own, event)
        if isinstance(line, set) or line.amount < 0:
            return set()
        left = most(facts, event.project, year, line.paid, line.source, event.on)
        return {"ReversalExceeded"} if event.amount > left else set()
    if not isinstance(event, PriorYearRefund):
        return set()
    found: set[str] = set()
    if event.amount <= 0:
        found |= {"InvalidInput", "InvalidAmount"}
    if vouchers.used(own, event.voucher):
        found.add("VoucherUsed")
    if event.takes_back is not None:
        return found | _taking_back(own, event)
    if payment(facts, event) is None:
        return found | {"UnknownVoucher", "UnknownProject", "UnknownSource"}
    left = most(
        facts,
        event.project,
        event.of_year or 0,
        same(event.of),
        event.source or "",
        event.on,
    )
    return found | ({"ReversalExceeded"} if event.amount > left else set())


def _taking_back(own: list[Any], event: PriorYearRefund) -> set[str]:
    name = same(event.takes_back or "")
    known = [f for f in own if isinstance(f, PriorYearRefund)]
    mine = [f for f in known if same(f.voucher) == name]
    if not mine or mine[0].takes_back or mine[0].on > event.on:
        return {"UnknownVoucher", "InvalidInput"}
    back = [f for f in known if f.takes_back and same(f.takes_back) == name]
    left = mine[0].amount - sum(f.amount for f in back)
    return {"ReversalExceeded"} if event.amount > left else set()


def payment(facts: list[Fact], event: PriorYearRefund) -> Any:
    """Return the payment that a refund is of; ``None`` where there is none."""
    paid = money.of_project(facts, event.project, event.of_year or 0)
    known = [f for f in paid if isinstance(f, Disbursed)]
    named = [f for f in known if same(f.voucher) == same(event.of)]
    return next((f for f in named[::-1] if f.source == event.source), None)


def completed(facts: list[Fact], event: Any) -> Any:
    """Return a refund as it is recorded: with the payee."""
    if not isinstance(event, PriorYearRefund):
        return event
    paid = payment(facts, event)
    return event if paid is None else attrs.evolve(event, payee=paid.payee)


def drawn(rng: Random, book: Book, facts: list[Fact], today: date) -> Any:
    """Draw a refund in an opened year of a payment of the one before, and its most."""
    chosen = []
    for f in facts:
        if isinstance(f.event, Disbursed):
            later = money.of_project(facts, f.event.project, f.year + 1)
            begun = opening(later)
            if begun is not None and begun.on <= today:
                chosen.append((f, later, begun))
    if not chosen:
        return None
    paid, later, begun = rng.choice(chosen)
    year = book.year(paid.year + 1)
    first = max(begun.on, year.first)
    span = max((min(today, year.last) - first).days, 0)
    asked = PriorYearRefund(
        project=paid.event.project,
        on=date.fromordinal(first.toordinal() + rng.randint(0, span)),
        voucher="",
        of=paid.event.voucher,
        of_year=paid.year,
        amount=1,
        source=paid.event.source,
    )
    known = [f for f in later if isinstance(f, PriorYearRefund) and not f.takes_back]
    if known and rng.random() < 0.4:
        one = rng.choice(known)
        fields = {"of": one.of, "of_year": one.of_year, "source": one.source}
        return attrs.evolve(asked, takes_back=one.voucher, **fields), one.amount
    name, source = same(asked.of), paid.event.source
    return asked, most(facts, asked.project, paid.year, name, source, asked.on)
