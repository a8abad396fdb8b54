"""What a person says became of a goal, and where it is printed."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from ledger import InvalidInput
from ledger.domain.budget import LONGEST_TEXT
from ledger.events import FormRevised, GoalAssessed
from support import PROJECT, approval, indicator

END = date(2023, 12, 31)
YEAR = {"on": END, "about": 2023}


@pytest.fixture
def year(ledger):
    """Approve a project of two goals, and set objectives of a unit."""
    goals = ("开展培训。", "提高满意率。")
    ledger.append(approval(goals=goals, indicators=(indicator(),)))
    ledger.set_objectives(
        "U-1", "unit", [], fiscal_year=2023, on="2023-01-01", overall_goal="做好"
    )
    return ledger


def texts(ledger, kind="projects"):
    """Return what the self-evaluation says became of each goal."""
    (one,) = ledger.self_evaluation(2023).to_dict()[kind]
    return [goal["text"] for goal in one["achieved"]]


def asked(ledger):
    """Return the places of goals of which nobody said anything, by number."""
    found = ledger.self_evaluation(2023).missing
    return [
        (f.place, f.content.values["number"])
        for f in found
        if f.code == "goal.unassessed"
    ]


def test_each_goal_is_answered_by_its_words_or_its_number(year):
    """The form prints them in its own order; a blank cell is asked for."""
    assert texts(year) == [None, None]
    assert asked(year) == [("U-1", 1), (PROJECT, 1), (PROJECT, 2)]
    year.assess_goal(PROJECT, "提高满意率", "attained", "满意率98%", **YEAR)
    year.assess_goal(PROJECT, 1, "partly", "培训9次", **YEAR)
    assert texts(year) == ["培训9次", "满意率98%"]
    year.assess_goal(None, "做好", "已完成", "都做好了", unit="U-1", **YEAR)
    assert texts(year, "units") == ["都做好了"]
    assert asked(year) == []
    made = year.self_evaluation(2023).render("xlsx")
    cells = [
        cell.value
        for sheet in load_workbook(io.BytesIO(made))
        for row in sheet
        for cell in row
    ]
    assert "培训9次\n满意率98%" in cells
    assert year.verify().ok


def test_a_number_means_the_goal_of_its_day(year):
    """Where the form has other goals later, what was said of one stays its own."""
    june = date(2023, 6, 30)
    year.assess_goal(PROJECT, 1, "attained", "第一条", on=june, about=2023)
    year.revise_form(PROJECT, on=date(2023, 7, 1), goals=["新的目标", "开展培训。"])
    assert texts(year) == [None, "第一条"]


def test_the_last_one_about_the_year_holds(year):
    """One about a month is none of the year."""
    year.assess_goal(PROJECT, 1, "partly", "六月", on=date(2023, 6, 30))
    assert texts(year) == [None, None]
    for text in ("一稿", "二稿"):
        year.assess_goal(PROJECT, 1, "partly", text, on="2024-01-09", about=2023)
    assert texts(year) == ["二稿", None]


@pytest.mark.parametrize("goal", ["别的", "3", "0", "开展"])
def test_what_is_no_goal_of_the_form_is_refused(year, goal):
    """By its words or its number; the goals that there are are named."""
    with pytest.raises(InvalidInput) as refused:
        year.assess_goal(PROJECT, goal, "partly", "x", **YEAR)
    assert refused.value.field == "goal"
    assert refused.value.found == goal
    assert "1 开展培训。, 2 提高满意率。" in str(refused.value)


def test_what_is_no_goal_of_a_unit_is_refused(year):
    """It has the one over all, and those of its objectives."""
    with pytest.raises(InvalidInput, match="1 做好"):
        year.assess_goal(None, 2, "partly", "x", unit="U-1", **YEAR)


def test_a_long_goal_is_shortened_where_goals_are_listed(ledger):
    """A form may have its goals in one long text."""
    ledger.append(approval(goals=("长" * 41,)))
    with pytest.raises(InvalidInput) as refused:
        ledger.assess_goal(PROJECT, 2, "partly", "x", **YEAR)
    assert f"1 {'长' * 40}…" in str(refused.value)


def test_a_form_without_goals_has_none_to_assess(ledger):
    """It is revised first, in the same append as well, whatever the order."""
    ledger.append(approval())
    assessed = GoalAssessed(
        project=PROJECT, **YEAR, goal="1", text="t", achieved="partly"
    )
    with pytest.raises(InvalidInput, match="revise it first"):
        ledger.append(assessed)
    march, goals = date(2023, 3, 1), ("开展培训。",)
    ledger.append(assessed, FormRevised(project=PROJECT, on=march, goals=goals))
    assert texts(ledger) == ["t"]


def test_a_goal_of_the_last_form_may_be_named_earlier(year):
    """A form that is revised from July on has its goals named in June as well."""
    year.revise_form(PROJECT, on=date(2023, 7, 1), goals=["新的目标"])
    year.assess_goal(PROJECT, "新的目标", "partly", "x", on=date(2023, 6, 30))
    with pytest.raises(InvalidInput, match=r"1 新的目标$"):
        year.assess_goal(PROJECT, 2, "partly", "x", **YEAR)


def test_a_corrected_form_has_its_goals_from_the_approval_on(year):
    """So what was said of a number before is of the corrected goal."""
    year.assess_goal(PROJECT, 1, "partly", "九次", **YEAR)
    year.revise_form(PROJECT, on=END, goals=["开展培训班。"], correction=True)
    assert texts(year) == ["九次"]


def test_a_form_without_goals_is_not_handed_in(ledger):
    """The cell 年度总体目标 is asked for in both forms, and filled by a revision."""
    ledger.append(approval())
    ledger.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")

    def without():
        forms = ledger.monitoring(2023, 6), ledger.self_evaluation(2023)
        return [
            [f.place for f in form.findings if f.code == "goal.missing"]
            for form in forms
        ]

    assert without() == [["U-1", PROJECT], ["U-1", PROJECT]]
    ledger.revise_form(PROJECT, on=date(2023, 7, 1), goals=["开展培训。"])
    assert without() == [["U-1", PROJECT], ["U-1"]]
    ledger.revise_form(PROJECT, on=END, goals=["开展培训。"], correction=True)
    assert without() == [["U-1"], ["U-1"]]


def test_goals_have_rows_for_data_frames(year):
    """Two figures of each, also where nobody said anything of it yet."""
    year.assess_goal(PROJECT, 2, "partly", "满意率95%", **YEAR)
    made = year.self_evaluation(2023)
    rows = [row for row in made.to_records("goals") if row["code"] == PROJECT]
    assert [(row["number"], row["figure"], row["value"]) for row in rows] == [
        (1, "achieved", None),
        (1, "text", None),
        (2, "achieved", "partly"),
        (2, "text", "满意率95%"),
    ]
    wide = made.to_records("goals", wide=True)
    assert wide[-1]["goal"] == "提高满意率。"
    assert (wide[-1]["achieved"], wide[-1]["text"]) == ("partly", "满意率95%")


@pytest.mark.parametrize("field", ["goal", "text"])
@pytest.mark.parametrize("text", ["", "  ", "长" * (LONGEST_TEXT + 1)])
def test_blank_words_are_refused(year, field, text):
    """A form with nothing in the cell says so better."""
    with pytest.raises(InvalidInput, match=field):
        year.assess_goal(
            PROJECT,
            **{"goal": "1", "text": "t", field: text},
            achieved="partly",
            **YEAR,
        )


def test_whether_it_was_achieved_is_one_of_three_words(year):
    """In either language."""
    with pytest.raises(InvalidInput, match="achieved"):
        year.assess_goal(PROJECT, 1, "yes", "t", **YEAR)
