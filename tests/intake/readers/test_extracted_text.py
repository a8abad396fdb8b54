"""The text of published forms: every cell of the real document, and broken ones."""

import json
from pathlib import Path

import pytest

from ledger import InvalidInput, Ledger
from ledger.errors import ImportRefused
from ledger.intake.readers import file_kinds as files

DATA = Path(__file__).parents[2] / "data"
TEXT = DATA / "julu-2023.txt"
TRUTH = json.loads((DATA / "julu-2023.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def source():
    """Read the real text once."""
    return files.read(TEXT)


@pytest.mark.parametrize("number", range(19))
def test_every_field_of_every_real_form_is_read(source, number):
    """Levels, names, descriptions, targets, bases, money, plans, goals, purposes."""
    found, truth = source.content["projects"][number], TRUTH["projects"][number]
    assert {name: found[name] for name in truth} == truth


def test_the_real_text_has_no_other_forms_and_no_doubtful_cell(source):
    """Nothing is said of the real document's cells: all of them are certain."""
    projects = source.content["projects"]
    assert (len(projects), sum(len(p["indicators"]) for p in projects)) == (19, 133)
    assert source.findings == []
    assert source.content["document"] == {"fiscal_year": 2023, "money_unit": "万元"}


def test_part_one_is_read_with_its_quantities(source):
    """The unit's three goals, their indicators, and the numbers that they name."""
    department = source.content["department"]
    goals = department["goals"]
    assert department["overall_goal"] == TRUTH["department"]["overall_goal"]
    for found, truth in zip(goals, TRUTH["department"]["goals"], strict=True):
        assert {name: found[name] for name in truth} == truth
    quantities = [q for goal in goals for each in goal["quantities"] for q in each]
    assert quantities == ["10次", "300人以上", "60起", "90%以上", "60起", "90%"]


def test_the_text_gives_the_same_events_as_the_json():
    """Whatever a form was read from, the approval is the same, event for event."""
    truth = json.loads(json.dumps(TRUTH))
    for project in truth["projects"]:
        project["plan_header"] = "资金支出计划（%）"
    recorded = []
    for given in (TEXT, truth):
        with Ledger.open(":memory:", actor="a") as ledger:
            ledger.import_forms(given)
            recorded.append([each.event for each in ledger.events()])
    assert recorded[0] == recorded[1]


def test_findings_name_the_line_of_the_form():
    """A reader of the findings can look the place up in the text."""
    with Ledger.open(":memory:", actor="a") as ledger:
        found = ledger.import_forms(TEXT)
    places = [f.place for f in found if f.code == "plan.header_percent"]
    assert f"{TEXT}:104 › form 1 (13052923P00584010949C)" in places
    lines = TEXT.read_text("utf-8").split("\n")
    assert lines[103].strip().startswith("1.办公楼")


def test_a_text_in_gb18030_is_read_and_said(tmp_path):
    """Text saved on an office computer is often in the national encoding."""
    file = tmp_path / "gbk.txt"
    file.write_bytes(TEXT.read_text("utf-8").encode("gb18030"))
    found = files.read(file)
    assert [f.code for _, f in found.findings] == ["text.encoding"]
    assert (
        found.content["projects"][0]["project_name"]
        == (TRUTH["projects"][0]["project_name"])
    )


def test_page_breaks_of_an_extractor_with_form_feeds_are_page_breaks(tmp_path):
    """Some extractors write a form feed where others write nothing."""
    lines = TEXT.read_text("utf-8").split("\n")
    marked = ["\f" + line[1:] if line.startswith(" ") else line for line in lines]
    file = tmp_path / "feeds.txt"
    file.write_text("\n".join(marked), "utf-8")
    found, truth = files.read(file), files.read(TEXT)
    assert found.content["projects"] == truth.content["projects"]
    assert found.places == truth.places


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        ("没有表格的文字\n第二行\n".encode(), "forms of performance targets"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "saved as .xlsx"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"{\\rtf1 ...", "rich-text"),
        (b"\x00\x01\x02\xff\xfe\x00", "text"),
        (b"[1, 2]", "a list"),
        (b'{"projects": ', "JSON"),
    ],
)
def test_what_is_no_file_of_forms_is_refused(tmp_path, content, message):
    """The message says what it is, and what would be right."""
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=message) as raised:
        files.read(file)
    assert str(file) in str(raised.value)


def test_half_a_form_is_an_error_and_nothing_is_recorded(tmp_path):
    """A text cut off in a form's head lacks what an approval needs."""
    text = TEXT.read_text("utf-8")
    cut = text.index("资金支出计", text.index(" 2.补足"))
    file = tmp_path / "half.txt"
    file.write_text(text[:cut], "utf-8")
    with Ledger.open(":memory:", actor="a") as ledger:
        with pytest.raises(ImportRefused) as raised:
            ledger.import_forms(file)
        assert ledger.position == 0
    assert "13052923P00584010948Q" in str(raised.value)


def test_a_text_cut_off_in_its_table_is_said(tmp_path):
    """The indicators that are there are read; a broken last one is an error."""
    text = TEXT.read_text("utf-8")
    cut = text.index("成本指标", text.index(" 1.办公楼"))
    file = tmp_path / "cut.txt"
    file.write_text(text[: cut + len("成本指标\n更换空气源")], "utf-8")
    form = files.read(file).content["projects"][0]
    assert [row["level3"] for row in form["indicators"]] == [
        "空气源热泵数量",
        "更换空气源",
    ]


def test_a_broken_code_whose_check_character_is_wrong_is_said(tmp_path):
    """The check character tells whether the lines were joined right."""
    text = TEXT.read_text("utf-8").replace(
        "13052923P00584010949\nC", "13052923P00584010949\nD"
    )
    file = tmp_path / "code.txt"
    file.write_text(text, "utf-8")
    found = files.read(file).findings
    assert [(path, f.code) for path, f in found] == [("projects/0", "text.code_broken")]
    assert found[0][1].expected == "13052923P00584010949C"
