"""Which numbers may stand beside which, and what objectives and forms must be."""

from decimal import Decimal

import attrs
import pytest

from ledger import InvalidInput, Language, Measure, Objective, Rating, parse_target
from ledger.domain import result_rules
from ledger.domain.money import exact
from ledger.domain.plain_results import PlainIndicators
from ledger.errors import InvalidAmount, InvalidPlan, WrongResult
from ledger.events import (
    ObjectivesSet,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
from support import PROJECT, day, indicator
from support_money import corrected
from support_results import JUNE, SETTINGS, decided, reported

ONE = Decimal(1)
PLAIN, PAIR = {"value": ONE}, {"numerator": ONE, "denominator": ONE}


def retracted(version):
    """Return the retraction of the result of a version."""
    return ResultRetracted(
        project=PROJECT, on=JUNE, indicator="次数", of="x", version=version, reason="r"
    )


def retargeted(target, on=JUNE, name="次数", **more):
    """Return a revision of a target."""
    parsed = parse_target(target, fiscal_year=2023).target
    return TargetRevised(project=PROJECT, on=on, indicator=name, target=parsed, **more)


@pytest.mark.parametrize(("first", "second"), [(PLAIN, PAIR), (PAIR, PLAIN)])
def test_the_first_number_says_of_which_kind_they_are(first, second):
    """The other kind is refused until what stands is retracted."""
    standing = reported(on=day(3), **first)
    assert decided(reported(**first), standing) == reported(**first)
    with pytest.raises(WrongResult, match="retracting them frees it"):
        decided(reported(**second), standing)
    after = decided(reported(**second), standing, retracted(2))
    assert after == reported(**second)


@pytest.mark.parametrize(("first", "second"), [(PLAIN, PAIR), (PAIR, PLAIN)])
def test_a_percentage_takes_numbers_of_both_kinds(first, second):
    """What is left out of its figure is said."""
    standing = reported("满意度", on=day(3), **first)
    after = decided(reported("满意度", **second), standing)
    assert after == reported("满意度", **second)


@pytest.mark.parametrize(
    ("measure", "taken", "refused"),
    [(Measure.RATIO, PAIR, PLAIN), (Measure.MEAN, PLAIN, PAIR)],
)
def test_a_measure_may_take_one_kind_only(measure, taken, refused):
    """Whether anything stands or not; a rating is no number."""
    rows = (
        indicator("次数", measure=measure),
        indicator("效果", "效果显著", measure=measure),
    )
    assert decided(reported(**taken), rows=rows) == reported(**taken)
    with pytest.raises(WrongResult, match=f"its measure is {measure.value}"):
        decided(reported(**refused), rows=rows)
    rating = reported("效果", rating=Rating.ATTAINED)
    assert decided(rating, rows=rows) == rating


@pytest.mark.parametrize("number", [PLAIN, PAIR])
def test_a_number_in_a_unit_that_was_given_up_is_refused(number):
    """From the day of the new target on it is in the new unit."""
    revision = retargeted("≥10台")
    with pytest.raises(WrongResult, match=r"a number in 次 .*report it from then on"):
        decided(reported(on=day(5), **number), revision)
    assert decided(reported(on=JUNE, **number), revision) == reported(**number)
    same = retargeted("≥12次")
    before = reported(on=day(5), **number)
    assert decided(before, same) == before


def objectives(*indicators, **more):
    """Return a unit's objectives."""
    goal = Objective(title="t", objective=None, indicators=indicators)
    fields = {"fiscal_year": 2023, "objectives": (goal,), **more}
    return ObjectivesSet(unit="U", on=day(1), name="n", **fields)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (objectives(indicator(), fiscal_year=0), "year"),
        (objectives(indicator(), indicator()), "level 2"),
        (objectives(indicator(), execution_weight=Decimal(101)), "100"),
    ],
)
def test_objectives_are_checked_as_an_approval_is(event, words):
    """The year, the names and the points."""
    with pytest.raises(InvalidInput, match=words):
        result_rules.decide(PlainIndicators(subject="U"), event, SETTINGS)


