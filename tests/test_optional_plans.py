"""A project without a spending plan: approved, judged by time, planned later."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from ledger import Ledger, Policy, Proration
from ledger.projections.execution import EXECUTION
from ledger.store.state.packed import EXECUTION as PACKED
from support import PROJECT, approval, day, form, forms, indicator

UNKNOWN = ("planned", "original_planned", "plan_rate", "variance")
WORDS = {"en": "no spending plan", "zh": "没有资金支出计划"}
OF_ALL = {"en": "1 project has no spending plan", "zh": "1 个项目没有资金支出计划"}


@pytest.fixture
def ledger():
    """Return a ledger with a project that has no plan, and one that has."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(plan=None))
        ledger.append(approval("P-2", budget=40_000))
        ledger.disburse(PROJECT, "300", voucher="1", on=day(3, 1))
        yield ledger


def test_nothing_is_planned_and_it_is_said_why(ledger):
    """Not 0: what is not known has a reason; money is judged by time all the same."""
    report = ledger.monthly_report(2023, 6)
    made = json.loads(report.render("json"))
    own, other = sorted(made["projects"], key=lambda each: each["project"])

    assert {key: own[key] for key in UNKNOWN} == dict.fromkeys(UNKNOWN)
    assert own["plan_reason"] == {"code": "reason.no_plan", "values": {}}
    assert {month["planned"] for month in own["months"]} == {None}
    assert own["disbursed"] == "300.00"
    assert own["money_status"] == "at risk"  # 30 % at half of the year.
    assert (other["planned"], other["plan_reason"]) == ("200.00", None)


