"""
The registers of a ledger (台账): one row for each.

A row gives a view and a ledger a method, and the command line a command; all of them
take what the others take. To add a register, write

- its columns and values in ``reports/values/``,
- its document in ``reports/documents/registers.py``, of the shape of its JSON in
  ``json_shapes/of_registers.py``,
- a method of :class:`~ledger.app.registers.Registers` that makes it,
- its words: the title, ``table.…``, heads of columns, ``command.…``

and here a row, which :class:`~ledger.app.view.View` and
:class:`~ledger.app.ledger.Ledger` name in a line. The fiscal year is that of *year*, by
default the one that the day lies in.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from attrs import frozen

if TYPE_CHECKING:
    from ledger.app.registers import Registers
    from ledger.reports.documents.registers import (
        AdjustmentRegister,
        CarryOverRegister,
        ClosedMonths,
        CompletenessRegister,
        ContractRegister,
        LifeToDate,
        RefundRegister,
        TwoYears,
    )

F = TypeVar("F", bound=Callable[..., object])
R = TypeVar("R")


@frozen
class RegisterRow(Generic[R]):
    """
    What is known of a register.

    Attributes:
        make: What makes it, of the name and with the documentation of the methods that
            return it.

        tables: What CSV has of it; the first is the usual one.
    """

    make: Callable[["Registers"], R]
    tables: Sequence[str]

    @property
    def name(self) -> str:
        """The name of the methods that return it."""
        return self.make.__name__

    @property
    def verb(self) -> str:
        """The command that hands it out."""
        return self.name.replace("_", "-")

    def method(self, function: F) -> F:
        """Return *function* under the name of the register, and documented as it is."""
        known: Any = function
        known.__name__ = known.__qualname__ = self.name
        known.__doc__ = self.make.__doc__
        return function


def _row(
    *tables: str,
) -> Callable[[Callable[["Registers"], R]], RegisterRow[R]]:
    """Return what makes the row of a register of a function that makes it."""
    return lambda make: RegisterRow(make, tables)


@_row("contracts", "units")
def contracts(registers: "Registers") -> "ContractRegister":
    """
    Return the commitments of a fiscal year's projects: amount, paid, open, overdue.

    Of a year that is over it has what is open of it still.
    """
    return registers.contracts()


@_row("balances", "units", "sources")
def carried_over(registers: "Registers") -> "CarryOverRegister":
    """Return what each project had from the year before, and left to the next."""
    return registers.carried_over()


@_row("projects", "units")
def two_years(registers: "Registers") -> "TwoYears":
    """Return the projects of a fiscal year and of the one before, by the same day."""
    return registers.two_years()


@_row("projects", "units", "years")
def life_to_date(registers: "Registers") -> "LifeToDate":
    """Return each year of each project up to a fiscal year, and all of them to date."""
    return registers.life_to_date()


@_row("projects", "units", "adjustments")
def adjustments(registers: "Registers") -> "AdjustmentRegister":
    """Return how a fiscal year's budgets came about: by kind of change, one by one."""
    return registers.adjustments()


@_row("refunds", "units")
def refunds(registers: "Registers") -> "RefundRegister":
    """Return what came back of earlier years' payments (收回以前年度支出)."""
    return registers.refunds()


@_row("months", "facts")
def closed_months(registers: "Registers") -> "ClosedMonths":
    """Return which months of a fiscal year are closed, and what was restated since."""
    return registers.closed_months()


@_row("projects", "units", "indicators")
def completeness(registers: "Registers") -> "CompletenessRegister":
    """Return how many of the results that were due came, and whose did not."""
    return registers.completeness()


REGISTERS: Final[Sequence[RegisterRow[Any]]] = (
    contracts,
    carried_over,
    two_years,
    life_to_date,
    adjustments,
    refunds,
    closed_months,
    completeness,
)
"""All of them."""
