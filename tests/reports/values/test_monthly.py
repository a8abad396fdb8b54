"""The monthly report: golden values, every number from the log, aligned as text."""

import json
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

import illustrate
from ledger import Checkpoint, Language, Ledger, SpendingPlan, Status
from ledger.events import (
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    ResultReported,
)
from story import words
from support import Clock, Entropy, approval, day, disbursement, indicator, no_door

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Make the illustrative ledger once."""
    path = tmp_path_factory.mktemp("julu") / "julu.ledger"
    illustrate.create(path)
    return path


@pytest.fixture
def june(year):
    """Report on June."""
    with Ledger.open(year, read_only=True) as ledger:
        return ledger.monthly_report(2023, 6)


def width(text):
    """Return how many columns *text* takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize(
    ("language", "file"), [(None, "june.txt"), ("zh", "june-zh.txt")]
)
def test_the_text_is_the_golden_report(june, language, file):
    """Figures, order and layout of June, but for the root, which holds random ids."""
    text = june.render("text", language=language).replace(june.root, "ROOT")
    assert text == (GOLDEN / file).read_text("utf-8")


@pytest.mark.parametrize("columns", [80, 100, 160])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off(june, columns, language):
    """Every line fits, and every name is there in full, folded where it is long."""
    text = june.render("text", width=columns, language=language)
    lines = text.splitlines()
    assert max(map(width, lines)) <= columns
    starts = "".join(line[:16].split("  ")[0].strip() for line in lines)
    for project in june.projects:
        assert "".join(project.execution.name.split())[:7] in starts.replace(" ", "")
    assert "…" not in text


def test_columns_are_aligned_with_chinese_text(june):
    """The bars of all rows begin in the same column."""
    lines = june.render("text", language="zh").splitlines()
    bars = [line for line in lines if "%" in line and ("┃" in line or "┆" in line)]
    begins = {
        width(line[: min(line.find(c) for c in "█·┃┆" if c in line)]) for line in bars
    }
    assert len(bars) == 20
    assert len(begins) == 1


def test_the_june_figures_follow_from_the_events_by_hand(year, june):
    """Each project's figures, added up from plain events without any projection."""
    budget, spent = {}, {}
    with Ledger.open(year, read_only=True) as ledger:
        for recorded in ledger.events():
            event = recorded.event
            if recorded.on > june.through or recorded.stream.startswith("unit"):
                continue
            code = event.project
            if recorded.type == "BudgetApproved":
                budget[code] = sum(part.amount for part in event.amounts)
            elif isinstance(event, BudgetAdjusted):
                change = sum(part.amount for part in event.amounts)
                budget[code] += event.kind.sign * change
            elif isinstance(event, Disbursed):
                spent[code] = spent.get(code, 0) + event.amount
            elif isinstance(event, DisbursementReversed):
                spent[code] -= event.amount

        for project in june.projects:
            line = project.execution
            assert ledger.minor(line.current_budget) == budget[line.project]
            assert ledger.minor(line.disbursed) == spent.get(line.project, 0)
        assert ledger.minor(june.totals.disbursed) == sum(spent.values())


def test_the_demo_shows_life(june):
    """One project ahead, one behind, one supplemented, one corrected."""
    lines = {project.execution.project: project.execution for project in june.projects}

    assert lines[illustrate.NETWORK].variance > 0
    assert lines[illustrate.RECRUITING].status is Status.BEHIND
    training = lines[illustrate.TRAINING]
    assert training.current_budget > training.original_budget
    assert june.render("text").startswith("Julu 2023: real budgets, ILLUSTRATIVE")


def test_projects_come_worst_first(june):
    """What is behind leads; what is on track ends."""
    statuses = [project.status for project in june.projects]
    assert statuses == sorted(
        statuses, key=[Status.BEHIND, Status.AT_RISK, Status.ON_TRACK].index
    )


def test_of_one_status_the_worse_money_leads_then_what_is_less_spent(tmp_path):
    """By status, then money, then disbursed ÷ planned, then code."""
    early = SpendingPlan(checkpoints=(Checkpoint(day(3, 31), 100_000),))
    spent = {"A": 60_000, "H": 45_000, "B": 35_000, "C": 20_000, "E": 10_000}
    met = {"G": 35_000}
    with Ledger.open(tmp_path / "order.ledger", actor="a", clock=Clock()) as ledger:
        for code, amount in {**met, **spent, "D": 10_000}.items():
            plan = {"plan": early} if code == "H" else {}
            done = ResultReported(
                project=code,
                indicator="开展就业培训数",
                on=day(6, 1),
                value=Decimal(10 if code in met else 1),
            )
            paid = disbursement(amount, project=code)
            ledger.append(approval(code, **plan), paid, done)

        found = ledger.monthly_report(2023, 6).projects

    order = [project.execution.project for project in found]
    assert order == ["D", "E", "C", "H", "B", "A", "G"]


