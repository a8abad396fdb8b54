"""Requests that do not say of which source they are."""

from datetime import date
from random import Random
from typing import Any

import attrs

from ledger import Funding
from ledger.events import (
    BudgetAdjusted,
    CommitmentAdjusted,
    CommitmentEntered,
    Disbursed,
)

from . import carries, commitments, money
from .book import Book, under_approval

NOT_SAID = ""


def without_source(event: Any, name: str) -> Any:
    """Leave out the source of some events, where it may be."""
    kinds = BudgetAdjusted, CommitmentAdjusted, CommitmentEntered, Disbursed
    taken_over = getattr(event, "of", None) is not None
    if not isinstance(event, kinds) or taken_over or len(_sources(event)) != 1:
        return event
    if getattr(event, "kind", None) in {*carries.KINDS, "virement_in", "virement_out"}:
        return event
    return _of(event, NOT_SAID) if Random(f"{name} source").random() < 0.15 else event


def with_source(book: Book, event: Any) -> tuple[Any, set[str]]:
    """
    Return an event with its source: the commitment's, else the budget's, else fiscal.

    Where that is not one, it is returned with another, and the errors of it.
    """
    if _sources(event) != [NOT_SAID]:
        return event, set()
    facts = under_approval(book.facts, date.max)
    own = money.of_project(facts, event.project, book.year_about(event))
    number = getattr(event, "commitment", None)
    if number is None or isinstance(event, CommitmentEntered):
        known = sorted(money.filled(own)) or money.sources(own)
        if len(known) > 1 and "fiscal" in known:
            known = ["fiscal"]
    else:
        known = commitments.sources(own, number)
    wrong = set() if len(known) == 1 else {"InvalidInput"}
    return _of(event, known[0] if known else "fiscal"), wrong


def _sources(event: Any) -> list[str | None]:
    if isinstance(event, Disbursed):
        return [event.source]
    return [part.source for part in getattr(event, "amounts", ())]


def _of(event: Any, source: str) -> Any:
    if isinstance(event, Disbursed):
        return attrs.evolve(event, source=source)
    (part,) = event.amounts
    return attrs.evolve(event, amounts=(Funding(source=source, amount=part.amount),))
