"""Shapes of the JSON of registers."""

from typing import TypedDict

from ledger.domain.choice_words import AdjustmentKindKey
from ledger.json_shapes.of_reports import BudgetPartsJson, ReportHeadJson


class RegisterHeadJson(ReportHeadJson):
    """What identifies the record that a register was made from."""

    title: str | None


class ContractMoneyJson(TypedDict):
    """What contracts are for, what is paid on them, and what is open."""

    amount: str
    taken_over: str
    disbursed: str
    open: str


class ContractJson(ContractMoneyJson):
    """A contract or a reservation at the date of its register."""

    unit: str
    project: str
    project_name: str
    commitment: str
    stage: str
    payee: str | None
    document: str | None
    entered_on: str
    due_on: str | None
    days_overdue: int | None
    age: int
    ended_on: str | None
    continues: str | None


class ContractTotalJson(ContractMoneyJson):
    """What the contracts of a unit come to, or all of them."""

    contracts: int
    overdue_commitments: int


class ContractUnitJson(ContractTotalJson):
    """What the contracts of a unit come to."""

    unit: str
    unit_name: str | None


class ContractRegisterJson(RegisterHeadJson):
    """A register of contracts, with what identifies the record it was made from."""

    totals: ContractTotalJson
    by_unit: list[ContractUnitJson]
    contracts: list[ContractJson]


class CarryOverMoneyJson(TypedDict):
    """What came from the year before, and what became of it and of new money."""

    opening: str
    new_money: str
    disbursed: str
    open: str
    carried_over: str
    handed_on: str
    lapsed: str
    unspent: str


class CarryOverFreeJson(CarryOverMoneyJson):
    """
    The same with what is announced or old, and the least available to the year's end.
    """

    announced: str
    older: str
    free: str


class CarriedSourceJson(CarryOverFreeJson):
    """A funding source of a project-year."""

    unit: str
    project: str
    project_name: str
    source: str
    closed_on: str | None
    since: int | None


class CarryOverUnitJson(CarryOverFreeJson):
    """The projects of a unit."""

    unit: str
    unit_name: str | None


class SourceTotalJson(CarryOverMoneyJson):
    """A funding source of all projects, with what stands below it."""

    source: str


class CarryOverJson(RegisterHeadJson):
    """A carry-over table, with what identifies the record it was made from."""

    totals: CarryOverFreeJson
    by_unit: list[CarryOverUnitJson]
    balances: list[CarriedSourceJson]
    sources: list[SourceTotalJson]


class TwoYearsMoneyJson(TypedDict):
    """Sums of projects in a fiscal year and in the one before, by the same day."""

    current_budget: str
    current_budget_before: str
    opening: str
    opening_before: str
    new_money: str
    new_money_before: str
    disbursed: str
    disbursed_before: str
    growth: str
    execution_rate: str | None
    execution_rate_before: str | None
    carried_over: str
    carried_over_before: str
    lapsed: str
    lapsed_before: str


class TwoYearsUnitJson(TwoYearsMoneyJson):
    """The projects of a unit."""

    unit: str
    unit_name: str | None


class ProjectOfTwoYearsJson(TypedDict):
    """A project in either year; ``None`` in that which does not have it."""

    unit: str
    project: str
    project_name: str
    current_budget: str | None
    current_budget_before: str | None
    opening: str | None
    opening_before: str | None
    new_money: str | None
    new_money_before: str | None
    disbursed: str | None
    disbursed_before: str | None
    growth: str
    execution_rate: str | None
    execution_rate_before: str | None
    carried_over: str | None
    carried_over_before: str | None
    lapsed: str | None
    lapsed_before: str | None


class TwoYearsJson(RegisterHeadJson):
    """Two years, with what identifies the record they were made from."""

    totals: TwoYearsMoneyJson
    by_unit: list[TwoYearsUnitJson]
    projects: list[ProjectOfTwoYearsJson]


class LifeToDateMoneyJson(TypedDict):
    """What years come to: what was new in each, what was disbursed, what lapsed."""

    new_money_to_date: str
    disbursed_to_date: str
    lapsed_to_date: str


