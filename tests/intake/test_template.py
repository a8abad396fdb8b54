"""Templates: what is filled in comes back exactly, and what is not is left out."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from ledger import InvalidInput, Ledger, Settings
from ledger.domain.choices import offered
from ledger.domain.indicator import Direction, Measure
from ledger.domain.plan import Reading
from ledger.errors import InvalidBatch
from ledger.intake import bulk
from ledger.intake.readers import file_kinds as files
from ledger.intake.readers import flat_table as table
from ledger.intake.readers import sheet
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import column_name
from ledger.intake.readers.workbook import grids
from ledger.intake.requests import Problem
from ledger.messages import Language
from support import approval, indicator, read
from support_template import (
    CONTENT,
    DISBURSEMENTS,
    DONE,
    RESULTS,
    SETTINGS,
    TRAINED,
    contents,
    empty_forms,
    month_template,
    named,
    saved,
)
from support_template import (
    sheet as sheet_of,
)
from support_workbooks import TRUTH

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMS, EXAMPLE, NOTES = map(sheet_of, ("forms", "example", "notes"))


@pytest.fixture
def filled(month, tmp_path):
    """Return the template of a month with cells filled in."""

    def fill(results=(), payments=(), name="filled.dat"):
        sheets = contents(month)
        for row, cells in results:
            named(sheets[RESULTS], row, **cells)
        for row, cells in payments:
            named(sheets[DISBURSEMENTS], row, **cells)
        return saved(tmp_path / name, sheets)

    return fill


# Forms of approval


def typed(form, number):
    """Return the rows of a form as they are typed in the order of the template."""
    given = [Decimal(n) for n in form["plan_row"]]
    plan = given if len(given) == 4 else [None] * 3 + given
    goals = "\n".join(f"{n}.{g}" for n, g in enumerate(form["goals"], start=1))
    money = [form[n] for n in ("budget", "fiscal_funds", "other_funds")]
    project = [2023, form["project_code"], form["project_name"], form["unit_code"]]
    project += [form["unit_name"], *(None if m is None else number(m) for m in money)]
    project += [form["purpose"], goals, None, None]
    project += [None if n is None else number(n) for n in plan] + [None]
    names = ("level1", "level2", "level3", "description", "target", "basis")
    for n, row in enumerate(form["indicators"]):
        before = form["indicators"][n - 1] if n else {}
        same = [name in names[:2] and row[name] == before.get(name) for name in names]
        cells = [None if s else row[name] for s, name in zip(same, names, strict=True)]
        yield [*(project if n == 0 else [None] * len(project)), *cells]


@pytest.mark.parametrize("number", [float, str])
def test_real_forms_filled_in_read_back_the_same(tmp_path, number):
    """All forms of the county, typed as numbers or as text, give their approvals."""
    empty = tmp_path / "empty.xlsx"
    empty_forms(empty, SETTINGS)
    sheets = contents(empty)
    for form in TRUTH["projects"]:
        sheets[FORMS] += typed(form, number)
    got = read(saved(tmp_path / "forms.xlsx", sheets), SETTINGS).approvals
    expected = read(TRUTH, SETTINGS).approvals
    assert len(got) == len(TRUTH["projects"]) == 19
    for (_, one), (_, other) in zip(got, expected[:19], strict=True):
        names = "project name unit unit_name amounts plan indicators goals purpose on"
        for name in names.split():
            assert getattr(one, name) == getattr(other, name), (one.project, name)


@pytest.mark.parametrize("first_month", [1, 4, 7])
def test_every_column_is_one_that_the_reader_knows(tmp_path, first_month):
    """No column is left over, and the plan's months lie in the fiscal year in order."""
    file = tmp_path / "forms.xlsx"
    settings = Settings(first_month=first_month)
    empty_forms(file, settings)
    head, *_ = contents(file)[FORMS]
    row = dict.fromkeys(head, "")
    row |= {"年度": 2023, "项目编码": "P-1", "项目名称": "a", "单位编码": "U"}
    row |= {
        "预算数（万元）": 4,
        "财政资金（万元）": 4,
        "三级指标": "b",
        "指标值": "≥1次",
    }
    row |= {"一级指标": "产出指标", "二级指标": "数量指标", "分值": 90}
    row |= {"批复日期": date(2023, first_month, 10), "支出计划口径": "cumulative"}
    row |= dict(zip([h for h in head if "月底" in h], [1, 2, 3, 4], strict=True))
    filled = saved(tmp_path / "filled.xlsx", {FORMS: [head, list(row.values())]})
    forms = read(filled, settings)
    assert not [f for f in forms.findings if f.code.startswith("table.")]
    ((_, event),) = forms.approvals
    assert event.on == date(2023, first_month, 10)
    days = [point.on for point in event.plan.checkpoints]
    assert days == sorted(days)
    assert days[-1] == settings.year(2023).end