def test_a_corrected_form_on_a_target_is_checked():
    """Its plan ends at its amounts."""
    revision = retargeted("≥12次", form=corrected())
    assert decided(revision) == revision
    with pytest.raises(InvalidPlan, match=r"1,000\.00 CNY"):
        decided(attrs.evolve(revision, form=corrected(end=99_999)))


def test_a_target_of_a_time_that_ended_counts_no_later_results():
    """It held until the next one, whose results are in the unit of that."""
    steps = (
        retargeted("≥10起"),
        reported(on=JUNE, value=ONE),
        reported(on=day(7), value=ONE),
        retargeted("≥12件", on=day(8)),
    )
    earlier = retargeted("≥5人", on=day(4))
    assert decided(earlier, *steps) == earlier
    with pytest.raises(InvalidInput, match=r"a target in 起, .* \(2 results\)"):
        decided(retargeted("≥5人", on=JUNE), *steps)
    same = retargeted("≥14件", on=day(9))
    assert decided(same, *steps) == same


def test_a_result_is_in_the_last_unit_that_a_number_had():
    """Though its target was made a quality from a day before it."""
    steps = reported(on=day(5), value=ONE), retargeted("效果显著", on=day(4))
    with pytest.raises(InvalidInput, match="a target in 次"):
        decided(retargeted("≥10台"), *steps)


@pytest.mark.parametrize(
    ("rating", "share", "taken"),
    [
        (Rating.PARTLY, "0.6", True),
        (Rating.PARTLY, "0.8", False),
        (Rating.ATTAINED, "0.8", True),
        (Rating.ATTAINED, "1", True),
    ],
)
def test_a_share_lies_within_its_rating(rating, share, taken):
    """From its least share to below the next, or to all."""
    event = reported("效果", rating=rating, share=Decimal(share))
    if taken:
        assert decided(event) == event
        return
    with pytest.raises(
        InvalidInput, match=r"a share from 0\.6 to below 0\.8"
    ) as refused:
        decided(event)
    assert refused.value.expected.said(Language.CHINESE).endswith(
        "不低于 0.6、低于 0.8"
    )


def test_the_best_rating_takes_all():
    """Its upper bound is one that it has."""
    event = reported("效果", rating=Rating.ATTAINED, share=Decimal("1.1"))
    with pytest.raises(InvalidInput, match=r"a share from 0\.8 to 1$"):
        decided(event)


def test_a_share_in_percent_is_refused_as_a_fraction():
    """No number of percents is offered, which would be refused too."""
    with pytest.raises(InvalidAmount, match=r"a fraction without %: 0\.6$"):
        exact("60%", field="share")
    with pytest.raises(InvalidAmount, match="60 where the target"):
        exact("60%", field="value")


def test_nothing_of_some_is_a_result():
    """A numerator may be 0."""
    event = reported(numerator=Decimal(0), denominator=ONE)
    assert decided(event) == event


def test_an_explanation_keeps_the_label_of_its_indicator():
    """However it was called; one of the money has none."""
    said = VarianceExplained(project=PROJECT, on=JUNE, category="funding", text="late")
    assert decided(said) == said
    named = attrs.evolve(said, indicator="数量指标/次数")
    assert decided(named) == attrs.evolve(said, indicator="次数")


@pytest.mark.parametrize("points", ["0", "0.5"])
def test_a_score_may_be_little_or_nothing(points):
    """But not less."""
    score = ScoreReported(project=PROJECT, on=JUNE, score=Decimal(points))
    assert decided(score) == score
    with pytest.raises(InvalidInput, match="points from 0"):
        decided(attrs.evolve(score, score=Decimal("-0.01")))


@pytest.mark.parametrize("points", ["NaN", "Infinity", "1E-101"])
def test_a_score_is_a_number_that_can_be_counted_with(points):
    """Neither endless nor too long."""
    score = ScoreReported(project=PROJECT, on=JUNE, score=Decimal(points))
    with pytest.raises(InvalidInput, match="points from 0"):
        decided(score)
