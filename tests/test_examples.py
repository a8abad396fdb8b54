"""The examples run, and print what they promise."""

import pytest

import as_of
import demo
import illustrate
import month_end
import payees
from ledger import Ledger


def test_the_month_end_script_runs(tmp_path, capsys):
    """It records March from a template, writes the report and seals the record."""
    month_end.main(tmp_path)
    out = capsys.readouterr().out
    assert "开展就业培训数 ≥10次 3 on track" in out
    assert "4 events recorded; sealed at position 24" in out
    assert (tmp_path / "march.json").stat().st_size > 10_000
    assert "就业工作经费" in (tmp_path / "march.html").read_text("utf-8")
    assert (tmp_path / "monitoring.xlsx").stat().st_size > 10_000
    assert "variance.unexplained" in out


def test_the_projection_of_ones_own_runs(tmp_path, capsys):
    """Payees by June, and by now."""
    payees.main(tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "2023-06-30 {'县中医院': 90000, '邮政': 12050}",
        "now {'县中医院': 90000, '邮政': 20050}",
    ]


def test_the_as_of_comparison_runs(tmp_path, capsys):
    """The late payment is found, with the event that made the difference."""
    as_of.main(tmp_path)
    out = capsys.readouterr().out
    assert "劳动仲裁经费: 29400.00 then, 32400.00 now" in out
    assert "Disbursed 2023-06-28, recorded 2023-07-12" in out


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Let the demo write its ledger into the test's folder."""
    monkeypatch.setattr(demo, "FILE", tmp_path / "demo.ledger")
    return tmp_path / "demo.ledger"


def test_the_demo_runs_and_says_that_it_is_illustrative(elsewhere, capsys):
    """It prints the June report and where the file is; twice gives the same."""
    demo.main()
    first = capsys.readouterr().out
    demo.main()
    second = capsys.readouterr().out

    assert first.count("ILLUSTRATIVE") >= 2
    for word in (
        "refused:",
        "corrected:",
        "supplemented:",
        "transferred:",
        str(elsewhere),
    ):
        assert word in first
    assert [line for line in first.splitlines() if "root" not in line] == [
        line for line in second.splitlines() if "root" not in line
    ]


def test_every_made_up_event_is_labelled(elsewhere):
    """Nobody can take a made-up payment for a real one."""
    illustrate.create(elsewhere)
    with Ledger.open(elsewhere, read_only=True) as ledger:
        assert {recorded.actor for recorded in ledger.events()} == {illustrate.LABEL}
