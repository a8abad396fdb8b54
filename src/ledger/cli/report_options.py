"""What commands of reports are asked for: a month, a quarter or a day, and a part."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any, Final, NamedTuple

import click

from ledger.app.ledger import Ledger
from ledger.cli.help import Missing, option
from ledger.cli.options import AnyFunction, Day, MonthEnd, one_of
from ledger.cli.printing import misused
from ledger.cli.reader import in_words
from ledger.domain.calendar import parse_month
from ledger.messages import message


class Quarter(NamedTuple):
    """A quarter of a fiscal year."""

    year: int
    number: int


class QuarterType(click.ParamType[Quarter]):
    """A quarter of a fiscal year as YYYY-QN."""

    name = "quarter"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Quarter:
        """Take *value* as a quarter."""
        written = _QUARTER.fullmatch(value)
        if written is None:
            self.fail(in_words(message("expected.quarter")), param, ctx)
        return Quarter(int(written[1]), int(written[2]))


_QUARTER: Final = re.compile(r"([0-9]{4})-?[Qq]([1-4])")
_QUARTER_OPTION: Final = option("--quarter", type=QuarterType(), help="quarter")
_MONTH_OPTION: Final = option("--month", "through", type=MonthEnd(), help="month")
_THROUGH_OPTION: Final = option("--through", type=Day(), help="through")
_SELECTED: Final = (
    option("--unit", help="unit.selected", shell_complete=one_of("unit")),
    option("--project", help="project", shell_complete=one_of("project")),
)


def of_month(function: AnyFunction) -> AnyFunction:
    """
    Give a command its month, or its quarter, and the part that it is of.

    It begins only if one of both is named.
    """

    @wraps(function)
    def begin(
        *, through: date | None, quarter: Quarter | None, **given: object
    ) -> object:
        _check_one(through, quarter)
        if through is None and quarter is None:
            context = click.get_current_context()
            named = [each for each in context.command.params if each.name == "through"]
            raise Missing(ctx=context, param=named[0])
        return function(through=through, quarter=quarter, **given)

    return _with((*_SELECTED, _QUARTER_OPTION, _MONTH_OPTION), begin)


def of_day(function: AnyFunction) -> AnyFunction:
    """
    Give a command its last day, or its quarter, and the part that it is of.

    It begins only if not both are named.
    """

    @wraps(function)
    def begin(
        *, through: date | None, quarter: Quarter | None, **given: object
    ) -> object:
        _check_one(through, quarter)
        return function(through=through, quarter=quarter, **given)

    return _with((*_SELECTED, _QUARTER_OPTION, _THROUGH_OPTION), begin)


def of_part(function: AnyFunction) -> AnyFunction:
    """Give a command the part that it is of."""
    return _with(_SELECTED, function)


def _with(
    options: Iterable[Callable[[AnyFunction], AnyFunction]], function: AnyFunction
) -> AnyFunction:
    for decorate in options:
        function = decorate(function)
    return function


def _check_one(through: date | None, quarter: Quarter | None) -> None:
    if through is not None and quarter is not None:
        raise misused("one_period")


def month_asked(ledger: Ledger, through: date | None, quarter: Quarter | None) -> date:
    """Return the last calendar day of the month that is named, or of a quarter's."""
    if through is not None:
        return through
    assert quarter is not None
    return parse_month(ledger.settings.month_of(_last_day(ledger, quarter)))


def day_asked(
    ledger: Ledger, through: date | None, quarter: Quarter | None
) -> date | None:
    """Return the day that is named, or the last one of a quarter of a fiscal year."""
    return through if quarter is None else _last_day(ledger, quarter)


def _last_day(ledger: Ledger, quarter: Quarter) -> date:
    return ledger.settings.year(quarter.year).month_ends()[3 * quarter.number - 1]
