"""Each type of event is shown in each output, or here stands where it is shown instead."""

import io
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from ledger import Ledger, LedgerError
from ledger.domain.catalogue import BY_CLASS
from ledger.domain.event_type import Shown
from support import Clock, Entropy
from support_carries import CLOCK
from support_doors import DOORS, filled

MONTHS = {2023: (2023, 12), 2024: (2024, 5)}
LANGUAGES = "zh", "en"
REGISTERS = (
    *("contracts", "carried_over", "two_years", "life_to_date"),
    *("adjustments", "refunds", "closed_months"),
)
PROOF = re.compile(r"[0-9a-f]{16}|base64")
"""What is otherwise in every report of a longer record: roots, and pages' receipts."""

GONE = "no figure of its project is left to ask for"
LEG = "its leg of the new year is named there, and moves the money"
MONEY = "registers are of money"
JUDGED = "text has no room for judgements: the page and the official forms do"
PLAN = "registers have no plans"
REFUND = "it is no money of the year, of which the official forms are"
WORDS = "frames have numbers, and it has words"
YEARLY = "it stands in the self-evaluation of the year, which has no receipt"
OUTLOOK = "it stands in the monitoring, which has no receipt, as what a person says"
ORDER = "an order is no figure: it stands among the findings"
OPEN = "an order stays open, whatever is reported of it"
RECTIFIED = {
    **dict.fromkeys(("csv", "records", "workbook", "official"), ORDER),
    **dict.fromkeys(("explain", "receipt"), ORDER),
    "registers": MONEY,
}
LOCK = "it changes no figure"
FACTS = "the register of closed months lists what comes under it"
PERIOD = dict.fromkeys(
    ("explain", "diff", "receipt", "csv", "records", "official"), LOCK
)
UNSHOWN = {
    "ApprovalWithdrawn": {"explain": GONE},
    "SpendingPlanRevised": {"registers": PLAN},
    "CarriedOver": {"diff": LEG, "receipt": LEG},
    "CarryReturned": {"diff": LEG, "receipt": LEG},
    "PriorYearRefund": {"official": REFUND},
    "ObjectivesSet": {"registers": MONEY},
    "ResultReported": {"registers": MONEY},
    "ResultRetracted": {"registers": MONEY},
    "TargetRevised": {"registers": MONEY},
    "VarianceExplained": {"registers": MONEY, "records": WORDS},
    "ScoreReported": {"registers": MONEY, "text": JUDGED},
    "ConclusionStated": {
        **dict.fromkeys(("text", "workbook", "json", "csv", "records"), YEARLY),
        **dict.fromkeys(("explain", "receipt"), YEARLY),
        "registers": MONEY,
    },
    **dict.fromkeys(("RectificationOrdered", "RectificationClosed"), RECTIFIED),
    "RectificationReported": {
        **dict.fromkeys(("text", "workbook", "json", "csv", "diff", "receipt"), OPEN),
        **dict.fromkeys(("official",), OPEN),
        **RECTIFIED,
    },
    "GoalAssessed": {
        **dict.fromkeys(("text", "workbook", "json", "csv", "records"), YEARLY),
        **dict.fromkeys(("explain", "receipt"), YEARLY),
        "registers": MONEY,
    },
    "OutlookStated": {
        **dict.fromkeys(("text", "workbook", "json", "csv", "records"), OUTLOOK),
        **dict.fromkeys(("explain", "receipt"), OUTLOOK),
        "registers": MONEY,
    },
    "PeriodClosed": PERIOD,
    "PeriodReopened": {**PERIOD, "registers": FACTS},
    "PolicySet": {"records": WORDS, "registers": MONEY},
}
"""By type: the outputs that do not show it, each with the reason."""


class Case(NamedTuple):
    """A fact that was recorded last, and what was known before it."""

    ledger: Ledger
    fact: Any
    before: dict[str, Any]
    issued: dict[str, Any]

    @property
    def month(self):
        return MONTHS[self.fact.on.year]


def lines(text):
    """Return the lines of a report that would be the same of another record."""
    return [line for line in text.splitlines() if not PROOF.search(line)]


def texts(ledger, month):
    """Return the report, and each project of it, as text."""
    report = ledger.monthly_report(*month)
    projects = [None, *(each.execution.project for each in report.projects)]
    return [
        lines(report.render("text", language=language, project=project))
        for language in LANGUAGES
        for project in projects
    ]


def pages(ledger, month):
    """Return the report as a page."""
    report = ledger.monthly_report(*month)
    return [
        lines(report.render("html", language=one).replace(">", ">\n"))
        for one in LANGUAGES
    ]


def workbooks(ledger, month):
    """Return the cells of the report as a workbook."""
    report = ledger.monthly_report(*month)
    books = [
        load_workbook(io.BytesIO(report.render("xlsx", language=one)))
        for one in LANGUAGES
    ]
    return [
        [lines(str(cell.value)) for sheet in book for row in sheet for cell in row]
        for book in books
    ]


def values(ledger, month):
    """Return the report as JSON, without what proves it."""
    return unproved(ledger.monthly_report(*month).to_dict())


def unproved(values):
    """Return values without what says which record they are of."""
    proof = {"position", "root", "receipt"}
    return {key: value for key, value in values.items() if key not in proof}


def tables(ledger, month):
    """Return the report as CSV."""
    report = ledger.monthly_report(*month)
    names = "projects", "months", "indicators"
    return [report.render("csv", table=name) for name in names]


