"""Shapes of the JSON of registers."""

from typing import TypedDict


class RegisterHeadJson(TypedDict):
    """What identifies the record that a register was made from."""

    through: str
    known_at: str | None
    position: int
    root: str
    title: str | None
    currency: str


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
    overdue: int


class ContractUnitJson(ContractTotalJson):
    """What the contracts of a unit come to."""

    unit: str
    unit_name: str | None


class ContractRegisterJson(RegisterHeadJson):
    """A register of contracts, with what identifies the record it was made from."""

    totals: ContractTotalJson
    by_unit: list[ContractUnitJson]
    contracts: list[ContractJson]
