"""Whose a project-year is that carried-in money or refunds alone open."""

from collections.abc import Callable, Iterable
from datetime import date

from ledger.domain.budget import Budget, opened_on
from ledger.domain.closing_events import OpenedProject
from ledger.domain.codes import corrected_code
from ledger.domain.titles import titled


def opened_as(money: Budget, on: date) -> OpenedProject:
    """Return whose a project-year is that a fact opens: as another year says it."""
    name, unit, unit_name = titled(money, on)
    return OpenedProject(name=name, unit=unit, unit_name=unit_name)


def opened_by_carry(
    project: str,
    on: date,
    giver: str,
    own: Budget,
    money_before: Callable[[str], Budget],
) -> OpenedProject | None:
    """
    Return whose a year is that carried-in money opens; ``None`` where nothing says it.

    It is called as it was, else as the project that gives, where the new code is no
    slip of the pen.

    Args:
        on: The day from which it opens.

        own: The money of the year, of which refunds may be known.

        money_before: Returns the money of a project in the year before.
    """
    if own.refunds:
        return opened_as(own, on)
    codes = [project]
    if corrected_code(project) is None:
        codes.append(giver)
    for code in codes:
        money = money_before(code)
        if opened_on(money) is not None:
            return opened_as(money, on)
    return None


def opened_by_refund(earlier: Iterable[Budget], on: date) -> OpenedProject | None:
    """
    Return whose a year is of which refunds alone are known: as the last budget has it.

    Args:
        earlier: The money of its earlier years, the latest first.
    """
    last = next((one for one in earlier if opened_on(one) is not None), None)
    return None if last is None else opened_as(last, on)
