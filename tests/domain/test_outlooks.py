"""What a person says that the year ends with, and which cells it fills."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from ledger import Funding, InvalidInput, Ledger
from ledger.domain.budget import LONGEST_TEXT
from ledger.errors import UnknownIndicator, UnknownSource
from ledger.events import Disbursed, OutlookStated
from support import PROJECT, approval, day, fen, indicator

JUNE = date(2023, 6, 30)
COURSES = "次数"


def approved(ledger):
    """Approve 1 000 yuan with a count, a ceiling, a date and a rate; spend 300."""
    ledger.append(
        approval(
            budget=100_000,
            indicators=(
                indicator(COURSES),
                indicator("投诉", "≤3次", level2="质量指标"),
                indicator("完成", "2023年5月底前", level2="时效指标"),
                indicator("合格率", "≥98%", level2="质量指标"),
            ),
        )
    )
    ledger.disburse(PROJECT, fen(30_000), voucher="V", on=day(3))
    return ledger


@pytest.fixture
def half(ledger):
    return approved(ledger)


def monitored(ledger, month=6):
    """Return the form of a month in JSON."""
    (one,) = ledger.monitoring(2023, month).to_dict()["projects"]
    return one


def of(ledger, label, month=6):
    """Return what the form of a month says of an indicator."""
    rows = monitored(ledger, month)["indicators"]
    return next(row for row in rows if row["indicator"] == label)


def asked(ledger, month=6):
    """Return what is still to be said of a month: code and place."""
    found = ledger.monitoring(2023, month).findings
    return [(f.code, f.place) for f in found if f.code.startswith("outlook.")]


def cells(ledger, month=6):
    """Return the texts and numbers of all cells of the workbook of a month."""
    book = load_workbook(io.BytesIO(ledger.monitoring(2023, month).render("xlsx")))
    return [c.value for sheet in book for row in sheet for c in row if c.value]


def test_nobody_said_it_and_nothing_is_made_up(half):
    """Blank cells, and a finding of each."""
    total = monitored(half)["money"]["total"]
    assert (total["forecast"], total["stated"]) == ("600.00", None)
    assert asked(half) == [
        ("outlook.money_missing", PROJECT),
        *(
            ("outlook.missing", f"{PROJECT} › {label}")
            for label in (COURSES, "投诉", "完成", "合格率")
        ),
    ]
    assert "√" not in cells(half)


def test_money_is_what_a_person_says(half):
    """By source; the pace of ours stands beside it, and the plan."""
    half.state_outlook(PROJECT, {"fiscal": 800}, on=JUNE, reason="两期改在明年")
    form = monitored(half)
    assert form["money"]["fiscal"]["stated"] == "800.00"
    assert form["money"]["total"]["stated"] == "800.00"
    assert form["outlook"] == {
        "on": "2023-06-30",
        "about": "2023-06",
        "reason": "两期改在明年",
    }
    assert ("outlook.money_missing", PROJECT) not in asked(half)
    assert "两期改在明年" in cells(half)
    assert half.verify().ok


@pytest.mark.parametrize("amount", [299, "299.99", 0])
def test_less_than_is_spent_is_refused(half, amount):
    """What left the account has left it."""
    with pytest.raises(InvalidInput, match=r"300\.00|0\.03"):
        half.state_outlook(PROJECT, amount, on=JUNE)
    half.state_outlook(PROJECT, 300, on=JUNE)


def test_more_than_the_budget_needs_a_reason(half):
    """A supplement is expected, and somebody says so."""
    with pytest.raises(InvalidInput, match="amount"):
        half.state_outlook(PROJECT, "1000.01", on=JUNE)
    half.state_outlook(PROJECT, 1000, on=JUNE)
    half.state_outlook(PROJECT, "1000.01", on=JUNE, reason="追加")
    assert monitored(half)["money"]["total"]["stated"] == "1000.01"


def test_what_was_said_is_no_answer_once_more_is_spent(half):
    """A late payment makes it wrong: the cell is blank again, and says why."""
    half.state_outlook(PROJECT, 400, on=JUNE)
    half.disburse(PROJECT, fen(10_001), voucher="W", on=day(6, 20))
    assert monitored(half)["money"]["total"]["stated"] is None
    assert asked(half)[0] == ("outlook.outdated", PROJECT)
    (found,) = (
        f for f in half.monitoring(2023, 6).findings if f.code == "outlook.outdated"
    )
    assert "400.00" in found.message
    assert "400.01" in found.message


def test_a_later_month_asks_again(half):
    """June's answer is not handed in for September."""
    half.state_outlook(PROJECT, on=JUNE, as_planned=True)
    assert monitored(half, 9)["money"]["total"]["stated"] is None
    half.state_outlook(PROJECT, 900, on=date(2023, 10, 8), about="2023-09")
    assert monitored(half, 9)["money"]["total"]["stated"] == "900.00"


