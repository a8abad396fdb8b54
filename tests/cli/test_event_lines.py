"""Events as lines: amounts by source, plans and targets, and instants to the second."""

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from ledger import Funding, Ledger, Settings
from ledger.cli import main
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.event_type import ColumnKind, Shown
from ledger.events import BudgetAdjusted, FormRevised
from ledger.messages import Language
from support import PROJECT, Clock, approval, day, indicator

HEADS = {
    "zh": "序号、日期、项目或单位、事项、登记人和登记时刻（世界时，比北京时间晚 8 小时）",
    "en": "position, day, subject, event, by whom and when (UTC)",
}
LINES = {
    "zh": [
        "预算批复  名称 路；金额 财政资金 2.00 万元",
        "预算批复  名称 桥；金额 财政资金 0.10 万元",
        "预算调整  类型 追加；金额 财政资金 0.01 万元，其他资金 0.000001 万元；文号 文1",
        "预算调整  类型 调剂（调出）；金额 财政资金 0.003 万元",
        "预算调整  类型 调剂（调入）；金额 财政资金 0.003 万元",
        (
            "支出计划调整  资金支出计划 2023-06-30 为 0.01 万元、2023-12-31 为 2.007001 万元；"
            "原因 急"
        ),
        "指标值调整  指标 培训；指标值 ≥12次",
        "完成值  指标 培训；完成值 3",
        "完成值撤回  指标 培训；撤回的完成值 ID；原因 错",
        "支出  凭证号 1；金额 0.05 万元；资金来源 财政资金",
        "支出退回  凭证号 2；原凭证号 1；金额 0.000001 万元",
        "结项  结转下年 财政资金 0.0001 万元；结余收回 财政资金 0.1029 万元",
    ],
    "en": [
        "approval  name 路; amounts 20,000.00 CNY fiscal",
        "approval  name 桥; amounts 1,000.00 CNY fiscal",
        (
            "adjustment  kind supplement; amounts 100.00 CNY fiscal + 0.01 CNY other; "
            "document 文1"
        ),
        "adjustment  kind virement out; amounts 30.00 CNY fiscal",
        "adjustment  kind virement in; amounts 30.00 CNY fiscal",
        "plan revision  plan 2023-06-30 100.00 CNY, 2023-12-31 20,070.01 CNY; reason 急",
        "target revision  indicator 培训; target ≥12次",
        "result  indicator 培训; value 3",
        "retraction  indicator 培训; of ID; reason 错",
        "disbursement  voucher 1; amount 500.00 CNY; source fiscal",
        "reversal  voucher 2; of 1; amount 0.01 CNY",
        "closure  carried over 1.00 CNY fiscal; lapsed 1,029.00 CNY fiscal",
    ],
}


def fill(ledger):
    """Record an event of each type that has an amount, a plan or a target."""
    ledger.append(
        approval(budget=2_000_000, indicators=(indicator("培训"),), name="路")
    )
    ledger.append(approval("P-2", budget=100_000, name="桥"))
    parts = [Funding(source=s, amount=a) for s, a in (("fiscal", 10_000), ("other", 1))]
    added = BudgetAdjusted(
        project=PROJECT,
        on=day(3),
        kind="supplement",
        amounts=tuple(parts),
        document="文1",
        new_source=True,
    )
    ledger.append(added)
    ledger.transfer(PROJECT, "P-2", "30.00", on=day(4), source="fiscal")
    plan = {day(6, 30): "100.00", day(12, 31): "20070.01"}
    ledger.revise_plan(PROJECT, plan, on=day(5), reason="急")
    ledger.revise_target(PROJECT, "培训", "≥12次", on=day(5))
    wrong = ledger.report_result(PROJECT, "培训", 3, on=day(5, 2))
    ledger.retract_result(PROJECT, "培训", wrong.id, on=day(5, 3), reason="错")
    ledger.disburse(PROJECT, "500.00", voucher="1", on=day(5, 4), source="fiscal")
    ledger.reverse_disbursement(PROJECT, "0.01", of="1", voucher="2", on=day(5, 5))
    ledger.close_project("P-2", on=day(12, 20), carried_over={"fiscal": "1.00"})
    return wrong.id


