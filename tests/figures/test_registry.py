"""The figure registry: what its rows say is so, and every rendering follows them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from ledger import InvalidInput
from ledger.domain.exact_numbers import EXACTLY, PLACES, exactly, rounded
from ledger.domain.money import share
from ledger.domain.status import Status
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Scope
from ledger.messages import Language
from ledger.projections.months import Month
from ledger.reports import vocabulary as words
from support import approval
from support_figures import heads, sheet_heads
from support_reports import reports

DOCS = Path(__file__).parents[2] / "docs"
PARTS = (
    "in_year_budget supplements virements_in carried_in reductions virements_out recalls "
    "carry_returned".split()
)
LATER = (
    "current_budget new_money disbursed reserved contracted open committed overdue_open "
    "available refunded free carried_over lapsed handed_on withheld execution_rate commitment_rate".split()
)
SOURCE = ["original_budget", *PARTS, *LATER]
UNTIDY = ("plan_reason", "original_planned")
TOTAL = [
    *SOURCE,
    *"planned plan_reason original_planned overdue_commitments".split(),
    *"plan_rate variance time_progress".split(),
]
PROJECT = "status money_status calendar_status days_overdue closed_on".split()
MONTH = "planned disbursed cumulative_planned cumulative_disbursed".split()
INDICATOR = (
    "level1 level2 name indicator target unit measure result results expected "
    "expected_on attainment capped_attainment status due due_on reason weight score reported_score explanation".split()
)
EXPLANATION = "on about category text remedy".split()
WHO = "project name unit unit_name fiscal_year".split()
TABLES = (registry.MONEY, registry.MONTHS, registry.INDICATORS, registry.GROUPS)


def keys(rows):
    """Return the keys of some rows."""
    return [row.key for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_a_key_occurs_once(table):
    """In each table."""
    assert len(set(keys(table))) == len(table)


def test_every_figure_has_words_in_every_language():
    """Heads are never keys."""
    heads = {row.word for table in TABLES for row in table}
    for language in Language:
        assert heads <= set(words.words(language))


def test_every_figure_of_money_is_a_property_of_what_has_it(report):
    """Of a source, a sum, a project's money, or a project."""
    [project] = report.projects
    holders = {
        Scope.SOURCE: project.execution.by_source["fiscal"],
        Scope.TOTAL: report.totals,
        Scope.LINE: project,
        Scope.PROJECT: project,
    }
    for row in registry.MONEY:
        row.of(holders[row.scope])
        if row.kind is FigureKind.RATE:
            row.exactly_of(holders[row.scope])
    assert [*keys(registry.months())] == list(Month._fields[1:])
    [line] = project.indicators
    for row in registry.indicators():
        row.of(line)
        row.exactly_of(line)


@given(reports())
def test_a_figure_is_the_sum_or_the_quotient_of_its_parts(report):
    """Of each source, each project and the totals; rates come before they are rounded."""
    lines = [report.totals, *(project.execution for project in report.projects)]
    sources = [part for line in lines for part in line.by_source.values()]
    for scope, holders in ((Scope.SOURCE, [*sources, *lines]), (Scope.TOTAL, lines)):
        for row in registry.money(scope):
            for line in holders:
                if row.parts:
                    total = Decimal(0)
                    for figure, sign in row.parts:
                        total = EXACTLY.add(total, sign * figure.of(line))
                    assert row.of(line) == total
                if row.ratio:
                    assert row.of(line) == share(*(each.of(line) for each in row.ratio))
                if row.kind is FigureKind.RATE and row.of(line) is not None:
                    exact = exactly(row.exactly_of(line))
                    assert rounded(exact, PLACES) == rounded(row.of(line), PLACES)


def test_the_order_of_json_is_kept(report):
    """Keys may be added, never renamed; columns of CSV stand in this order too."""
    told = report.to_dict()
    assert [*told["totals"]] == [*TOTAL, "by_source"]
    [project] = told["projects"]
    lists = ["months", "indicators"]
    assert [*project] == [*WHO, *TOTAL, "by_source", *PROJECT, *lists]
    assert [*project["by_source"]["fiscal"]] == SOURCE
    assert [*project["months"][0]] == ["month", *MONTH]
    assert [*project["indicators"][0]] == INDICATOR


