"""Commands that hand registers out: contracts, carry-overs, adjustments and others."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ledger.cli.choices import Choice
from ledger.cli.documents import (
    KEYS,
    Kind,
    check_shown,
    chosen_format,
    format_option,
    hand_out,
    options_for,
    tell_if_empty,
)
from ledger.cli.help import option
from ledger.cli.options import (
    FILE,
    KNOWN_AT,
    LANGUAGE,
    OUT,
    YEAR,
    AnyFunction,
    Day,
    command,
    moment,
    opened,
)
from ledger.reports.documents.registers import (
    AdjustmentRegister,
    CarryOverRegister,
    ClosedMonths,
    ContractRegister,
    TwoYears,
)


def _register(
    kind: Kind, name: str, tables: Sequence[str], *more: Callable[[AnyFunction], Any]
) -> Callable[[AnyFunction], Any]:
    """
    Return what makes a command of a function that takes how a register is asked for.

    Args:
        name: Of the command.

        tables: Of CSV; the first is the usual one.

        more: Other options.
    """
    table = option(
        "--table",
        type=Choice(tables, words="table"),
        show_default=tables[0],
        help="table",
    )
    options: tuple[Callable[[AnyFunction], Any], ...] = (
        command(name),
        FILE,
        option("--through", type=Day(), help="through"),
        *more,
        KNOWN_AT,
        format_option(kind),
        table,
        LANGUAGE,
        KEYS,
        OUT,
    )

    def made(function: AnyFunction) -> Any:
        for decorate in reversed(options):
            function = decorate(function)
        return function

    return made


def _hand_out(
    kind: Kind,
    method: str,
    file: Path,
    form: str | None,
    table: str | None,
    language: str | None,
    out: Path | None,
    known_at: str | None,
    **asked: Any,
) -> None:
    """Make the register that a method of a ledger returns, and hand it out."""
    chosen = chosen_format(kind, form, out)
    check_shown(chosen, out)
    options = options_for(kind, chosen, out, language, {"table": table})
    with opened(file, create=False, read_only=True) as ledger:
        register = getattr(ledger, method)(known_at=moment(known_at), **asked)
        through, rows = register.through, register.tables[0].rows
        year = asked.get("year") or ledger.settings.year_of(through).year
        tell_if_empty(ledger, rows, through, known_at, year)
    hand_out(register, chosen, out, options)


@_register(ContractRegister, "contracts", ("contracts", "units"), YEAR)
def contracts(**asked: Any) -> None:
    """List the contracts and reservations: amount, paid, open, due, days overdue."""
    _hand_out(ContractRegister, "contracts", **asked)


@_register(CarryOverRegister, "carried-over", ("balances", "units", "sources"), YEAR)
def carried_over(**asked: Any) -> None:
    """List by source what came from the year before, was spent, and went on."""
    _hand_out(CarryOverRegister, "carried_over", **asked)


@_register(TwoYears, "two-years", ("projects", "units"))
def two_years(**asked: Any) -> None:
    """List the projects of a year and of the year before, both by the same day."""
    _hand_out(TwoYears, "two_years", **asked)


@_register(
    AdjustmentRegister, "adjustments", ("projects", "units", "adjustments"), YEAR
)
def adjustments(**asked: Any) -> None:
    """List how budgets came about: by kind of change, and one by one."""
    _hand_out(AdjustmentRegister, "adjustments", **asked)


@_register(ClosedMonths, "closed-months", ("months", "facts"), YEAR)
def closed_months(**asked: Any) -> None:
    """List the months that are closed, and what was restated since."""
    _hand_out(ClosedMonths, "closed_months", **asked)


COMMANDS = (contracts, carried_over, two_years, adjustments, closed_months)
