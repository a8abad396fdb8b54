"""What a statement is about, when it counts, and which one answers a report."""

from datetime import date

import pytest
from attrs import evolve

from ledger import InvalidInput, Ledger, Settings
from ledger.domain.about import about_given
from ledger.errors import InClosedPeriod, UnknownProject
from ledger.events import ScoreReported, VarianceExplained
from support import PROJECT, approval, day, fen

NAME = "开展就业培训数"
JUNE, END = date(2023, 6, 30), date(2023, 12, 31)


@pytest.fixture
def behind(ledger):
    """Spend 20 % of a budget by March, and report little."""
    ledger.append(approval(budget=100_000))
    ledger.disburse(PROJECT, fen(20_000), voucher="V", on=day(3))
    ledger.report_result(PROJECT, NAME, 1, on=day(3, 31))
    return ledger


def explained(ledger, text, **about):
    """Explain the money and the indicator."""
    for indicator in (None, NAME):
        ledger.explain_variance(PROJECT, "other", text, indicator=indicator, **about)


def unexplained(ledger, month):
    """Return how much of a month is still to be explained."""
    codes = [finding.code for finding in ledger.monitoring(2023, month).findings]
    return codes.count("variance.unexplained")


def shown(ledger, month):
    """Return what the report of a month says of the indicator."""
    (project,) = ledger.monthly_report(2023, month).projects
    said = project.indicators[0].explanation
    return said and said.text


@pytest.mark.parametrize("given", [2023, "2023", " 2023 "])
def test_a_year_is_a_number_or_a_text(given):
    """As people and scripts write it."""
    assert about_given(given) == "2023"


@pytest.mark.parametrize(
    "given", ["2023-13", "2023-6", "June", "", 23, "2023-06-30", 2023.0]
)
def test_what_is_neither_a_month_nor_a_year_is_refused(given):
    """With what would be right."""
    with pytest.raises(InvalidInput, match="a month such as 2023-06"):
        about_given(given)


def test_an_explanation_answers_for_its_month_alone(behind):
    """March's words are not printed in June, nor in December, nor at the year's end."""
    explained(behind, "春节停训", on=date(2023, 3, 31))
    assert [unexplained(behind, month) for month in (3, 6, 9, 12)] == [0, 2, 2, 2]
    assert [shown(behind, month) for month in (3, 6, 12)] == ["春节停训", None, None]
    codes = [each.code for each in behind.self_evaluation(2023).findings]
    assert codes.count("variance.unexplained") == 2


def test_a_later_month_does_not_ask_again_where_it_is_better(behind):
    """It was behind in June; it is at risk in September, and behind again in October."""
    explained(behind, "讲师更换", on=JUNE)
    behind.report_result(PROJECT, NAME, 4, on=date(2023, 9, 30))
    behind.disburse(PROJECT, fen(30_000), voucher="W", on=date(2023, 9, 30))
    line = behind.monthly_report(2023, 9).projects[0].indicators[0]
    assert line.status == "at risk"
    assert unexplained(behind, 9) == 0
    assert unexplained(behind, 12) == 2


def test_a_statement_of_later_counts_from_the_last_day_of_its_month(behind):
    """Who answers on 5 July for June is printed in June's form, and not in July's."""
    said = behind.explain_variance(
        PROJECT, "other", "迟", on=date(2023, 7, 5), about="2023-06", indicator=NAME
    )
    assert (said.on, said.event.about) == (JUNE, "2023-06")
    assert [shown(behind, month) for month in (5, 6, 7)] == [None, "迟", None]


def test_a_statement_of_the_year_after_is_in_the_year_that_it_is_about(behind):
    """Also after the closing; scores and explanations are no money."""
    behind.close_project(PROJECT, year=2023)
    said = behind.report_score(
        PROJECT, 1, on=date(2024, 1, 20), about=2023, indicator=NAME, reason="r"
    )
    assert (said.on, said.stream) == (END, f"project:2023:{PROJECT}")
    (project,) = behind.self_evaluation(2023).projects
    assert project.indicators[0].points.reported == 1
    assert behind.verify().ok


def test_the_form_of_the_year_takes_what_is_about_the_year(behind):
    """December's report keeps its own; each takes the other's where it has none."""
    explained(behind, "年", on=END, about="2023")
    assert shown(behind, 12) == "年"
    explained(behind, "月", on=END)
    (project,) = behind.self_evaluation(2023).projects
    assert project.explanation.text == "年"
    assert project.indicators[0].line.explanation.text == "年"
    assert shown(behind, 12) == "月"
    assert behind.view(through=JUNE).self_evaluation().projects[0].explanation is None


def test_what_is_about_a_month_that_has_not_begun_is_refused(behind):
    """Nobody answers for July in June."""
    with pytest.raises(InvalidInput, match="has begun by 2023-06-30"):
        behind.explain_variance(PROJECT, "other", "t", on=JUNE, about="2023-07")
    with pytest.raises(UnknownProject):
        behind.explain_variance(PROJECT, "other", "t", on=END, about="2022")


def test_months_are_those_of_the_ledgers_years():
    """From the 6th to the 5th; a year has the name that the ledger gives it."""
    settings = Settings(first_month=4, first_day=6, year_named_for="end")
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        ledger.append(approval(on=date(2022, 4, 6), plan=None))
        said = ledger.explain_variance(
            PROJECT, "other", "t", on=date(2023, 4, 9), about="2023-03", indicator=NAME
        )
        assert (said.on, said.stream) == (date(2023, 4, 5), f"project:2023:{PROJECT}")
        line = ledger.view(through=date(2023, 4, 5)).attainment(PROJECT)[0]
        assert line.explanation.about == "2023-03"
        early = VarianceExplained(
            project=PROJECT, on=date(2023, 3, 2), category="other", text="t"
        )
        ledger.append(evolve(early, indicator=NAME))
        line = ledger.view(through=date(2023, 3, 5)).attainment(PROJECT)[0]
        assert line.explanation.about == "2023-02"


def test_a_locked_month_takes_nothing_that_is_about_it(behind):
    """An open one does, on whatever day that is said."""
    behind.close_period(JUNE)
    with pytest.raises(InClosedPeriod):
        behind.explain_variance(
            PROJECT, "other", "t", on=date(2023, 7, 5), about="2023-06"
        )
    behind.explain_variance(PROJECT, "other", "t", on=date(2023, 7, 5))


def test_explain_says_which_statements_are_about_other_months(behind):
    """They are listed, each with the reason."""
    explained(behind, "春节停训", on=date(2023, 3, 31))
    why = behind.explain(PROJECT, f"indicators.{NAME}.explanation", through=JUNE)
    assert why.value is None
    assert [str(each.left_out) for each in why.events] == [
        "it is about another month or year"
    ]


def test_an_event_says_what_it_is_about_or_nothing():
    """A score of a year; ``None`` stands for the month of the day."""
    score = ScoreReported(project="P", on=END, about=2023, score=fen(1))
    assert score.about == "2023"
    assert ScoreReported(project="P", on=END, score=fen(1)).about is None