def test_example_and_notes_are_not_read(tmp_path):
    """Neither looks like a form, whatever stands on the first sheet."""
    file = tmp_path / "forms.xlsx"
    empty_forms(file, SETTINGS)
    sheets = {grid.name: grid for grid in grids(Source("x"), file.read_bytes())}
    for name in (EXAMPLE, NOTES):
        assert table.find_header(sheets[name]) is None
        assert not sheet.has_form(sheets[name])
    with pytest.raises(InvalidInput, match="nothing is filled in"):
        files.read(file)


def test_the_example_is_a_form_without_errors(tmp_path):
    """Under the first sheet's head it is read, and nothing in it is left out."""
    file = tmp_path / "forms.xlsx"
    empty_forms(file, SETTINGS)
    sheets = contents(file)
    rows = [sheets[FORMS][0], *sheets[EXAMPLE][2:]]
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(saved(tmp_path / "example.xlsx", {FORMS: rows}))
        lines = ledger.view().attainment("13052923P00584010933T")
    assert [line.measure for line in lines] == "sum ratio latest latest ratio".split()


@pytest.mark.parametrize(
    "words",
    [
        ("比率", "越低越好", "累计数"),
        (" 比率　", "ＬＯＷＥＲ", "Cumulative"),
        ("ratio", "lower", "cumulative"),
    ],
)
def test_what_the_lists_offer_is_read(tmp_path, words):
    """Words of either language, as an office types them, beside the keys."""
    file = tmp_path / "forms.xlsx"
    empty_forms(file, SETTINGS)
    sheets = contents(file)
    head, first = sheets[FORMS][0], sheets[EXAMPLE][2]
    row = dict(zip(head, first, strict=False))
    row |= dict(zip(("计量方式", "指标方向", "支出计划口径"), words, strict=True))
    row |= {"指标值": "10%", "分值": 90}
    filled = saved(tmp_path / "filled.xlsx", {FORMS: [head, [*row.values()]]})
    ((_, event),) = read(filled, SETTINGS).approvals
    (indicator,) = event.indicators
    assert (indicator.measure, indicator.direction) == (Measure.RATIO, Direction.LOWER)
    assert event.plan.reading is Reading.CUMULATIVE


def test_a_word_that_is_none_is_refused_with_those_that_are(tmp_path):
    """In Chinese by the words that the template names."""
    file = tmp_path / "forms.xlsx"
    empty_forms(file, SETTINGS)
    sheets = contents(file)
    head, first = sheets[FORMS][0], sheets[EXAMPLE][2]
    row = dict(zip(head, first, strict=False)) | {"计量方式": "总和"}
    filled = saved(tmp_path / "filled.xlsx", {FORMS: [head, [*row.values()]]})
    found = [
        str(one.content.said(Language.CHINESE))
        for one in read(filled, SETTINGS).findings
    ]
    assert any("累计、水平" in one for one in found)


def test_forms_have_notes_and_lists_of_what_can_be_chosen(tmp_path):
    """A note on each column, and lists of levels, measures, readings, directions."""
    file = tmp_path / "forms.xlsx"
    empty_forms(file, SETTINGS)
    with zipfile.ZipFile(file) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        notes = archive.read("xl/comments1.xml").decode()
    lists = re.findall(r"<formula1>\"(.*?)\"</formula1>", first)
    offers = {
        ",".join(one.said(Language.CHINESE) for one in offered(kind))
        for kind in (Measure, Reading, Direction)
    }
    assert offers <= set(lists)
    assert any("数量指标" in one for one in lists)
    assert "累计、水平、最新、比率、平均、最大、最小、最差月；" in notes
    assert any("满意度指标,成本指标" in one for one in lists)
    assert notes.count("<comment ref") == len(contents(file)[FORMS][0])
    assert 'state="frozen"' in first