@pytest.mark.parametrize("language", Language)
def test_an_event_is_listed_with_its_amounts_by_source(language, path):
    """All of them, exact and with their unit; the zone of the instants is said once."""
    settings = Settings(language=language)
    clock = Clock(datetime(2024, 1, 2, 9, tzinfo=UTC))
    with Ledger.open(path, actor="王", settings=settings, clock=clock) as ledger:
        retracted = fill(ledger)
    done = CliRunner().invoke(main, ["--lang", language.value, "events", str(path)])
    head, *lines = done.output.replace(retracted, "ID").splitlines()
    assert head == HEADS[language]
    shown = [re.sub(r"^ *\d+  \S+  .*?P-\d\S*  ", "", line) for line in lines]
    ends = [line.partition("  [")[::2] for line in shown]
    assert [said for said, _ in ends] == LINES[language]
    pattern = r"王(，|, )2024-01-02 09:\d\d:\d\d\]"
    assert all(re.fullmatch(pattern, end) for _, end in ends)


def test_of_no_events_there_is_no_line(ledger, path):
    """Nor a head over none."""
    assert ledger.position == 0
    assert CliRunner().invoke(main, ["events", str(path)]).output == ""


def test_every_amount_plan_and_target_of_the_catalogue_is_listed():
    """One that is forgotten would be missed by those who check."""
    kinds = {
        *(ColumnKind.MONEY, ColumnKind.AMOUNTS, ColumnKind.PLAN, ColumnKind.TARGET),
    }
    shown = [
        (row.name, column.name)
        for row in CATALOGUE
        for column in row.columns
        if column.kind in kinds and Shown.LINE not in column.shown
    ]
    assert shown == []
    assert {row.name for row in CATALOGUE if row.moves} == {
        row.name
        for row in CATALOGUE
        if {column.kind for column in row.columns}
        & {ColumnKind.MONEY, ColumnKind.AMOUNTS}
    } - {"FormRevised", "OutlookStated"}  # By legs, and nothing at all.


@pytest.mark.parametrize(
    ("language", "came", "went"),
    [
        (
            "en",
            "revision of a form  added 场次 (≥12次)",
            "revision of a form  indicator 培训; removed yes",
        ),
        ("zh", "新增 场次（≥12次）", "指标 培训；删除 是"),
    ],
)
def test_a_line_says_which_indicator_came_and_which_went(
    ledger, path, language, came, went
):
    """A revision that says nothing else would be an empty line."""
    ledger.append(approval(indicators=(indicator("培训"), indicator("人数"))))
    for fields in (
        {"added": indicator("场次", "≥12次")},
        {"indicator": "培训", "removed": True},
    ):
        ledger.append(FormRevised(project=PROJECT, on=day(4), **fields))
    said = CliRunner().invoke(main, ["events", str(path), "--lang", language]).output
    assert came in said
    assert went in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("commitment HT-1; final yes", "name 桥; correction yes", "year end yes"),
        ),
        ("zh", ("合同号 HT-1；最后一笔 是", "名称 桥；更正 是", "年终结账 是")),
    ],
)
def test_a_line_says_what_makes_a_fact_another_one(path, language, said):
    """That a payment is the last one, a form was wrong, a year is closed for good."""
    clock = Clock(datetime(2024, 1, 2, 9, tzinfo=UTC))
    with Ledger.open(path, actor="t", clock=clock) as ledger:
        ledger.append(approval(budget=100_000))
        ledger.commit(PROJECT, "HT-1", 5, on=day(4))
        ledger.disburse(
            PROJECT, 4, voucher="1", on=day(5), commitment="HT-1", final=True
        )
        ledger.revise_form(PROJECT, on=day(6), name="桥", correction=True)
        ledger.close_period(day(12, 31), year_end=True)
    lines = CliRunner().invoke(main, ["events", str(path), "--lang", language]).output
    assert [one in lines for one in said] == [True] * 3


def test_fields_stand_as_the_columns_of_bulk_files_do(path):
    """A numerator comes before its denominator, and both behind the indicator."""
    with Ledger.open(path, actor="t") as ledger:
        ledger.append(approval(indicators=(indicator("合格率", "≥90%"),)))
        ledger.report_result(PROJECT, "合格率", numerator=19, denominator=20, on=day(4))
    lines = CliRunner().invoke(main, ["events", str(path), "--lang", "zh"]).output
    assert "指标 合格率；分子 19；分母 20" in lines