def test_totals_are_sums_and_rates_of_sums(june):
    """Rates are never averaged."""
    total = june.totals
    lines = [project.execution for project in june.projects]
    assert total.disbursed == sum(line.disbursed for line in lines)
    assert total.execution_rate == round(total.disbursed / total.current_budget, 6)
    assert total.variance == total.disbursed - total.planned


def test_the_json_has_the_promised_keys(june):
    """Keys may be added, never renamed."""
    report = json.loads(june.render("json"))
    assert {
        "month",
        "through",
        "known_at",
        "position",
        "root",
        "currency",
        "totals",
        "projects",
        "findings",
    } <= set(report)
    project = report["projects"][0]
    assert {
        "project",
        "name",
        "unit",
        "original_budget",
        "current_budget",
        "planned",
        "disbursed",
        "available",
        "execution_rate",
        "plan_rate",
        "variance",
        "time_progress",
        "status",
        "by_source",
        "months",
        "indicators",
    } <= set(project)
    assert {
        "level1",
        "level2",
        "name",
        "target",
        "measure",
        "result",
        "expected",
        "attainment",
        "status",
        "weight",
        "score",
    } <= set(project["indicators"][0])
    assert [month["month"] for month in project["months"]][::11] == [
        "2023-01",
        "2023-12",
    ]


def test_months_sum_to_what_is_disbursed(june):
    """The months of a project add up to its figure."""
    for project in june.projects:
        months = project.execution.months
        assert sum(m.disbursed for m in months[:6]) == project.execution.disbursed
        assert months[5].cumulative_disbursed == project.execution.disbursed
        assert months[5].cumulative_planned == project.execution.planned
        assert months[6].disbursed is None


def test_an_empty_ledger_reports_nothing(ledger):
    """No projects, no rates, no error."""
    report = ledger.monthly_report(2023, 6)
    assert report.totals.execution_rate is None
    assert "0 projects: none" in report.render("text", language="en")
    assert "0 个项目：无" in report.render("text", language="zh")


def test_hostile_names_are_harmless_text(ledger):
    """Markup and control characters in names are printed, not obeyed."""
    with no_door():
        ledger.append(approval("A", name="[red]<script>[/red]", indicators=()))
        ledger.append(approval("B", name="=1+1\x1b[31m", indicators=()))
    text = ledger.monthly_report(2023, 6).render("text")
    assert "[red]<script>" in text
    assert "\x1b" not in text


def test_suspect_results_show_as_findings(ledger):
    """A numerator above its denominator is taken, and said."""
    ledger.append(approval(indicators=(indicator("满意率", "≥98%"),)))
    ledger.report_result("P-1", "满意率", numerator=61, denominator=60, on=day(3))
    report = ledger.monthly_report(2023, 3)
    assert [finding.code for finding in report.findings] == ["result.above_whole"]


def test_the_same_log_gives_the_same_bytes(path, tmp_path):
    """Two ledgers with the same events, clock and ids report byte for byte alike."""
    texts = []
    for file in (path, tmp_path / "other.ledger"):
        with Ledger.open(file, actor="a", clock=Clock(), entropy=Entropy()) as ledger:
            ledger.append(approval(), disbursement())
            texts.append(ledger.monthly_report(2023, 3).render("json"))
    assert texts[0] == texts[1]


def test_the_sample_of_the_readme_is_the_golden_report():
    """
    Line by line and in order, but for those that the mark … stands for.

    The demo has a second year, which its title says.
    """
    page = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    sample = page.partition("```text\nJulu 2023: ")[2].partition("\n```")[0]
    golden = [
        line.rstrip() for line in (GOLDEN / "june.txt").read_text("utf-8").splitlines()
    ]
    golden[0] = words(Language.ENGLISH, "titles")
    start = 0
    for part in f"Julu 2023: {sample}".split("\n…\n"):
        lines = part.split("\n")
        found = golden.index(lines[0], start)
        assert golden[found : found + len(lines)] == lines
        start = found + len(lines)
    assert start > 20


def test_every_key_of_the_json_report_is_in_the_reference(june):
    """Whoever reads the report by program finds each word explained."""
    page = (Path(__file__).parents[3] / "docs" / "reference.md").read_text("utf-8")
    part = page.partition("## The report as JSON")[2].partition("\n## ")[0]
    report = json.loads(june.render("json"))
    project = report["projects"][0]
    objects = [report, report["totals"], project, project["indicators"][0]]
    for each in [*objects, report["units"][0]]:
        assert [key for key in each if f"`{key}`" not in part] == []