def test_an_indicator_has_a_value_or_words_and_a_likelihood(half):
    """All three ticks are a person's."""
    half.state_outlook(
        PROJECT, on=JUNE, indicator=COURSES, value=9, likelihood="possible"
    )
    half.state_outlook(
        PROJECT, on=JUNE, indicator="合格率", text="约95%", likelihood="完全不可能"
    )
    count, rate = of(half, COURSES), of(half, "合格率")
    assert (count["outlook"]["value"], count["likelihood"]) == ("9", "possible")
    assert (rate["outlook"]["text"], rate["likelihood"]) == ("约95%", "impossible")
    assert "约95%" in cells(half)
    assert cells(half).count("√") == 2


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"amount": 500, "likelihood": "certain"},
        {"amount": 500, "indicator": COURSES, "text": "x", "likelihood": "certain"},
        {"indicator": COURSES},
        {"indicator": COURSES, "value": 3, "text": "3", "likelihood": "certain"},
        {"indicator": COURSES, "value": 3},
        {"indicator": COURSES, "text": " ", "likelihood": "certain"},
        {
            "indicator": COURSES,
            "text": "长" * (LONGEST_TEXT + 1),
            "likelihood": "certain",
        },
        {"indicator": "完成", "value": 3, "likelihood": "certain"},
        {"amount": 500, "reason": " "},
    ],
)
def test_an_outlook_that_says_too_little_or_too_much_is_refused(half, said):
    """Of money an amount; of an indicator one of two, and how likely it is."""
    with pytest.raises(InvalidInput):
        half.state_outlook(PROJECT, on=JUNE, **said)


def test_a_likelihood_alone_is_ticked_and_the_rest_is_asked_for(half):
    """The cell of what it will come to stays blank, and is a finding of its own."""
    half.state_outlook(PROJECT, on=JUNE, indicator=COURSES, likelihood="possible")
    one = of(half, COURSES)
    assert one["likelihood"] == "possible"
    assert (one["outlook"]["value"], one["outlook"]["text"]) == (None, None)
    own = [code for code, place in asked(half) if place == f"{PROJECT} › {COURSES}"]
    assert [code for code in own if "outlook" in code] == ["outlook.value_missing"]
    view = half.view(through=JUNE)
    why = view.explain(PROJECT, f"indicators.{COURSES}.likelihood")
    assert why.value == "possible"
    assert [str(basis.says) for basis in why.events] == ["possible"]
    assert view.explain(PROJECT, f"indicators.{COURSES}.outlook").value is None
    half.state_outlook(
        PROJECT, on=JUNE, indicator=COURSES, value=9, likelihood="possible"
    )
    assert "outlook.value_missing" not in dict(asked(half))


def test_names_that_there_are_not_are_refused(half):
    """An indicator, and a source."""
    with pytest.raises(UnknownIndicator):
        half.state_outlook(PROJECT, on=JUNE, indicator="x", as_planned=True)
    with pytest.raises(UnknownSource):
        half.state_outlook(PROJECT, {"fiscal": 300, "other": 1}, on=JUNE)


def test_as_planned_confirms_a_default(half):
    """The budget of the day, and the target as printed, reached for certain."""
    half.adjust_budget(PROJECT, "supplement", 50, on=day(5))
    money = half.state_outlook(PROJECT, on=JUNE, as_planned=True).event
    assert [part.amount for part in money.amounts] == [105_000]
    one = half.state_outlook(PROJECT, on=JUNE, indicator=COURSES, as_planned=True).event
    assert (one.text, one.likelihood) == ("≥10次", "certain")
    assert half.verify().ok


