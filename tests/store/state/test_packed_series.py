"""Results as columns, sorted by day whatever the order of recording."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger import Rating
from ledger.domain.exact_numbers import total
from ledger.domain.result_series import Measurement
from ledger.store.state.packed_series import PackedSeries

START = date(2023, 1, 1)
DAYS = st.integers(-40, 400).map(lambda n: START + timedelta(n))
RESULTS = st.lists(
    st.tuples(
        DAYS,
        st.none() | st.integers(0, 10**6),
        st.none() | st.integers(1, 100),
        st.none() | st.sampled_from(Rating),
        st.none() | DAYS,
        st.none() | st.text(max_size=3),
    ),
    max_size=12,
)


def filled(rows):
    """Return a series of *rows*, versions counting up as they are recorded."""
    series = PackedSeries()
    for version, (on, *cells) in enumerate(rows, start=1):
        series.add(on, version, *cells)
    return series


@given(RESULTS)
def test_a_series_is_its_rows_sorted_by_day_then_as_recorded(rows):
    """Every cell comes back, and an empty column is as good as a missing one."""
    expected = [
        Measurement(on, version, *cells)
        for version, (on, *cells) in enumerate(rows, start=1)
    ]
    assert list(filled(rows)) == sorted(expected, key=lambda row: (row.on, row.version))


@given(RESULTS, DAYS)
def test_counting_by_a_day_is_counting_rows(rows, day):
    """A bisection, not a scan, and the same number."""
    assert filled(rows).count_by(day.toordinal()) == sum(on <= day for on, *_ in rows)


@given(RESULTS, st.data())
def test_a_removed_result_leaves_no_trace(rows, data):
    """And one that is not there changes nothing."""
    series, version = filled(rows), data.draw(st.integers(1, 13))
    series.remove(version)
    kept = [row for row in filled(rows) if row.version != version]
    assert list(series) == kept


@given(st.lists(st.integers(0, 9) | st.sampled_from(["0.1", "0.25"])))
def test_sums_are_exact(numbers):
    """A tenth ten times is one."""
    hundredths = {"0.1": 10, "0.25": 25}
    expected = sum(hundredths[n] if isinstance(n, str) else n * 100 for n in numbers)
    assert total(numbers) * 100 == expected