def test_the_order_of_csv_is_kept(report):
    """As it was when columns were listed table by table."""
    sources = [f"by_source.fiscal.{key}" for key in SOURCE]
    assert heads(report.render("csv")) == [*WHO, *PROJECT, *TOTAL, *sources]
    assert heads(report.render("csv", table="months")) == [*WHO, "month", *MONTH]
    said = [f"explanation.{key}" for key in EXPLANATION]
    names = ["project", "project_name", "unit_code", "unit_name"]
    assert heads(report.render("csv", table="indicators")) == [
        *names,
        *INDICATOR[:-1],
        *said,
    ]
    portfolio = report.portfolio()
    statuses = [status.value for status in Status]
    unit = ["unit", "unit_name", "projects"]
    assert heads(portfolio.render("csv")) == [*unit, *statuses, *TOTAL]
    assert heads(portfolio.render("csv", table="sources")) == ["source", *SOURCE]
    scores = "scored score possible_score score_rate".split()
    group = ["group", "indicators", *statuses, *scores]
    assert heads(portfolio.render("csv", table="groups")) == group
    ranked = ["execution_rate", "variance"]
    ranking = [*WHO[:4], *ranked, *(f"{key}_rank" for key in ranked)]
    assert heads(portfolio.render("csv", table="ranking")) == ranking
    assert heads(portfolio.render("csv", table="months")) == ["month", *MONTH]


def test_the_order_of_tidy_rows_is_kept(report):
    """A figure of every month is not there a second time as one to date."""
    told = [row["figure"] for row in report.to_records() if row["month"] == "2023-03"]
    to_date = [
        key for key in TOTAL if key not in (*MONTH, *UNTIDY, "committed", "withheld")
    ]
    assert told == [*MONTH, *to_date]
    told = [row["figure"] for row in report.to_records("indicators")]
    scores = "weight score reported_score".split()
    assert told == ["result", "expected", "attainment", "capped_attainment", *scores]


def test_the_order_of_a_workbook_is_kept(report, tmp_path):
    """Amounts, then rates, then days; two sheets of lists and one of months."""
    say = words.words(Language.ENGLISH)
    path = tmp_path / "report.xlsx"
    report.write(path, language="en")
    projects, indicators, months = sheet_heads(path)
    who = "project name unit_name status".split()
    amounts = "original_budget current_budget planned disbursed reservations_open contracts_open".split()
    amounts += "open available free variance carried_forward lapsed handed_on".split()
    rest = "execution_rate commitment_rate plan_rate time_progress".split()
    rest += "money_status calendar_status closed_on".split()
    assert projects == [say[key] for key in (*who, *amounts, *rest)]
    names = "subject subject_name level1 level2 level3 target result expected".split()
    judged = "attainment status weight score reported_score explanation".split()
    assert indicators == [say[key] for key in (*names, *judged)]
    assert months == [say[key] for key in ("month", *MONTH)]


def test_the_order_of_the_page_is_kept(report, tmp_path):
    """Of the list, of the totals, of a project, of its months and of its indicators."""
    path = tmp_path / "report.html"
    report.write(path, language="en")
    page = path.read_text("utf-8")
    say = words.words(Language.ENGLISH)
    terms = [term.partition(" (")[0] for term in re.findall("<dt>(.*?)</dt>", page)]
    amounts = (
        "original_budget current_budget planned disbursed available variance".split()
    )
    own = [say[key] for key in (*amounts, "execution_rate", "time_progress")]
    judged = [say[key] for key in ("money_status", "calendar_status")]
    assert terms == [*own, *own, *judged]  # The totals, and the only project.
    _, projects, months, _, indicators, *_ = re.findall(
        "<thead>(.*?)</thead>", page, flags=re.DOTALL
    )
    shown = [re.findall("<th.*?>(.*?)</th>", head) for head in (projects, months)]
    listed = (
        "project_name status current_budget planned disbursed execution_rate".split()
    )
    bar = say["html.bar"]
    assert shown[0] == [*(say[key] for key in listed), bar, say["variance"]]
    assert shown[1] == [say[key] for key in ("month", *MONTH)]
    judged = "indicator target result expected attainment status score".split()
    assert re.findall("<th.*?>(.*?)</th>", indicators) == [say[key] for key in judged]


