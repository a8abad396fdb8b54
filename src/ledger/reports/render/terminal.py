"""How text, figures and tables look on a terminal, or in a file of plain text."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import IO, Final

from attrs import frozen
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from ledger.domain import exact_numbers
from ledger.domain.characters import in_line, visible
from ledger.domain.columns import folded
from ledger.domain.exact_numbers import Exact, rounded
from ledger.domain.indicator import Rating
from ledger.domain.scale import Scale
from ledger.domain.settings import Settings
from ledger.domain.status import Colour, Status, badness
from ledger.messages.encodings import in_encoding
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.result_figure import ResultValue
from ledger.reports import vocabulary as words
from ledger.reports.render.folding_table import FoldingTable
from ledger.reports.render.json import number

PIPED_WIDTH: Final = 100
"""Columns where the output is no terminal."""

_BLANK: Final = re.compile(r"\s")
_BAR: Final = 16
_LEVELS: Final = "▁▂▃▄▅▆▇█"
_STYLES: Final[Mapping[Colour, str]] = {
    Colour.GREEN: "green",
    Colour.GREY: "dim",
    Colour.PURPLE: "magenta",
    Colour.YELLOW: "yellow",
    Colour.RED: "red",
    Colour.STRONG_RED: "bold red",
}


@frozen
class Fitted:
    """Something to print that depends on how many columns there are."""

    make: Callable[[int], RenderableType]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        yield self.make(options.max_width)


@frozen
class Marked:
    """
    Something to print, with marks for what could move a terminal's cursor.

    Attributes:
        encoding: Of a terminal that refuses what it cannot show; else ``None``.
    """

    what: RenderableType
    encoding: str | None = None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        for text, style, control in console.render(self.what, options):
            shown = text if control else in_encoding(self.encoding, visible(text))
            yield Segment(shown, style, control)


def rendered(what: RenderableType, width: int = PIPED_WIDTH) -> str:
    """Return anything printable as plain text of at most *width* columns."""
    into = StringIO()
    Console(file=into, width=width, color_system=None).print(Marked(what), crop=False)
    lines = [line.rstrip() for line in into.getvalue().splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def put(
    what: RenderableType, file: IO[str] | None = None, width: int | None = None
) -> None:
    """Print to a terminal in colour, or to anything else as plain text."""
    file = file or sys.stdout
    # A GBK stream lacks some of the signs; an escape in their place beats a crash.
    strict = getattr(file, "errors", None) in (None, "strict")
    encoding = getattr(file, "encoding", None) if strict else None
    if file.isatty() and width is None:
        Console(file=file).print(Marked(what, encoding), crop=False)
        return
    file.write(in_encoding(encoding, rendered(what, width or PIPED_WIDTH)))


def execution_bar(line: ExecutionTotal, width: int = _BAR) -> Text:
    """Return a bar of the execution rate, with marks for the plan and for time."""
    whole = line.minor_current
    if not whole:
        return Text("·" * width)
    filled = _cells(Fraction(line.minor_disbursed, whole), width)
    bar = Text("█" * filled + "·" * (width - filled))
    marks = {_cells(line.elapsed, width - 1): "┆"}
    planned = line.minor_planned
    if planned is not None:
        marks[_cells(Fraction(planned, whole), width - 1)] = "┃"
    cells = [marks.get(i, str(cell)) for i, cell in enumerate(bar.plain)]
    return Text("".join(cells))


def sparkline(amounts: Sequence[Decimal | None]) -> Text:
    """
    Return a sign for each amount, as high as its share of the largest.

    A dot stands for nothing or less, and no sign for what is not known.

    >>> sparkline([Decimal(1), Decimal(0), Decimal(4), None]).plain
    '▃·█'
    """
    known = [amount for amount in amounts if amount is not None]
    largest = max(known, default=Decimal(0))
    top = len(_LEVELS) - 1
    return Text(
        "".join(
            _LEVELS[_cells(Fraction(amount) / Fraction(largest), top)]
            if amount > 0
            else "·"
            for amount in known
        )
    )


def closing(line: ExecutionLine, settings: Settings, say: Mapping[str, str]) -> Text:
    """Return when a project was closed, and what became of the money left."""
    return printable(
        say["project_closed"].format(
            name=line.name,
            on=line.closed_on,
            carried=money(line.carried_over, settings),
            lapsed=money(line.lapsed, settings),
        )
    )


def money(amount: Decimal | None, settings: Settings) -> str:
    """Return an amount as the report shows it: in 万, or in the main unit."""
    if amount is None:
        return "–"
    if settings.scale is Scale.WAN:
        return f"{rounded(settings.scale.of(amount), 2):,f}"
    return f"{amount:,f}"


def percent(rate: Decimal | Exact | None) -> str:
    """Return a share as a percentage with one decimal, never across the whole."""
    return "–" if rate is None else exact_numbers.percent(rate)


def status(value: Status, say: Mapping[str, str]) -> Text:
    """Return a status in its colour."""
    return Text(say[value.value], style=_STYLES[value.row.colour])


def tally(counts: Mapping[Status, int], say: Mapping[str, str]) -> str:
    """Return in words how many there are of each status, worst first."""
    worst_first = sorted(counts, key=badness, reverse=True)
    return say["comma"].join(
        say["tally"].format(count=counts[each], status=say[each.value])
        for each in worst_first
    )


def short(
    figure: ResultValue, say: Mapping[str, str], against: Sequence[Exact] = ()
) -> Text:
    """
    Return a figure with at most two decimals, and a rating in words.

    More decimals where two would show it on the other side of its target.
    """
    if isinstance(figure, int | Fraction):
        return Text(number(rounded(figure, 2, against)) or "")
    if isinstance(figure, Rating):
        return Text(say[figure.value])
    return Text("–") if figure is None else printable(str(figure))


def legend(settings: Settings, say: Mapping[str, str], *signs: str) -> Text:
    """Return what a ledger's conventions are, and what signs mean."""
    unit, convention = words.money_unit(settings, say), say[settings.convention.value]
    said = say["conventions"].format(unit=unit, convention=convention)
    chosen = [
        *(["exceptions_allowed"] if settings.allow_exceptions else []),
        *(["old_carry_refused"] if settings.refuse_old_carry else []),
    ]
    lines = [said, *(say[sign] for sign in (*chosen, *signs))]
    return Text("\n".join(lines), style="dim")


def table(texts: Sequence[str], figures: Sequence[str] = ()) -> FoldingTable:
    """Return an empty table with these heads; texts stand left, figures right."""
    made = FoldingTable()
    for head in texts:
        made.add_column(head)
    for head in figures:
        made.add_column(head, justify="right", no_wrap=True)
    return made


def section(head: str, what: RenderableType) -> RenderableType:
    """Return a part of a report under its head."""
    return Padding(Group(Text(head, style="bold"), what), (1, 0, 0, 0))


def heads(keys: Sequence[str], say: Mapping[str, str]) -> list[str]:
    """Return the heads of the columns for these figures, short where there is one."""
    return [say.get(f"short.{key}", say[key]) for key in keys]


def printable(given: str) -> Text:
    """Return text as it is printed: no markup, and marks for control characters."""
    return Text(in_line(" ".join(_BLANK.split(given))))


def prose(given: str) -> Fitted:
    """Return a sentence as it is printed; Chinese is folded where a line is full."""
    text = printable(given).plain
    return Fitted(lambda width: Text("\n".join(folded(text, width))))


def _cells(rate: Exact, width: int) -> int:
    return max(0, min(width, int(rate * width + Fraction(1, 2))))
