"""The examples run, and print what they promise."""

import re

import pytest
from rich.cells import cell_len

import as_of
import demo
import illustrate
import month_end
import payees
import second_year
import story
from ledger import Language, Ledger, yuan
from support_pages import matches
from support_sources import ROOT


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
    """Let the demo write its ledger and its reports into the test's folder."""
    monkeypatch.setattr(demo, "FILE", tmp_path / "demo.ledger")
    monkeypatch.setattr(demo, "REPORTS", tmp_path / "reports")
    return tmp_path / "demo.ledger"


@pytest.fixture(scope="module", params=["en", "zh"])
def both_years(request, tmp_path_factory):
    """Make the ledger of both years; return its file, what is said of it, its words."""
    path = tmp_path_factory.mktemp("demo") / "demo.ledger"
    happened = second_year.create(path, Language(request.param))
    return path, happened, story.TABLE[request.param]


def test_the_demo_runs_and_says_that_it_is_illustrative(elsewhere, capsys, monkeypatch):
    """It prints both Junes and where the files are; twice gives the same."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    demo.main()
    first = capsys.readouterr().out
    demo.main()
    second = capsys.readouterr().out

    page = (ROOT / "README.md").read_text("utf-8")
    (sample,) = re.findall(r"(?s)<!--- skip: next -->\s+```text\n(.*?)```", page)
    assert matches(f"…\n{sample}\n…", first)
    assert first.count("ILLUSTRATIVE") >= 4
    for word in ("2023-06", "2024-06", "Register of contracts", str(elsewhere)):
        assert word in first
    assert {"june.html", "contracts-2024.xlsx", "refunds-2024.xlsx"} <= {
        path.name for path in (elsewhere.parent / "reports").iterdir()
    }
    assert [line for line in first.splitlines() if "root" not in line] == [
        line for line in second.splitlines() if "root" not in line
    ]


@pytest.mark.own_language
def test_the_demo_speaks_the_language_of_the_locale(elsewhere, capsys, monkeypatch):
    """No English word stands in a Chinese one but in paths and the last command."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    demo.main()
    said = capsys.readouterr().out
    assert said.count("示例") >= 4
    shown = said[: said.index(str(elsewhere.parent))]
    assert not set(
        re.findall(r"[A-Za-z]{3,}", re.sub(r"[0-9a-f]{64}|`[a-z-]+`", "", shown))
    )


def test_the_demo_tells_the_whole_life_of_two_years(both_years):
    """Each note of the table is told, and three requests are refused."""
    _, notes, table = both_years
    told = [line.removeprefix("- ") for note in notes for line in note.splitlines()]
    for code, text in table.items():
        start = re.split(r"[{}]", text)[0]
        if code.startswith("note."):
            assert any(line.startswith(start) for line in told), code
    refused = re.split(r"[{}]", table["note.refused"])[0]
    assert sum(line.startswith(refused) for line in told) == 3


@pytest.mark.parametrize("form", ["en", "zh"])
def test_both_languages_tell_the_same(form):
    """No text of the story is missing in one of them."""
    assert story.TABLE[form].keys() == story.TABLE["en"].keys()


def test_the_figures_of_both_years(both_years):
    """2023 is closed, what it carried over is in 2024, and the record is sound."""
    path, *_ = both_years
    with Ledger.open(path, read_only=True) as ledger:
        closed = ledger.view(through="2023-12-31").total()
        assert (closed.available, closed.open) == (0, 0)
        assert closed.carried_over == yuan(70_000)
        june = ledger.view(through="2024-06-30")
        assert june.total().carried_in == yuan(70_000)
        recruiting = june.project(illustrate.RECRUITING)
        # 40,000.00 handed on, of which a contract took 23,500.00; 1,000.00 are reserved.
        source = recruiting.by_source["carried_over/fiscal"]
        assert (source.current_budget, source.disbursed, source.open) == (
            yuan(40_000),
            yuan(23_500),
            yuan(1_000),
        )
        assert june.project(illustrate.TRAINING).current_budget == yuan(240_000)
        assert ledger.verify().ok


def test_what_comes_back_of_2023_changes_neither_year(both_years):
    """Of the 1,150.00 paid in December 200.00 came back on 21 March 2024."""
    path, *_ = both_years
    code = illustrate.INSPECTION
    with Ledger.open(path, read_only=True) as ledger:
        closed = ledger.view(through="2023-12-31").project(code)
        before = ledger.view(through="2024-03-20").project(code)
        after = ledger.view(through="2024-03-21").project(code)
        assert (closed.refunded, before.refunded, after.refunded) == (0, 0, 200)
        assert after.current_budget == before.current_budget
        assert after.disbursed == before.disbursed
        (refund,) = ledger.events(types=["PriorYearRefund"])
        assert (refund.event.of_year, refund.event.source) == (2023, "fiscal")
        register = ledger.refunds(through="2024-06-30").render("csv")
        assert "2023-12-09" in str(register)


@pytest.mark.parametrize("width", [80, 100])
def test_no_figure_of_a_register_is_folded(both_years, width):
    """A folded amount is read as another; heads and names give way first."""
    path, *_ = both_years
    with Ledger.open(path, read_only=True) as ledger:
        registers = {
            "1,842.10": ledger.carried_over(year=2023),
            "-1,352.40": ledger.two_years(through="2024-06-30"),
            "2024-06-15": ledger.contracts(through="2024-06-30"),
        }
        for figure, register in registers.items():
            lines = register.render("text", width=width).splitlines()
            assert any(figure in line for line in lines)
            assert max(map(cell_len, lines[3:-2])) <= width


def test_every_made_up_event_is_labelled(both_years):
    """Nobody can take a made-up payment for a real one."""
    path, _, table = both_years
    with Ledger.open(path, read_only=True) as ledger:
        assert {recorded.actor for recorded in ledger.events()} == {table["label"]}
        assert table["label"] in ledger.settings.title.lower()


def test_each_month_of_the_first_year_is_answered(both_years):
    """No form that is made in the year is left with a gap."""
    path, *_ = both_years
    with Ledger.open(path, read_only=True) as ledger:
        for month in range(1, 13):
            assert not ledger.monitoring(2023, month).findings, month
        year = ledger.self_evaluation(2023).findings
        assert [each.code for each in year] == ["score.spread"]  # A note, no gap.


def test_no_voucher_of_a_unit_is_in_two_projects(both_years):
    """A unit numbers its vouchers over all of its projects, so that no note appears."""
    path, *_ = both_years
    with Ledger.open(path, read_only=True) as ledger:
        for year in (2023, 2024):
            found = [each.code for each in ledger.monthly_report(year, 12).findings]
            assert "disbursement.in_two_projects" not in found


def test_what_people_state_is_in_the_language_of_the_ledger(both_years):
    """A Chinese form says 示例, an English one illustrative."""
    path, _, table = both_years
    with Ledger.open(path, read_only=True) as ledger:
        stated = [
            recorded.event
            for recorded in ledger.events(types=["VarianceExplained", "GoalAssessed"])
        ]
        texts = {each.text for each in stated}
    assert len(texts) > 3
    assert all(text.startswith(f"{table['label']}") for text in texts), texts
