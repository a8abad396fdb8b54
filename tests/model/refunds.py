"""Refunds of earlier years, recomputed from the list of facts for every question."""

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

import attrs

from ledger.events import Disbursed, DisbursementReversed, PriorYearRefund

from . import carries, money, openings, vouchers
from .book import Book, Fact
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


def refused(facts: list[Fact], own: list[Any], event: Any, year: int) -> set[str]:
    """
    Return the errors that a refund may end in, or that a reversal may after refunds.

    Args:
        own: The money facts of the project-year, *year*.
    """
    meant = as_meant(facts, event, year)
    if isinstance(meant, set):
        return meant
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
    if meant.takes_back is not None:
        return found | _taking_back(own, meant)
    of, source = same(meant.of), meant.source
    left = most(facts, event.project, meant.of_year, of, source, event.on)
    return found | ({"ReversalExceeded"} if event.amount > left else set())


def _taking_back(own: list[Any], event: PriorYearRefund) -> set[str]:
    name = same(event.takes_back or "")
    known = [f for f in own if isinstance(f, PriorYearRefund)]
    known = [f for f in known if _payment(f) == _payment(event)]
    first = next(f for f in known if not f.takes_back and same(f.voucher) == name)
    if first.on > event.on:
        return {"InvalidInput"}
    back = [f for f in known if f.takes_back and same(f.takes_back) == name]
    left = first.amount - sum(f.amount for f in back)
    return {"ReversalExceeded"} if event.amount > left else set()


def _payment(event: PriorYearRefund) -> tuple[str, int | None, str | None]:
    """Return what names the payment that a refund is of."""
    return same(event.of), event.of_year, event.source


def as_meant(facts: list[Fact], event: Any, year: int) -> Any:
    """
    Return a refund as it is recorded, a reversal of an earlier year's payment as one.

    That is also what takes back a refund of the year. Where the facts do not say what
    is meant, the errors are returned.
    """
    if not isinstance(event, DisbursementReversed | PriorYearRefund):
        return event
    own = money.of_project(facts, event.project, year)
    late = isinstance(event, DisbursementReversed)
    name, payment = event.of, getattr(event, "disbursement", None)
    if isinstance(event, PriorYearRefund):
        name, payment = event.takes_back or "", event.of
    known = [f for f in own if isinstance(f, PriorYearRefund)]
    known = [f for f in known if same(f.voucher) == same(name)]
    if known or getattr(event, "takes_back", None) is not None:
        return _taken_back(known, event, payment)
    if vouchers.used(own, event.of) and getattr(event, "of_year", None) is None:
        return event if late else {"InvalidInput"}
    asked = _as_refund(event)
    years = [asked.of_year] if asked.of_year else sorted({f.year for f in facts})[::-1]
    earlier = [y for y in years if y < year]
    every = {y: money.of_project(facts, event.project, y) for y in earlier}
    found = next((y for y in earlier if vouchers.used(every[y], asked.of)), None)
    if found is None:
        return event if late else {"UnknownVoucher", "InvalidInput"}
    return _of_payment(every[found], attrs.evolve(asked, of_year=found))


def _taken_back(known: list[Any], event: Any, payment: str | None) -> Any:
    """Return what takes back the one refund that is meant, or the errors."""
    mine = [f for f in known if f.takes_back is None]
    if known and not mine:
        return {"InvalidInput"}
    if event.source is not None:
        mine = [f for f in mine if f.source == event.source]
    if payment is not None:
        mine = [f for f in mine if same(f.of) == same(payment)]
    if len(mine) != 1:
        return {"InvalidInput"} if mine else {"UnknownVoucher"}
    asked, one = _as_refund(event), mine[0]
    of, of_year, source = one.of, one.of_year, one.source
    taken, payee = asked.takes_back or one.voucher, asked.payee or one.payee
    rest = {"of_year": of_year, "source": source, "takes_back": taken, "payee": payee}
    return attrs.evolve(asked, of=of, **rest)


def _of_payment(paid: list[Any], asked: PriorYearRefund) -> Any:
    """Return a refund with the source and the payee of its payment, or the errors."""
    named = [one for one in vouchers.lines(paid) if not one.over]
    named = [one for one in named if one.voucher == same(asked.of)]
    if not named:  # It is that of a refund.
        return {"UnknownVoucher"}
    if named[0].of is not None:
        return {"InvalidInput"}
    known = {one.source for one in named}
    if asked.source is None and len(known) > 1:
        return {"InvalidInput"}
    if asked.source is not None and asked.source not in known:
        return {"UnknownSource"}
    to = [f for f in paid if isinstance(f, Disbursed)]
    payee = [f.payee for f in to if same(f.voucher) == same(asked.of)][-1]
    source = asked.source or next(iter(known))
    return attrs.evolve(asked, source=source, payee=asked.payee or payee)


def _as_refund(event: Any) -> PriorYearRefund:
    """Return what a reversal asks for, as a refund."""
    if isinstance(event, PriorYearRefund):
        return event
    names = ("project", "on", "voucher", "of", "amount", "source", "reason")
    return PriorYearRefund(**{name: getattr(event, name) for name in names})


def completed(facts: list[Fact], event: Any, year: int) -> Any:
    """Return a refund as it is recorded; what is not known of it is left out."""
    meant = as_meant(facts, event, year)
    if isinstance(meant, set):
        return event
    if not isinstance(meant, PriorYearRefund):
        return meant
    own = money.of_project(facts, meant.project, year)
    if carries.known(own) is not None:
        return meant
    return attrs.evolve(meant, opens=openings.before(facts, meant, year))


def drawn(rng: Random, book: Book, facts: list[Fact], today: date) -> Any:
    """Draw a refund in an opened year of a payment of the one before, and its most."""
    chosen = []
    for f in facts:
        if isinstance(f.event, Disbursed):
            later = money.of_project(facts, f.event.project, f.year + 1)
            if book.year(f.year + 1).first <= today:
                chosen.append((f, later))
    if not chosen:
        return None
    paid, later = rng.choice(chosen)
    year = book.year(paid.year + 1)
    first = year.first
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


def vague(rng: Random, event: PriorYearRefund) -> Any:
    """Return a refund as people ask for it: as a reversal, or with parts left out."""
    kind = rng.random()
    if kind < 0.4:
        names = ("project", "on", "voucher", "amount")
        said = {name: getattr(event, name) for name in names}
        source = event.source if rng.random() < 0.8 else None
        of = event.takes_back or event.of
        payment = event.of if event.takes_back and rng.random() < 0.3 else None
        return DisbursementReversed(of=of, source=source, disbursement=payment, **said)
    if kind < 0.55:
        event = attrs.evolve(event, of_year=None)
    return attrs.evolve(event, source=None) if 0.5 < kind < 0.6 else event
