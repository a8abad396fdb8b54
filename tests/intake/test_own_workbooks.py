"""Workbooks that this program wrote: what they are, and what to read instead."""

import openpyxl
import pytest

from ledger import InvalidInput, Language, Ledger, Settings
from support import approval

pytestmark = pytest.mark.usefixtures("in_this_process")

REPORTS = ["monthly", "contracts", "monitoring", "self-evaluation", "portfolio"]


@pytest.fixture(params=Language)
def ledger(request, path):
    """Open a ledger with a project, in each language."""
    settings = Settings(language=request.param)
    with Ledger.open(path, actor="a", settings=settings) as opened:
        opened.append(approval())
        yield opened


@pytest.fixture(params=REPORTS)
def workbook(request, ledger, tmp_path):
    """Return the path of a report of a kind."""
    monthly = ledger.monthly_report(2023, 6)
    made = {
        "monthly": monthly,
        "contracts": ledger.contracts(through="2023-06-30"),
        "monitoring": ledger.monitoring(2023, 6),
        "self-evaluation": ledger.self_evaluation(2023),
        "portfolio": monthly.portfolio(),
    }
    path = tmp_path / "report.xlsx"
    made[request.param].write(path)
    return path


def filled_form(workbook):
    """Return whether a workbook holds official forms, which `record` takes back."""
    return bool({"核对", "Check"} & {*openpyxl.load_workbook(workbook).sheetnames})


def test_a_report_is_no_file_of_forms_and_none_of_events(ledger, workbook):
    """Whatever its sheets are called, and wherever its root stands."""
    for read in (ledger.import_forms, ledger.record):
        if read == ledger.record and filled_form(workbook):
            assert read(workbook).new == 0
            continue
        with pytest.raises(InvalidInput) as refused:
            read(workbook)
        assert refused.value.found.code == "found.own_report"
    assert len([*ledger.events()]) == 1


def test_an_empty_template_says_what_is_to_be_filled_in(ledger, tmp_path):
    """To `import`; to `record` it is a workbook of forms, filled in or not."""
    ledger.forms_template(tmp_path / "forms.xlsx")
    with pytest.raises(InvalidInput) as refused:
        ledger.import_forms(tmp_path / "forms.xlsx")
    assert refused.value.found.code == "found.empty_template"
    with pytest.raises(InvalidInput) as refused:
        ledger.record(tmp_path / "forms.xlsx")
    assert refused.value.found.code == "found.workbook_of_forms"


@pytest.fixture
def forms(tmp_path):
    """Make a template of forms, and return what changes cells of its first sheet."""
    path = tmp_path / "forms.xlsx"
    with Ledger.open(":memory:", actor="a") as opened:
        opened.forms_template(path)

    def changed(heads=None, **values):
        book = openpyxl.load_workbook(path)
        first = book.worksheets[0]
        columns = {cell.value.split("（")[0]: cell.column for cell in first[1]}
        row = {"年度": 2023, "项目编码": "P", "项目名称": "项目", "单位编码": "301"}
        row |= {"预算数": 10, "一级指标": "产出指标", "三级指标": "次数"}
        row |= {"指标值": "≥3次"} | values
        for head, value in row.items():
            first.cell(2, columns[head], value)
        for head, other in (heads or {}).items():
            first.cell(1, columns[head], other)
        book.save(path)
        return path

    return changed


@pytest.mark.parametrize("head", ["三级指标", "项目编码", "指标值"])
def test_a_head_that_was_renamed_is_named(ledger, forms, head):
    """And so is what stands there now: no other field is blamed."""
    with pytest.raises(InvalidInput) as refused:
        ledger.import_forms(forms({head: "别的"}))
    said = refused.value.text("zh")
    assert all(part in said for part in ("!1", "别的", head))
    assert "年度" not in said


def test_what_is_not_filled_in_is_placed(ledger, forms):
    """A code that no row has, and a year that is none."""
    with pytest.raises(InvalidInput) as refused:
        ledger.import_forms(forms(项目编码=None))
    assert "!B2" in refused.value.text("zh")
    assert "projects" not in refused.value.text("zh")


def test_a_year_that_is_none_is_placed(ledger, forms):
    """In its cell."""
    with pytest.raises(InvalidInput) as refused:
        ledger.import_forms(forms(年度="二〇二三"))
    assert "!A2" in refused.value.text("zh")


def test_nothing_is_said_to_have_been_found_where_nothing_was(ledger, forms):
    """`None` is no word."""
    review = ledger.review_forms(forms(项目名称=None))
    assert "None" not in review.render("text", language="zh")
    assert "没有填写" in review.render("text", language="zh")
