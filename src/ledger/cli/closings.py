"""Commands about the end of a project's money for a year."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from ledger.app.ledger import Ledger
from ledger.cli.help import option
from ledger.cli.options import (
    FILE,
    ON,
    PROJECT,
    Day,
    RecordedEvents,
    command,
    opened,
    print_recorded,
    recording,
    records,
)
from ledger.cli.printing import misused
from ledger.cli.reader import spoken
from ledger.domain.errors import InvalidInput
from ledger.messages import message

_YEAR = option("--year", help="year.closed")


class SourceAmount(click.ParamType[tuple[str, str]]):
    """An amount of a funding source, as ``fiscal=100.00``."""

    name = "source=amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Take *value* as a source and an amount, which the ledger will read."""
        source, _, amount = str(value).rpartition("=")
        if not source.strip() or not amount.strip():
            self.fail(spoken("usage.source_amount", given=str(value)), param, ctx)
        return source, amount


def amounts(pairs: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """
    Return amounts by source as they were given.

    Raises:
        InvalidInput: A source is given twice.
    """
    if len(dict(pairs)) < len(pairs):
        twice = [source for source, _ in pairs]
        raise InvalidInput("source", twice, message("expected.source_once"))
    return dict(pairs)


@command()
@FILE
@PROJECT
@option("--on", type=Day(), help="on.closing")
@_YEAR
@option(
    "--carried-over",
    "carried",
    type=SourceAmount(),
    metavar="SOURCE=AMOUNT",
    multiple=True,
    help="carried_over",
)
@option("--reason", help="reason")
@recording(key="key.once")
def close(
    file: Path,
    project: str,
    carried: tuple[tuple[str, str], ...],
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Close PROJECT for a year: what is left is carried over or lapses."""
    if fields["on"] is None and fields["year"] is None:
        raise misused("day_or_year")
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.close_project(
            project, carried_over=amounts(carried), **fields
        )
        after = () if recorded.already else ledger.events(after=recorded.position)
        legs = (one for one in after if one.recorded_at == recorded.recorded_at)
        print_recorded([recorded, *legs], form)


@command()
@FILE
@PROJECT
@option("--year", required=True, help="year.closed")
@option("--reason", required=True, help="reason")
@records(key="key.once")
def reopen(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Lift the closing of PROJECT's year, from its own day on."""
    return ledger.reopen_project(**fields)


_AMOUNTS = option(
    "--amount",
    "parts",
    type=SourceAmount(),
    metavar="SOURCE=AMOUNT",
    multiple=True,
    help="amount.carried",
)
_GIVEN = option("--year", help="year.given")


def _carry(method: str, other: str) -> click.Command:
    """Return the command of a method that hands money of a closed year on, or back."""

    @command(method.replace("_", "-"))
    @FILE
    @PROJECT
    @ON
    @option(f"--{other.replace('_', '-')}", help=other)
    @_AMOUNTS
    @_GIVEN
    @option("--document", help="document")
    @option("--reason", help="reason")
    @records(key="key.once")
    def carry(
        ledger: Ledger, parts: tuple[tuple[str, str], ...], **fields: Any
    ) -> RecordedEvents:
        carrying: Callable[..., RecordedEvents] = getattr(ledger, method)
        return carrying(amounts=amounts(parts), **fields)

    return carry


COMMANDS = (
    close,
    reopen,
    _carry("carry_over", "to_project"),
    _carry("return_carry", "from_project"),
)
