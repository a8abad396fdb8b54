"""What every request about money is checked for, whatever it asks."""

from collections.abc import Mapping
from datetime import date

from attrs import evolve as replace

from ledger.domain.budget import Budget, opened_on
from ledger.domain.calendar import FiscalYear
from ledger.domain.codes import unknown_project
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import Funding, named_source
from ledger.domain.refusals import (
    AfterClosure,
    BeforeApproval,
    BudgetExceeded,
    UnknownProject,
)
from ledger.domain.settings import Settings
from ledger.domain.source_rules import checked_source, stated_source
from ledger.domain.withdrawals import last_withdrawal
from ledger.messages import Message, Value, message


def check_open(
    budget: Budget,
    project: str,
    on: date,
    settings: Settings,
    *,
    opens: bool = False,
) -> FiscalYear:
    """
    Check that a fact lies within the project's life, and return its fiscal year.

    Args:
        opens: Whether it may be the first one, on whatever day.

    Raises:
        UnknownProject: Neither was it approved for the fiscal year, nor was money
            carried in.
        BeforeApproval: Neither was the case yet on that day.
        AfterClosure: It was closed, on whatever day.
    """
    check_day_of_life(budget, project, on, opens=opens)
    return settings.year(budget.fiscal_year)


def check_day_of_life(
    budget: Budget, project: str, on: date, *, opens: bool = False
) -> None:
    """Check the same as :func:`check_open`, for who needs no fiscal year."""
    if not opens:
        opened = opened_on(budget)
        if opened is None:
            raise not_approved(project, budget)
        if on < opened:
            raise BeforeApproval(project, on, opened)
    if budget.closed_on is not None:
        raise AfterClosure(project, on, budget.closed_on)


def check_after_withdrawal(budget: Budget, on: date) -> None:
    """
    Check that what opens a project-year comes after the approval that was withdrawn.

    Raises:
        InvalidInput: The one before holds on that day.
    """
    since = last_withdrawal(budget)
    if since is not None and on < since:
        right = message("expected.day_from_withdrawal", since=since)
        raise InvalidInput("on", on, right)


def not_approved(project: str, budget: Budget) -> UnknownProject:
    """Return the error that a project-year has no approval, or has it no more."""
    last = last_withdrawal(budget)
    return unknown_project(project, budget.fiscal_year, withdrawn_on=last)


def check_available(
    budget: Budget,
    source: str,
    amount: int,
    on: date,
    verb: Message,
    settings: Settings,
) -> None:
    """
    Check that *amount* more of a source is free from a day on; nothing more always is.

    Raises:
        BudgetExceeded: The day is named on which the least is available.
    """
    available, day = budget.free(source, on)
    if amount > available and amount > 0:
        raise BudgetExceeded(
            message(
                "error.budget_exceeded",
                project=budget.project,
                verb=verb,
                amount=settings.money(amount),
                source=named_source(source),
                on=on,
                available=settings.money(available),
                day=day,
                exception=_may_be_exceptional(verb, settings) or None,
            ),
            requested=amount,
            available=available,
            day=day,
        )


def _may_be_exceptional(verb: Message, settings: Settings) -> bool:
    return settings.allow_exceptions and verb.code == "found.disburse"


def check_amount(amount: object, *, least: int) -> None:
    """Check that *amount* is so many minor units, and no fewer than *least*."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise InvalidInput("amount", amount, message("expected.integer_minor_units"))
    if amount < least:
        right = "expected.above_zero" if least else "expected.amount_from_zero"
        raise InvalidInput("amount", amount, message(right))


def checked_amounts(
    amounts: tuple[Funding, ...], *, least: int = 1, of: Budget | None = None
) -> tuple[Funding, ...]:
    """
    Return *amounts* with each source in its one spelling, the same where they have it.

    Args:
        least: Of each, in minor units; where it is 0, there may be none of them.

        of: The budget whose only source is taken where none is named.
    """
    seen: list[str] = []
    for part in amounts:
        source = (
            checked_source(part.source)
            if of is None
            else stated_source(of, part.source)
        )
        check_amount(part.amount, least=least)
        if source in seen:
            raise InvalidInput("source", part.source, message("expected.source_once"))
        seen.append(source)
    if least and not seen:
        raise InvalidInput(
            "amounts", message("found.nothing"), message("expected.amount_given")
        )
    if seen == [part.source for part in amounts]:
        return amounts
    return tuple(map(_respelled, amounts, seen))


def _respelled(part: Funding, source: str) -> Funding:
    return replace(part, source=source)


def by_source(amounts: Mapping[str, int]) -> tuple[Funding, ...]:
    """Return amounts by source as facts hold them, without those that are 0."""
    return tuple(Funding(source=s, amount=a) for s, a in amounts.items() if a)


def listed_amounts(parts: tuple[Funding, ...], settings: Settings) -> Value:
    """Return amounts by source as a reader sees them."""
    return [
        message(
            "found.of_source",
            amount=settings.money(part.amount),
            source=named_source(part.source),
        )
        for part in parts
    ]
