"""A fact of each type, said at each door, and a ledger that takes each of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from attrs import evolve

from ledger import Indicator, Ledger, Policy, ScoringRule, parse_target
from support import Clock, form, forms
from support_carries import CARRIED, CLOCK, approved

GOAL, OLD, MARCH, MAY, JUNE = (
    "开展就业培训数", "2023-12-31", "2024-03-01", "2024-05-01", "2024-06-30",
)  # fmt: skip
PRINTED = {
    "level1": "产出指标", "level2": "数量指标", "level3": "新增数", "target": "≥5次",
    "weight": "3", "basis": "b",
}  # fmt: skip
NEW = Indicator(
    level1="产出指标", level2="数量指标", name="新增数",
    target=parse_target("≥5次").target, measure="sum", weight=Decimal(3), basis="b",
)  # fmt: skip
PLAN = {JUNE: "100", "2024-12-31": "1050"}
OWN = forms(
    form("N", budget="5.00", fiscal_funds="5.00", plan_row=None), fiscal_year=2024
)
GOALS = [{"title": "t", "objective": "o", "indicators": [PRINTED]}]
DEPARTMENT = {"unit_code": "U-7", "unit_name": "n", "goals": GOALS}
UNIT = {"document": {"fiscal_year": 2024}, "department": DEPARTMENT, "projects": []}
LAST = {"reason": "r"}
STRICT = Policy(
    behind_below="0.1", at_risk_below="0.2", ceiling="ratio",
    money_behind_below="0.1", money_at_risk_below="0.15",
)  # fmt: skip
COARSE = ScoringRule(
    execution_caps=[("0.5", 60)], grades=[("good", 80), ("poor", 0)], weight_unit=1
)
FORMS = {"BudgetApproved": OWN, "ObjectivesSet": UNIT}
"""What comes in with forms: their file is its bulk file."""

DOORS = {
    "BudgetApproved": (lambda it: it.import_forms(OWN), ["import", "forms.json"], None),
    "ObjectivesSet": (lambda it: it.import_forms(UNIT), ["import", "forms.json"], None),
    "ApprovalWithdrawn": (
        lambda it: it.withdraw_approval("W", on=MAY, reason="r"),
        ["withdraw", "W", "--on", MAY, "--reason", "r"],
        {"project": "W", "on": MAY, "reason": "r"},
    ),
    "FormRevised": (
        lambda it: it.revise_form("Q", on=MAY, carried={CARRIED: 200}, added=NEW),
        ["revise-form", "Q", "--on", MAY, "--carried", f"{CARRIED}=200", "--added", "新增数",
         "--level1", "产出指标", "--level2", "数量指标", "--target", "≥5次", "--weight", "3", "--basis", "b"],
        {"project": "Q", "on": MAY, "carried": {CARRIED: "200"}, "added": PRINTED},
    ),
    "SpendingPlanRevised": (
        lambda it: it.revise_plan("P", PLAN, on=MAY, reason="r"),
        ["revise-plan", "P", f"{JUNE}=100", "2024-12-31=1050", "--on", MAY, "--reason", "r"],
        {"project": "P", "on": MAY, "plan": PLAN, "reason": "r"},
    ),
    "ProjectClosed": (
        lambda it: it.close_project("ONE", year=2023, carried_over={"fiscal": 300}),
        ["close", "ONE", "--year", "2023", "--carried-over", "fiscal=300"],
        {"project": "ONE", "on": OLD, "year": 2023, "carried_over": {"fiscal": "300"}},
    ),
    "ProjectReopened": (
        lambda it: it.reopen_project("OLD", year=2023, reason="r"),
        ["reopen", "OLD", "--year", "2023", "--reason", "r"],
        {"project": "OLD", "on": OLD, "year": 2023, "reason": "r"},
    ),
    "CarriedOver": (
        lambda it: it.carry_over("OLD", amounts={"fiscal": 50}, to_project="P", on=MAY, document="d"),
        ["carry-over", "OLD", "--to-project", "P", "--amount", "fiscal=50", "--on", MAY, "--document", "d"],
        [{"project": "OLD", "on": MAY, "year": 2023, "to_project": "P", "amount": {"fiscal": "50"}, "document": "d"},
         {"type": "BudgetAdjusted", "project": "P", "on": MAY, "kind": "carried_in", "amount": {CARRIED: "50"}, "document": "d"}],
    ),
    "CarryReturned": (
        lambda it: it.return_carry("OLD", amounts={"fiscal": 50}, from_project="R", on=MAY, document="d"),
        ["return-carry", "OLD", "--from-project", "R", "--amount", "fiscal=50", "--on", MAY, "--document", "d"],
        [{"project": "OLD", "on": MAY, "year": 2023, "from_project": "R", "amount": {"fiscal": "50"}, "document": "d"},
         {"type": "BudgetAdjusted", "project": "R", "on": MAY, "kind": "carry_returned", "amount": {CARRIED: "50"}, "document": "d"}],
    ),
    "Disbursed": (
        lambda it: it.disburse("P", 5, voucher="V-2", on=MAY, payee="p", commitment="HT-1", final=True),
        ["disburse", "P", "5", "--voucher", "V-2", "--on", MAY, "--payee", "p", "--commitment", "HT-1", "--final"],
        {"project": "P", "on": MAY, "voucher": "V-2", "amount": "5", "payee": "p", "commitment": "HT-1", "final": True},
    ),
    "DisbursementReversed": (
        lambda it: it.reverse_disbursement("P", 5, of="V-1", voucher="V-3", on=MAY, reason="r"),
        ["reverse", "P", "5", "--of", "V-1", "--voucher", "V-3", "--on", MAY, "--reason", "r"],
        {"project": "P", "on": MAY, "voucher": "V-3", "of": "V-1", "amount": "5", "reason": "r"},
    ),
    "PriorYearRefund": (
        lambda it: it.refund("OLD", 5, of="O-1", of_year=2023, voucher="V-4", on=MAY, reason="r"),
        ["refund", "OLD", "5", "--of", "O-1", "--of-year", "2023", "--voucher", "V-4", "--on", MAY, "--reason", "r"],
        {"project": "OLD", "on": MAY, "voucher": "V-4", "of": "O-1", "of_year": 2023, "amount": "5", "reason": "r"},
    ),
    "BudgetAdjusted": (
        lambda it: it.adjust_budget("P", "supplement", 5, on=MAY, document="d", reason="r"),
        ["adjust", "P", "supplement", "5", "--on", MAY, "--document", "d", "--reason", "r"],
        {"project": "P", "on": MAY, "kind": "supplement", "amount": "5", "document": "d", "reason": "r"},
    ),
    "AdjustmentCorrected": (
        lambda it: it.correct_adjustment("mistaken", on=MAY, reason="r"),
        ["correct-adjustment", "mistaken", "--on", MAY, "--reason", "r"],
        {"project": "P", "on": MAY, "of": "mistaken", "reason": "r"},
    ),
    "CommitmentEntered": (
        lambda it: it.commit("P", "HT-2", 5, on=MAY, stage="reserved", payee="p", due_on=JUNE),
        ["commit", "P", "HT-2", "5", "--on", MAY, "--stage", "reserved", "--payee", "p", "--due-on", JUNE],
        {"project": "P", "on": MAY, "commitment": "HT-2", "amount": "5", "stage": "reserved", "payee": "p", "due_on": JUNE},
    ),
    "CommitmentAdjusted": (
        lambda it: it.adjust_commitment("P", "HT-1", "increase", 5, on=MAY, reason="r"),
        ["adjust-commitment", "P", "HT-1", "increase", "5", "--on", MAY, "--reason", "r"],
        {"project": "P", "on": MAY, "commitment": "HT-1", "kind": "increase", "amount": "5", "reason": "r"},
    ),
    "CommitmentReleased": (
        lambda it: it.release_commitment("P", "HT-1", 5, on=MAY, why="cancelled"),
        ["release-commitment", "P", "HT-1", "5", "--on", MAY, "--why", "cancelled"],
        {"project": "P", "on": MAY, "commitment": "HT-1", "why": "cancelled", "amount": "5"},
    ),
    "ResultReported": (
        lambda it: it.report_result(
            "P", GOAL, 4, on=MAY, note="n", parts={"f": 3, "m": 1}, to_date=True
        ),
        ["result", "P", GOAL, "4", "--on", MAY, "--note", "n", "--parts", "f=3; m=1", "--to-date"],
        {
            "project": "P", "on": MAY, "indicator": GOAL, "value": "4", "note": "n",
            "parts": {"f": 3, "m": 1}, "to_date": True,
        },
    ),
    "ResultRetracted": (
        lambda it: it.retract_result("P", GOAL, "r-1", on=MAY, reason="r"),
        ["retract", "P", GOAL, "r-1", "--on", MAY, "--reason", "r"],
        {"project": "P", "on": MAY, "indicator": GOAL, "of": "r-1", "reason": "r"},
    ),
    "TargetRevised": (
        lambda it: it.revise_target("P", GOAL, "≥20次", on=MAY, reason="r"),
        ["revise-target", "P", GOAL, "≥20次", "--on", MAY, "--reason", "r"],
        {"project": "P", "on": MAY, "indicator": GOAL, "target": "≥20次", "reason": "r"},
    ),
    "VarianceExplained": (
        lambda it: it.explain_variance(
            "P", "funding", "t", on=MAY, about="2024-05", indicator=GOAL, remedy="m"
        ),
        ["explain-variance", "P", "funding", "t", "--on", MAY, "--about", "2024-05", "--indicator", GOAL,
         "--remedy", "m"],
        {"project": "P", "on": MAY, "about": "2024-05", "indicator": GOAL, "category": "funding", "text": "t",
         "remedy": "m"},
    ),
    "OutlookStated": (
        lambda it: it.state_outlook(
            "P", on=MAY, about="2024-05", indicator=GOAL, value="9", likelihood="possible", reason="r"
        ),
        ["state-outlook", "P", "--on", MAY, "--about", "2024-05", "--indicator", GOAL, "--value", "9", "--likelihood", "possible",
         "--reason", "r"],
        {"project": "P", "on": MAY, "about": "2024-05", "indicator": GOAL, "value": "9", "likelihood": "possible", "reason": "r"},
    ),
    "ScoreReported": (
        lambda it: it.report_score("P", 5, on=MAY, about="2024-05", indicator=GOAL, reason="r"),
        ["score", "P", "5", "--on", MAY, "--about", "2024-05", "--indicator", GOAL, "--reason", "r"],
        {"project": "P", "on": MAY, "about": "2024-05", "indicator": GOAL, "score": "5", "reason": "r"},
    ),
    "RectificationOrdered": (
        lambda it: it.order_rectification("P", "Z-2", "q", due="2024-06-30", on=MAY, about="2024"),
        ["order-rectification", "P", "Z-2", "q", "--due", "2024-06-30", "--on", MAY, "--about", "2024"],
        {"project": "P", "on": MAY, "about": "2024", "number": "Z-2", "requirement": "q", "due": "2024-06-30"},
    ),
    "RectificationReported": (
        lambda it: it.report_rectification("P", "Z-1", "t", on=MAY, about="2024"),
        ["report-rectification", "P", "Z-1", "t", "--on", MAY, "--about", "2024"],
        {"project": "P", "on": MAY, "about": "2024", "number": "Z-1", "text": "t"},
    ),
    "RectificationClosed": (
        lambda it: it.close_rectification("P", "Z-1", on=MAY, about="2024", reason="r"),
        ["close-rectification", "P", "Z-1", "--on", MAY, "--about", "2024", "--reason", "r"],
        {"project": "P", "on": MAY, "about": "2024", "number": "Z-1", "reason": "r"},
    ),
    "GoalAssessed": (
        lambda it: it.assess_goal("P", "g", "partly", "t", on=MAY, about="2024"),
        ["assess-goal", "P", "g", "partly", "t", "--on", MAY, "--about", "2024"],
        {"project": "P", "on": MAY, "about": "2024", "goal": "g", "text": "t", "achieved": "partly"},
    ),
    "ConclusionStated": (
        lambda it: it.state_conclusion("P", "c", on=MAY, about="2024", problems="p", measures="m"),
        ["state-conclusion", "P", "c", "--on", MAY, "--about", "2024", "--problems", "p", "--measures", "m"],
        {"project": "P", "on": MAY, "about": "2024", "conclusion": "c", "problems": "p", "measures": "m"},
    ),
    "PeriodClosed": (
        lambda it: it.close_period(OLD, year_end=True),
        ["close-period", "--through", OLD, "--year-end"],
        {"on": OLD, "year_end": True},
    ),
    "PeriodReopened": (
        lambda it: it.reopen_period("2023-01-01", "2023-01-31", until="2099-01-01", for_actor="t", reason="r"),
        ["reopen-period", "2023-01-01", "2023-01-31", "--until", "2099-01-01", "--for-actor", "t", "--reason", "r"],
        {"on": "2023-01-31", "since": "2023-01-01", "until": "2099-01-01", "for_actor": "t", "reason": "r"},
    ),
    "PolicySet": (
        lambda it: it.set_policy(STRICT, on=MAY, scoring=COARSE),
        ["set-policy", "behind_below=0.1", "at_risk_below=0.2", "ceiling=ratio", "money_behind_below=0.1",
         "money_at_risk_below=0.15", "execution_caps=0.5:60", "grades=good:80,poor:0", "weight_unit=1", "--on", MAY],
        {"on": MAY,
         "policy": {"behind_below": "0.1", "at_risk_below": "0.2", "ceiling": "ratio",
                    "money_behind_below": "0.1", "money_at_risk_below": "0.15"},
         "scoring": {"execution_caps": "0.5:60", "grades": "good:80,poor:0", "weight_unit": "1"}},
    ),
}  # fmt: skip
"""By type: the library's call, the words of its command, and a line of a bulk file."""


