"""Commands that show figures."""

from datetime import date
from pathlib import Path

import attrs
import msgspec

from ledger.cli.documents import hand_out, options_for, tell_if_empty
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    FORMAT,
    KNOWN_AT,
    YEAR,
    Day,
    command,
    moment,
    one_of,
    opened,
)
from ledger.cli.printing import misused, say, say_json
from ledger.cli.reader import shown_in
from ledger.domain.calendar import FiscalYear
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.render import json as as_json
from ledger.reports.render import project_text, terminal
from ledger.reports.values.monthly import ProjectReport


@command()
@FILE
@argument("project", required=False, shell_complete=one_of("project"))
@option("--through", type=Day(), help="through")
@YEAR
@KNOWN_AT
@FORMAT
def show(
    file: Path,
    project: str | None,
    through: date | None,
    year: int | None,
    known_at: str | None,
    form: str,
) -> None:
    """Show one PROJECT with its indicators, or all projects."""
    with opened(file, create=False, read_only=True) as ledger:
        view = ledger.view(through=through, known_at=moment(known_at))
        if project is None:
            if year is not None:
                day = _day_of(ledger.settings.year(year), view.through, through)
                view = ledger.view(through=day, known_at=moment(known_at))
            report = view.monthly_report()
            tell_if_empty(ledger, report.projects, report.through, known_at)
            options = options_for(MonthlyReport, form, None, None, {})
            hand_out(report, form, None, options)
            return
        line, lines = (
            view.project(project, year=year),
            view.attainment(project, year=year),
        )
    if form == "json":
        shown = {
            "project": line.project,
            "name": line.name,
            "fiscal_year": line.fiscal_year,
            "through": view.through.isoformat(),
            **as_json.execution(line),
            "indicators": [as_json.indicator(indicator) for indicator in lines],
        }
        say_json(as_json.text(shown))
    else:
        one = ProjectReport.of(line, lines)
        terminal.put(project_text.project(one, ledger.settings, shown_in()))


def _day_of(year: FiscalYear, last: date, through: date | None) -> date:
    """Return the last day of facts in a fiscal year, or else the end of the year."""
    if year.start <= last <= year.end:
        return last
    if through is not None:
        raise misused(
            "through_of_year", through=through, first=year.start, last=year.end
        )
    return year.end


@command()
@FILE
@FORMAT
def projects(file: Path, form: str) -> None:
    """List all projects: code, fiscal years, name."""
    with opened(file, create=False, read_only=True) as ledger:
        known = ledger.projects()
    if form == "json":
        say_json(msgspec.json.encode([attrs.asdict(project) for project in known]))
        return
    for project in known:
        years = ", ".join(map(str, project.years))
        say(f"{project.project}  {years}  {project.name}")


COMMANDS = (show, projects)
