"""The command of each register: contracts, carry-overs, adjustments and others."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger.app.register_rows import REGISTERS, RegisterRow
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
    YEAR,
    command,
    moment,
    opened,
)
from ledger.cli.report_options import Quarter, day_asked, of_day
from ledger.reports.documents.register import Register


def _command(row: RegisterRow[Any]) -> click.Command:
    """Return the command that hands a register out."""

    @command(row.verb)
    @FILE
    @of_day
    @YEAR
    @KNOWN_AT
    @format_option(Register)
    @option(
        "--table",
        type=Choice(row.tables, words="table"),
        show_default=row.tables[0],
        help="table",
    )
    @LANGUAGE
    @KEYS
    @OUT
    def register(
        file: Path,
        form: str | None,
        table: str | None,
        language: str | None,
        out: Path | None,
        known_at: str | None,
        through: date | None,
        quarter: Quarter | None,
        **asked: Any,
    ) -> None:
        chosen = chosen_format(Register, form, out)
        check_shown(chosen, out)
        options = options_for(Register, chosen, out, language, {"table": table})
        with opened(file, create=False, read_only=True) as ledger:
            day = day_asked(ledger, through, quarter)
            make = getattr(ledger, row.name)
            register = make(through=day, known_at=moment(known_at), **asked)
            year = asked["year"] or ledger.settings.year_of(register.through).year
            tell_if_empty(
                ledger, register.tables[0].rows, register.through, known_at, year
            )
        hand_out(register, chosen, out, options)

    return register


COMMANDS = tuple(map(_command, REGISTERS))