class LifeToDateSumJson(LifeToDateMoneyJson):
    """The same, with what is unspent, and what was carried over and not handed on."""

    unspent: str
    in_passage: str


class LifeToDateUnitJson(LifeToDateSumJson):
    """The projects of a unit."""

    unit: str
    unit_name: str | None


class ProjectToDateJson(LifeToDateSumJson):
    """A project over its years."""

    unit: str
    project: str
    project_name: str
    years: int


class YearOfProjectJson(LifeToDateMoneyJson):
    """A fiscal year of a project, and its years up to that one together."""

    project: str
    project_name: str
    unit: str
    fiscal_year: int
    original_budget: str
    opening: str
    new_money: str
    current_budget: str
    disbursed: str
    carried_over: str
    lapsed: str
    unspent: str


class LifeToDateJson(RegisterHeadJson):
    """Projects over their years, with what identifies the record they came from."""

    totals: LifeToDateSumJson
    by_unit: list[LifeToDateUnitJson]
    projects: list[ProjectToDateJson]
    years: list[YearOfProjectJson]


class AdjustedUnitJson(BudgetPartsJson):
    """The projects of a unit."""

    unit: str
    unit_name: str | None


class AdjustedProjectJson(BudgetPartsJson):
    """The budget of a project-year."""

    unit: str
    project: str
    project_name: str


class AdjustmentJson(TypedDict):
    """What an adjustment changed of a funding source, signed."""

    unit: str
    project: str
    project_name: str
    on: str
    kind: AdjustmentKindKey
    source: str
    document: str | None
    reason: str | None
    amount: str


class AdjustmentRegisterJson(RegisterHeadJson):
    """A register of adjustments, with what identifies the record it was made from."""

    totals: BudgetPartsJson
    by_unit: list[AdjustedUnitJson]
    projects: list[AdjustedProjectJson]
    adjustments: list[AdjustmentJson]


class RefundMoneyJson(TypedDict):
    """What came back of payments of earlier years."""

    refunded: str


class RefundUnitJson(RefundMoneyJson):
    """The projects of a unit."""

    unit: str
    unit_name: str | None


class RefundJson(RefundMoneyJson):
    """What came back of a payment, or did not come after all: then it is negative."""

    unit: str
    project: str
    project_name: str
    on: str
    voucher: str
    of_year: int
    of: str
    takes_back: str | None
    payee: str | None
    source: str


class RefundRegisterJson(RegisterHeadJson):
    """A register of refunds, with what identifies the record it was made from."""

    totals: RefundMoneyJson
    by_unit: list[RefundUnitJson]
    refunds: list[RefundJson]


class ComparedWithJson(TypedDict):
    """The end of a month, and the position, that alerts are compared with."""

    through: str
    position: int


class AlertJson(TypedDict):
    """
    Something wrong that nobody explained.

    ``basis`` is the key of the text that says what is wrong.
    """

    severity: str
    code: str
    unit: str
    unit_name: str | None
    project: str
    project_name: str
    indicator: str | None
    basis: str
    since: str
    streak: int
    figure: str | None
    threshold: str | None
    due: str | None
    events: list[int]
    is_new: bool
    turned_by: str | None
    turned_on: str | None
    turned_events: list[int] | None


class AlertListJson(RegisterHeadJson):
    """What is wrong, with what identifies the record it was made from."""

    alerts: list[AlertJson]
    compared_with: ComparedWithJson | None


class ClosedMonthJson(TypedDict):
    """A month of a unit, as it was when it was closed, and as it is."""

    month: str
    unit: str
    unit_name: str | None
    closed_at: str
    closed_by: str
    facts: int
    budget_closed: str
    current_budget: str
    budget_restated: str
    disbursed_closed: str
    disbursed: str
    disbursed_restated: str


class RestatingFactJson(TypedDict):
    """A fact that changed a closed day, recorded after that was closed."""

    position: int
    recorded_on: str
    actor: str
    day: str
    event: str
    unit: str
    project: str | None


class ClosedMonthsJson(RegisterHeadJson):
    """Closed months, with what identifies the record they were made from."""

    months: list[ClosedMonthJson]
    facts: list[RestatingFactJson]