def records(ledger, month):
    """Return the report as rows for data frames."""
    report = ledger.monthly_report(*month)
    return [report.to_records(name) for name in ("months", "indicators")]


def official(ledger, month):
    """Return the official forms of the month and of its year."""
    forms = ledger.monitoring(*month), ledger.self_evaluation(month[0])
    return [unproved(one.to_dict()) for one in forms]


def registers(ledger, month):
    """Return all registers at the end of the month."""
    through = ledger.settings.month_end(*month)
    made = [getattr(ledger, name)(through=through) for name in REGISTERS]
    return [unproved(one.to_dict()) for one in made]


RENDERED = {
    "text": texts,
    "page": pages,
    "workbook": workbooks,
    "json": values,
    "csv": tables,
    "records": records,
    "official": official,
    "registers": registers,
}
"""Outputs that show a fact by its effect, or by a line of its own."""


def explained(case):
    """Whether a figure of its subject names the fact."""
    year = int(case.fact.stream.split(":")[1]) if ":" in case.fact.stream else None
    view = case.ledger.view(through=case.ledger.settings.month_end(*case.month))
    unit = case.fact.stream.startswith("unit:")
    codes = [case.fact.stream.rpartition(":")[2]]
    if codes == ["ledger"]:
        codes = [each["project"] for each in case.issued["projects"]]
    for code in codes:
        for figure in figures(case, code, "units" if unit else "projects"):
            with suppress(LedgerError):
                why = view.explain(f"unit:{code}" if unit else code, figure, year=year)
                if any(names(row, case.fact.position) for row in why.to_records()):
                    return True
    return False


def names(row, position):
    """Whether a row of an explanation is of a fact, or is left out because of it."""
    return row["position"] == position or f" {position}" in str(row["left_out"])


def figures(case, code, kind):
    """Yield the names of the figures of a subject, in the report of its year."""
    for report in (case.issued, values(case.ledger, case.month)):
        for one in report[kind]:
            if one[kind[:-1]] == code:
                yield from one.keys() - {"by_source", "months", "indicators"}
                for row in one["indicators"]:
                    yield from (f"indicators.{row['indicator']}.{name}" for name in row)
    yield "handed_on"


def differing(case):
    """Whether a figure that changed names the fact."""
    through = case.ledger.settings.month_end(*case.month)
    changed = case.ledger.differences(case.fact.position - 1, through=through)
    return named(case, changed)


def restated(case):
    """Whether the receipt of a report that was issued before names the fact."""
    check = case.ledger.verify_report(case.issued)
    assert check.ok
    return named(case, check.restated)


def named(case, figures):
    return any(case.fact.position in one.positions for one in figures)


def exported(case):
    """Whether the table in Parquet has its row, with its money and all that it says."""
    case.ledger.export_table(Path("events"))
    files = Path("events").rglob("*.parquet")
    rows = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    (row,) = (row for row in rows if row["position"] == case.fact.position)
    event, kind = case.fact.event, BY_CLASS[type(case.fact.event)]
    payload = json.loads(row["payload"])
    line = json.loads(next(case.ledger.lines(after=case.fact.position - 1)))
    told = {
        column.field
        for column in kind.columns
        if Shown.TABLE in column.shown and getattr(event, column.field) is not None
    }
    moved = {effect.flow.value for effect in kind.effects(event)}
    return (
        row["type"] == kind.name
        and all(row[name] is not None for name in told | moved)
        and holds(payload, line["payload"])
    )


def holds(whole, part):
    """Whether a payload holds all of another one, which leaves out what is usual."""
    if isinstance(part, dict):
        return all(holds(whole[name], value) for name, value in part.items())
    if isinstance(part, list):
        return all(holds(*both) for both in zip(whole, part, strict=True))
    return bool(whole == part)


NAMED = {
    "explain": explained,
    "diff": differing,
    "receipt": restated,
    "parquet": exported,
}
"""Outputs that name a fact by its position."""


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Return a ledger's bytes, and all that it says before the fact."""
    folder = tmp_path_factory.mktemp("before")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        content = filled()
        with Ledger("a.ledger", read_only=True) as ledger:
            return content, {
                month: {name: show(ledger, month) for name, show in RENDERED.items()}
                for month in MONTHS.values()
            } | {
                "issued": {
                    month: ledger.monthly_report(*month).to_dict()
                    for month in MONTHS.values()
                }
            }


@pytest.mark.parametrize("kind", DOORS)
def test_a_fact_is_shown_in_each_output(before, kind, tmp_path, monkeypatch):
    """Where one does not show it, its reason stands in the table; else it is missing."""
    monkeypatch.chdir(tmp_path)
    content, earlier = before
    Path("a.ledger").write_bytes(content)
    with Ledger("a.ledger", actor="t", clock=Clock(CLOCK), entropy=Entropy()) as ledger:
        size = ledger.position
        DOORS[kind][0](ledger)
        facts = [each for each in ledger.events(after=size) if each.type == kind]
        case = Case(ledger, facts[0], {}, {})
        case = Case(
            ledger, facts[0], earlier[case.month], earlier["issued"][case.month]
        )
        shown = {
            name: show(ledger, case.month) != case.before[name]
            for name, show in RENDERED.items()
        } | {name: shows(case) for name, shows in NAMED.items()}
    missing = {name for name, yes in shown.items() if not yes}
    assert missing == UNSHOWN.get(kind, {}).keys()