def test_a_total_plans_nothing_while_one_of_its_projects_has_no_plan(ledger):
    """What some plan is not shown beside what all spent; those of a unit stand."""
    ledger.append(approval("P-3", budget=40_000, unit="U-2"))
    report = ledger.monthly_report(2023, 6)
    totals = report.totals

    assert (totals.planned, totals.variance, totals.plan_rate) == (None, None, None)
    assert totals.plan_reason.values == {"count": 1}
    assert {month.planned for month in report.months} == {None}
    units = report.portfolio().by_unit
    assert [str(each.money.planned) for each in units] == ["None", "200.00"]
    ranked = [line.project for line in report.portfolio().by_variance]
    assert ranked == ["P-2", "P-3"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rendering_says_it(ledger, language):
    """Text, page, workbook, CSV and tidy rows: a blank or a dash, and the reason."""
    report = ledger.monthly_report(2023, 6)
    text = report.render("text", language=language, width=200)
    assert OF_ALL[language] in text
    assert WORDS[language] in report.render("text", language=language, project=PROJECT)
    assert OF_ALL[language] in report.portfolio().render("text", language=language)
    page = report.render("html", language=language)
    assert OF_ALL[language] in page
    assert WORDS[language] in page
    book = CalamineWorkbook.from_filelike(
        BytesIO(report.render("xlsx", language=language))
    )
    rows = book.get_sheet_by_index(0).to_python()
    head = next(
        row for row in rows if WORDS[language] in row or OF_ALL[language] in row
    )
    assert head
    table = csv.DictReader(StringIO(report.render("csv")))
    own = next(row for row in table if row["project"] == PROJECT)
    assert {own[key] for key in UNKNOWN} == {""}
    assert own["plan_reason"] == "reason.no_plan"
    tidy = [r for r in report.to_records() if r["project"] == PROJECT]
    assert {r["value"] for r in tidy if r["figure"] in UNKNOWN} == {None}


def test_the_page_draws_no_plan(ledger):
    """Neither a curve nor a mark of a plan that nobody made."""
    page = ledger.monthly_report(2023, 6).render("html")
    assert page.count('class="plan" d=') == 1  # That of the other project.
    assert page.count('class="p" d=') == 1


def test_the_total_of_the_workbook_sums_no_part(ledger):
    """A sum over the cells that have a plan would be taken for the plan of all."""
    book = CalamineWorkbook.from_filelike(
        BytesIO(ledger.monthly_report(2023, 6).render("xlsx", language="en"))
    )
    rows = book.get_sheet_by_index(0).to_python()
    head = next(row for row in rows if any("planned" in str(cell) for cell in row))
    column = next(i for i, cell in enumerate(head) if str(cell).startswith("planned"))
    assert rows[-1][column] == ""


def test_a_plan_may_come_later(ledger):
    """It holds from its date on; before it, nothing was planned."""
    plan = {date(2023, 6, 30): "500", date(2023, 12, 31): "1000"}
    ledger.revise_plan(PROJECT, plan, on=day(4))

    march, june = (ledger.view(through=day(m, 30)).project(PROJECT) for m in (3, 6))
    assert (march.planned, march.checkpoints) == (None, [])
    assert (str(june.planned), str(june.original_planned)) == ("500.00", "500.00")
    assert str(june.variance) == "-200.00"
    assert str(ledger.monthly_report(2023, 6).totals.planned) == "700.00"


def test_its_absence_is_explained_and_its_arrival_attributed(ledger):
    """An explanation of nothing has no sum; `diff` names the revision."""
    for figure in UNKNOWN[:2]:
        assert ledger.explain(PROJECT, figure, through=day(6, 30)).value is None
    for figure in (*UNKNOWN, "months.2023-03.planned"):
        assert ledger.explain(PROJECT, figure, through=day(6, 30)).value is None
    assert ledger.explain("totals", "planned", through=day(6, 30)).value is None
    before = ledger.position
    plan = {date(2023, 12, 31): "1000"}
    revised = ledger.revise_plan(PROJECT, plan, on=day(4))
    changed = ledger.differences(before, revised.position, through=day(6, 30))
    found = {each.path: each.positions for each in changed}
    for figure in ("planned", "original_planned", "variance", "plan_reason"):
        assert found[f"projects.{PROJECT}.{figure}"] == (revised.position,)
    assert found["totals.planned"] == (revised.position,)
    explained = ledger.explain(PROJECT, "original_planned", through=day(6, 30))
    assert explained.rests_on()[0].position == revised.position


def test_a_form_need_not_print_a_plan():
    """A missing block, and one whose cells are all blank; a note says so."""
    for more in ({"plan_row": None}, {"plan_row": [None, "", None, ""]}):
        with Ledger.open(":memory:", actor="a") as ledger:
            given = form(**more)
            found = ledger.import_forms(forms(given))
            assert "plan.missing" in {each.code for each in found}
            [line] = ledger.view(through=day(6, 30)).execution()
            assert line.plan_reason is not None
            assert ledger.verify().ok


def test_a_corrected_form_without_a_plan_leaves_the_plan_as_it_is():
    """And one with a plan, after one without, records it."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(forms(form(plan_row=None)))
        [code] = [line.project for line in ledger.view(through=day(6, 30)).execution()]
        ledger.import_forms(forms(), revise=True, on=day(4))
        with_plan = ledger.view(through=day(6, 30)).project(code).checkpoints
        assert with_plan
        ledger.import_forms(
            forms(form(plan_row=None)),
            revise=True,
            on=day(5),
        )
        assert ledger.view(through=day(6, 30)).project(code).checkpoints == with_plan
        assert ledger.verify().ok


def test_sums_that_a_plan_would_ease_are_eased_by_time():
    """Without a plan there is no share of it."""
    by_plan = Policy(proration=Proration.PLAN)
    expected = []
    for policy in (by_plan, Policy()):
        with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
            ledger.append(approval(plan=None, indicators=(indicator(),)))
            [line] = ledger.view(through=day(6, 30)).attainment(PROJECT)
            expected.append(line.expected)
    assert expected[0] == expected[1]


def test_both_folds_and_the_file_hold_no_plan(ledger, tmp_path):
    """The packed state equals the plain one; a restored ledger plans nothing either."""
    events = list(ledger.events(stream=f"project:2023:{PROJECT}"))
    plain, packed = (
        each.fold(events[0].stream, events) for each in (EXECUTION, PACKED)
    )
    assert plain.plans == packed.plans == []
    assert plain.last_fact_on == packed.last_fact_on
    done = ledger.export(tmp_path / "log.jsonl")
    Ledger.restore(tmp_path / "again.ledger", tmp_path / "log.jsonl", done)
    with Ledger.open(tmp_path / "again.ledger", actor="a") as again:
        assert again.view(through=day(6, 30)).project(PROJECT).planned is None
        assert again.verify().ok
