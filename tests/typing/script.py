"""A script as users write them; the test plants a slip in ten of its lines."""

from datetime import date
from decimal import Decimal
from typing import Unpack

from ledger import AdjustmentKind, Envelope, Ledger, Policy, Settings, Status, wan
from ledger.errors import BudgetExceeded, UnknownProject
from ledger.events import BudgetAdjusted, Disbursed, Event, ResultReported
from ledger.json_shapes import MonthlyReportJson
from ledger.projections import ExecutionLine

MARCH = date(2023, 3, 31)


def payments(events: list[Event]) -> list[Disbursed]:
    """Return the payments among events."""
    return [event for event in events if isinstance(event, Disbursed)]


def pay(ledger: Ledger, voucher: str, **envelope: Unpack[Envelope]) -> str | None:
    """Pay what is due, and return the key."""
    try:
        paid = ledger.disburse("P-1", wan("4.5"), voucher=voucher, on=MARCH, **envelope)
    except (BudgetExceeded, UnknownProject) as refused:
        return refused.text()
    return paid.key


def behind(lines: list[ExecutionLine]) -> list[str]:
    """Return the projects that spend too slowly."""
    return [line.project for line in lines if line.status is Status.BEHIND]


def late(report: MonthlyReportJson) -> list[str]:
    """Return the projects that a report in JSON says to be late."""
    rows = report["projects"]
    return [row["project"] for row in rows if row["status"] == "behind"]


def words(ledger: Ledger) -> None:
    """Give members by their keys, and by words of either language."""
    settings = Settings(convention="linear", scale="万元", language="中文")
    ledger.commit("P-1", "HT-1", 5, on=MARCH, stage="contracted")
    ledger.adjust_commitment("P-1", "HT-1", "增加", 5, on=MARCH, reason="加印")
    ledger.release_commitment("P-1", "HT-1", on=MARCH, why="year end")
    ledger.adjust_budget("P-1", "supplement", 5, on=MARCH)
    ledger.explain_variance("P-1", "经费保障", "迟到", on=MARCH)
    ledger.state_outlook("P-1", on=MARCH, indicator="次数", likelihood="确定能")
    ledger.state_outlook("P-1", on=MARCH, indicator="次数", likelihood="possible")
    ledger.revise_form("P-1", on=MARCH, indicator="培训人数", measure="sum")
    ledger.revise_form("P-1", on=MARCH, indicator="培训人数", direction="越高越好")
    ledger.import_forms("forms.json", origin="年中下达")
    ledger.monthly_report(2023, 3).write("march.html", language="en")
    print(settings, ledger.verify().to_dict(language="zh"))


def judged(ledger: Ledger) -> None:
    """Print what is missed, and what is as bad; members are compared with members."""
    rows = ledger.view().attainment("P-1")
    print([row.indicator for row in rows if row.status == Status.MISSED])
    changes = [event.event for event in ledger.events()]
    made = [event for event in changes if isinstance(event, BudgetAdjusted)]
    print([event.on for event in made if event.kind == AdjustmentKind.RECALL])
    rated = [event for event in changes if isinstance(event, ResultReported)]
    print([event.on for event in rated if event.rating == rated[0].rating])
    first, *others = ledger.findings
    print([other.code for other in others if other.severity == first.severity])


def main() -> None:
    """Record, report, verify."""
    with Ledger("julu.ledger", actor="finance") as ledger:
        ledger.policy = Policy(behind_below="0.5")
        ledger.adjust_budget("P-1", AdjustmentKind.SUPPLEMENT, 5, on=MARCH, key="A-1")
        pay(ledger, "2023-0311", key="B-7")
        ledger.transfer("P-1", "P-2", "250.00", on=MARCH, cause="A-1")
        ledger.report_result("P-1", "培训人数", 3, on=MARCH)
        payment = Disbursed(project="P-1", on=MARCH, voucher="7", amount=5, payee="X")
        ledger.append(payment, expected_version=3)
        report = ledger.monthly_report(2023, 3)
        print(report.through, behind(ledger.view(through=MARCH).execution()))
        print(payments([each.event for each in ledger.events(after=7)]))
        print(ledger.verify().ok)


def plan(ledger: Ledger) -> None:
    """Pass on what was read elsewhere, in the types that it has there."""
    by_day: dict[date, Decimal] = {date(2023, 12, 31): Decimal(5)}
    by_text: dict[str, int] = {"2023-12-31": 5}
    left: dict[str, Decimal] = {"fiscal": Decimal(5)}
    ledger.revise_plan("P-1", by_day, on=MARCH)
    ledger.revise_plan("P-1", by_text, on=MARCH)
    ledger.revise_plan("P-1", {MARCH: 1, date(2023, 12, 31): "5"}, on=MARCH)
    ledger.revise_plan("P-1", {MARCH: 1, "2023-12-31": "5"}, on=MARCH)
    ledger.close_project("P-1", on=MARCH, carried_over=left)
    ledger.verify_report(ledger.monthly_report(2023, 3).to_dict())
    ledger.import_forms("forms.json", {"projects": []}, cause="A-1", expected_version=0)
    ledger.record("facts.csv", actor="clerk")
