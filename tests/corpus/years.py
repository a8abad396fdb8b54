"""
Two years that are the same on every machine: the demo, and a small one with everything.

The small one has every type of event, three funding sources, a virement, units with
objectives, ratings, retractions, a closure, revisions, facts that came late, a currency
with three decimals, a fiscal year from April, and texts in two languages.
"""

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import illustrate
from ledger import (
    Checkpoint,
    Convention,
    Currency,
    Evidence,
    Funding,
    Language,
    Ledger,
    Likelihood,
    Policy,
    Rating,
    ScoringRule,
    Settings,
    SpendingPlan,
    VarianceCategory,
)
from ledger.events import BudgetApproved
from ledger.intake import SAMPLE
from support import Entropy

from .approvals import CLINIC, ROADS, SCHOOL, START, UNIT, WELLS, approve

DEMO = Path("demo.ledger")
SMALL = Path("small.ledger")
FORMS = Path("forms.json")
CORRECTED = Path("corrected.json")

SETTINGS = Settings(
    currency=Currency("KWD"),
    first_month=4,
    convention=Convention.STEP,
    title="Small year 小年度",
    language=Language.CHINESE,
)
POLICY = Policy(ceiling="ratio", proration="plan", exceeded_from="1.2")
SCORING = ScoringRule(
    exceeding_deduction=Decimal("0.1"),
    execution_caps=((Decimal("0.5"), 79),),
    weight_unit=Decimal("0.1"),
)

END = date(2024, 3, 31)


class Days:
    """A clock that stands at 08:30 UTC of the day it was last set to."""

    def __init__(self, day):
        self.now = datetime(day.year, day.month, day.day, 8, 30, tzinfo=UTC)

    def __call__(self):
        """Return the instant that it shows, a millisecond after the last."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def show(self, month, number, year=2023):
        """Turn the clock to a day, and return the day."""
        day = date(year, month, number)
        self.now = datetime(year, month, number, 8, 30, tzinfo=UTC)
        return day


def create():
    """Make both ledgers, and the files of forms that they are made from, here."""
    FORMS.write_bytes(SAMPLE.read_bytes())
    CORRECTED.write_text(json.dumps(corrected(), ensure_ascii=False), "utf-8")
    clock = illustrate.Clock()
    with Ledger.open(
        DEMO,
        actor=illustrate.LABEL,
        clock=clock,
        settings=illustrate.SETTINGS,
        entropy=Entropy(),
    ) as ledger:
        illustrate.record_year(ledger, clock)
    days = Days(START)
    with small(clock=days, create=True) as ledger:
        approve(ledger, days)
        spend(ledger, days)
        report(ledger, days)
        finish(ledger, days)


@contextmanager
def demo():
    """Open the demo to be read."""
    with Ledger.open(DEMO, read_only=True, clock=Days(END)) as ledger:
        yield ledger


@contextmanager
def small(**given):
    """Open the small year, under its policy and its rule of scoring."""
    asked = {"read_only": True, "create": False, "clock": Days(END), **given}
    if asked["create"]:
        asked |= {"settings": SETTINGS, "entropy": Entropy(), "read_only": False}
    with Ledger.open(
        SMALL, actor="corpus 记录", policy=POLICY, scoring=SCORING, **asked
    ) as ledger:
        yield ledger


def corrected():
    """Return forms of the demo's year of which some have changed."""
    forms = json.loads(SAMPLE.read_bytes())
    forms["projects"] = forms["projects"][:3]
    first, second, _ = forms["projects"]
    first["indicators"][0]["target"] = "≥99次"
    raised = Decimal(second["budget"]) + 10
    second["budget"] = second["fiscal_funds"] = str(raised)
    second["plan_row"][-1] = str(raised)
    forms.pop("units", None)
    return forms