def short(keys):
    """Return heads of tables of text in English."""
    say = words.words(Language.ENGLISH)
    return [say.get(f"short.{key}", say[key]) for key in keys.split()]


def has_heads(text, expected):
    """Return whether a line of a text starts with these heads."""
    lines = (re.split(r"  +", line.strip()) for line in text.splitlines())
    return any(line[: len(expected)] == expected for line in lines)


def test_the_order_of_texts_is_kept(ledger, report):
    """Of lists, of one project, and of the portfolio."""
    text = ledger.monthly_report(2023, 12).render("text", width=250, language="en")
    listed = "current_budget planned disbursed variance execution_rate"
    assert has_heads(text, short(f"project_name {listed}"))
    attention = short("project_name indicator target result expected status")
    assert has_heads(text, attention)
    text = report.render("text", width=250, project="P-1", language="en")
    source = "source original_budget current_budget disbursed available"
    months = " ".join(["month", *MONTH])
    judged = "indicator target result expected attainment status score"
    for expected in (source, months, judged):
        assert has_heads(text, short(expected))
    text = report.portfolio().render("text", width=250, language="en")
    scores = "scored score possible_score score_rate"
    rank = "rank project project_name"
    for expected in (
        f"unit projects {listed}",
        source,
        f"group indicators {scores} status",
        f"{rank} current_budget disbursed execution_rate",
        f"{rank} planned disbursed variance",
        months,
    ):
        assert has_heads(text, short(expected)), expected


def test_what_is_free_is_told_where_it_is_not_what_is_available(ledger):
    """Where both are the same it says nothing; a later payment makes it less."""
    ledger.append(approval())
    say = words.words(Language.ENGLISH)

    def told():
        made = ledger.monthly_report(2023, 3)
        text = made.render("text", width=250, project="P-1", language="en")
        beside = short("available free")[1]
        page = made.render("html", language="en")
        heads = [line.split() for line in text.splitlines() if "available" in line]
        return any(beside in each for each in heads), f"<dt>{say['free']} (" in page

    assert told() == (False, False)
    ledger.disburse("P-1", "0.01", voucher="W", on="2023-06-04")
    assert told() == (True, True)


def test_every_figure_can_be_explained(ledger, report):
    """Of a project, its sources, its months and indicators, and of the totals."""
    [project] = report.projects
    through = report.through
    for row in registry.money(Scope.PROJECT):
        if not row.is_explained:
            continue
        explained = ledger.explain("P-1", row.key, through=through)
        holder = project if row.scope > Scope.TOTAL else project.execution
        assert explained.value == row.of(holder)
        if row.scope <= Scope.TOTAL:
            total = ledger.explain("totals", row.key, through=through)
            assert total.value == row.of(report.totals)
        if row.scope is Scope.SOURCE:
            way = f"by_source.fiscal.{row.key}"
            of_source = ledger.explain("P-1", way, through=through)
            assert of_source.value == row.of(project.execution.by_source["fiscal"])
    march = project.execution.months[2]
    for row in registry.months():
        way = f"months.2023-03.{row.key}"
        assert ledger.explain("P-1", way, through=through).value == row.of(march)
    for row in registry.indicators():
        way = f"indicators.次数.{row.key}"
        if row.is_explained:
            ledger.explain("P-1", way, through=through)
        else:
            with pytest.raises(InvalidInput):
                ledger.explain("P-1", way, through=through)


def test_the_docs_name_every_figure(report):
    """In the reference, in the list of tidy rows and in that of what is explained."""
    docs = {
        name: set(re.findall(r"`\.?([a-z0-9_]+)`", (DOCS / name).read_text("utf-8")))
        for name in ("reference.md", "how-to/reports.md", "how-to/explain.md")
    }
    assert {*keys(registry.MONEY), *keys(registry.INDICATORS)} <= docs["reference.md"]
    tidy = [*report.to_records(), *report.to_records("indicators")]
    assert {row["figure"] for row in tidy} <= docs["how-to/reports.md"]
    explained = [row for row in registry.INDICATORS if row.is_explained]
    named = docs["how-to/explain.md"] | {"result"}  # After the name of its indicator.
    money = [row for row in registry.MONEY if row.is_explained]
    assert {*keys(money), *keys(explained)} <= named
