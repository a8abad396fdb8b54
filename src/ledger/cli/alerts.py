"""The command that hands out the list of alerts."""

from datetime import date
from pathlib import Path

import click

from ledger.cli.documents import (
    KEYS,
    check_shown,
    chosen_format,
    format_option,
    hand_out,
    options_for,
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
from ledger.cli.report_options import Quarter, month_asked, of_month
from ledger.reports.documents.alerts import AlertList


@command()
@FILE
@of_month
@option("--since", help="since")
@KNOWN_AT
@format_option(AlertList)
@LANGUAGE
@KEYS
@OUT
def alerts(
    file: Path,
    through: date | None,
    quarter: Quarter | None,
    unit: str | None,
    project: str | None,
    since: str | None,
    known_at: str | None,
    form: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """List what is wrong in a month; exit 1 where something is new."""
    chosen = chosen_format(AlertList, form, out)
    check_shown(chosen, out)
    options = options_for(AlertList, chosen, out, language, {})
    with opened(file, create=False, read_only=True) as ledger:
        month = month_asked(ledger, through, quarter)
        listed = ledger.alerts(
            month.year,
            month.month,
            since=since,
            known_at=moment(known_at),
            unit=unit,
            project=project,
        )
    hand_out(listed, chosen, out, options)
    raise click.exceptions.Exit(1 if listed.new else 0)


COMMANDS = (alerts,)
