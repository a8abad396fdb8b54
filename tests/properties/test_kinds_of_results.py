"""Numbers of two kinds are never added, averaged or compared with each other."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from ledger import Ledger, Measure, Rating
from ledger.errors import WrongResult
from support import PROJECT, approval, day, indicator

TARGETS = {"≥10次": 1, "≥90%": 100, "≤4元/人": 1}
FLOORS = {"≥10次": 10, "≥90%": 90}
PLAIN = st.integers(0, 30).map(lambda n: {"value": n})
PAIRS = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(
    lambda pair: {"numerator": pair[0], "denominator": pair[1]}
)
STEPS = st.lists(
    st.tuples(st.integers(1, 6), PLAIN | PAIRS) | st.integers(0, 5), max_size=9
)


def worst(target, standing):
    """Return the last number of the first month that attains least of a target."""
    ordered = sorted(enumerate(standing), key=lambda each: (each[1][0], each[0]))
    lasts = [Fraction(v) for v in {on: r["value"] for _, (on, r) in ordered}.values()]

    def share(number):
        if target in FLOORS:
            return number / FLOORS[target]
        return min(1, max(0, 2 - number / 4))

    return min(lasts, key=share)


def figure(target, measure, standing):
    """Make the figure of what stands, in the order recorded, by the rules alone."""
    if not standing:
        return None
    if measure is Measure.WORST_MONTH:
        return worst(target, standing)
    scale = TARGETS[target]
    pairs = "numerator" in standing[0][1]
    own = [(on, n, r) for n, (on, r) in enumerate(standing) if ("value" in r) != pairs]
    own = [result for *_, result in sorted(own, key=lambda each: each[:2])]
    if pairs:
        rates = [Fraction(r["numerator"], r["denominator"]) for r in own]
        pooled = Fraction(
            sum(r["numerator"] for r in own), sum(r["denominator"] for r in own)
        )
        found = {
            Measure.LATEST: rates[-1],
            Measure.MAX: max(rates),
            Measure.MIN: min(rates),
        }.get(measure, pooled)
        return found * scale
    numbers = [Fraction(r["value"]) for r in own]
    return {
        Measure.SUM: sum(numbers),
        Measure.MEAN: sum(numbers) / len(numbers),
        Measure.MAX: max(numbers),
        Measure.MIN: min(numbers),
    }.get(measure, numbers[-1])


def is_left_out(measure, standing):
    """Return whether one of the other kind would count, if it were of the first's."""
    if not standing:
        return False
    rows = [(on, n, "numerator" in r) for n, (on, r) in enumerate(standing)]
    first = rows[0][-1]
    own = max(row for row in rows if row[-1] is first)
    alone = {Measure.LATEST} if first else {Measure.LATEST, Measure.LEVEL}
    return any(
        row[-1] is not first and (measure not in alone or row > own) for row in rows
    )


def reported(*numbers):
    """Return steps that report numbers, each in a month."""
    return [(month, {"value": number}) for month, number in numbers]


@example("≥10次", Measure.WORST_MONTH, reported((1, 8), (2, 1), (2, 5), (3, 30)))
@example("≤4元/人", Measure.WORST_MONTH, reported((1, 2), (2, 9), (3, 30), (4, 6)))
@example("≥90%", Measure.WORST_MONTH, [(1, {"numerator": 1, "denominator": 2})])
@given(st.sampled_from(list(TARGETS)), st.sampled_from(Measure), STEPS)
def test_a_figure_is_of_one_kind_of_numbers(target, measure, steps):
    """The first that stands says of which; the other is refused, or left out."""
    standing, ids = [], []
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("x", target, measure=measure),)))
        for step in steps:
            if isinstance(step, int):
                if step < len(standing):
                    ledger.retract_result(
                        PROJECT, "x", ids.pop(step), on=day(7), reason="wrong"
                    )
                    del standing[step]
                continue
            on, given_ = step
            is_pair = "numerator" in given_
            unlike = standing and ("numerator" in standing[0][1]) != is_pair
            wrong = {Measure.RATIO: not is_pair}
            wrong |= dict.fromkeys((Measure.MEAN, Measure.WORST_MONTH), is_pair)
            refused = wrong.get(measure, bool(unlike) and target != "≥90%")
            try:
                made = ledger.report_result(PROJECT, "x", on=day(on), **given_)
            except WrongResult as problem:
                assert refused
                assert "expected" in str(problem)
            else:
                assert not refused
                ids.append(made.id)
                standing.append(step)
        (line,) = ledger.view(through=day(8)).attainment(PROJECT)
    assert line.figure == figure(target, measure, standing)
    said = {found.code for found in line.findings}
    assert ("result.other_kind" in said) == is_left_out(measure, standing)


def test_a_share_of_a_rating_is_no_number_of_a_target():
    """Partly, 0.7; then the target is ≥10件 and 8 are done: 8, and not 8.7."""
    with Ledger.open(":memory:", actor="a") as ledger:
        quality = indicator("x", "效果显著", measure=Measure.SUM)
        ledger.append(approval(indicators=(quality,)))
        ledger.report_result(PROJECT, "x", Rating.PARTLY, share="0.7", on=day(3))
        ledger.revise_target(PROJECT, "x", "≥10件", on=day(4))
        (before,) = ledger.view(through=day(5)).attainment(PROJECT)
        ledger.report_result(PROJECT, "x", 8, on=day(6))
        (line,) = ledger.view(through=day(6)).attainment(PROJECT)
    assert (before.result, str(before.reason)) == (
        None,
        "no number to compare with the target",
    )
    assert (line.result, line.attainment) == (8, Decimal("0.8"))
