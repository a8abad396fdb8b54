"""Spending plans: planned cumulative spending at checkpoints, and its reading."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise, starmap
from typing import Final, NamedTuple

from attrs import Attribute, field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.calendar import ByDay, FiscalYear, expected_date, parse_date
from ledger.domain.choices import by_word_only
from ledger.domain.errors import InvalidInput, InvalidPlan
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.finding import Finding, finding
from ledger.domain.money import Amount, Currency, split
from ledger.domain.one_line import counted
from ledger.messages import Message, listed, message
from ledger.messages.keyed_enum import KeyedEnum


@by_word_only
class Reading(KeyedEnum):
    """
    How the numbers of a printed plan are meant.

    No published form says; design decision: inferred from the budget, recorded, shown.
    """

    CUMULATIVE = "cumulative"
    INSTALMENTS = "instalments"
    PERCENT_CUMULATIVE = "percent_cumulative"
    PERCENT_INSTALMENTS = "percent_instalments"
    SINGLE = "single"


@by_word_only
class Convention(KeyedEnum):
    """The plan between two checkpoints: it grows evenly by days, or not at all."""

    LINEAR = "linear"
    STEP = "step"


_STEP: Final = Convention.STEP  # To look it up on its class costs more.


def _day(_: object, field: "Attribute[date]", day: object) -> None:
    if type(day) is not date:
        raise InvalidInput(field.name, day, expected_date(day))


@all_checked
@frozen
class Checkpoint:
    """
    Planned cumulative spending at the end of a day.

    Attributes:
        amount: Minor units.

    Raises:
        InvalidInput: *on* is no date; a ``datetime`` is none.
    """

    on: date = field(validator=_day)
    amount: int


@all_checked
@frozen(kw_only=True)
class SpendingPlan:
    """
    Checkpoints in order of date, never falling, ending at the budget.

    Attributes:
        reading: How the printed numbers were read.

        stated: Whether the caller said so; else it was inferred.
    """

    checkpoints: tuple[Checkpoint, ...] = field(repr=counted)
    reading: Reading = Reading.CUMULATIVE
    stated: bool = True

    def planned(self, on: date, year: FiscalYear, convention: Convention) -> int:
        """
        Return what is planned to be spent by the end of *on*, in minor units.

        ``linear`` counts days between checkpoints, from 0 at the end of the day before
        the fiscal year, rounded half up; ``step`` is what was due at the last
        checkpoint passed. At a checkpoint both agree.
        """
        days = [checkpoint.on.toordinal() for checkpoint in self.checkpoints]
        amounts = [checkpoint.amount for checkpoint in self.checkpoints]
        return planned(days, amounts, on.toordinal(), year.eve.toordinal(), convention)


def planned(
    days: list[int], amounts: list[int], on: int, eve: int, convention: Convention
) -> int:
    """
    Return what is planned by the end of day *on*, from checkpoints as columns.

    Days are ordinals; *eve* is the one before the fiscal year.
    """
    passed = bisect_right(days, on)
    since, done = (days[passed - 1], amounts[passed - 1]) if passed else (eve, 0)
    if convention is _STEP or passed == len(days) or on < since:
        return done
    span = days[passed] - since
    risen = (amounts[passed] - done) * (on - since)
    return done + (2 * risen + span) // (2 * span)


def plan_of(amounts: ByDay[Amount], currency: Currency) -> SpendingPlan:
    """
    Return the plan of cumulative amounts at days, in order of the days.

    Raises:
        InvalidInput: One of them is no date, or no amount.
    """
    parts = sorted(
        (
            parse_date(day, name="checkpoints"),
            currency.minor(amount, field="checkpoints"),
        )
        for day, amount in amounts.items()
    )
    return SpendingPlan(checkpoints=tuple(starmap(Checkpoint, parts)))


def checkpoints_of(plan: SpendingPlan | None) -> tuple[Checkpoint, ...]:
    """Return the checkpoints of a plan; none where there is no plan."""
    return () if plan is None else plan.checkpoints


class PlanRead(NamedTuple):
    """A plan, ``None`` where there is none, and findings about how it was read."""

    plan: SpendingPlan | None
    findings: tuple[Finding, ...]


_MONTH_COLUMN = r"([0-9]{1,2})\s*月(?:底|末|份)?"
_PERCENT = 100


def checkpoint_date(label: str, year: FiscalYear) -> date:
    """
    Return the day that a column such as ``3月底`` or ``2023-03-31`` stands for.

    Raises:
        InvalidPlan: It names no month and no day of the fiscal year.
    """
    text = label.strip()
    match = re.fullmatch(_MONTH_COLUMN, text)
    if match and 1 <= int(match[1]) <= 12:
        return year.month_end(int(match[1]))
    try:
        day = parse_date(text)
    except InvalidInput:
        day = year.eve
    if day not in year:
        raise InvalidPlan("plan_columns", label, message("expected.checkpoint"))
    return day


def read_plan(
    numbers: Sequence[int | None],
    days: Sequence[date],
    budget: int,
    *,
    unit: int,
    reading: Reading | None = None,
) -> PlanRead:
    """
    Read the row of numbers under the plan's columns.

    Args:
        numbers: What is printed, as minor units; ``None`` for an empty cell. One number
            alone may come without its column.

        days: The checkpoints that the columns stand for.

        budget: Minor units.

        unit: Minor units in one of the unit that the form prints in, to read percents.

        reading: How the numbers are meant, if the caller knows.

    Raises:
        InvalidPlan: No reading fits, two different ones fit, or the stated one does
            not; the message has the sums.
    """
    printed = [(i, number) for i, number in enumerate(numbers) if number is not None]
    if len(printed) == 1 and reading in {None, Reading.SINGLE}:
        return _read_single(printed[0], numbers, days, budget, unit=unit)
    if len(numbers) != len(days):
        raise InvalidPlan(
            "plan",
            _row(numbers, unit),
            message("expected.number_a_column", days=len(days)),
        )
    where = [days[i] for i, _ in printed]
    amounts = [number for _, number in printed]
    fits = {
        kind: checkpoints
        for kind in Reading
        if (checkpoints := _checkpoints(kind, amounts, where, budget, unit))
        and reading in {None, kind}
    }
    if len(set(fits.values())) != 1:
        raise InvalidPlan(
            "plan", _row(numbers, unit), _expected(amounts, budget, unit, list(fits))
        )
    kind, checkpoints = next(iter(fits.items()))
    plan = SpendingPlan(
        checkpoints=checkpoints, reading=kind, stated=reading is not None
    )
    findings = () if plan.stated else _said(kind, numbers, plan, unit)
    return PlanRead(plan, findings)


def _read_single(
    printed: tuple[int, int],
    numbers: Sequence[int | None],
    days: Sequence[date],
    budget: int,
    *,
    unit: int,
) -> PlanRead:
    column, amount = printed
    if amount not in {budget, _PERCENT * unit}:
        raise InvalidPlan(
            "plan",
            _row(numbers, unit),
            message("expected.whole_budget_alone", budget=_plain(budget, unit)),
        )
    known = len(numbers) == len(days)
    day = days[column] if known else days[-1]
    plan = SpendingPlan(
        checkpoints=(Checkpoint(day, budget),), reading=Reading.SINGLE, stated=False
    )
    if known:
        return PlanRead(plan, ())
    found = finding(
        "plan.column_unknown",
        found=_row(numbers, unit),
        understood=message("understood.whole_budget", day=day),
        expected=message("expected.amount_in_column"),
        day=day,
    )
    return PlanRead(plan, (found,))


def _checkpoints(
    reading: Reading, amounts: list[int], days: list[date], budget: int, unit: int
) -> tuple[Checkpoint, ...] | None:
    """Return the plan under *reading*, or ``None`` where it does not fit."""
    if not amounts or any(amount < 0 for amount in amounts):
        return None
    rising = all(earlier <= later for earlier, later in pairwise(amounts))
    whole = _PERCENT * unit
    match reading:
        case Reading.CUMULATIVE:
            fits, parts = rising and amounts[-1] == budget, _steps(amounts)
        case Reading.INSTALMENTS:
            fits, parts = sum(amounts) == budget, amounts
        case Reading.PERCENT_CUMULATIVE:
            fits = rising and amounts[-1] == whole != budget
            parts = split(budget, _steps(amounts)) if fits else []
        case Reading.PERCENT_INSTALMENTS:
            fits = sum(amounts) == whole != budget
            parts = split(budget, amounts) if fits else []
        case Reading.SINGLE:
            fits, parts = len(amounts) == 1 and amounts[0] == budget, amounts
    if not fits:
        return None
    return tuple(map(Checkpoint, days, accumulate(parts)))


def _steps(amounts: Sequence[int]) -> list[int]:
    return [amounts[0], *(later - earlier for earlier, later in pairwise(amounts))]


def _said(
    reading: Reading, numbers: Sequence[int | None], plan: SpendingPlan, unit: int
) -> tuple[Finding, ...]:
    shown = listed(
        f"{checkpoint.on} {_plain(checkpoint.amount, unit)}"
        for checkpoint in plan.checkpoints
    )
    code = _FINDINGS.get(reading)
    if code is None:
        return ()
    return (
        finding(
            code,
            found=_row(numbers, unit),
            understood=shown,
            expected=message("expected.cumulative_to_budget"),
            reading=reading,
        ),
    )


_FINDINGS: Final = {
    Reading.INSTALMENTS: "plan.instalments",
    Reading.PERCENT_CUMULATIVE: "plan.percent",
    Reading.PERCENT_INSTALMENTS: "plan.percent",
}
"""Readings that are reported to whoever gave the form."""


def _expected(
    amounts: list[int], budget: int, unit: int, fits: list[Reading]
) -> Message:
    sums = message(
        "found.sums",
        last=_plain(amounts[-1], unit) if amounts else None,
        sum=_plain(sum(amounts), unit),
        none=None if amounts else 1,
        budget=_plain(budget, unit),
    )
    if fits:
        return message("expected.one_reading", both=fits, sums=sums)
    return message("expected.plan_numbers", sums=sums)


def _row(numbers: Sequence[int | None], unit: int) -> str:
    return " ".join("–" if n is None else _plain(n, unit) for n in numbers)


def _plain(amount: int, unit: int) -> str:
    return f"{EXACTLY.divide(amount, unit):f}"


def planned_once(days: Sequence[int], amounts: Sequence[int]) -> int:
    """
    Return the ordinal of the day on which all is planned; 0 for none or several.

    Zeros before it and repeats after it count for nothing.

    >>> planned_once((90, 181, 365), (0, 50, 50)), planned_once((90, 365), (20, 50))
    (181, 0)
    """
    last = amounts[-1]
    if not last or 0 < amounts[0] < last:
        return 0
    first = amounts.index(last)
    return 0 if first and amounts[first - 1] else days[first]
