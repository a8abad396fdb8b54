"""Corrections of adjustments in bulk files: the day that one has by default."""

import json

import pytest

from ledger.errors import InvalidBatch
from ledger.events import AdjustmentCorrected
from support import approval, day

LINE = {"type": "AdjustmentCorrected", "project": "P", "of": "k", "reason": "twice"}


@pytest.fixture
def adjusted(ledger):
    """Keep an adjustment that has a key."""
    ledger.append(approval("P", 100_000))
    ledger.adjust_budget("P", "supplement", 100, on=day(4, 1), key="k")
    return ledger


def written(folder, line):
    """Return a file of one line."""
    path = folder / "facts.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    return path


def corrections(ledger):
    """Return the days of the corrections."""
    return [each.on for each in ledger.events(types=[AdjustmentCorrected.__name__])]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_it_is_the_day_of_the_adjustment(adjusted, tmp_path, form):
    """The same that the method takes; a file again says what is there."""
    path = tmp_path / f"facts.{form}"
    head = ",".join(LINE)
    csv = f"{head}\n{','.join(LINE.values())}\n"
    path.write_text(json.dumps(LINE) if form == "jsonl" else csv, "utf-8")
    assert adjusted.record(path).new == 1
    assert corrections(adjusted) == [day(4, 1)]
    again = adjusted.record(path)
    assert (again.new, again.already) == (0, 1)
    assert adjusted.verify().ok


def test_it_is_today_where_that_is_closed(adjusted, tmp_path):
    """And what was recorded so is known again on a later day."""
    adjusted.close_period("2023-04-30")
    path = written(tmp_path, LINE)
    assert adjusted.record(path).new == 1
    last = adjusted.settings.year_of(day(4, 1)).end
    assert corrections(adjusted) == [min(adjusted._parts.log.today(), last)]
    assert adjusted.record(path).already == 1


def test_without_an_adjustment_a_day_must_be_said(adjusted, tmp_path):
    """It names the line and what is not there; nothing is recorded."""
    before = adjusted.position
    with pytest.raises(InvalidBatch) as refused:
        adjusted.record(written(tmp_path, {**LINE, "of": "none"}))
    assert "none" in str(refused.value)
    assert adjusted.position == before
