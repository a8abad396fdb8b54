"""Events that cannot have changed a figure are not named for it."""

import pytest

from ledger import (
    Funding,
    IndicatorReference,
    Ledger,
    Measure,
    Objective,
    Policy,
    Proration,
    Rating,
)
from support import approval, day, indicator
from support_carries import DAY, MARCH, approved, closed

CODE = "a.b/c"
JUNE = day(6, 30)


def test_an_event_of_another_source_month_or_day_is_not_named():
    """A reversal moves its disbursement's source; a retraction what was effective."""
    parts = (Funding(source="fiscal", amount=50_000), Funding(source="other", amount=9))
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(CODE, amounts=parts, indicators=(indicator("x.y"),)))
        ledger.disburse(CODE, 10, voucher="1", source="fiscal", on=day(3, 1))
        ledger.disburse(CODE, "0.05", voucher="2", source="other", on=day(3, 1))
        later = ledger.report_result(CODE, "x.y", 9, on=day(7, 1))
        first = ledger.position
        back = ledger.reverse_disbursement(CODE, 4, of="1", voucher="3", on=day(4, 1))
        own = ledger.reverse_disbursement(
            CODE, "0.02", of="2", voucher="4", on=day(5, 1)
        )
        ledger.retract_result(CODE, "x.y", later.id, on=day(7, 2), reason="mistake")
        result = ledger.report_result(CODE, "x.y", 2, on=day(6, 1))
        ledger.disburse(CODE, 1, voucher="5", source="fiscal", on=day(7, 1))
        found = {
            each.path.removeprefix(f"projects.{CODE}."): each.positions
            for each in ledger.differences(first, through=JUNE)
        }
    assert found["by_source.fiscal.disbursed"] == (back.position,)
    assert found["by_source.other.disbursed"] == (own.position,)
    assert found["months.2023-04.disbursed"] == (back.position,)
    assert found["disbursed"] == (back.position, own.position)
    assert found["indicators.x.y.result"] == (result.position,)


@pytest.fixture
def ledger():
    """Open a ledger with a project of two indicators and a budget of 500."""
    own = indicator("level", "≥90%"), indicator("sum", "≥10次")
    with Ledger.open(":memory:", actor="a") as opened:
        opened.append(approval(CODE, 50_000, indicators=own))
        yield opened


def named(ledger, first, through=JUNE):
    """Return the positions named for each figure of the project that changed."""
    return {
        each.path.removeprefix(f"projects.{CODE}."): each.positions
        for each in ledger.differences(first, through=through)
    }


@pytest.mark.parametrize("gone", ["row", "approval"])
def test_what_takes_away_a_part_is_named_for_the_sum(ledger, gone):
    """The row of a form, or the form with all its rows."""
    other = approval("Q", indicators=(indicator("one", "≥1件"),))
    parts = [
        IndicatorReference(project=project, indicator=name)
        for project, name in ((CODE, "sum"), ("Q", "one"))
    ]
    rows = [indicator("all", "≥11次", computed_from=tuple(parts))]
    goals = [Objective(title="goal", indicators=tuple(rows))]
    ledger.append(other)
    ledger.set_objectives("U-1", "unit", goals, fiscal_year=2023, on=day(1, 1))
    ledger.report_result(CODE, "sum", 3, on=day(3, 1))
    first = ledger.position
    if gone == "row":
        ledger.revise_form("Q", indicator="one", removed=True, on=day(4, 1))
    else:
        ledger.withdraw_approval("Q", on=day(4, 1), reason="a try")
    found = {
        each.positions
        for each in ledger.differences(first, through=JUNE)
        if each.path.startswith("units.U-1.indicators.all.")
    }
    assert found == {(ledger.position,)}


def test_a_result_that_is_superseded_is_not_named(ledger):
    """The latest of a level counts alone; how many there are is another figure."""
    first = ledger.position
    earlier = ledger.report_result(CODE, "level", 60, on=day(6, 1)).position
    later = ledger.report_result(CODE, "level", 70, on=day(6, 2)).position
    found = named(ledger, first)
    assert found["indicators.level.result"] == (later,)
    assert found["indicators.level.attainment"] == (later,)
    assert found["indicators.level.results"] == (earlier, later)


def test_a_retraction_is_named_where_its_result_would_count(ledger):
    """Of results that are taken back together, each; of a superseded one, none."""
    results = [
        ledger.report_result(CODE, "level", 60 + n, on=day(5, n)) for n in (1, 2, 3)
    ]
    first, retracted = ledger.position, []
    for each in results[:2]:
        back = ledger.retract_result(CODE, "level", each.id, on=day(6), reason="x")
        retracted.append(back.position)
    found = named(ledger, first)
    assert found == {"indicators.level.results": tuple(retracted)}
    last = ledger.retract_result(
        CODE, "level", results[2].id, on=day(6), reason="x"
    ).position
    found = named(ledger, first)
    assert found["indicators.level.result"] == (*retracted, last)
    found = named(ledger, last - 1)
    assert found["indicators.level.result"] == (last,)


