"""What the commands share: types of options, and how they print."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click
import msgspec
from click.shell_completion import CompletionItem

from ledger import output
from ledger.app.ledger import Ledger
from ledger.cli.choices import Between, Choice, MemberOf
from ledger.cli.help import Option, SpokenCommand, argument, option
from ledger.cli.printing import say, say_json
from ledger.cli.reader import heard, in_words, spoken
from ledger.domain.calendar import parse_date, parse_month
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.subject import Subject
from ledger.loading import load
from ledger.messages import Language, Message, message
from ledger.store.opening import LedgerAddress, is_address
from ledger.store.stored_event import FIELDS

AnyFunction = Callable[..., Any]
RecordedEvents = RecordedEvent | list[RecordedEvent]


class Place(click.Path):
    """A path that a command takes; where it makes something, nothing is there yet."""

    name = "file"

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Take *value* as a path."""
        if not os.fspath(value) or "\0" in os.fspath(value):
            self.fail(spoken("usage.no_file_name", name=str(value)), param, ctx)
        try:
            Path(value).stat()
        except OSError as problem:
            if problem.errno == errno.ENAMETOOLONG:
                raise InvalidInput(
                    str(value),
                    message("found.long_name"),
                    message("expected.file_name"),
                ) from problem
        return super().convert(value, param, ctx)


class Input(Place):
    """A file that a command reads, or records in."""


class LedgerFile(Input):
    """The file that keeps the ledger, or the address of its database."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Take *value* as a path, or as the address that it is."""
        if is_address(value):
            return LedgerAddress(value)
        return super().convert(value, param, ctx)


def file_of(place: Path | str) -> Path | None:
    """Return the file of a ledger; ``None`` for one in a database."""
    return place if isinstance(place, Path) else None


class Output(Place):
    """A file that a command writes, which is none of those that it reads."""


class Command(SpokenCommand):
    """
    A command that begins only if what it writes is nothing that it reads.

    Nor does it replace a file that is there, unless ``--force`` says so.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if any(isinstance(param.type, Output) for param in self.params):
            self.params.append(Option(["--force"], is_flag=True, help="force"))

    def invoke(self, ctx: click.Context) -> Any:
        """Check the files, and invoke the command."""
        force = ctx.params.pop("force", False)
        read, written = list[Path](), list[Path]()
        for param in self.params:
            value = ctx.params.get(param.name or "")
            given = value if isinstance(value, tuple) else (value,)
            paths = [path for path in given if isinstance(path, Path)]
            if isinstance(param.type, Input):
                read += paths
            elif isinstance(param.type, Output):
                written += paths
        output.check(written, read)
        if not force:
            for path in written:
                _check_free(path)
        return super().invoke(ctx)


def _check_free(path: Path) -> None:
    """Check that no file with content is there; devices and empty files are free."""
    try:
        filled = path.is_file() and path.stat().st_size > 0
    except OSError:
        return  # To write it will say what is wrong.
    if filled:
        expected = message("expected.force")
        raise InvalidInput(str(path), message("found.file_there"), expected)


def command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Return what makes a function a command; by default of its own name."""
    return click.command(name, cls=Command)


