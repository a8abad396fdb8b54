"""Words and codes of a user's own, by which forms are read."""

import pytest

from ledger import InvalidInput, Ledger
from ledger.errors import ImportRefused
from ledger.intake.readers.own_words import by_layout
from support_published import CODE, SMALL
from support_workbooks import as_csv, as_workbook

pytestmark = pytest.mark.usefixtures("in_this_process")

WORDS = """
[reading.columns]
target = ["管理口径"]
weight = ["计"]

[reading.beside]
other = ["颜色", "分值"]

[reading.labels]
project_name = ["事项"]

[reading.money]
total = ["额度"]

[reading.level1]
output = ["干什么"]

[reading.after]
ends = ["此致"]
"""
CELLS = [
    ["项目支出绩效目标表（2024年度）"],
    ["事项", "道路养护", "主管部门", "[101]某局"],
    ["额度", "10万元"],
    ["一级指标", "二级指标", "三级指标", "管理口径", "计", "颜色", "分值"],
    ["干什么", "数量指标", "养护里程", "≥12公里", "50", "红", "7"],
    ["效益指标", "社会效益指标", "通行时间", "≤30分钟", "40", "", ""],
    ["此致", "敬礼", "某局", "2024年", "", "", ""],
]


@pytest.fixture
def layout(tmp_path):
    """Write a layout with words for reading."""
    path = tmp_path / "own.toml"
    path.write_text(WORDS, "utf-8")
    return path


def saved(tmp_path, cells, kind="xlsx"):
    """Write cells as a workbook or a table of text."""
    path = tmp_path / f"form.{kind}"
    content = as_workbook(cells) if kind == "xlsx" else as_csv(cells).encode()
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_forms_are_read_by_own_words(tmp_path, layout, kind):
    """Heads, labels, money, headings and what follows; own words count first."""
    file = saved(tmp_path, CELLS, kind)
    with Ledger.open(":memory:", actor="a") as ledger:
        with pytest.raises((ImportRefused, InvalidInput)):
            ledger.import_forms(file, codes={"": CODE})
        findings = ledger.import_forms(file, codes={"": CODE}, layout=layout)
        (project,) = [stored.event for stored in ledger.events()]
    assert project.name == "道路养护"
    assert [(i.level1, i.target.text, i.weight) for i in project.indicators] == [
        ("产出指标", "≥12公里", 50),
        ("效益指标", "≤30分钟", 40),
    ]
    said = " ".join(map(str, findings))
    assert all(word in said for word in ("颜色", "敬礼"))


def test_own_words_are_forgotten_after_the_import(tmp_path, layout):
    """Another import of the same process does not know them."""
    file = saved(tmp_path, CELLS)
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(file, codes={"": CODE}, layout=layout)
        with pytest.raises((ImportRefused, InvalidInput)):
            ledger.review_forms(file, codes={"": CODE})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[labels]\n", "reading"),
        ("[reading]\n", "columns"),
        ("reading = 3\n", "reading"),
        ("[reading.colours]\n", "colours"),
        ("[reading]\ncolumns = 3\n", "columns"),
        ("[reading.columns]\ncolour = []\n", "colour"),
        ("[reading.columns]\ntarget = 3\n", "target"),
        ("[reading.columns]\ntarget = [3]\n", "target"),
        ('[reading.columns]\ntarget = [" "]\n', "target"),
        (f'[reading.columns]\ntarget = ["{"甲" * 61}"]\n', "60"),
        (f"[reading.columns]\ntarget = {['x'] * 501}\n", "501"),
        ('[reading.columns]\ntarget = ["甲"]\nweight = ["甲："]\n', "columns.target"),
        (
            '[reading.columns]\ntarget = ["甲"]\n[reading.beside]\nother = ["甲"]\n',
            "甲",
        ),
    ],
)
def test_a_layout_that_is_wrong_is_refused(tmp_path, text, told):
    """The key is named; of a word with two meanings neither is chosen."""
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with (
        pytest.raises(InvalidInput, match=r"own\.toml") as refused,
        by_layout(path),
    ):
        pass
    assert told in refused.value.text("en")


LISTS = {
    "heads": [
        ["序号", "项目编码", "项目名称"],
        ["1", CODE, "道路养护"],
        ["2", "B-2", "别的"],
    ],
    "bare": [["道路养护", CODE], ["别的", "B-2"]],
}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("listed", LISTS)
def test_codes_of_a_list(tmp_path, kind, listed):
    """It may have other projects too; a code that is given goes before it."""
    codes = tmp_path / f"codes.{kind}"
    content = as_workbook(LISTS[listed]) if kind == "xlsx" else as_csv(LISTS[listed])
    codes.write_bytes(content if kind == "xlsx" else content.encode())
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(saved(tmp_path, SMALL), code_list=codes)
        assert [s.event.project for s in ledger.events()] == [CODE]
    with Ledger.open(":memory:", actor="a") as ledger:
        given = {"道路养护": "A-9"}
        ledger.import_forms(saved(tmp_path, SMALL), code_list=codes, codes=given)
        assert [s.event.project for s in ledger.events()] == ["A-9"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("道路养护,A-1\n道路养护,A-2\n", "A-1"),
        ("道路养护,,\n桥,B-1,\n", "codes.csv"),
        ("\n", "codes.csv"),
        ("道路养护\n", "codes.csv"),
    ],
)
def test_a_list_of_codes_that_is_wrong_is_refused(tmp_path, lines, told):
    """A name with two codes, a code that is none, and no list at all."""
    codes = tmp_path / "codes.csv"
    codes.write_text(lines, "utf-8")
    with (
        Ledger.open(":memory:", actor="a") as ledger,
        pytest.raises(InvalidInput, match=told),
    ):
        ledger.import_forms(saved(tmp_path, SMALL), code_list=codes)
