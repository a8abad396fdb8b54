"""Tables of Word documents: as they are printed, and never a cell in silence."""

import time

import pytest

from ledger import InvalidInput, Settings, Severity
from ledger.intake import interchange
from ledger.intake.readers import file_kinds
from ledger.intake.readers.file_kinds import tables
from support_published import CODE, SMALL, said, taken
from support_word import cell, line, plain, row, saved, table

pytestmark = pytest.mark.usefixtures("in_this_process")


def read(tmp_path, *parts):
    """Return the tables of a document of paragraphs and tables."""
    return tables(saved(tmp_path / "form.docx", *parts))


def texts(tmp_path, *parts):
    """Return the rows of the only table."""
    (grid,) = read(tmp_path, *parts)
    return grid.rows


def test_merged_cells_stand_where_they_begin(tmp_path):
    """Across, and down over rows that only go on."""
    wide, begins, goes_on = (
        '<w:gridSpan w:val="2"/>',
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
    )
    (grid,) = read(
        tmp_path,
        table(
            row(cell(line("A"), begins), cell(line("B"), wide)),
            row(cell(line("old"), goes_on), cell(line("c")), cell(line("d"))),
            row(cell(line(""), goes_on), cell(line("e")), cell(line("f"))),
            row(
                '<w:trPr><w:gridBefore w:val="1"/></w:trPr>',
                cell(line("g")),
                cell(line("h")),
            ),
        ),
    )
    assert grid.rows == [
        ["A", "B", ""],
        ["", "c", "d"],
        ["", "e", "f"],
        ["", "g", "h"],
    ]
    assert grid.merged == {(0, 0): (2, 0), (0, 1): (0, 2)}