# Events of a month


def test_an_unfilled_template_asks_for_nothing(month, tmp_path):
    """Neither as a workbook nor as CSV; the prefilled cells are no results."""
    table_ = tmp_path / "march.csv"
    month_template(table_)
    assert list(bulk.read(month, SETTINGS)) == []
    assert list(bulk.read(table_, SETTINGS)) == []


def test_results_are_prefilled_and_dated_the_end_of_the_month(month):
    """A row for each indicator, in the order given."""
    _, *rows = contents(month)[RESULTS]
    assert [row[:7] for row in rows] == [
        ["P-1", "=1+1", TRAINED, "≥10次", "累计", "", date(2023, 3, 31)],
        ["P-1", "=1+1", CONTENT, "≥98%", "比率", "", date(2023, 3, 31)],
        ["P-1", "=1+1", DONE, "11月底前", "最新", "", date(2023, 3, 31)],
    ]
    assert [row[0] for row in contents(month)[sheet_of("projects")][1:]] == [
        "P-1",
        "P-2",
    ]


def test_what_was_filled_in_is_read_with_its_place(filled):
    """Numbers, rates, dates and payments, by sheet and row; other rows are left out."""
    file = filled(
        [
            (1, {"value": 0.1, "evidence": "档案/1.pdf"}),
            (2, {"numerator": 118, "denominator": 120, "note": "问卷"}),
            (3, {"note": "尚未完成"}),
        ],
        [
            (1, {"project": "P-1", "on": date(2023, 3, 20), "voucher": "0311"}),
            (1, {"amount": 48600.1, "payee": "县中医院"}),
            (4, {"project": "P-2", "on": "2023-03-21", "voucher": 7, "amount": "5"}),
        ],
    )
    first, second, third, fourth = bulk.read(file, SETTINGS)
    assert [r.place for r in (first, second, third, fourth)] == [
        f"{RESULTS}!2",
        f"{RESULTS}!3",
        f"{DISBURSEMENTS}!2",
        f"{DISBURSEMENTS}!5",
    ]
    assert first.event.value == Decimal("0.1")
    assert first.event.evidence.uri == "档案/1.pdf"
    assert (second.event.numerator, second.event.denominator) == (118, 120)
    assert (second.event.on, second.event.note) == (date(2023, 3, 31), "问卷")
    assert (third.event.on, third.event.amount) == (date(2023, 3, 20), 4_860_010)
    assert (third.event.voucher, third.event.source) == ("0311", "")
    assert (fourth.event.on, fourth.event.voucher) == (date(2023, 3, 21), "7")


@pytest.mark.parametrize(
    ("cells", "name", "value"),
    [
        ({"reached_on": date(2023, 3, 2)}, "reached_on", date(2023, 3, 2)),
        ({"reached_on": "2023-03-02"}, "reached_on", date(2023, 3, 2)),
        ({"rating": "partly", "share": 0.7}, "share", Decimal("0.7")),
        ({"text": "三次"}, "text", "三次"),
        ({"value": 0}, "value", 0),
    ],
)
def test_each_kind_of_result_can_be_filled_in(filled, cells, name, value):
    """Zero is a figure, and a date may be a date or text."""
    (request,) = bulk.read(filled([(3, cells)]), SETTINGS)
    assert getattr(request.event, name) == value
    assert request.event.indicator == DONE


def test_a_filled_template_is_recorded(filled):
    """As any bulk file: all of it or nothing, bad rows listed by sheet and row."""
    pay = {"project": "P-1", "on": date(2023, 3, 20), "voucher": "1", "amount": 48.6}
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator(TRAINED),)))
        bad = filled(
            [(1, {"value": "3米"})], [(1, pay), (2, {**pay, "on": date(2023, 3, 21)})]
        )
        with pytest.raises(InvalidBatch) as caught:
            ledger.record(bad)
        assert [str(p).split(":")[0] for p in caught.value.problems] == [
            f"{RESULTS}!2",
            f"{DISBURSEMENTS}!3",
        ]
        assert ledger.position == 1
        done = ledger.record(filled([(1, {"value": 3})], [(1, pay)], "good.dat"))
        assert done.new == 2