def spend(ledger, days):
    """Spend, correct, adjust, transfer and revise, some of it late."""
    on = days.show(5, 10)
    ledger.disburse(
        ROADS,
        "10000.005",
        voucher="V-1",
        on=on,
        payee="A 甲",
        key="k-1",
        source="fiscal",
    )
    ledger.disburse(ROADS, "2500", voucher="V-2", on=on, source="other")
    ledger.disburse(WELLS, "6000.001", voucher="W-1", on=on, source="other")
    on = days.show(6, 15)
    ledger.reverse_disbursement(
        ROADS, "499.995", of="V-1", voucher="R-1", on=on, reason="paid twice 重复"
    )
    ledger.adjust_budget(
        ROADS,
        "supplement",
        "3000.000",
        on=on,
        source="grant",
        document="Order 7",
        new_source=True,
    )
    ledger.adjust_budget(SCHOOL, "reduction", "5000.123", on=on, reason="追减")
    on = days.show(7, 20)
    # A payment and an adjustment of June that nobody knew of at its end.
    late = date(2023, 6, 28)
    ledger.disburse(SCHOOL, "1234.567", voucher="S-1", on=late, description="补录")
    ledger.transfer(
        ROADS,
        CLINIC,
        "8000",
        on=late,
        document="Virement 3",
        reason="调剂",
        source="fiscal",
    )
    ledger.revise_plan(
        ROADS,
        {date(2023, 9, 30): "30000", date(2024, 3, 31): "95000.507"},
        on=late,
        reason="after the virement",
    )
    on = days.show(10, 9)
    ledger.disburse(CLINIC, "7999.999", voucher="付2023-0001", on=on)
    ledger.disburse(ROADS, "3000", voucher="V-3", on=on, source="grant")
    ledger.adjust_budget(SCHOOL, "recall", "100", on=on)
    ledger.disburse(SCHOOL, "30000", voucher="S-2", on=on)


def foresee(ledger, on):
    """State what the year ends with, of money and of an indicator."""
    ledger.state_outlook(ROADS, on=on, as_planned=True)
    ledger.state_outlook(
        SCHOOL,
        on=on,
        indicator="学位",
        value=290,
        likelihood=Likelihood.POSSIBLE,
        reason="fewer pupils 生源少",
    )


def report(ledger, days):
    """Report results of every kind, retract some, revise targets."""
    name = "Roads repaired 修路"
    on = days.show(6, 30)
    ledger.report_result(ROADS, name, "4.5", on=on, key="first", note="测量")
    ledger.report_result(ROADS, name, "45", on=on, key="slip")
    ledger.retract_result(ROADS, name, "slip", on=on, reason="a slip of the pen")
    ledger.report_result(ROADS, "Accepted at first", numerator=8, denominator=9, on=on)
    ledger.report_result(ROADS, "Cost per km", "3.6", on=on)
    ledger.report_result(ROADS, "满意率", 90, on=on)
    ledger.report_result(WELLS, "Wells", 4, on=on)
    ledger.report_result(WELLS, "Depth", 85, on=on)
    ledger.report_result(
        SCHOOL,
        "环境改善",
        Rating.PARTLY,
        share="0.7",
        on=on,
        evidence=Evidence(uri="files/7.pdf", sha256="00" * 32),
    )
    ledger.report_result(None, "Trust", 71, unit=UNIT, on=on)
    ledger.explain_variance(
        ROADS,
        VarianceCategory.FUNDING,
        "money came late 资金晚到",
        on=on,
        remedy="work in winter",
    )
    foresee(ledger, on)
    on = days.show(8, 1)
    ledger.report_result(SCHOOL, "学位", 120, on=date(2023, 6, 30))
    ledger.revise_target(SCHOOL, "学位", "≥280个", on=on, reason="fewer pupils")
    ledger.report_result(SCHOOL, "Dropout rate", "4.8", on=on)
    ledger.report_result(SCHOOL, "水位", "17.25", on=on)
    on = days.show(11, 29)
    ledger.commit(ROADS, "HT-1", "100", on=on, source="fiscal", payee="某公司")
    ledger.adjust_commitment(ROADS, "HT-1", "increase", "5", on=on, reason="增项")
    ledger.disburse(ROADS, "40", voucher="V-9", on=on, commitment="HT-1")
    ledger.release_commitment(ROADS, "HT-1", "15", on=on, why="cancelled")
    on = days.show(11, 30)
    ledger.report_result(ROADS, name, "13", on=on)
    ledger.report_result(ROADS, "Done by", on, on=on)
    ledger.report_result(
        ROADS, "Accepted at first", numerator=10, denominator=10, on=on
    )
    ledger.report_result(ROADS, "满意率", "98.5", on=on)
    ledger.report_result(WELLS, "Wells", 7, on=on)
    ledger.report_result(WELLS, "Depth", 78, on=on)
    ledger.explain_variance(
        None, "staffing", "缺人", unit=UNIT, indicator="Trust", on=on
    )


