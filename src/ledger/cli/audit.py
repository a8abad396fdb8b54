"""Commands for those who ask where figures come from: events, explain, replay."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from ledger.audit.differences import Differences
from ledger.audit.explain.explanation import Explanation
from ledger.cli.choices import Choice
from ledger.cli.documents import (
    chosen_format,
    format_option,
    hand_out,
    options_for,
)
from ledger.cli.event_lines import event_line
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    FORMAT,
    KNOWN_AT,
    MONTH,
    OUT,
    YEAR,
    Day,
    MonthEnd,
    Place,
    command,
    moment,
    one_of,
    opened,
    subject_of,
)
from ledger.cli.printing import misused, say, say_json
from ledger.cli.progress import progress_bar
from ledger.domain.budget import Budget
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings
from ledger.domain.subject import Subject, SubjectKind
from ledger.messages import Message, message
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.projections.projection import Projection
from ledger.reports.render import json as as_json

_TYPES: Final = [row.name for row in CATALOGUE]


@command()
@FILE
@argument("stream", required=False, shell_complete=one_of("project"))
@option("--after", type=int, default=0, help="after")
@option(
    "--type",
    "types",
    multiple=True,
    help="type",
    type=Choice(_TYPES, words="event"),
    metavar="TYPE",
)
@KNOWN_AT
@FORMAT
def events(
    file: Path,
    stream: str | None,
    after: int,
    types: tuple[str, ...],
    known_at: str | None,
    form: str,
) -> None:
    """List the recorded events of STREAM (a project's code), or of all."""
    is_first = True
    with opened(file, create=False, read_only=True) as ledger:
        for recorded in ledger.events(
            stream=stream, after=after, types=types, known_at=moment(known_at)
        ):
            if form == "json":
                say_json(msgspec.json.encode(recorded))
                continue
            if is_first:
                say(message("line.events"))
            say(event_line(recorded, ledger.settings))
            is_first = False


@command()
@FILE
@option("--through", type=Day(), help="through.replay")
@KNOWN_AT
@FORMAT
def replay(file: Path, through: date | None, known_at: str | None, form: str) -> None:
    """Fold the log from nothing; return whether the snapshots hold the same states."""
    both = Projection.together((EXECUTION, ATTAINMENT))
    whole = through is None and known_at is None
    states: dict[str, dict[str, Any]] = {"execution": {}, "attainment": {}}
    count = 0
    with opened(file, create=False, read_only=True) as ledger:
        folded = ledger.replay(both, through=through, known_at=moment(known_at))
        for stream, (money, indicators) in folded:
            count += 1
            if form == "json":
                states["execution"][stream] = money
                states["attainment"][stream] = indicators
            else:
                say(_state(stream, money, indicators, ledger.settings))
        differing = ledger.stale_snapshots() if whole else []
    if form == "json":
        say_json(as_json.text({"states": states, "stale_snapshots": differing}))
    else:
        say(message("line.folded", count=count))
        for name, stream in differing:
            kind = message(f"projection.{name}")
            say(message("line.snapshot_differs", stream=subject_of(stream), name=kind))
        if whole and not differing:
            say(message("line.snapshots_equal"))
    if differing:
        raise click.exceptions.Exit(1)


@command()
@FILE
def rebuild(file: Path) -> None:
    """Store all snapshots again from the log; no figure changes."""
    with opened(file, create=False) as ledger:
        say(message("line.stored", count=ledger.rebuild()))


def _state(
    stream: str, money: Budget, indicators: Indicators, settings: Settings
) -> Message:
    """Return what a replay came to, in a line."""
    results = sum(len(one.results) for one in indicators.tracked.values())
    if Subject.of(stream).kind is SubjectKind.UNIT:
        return message("line.state_unit", stream=subject_of(stream), count=results)
    budget = settings.money(money.current(date.max))
    spent = sum(
        disbursements.spent(date.max) for disbursements in money.disbursements.values()
    )
    return message(
        "line.state",
        stream=subject_of(stream),
        budget=budget,
        spent=settings.money(spent),
        count=results,
    )


@command()
@FILE
@argument("folder", type=Place())
@KNOWN_AT
def table(file: Path, folder: Path, known_at: str | None) -> None:
    """Write all events to FOLDER as Parquet, for duckdb, polars and others."""
    with (
        opened(file, create=False, read_only=True) as ledger,
        progress_bar("event", ledger.position) as progress,
    ):
        count = ledger.export_table(
            folder, known_at=moment(known_at), progress=progress
        )
    say(message("line.table", count=count, folder=str(folder)))


@command()
@FILE
@argument("subject", shell_complete=one_of("subject"))
@argument("figure", shell_complete=one_of("figure"))
@option("--through", type=Day(), help="through")
@option("--month", type=MonthEnd(), help="month.through")
@YEAR
@KNOWN_AT
@format_option(Explanation)
@OUT
def explain(
    file: Path,
    subject: str,
    figure: str,
    through: date | None,
    month: date | None,
    year: int | None,
    known_at: str | None,
    form: str | None,
    out: Path | None,
) -> None:
    """
    Say where FIGURE of SUBJECT comes from, event by event.

    SUBJECT is a project's code, unit:CODE or totals; FIGURE its name in the report in
    JSON, such as execution_rate or indicators.NAME.attainment.
    """
    if through is not None and month is not None:
        raise misused("through_or_month")
    chosen = chosen_format(Explanation, form, out)
    options = options_for(Explanation, chosen, out, None, {})
    with opened(file, create=False, read_only=True) as ledger:
        if month is not None:
            through = ledger.settings.month_end(month.year, month.month)
        explained = ledger.explain(
            subject,
            figure,
            through=through,
            known_at=moment(known_at),
            year=year,
        )
        hand_out(explained, chosen, out, options)


@command()
@FILE
@MONTH
@option(
    "--known-at",
    "moments",
    multiple=True,
    required=True,
    metavar="INSTANT|POSITION",
    help="known_at.two",
)
@format_option(Differences)
@OUT
def diff(
    file: Path,
    through: date,
    moments: tuple[str, ...],
    form: str | None,
    out: Path | None,
) -> None:
    """Say which figures of a month changed between two moments, and by what."""
    if len(moments) > 2:
        raise misused("known_at_twice")
    chosen = chosen_format(Differences, form, out)
    options = options_for(Differences, chosen, out, None, {})
    at = [moment(text) for text in moments]
    assert at[0] is not None
    with opened(file, create=False, read_only=True) as ledger:
        last = ledger.settings.month_end(through.year, through.month)
        differences = ledger.differences(at[0], *at[1:], through=last)
        hand_out(differences, chosen, out, options)


COMMANDS = (events, explain, diff, replay, rebuild, table)
