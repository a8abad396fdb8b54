"""Commands that hand reports out: monthly, and of all projects together."""

from datetime import date
from pathlib import Path

from ledger.app.ledger import Ledger
from ledger.cli.choices import Choice
from ledger.cli.documents import (
    KEYS,
    check_shown,
    chosen_format,
    format_option,
    hand_out,
    options_for,
    tell_if_empty,
)
from ledger.cli.help import option
from ledger.cli.options import (
    FILE,
    KNOWN_AT,
    LANGUAGE,
    OUT,
    command,
    moment,
    opened,
)
from ledger.cli.progress import progress_bar
from ledger.cli.report_options import Quarter, month_asked, of_month
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.documents.portfolio import Portfolio


@command()
@FILE
@of_month
@KNOWN_AT
@format_option(MonthlyReport)
@option(
    "--table",
    type=Choice(["projects", "indicators", "months"], words="table"),
    show_default="projects",
    help="table",
)
@LANGUAGE
@KEYS
@OUT
def report(
    file: Path,
    through: date | None,
    quarter: Quarter | None,
    unit: str | None,
    project: str | None,
    known_at: str | None,
    form: str | None,
    table: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Report a month: spending against plan, attainment, worst first."""
    chosen = chosen_format(MonthlyReport, form, out)
    check_shown(chosen, out)
    detailed = project if chosen == "text" else None
    given = {"project": detailed, "table": table}
    options = options_for(MonthlyReport, chosen, out, language, given)
    with opened(file, create=False, read_only=True) as ledger:
        month = month_asked(ledger, through, quarter)
        monthly = _monthly(ledger, month, known_at, unit, project)
        tell_if_empty(ledger, monthly.projects, monthly.through, known_at)
        with progress_bar("project") as progress:
            hand_out(monthly, chosen, out, {**options, "progress": progress})


def _monthly(
    ledger: Ledger,
    month: date,
    known_at: str | None,
    unit: str | None,
    project: str | None,
) -> MonthlyReport:
    """Make the report of a month, and show how far that is."""
    with progress_bar("project") as progress:
        return ledger.monthly_report(
            month.year,
            month.month,
            known_at=moment(known_at),
            unit=unit,
            project=project,
            progress=progress,
        )


@command()
@FILE
@of_month
@KNOWN_AT
@format_option(Portfolio)
@option(
    "--table",
    type=Choice(["units", "sources", "groups", "ranking", "months"], words="table"),
    show_default="units",
    help="table",
)
@LANGUAGE
@KEYS
@OUT
def portfolio(
    file: Path,
    through: date | None,
    quarter: Quarter | None,
    unit: str | None,
    project: str | None,
    known_at: str | None,
    form: str | None,
    table: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Report all projects together: by unit, source, level 1, rank and month."""
    chosen = chosen_format(Portfolio, form, out)
    check_shown(chosen, out)
    options = options_for(Portfolio, chosen, out, language, {"table": table})
    with opened(file, create=False, read_only=True) as ledger:
        month = month_asked(ledger, through, quarter)
        monthly = _monthly(ledger, month, known_at, unit, project)
        tell_if_empty(ledger, monthly.projects, monthly.through, known_at)
        whole = monthly.portfolio()
    hand_out(whole, chosen, out, options)


COMMANDS = (report, portfolio)