def test_a_retraction_of_a_superseded_result_is_not_named(ledger):
    """What came meanwhile took its place; nor is what counts after the day."""
    old = ledger.report_result(CODE, "level", 60, on=day(5))
    later = ledger.report_result(CODE, "level", 80, on=day(7))
    first = ledger.position
    new = ledger.report_result(CODE, "level", 70, on=day(6)).position
    ledger.retract_result(CODE, "level", old.id, on=day(6), reason="mistake")
    found = named(ledger, first)
    assert set(found.values()) == {(new,)}
    assert "indicators.level.result" in found
    again = ledger.report_result(CODE, "level", 75, on=day(6)).position
    ledger.retract_result(CODE, "level", later.id, on=day(6), reason="mistake")
    assert named(ledger, again - 1)["indicators.level.results"] == (again,)


def test_a_plan_bears_on_what_is_eased_by_it():
    """A share of a sum is expected by a day, and all of a level."""
    own = indicator("level", "≥90%"), indicator("sum", "≥10次")
    policy = Policy(proration=Proration.PLAN)
    with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
        ledger.append(approval(CODE, 50_000, indicators=own))
        for name in ("level", "sum"):
            ledger.report_result(CODE, name, 5, on=day(3))
        first = ledger.position
        ends = {day(5, 31): 100, day(12, 31): 500}
        plan = ledger.revise_plan(CODE, ends, on=day(5)).position
        target = ledger.revise_target(CODE, "level", "≥2%", on=day(5)).position
        ledger.revise_target(CODE, "sum", "≥10次", on=day(5))
        found = named(ledger, first)
    assert plan in found["indicators.sum.expected"]
    assert found["indicators.level.expected"] == (target,)
    assert found["indicators.level.status"] == (target,)


def test_a_result_that_came_and_went_is_not_named(ledger):
    """Neither it nor its retraction: no report has ever shown it."""
    first = ledger.position
    seen = ledger.report_result(CODE, "sum", 3, on=day(5)).position
    gone = ledger.report_result(CODE, "sum", 4, on=day(5))
    ledger.retract_result(CODE, "sum", gone.id, on=day(5), reason="mistake")
    found = named(ledger, first)
    assert found["indicators.sum.result"] == (seen,)
    assert found["indicators.sum.results"] == (seen,)


def test_what_says_the_kind_of_a_figure_is_named():
    """The latest pair counts; without the first one, plain numbers would."""
    own = (indicator("rate", "≥90%", measure=Measure.LATEST),)
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(CODE, indicators=own))
        pair = {"numerator": 1, "denominator": 2}
        said = ledger.report_result(CODE, "rate", **pair, on=day(3))
        ledger.report_result(CODE, "rate", 80, on=day(4))
        latest = ledger.report_result(CODE, "rate", **pair, on=day(5))
        first, both = ledger.position, (said.position, latest.position)
        assert named(ledger, 1)["indicators.rate.result"] == both
        back = ledger.retract_result(CODE, "rate", said.id, on=day(5), reason="x")
        found = named(ledger, first)
        assert found["indicators.rate.result"] == (back.position,)


def test_only_the_plan_and_the_target_in_force_are_named(ledger):
    """A revision of a later day takes the place of those before it."""
    first = ledger.position
    ends = {day(5, 31): 100, day(12, 31): 500}
    ledger.revise_plan(CODE, {day(12, 31): 500}, on=day(4))
    plan = ledger.revise_plan(CODE, ends, on=day(5)).position
    target = ledger.revise_target(CODE, "sum", "≥20次", on=day(5)).position
    ledger.revise_target(CODE, "sum", "≥30次", on=day(4))
    ledger.revise_target(CODE, "sum", "≥40次", on=day(7))
    result = ledger.report_result(CODE, "sum", 5, on=day(6)).position
    found = named(ledger, first)
    assert found["planned"] == (plan,)
    assert found["variance"] == (plan,)
    assert found["indicators.sum.target"] == (target,)
    assert found["indicators.sum.attainment"] == (target, result)
    assert found["indicators.sum.result"] == (result,)