def _next_year(code):
    """Return the approval of a project for the year after, with one checkpoint."""
    return BudgetApproved(
        project=code,
        on=date(2024, 4, 1),
        name="School 学校",
        unit="701002",
        fiscal_year=2024,
        amounts=(Funding(source="fiscal", amount=1_000_000),),
        plan=SpendingPlan(checkpoints=(Checkpoint(date(2025, 3, 31), 1_000_000),)),
    )


def finish(ledger, days):
    """Close two projects, one with money left, and give points by hand."""
    on = days.show(3, 29, year=2024)
    ledger.close_project(WELLS, on=on, reason="all spent")
    ledger.close_project(SCHOOL, on=on, carried_over={"fiscal": "4000"})
    ledger.reopen_project(SCHOOL, year=2023, reason="迟到的发票")
    ledger.close_project(SCHOOL, on=on, carried_over={"fiscal": "4000"})
    on = days.show(4, 2, year=2024)
    ledger.append(again := _next_year(SCHOOL))
    ledger.withdraw_approval(SCHOOL, on=again.on, reason="填错了表")
    ledger.append(again)
    ledger.revise_form(SCHOOL, on=again.on, name="School 学校 2", to_unit="701003")
    ledger.carry_over(SCHOOL, on=on, document="结转 1")
    ledger.return_carry(SCHOOL, amounts={"fiscal": "1000"}, on=on, document="退回 1")
    ledger.refund(SCHOOL, "34.567", of="S-1", voucher="退-1", on=on, reason="多付")
    ledger.report_score(ROADS, "9.5", on=END, reason="cash came late")
    ledger.report_score(SCHOOL, "31.25", indicator="学位", on=END, reason="专家评分")
    ledger.report_score(None, "20", unit=UNIT, indicator="Trust", on=END)
    ledger.order_rectification(ROADS, "Z-1 整", "Mend it 补修", due=END, on=END)
    ledger.report_rectification(ROADS, "Z-1 整", "Mended 已修", on=END)
    ledger.close_rectification(ROADS, "Z-1 整", on=END, reason="seen 已验")
    ledger.assess_goal(ROADS, 1, "partly", "Most of it 大部分", on=END, about=2023)
    ledger.state_conclusion(ROADS, "Good 良好", on=END, problems="late 迟", about=2023)
    ledger.report_result(SCHOOL, "环境改善", Rating.ATTAINED, share=1, on=END)
    ledger.disburse(ROADS, "60000", voucher="V-4", on=END, source="fiscal")
    ledger.adjust_budget(CLINIC, "supplement", "12", on=date(2024, 3, 5), key="误")
    ledger.correct_adjustment("误", on=END, reason="重复录入 twice")
    ledger.close_period("2023-06-30")
    ledger.reopen_period(
        "2023-06-01", "2023-06-30", until="2024-04-30", reason="迟到的发票"
    )
    terms = Policy(behind_below="0.5", ceiling="ratio")
    ledger.set_policy(terms, on=END, scoring=ScoringRule(weight_unit=1))
    ledger.seal()
    ledger.rebuild()
