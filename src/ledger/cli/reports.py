"""Commands that hand reports out: monthly, portfolio, monitoring, self-evaluation."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from ledger.app.ledger import Ledger
from ledger.cli.help import option
from ledger.cli.options import FILE, KNOWN_AT, OUT, MonthEnd, command, moment, opened
from ledger.cli.printing import misused, say, say_chunks, say_json, say_page
from ledger.cli.progress import progress_bar
from ledger.cli.reader import asked, in_words, shown_in
from ledger.domain.characters import in_json
from ledger.domain.finding import Finding
from ledger.messages import Message, message
from ledger.output import write
from ledger.reports.documents.base import renderer
from ledger.reports.documents.monitoring import Monitoring
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.documents.self_evaluation import SelfEvaluation
from ledger.reports.official_layouts import LAYOUTS
from ledger.reports.render import json as as_json

_MONTH: Final = option(
    "--month", "through", type=MonthEnd(), required=True, help="month"
)
_LANGUAGE: Final = option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    help="language",
)
_LAYOUT: Final = option(
    "--layout",
    type=click.Choice(list(LAYOUTS)),
    show_default="national",
    help="layout",
)
_ENDINGS: Final = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".json": "json",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def _format(*known: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return option(
        "--format",
        "form",
        type=click.Choice(known),
        help="format.ending",
    )


def _chosen(form: str | None, out: Path | None, known: str) -> str:
    """
    Return the format that was asked for, or that a file's name asks for.

    Args:
        known: The formats that the report has.

    Raises:
        UsageError: The name ends as a file of another kind does.
    """
    if out is None or (out.exists() and not out.is_file()):
        return form or "text"
    ending = out.suffix.lower()
    right = [each for each, kind in _ENDINGS.items() if kind in known.split()]
    if ending not in right:
        listed = list(filter(None, right))
        none = ending or message("word.ending_of_name")
        raise misused("ending", name=out.name, ending=none, known=listed)
    if form is not None and ending and _ENDINGS[ending] != form:
        raise misused("other_ending", name=out.name, form=form)
    return form or _ENDINGS[ending]


def _language(
    language: str | None, chosen: str, out: Path | None, *, chinese: str = ""
) -> str | None:
    """
    Return the language that is asked for, here or before the command.

    It is refused where it would have no effect.

    Args:
        chinese: The format that is in Chinese alone, if one is.
    """
    if language is None:
        return shown_in() if out is None and chosen == "text" else asked()
    if chosen == "json":
        raise misused("language_json")
    if chosen == chinese and language != "zh":
        raise misused("language_official", language=language)
    return language


def _check_only(option: str, value: str | None, chosen: str, form: str) -> None:
    """Refuse an option that has an effect in one format alone, and not in this."""
    if value is not None and chosen != form:
        raise misused("only", option=option, value=value, form=form, chosen=chosen)


def _tell(findings: Sequence[Finding], out: Path | None, listing: Message) -> None:
    """Say on standard error how much a report in a file leaves to be explained."""
    if findings and out is not None:
        say(message("line.listed", count=len(findings), listing=listing), err=True)


def _put_json(text: str, out: Path | None) -> None:
    """Write JSON to a file, or to standard output."""
    if out is None:
        say_json(text)
    else:
        write(out, [in_json(text), "\n"])


def _put_page(chunks: Iterable[str], out: Path | None) -> None:
    """Write a page to a file, or to standard output."""
    if out is None:
        say_page(chunks)
    else:
        write(out, chunks)


def _workbook(out: Path | None) -> Path:
    if out is None:
        raise misused("workbook_out")
    return out


@command()
@FILE
@_MONTH
@KNOWN_AT
@_format("text", "json", "csv", "html", "xlsx")
@option("--project", help="project")
@option(
    "--table",
    type=click.Choice(["projects", "indicators", "months"]),
    show_default="projects",
    help="table",
)
@_LANGUAGE
@OUT
def report(
    file: Path,
    through: date,
    known_at: str | None,
    form: str | None,
    project: str | None,
    table: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Report a month: spending against plan, attainment, worst first."""
    chosen = _chosen(form, out, "text json csv html xlsx")
    language = _language(language, chosen, out)
    _check_only("--table", table, chosen, "csv")
    if project is not None and chosen != "text":
        raise misused("project_text")
    with opened(file, create=False, read_only=True) as ledger:
        monthly = _monthly(ledger, through, known_at)
        if chosen == "xlsx":
            with progress_bar("project") as progress:
                monthly.to_workbook(
                    _workbook(out), language=language, progress=progress
                )
        elif chosen == "html":
            with progress_bar("project") as progress:
                _put_page(renderer("html").page(monthly, language, progress), out)
        elif chosen == "csv":
            text = monthly.to_csv(out, table=table or "projects", language=language)
            say_chunks([text] if out is None else ())
        elif chosen == "json":
            _put_json(monthly.to_json(), out)
        else:
            _print(monthly, project, language, out)


