"""What the commands share: types of options, and how they print."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from ledger import output
from ledger.application import Ledger
from ledger.cli.printing import say, say_json, say_lines
from ledger.domain.calendar import parse_date, parse_month
from ledger.domain.errors import InvalidInput
from ledger.domain.recorded import RecordedEvent


class Input(click.Path):
    """A file that a command reads, or records in."""

    name = "file"

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Take *value* as a path."""
        if not os.fspath(value) or "\0" in os.fspath(value):
            self.fail(f"{value!r} is no name of a file", param, ctx)
        return super().convert(value, param, ctx)


class Output(Input):
    """A file that a command writes, which is none of those that it reads."""


class Command(click.Command):
    """A command that begins only if what it writes is nothing that it reads."""

    def invoke(self, ctx: click.Context) -> Any:
        """Hold the files to that, and invoke the command."""
        read, written = list[Path](), list[Path]()
        for param in self.params:
            if isinstance(param.type, Input):
                value = ctx.params.get(param.name or "")
                paths = value if isinstance(value, tuple) else (value,)
                into = written if isinstance(param.type, Output) else read
                into += filter(None, paths)
        output.check(written, read)
        return super().invoke(ctx)


def command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Return what makes a function a command; by default of its own name."""
    return click.command(name, cls=Command)


FILE = click.argument("file", type=Input())
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
ACTOR = click.option("--actor", help="Who records; by default your user name.")
OUT = click.option("--out", type=Output(dir_okay=False), help="Write to this file.")


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


@contextmanager
def opened(path: str | Path, **given: Any) -> Iterator[Ledger]:
    """
    Open a ledger as :meth:`ledger.Ledger.open` does, for as long as a command takes.

    What is to be said of clocks and days is said on the error stream in the end.
    """
    with Ledger.open(path, **given) as ledger:
        try:
            yield ledger
        finally:
            for finding in ledger.findings:
                say_lines(str(finding), err=True)


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
            values = {**msgspec.structs.asdict(each), "already": each.already}
            say_json(msgspec.json.encode(values))
        else:
            already = " already" if each.already else ""
            say(
                f"{each.type} recorded{already} at position {each.position}, "
                f"{each.stream} version {each.version}"
            )
