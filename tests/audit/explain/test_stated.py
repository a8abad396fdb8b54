"""What people stated for the official forms is explained by who stated it, and when."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import Funding, InvalidInput, Ledger
from ledger.audit.figure_paths import figure_named
from ledger.errors import UnknownUnit
from ledger.messages import Language
from support import PROJECT, approval, indicator

JUNE = date(2023, 6, 30)
END = date(2023, 12, 31)
INDICATORS = (indicator("培训", "≥10次"), indicator("合格率", "≥90%"))


@pytest.fixture
def ledger():
    """Return a ledger with one project of 20,000.00 and two goals."""
    with Ledger.open(":memory:", actor="finance") as made:
        goals = ("办好。", "办完。")
        made.append(approval(budget=2_000_000, indicators=INDICATORS, goals=goals))
        yield made


def explained(ledger, figure, through=JUNE, subject=PROJECT):
    """Return the explanation of a figure on a day."""
    return ledger.explain(subject, figure, through=through)


def listed(explanation):
    """Return position, what it says and why it is left out of each event."""
    return [
        (e.position, str(e.says), e.left_out and str(e.left_out))
        for e in explanation.events
    ]


def test_what_will_be_spent_is_what_was_stated_last_of_the_month(ledger):
    """Another month, an earlier statement and a later day do not count."""
    ledger.state_outlook(PROJECT, "19000", on=date(2023, 5, 31))
    ledger.state_outlook(PROJECT, "18000", on=JUNE)
    ledger.state_outlook(PROJECT, "17000", on=JUNE, reason="两期改在明年")
    ledger.state_outlook(PROJECT, "16000", on=date(2023, 7, 31))
    told = explained(ledger, "stated")
    assert told.value == Decimal("17000.00")
    assert [str(note) for note in told.notes] == ["两期改在明年"]
    assert listed(told) == [
        (2, "19,000.00 CNY", "it is about another month or year"),
        (3, "18,000.00 CNY", "position 4 came later"),
        (4, "17,000.00 CNY", None),
        (5, "16,000.00 CNY", "effective after 2023-06-30"),
    ]
    assert {each.actor for each in told.events} == {"finance"}
    row = ledger.monitoring(2023, 6).projects[0].rows["total"]
    assert row.stated == told.value


def test_an_outlook_that_spending_passed_says_so(ledger):
    """The cell is blank, and the explanation says why."""
    ledger.state_outlook(PROJECT, "100", on=JUNE)
    ledger.disburse(PROJECT, "200", voucher="V", on=JUNE)
    told = explained(ledger, "stated")
    assert told.value is None
    assert "200.00 CNY is spent" in str(told.formula)
    assert ledger.monitoring(2023, 6).projects[0].rows["total"].stated is None


def test_what_an_indicator_will_come_to_and_how_likely(ledger):
    """A number, or what is planned; the choice is in the words of forms."""
    ledger.state_outlook(
        PROJECT, on=JUNE, indicator="培训", value=9, likelihood="possible"
    )
    ledger.state_outlook(PROJECT, on=JUNE, indicator="合格率", as_planned=True)
    assert explained(ledger, "indicators.培训.outlook").value == 9
    assert explained(ledger, "indicators.合格率.outlook").value == "≥90%"
    told = explained(ledger, "indicators.培训.likelihood")
    assert (told.value, str(told.read)) == ("possible", "possible")
    assert listed(told) == [(2, "9, possible", None)]
    assert "有可能" in told.outline(Language.CHINESE).head.said(Language.CHINESE)


def test_what_nothing_can_undo_rests_on_results(ledger):
    """Nobody states it: ten of ten are done."""
    ledger.report_result(PROJECT, "培训", 10, on=JUNE)
    told = explained(ledger, "indicators.培训.likelihood")
    assert told.value == "certain"
    assert 2 in {each.position for each in told.rests_on()}


def test_what_became_of_a_goal(ledger):
    """By its number in the form; the self-evaluation takes what is about the year."""
    ledger.assess_goal(PROJECT, 2, "attained", "已办完", on=END, about=2023)
    told = explained(ledger, "goals.2.achieved", END)
    assert told.value == "已办完"
    assert "办完。" in str(told.formula)
    assert listed(told) == [(2, "已办完", None)]
    assert explained(ledger, "goals.1.achieved", END).value is None
    with pytest.raises(InvalidInput, match=r"goals\.2\.achieved"):
        explained(ledger, "goals.3.achieved", END)


def test_a_goal_of_a_unit(ledger):
    """Its overall goal is the first."""
    ledger.set_objectives(
        "U-1", "unit", [], fiscal_year=2023, on="2023-01-01", overall_goal="都办好"
    )
    ledger.assess_goal(None, 1, "partly", "尚可", unit="U-1", on=END, about=2023)
    told = explained(ledger, "goals.1.achieved", END, "unit:U-1")
    assert told.value == "尚可"


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("全年预计执行数", "stated"),
        ("指标.培训.全年预计完成情况", "indicators.培训.outlook"),
        ("指标.培训.完成目标可能性", "indicators.培训.likelihood"),
    ],
)
def test_they_are_asked_for_in_the_words_of_forms(words, figure):
    """As the other figures are."""
    assert figure_named(words) == figure


def test_an_order_is_explained_by_what_was_said_of_it(ledger):
    """Open, overdue, put right; a report is no end."""
    due, july = date(2023, 6, 20), date(2023, 7, 10)
    ledger.order_rectification(PROJECT, "1.2", "补齐", due=due, on=date(2023, 6, 1))
    ledger.report_rectification(PROJECT, "1.2", "已补", on=date(2023, 6, 18))
    ledger.close_rectification(PROJECT, "1.2", on=july)
    figure = "rectifications.1.2.state"
    states = [
        explained(ledger, figure, day).value
        for day in (date(2023, 5, 31), due, JUNE, july)
    ]
    assert states == ["to_come", "open", "overdue", "closed"]
    told = explained(ledger, figure)
    assert listed(told) == [
        (2, "补齐, by 2023-06-20", None),
        (3, "已补", None),
        (4, "", "effective after 2023-06-30"),
    ]
    head = told.outline(Language.CHINESE).head
    assert "整改要求 1.2" in head.said(Language.CHINESE)


def test_an_order_that_is_not_there(ledger):
    """Those that there are are named."""
    with pytest.raises(InvalidInput, match="there is none"):
        explained(ledger, "rectifications.1.state")
    ledger.order_rectification(PROJECT, "1", "补齐", due=END, on=JUNE)
    with pytest.raises(InvalidInput, match=r"rectifications\.1\.state"):
        explained(ledger, "rectifications.2.state")


def test_what_is_concluded(ledger):
    """What was said last about the year; a text that was left out is none."""
    ledger.state_conclusion(PROJECT, "尚可", on=END, about=2023, problems="晚")
    ledger.state_conclusion(PROJECT, "好", on=END, about=2023)
    told = explained(ledger, "conclusion", END)
    assert told.value == "好"
    assert listed(told) == [(2, "尚可", "position 3 came later"), (3, "好", None)]
    assert explained(ledger, "problems", END).value is None
    assert explained(ledger, "评价结论", END).value == "好"


@pytest.fixture
def two(ledger):
    """Return the ledger with a project of two sources, and one of another unit."""
    ledger.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")
    parts = (
        Funding(source="fiscal/central", amount=500_000),
        Funding(source="other", amount=100_000),
    )
    ledger.append(approval("P-2", amounts=parts), approval("P-3", unit="V"))
    ledger.state_outlook(PROJECT, "18000", on=JUNE)
    given = {"fiscal/central": "4000", "other": "900"}
    ledger.state_outlook("P-2", given, on=JUNE)
    return ledger


def test_what_is_stated_of_a_source(two):
    """With all below it; what was passed by spending is stated of none."""
    assert explained(two, "by_source.fiscal.stated", subject="P-2").value == 4000
    told = explained(two, "by_source.fiscal/central.stated", subject="P-2")
    assert told.value == Decimal("4000.00")
    assert [row[1] for row in listed(told)] == ["4,000.00 CNY"]
    other = explained(two, "资金来源.其他资金.全年预计执行数", subject="P-2")
    assert (other.figure, other.value) == ("by_source.other.stated", 900)
    assert explained(two, "stated", subject="P-2").value == Decimal("4900.00")
    with pytest.raises(InvalidInput, match="bonds"):
        explained(two, "by_source.bonds.stated", subject="P-2")
    two.disburse("P-2", "950", voucher="V", source="other", on=JUNE)
    assert explained(two, "by_source.fiscal.stated", subject="P-2").value is None


def test_what_is_stated_of_a_unit_is_the_sum_of_its_projects(two):
    """Once each of them has an outlook, as in its form; and so in all."""
    told = explained(two, "stated", subject="unit:U-1")
    assert told.value == Decimal("22900.00")
    assert [(each.figure, each.value) for each in told.terms] == [
        (f"projects.{PROJECT}.stated", Decimal("18000.00")),
        ("projects.P-2.stated", Decimal("4900.00")),
    ]
    (unit,) = two.monitoring(2023, 6).units
    assert unit.rows["total"].stated == told.value
    own = explained(two, "by_source.other.stated", subject="unit:U-1")
    assert (own.value, len(own.terms)) == (900, 1)
    whole = explained(two, "stated", subject="totals")
    assert (whole.value, str(whole.formula)) == (None, "not known: 1 project has none")
    two.state_outlook("P-3", "1", on=JUNE)
    assert explained(two, "totals.stated", subject="totals").value == 22901
    alone = two.view(through=JUNE, unit="V").explain("totals", "stated")
    assert alone.value == 1
    with pytest.raises(UnknownUnit):
        explained(two, "stated", subject="unit:W")
