"""How text, figures and tables look on a terminal, or in a file of plain text."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import IO, Final

from attrs import frozen
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Column, Table
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
from ledger.reports.render.json import number

PIPED_WIDTH: Final = 100
"""Columns where the output is no terminal."""

_BLANK: Final = re.compile(r"\s")
_BAR: Final = 16
_BESIDE: Final = 2
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


@frozen
class TextLines:
    """Lines to print that are never folded: each can be searched for, or counted."""

    lines: Sequence[str]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        for line in self.lines:
            yield Segment(line)
            yield Segment.line()


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
        say["closed"].format(
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
    """Return what amounts are counted in, how plans are read and what signs mean."""
    unit, convention = words.money_unit(settings, say), say[settings.convention.value]
    said = say["conventions"].format(unit=unit, convention=convention)
    allowed = ["exceptions_allowed"] if settings.allow_exceptions else []
    lines = [said, *(say[sign] for sign in (*allowed, *signs))]
    return Text("\n".join(lines), style="dim")


class FoldingTable(Table):
    """
    A table that folds its texts, and never its figures.

    Where there is too little room for the heads of figures in one line, they are folded
    first: between words, then within long ones. Where there is too little even so, a
    row is written in lines below its first text.
    """

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        natural = (cells([str(each.header), *each.cells]) for each in self.columns)
        rooms = [] if sum(natural) <= options.max_width else _ROOM
        for longest, least in rooms:
            if self._taken(longest, least) < options.max_width:
                self._fold_heads(longest)
                self._keep_words(least)
                break
        else:
            if rooms:
                yield from self._stacked(options.max_width)
                return
        yield from super().__rich_console__(console, options)

    def _stacked(self, width: int) -> RenderResult:
        """Yield each row as its first text over the rest, each after its head."""
        heads = [str(column.header) for column in self.columns[1:]]
        for name, *row in zip(*(column.cells for column in self.columns), strict=True):
            yield Text(str(name), style="bold")
            pairs = zip(heads, map(str, row), strict=True)
            shown = [f"{head} {cell}".strip() for head, cell in pairs if cell.strip()]
            yield TextLines(list(_packed(shown, width)))

    def _taken(self, longest: int | None, least: int) -> int:
        """Return the columns that are taken where heads are folded so."""
        return sum(
            cells([*_pieces(column, longest), *column.cells])
            if column.no_wrap
            else max(least, _whole(column, least) + _BESIDE)
            for column in self.columns
        )

    def _fold_heads(self, longest: int | None) -> None:
        for column in self.columns if longest else ():
            if column.no_wrap:
                column.width = cells([*_pieces(column, longest), *column.cells])
                column.width -= _BESIDE
                folded = " ".join(_broken(str(column.header), column.width))
                column.header = Text(folded, no_wrap=False)

    def _keep_words(self, least: int) -> None:
        """Give columns of texts with longer words just the room that these take."""
        for column in self.columns:
            whole = _whole(column, least)
            if not column.no_wrap and whole + _BESIDE > least:
                column.width = whole


def _whole(column: Column, least: int) -> int:
    """Return how long short English words are in a column, where it has any room."""
    if least <= _NARROW:
        return 0
    words = (word for cell in column.cells for word in str(cell).split())
    return max(
        (len(w) for w in words if w.isascii() and len(w) <= _LONG_WORD), default=0
    )


def _packed(parts: Iterable[str], width: int) -> Iterator[str]:
    """Yield lines of whole parts, each with as many as it has room for."""
    line = ""
    for part in parts:
        longer = f"{line}  {part}"
        if line and cell_len(longer) > width:
            yield line
            longer = f"  {part}"
        line = longer
    if line:
        yield line


def _pieces(column: Column, longest: int | None) -> list[str]:
    """Return the parts of a head that are not folded."""
    head = str(column.header)
    if longest is None:
        return [head]
    words = _broken(head, max(longest, _SHORTEST))
    return [word for word in words if cell_len(word) <= max(longest, _SHORTEST)]


def _broken(head: str, width: int) -> Iterator[str]:
    """
    Yield the words of a head; one that is too long between its syllables, or signs.

    >>> [*_broken("supplements, carry-over in", 8)]
    ['supple-', 'ments,', 'carry-', 'over', 'in']
    >>> [*_broken("结账后登记事项", 8)]
    ['结账后登', '记事项']
    """
    for word in head.split():
        part = ""
        for syllable in _SYLLABLE.split(word) if cell_len(word) > width else [word]:
            longer = part + syllable
            if part and cell_len(longer) + longer.isascii() > width:
                yield f"{part.rstrip('-')}-" if part.isascii() else part
                part = ""
            part += syllable
        yield part


_SHORTEST: Final = 8
_SYLLABLE: Final = re.compile(
    "(?<=-)(?=[a-z])|(?<=[a-z]{2})(?=[b-df-hj-np-tv-z][aeiou][a-z])"
    "|(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])"
)
"""Between the syllables of an English word, and between any two signs of Chinese."""


_LONG_WORD, _NARROW = 14, 6
_ROOM: Final = (
    (None, 10),
    (100, 10),
    (8, 10),
    (8, _NARROW),
    (6, _NARROW),
    (4, _NARROW),
)
"""Words of heads that are not folded, by length, and the least of a column of texts."""


def table(
    texts: Sequence[str], right: Sequence[str] = (), figures: Sequence[str] = ()
) -> FoldingTable:
    """Return an empty table with these heads; texts stand left or *right*."""
    made = FoldingTable(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for head in texts:
        made.add_column(head, overflow="fold")
    for head in right:
        made.add_column(head, justify="right", overflow="fold")
    for head in figures:
        made.add_column(head, justify="right", overflow="fold", no_wrap=True)
    return made


def cells(shown: Iterable[RenderableType]) -> int:
    """Return how many columns a column of a table with these texts takes."""
    return max((cell_len(str(each)) for each in shown), default=0) + _BESIDE


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
