"""Which results make a figure, and that the fast ways to a figure agree with it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger import Measure, Rating
from ledger.domain.plain_results import PlainStandard
from ledger.projections.counting import ResultKind, counting
from ledger.projections.result_figure import figure
from ledger.store.state.packed_series import PackedSeries, pack
from support import day, indicator

numbers = st.decimals(0, 50, places=1).map(pack)
plain = st.tuples(st.integers(1, 9), numbers).map(lambda each: (each[0], each[1], None))
pairs = st.tuples(st.integers(1, 9), numbers, st.integers(1, 50))


def standard(target="≥10次", measure=Measure.SUM):
    """Return what results are held against."""
    one = indicator(target=target, measure=measure)
    return PlainStandard.of(one.target, one)


def series(results):
    """Return results, each a day of January and fields, as recorded in their order."""
    found = PackedSeries()
    for version, (on, fields) in enumerate(results, start=1):
        found.add(day(1, on), version, **fields)
    return found


def counted(against, *results):
    """Return the kind, and the versions of the results that count."""
    found = series(results)
    counted = counting(against, found, len(found))
    return counted.kind, [found.versions[place] for place in counted.places]


NUMBER, PAIR = {"value": 5}, {"value": 3, "denominator": 4}
RATED, WORDS = {"rating": Rating.PARTLY, "value": "0.7"}, {"text": "done"}
REACHED = {"reached_on": date(2023, 5, 25)}


@pytest.mark.parametrize(
    ("against", "results", "expected"),
    [
        (standard(), [(1, NUMBER), (2, NUMBER)], ("number", [1, 2])),
        (standard(measure=Measure.LATEST), [(2, NUMBER), (1, NUMBER)], ("number", [1])),
        (standard("≥90%"), [(2, PAIR), (1, NUMBER), (3, PAIR)], ("rate", [1, 3])),
        (standard("≥90%"), [(2, NUMBER), (1, PAIR), (3, PAIR)], ("number", [1])),
        (standard(measure=Measure.LATEST), [(1, PAIR), (2, PAIR)], ("rate", [2])),
        (standard(measure=Measure.MAX), [(1, PAIR), (2, PAIR)], ("rate", [1, 2])),
        (standard(), [(1, RATED), (2, WORDS), (3, NUMBER)], ("number", [3])),
        (standard(), [(1, RATED), (2, WORDS)], (None, [])),
        (standard("效果显著"), [(1, NUMBER), (2, RATED)], ("rating", [2])),
        (standard("效果显著"), [(1, RATED), (2, NUMBER)], ("number", [2])),
        (standard("效果显著"), [(1, PAIR), (2, NUMBER)], ("rate", [1])),
        (standard("效果显著"), [(1, RATED), (2, WORDS)], ("text", [2])),
        (standard("25日"), [(1, REACHED), (2, REACHED)], ("date", [1, 2])),
        (standard("2023年9月30日前"), [(1, REACHED), (2, REACHED)], ("date", [2])),
    ],
)
def test_results_of_one_kind_count(against, results, expected):
    """What they are held against says which, then the first or the latest of them."""
    assert counted(against, *results) == expected


def test_what_says_the_kind_may_not_count():
    """The first number recorded does, and where no number is wanted the latest."""
    mixed = series([(1, NUMBER), (2, PAIR)])
    found = counting(standard("效果显著"), mixed, 2)
    assert found.kind is ResultKind.NUMBER
    assert sorted(found.deciding) == [0, 1]
    assert counting(standard(measure=Measure.LATEST), mixed, 2).deciding == [0]


@given(
    st.lists(plain, min_size=1, max_size=6) | st.lists(pairs, min_size=1, max_size=6),
    st.sampled_from(Measure),
    st.sampled_from(["≥10次", "≥90%", "效果显著"]),
)
def test_the_fast_ways_to_a_figure_agree(results, measure, target):
    """A text that comes later makes columns mixed, and changes no earlier figure."""
    rate = results[0][2] is not None
    assume(measure not in ({Measure.MEAN} if rate else {Measure.RATIO}))
    fields = [(on, {"value": a, "denominator": b}) for on, a, b in results]
    against = standard(target, measure)
    fast = figure(against, series(fields), len(results))
    again = figure(against, series([*fields, (20, WORDS)]), len(results))
    assert fast == again
    assert fast.value is not None
    assert not isinstance(fast.value, Decimal)
