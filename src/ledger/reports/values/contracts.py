"""The register of contracts (合同台账): amounts, what is paid and what is open."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Self

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.commitment import Commitment, CommitmentStage
from ledger.domain.settings import Settings
from ledger.projections.execution import ExecutionLine

First = Callable[[str, Commitment], Commitment]


@all_checked
@frozen(kw_only=True)
class ContractMoney:
    """
    What commitments are for, what is paid on them and what is open, in the main unit.

    Attributes:
        amount: Entered and adjusted, less what was released or taken over by
            contracts: ``disbursed`` + ``open``.

        taken_over: What of reservations became contracts.

        contracts: How many they are.

        overdue: How many of them are due and not paid.
    """

    amount: Decimal
    taken_over: Decimal
    disbursed: Decimal
    open: Decimal
    contracts: int
    overdue: int

    @classmethod
    def total(cls, parts: "Iterable[ContractMoney]") -> "ContractMoney":
        """Return the sums of several."""
        listed = list(parts)
        return cls(
            amount=sum((one.amount for one in listed), Decimal(0)),
            taken_over=sum((one.taken_over for one in listed), Decimal(0)),
            disbursed=sum((one.disbursed for one in listed), Decimal(0)),
            open=sum((one.open for one in listed), Decimal(0)),
            contracts=sum(one.contracts for one in listed),
            overdue=sum(one.overdue for one in listed),
        )


@all_checked
@frozen(kw_only=True)
class Contract:
    """
    A commitment at a date, of the project and the unit that it is of.

    Attributes:
        days_overdue: Since it was due; ``None`` where nothing of it is overdue.

        ended_on: Where it had ended by the date.

        age: Days since it was entered, or since the first that it goes on with was.
    """

    project: str
    name: str
    unit: str
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
        due_on, days = commitment.due_on, None
        if still_open and due_on is not None and due_on < through:
            days = (through - due_on).days
        return cls(
            project=line.project,
            name=line.name,
            unit=line.unit,
            commitment=commitment,
            money=ContractMoney(
                amount=major(commitment.amount(through)),
                taken_over=major(commitment.taken_over(through)),
                disbursed=major(commitment.disbursed(through)),
                open=major(still_open),
                contracts=1,
                overdue=int(days is not None),
            ),
            days_overdue=days,
            ended_on=commitment.ended(through),
            age=(through - first(line.project, commitment).since).days,
        )

    @property
    def number(self) -> str:
        """Its number, as it was written when it was entered."""
        return self.commitment.number

    @property
    def stage(self) -> CommitmentStage:
        """Whether it is a contract or a reservation."""
        return self.commitment.stage


@frozen(kw_only=True)
class ContractTotal:
    """What the contracts of a unit come to."""

    unit: str
    unit_name: str | None
    money: ContractMoney


@frozen(kw_only=True)
class ContractRegisterValues:
    """
    The commitments of all projects of a fiscal year at a date.

    Attributes:
        contracts: By unit and project, in order of day.

        position: The position up to which facts count.
    """

    through: date
    known_at: str | None
    position: int
    root: str
    settings: Settings
    contracts: Sequence[Contract] = field(repr=False)
    units: dict[str, str | None] = field(repr=False)

    @classmethod
    def of_lines(
        cls,
        lines: Sequence[ExecutionLine],
        through: date,
        settings: Settings,
        *,
        known_at: str | None,
        position: int,
        root: str,
        first: First,
    ) -> Self:
        """
        Return the register of the projects with these lines.

        Args:
            first: Returns the earliest commitment that one of a project goes on with.
        """
        ordered = sorted(lines, key=lambda line: (line.unit, line.project))
        contracts = [
            Contract.of(line, commitment, settings, first)
            for line in ordered
            for commitment in line.commitments
        ]
        return cls(
            through=through,
            known_at=known_at,
            position=position,
            root=root,
            settings=settings,
            contracts=contracts,
            units={line.unit: line.unit_name for line in ordered},
        )

    @property
    def by_unit(self) -> list[ContractTotal]:
        """What the contracts of each unit come to."""
        return [
            ContractTotal(
                unit=unit,
                unit_name=name,
                money=ContractMoney.total(
                    each.money for each in self.contracts if each.unit == unit
                ),
            )
            for unit, name in self.units.items()
            if any(each.unit == unit for each in self.contracts)
        ]

    @property
    def totals(self) -> ContractMoney:
        """What all contracts come to."""
        return ContractMoney.total(each.money for each in self.contracts)
