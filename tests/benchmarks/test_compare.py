"""Rounds are spent where they tell something, and ratios are those of one round."""

import pytest

import compare
from compare import FLOOR, OURS
from workload import Job


@pytest.fixture
def calls(monkeypatch):
    """Have a contestant take the seconds that it returns; note who was called."""
    made = []

    def timed(call, *, warm):
        who, seconds = call()
        made.append((who, warm))
        return seconds

    monkeypatch.setattr(compare, "timed", timed)
    return made


def contestants(**seconds):
    """Return contestants that always take as long."""
    named = {FLOOR if who == "floor" else who: s for who, s in seconds.items()}
    return {who: (lambda who=who, s=s: (who, s)) for who, s in named.items()}


def test_what_takes_long_has_fewer_rounds(calls):
    """Five, three beyond a second, one beyond ten; ours always has five."""
    taken = contestants(floor=0.5, ledger=2.0, quick=0.1, slow=2.0, endless=20.0)
    timings = compare._timings(Job.REPLAY, taken, {})
    assert {each.who: each.rounds for each in timings} == {
        FLOOR: 5,
        OURS: 5,
        "quick": 5,
        "slow": 3,
        "endless": 1,
    }
    assert {each.who: each.ratio for each in timings}["endless"] == 40
    assert [warm for who, warm in calls if who == "slow"] == [True, False, False]


def test_ours_has_all_rounds_however_long_it_takes(calls):
    """What is warmed up takes twice as long, and what is endless is warm by itself."""
    taken = contestants(floor=11.0, ledger=30.0, endless=20.0)
    timings = compare._timings(Job.VERIFY, taken, {})
    rounds = {each.who: each.rounds for each in timings}
    assert rounds == {FLOOR: 5, OURS: 5, "endless": 1}
    ours = [warm for who, warm in calls if who == OURS]
    assert ours == [True, False, False, False, False]


def test_what_was_timed_already_is_not_done_again(calls):
    """Whoever took long when its figures were held to ours."""
    taken = contestants(floor=0.5, endless=20.0, quick=0.1)
    timings = compare._timings(Job.REPORT, taken, {"endless": 30.0, "quick": 0.2})
    found = {each.who: (each.ratio, each.rounds) for each in timings}
    assert found["endless"] == (60, 1)
    assert found["quick"] == (0.2, 5)
    assert "endless" not in {who for who, _ in calls}


def test_appends_are_never_warmed_up(calls):
    """A second append would be refused, or find the file there."""
    compare._timings(Job.APPEND_ONE, contestants(floor=0.5, quick=0.1), {})
    assert {warm for _, warm in calls} == {False}
