"""Commands that hand out the official forms: monitoring and self-evaluation."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from ledger.cli.choices import Choice, LayoutOf, MemberOf
from ledger.cli.documents import (
    check_shown,
    chosen_format,
    format_option,
    hand_out,
    options_for,
    tell_if_empty,
)
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    KNOWN_AT,
    OUT,
    command,
    moment,
    opened,
)
from ledger.cli.printing import misused, say, say_chunks, say_json
from ledger.cli.progress import progress_bar
from ledger.cli.reader import in_words
from ledger.cli.reader import language as spoken_language
from ledger.cli.report_options import Quarter, month_asked, of_month, of_part
from ledger.domain.finding import Finding
from ledger.intake.sample import SAMPLE
from ledger.layouts.shipped import LAYOUTS, layout_text
from ledger.messages import Language, Message, message
from ledger.output import write
from ledger.reports.documents.base import Document
from ledger.reports.documents.monitoring import Monitoring
from ledger.reports.documents.self_evaluation import SelfEvaluation
from ledger.reports.render import json as as_json

_LANGUAGE_OF_SHEETS: Final = option(
    "--lang",
    "language",
    type=MemberOf(Language),
    help="language.official",
)
_LAYOUT: Final = option(
    "--layout",
    type=LayoutOf(list(LAYOUTS), words="layout"),
    help="layout",
)


_CHECK: Final = option("--check", is_flag=True, help="check.missing")


def _tell(findings: Sequence[Finding], out: Path | None, listing: Message) -> None:
    """Say on standard error how much a report in a file leaves to be explained."""
    if findings and out is not None:
        say(message("line.listed", count=len(findings), listing=listing), err=True)


@command()
@FILE
@of_month
@KNOWN_AT
@format_option(Monitoring)
@_CHECK
@_LAYOUT
@_LANGUAGE_OF_SHEETS
@OUT
def monitor(
    file: Path,
    through: date | None,
    quarter: Quarter | None,
    unit: str | None,
    project: str | None,
    known_at: str | None,
    form: str | None,
    check: bool,
    layout: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Monitor the year through a month, with the official monitoring form."""
    chosen = chosen_format(Monitoring, form, out)
    options = _options(Monitoring, chosen, out, language, layout, check=check)
    if quarter is not None and "quarter" in Monitoring.renderings[chosen].options:
        options["quarter"] = True
    with opened(file, create=False, read_only=True) as ledger:
        month = month_asked(ledger, through, quarter)
        monitoring = ledger.monitoring(
            month.year,
            month.month,
            known_at=moment(known_at),
            unit=unit,
            project=project,
        )
        tell_if_empty(ledger, monitoring.projects, monitoring.through, known_at)
    if check:
        _end(monitoring.findings, chosen)
    with progress_bar("form") as progress:
        hand_out(monitoring, chosen, out, {**options, "progress": progress})
    _tell(monitoring.findings, out, message("word.monitor_list"))


@command()
@FILE
@option("--year", required=True, help="year")
@of_part
@KNOWN_AT
@format_option(SelfEvaluation)
@_CHECK
@_LAYOUT
@_LANGUAGE_OF_SHEETS
@OUT
def evaluate(
    file: Path,
    year: str,
    unit: str | None,
    project: str | None,
    known_at: str | None,
    form: str | None,
    check: bool,
    layout: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Evaluate a year: points, grades and the official self-evaluation form."""
    chosen = chosen_format(SelfEvaluation, form, out)
    sheets = None if check else layout  # What is checked is asked for by its layout.
    options = _options(SelfEvaluation, chosen, out, language, sheets, check=check)
    with opened(file, create=False, read_only=True) as ledger:
        evaluation = ledger.self_evaluation(
            year, known_at=moment(known_at), unit=unit, project=project
        )
        end = ledger.settings.year(evaluation.fiscal_year).end
        tell_if_empty(ledger, evaluation.projects, end, known_at)
    if check:
        _end(evaluation.unanswered(layout), chosen)
    with progress_bar("form") as progress:
        hand_out(evaluation, chosen, out, {**options, "progress": progress})
    _tell(evaluation.missing, out, message("word.evaluate_list"))


def _options(
    kind: type[Document],
    chosen: str,
    out: Path | None,
    language: str | None,
    layout: str | None,
    *,
    check: bool,
) -> dict[str, Any]:
    """Return what a form is handed out with; what is only checked needs no file."""
    if not check:
        check_shown(chosen, out)
        return options_for(kind, chosen, out, language, {"layout": layout})
    if out is not None:
        raise misused("check_out")
    return options_for(kind, chosen, out, language, {"layout": layout})


def _end(findings: Sequence[Finding], form: str) -> NoReturn:
    """List what a person must still answer, and end: with 1 where there is any."""
    _missing(findings, form)
    raise click.exceptions.Exit(1 if findings else 0)


def _missing(findings: Sequence[Finding], form: str) -> None:
    if form == "json":
        shown = [as_json.finding(finding, spoken_language()) for finding in findings]
        say_json(as_json.text(shown))
        return
    for finding in findings:
        text = in_words(finding)
        say(message("line.missing", finding=text, expected=finding.expected))
    if not findings:
        say(message("line.complete"))


@command()
@argument("name", type=Choice(list(LAYOUTS), words="layout"))
@OUT
def layout(name: str, out: Path | None) -> None:
    """Print the layout NAME of the official forms, to make one of your own from."""
    _hand_out(layout_text(name), out)


@command()
@OUT
def sample(out: Path | None) -> None:
    """Print the published forms of a real department, to try the program with."""
    _hand_out(SAMPLE.read_text("utf-8"), out)


def _hand_out(text: str, out: Path | None) -> None:
    if out is None:
        say_chunks([text])
        return
    write(out, [text])
    say(message("line.wrote", file=str(out)), err=True)


COMMANDS = (monitor, evaluate, layout, sample)