TWICE = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice>"
    "<mc:Fallback><w:t>框</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:p><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>", "一\n二"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>", "a b"),
        ("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>", "新"),
        ("<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", ""),
        ("<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>", ""),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>栏</w:t></w:r></w:p></w:sdtContent></w:sdt>", "栏"),
        ("<w:p><w:hyperlink><w:r><w:t>网</w:t></w:r></w:hyperlink></w:p>", "网"),
        ('<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>98%</w:t></w:r></w:p>', "≥98%"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>', "√"),
        ('<w:p><w:r><w:sym w:font="Arial" w:char="2265"/></w:r></w:p>', "≥"),
        ('<w:p><w:r><w:sym w:font="Symbol" w:char="zz"/></w:r></w:p>', "\ufffd"),
        (
            TWICE,
            "框",
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>≥1</w:t></w:r></w:p>", "≥1"),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>9</w:t></w:r></w:p>', "9"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>x</w:t></w:r></w:p>", "x"),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell_is_read_as_it_is_printed(tmp_path, inner, text):
    """Fields, links, signs and tracked changes as when they are accepted."""
    rows = texts(tmp_path, table(row(cell(inner), cell(line("end")))))
    assert rows == [[text, "end"]]


def test_lines_above_belong_to_the_table_below(tmp_path):
    """A title and a year; each table has its own."""
    first, second = read(
        tmp_path, line("标题"), line(" "), plain([["a"]]), line("二"), plain([["b"]])
    )
    assert (first.rows, second.rows) == ([["标题"], ["a"]], [["二"], ["b"]])
    assert str(second.place(1, 0)) == "table 2, row 1"
    assert str(second.place(0, 0)) == "above table 2"


def test_a_table_that_goes_on_is_one(tmp_path):
    """Behind a page, where no line stands between them."""
    (grid,) = read(tmp_path, plain([["a", "b"]]), line(""), plain([["c", "d"]]))
    assert grid.rows == [["a", "b"], ["c", "d"]]
    assert str(grid.place(1)) == "table 2, row 1"
    assert len(read(tmp_path, plain([["a", "b"]]), plain([["c"]]))) == 2


@pytest.mark.parametrize("between", ["续表", "（续表1）", "— 2 —", "第 2 页", "3"])
def test_a_line_that_a_page_leaves_ends_no_table(tmp_path, between):
    """A number of a page or 续表 is no title; another line is."""
    (grid,) = read(tmp_path, plain([["a", "b"]]), line(between), plain([["c", "d"]]))
    assert grid.rows == [["a", "b"], ["c", "d"]]
    assert len(read(tmp_path, plain([["a"]]), line("表二"), plain([["b"]]))) == 2


def test_old_merged_cells_have_no_text_of_their_own(tmp_path):
    """What a merged cell covers stays in the file."""
    begins, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    (grid,) = read(
        tmp_path,
        table(
            row(cell(line("A"), begins), cell(line("old"), goes_on), cell(line("B"))),
            row(cell(line("c")), cell(line("d")), cell(line("e"))),
        ),
    )
    assert grid.rows == [["A", "", "B"], ["c", "d", "e"]]
    assert grid.merged == {(0, 0): (0, 1)}


def test_rows_of_a_form_that_stand_under_no_head_are_an_error(tmp_path):
    """Below a title of their own, or on another sheet: never left out in silence."""
    path = saved(
        tmp_path / "form.docx", plain(SMALL[:6]), line("其余指标"), plain(SMALL[6:])
    )
    told = interchange.read(
        [file_kinds.read(path)], Settings(), codes={"": CODE}, unit="101"
    )
    (error,) = [one for one in told.findings if one.code == "workbook.rows_unread"]
    assert error.severity is Severity.ERROR
    assert "table 2, row 1" in error.place
    assert error.found == "效益指标"
    path = saved(tmp_path / "form.docx", plain(SMALL), line("x"), plain([["填表说明"]]))
    told = interchange.read(
        [file_kinds.read(path)], Settings(), codes={"": CODE}, unit="101"
    )
    (note,) = [one for one in told.findings if one.code == "workbook.sheet_unread"]
    assert (note.found, note.severity) == ("x", Severity.NOTE)


def test_a_table_in_a_cell_is_one_of_its_own(tmp_path):
    """A form within a frame is found."""
    inner = plain([["x", "y"]])
    outer, own = read(tmp_path, table(row(cell(line("frame") + inner + line("")))))
    assert (outer.rows, own.rows) == ([["frame"]], [["x", "y"]])


def test_a_form_in_two_tables_is_read_whole(ledger, tmp_path):
    """As pages break it."""
    saved(tmp_path / "form.docx", plain(SMALL[:6]), line(""), plain(SMALL[6:]))
    ledger.import_forms(tmp_path / "form.docx", codes={"": CODE}, unit="101")
    (approval,) = (recorded.event for recorded in ledger.events())
    assert [one.name for one in approval.indicators] == [row[2] for row in SMALL[5:]]


def test_what_is_wrong_is_named_by_table_and_row(tmp_path):
    """As sheets name their cells."""
    wrong = [[*cells] for cells in SMALL]
    wrong[4].append("颜色")
    wrong[5].append("红")
    told = taken(tmp_path, wrong, kind="docx")
    assert not told.approvals
    assert "› table 1, row 6" in said(told, "published.head_unknown")


WIDE = '<w:gridSpan w:val="16000"/>'
DEEP = "<w:tbl><w:tr><w:tc>" * 6


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([DEEP + line("x") + "</w:tc></w:tr></w:tbl>" * 6], "tables within tables"),
        ([line("x")], "without tables"),
        (["<w:tbl>" * 200], "nested|deep"),
        ([table(row(cell(line("x"), '<w:gridSpan w:val="99999999999"/>')))], "columns"),
        ([table(row(cell(line("x" * 40_000))))], "more than 32767"),
        ([table(row(*[cell(line("x"))] * 17_000))] * 1, None),
        ([table(*[row(cell(line("x"), WIDE))] * 70)], "so far out"),
        (["</w:tc></w:tr>"], "broken file"),
    ],
)
def test_a_hostile_document_is_refused_at_once(tmp_path, parts, problem):
    """Tables without end or bottom, broken XML: never a traceback."""
    began = time.perf_counter()
    path = saved(tmp_path / "form.docx", *parts)
    if problem is None:
        assert len(tables(path)) == 1
    else:
        with pytest.raises(InvalidInput, match=problem):
            tables(path)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "parts",
    [
        ["<w:tc/>"],
        ["<w:tbl><w:tc><w:p/></w:tc></w:tbl>"],
        ["<w:tr><w:tc/></w:tr>"],
        ["<w:tbl><w:t>x</w:t></w:tbl>"],
        ["<w:gridSpan/>"],
        ["<w:tab/><w:vMerge/>"],
    ],
)
def test_cells_that_stand_nowhere_are_passed_over(tmp_path, parts):
    """No program writes them; the table beside them is read."""
    grids = read(tmp_path, *parts, plain([["a", "b"]]))
    assert grids[-1].rows[-1] == ["a", "b"]