def filled():
    """Make a ledger here in which each of the facts may be recorded; return its bytes."""
    with Ledger.open("a.ledger", actor="t", clock=Clock(CLOCK)) as ledger:
        for code in ("P", "OLD", "ONE", "TWO"):
            ledger.append(approved(code, 2023, date(2023, 1, 1), fiscal=1000))
        ledger.disburse("OLD", 100, voucher="O-1", on="2023-05-01")
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 300})
        ledger.close_project("TWO", year=2023, carried_over={"fiscal": 300})
        with_goals = evolve(approved("P", fiscal=1000), goals=("g",))
        ledger.append(with_goals, approved("W", fiscal=10))
        ledger.append(approved("R", fiscal=10), approved("Q", carried_from="TWO"))
        ledger.carry_over("OLD", amounts={"fiscal": 60}, to_project="R", on=MARCH)
        ledger.disburse("P", 100, voucher="V-1", on=MARCH)
        ledger.commit("P", "HT-1", 100, on=MARCH)
        ledger.adjust_budget("P", "supplement", 50, on=MARCH, key="mistaken")
        ledger.report_result("P", GOAL, 1, on=MARCH, key="r-1")
        ledger.order_rectification("P", "Z-1", "q", due="2024-04-30", on=MARCH)
        ledger.close_period("2023-01-31")
    return Path("a.ledger").read_bytes()
