"""0 of 0 says that there was nothing to measure: it is no rate, and missing neither."""

import pytest

from ledger import InvalidInput, Ledger, Measure, Status
from ledger.domain.indicator import IndicatorReference
from ledger.domain.objective import Objective
from ledger.events import ObjectivesSet
from support import PROJECT, approval, day, indicator

NAME = "招聘率"
QUARTERS = day(3, 31), day(6, 30), day(9, 30), day(12, 31)
NOTHING = (0, 0)


@pytest.fixture
def book():
    """Open an empty ledger in memory."""
    with Ledger.open(":memory:", actor="a") as made:
        yield made


def report(book, *pairs, project=PROJECT):
    """Report a numerator with its denominator at the end of each quarter."""
    for on, pair in zip(QUARTERS, pairs, strict=False):
        if pair is not None:
            a, b = pair
            book.report_result(project, NAME, numerator=a, denominator=b, on=on)


@pytest.mark.parametrize(
    ("measure", "pairs", "result", "status"),
    [
        (Measure.LEVEL, [NOTHING], None, Status.NOT_DUE),
        (Measure.LEVEL, [None], None, Status.OVERDUE),
        # It answers its own due day alone.
        (Measure.LEVEL, [NOTHING, None], None, Status.OVERDUE),
        (Measure.LEVEL, [NOTHING, NOTHING], None, Status.NOT_DUE),
        # It adds nothing to a pool, and keeps what is known.
        (Measure.LEVEL, [(96, 100), NOTHING], 96, Status.ATTAINED),
        (Measure.LEVEL, [(96, 100), None], 96, Status.OVERDUE),
        (Measure.LEVEL, [NOTHING, (48, 50)], 96, Status.ATTAINED),
        (Measure.RATIO, [(96, 100), NOTHING], 96, Status.ATTAINED),
        (Measure.LATEST, [(96, 100), NOTHING], 96, Status.ATTAINED),
        (Measure.MIN, [(96, 100), NOTHING], 96, Status.ATTAINED),
        (Measure.MAX, [NOTHING, NOTHING], None, Status.NOT_DUE),
        (Measure.LEVEL, [NOTHING] * 4, None, Status.NOT_DUE),
    ],
)
def test_nothing_to_measure_answers_its_day_and_is_not_judged(
    book, measure, pairs, result, status
):
    """Nor does it make a rate of 0 or of 100 %."""
    book.append(approval(indicators=(indicator(NAME, "≥95%", measure=measure),)))
    report(book, *pairs)
    through = QUARTERS[len(pairs) - 1]
    (found,) = book.view(through=through).attainment(PROJECT)
    assert (found.result, found.status) == (result, status)
    assert found.results == len([pair for pair in pairs if pair])
    said = [*filter(None, pairs)]
    if said and set(said) == {NOTHING}:
        assert found.reason.code == "reason.nothing_measured"


def test_only_nothing_is_a_part_of_nothing(book):
    """One of 0 is refused, and so is 0 of less."""
    book.append(approval(indicators=(indicator(NAME, "≥95%"),)))
    for pair in ((1, 0), (0, -1)):
        with pytest.raises(InvalidInput, match="0"):
            report(book, pair)


def test_a_year_of_nothing_to_measure_does_not_apply(book):
    """Its points go to the others, as those of what has no target."""
    rows = (indicator(NAME, "≥95%"), indicator("其他", "≥95%"))
    book.append(approval(indicators=rows))
    report(book, *[NOTHING] * 4)
    book.report_result(PROJECT, "其他", 96, on=QUARTERS[3])
    (form,) = book.self_evaluation(2023).projects
    first, second = (each.points.possible for each in form.indicators)
    assert (first, form.possible) == (None, 100)
    assert second is not None
    assert all(NAME not in str(each) for each in form.missing)


def test_a_part_with_nothing_to_measure_is_no_missing_part(book):
    """The rate of a unit is that of the others, and all of them reported."""
    refs = tuple(IndicatorReference(project=code, indicator=NAME) for code in "AB")
    own = indicator("合计", "≥95%", measure=Measure.RATIO, computed_from=refs)
    goals = (Objective(title="goal", indicators=(own,)),)
    book.append(
        ObjectivesSet(unit="U", on=day(1), name="u", fiscal_year=2023, objectives=goals)
    )
    for code in "AB":
        book.append(approval(code, indicators=(indicator(NAME, "≥95%"),)))
    report(book, NOTHING, project="A")
    report(book, (96, 100), project="B")
    (found,) = book.view(through=QUARTERS[0]).unit_attainment("U")
    assert (found.result, found.reason, found.status) == (96, None, Status.ATTAINED)


def test_a_unit_of_which_all_parts_measured_nothing_earns_no_points(book):
    """It does not apply, and its points go to the others; not while a part is out."""
    refs = tuple(IndicatorReference(project=code, indicator=NAME) for code in "AB")
    own = indicator("合计", "≥95%", measure=Measure.RATIO, computed_from=refs)
    goals = (Objective(title="goal", indicators=(own, indicator("其他", "≥95%"))),)
    book.append(
        ObjectivesSet(unit="U", on=day(1), name="u", fiscal_year=2023, objectives=goals)
    )
    for code in "AB":
        rows = (indicator(NAME, "≥95%"),)
        book.append(approval(code, unit="U", indicators=rows))
    report(book, *[NOTHING] * 4, project="A")
    possible = []
    for _ in range(2):
        (form,) = book.self_evaluation(2023).units
        possible.append([each.points.possible for each in form.indicators])
        report(book, *[NOTHING] * 4, project="B")
    assert possible == [[45, 45], [None, 82]]  # Of 100 with 18 of execution.
    (found,) = book.view(through=QUARTERS[3]).unit_attainment("U")[:1]
    assert (found.result, found.attainment, found.status) == (
        None,
        None,
        Status.NOT_DUE,
    )
    assert (form.possible, form.total) == (100, None)


def test_what_adds_nothing_is_said_by_an_explanation(book):
    """The pair is left out; alone it is what the missing figure is made of."""
    book.append(approval(indicators=(indicator(NAME, "≥95%"),)))
    report(book, NOTHING)
    figure = f"indicators.{NAME}.result"
    alone = book.explain(PROJECT, figure, through=QUARTERS[0]).to_dict("en")
    assert "nothing to measure: 0 of 0" in alone["formula"]
    report(book, None, (48, 50))
    both = book.explain(PROJECT, figure, through=QUARTERS[1]).to_dict("en")
    assert both["events"][0]["left_out"] == "0 of 0 adds nothing"
