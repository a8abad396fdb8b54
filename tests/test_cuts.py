"""Cuts by position: no append is parted, and each has an instant of its own."""

from datetime import UTC, datetime

import pytest

from ledger import EXECUTION, InvalidInput, Ledger
from support import approval, day

DOORS = {
    "view": lambda ledger, at, _: ledger.view(known_at=at),
    "monthly report": lambda ledger, at, _: ledger.monthly_report(2023, 6, known_at=at),
    "monitoring": lambda ledger, at, _: ledger.monitoring(2023, 6, known_at=at),
    "self-evaluation": lambda ledger, at, _: ledger.self_evaluation(2023, known_at=at),
    "events": lambda ledger, at, _: ledger.events(known_at=at),
    "lines": lambda ledger, at, _: ledger.lines(known_at=at),
    "replay": lambda ledger, at, _: ledger.replay(EXECUTION, known_at=at),
    "explain": lambda ledger, at, _: ledger.explain("A", "disbursed", known_at=at),
    "differences from": lambda ledger, at, _: ledger.differences(at, through=day(6)),
    "differences to": lambda ledger, at, _: ledger.differences(0, at, through=day(6)),
    "export": lambda ledger, at, path: ledger.export(path / "out.jsonl", until=at),
    "checkpoint": lambda ledger, at, _: ledger.checkpoint(at),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_cut_that_parts_an_append_is_refused_at_every_door(ledger, tmp_path, door):
    """The ends of that append are named; both of them are taken."""
    ledger.append(approval("A"), approval("B"))
    ledger.transfer("A", "B", 1, on=day(4))
    ledger.disburse("A", 1, voucher="1", on=day(5))
    with pytest.raises(InvalidInput, match="an append ends: 2 or 4"):
        DOORS[door](ledger, 3, tmp_path)
    for at in (2, 4, 5):
        DOORS[door](ledger, at, tmp_path)


def test_single_events_are_read_and_proven_anywhere(ledger):
    """A list of events, and the proof of one, are no state of a ledger."""
    ledger.append(approval("A"), approval("B"))
    assert [each.position for each in ledger.events(after=1)] == [2]
    assert ledger.prove(1)


def test_every_append_has_an_instant_of_its_own(path):
    """However the clock behaves; so a cut by any instant parts none."""
    instants = iter(
        datetime(2023, 7, 10, 12, 0, second, tzinfo=UTC)
        for second in (30, 30, 10, 50, 50, 50, 50, 50)
    )
    with Ledger.open(path, actor="a", clock=lambda: next(instants)) as ledger:
        ledger.append(approval("A"), approval("B"))
        ledger.transfer("A", "B", 1, on=day(4))
        ledger.transfer("B", "A", 1, on=day(4))
        ledger.disburse("A", 1, voucher="1", on=day(5))
        ledger.disburse("A", 1, voucher="2", on=day(5))
        found = [each.recorded_at[17:] for each in ledger.events()]
        assert found == [
            *("30.000000Z", "30.000000Z", "30.000001Z", "30.000001Z"),
            *("30.000002Z", "30.000002Z", "50.000000Z", "50.000001Z"),
        ]
        assert ledger.verify().ok


def test_two_virements_of_one_instant_are_judged_apart(path):
    """Half a virement in each of two appends is refused, though the clock stands."""
    now = datetime(2023, 7, 10, tzinfo=UTC)
    with Ledger.open(path, actor="a", clock=lambda: now) as ledger:
        ledger.append(approval("A"), approval("B"))
        for _ in range(3):
            ledger.transfer("A", "B", 1, on=day(4), document="No 1")
        assert len({each.recorded_at for each in ledger.events()}) == 4
        assert ledger.verify().ok
