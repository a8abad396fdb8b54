"""The registers of a fiscal year as users hold them."""

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_registers import (
    AdjustmentRegisterJson,
    CarryOverJson,
    ClosedMonthsJson,
    ContractRegisterJson,
    TwoYearsJson,
)
from ledger.reports.documents.register import Register
from ledger.reports.values.adjustments import AdjustmentRegisterValues
from ledger.reports.values.carry_over import CarryOverValues
from ledger.reports.values.closed_months import ClosedMonthsValues
from ledger.reports.values.contracts import ContractRegisterValues
from ledger.reports.values.two_years import TwoYearsValues


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ContractRegister(Register, ContractRegisterValues):
    """
    The commitments of a fiscal year: payee, amount, paid, open, due, days overdue.

    Its figures are those of :class:`ContractRegisterValues`.
    """

    def to_dict(self) -> ContractRegisterJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        found: ContractRegisterJson = super().to_dict()
        return found


@all_in_own_language
@frozen(kw_only=True, repr=False)
class CarryOverRegister(Register, CarryOverValues):
    """
    What came from the year before, was spent, went on or lapsed (结转结余表).

    Its figures are those of :class:`CarryOverValues`.
    """

    def to_dict(self) -> CarryOverJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        found: CarryOverJson = super().to_dict()
        return found


@all_in_own_language
@frozen(kw_only=True, repr=False)
class TwoYears(Register, TwoYearsValues):
    """
    Each project at a day, and at the same day of the fiscal year before.

    Its figures are those of :class:`TwoYearsValues`.
    """

    def to_dict(self) -> TwoYearsJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        found: TwoYearsJson = super().to_dict()
        return found


@all_in_own_language
@frozen(kw_only=True, repr=False)
class AdjustmentRegister(Register, AdjustmentRegisterValues):
    """
    How the budgets of a fiscal year came about, by kind of change and one by one.

    Its figures are those of :class:`AdjustmentRegisterValues`.
    """

    def to_dict(self) -> AdjustmentRegisterJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        found: AdjustmentRegisterJson = super().to_dict()
        return found


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ClosedMonths(Register, ClosedMonthsValues):
    """
    Which months of a fiscal year are closed, and what was restated since.

    Its figures are those of :class:`ClosedMonthsValues`.
    """

    def to_dict(self) -> ClosedMonthsJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        found: ClosedMonthsJson = super().to_dict()
        return found
