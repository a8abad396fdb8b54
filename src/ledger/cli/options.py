"""What the commands share: types of options, and how they print."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from ledger.domain.calendar import parse_date, parse_month
from ledger.domain.errors import InvalidInput
from ledger.domain.recorded import RecordedEvent

FILE = click.argument("file", type=click.Path(path_type=Path))
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
ACTOR = click.option("--actor", help="Who records; by default your user name.")
OUT = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)


KNOWN_AT = click.option(
    "--known-at",
    metavar="INSTANT|POSITION",
    help="Only facts recorded by then, such as 2023-07-10T12:00:00+08:00, or 250.",
)


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Take *value* as a date."""
        try:
            return parse_date(value, name="date")
        except InvalidInput as problem:
            self.fail(str(problem), param, ctx)


class MonthEnd(click.ParamType[date]):
    """A month as YYYY-MM; its last day."""

    name = "month"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Take *value* as a month."""
        if isinstance(value, date):
            return value
        try:
            return parse_month(value)
        except InvalidInput as problem:
            self.fail(str(problem), param, ctx)


def moment(text: str | None) -> datetime | int | None:
    """Take what --known-at says: a position, or an instant with its zone."""
    if text is None or text.isdecimal():
        return None if text is None else int(text)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise InvalidInput(
            "known-at", text, "a position, or an instant with its zone: …T12:00:00Z"
        )
    return at


def print_recorded(recorded: Iterable[RecordedEvent], form: str) -> None:
    """Say where events were recorded."""
    for each in recorded:
        if form == "json":
            click.echo(msgspec.json.encode(each))
        else:
            click.echo(
                f"{each.type} recorded at position {each.position}, "
                f"{each.stream} version {each.version}"
            )
