"""What a person concludes of a year, and where it is printed."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from ledger import InvalidInput
from ledger.domain.budget import LONGEST_TEXT
from support import PROJECT, approval, indicator

END = date(2023, 12, 31)


@pytest.fixture
def year(ledger):
    """Approve a project, and set objectives of a unit."""
    ledger.append(approval(indicators=(indicator(),)))
    ledger.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")
    return ledger


def concluded(ledger, kind="projects"):
    """Return what the self-evaluation in JSON concludes."""
    (one,) = ledger.self_evaluation(2023).to_dict()[kind]
    return one["conclusion"]


def test_the_form_prints_what_a_person_concludes(year):
    """In the cells that the form of Sichuan has for it, blank until then."""
    assert concluded(year) is None
    year.state_conclusion(
        PROJECT, "好", on=END, about=2023, problems="偏晚", measures="提前"
    )
    made = year.self_evaluation(2023).render("xlsx", layout="sichuan")
    cells = [
        str(cell.value)
        for sheet in load_workbook(io.BytesIO(made))
        for row in sheet
        for cell in row
    ]
    assert {"好", "偏晚", "提前"} <= {*cells}
    assert concluded(year) == {
        "on": "2023-12-31",
        "about": "2023",
        "conclusion": "好",
        "problems": "偏晚",
        "measures": "提前",
    }


def test_the_last_one_about_the_year_holds(year):
    """One about a month before is none of the year."""
    year.state_conclusion(PROJECT, "六月", on=date(2023, 6, 30))
    assert concluded(year) is None
    for text in ("一稿", "二稿"):
        year.state_conclusion(PROJECT, text, on=date(2024, 1, 9), about=2023)
    assert concluded(year)["conclusion"] == "二稿"
    assert year.verify().ok


def test_a_unit_has_a_conclusion_of_its_own(year):
    """Its projects have theirs."""
    year.state_conclusion(None, "好", unit="U-1", on=END, about=2023)
    assert concluded(year, "units")["conclusion"] == "好"
    assert concluded(year) is None


def test_a_blank_conclusion_is_refused(year):
    """A form with nothing in the cell says so better."""
    with pytest.raises(InvalidInput, match="conclusion"):
        year.state_conclusion(PROJECT, " ", on=END, about=2023)


@pytest.mark.parametrize("field", ["problems", "measures"])
@pytest.mark.parametrize("text", ["", "  ", "长" * (LONGEST_TEXT + 1)])
def test_what_is_said_besides_is_a_text_or_left_out(year, field, text):
    """A blank cell says less than none."""
    with pytest.raises(InvalidInput, match=field):
        year.state_conclusion(PROJECT, "好", on=END, about=2023, **{field: text})