def _monthly(ledger: Ledger, through: date, known_at: str | None) -> MonthlyReport:
    """Make the report of a month, and show how far that is."""
    with progress_bar("project") as progress:
        return ledger.monthly_report(
            through.year, through.month, known_at=moment(known_at), progress=progress
        )


def _print(
    monthly: MonthlyReport, project: str | None, language: str | None, out: Path | None
) -> None:
    if out is None:
        monthly.print(project=project, language=language)
    else:
        write(out, [monthly.to_text(project=project, language=language)])


@command()
@FILE
@_MONTH
@KNOWN_AT
@_format("text", "json", "csv")
@option(
    "--table",
    type=click.Choice(["units", "sources", "groups", "ranking", "months"]),
    show_default="units",
    help="table",
)
@_LANGUAGE
@OUT
def portfolio(
    file: Path,
    through: date,
    known_at: str | None,
    form: str | None,
    table: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Report all projects together: by unit, source, level 1, rank and month."""
    chosen = _chosen(form, out, "text json csv")
    language = _language(language, chosen, out)
    _check_only("--table", table, chosen, "csv")
    with opened(file, create=False, read_only=True) as ledger:
        made = _monthly(ledger, through, known_at).portfolio()
    if chosen == "csv":
        text = made.to_csv(out, table=table or "units", language=language)
        say_chunks([text] if out is None else ())
    elif chosen == "json":
        _put_json(made.to_json(), out)
    elif out is not None:
        write(out, [made.to_text(language=language)])
    else:
        made.print(language=language)


@command()
@FILE
@_MONTH
@KNOWN_AT
@_format("text", "json", "xlsx")
@_LAYOUT
@_LANGUAGE
@OUT
def monitor(
    file: Path,
    through: date,
    known_at: str | None,
    form: str | None,
    layout: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Monitor the year through a month: 项目支出绩效目标执行监控表."""
    chosen = _chosen(form, out, "text json xlsx")
    language = _language(language, chosen, out, chinese="xlsx")
    _check_only("--layout", layout, chosen, "xlsx")
    with opened(file, create=False, read_only=True) as ledger:
        made = ledger.monitoring(through.year, through.month, known_at=moment(known_at))
    if chosen == "xlsx":
        with progress_bar("form") as progress:
            made.to_workbook(
                _workbook(out), layout=layout or "national", progress=progress
            )
    elif chosen == "json":
        _put_json(made.to_json(), out)
    else:
        _show(made, language, out)
    _tell(made.findings, out, message("word.monitor_list"))


@command()
@FILE
@option("--year", type=int, required=True, help="year")
@KNOWN_AT
@_format("text", "json", "xlsx")
@option("--check", is_flag=True, help="check.missing")
@_LAYOUT
@_LANGUAGE
@OUT
def evaluate(
    file: Path,
    year: int,
    known_at: str | None,
    form: str | None,
    check: bool,
    layout: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Evaluate a year: points, grades and 项目支出绩效自评表."""
    chosen = _chosen(form, out, "text json xlsx")
    if check and out is not None:
        raise misused("check_out")
    language = _language(language, "check" if check else chosen, out, chinese="xlsx")
    _check_only("--layout", layout, "check" if check else chosen, "xlsx")
    with opened(file, create=False, read_only=True) as ledger:
        made = ledger.self_evaluation(year, known_at=moment(known_at))
    if check:
        _missing(made.missing, chosen)
        raise click.exceptions.Exit(1 if made.missing else 0)
    if chosen == "xlsx":
        with progress_bar("form") as progress:
            made.to_workbook(
                _workbook(out), layout=layout or "national", progress=progress
            )
    elif chosen == "json":
        _put_json(made.to_json(), out)
    else:
        _show(made, language, out)
    _tell(made.missing, out, message("word.evaluate_list"))


def _missing(findings: Sequence[Finding], form: str) -> None:
    if form == "json":
        shown = [as_json.finding(each) for each in findings]
        say_json(as_json.text(shown))
        return
    for each in findings:
        text, right = in_words(each), each.expected
        say(message("line.missing", finding=text, expected=right))
    if not findings:
        say(message("line.complete"))


def _show(
    made: Monitoring | SelfEvaluation, language: str | None, out: Path | None
) -> None:
    if out is None:
        made.print(language=language)
    else:
        write(out, [made.to_text(language=language)])


COMMANDS = (report, portfolio, monitor, evaluate)
