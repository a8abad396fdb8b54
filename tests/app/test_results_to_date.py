"""A result may be all that was done so far, in place of what was done since."""

from datetime import UTC, datetime

import pytest

from ledger import Ledger
from ledger.errors import WrongResult
from support import PROJECT, Clock, approval, day, indicator

LATER = day(8)
SUM, RATE, LEVEL = "开展次数", "合格率", "在岗人数"


@pytest.fixture
def ledger():
    """Return a ledger with a sum, a rate and a level."""
    own = Ledger(
        ":memory:", actor="t", clock=Clock(datetime(2023, 9, 1, 9, tzinfo=UTC))
    )
    rows = (
        indicator(SUM, "≥30次", measure="sum"),
        indicator(RATE, "≥90%"),
        indicator(LEVEL, "≥5人", measure="latest"),
    )
    own.append(approval(indicators=rows))
    return own


def line(ledger, name, through=LATER):
    """Return an indicator at a day."""
    lines = ledger.view(through=through).attainment(PROJECT)
    return next(one for one in lines if one.indicator == name)


def report(ledger, name, number=None, on=None, **more):
    """Report a result."""
    return ledger.report_result(PROJECT, name, number, on=on, **more)


def test_it_takes_the_place_of_what_came_before(ledger):
    """And increments go on from there; one of an earlier day that comes late is in it."""
    report(ledger, SUM, 3, day(2))
    report(ledger, SUM, 10, day(4), to_date=True)
    report(ledger, SUM, 2, day(5))
    report(ledger, SUM, 4, day(3))
    assert line(ledger, SUM).result == 12
    assert line(ledger, SUM, day(3)).result == 7
    (kept,) = [
        each.event for each in ledger.events() if getattr(each.event, "to_date", 0)
    ]
    assert kept.value == 10


def test_of_one_day_the_order_of_recording_holds(ledger):
    """What is recorded after it on its day is added."""
    report(ledger, SUM, 3, day(4))
    report(ledger, SUM, 10, day(4), to_date=True)
    report(ledger, SUM, 2, day(4))
    assert line(ledger, SUM).result == 12


def test_a_retracted_one_gives_place_again(ledger):
    """What it had replaced counts once more."""
    report(ledger, SUM, 3, day(2))
    wrong = report(ledger, SUM, 10, day(4), to_date=True)
    report(ledger, SUM, 2, day(5))
    ledger.retract_result(PROJECT, SUM, wrong.id, on=day(6), reason="x")
    assert line(ledger, SUM).result == 5
    assert ledger.verify().ok


def test_pairs_are_pooled_from_it_on(ledger):
    """Numerators and denominators both begin anew."""
    report(ledger, RATE, on=day(2), numerator=1, denominator=10)
    report(ledger, RATE, on=day(4), numerator=90, denominator=100, to_date=True)
    report(ledger, RATE, on=day(5), numerator=10, denominator=10)
    assert f"{line(ledger, RATE).result:.4f}" == "90.9091"


def test_one_that_falls_is_a_finding(ledger):
    """A figure so far that is below what was there before it."""
    report(ledger, SUM, 10, day(2))
    report(ledger, SUM, 9, day(4), to_date=True)
    codes = [each.code for each in line(ledger, SUM).findings]
    assert codes == ["result.to_date_falls"]
    assert line(ledger, SUM, day(3)).findings == ()


@pytest.mark.parametrize(
    ("name", "given"),
    [(LEVEL, {"number": 3}), (RATE, {"number": 95})],
    ids=["latest", "a rate without its parts"],
)
def test_what_is_no_sum_takes_none(ledger, name, given):
    """A level is so far as it is."""
    with pytest.raises(WrongResult, match="to date"):
        report(ledger, name, on=day(3), to_date=True, **given)


def test_an_explanation_says_what_it_replaced(ledger):
    """The events before it are left out, with its position."""
    report(ledger, SUM, 3, day(2))
    so_far = report(ledger, SUM, 10, day(4), to_date=True).position
    why = ledger.explain(PROJECT, f"indicators.{SUM}.result", through=day(8))
    first, second = why.to_dict("en")["events"]
    assert first["left_out"] == f"before the figure to date at position {so_far}"
    assert (second["says"], second["left_out"]) == ("10 to date", None)