def test_what_nothing_can_undo_is_ticked_without_a_person(half):
    """A sum past its floor, or past its ceiling; a date reached, or missed."""
    half.report_result(PROJECT, "完成", date(2023, 6, 8), on=day(6, 9), key="late")
    assert of(half, "完成")["likelihood"] == "impossible"
    half.retract_result(PROJECT, "完成", "late", on=day(6, 9), reason="slip")
    assert of(half, "完成")["likelihood"] is None, "nobody knows of it"
    half.report_result(PROJECT, "完成", date(2023, 5, 8), on=day(5, 9))
    half.report_result(PROJECT, COURSES, 12, on=day(4))
    half.report_result(PROJECT, "投诉", 4, on=day(4))
    half.report_result(PROJECT, "合格率", 100, on=day(4))
    assert of(half, "完成")["likelihood"] == "certain"
    assert of(half, COURSES)["likelihood"] == "certain"
    assert of(half, "投诉")["likelihood"] == "impossible"
    assert of(half, "合格率")["likelihood"] is None, "a level may fall"
    assert len([code for code, _ in asked(half) if code == "outlook.missing"]) == 4


def test_a_sum_that_may_still_pass_its_ceiling_is_not_certain(half):
    """Three complaints of three: a fourth may come."""
    half.report_result(PROJECT, "投诉", 3, on=day(4))
    assert of(half, "投诉")["likelihood"] is None


def test_a_unit_sums_what_is_said_of_its_projects(half):
    """Where one of them says nothing, its cell stays blank."""
    half.append(approval("P-2", budget=50_000))
    half.set_objectives(
        "U-1", "unit", [], fiscal_year=2023, on="2023-01-01", overall_goal="g"
    )
    half.state_outlook(PROJECT, 400, on=JUNE)

    def stated():
        (unit,) = half.monitoring(2023, 6).to_dict()["units"]
        return {
            name: row and row["stated"]
            for name, row in unit["money"].items()
            if name in {"total", "basic", "project"}
        }

    assert set(stated().values()) == {None}
    half.state_outlook("P-2", 100, on=JUNE)
    assert stated() == {"total": "500.00", "basic": None, "project": "500.00"}
    with pytest.raises(InvalidInput, match="indicator"):
        half.state_outlook(None, 400, unit="U-1", on=JUNE)


def test_an_append_is_decided_when_all_of_it_is_there(half):
    """An outlook that stands above a payment of the same append is measured by it."""
    said = OutlookStated(
        project=PROJECT, on=JUNE, amounts=(Funding(source="fiscal", amount=35_000),)
    )
    paid = Disbursed(project=PROJECT, on=day(6, 20), voucher="W", amount=10_000)
    with pytest.raises(InvalidInput):
        half.append(said, paid)
    with pytest.raises(InvalidInput):
        half.append(paid, said)


def test_a_ledger_opened_again_knows_what_an_outlook_is_about(tmp_path):
    """States that were packed are read before a statement is decided."""
    file = tmp_path / "a.ledger"
    with Ledger.open(file, actor="a") as ledger:
        approved(ledger)
        ledger.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")
        ledger.rebuild()
    with Ledger.open(file, actor="a") as ledger:
        ledger.state_outlook(PROJECT, on=JUNE, indicator=COURSES, as_planned=True)
        ledger.state_conclusion(None, "好", unit="U-1", on=JUNE)
        with pytest.raises(InvalidInput):
            ledger.state_outlook(PROJECT, 299, on=JUNE)


def test_rows_of_indicators_have_what_is_stated(half):
    """A number that somebody stated, else nothing: a text is no number."""
    half.state_outlook(
        PROJECT, on=JUNE, indicator=COURSES, value=9, likelihood="possible"
    )
    half.state_outlook(PROJECT, on=JUNE, indicator="合格率", as_planned=True)
    rows = half.monitoring(2023, 6).to_records("indicators")
    stated = {r["indicator"]: r["value"] for r in rows if r["figure"] == "outlook"}
    assert stated == {COURSES: 9, "投诉": None, "完成": None, "合格率": None}
    (first, *_) = half.monitoring(2023, 6).to_records("indicators", wide=True)
    assert first["outlook"] == 9
