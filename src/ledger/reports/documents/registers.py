"""The registers of a fiscal year as users hold them."""

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_completeness import CompletenessJson
from ledger.json_shapes.of_registers import (
    AdjustmentRegisterJson,
    CarryOverJson,
    ClosedMonthsJson,
    ContractRegisterJson,
    LifeToDateJson,
    RefundRegisterJson,
    TwoYearsJson,
)
from ledger.reports.documents.register import Register
from ledger.reports.values.adjustments import AdjustmentRegisterValues
from ledger.reports.values.carry_over import CarryOverValues
from ledger.reports.values.closed_months import ClosedMonthsValues
from ledger.reports.values.completeness import CompletenessValues
from ledger.reports.values.contracts import ContractRegisterValues
from ledger.reports.values.life_to_date import LifeToDateValues
from ledger.reports.values.refunds import RefundRegisterValues
from ledger.reports.values.two_years import TwoYearsValues


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ContractRegister(Register[ContractRegisterJson], ContractRegisterValues):
    """
    The commitments of a fiscal year: payee, amount, paid, open, due, days overdue.

    Its figures are those of :class:`ContractRegisterValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class CarryOverRegister(Register[CarryOverJson], CarryOverValues):
    """
    What came from the year before, was spent, went on or lapsed (结转结余表).

    Its figures are those of :class:`CarryOverValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class TwoYears(Register[TwoYearsJson], TwoYearsValues):
    """
    Each project at a day, and at the same day of the fiscal year before.

    Its figures are those of :class:`TwoYearsValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class LifeToDate(Register[LifeToDateJson], LifeToDateValues):
    """
    Each year of each project, and what its years come to by then.

    Its figures are those of :class:`LifeToDateValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class AdjustmentRegister(Register[AdjustmentRegisterJson], AdjustmentRegisterValues):
    """
    How the budgets of a fiscal year came about, by kind of change and one by one.

    Its figures are those of :class:`AdjustmentRegisterValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class RefundRegister(Register[RefundRegisterJson], RefundRegisterValues):
    """
    What came back of payments of earlier years in a fiscal year (收回以前年度支出).

    Its figures are those of :class:`RefundRegisterValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ClosedMonths(Register[ClosedMonthsJson], ClosedMonthsValues):
    """
    Which months of a fiscal year are closed, and what was restated since.

    Its figures are those of :class:`ClosedMonthsValues`.
    """


@all_in_own_language
@frozen(kw_only=True, repr=False)
class CompletenessRegister(Register[CompletenessJson], CompletenessValues):
    """
    How many of the results that were due came, of each project and unit (填报率).

    Its figures are those of :class:`CompletenessValues`.
    """
