"""The register of contracts (合同台账): amounts, what is paid and what is open."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.commitment import Commitment
from ledger.domain.settings import Settings
from ledger.figures.figure import FigureKind, Width
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.register import (
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    RowOfProject,
    by_unit,
    in_order,
    money_column,
)

First = Callable[[str, Commitment], Commitment]


@all_checked
@frozen(kw_only=True)
class ContractMoney:
    """
    What a commitment is for, what is paid on it and what is open, in the main unit.

    Attributes:
        amount: Entered and adjusted, less what was released or taken over by
            contracts: ``disbursed`` + ``open``.

        taken_over: What of a reservation became contracts.
    """

    amount: Decimal
    taken_over: Decimal
    disbursed: Decimal
    open: Decimal


@all_checked
@frozen(kw_only=True)
class Contract(RowOfProject):
    """
    A commitment at a date, of the project and the unit that it is of.

    Attributes:
        days_overdue: Since it was due; ``None`` where nothing of it is overdue.

        ended_on: Where it had ended by the date.

        age: Days since it was entered, or since the first that it goes on with was.
    """

    line: ExecutionLine = field(repr=False)
    commitment: Commitment = field(repr=False)
    money: ContractMoney
    days_overdue: int | None
    ended_on: date | None
    age: int

    @classmethod
    def of(
        cls,
        line: ExecutionLine,
        commitment: Commitment,
        settings: Settings,
        first: First,
    ) -> "Contract":
        """Return a commitment of a project as it stands at the date of the line."""
        through, major = line.through, settings.currency.major
        still_open = sum(commitment.open(through).values())
        return cls(
            line=line,
            commitment=commitment,
            money=ContractMoney(
                amount=major(commitment.amount(through)),
                taken_over=major(commitment.taken_over(through)),
                disbursed=major(commitment.disbursed(through)),
                open=major(still_open),
            ),
            days_overdue=commitment.days_overdue(through),
            ended_on=commitment.ended(through),
            age=(through - first(line.project, commitment).since).days,
        )

    @property
    def contracts(self) -> int:
        """It counts for one."""
        return 1

    @property
    def overdue(self) -> int:
        """Whether it is due and not paid, to be counted."""
        return int(self.days_overdue is not None)

    @property
    def continues(self) -> str | None:
        """The commitment of an earlier year that it goes on with."""
        earlier = self.commitment.continues
        return None if earlier is None else str(earlier)


_TEXT: Final = FigureKind.TEXT


_COLUMNS: Final = (
    RegisterColumn("unit", _TEXT),
    RegisterColumn("project", _TEXT, path="line.project"),
    RegisterColumn("commitment", _TEXT, path="commitment.number", narrowest=Width.LIST),
    RegisterColumn(
        "stage", FigureKind.CHOICE, path="commitment.stage", narrowest=Width.LIST
    ),
    RegisterColumn("payee", _TEXT, path="commitment.payee", narrowest=Width.LIST),
    RegisterColumn("project_name", _TEXT, path="line.name", narrowest=Width.LIST),
    RegisterColumn("document", _TEXT, path="commitment.document"),
    RegisterColumn("entered_on", FigureKind.DATE, path="commitment.since"),
    RegisterColumn(
        "contracts", FigureKind.COUNT, word="contract_count", only_sums=True
    ),
    RegisterColumn(
        "overdue_commitments", FigureKind.COUNT, path="overdue", only_sums=True
    ),
    money_column("amount", "contract_amount"),
    money_column("taken_over", narrowest=Width.SHEET),
    money_column("disbursed"),
    money_column("open"),
    RegisterColumn(
        "due_on", FigureKind.DATE, path="commitment.due_on", narrowest=Width.LIST
    ),
    RegisterColumn("days_overdue", FigureKind.COUNT, narrowest=Width.LIST),
    RegisterColumn("age", FigureKind.COUNT),
    RegisterColumn("ended_on", FigureKind.DATE),
    RegisterColumn("continues", _TEXT),
)


@frozen(kw_only=True)
class ContractRegisterValues(RegisterValues):
    """
    The commitments of all projects of a fiscal year at a date.

    Attributes:
        contracts: By unit and project, in order of day.
    """

    word: ClassVar[str] = "contract_register"

    contracts: Sequence[Contract] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``contracts``, and ``units``."""
        return contract_tables(self.contracts)


def contract_tables(contracts: Sequence[Contract]) -> list[RegisterTable]:
    """Return the table of some contracts, and that of the sums of their units."""
    return by_unit("contracts", _COLUMNS, contracts)


def contracts_of(
    lines: Sequence[ExecutionLine], settings: Settings, first: First
) -> Sequence[Contract]:
    """
    Return the commitments of the projects with these lines, as a register lists them.

    Args:
        first: Returns the earliest commitment that one of a project goes on with.
    """
    return [
        Contract.of(line, commitment, settings, first)
        for line in in_order(lines)
        for commitment in line.commitments
    ]
