"""
Everything that is said of the two years: each part yields the names of texts, and them.

Both ledgers lie in the current folder, so that no text holds where that is.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import illustrate
import ledger as public
import support_workbooks
from ledger import Ledger
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION

from . import ROOT, years
from .misuse import misuse
from .plain import command, pages_of_help, values
from .refusals import refusals
from .workbooks import workbooks, workbooks_of_the_demo

LANGUAGES = ("en", "zh")
OPENED = {years.DEMO: years.demo, years.SMALL: years.small}
MONTHS = {years.DEMO: ((2023, 6), (2023, 12)), years.SMALL: ((2023, 6), (2024, 3))}
JUNE = date(2023, 6, 30)
KNOWN = datetime(2023, 7, 10, tzinfo=UTC)
"""In both years something of June was recorded after it."""


def of_both(part):
    """Return a part that says of both ledgers what *part* says of an open one."""

    def said():
        for file, opened in OPENED.items():
            with opened() as ledger:
                for name, text in part(file, ledger):
                    yield f"{file.stem}/{name}", text

    return said


@of_both
def record(file, ledger):
    """Say the lines, the root, the export and all events."""
    yield "lines", b"\n".join(ledger.lines()).decode()
    yield "root", ledger.root
    yield "checkpoint", ledger.checkpoint().note
    yield "events.txt", command("events", file)
    yield "events.json", command("events", file, "--format", "json")
    one = next(iter(ledger.events())).stream
    yield "events-of-a-project", command("events", file, one, "--after", 3)
    ledger.export("lines.jsonl")
    for kept in ("lines.jsonl", "lines.jsonl.checkpoint"):
        yield f"export/{kept}", Path(kept).read_text("utf-8")


@of_both
def monthly(file, ledger):
    """Say the monthly report and the portfolio, in every format but two."""
    for year, month in MONTHS[file]:
        report = ledger.monthly_report(year, month)
        name = f"{year}-{month:02}"
        yield from _monthly(f"monthly/{name}", report)
        yield from _portfolio(f"portfolio/{name}", report.portfolio())
    known = ledger.monthly_report(2023, 6, known_at=KNOWN)
    yield "monthly/2023-06-as-known/json", known.render("json")
    yield "monthly/2023-06-as-known/text", known.render("text")


def _monthly(name, report):
    yield f"{name}/json", report.render("json")
    for table in ("months", "indicators"):
        yield f"{name}/records-{table}", values(report.to_records(table))
    for language in (None, *LANGUAGES):
        for table in ("projects", "indicators", "months"):
            yield (
                f"{name}/{table}-{language}.csv",
                report.render("csv", table=table, language=language),
            )
    for language in LANGUAGES:
        yield f"{name}/{language}.txt", report.render("text", language=language)
        yield (
            f"{name}/narrow-{language}.txt",
            report.render("text", width=60, language=language),
        )
        for project in report.projects:
            code = project.execution.project
            yield (
                f"{name}/{code}-{language}.txt",
                report.render("text", project=code, language=language),
            )


def _portfolio(name, portfolio):
    yield f"{name}/json", portfolio.render("json")
    for language in (None, *LANGUAGES):
        for table in ("units", "sources", "groups", "ranking", "months"):
            yield (
                f"{name}/{table}-{language}.csv",
                portfolio.render("csv", table=table, language=language),
            )
    for language in LANGUAGES:
        yield f"{name}/{language}.txt", portfolio.render("text", language=language)


@of_both
def official(file, ledger):
    """Say the monitoring and the self-evaluation, projects and units."""
    for year, month in MONTHS[file]:
        name = f"monitoring/{year}-{month:02}"
        yield from _official(name, ledger.monitoring(year, month))
    yield from _official("self-evaluation", ledger.self_evaluation(2023))
    yield "self-evaluation/check", command("evaluate", file, "--year", 2023, "--check")


def _official(name, report):
    yield f"{name}/json", report.render("json")
    for language in LANGUAGES:
        yield f"{name}/{language}.txt", report.render("text", language=language)


@of_both
def pages(file, ledger):
    """Say the monthly report as a page."""
    year, month = MONTHS[file][0]
    report = ledger.monthly_report(year, month)
    for language in LANGUAGES:
        report.write("page.html", language=language)
        yield (
            f"monthly/{year}-{month:02}/{language}.html",
            Path("page.html").read_text("utf-8"),
        )


def explained(ledger, months):
    """Say where every figure of a report comes from, one text a project or unit."""
    for year, month in months:
        report = json.loads(ledger.monthly_report(year, month).render("json"))
        view = ledger.view(through=date.fromisoformat(report["through"]))
        subjects = {"totals": report["totals"]}
        subjects |= {each["project"]: each for each in report["projects"]}
        subjects |= {f"unit:2023:{each['unit']}": each for each in report["units"]}
        for subject, figures in subjects.items():
            said = [_why(view, subject, figure) for figure in _figures(figures)]
            yield f"explain/{year}-{month:02}/{subject}", values(said)


def _why(view, subject, figure):
    try:
        return view.explain(subject, figure).to_dict()
    except public.LedgerError as refused:
        return f"{figure}: {type(refused).__name__}"


def _figures(said):
    """Yield the name of each figure of a project, a unit or the totals."""
    for name, value in said.items():
        if name == "by_source":
            yield from (f"by_source.{s}.{n}" for s, part in value.items() for n in part)
        elif name == "months":
            yield from (f"months.{m['month']}.{n}" for m in value for n in m)
        elif name == "indicators":
            yield from (
                f"indicators.{one['indicator']}.{n}" for one in value for n in one
            )
        else:
            yield name


def explanations():
    """Say where all figures of the small year come from."""
    with years.small() as ledger:
        for name, text in explained(ledger, MONTHS[years.SMALL]):
            yield f"small/{name}", text


def explanations_of_the_demo():
    """Say where the figures of every project of the demo come from."""
    with years.demo() as ledger:
        for name, text in explained(ledger, MONTHS[years.DEMO][:1]):
            yield f"demo/{name}", text


@of_both
def shown(file, ledger):
    """Say what `show` and `explain` print."""
    for recorded in list(ledger.events(types=["BudgetApproved"]))[:4]:
        code = recorded.event.project
        for form in ("text", "json"):
            yield (
                f"show/{code}-{form}",
                command(
                    "show",
                    file,
                    code,
                    "--through",
                    JUNE,
                    "--format",
                    form,
                    language=None,
                ),
            )
    for figure in (
        "execution_rate",
        "status",
        "disbursed",
        "by_source.fiscal.available",
    ):
        said = command("explain", file, code, figure, "--month", "2023-06")
        yield f"explain-printed/{figure}", said
    yield "show/all", command("show", file, "--through", JUNE, language=None)


@of_both
def audits(file, ledger):
    """Say what those are told who check: differences, proofs, receipts, replays."""
    at = ledger.view(known_at=KNOWN).position
    for form in ("text", "json"):
        kind = ("--format", form)
        month = ("--month", "2023-06")
        yield f"diff/{form}", command("diff", file, *month, "--known-at", at, *kind)
        yield (
            f"diff/between-{form}",
            command("diff", file, *month, "--known-at", 4, "--known-at", at, *kind)
            if file == years.SMALL
            else "the demo begins with one append\n",
        )
        yield f"verify/{form}", command("verify", file, *kind)
        yield f"replay/{form}", command("replay", file, *kind)
        yield f"replay/june-{form}", command("replay", file, "--through", JUNE, *kind)
        for name, issued in _issued(ledger):
            issued_file = Path(f"{name}.json")
            issued_file.write_text(json.dumps(issued, ensure_ascii=False), "utf-8")
            yield (
                f"receipt/{name}-{form}",
                command("verify", file, "--report", issued_file, *kind),
            )
    for projection in (EXECUTION, ATTAINMENT):
        states = ledger.replay(projection, through=JUNE, known_at=KNOWN)
        yield f"replay/{projection.name}", "\n".join(stream for stream, _ in states)
    yield "stale", values(ledger.stale_snapshots())
    yield "prove", command("prove", file, 5)
    Path("proof.json").write_text(ledger.prove(5).render("json"), "utf-8")
    yield "check", command("check", "proof.json")
    yield "check.json", command("check", "proof.json", "--format", "json")
    Path("old.checkpoint").write_text(ledger.checkpoint(at).note, "utf-8")
    yield "prove-from", command("prove", file, "--from", "old.checkpoint")
    ledger.export("lines.jsonl", until=at)
    again = f"again-{file}"
    yield "restore", command("restore", again, "lines.jsonl")
    with Ledger.open(again, read_only=True) as restored:
        yield "restored-root", restored.root


def _issued(ledger):
    """Yield a report that was restated, and one in which a figure was altered."""
    issued = ledger.monthly_report(2023, 6, known_at=KNOWN).to_dict()
    yield "restated", json.loads(json.dumps(issued))
    altered = json.loads(json.dumps(issued))
    altered["projects"][0]["disbursed"] = "1.00"
    yield "altered", altered


def forms():
    """Say how forms and targets are read, and what would be recorded of them."""
    for form in ("text", "json"):
        kind = ("--check", "--format", form)
        yield f"forms/new-{form}", command("import", "new.ledger", years.FORMS, *kind)
        yield f"forms/again-{form}", command("import", years.DEMO, years.FORMS, *kind)
        revised = ("import", years.DEMO, years.CORRECTED, *kind)
        yield f"forms/changed-{form}", command(*revised)
        yield (
            f"forms/revised-{form}",
            command(*revised, "--revise", "--on", "2023-08-01"),
        )
    rows = support_workbooks.flat(repeat=False)
    Path("flat.csv").write_text(support_workbooks.as_csv(rows), "utf-8")
    yield "forms/flat", command("import", "new.ledger", "flat.csv", "--check")
    printed = ROOT / "tests" / "data" / "julu-2023.txt"
    Path("printed.txt").write_bytes(printed.read_bytes())
    yield "forms/printed", command("import", "new.ledger", "printed.txt", "--check")
    read = json.loads(years.FORMS.read_bytes())
    targets = {one["target"] for each in read["projects"] for one in each["indicators"]}
    read = (("target", text, "--fiscal-year", 2023) for text in sorted(targets))
    yield "forms/targets", "\n".join(command(*words) for words in read)


def recording():
    """Say what is printed of facts that are recorded at the command line."""
    file = "recorded.ledger"
    code, other = illustrate.TRAINING, illustrate.TALENT
    on = ("--on", "2023-06-01", "--actor", "clerk")
    name = "开展就业培训数"
    asked = {
        "init": (file, "--title", "Recorded", "--lang", "en", "--scale", 1),
        "init again": (file,),
        "import": (file, years.FORMS, "--actor", "clerk"),
        "disburse": (file, code, "1000.50", "--voucher", "V-1", "--key", "k", *on),
        "disburse again": (
            file,
            code,
            "1000.50",
            "--voucher",
            "V-1",
            "--key",
            "k",
            *on,
        ),
        "disburse 2": (file, code, "999999999", "--voucher", "V-2", *on),
        "disburse 3": (file, code, "1", *on),
        "reverse": (file, code, "0.50", "--of", "V-1", "--voucher", "R-1", *on),
        "adjust": (file, code, "supplement", "500", "--document", "D", *on),
        "transfer": (file, code, other, "250", *on),
        "result": (file, code, name, "3", *on),
        "result 2": (file, code, name, "3", "--rating", "partly", *on),
        "record": (file, "march.csv", "--actor", "clerk"),
        "record again": (file, "march.csv", "--actor", "clerk"),
        "template": (file, "month.xlsx", "--month", "2023-06"),
        "rebuild": (file,),
        "backup": (file, "copy.ledger"),
        "import 2": (file, years.CORRECTED, "--revise", *on),
    }
    march = Path(illustrate.__file__).parents[1] / "march.csv"
    Path("march.csv").write_bytes(march.read_bytes())
    for name, words in asked.items():
        yield f"recording/{name}", command(name.split()[0], *words)


def table():
    """Say the table of events that other engines read."""
    from pyarrow import parquet

    for file, opened in OPENED.items():
        with opened() as ledger:
            ledger.export_table(f"{file.stem}-table")
        for part in sorted(Path(f"{file.stem}-table").rglob("*.parquet")):
            read = parquet.ParquetFile(part).read()
            name = part.relative_to(f"{file.stem}-table").as_posix()
            yield (
                f"{file.stem}/table/{name}",
                values([list(map(str, read.schema)), *read.to_pylist()]),
            )


QUICK = (
    *(record, monthly, official, workbooks, explanations, shown, audits),
    *(forms, recording, pages_of_help, misuse, refusals),
)
LONG = (pages, workbooks_of_the_demo, explanations_of_the_demo, table)


def long():
    """Say what takes longer, under names that show it."""
    return ((f"long/{name}", text) for part in LONG for name, text in part())