def test_a_target_that_reads_results_otherwise_is_named():
    """Against a number, a rating is no result."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(CODE, indicators=(indicator("x", "效果显著"),)))
        ledger.report_result(CODE, "x", Rating.ATTAINED, on=day(3))
        first = ledger.position
        target = ledger.revise_target(CODE, "x", "≥90%", on=day(4)).position
        found = named(ledger, first)
    assert found["indicators.x.result"] == (target,)


def test_a_closure_bears_on_what_it_leaves_alone(ledger):
    """Not on how the money stands; what it lapses is not carried over."""
    ledger.disburse(CODE, 100, voucher="1", on=day(5))
    first = ledger.position
    closing = ledger.close_project(CODE, on=day(6), reason="done").position
    paths = {"available", "lapsed", "closed_on", "by_source.fiscal.available"}
    found = named(ledger, first)
    assert dict.fromkeys(paths, (closing,)) == {path: found[path] for path in paths}
    assert "carried_over" not in found


def test_what_was_said_last_is_named(ledger):
    """Scores and explanations: of one day, what was recorded last."""
    first = ledger.position
    ledger.explain_variance(CODE, "other", "rain", indicator="sum", on=day(6, 5))
    said = ledger.explain_variance(CODE, "other", "snow", indicator="sum", on=day(6, 5))
    ledger.explain_variance(CODE, "other", "hail", indicator="sum", on=day(6, 4))
    ledger.explain_variance(CODE, "other", "of May", indicator="sum", on=day(5))
    found = named(ledger, first)
    assert found["indicators.sum.explanation.text"] == (said.position,)


def test_a_withdrawal_is_named_for_every_sum_that_it_changes():
    """What the plans say in all falls with the approval, the first ones too."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval("P"), approval(CODE))
        first = ledger.position
        gone = ledger.withdraw_approval(CODE, on=day(5), reason="wrong").position
        cells = ledger.differences(first, ledger.position, through=JUNE)
        named_for = {c.path: c.positions for c in cells if c.path.startswith("totals.")}
    assert {"totals.planned", "totals.original_planned"} <= named_for.keys()
    assert set(named_for.values()) == {(gone,)}


def test_a_weight_that_is_given_no_more_is_named_for_those_it_leaves(ledger):
    """Where no weight is left, each is computed again: by what took the last away."""
    ledger.revise_form(CODE, on=day(5, 1), indicator="level", weight=90)
    first = ledger.position
    cleared = ledger.revise_form(
        CODE, on=day(6, 1), indicator="level", cleared=["weight"]
    ).position
    found = named(ledger, first)
    assert found["indicators.sum.weight"] == (cleared,)
    assert found["indicators.level.weight"] == (cleared,)


def test_a_baseline_that_is_given_no_more_is_named_for_what_is_judged(ledger):
    """The attainment of a target with a baseline rests on it."""
    ledger.disburse(CODE, 400, voucher="1", source="fiscal", on=day(3, 1))
    ledger.report_result(CODE, "sum", 20, on=day(3, 1))
    ledger.revise_form(CODE, on=day(5, 1), indicator="level", baseline=80)
    ledger.report_result(CODE, "level", 85, on=day(5, 1))
    first = ledger.position
    cleared = ledger.revise_form(
        CODE, on=day(6, 1), indicator="level", cleared=["baseline"]
    ).position
    found = named(ledger, first)
    assert found["indicators.level.attainment"] == (cleared,)
    assert found["status"] == (cleared,)


def test_money_that_comes_before_an_approval_is_named_for_what_has_no_plan():
    """It opens the year from its day on: until the approval nothing is planned."""
    with closed("P") as ledger:
        ledger.append(approved("P", on=MARCH, fiscal=100))
        before = ledger.position
        ledger.carry_over("P", on=DAY, amounts={"fiscal": 300})
        changed = ledger.differences(before, ledger.position, through=DAY)
        named = {each.path: each.positions for each in changed}
        leg = ledger.position
        assert named["totals.planned"] == (leg,)
        assert named["projects.P.name"] == (leg,)


def test_a_retraction_is_named_while_its_approval_is_not_withdrawn_yet(ledger):
    """The withdrawal is known, and of a later day than the figures."""
    told = ledger.report_result(CODE, "level", 60, on=day(5))
    first = ledger.position
    back = ledger.retract_result(CODE, "level", told.id, on=day(6), reason="x").position
    ledger.withdraw_approval(CODE, on=day(7, 31), reason="of another county")
    found = named(ledger, first)
    assert found["indicators.level.result"] == (back,)


def test_a_closing_is_named_for_the_results_it_ends(ledger):
    """It ends the months that are asked about; the figures of others it leaves."""
    monthly = indicator("by month", "≥9次/月")
    ledger.append(approval("Q", indicators=(indicator("level", "≥90%"), monthly)))
    first = ledger.position
    ledger.report_result("Q", "level", 95, on=day(1, 31))
    done = ledger.report_result("Q", "by month", 9, on=day(1, 31))
    ledger.report_result("Q", "by month", 7, on=day(2, 28))
    closed = ledger.close_project("Q", on=day(2, 1), reason="done")
    found = {
        each.path: each.positions for each in ledger.differences(first, through=JUNE)
    }
    own = "projects.Q.indicators"
    assert closed.position not in found[f"{own}.level.result"]
    assert closed.position in found[f"{own}.level.status"]
    assert closed.position in found[f"{own}.by month.result"]
    why = ledger.explain("project:Q", "indicators.by month.result", through=JUNE)
    assert why.value == 9
    assert {done.position, closed.position} <= {
        each.position for each in why.rests_on()
    }