def one_of(kind: str) -> Callable[..., list[CompletionItem[str]]]:
    """Return what a shell asks for values of a kind, such as ``project``."""

    def known(
        ctx: click.Context, _: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        # Click leaves arguments alone where the last word is an option without a value.
        path = ctx.params.get("file") or next(iter(ctx.args), "")
        of_ledger = load(_VALUES, "known").items
        items: list[CompletionItem[str]] = of_ledger(kind, path, incomplete)
        return items

    return known


_VALUES: Final = {"known": "ledger.cli.known_values"}
"""Loads where a shell asks for values."""

_MOST_DIGITS: Final = 18

FILE = argument("file", type=LedgerFile())
PROJECT = argument("project", shell_complete=one_of("project"))
FORMAT = option(
    "--format",
    "form",
    type=Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="format",
)
ACTOR = option("--actor", help="actor")


def recording(*, key: str | None) -> Callable[[AnyFunction], AnyFunction]:
    """
    Return what gives a command the options of every one that records.

    Args:
        key: The code of what a key does; ``None`` where lines have keys of their own.
    """
    options = [
        *([option("--key", help=key)] if key else []),
        option("--cause", help="cause"),
        option(
            "--expected-version",
            type=Between(0, 10**9),
            metavar="N",
            help="expected_version",
        ),
        ACTOR,
        FORMAT,
    ]

    def given(function: AnyFunction) -> AnyFunction:
        for decorate in reversed(options):
            function = decorate(function)
        return function

    return given


def records(*, key: str) -> Callable[[Callable[..., RecordedEvents]], AnyFunction]:
    """
    Return what makes a command of a function that records in a ledger, which is opened.

    It is given the options of every one that records; what was recorded is printed.
    """

    def given(function: Callable[..., RecordedEvents]) -> AnyFunction:
        @wraps(function)
        def run(file: Path, actor: str | None, form: str, **fields: Any) -> None:
            with opened(file, actor=actor, create=False) as ledger:
                print_recorded(function(ledger, **fields), form)

        return recording(key=key)(run)

    return given


def of_unit(project: str, *, unit: bool) -> dict[str, Any]:
    """Return whom a fact is about: a code is a unit's where that is said."""
    return {"project": None, "unit": project} if unit else {"project": project}


OUT = option("--out", type=Output(dir_okay=False), help="out")


LANGUAGE = option("--lang", "language", type=MemberOf(Language), help="language")
YEAR = option("--year", type=int, help="year.subject")


KNOWN_AT = option("--known-at", metavar="INSTANT|POSITION", help="known_at")


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
            self.fail(in_words(problem.message), param, ctx)


ON = option("--on", type=Day(), required=True, help="on")
ON_SAID = option("--on", type=Day(), required=True, help="on.said")
ABOUT = option("--about", help="about")
OF_UNIT = option("--unit", is_flag=True, help="unit")


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
            self.fail(in_words(problem.message), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return the months of the ledger that begin so."""
        return one_of("month")(ctx, param, incomplete)


MONTH = option("--month", "through", type=MonthEnd(), required=True, help="month")


@contextmanager
def opened(path: str | Path, **given: Any) -> Iterator[Ledger]:
    """
    Open a ledger as :meth:`ledger.Ledger.open` does, for as long as a command takes.

    Findings about clocks and days are printed on the error stream at the end.
    """
    with Ledger.open(path, **given) as ledger:
        heard(ledger.settings.language)
        try:
            yield ledger
        finally:
            for finding in ledger.findings:
                say(finding, err=True)


def moment(text: str | None) -> datetime | int | None:
    """Take what --known-at says: a position, or an instant with its zone."""
    if text is None or (text.isdecimal() and len(text) <= _MOST_DIGITS):
        return None if text is None else int(text)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        expected = message("expected.known_at", example=_with_zone(at))
        raise InvalidInput("--known-at", text, expected)
    return at


def _with_zone(at: datetime | None) -> str:
    """Return an instant as it is to be given, in the time of China."""
    return f"{'2023-07-10T12:00:00' if at is None else at.isoformat()}+08:00"


def subject_of(stream: str) -> Message:
    """Return the project or the unit that a stream is about, for a line."""
    return Subject.of(stream).words


def print_recorded(recorded: RecordedEvents, form: str) -> None:
    """Say where events were recorded."""
    for event in recorded if isinstance(recorded, list) else [recorded]:
        if form == "json":
            values = {name: getattr(event, name) for name in (*FIELDS, "already")}
            say_json(msgspec.json.encode(values))
        else:
            done = "line.already" if event.already else "line.recorded"
            say(
                message(
                    done,
                    type=message(f"event.{event.type}"),
                    position=event.position,
                    stream=subject_of(event.stream),
                    version=event.version,
                )
            )
