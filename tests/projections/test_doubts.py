"""What looks wrong is told of the results that count, for as long as they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, LedgerError, Measure, Rating, Status
from support import PROJECT, approval, day, indicator


def pair(part, whole):
    """Return a numerator with its denominator."""
    return {"numerator": part, "denominator": whole}


def report(ledger, given, month):
    """Report a result on the first of a month; return its id."""
    value, more = (None, given) if isinstance(given, dict) else (given, {})
    return ledger.report_result(PROJECT, "x", value, on=day(month), **more).id


def told(ledger, month):
    """Return the codes of the findings about the indicator at the start of a month."""
    (line,) = ledger.view(through=day(month)).attainment(PROJECT)
    return [found.code for found in line.findings]


@pytest.fixture
def book():
    """Open an empty ledger in memory."""
    with Ledger.open(":memory:", actor="a") as made:
        yield made


def approve(ledger, target, measure=None):
    """Approve a project with one indicator."""
    more = {} if measure is None else {"measure": measure}
    ledger.append(approval(indicators=(indicator("x", target, **more),)))


def test_a_day_before_its_period_is_told(book):
    """It is attained early; a day of the period itself is nothing to ask about."""
    approve(book, "2023.03-2023.06")
    report(book, day(2, 28), 3)
    (line,) = book.view(through=day(4)).attainment(PROJECT)
    assert (line.status, told(book, 4)) == (Status.ATTAINED, ["result.before_period"])
    report(book, day(3), 4)
    assert told(book, 4) == []


@pytest.mark.parametrize(
    ("target", "measure", "first", "then", "code"),
    [
        ("≥98%", Measure.LEVEL, "0.97", "97", "result.share_for_percent"),
        ("≥98%", Measure.LATEST, pair(61, 60), pair(59, 60), "result.above_whole"),
        ("效果显著", None, Rating.PARTLY, Rating.ATTAINED, "result.share_missing"),
        ("效果显著", None, Rating.PARTLY, {"text": "好"}, "result.share_missing"),
    ],
)
def test_a_finding_about_a_result_goes_when_a_later_one_replaces_it(
    book, target, measure, first, then, code
):
    """It is told on the days before, and again once the later one is retracted."""
    approve(book, target, measure)
    report(book, first, 3)
    later = report(book, then, 5)
    assert (told(book, 4), told(book, 6)) == ([code], [])
    book.retract_result(PROJECT, "x", later, on=day(6), reason="r")
    assert told(book, 6) == [code]
    assert [f.code for f in book.monthly_report(2023, 6).findings] == [code]


def test_a_finding_stays_while_the_result_counts(book):
    """All pairs are pooled: one that is above its whole still spoils the rate."""
    approve(book, "≥98%")
    wrong = report(book, pair(61, 60), 3)
    report(book, pair(59, 60), 5)
    assert told(book, 6) == ["result.above_whole"]
    book.retract_result(PROJECT, "x", wrong, on=day(6), reason="r")
    assert told(book, 6) == []


def test_a_result_is_doubted_under_the_target_in_force(book):
    """A revision may make a share of it, and another may make it right again."""
    approve(book, "≤1%")
    report(book, "0.97", 3)
    assert told(book, 4) == []
    book.revise_target(PROJECT, "x", "≥98%", on=day(5))
    assert (told(book, 4), told(book, 6)) == ([], ["result.share_for_percent"])
    book.revise_target(PROJECT, "x", "≤0.98%", on=day(7))
    assert (told(book, 6), told(book, 8)) == (["result.share_for_percent"], [])


def test_a_number_of_another_kind_is_told_while_it_would_count(book):
    """Not once the latest, which counts alone, came after it, or a rating did."""
    approve(book, "≥90%", Measure.LATEST)
    report(book, pair(90, 100), 2)
    report(book, "85", 3)
    assert told(book, 4) == ["result.other_kind"]
    report(book, pair(91, 100), 5)
    assert told(book, 6) == []


def test_numbers_of_two_kinds_are_not_told_where_a_rating_counts(book):
    """Neither makes the figure of a target that is none."""
    approve(book, "—", Measure.LEVEL)
    report(book, pair(90, 100), 2)
    book.report_result(PROJECT, "x", Rating.PARTLY, share="0.7", on=day(5))
    assert told(book, 6) == []


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        (Measure.LEVEL, ["result.likely_twice"]),
        (Measure.LATEST, []),
        (Measure.MAX, []),
        (Measure.MIN, []),
    ],
)
def test_a_pair_is_told_to_be_there_twice_where_pairs_are_pooled(book, measure, codes):
    """Where one of them counts alone, a repeat of it changes nothing."""
    approve(book, "≥90%", measure)
    report(book, pair(90, 100), 3)
    report(book, pair(90, 100), 3)
    assert told(book, 4) == codes


RESULTS = st.one_of(
    st.sampled_from(["0.5", "1", "97", "3", {"text": "好"}]),
    st.builds(pair, st.integers(1, 9), st.integers(1, 9)),
    st.sampled_from([Rating.PARTLY, Rating.ATTAINED]),
)
STEPS = st.lists(st.tuples(st.integers(2, 5), RESULTS, st.booleans()), max_size=7)


def state(target, measure, steps):
    """Return what an indicator comes to; results that do not stay are retracted."""
    with Ledger.open(":memory:", actor="a") as ledger:
        approve(ledger, target, measure)
        for month, result, stays in steps:
            try:
                made = report(ledger, result, month)
            except LedgerError:  # Of a kind that the target is not compared with.
                continue
            if not stays:
                on = day(month)
                ledger.retract_result(PROJECT, "x", made, on=on, reason="r")
        (line,) = ledger.view(through=day(6)).attainment(PROJECT)
        return line.result, line.attainment, line.findings


@given(
    st.sampled_from(["≥10次", "≥90%", "≤4元/人", "效果显著", "—"]),
    st.sampled_from(Measure),
    STEPS,
)
def test_what_was_retracted_leaves_no_finding(target, measure, steps):
    """Findings are those of a ledger in which it was never recorded."""
    kept = [step for step in steps if step[-1]]
    assert state(target, measure, steps) == state(target, measure, kept)
