"""Explanations of what is expected rest on the result by which it is paced."""

from datetime import UTC, datetime

from ledger import Ledger, Settings
from ledger.events import ResultReported
from support import Clock, approval, day, indicator


def test_a_result_that_counts_for_nothing_paces_what_is_expected():
    """A revised target makes a day that came no number: it is the last that came."""
    clock = Clock(datetime(2023, 12, 1, 9, tzinfo=UTC))
    settings = Settings(language="en")
    with Ledger.open(":memory:", actor="t", settings=settings, clock=clock) as ledger:
        own = indicator("I", "3月底前")
        ledger.append(approval("P", on=day(1, 2), indicators=(own,)))
        came = ResultReported(
            project="P", indicator="I", on=day(2, 21), reached_on=day(2, 21)
        )
        (reported,) = ledger.append(came)
        ledger.revise_target("P", "I", "≥120次", on=day(2, 25))
        (line,) = ledger.view(through=day(3, 30)).attainment("P")
        assert (line.expected_on, line.expected > 0) == (day(2, 21), True)
        said = ledger.explain("P", "indicators.I.expected", through=day(3, 30))
        assert reported.position in {each.position for each in said.rests_on()}
