"""Histories of two years that hold every fact that takes something from others."""

from datetime import date
from decimal import Decimal

from ledger import Funding
from ledger.events import BudgetAdjusted, FormRevised, ResultReported
from support_carries import CARRIED, DAY, MARCH, approved, opened

SPRING = date(2023, 3, 1)
LATE = date(2023, 12, 20)
NEXT = date(2025, 1, 10)


def passed_on(path):
    """Make a file in which money passes on by forms, closings, by hand, and alone."""
    with opened("A", "B", "C", "D", "O", path=path) as ledger:
        ledger.close_project("A", year=2023, carried_over={"fiscal": 300})
        ledger.append(approved("P", 2024, DAY, "A", fiscal=100, carried=200))
        ledger.append(approved("B", 2024, DAY, fiscal=100, carried=300))
        ledger.close_project("B", year=2023, carried_over={"fiscal": 300})
        for amount, on in ((10_000, DAY), (20_000, MARCH)):
            part = Funding(source=CARRIED, amount=amount)
            ledger.append(FormRevised(project="B", on=on, carried=(part,)))
        ledger.close_project("C", year=2023, carried_over={"fiscal": 300})
        ledger.carry_over("C", on=DAY, document="no. 1")
        ledger.return_carry("C", on=MARCH, amounts={"fiscal": 50})
        ledger.close_project("C", year=2024, carried_over={CARRIED: 250})
        ledger.reopen_project("C", year=2024, reason="an invoice")
        ledger.close_project("C", year=2024, carried_over={CARRIED: 250})
        ledger.carry_over("C", on=NEXT, to_project="E")
        ledger.return_carry("C", on=NEXT, from_project="E", amounts={CARRIED: 40})


def came_back(path):
    """Make a file in which payments come back, and contracts are entered and end."""
    with opened("A", "B", "C", path=path) as ledger:
        for number, on in enumerate((SPRING, SPRING.replace(day=3), LATE), 1):
            ledger.disburse("A", 50, voucher=f"{number}", on=on, payee="builder")
        ledger.reverse_disbursement("A", 50, of="1", voucher="R1", on=LATE)
        ledger.reverse_disbursement("A", 20, of="R1", voucher="R2", on=LATE)
        ledger.reverse_disbursement("A", 5, of="R2", voucher="R3", on=LATE)
        ledger.reverse_disbursement("A", 50, of="2", voucher="R4", on=LATE)
        ledger.disburse("A", 40, voucher="2", on=LATE, payee="builder")
        ledger.refund("A", 41, of="3", voucher="F", on=DAY)
        ledger.refund("A", 9, of="3", voucher="G", on=MARCH)
        ledger.reverse_disbursement("A", 9, of="G", voucher="H", on=MARCH)
        ledger.commit("B", "K1", 100, on=SPRING, stage="reserved")
        ledger.commit("B", "K2", 60, on=SPRING, of="K1", payee="builder")
        ledger.adjust_commitment("B", "K2", "increase", 10, on=SPRING, reason="more")
        ledger.disburse("B", 20, voucher="5", on=SPRING, commitment="K2")
        ledger.reverse_disbursement("B", 5, of="5", voucher="R5", on=SPRING)
        ledger.disburse("B", 20, voucher="6", on=LATE, commitment="K2", final=True)
        ledger.release_commitment("B", "K1", on=LATE, why="finished")
        parts = (Funding(source="fiscal", amount=1_000),)
        for _ in range(2):
            more = {"kind": "supplement", "amounts": parts, "document": "no. 7"}
            added = BudgetAdjusted(project="B", on=SPRING, **more)
            (known,) = ledger.append(added)
        ledger.correct_adjustment(known.id, reason="twice", on=LATE)
        moved = ledger.transfer("A", "B", 5, on=LATE, document="no. 8")
        ledger.correct_adjustment(moved[0].id, reason="another", on=LATE)
        ledger.withdraw_approval("C", on=LATE, reason="of another county")
        label = approved("A").indicators[0].name
        counted = ResultReported(
            project="A", on=SPRING, indicator=label, value=Decimal(3)
        )
        (one,) = ledger.append(counted)
        ledger.retract_result("A", label, one.id, on=LATE, reason="counted twice")