def test_its_keys_let_a_template_be_recorded_again(month, tmp_path):
    """What is recorded already stays; what was filled in since is added."""
    sheets = contents(month)
    both = (indicator(TRAINED), indicator(DONE))
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=both))
        named(sheets[RESULTS], 1, value=3)
        ledger.record(saved(tmp_path / "first.xlsx", sheets))
        named(sheets[RESULTS], 3, value=4)
        done = ledger.record(saved(tmp_path / "second.xlsx", sheets))
        assert (done.new, done.already) == (1, 1)


def test_a_row_half_filled_in_is_a_problem(filled):
    """A payment without its amount, a share without a rating: never left out."""
    half = {"project": "P-1", "on": date(2023, 3, 20), "voucher": "1"}
    sum_below = {"amount": 3}
    problems = list(bulk.read(filled((), [(1, half), (3, sum_below)]), SETTINGS))
    assert [type(p) for p in problems] == [Problem, Problem]
    assert [p.place for p in problems] == [f"{DISBURSEMENTS}!2", f"{DISBURSEMENTS}!4"]
    assert "amount" in str(problems[0].message)


def test_a_cell_beside_the_columns_is_a_problem(month, tmp_path):
    """What stands under no name is not left out in silence."""
    sheets = contents(month)
    sheets[RESULTS][1].append("3")
    sheets[RESULTS][0].append("")
    (problem,) = bulk.read(saved(tmp_path / "f.xlsx", sheets), SETTINGS)
    column = column_name(len(sheets[RESULTS][1]) - 1)
    assert f"{RESULTS}!{column}2" in str(problem.message)


def test_a_template_as_csv_is_filled_in_too(tmp_path):
    """Results beside payments that were added below; other rows are left out."""
    file = tmp_path / "march.CSV"
    month_template(file)
    head, *rows = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    assert [row[head.index("指标")] for row in rows] == [TRAINED, CONTENT, DONE]
    rows[0][head.index("完成值")] = "3"
    pay = {"事项类型": "支出", "项目编码": "P-1", "项目名称": "不读"}
    pay |= {"日期": "2023-03-20", "凭证号": "1", "金额（元）": "48.60"}
    rows.append([pay.get(name, "") for name in head])
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    result, payment = bulk.read(file, SETTINGS)
    assert (result.event.value, result.event.on) == (3, date(2023, 3, 31))
    assert (str(result.place), str(payment.place)) == ("line 2", "line 5")
    assert payment.event.amount == 4_860


def test_a_row_of_csv_without_a_figure_is_a_problem_elsewhere(tmp_path):
    """Only templates have rows that wait to be filled in."""
    file = tmp_path / "events.csv"
    file.write_text(
        f"type,project,on,indicator\nResultReported,P-1,2023-03-31,{DONE}\n"
    )
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator(DONE),)))
        with pytest.raises(InvalidBatch, match="line 2"):
            ledger.record(file)


def test_events_as_a_table_in_a_workbook_are_read(tmp_path):
    """A sheet with a column `type` is CSV in another coat."""
    file = tmp_path / "events.xlsx"
    head = ["type", "project", "on", "indicator", "target"]
    row = ["TargetRevised", "P-1", date(2023, 4, 1), TRAINED, "≥12次"]
    (request,) = bulk.read(saved(file, {"a": [head, row]}), SETTINGS)
    assert request.event.target.text == "≥12次"
    assert request.place == "a!2"


@pytest.mark.parametrize(("day", "told"), [(20, False), (None, True)])
def test_a_fact_of_another_month_than_its_workbook_is_asked_about(filled, day, told):
    """A clerk copies last month's rows; what has no key is of no month."""
    on = date(2023, 2, 20) if day is None else date(2023, 3, day)
    pay = {"project": "P-1", "on": on, "voucher": "1", "amount": 48.6}
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval())
        review = ledger.review_record(filled((), [(1, pay)]))
        assert len(review.events) == 1
        codes = [finding.code for finding in review.findings]
        assert codes == ["lines.other_month"] * told
        keyless = ledger.review_record(filled((), [(1, {**pay, "key": ""})], "k.xlsx"))
        assert not keyless.findings
