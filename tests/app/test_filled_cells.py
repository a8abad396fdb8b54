"""Each cell of a filled form, in each layout; and what is shown before it is taken."""

import pytest
from click.testing import CliRunner

from ledger.cli import main
from ledger.domain.variance import VarianceCategory
from ledger.layouts.shipped import LAYOUTS
from support_filled_forms import NAMES, RESULT, cell_of, printed, with_forms

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def recorded(ledger):
    """Return a ledger with a project whose indicators are of each kind, and a unit."""
    return with_forms(ledger)


def test_a_form_is_looked_at_before_it_is_recorded(recorded, tmp_path):
    """What each cell becomes, and what cannot be taken; nothing is recorded."""
    path = tmp_path / "form.xlsx"
    book = printed(recorded, path, "m")
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    changed = cell_of(sheet, NAMES[0], RESULT)
    changed.value = 7
    book.save(path)
    before = recorded.position
    review = recorded.review_record(path)
    assert [type(event).__name__ for event in review.events] == ["ResultReported"]
    (note,) = review.findings
    assert (note.code, note.found) == ("form.taken", "7")
    assert note.place.endswith(f"!{changed.coordinate}")
    cell_of(sheet, NAMES[0], "年度指标值").value = "≥1次"
    book.save(path)
    review = recorded.review_record(path)
    assert [finding.code for finding in review.findings] == [
        "form.invalid",
        "form.taken",
    ]
    assert not review.events
    assert recorded.position == before


def test_a_form_is_looked_at_on_the_command_line(recorded, tmp_path):
    """Exit code 1 where it would be refused."""
    copy = tmp_path / "copy.ledger"
    recorded.backup(copy)
    path = tmp_path / "form.xlsx"
    book = printed(recorded, path, "m")
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    cell_of(sheet, NAMES[0], "年度指标值").value = "≥1次"
    book.save(path)
    args = ["--lang", "en", "record", str(copy), str(path), "--check"]
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 1
    assert "≥10次, as printed" in done.output


ANSWERS = {
    "m": [
        ("result", NAMES[0], {"result": 7}, "ResultReported"),
        ("result", NAMES[1], {"result": "170/200"}, "ResultReported"),
        ("result", NAMES[2], {"result": "2023年5月20日"}, "ResultReported"),
        ("result", NAMES[3], {"result": "建立了三项制度"}, "ResultReported"),
        ("result", NAMES[4], {"result": "6.4万人"}, "ResultReported"),
        ("forecast", NAMES[0], {"forecast": 12, "possible": "√"}, "OutlookStated"),
        ("forecast", NAMES[3], {"forecast": "好", "certain": "√"}, "OutlookStated"),
        ("remark", NAMES[4], {"remark": "抓紧", "impossible": "√"}, "OutlookStated"),
        *(
            (tick, NAMES[0], {tick: "√", "text": "原因"}, "VarianceExplained")
            for tick in ("funding", "institutional", "staffing", "facilities", "other")
        ),
    ],
    "e": [
        ("result", NAMES[0], {"result": 7}, "ResultReported"),
        ("score", NAMES[0], {"score": 2}, "ScoreReported"),
        ("why", NAMES[0], {"why": "原因"}, "VarianceExplained"),
        ("why", NAMES[4], {"why": "第一行\n第二行"}, "VarianceExplained"),
    ],
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.long] * (name != "national"))
        for name in LAYOUTS
    ],
)
@pytest.mark.parametrize("form", ["m", "e"])
def test_each_cell_that_is_changed_is_one_fact(recorded, tmp_path, name, form):
    """Of each layout; printed again the form shows what was written."""
    path = tmp_path / "form.xlsx"
    kind = "monitoring" if form == "m" else "self_evaluation"
    keys = [column.key for column in getattr(LAYOUTS[name], kind).columns]

    def form_of(book):
        return next(one for one in book.worksheets if one.title.startswith("2 "))

    def row_of(sheet, indicator):
        column = keys.index("level3") + 1
        cells = (sheet.cell(row, column) for row in range(1, sheet.max_row + 1))
        return next(cell.row for cell in cells if cell.value == indicator)

    for key, of, values, fact in ANSWERS[form]:
        if key not in keys:
            continue
        path.unlink(missing_ok=True)
        book = printed(recorded, path, form, layout=name)
        sheet = form_of(book)
        row = row_of(sheet, of)
        for column, value in values.items():
            sheet.cell(row, keys.index(column) + 1).value = value
        for tick in {"certain", "possible", "impossible"} - values.keys():
            if {"certain", "possible", "impossible"} & values.keys():
                sheet.cell(row, keys.index(tick) + 1).value = None
        for tick in {member.value for member in VarianceCategory} - values.keys():
            if form == "m" and "text" in values:
                sheet.cell(row, keys.index(tick) + 1).value = None
        book.save(path)
        before = recorded.position
        assert recorded.record(path).new == 1, (key, of)
        (event,) = [one for one in recorded.events() if one.position > before]
        assert type(event.event).__name__ == fact
        assert recorded.record(path).new == 0
        path.unlink()
        sheet = form_of(printed(recorded, path, form, layout=name))
        shown = {
            column: sheet.cell(row_of(sheet, of), keys.index(column) + 1).value
            for column in values
        }
        assert len(shown) == len(values)
        assert None not in shown.values()
        path.unlink()
        printed(recorded, path, form, layout=name)
        done = recorded.record(path)
        assert (done.new, done.already) == (0, 0)
