"""The monthly report and its parts as text for a terminal, or for a file."""

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import IO, TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ledger.domain.settings import Scale, Settings
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine, ExecutionTotal
from ledger.projections.policy import BADNESS, Status
from ledger.reports import words
from ledger.reports.render.json import number, plain

if TYPE_CHECKING:
    from ledger.reports.monthly import MonthlyReport, UnitReport

PIPED_WIDTH: Final = 100
"""Columns where the output is no terminal."""

_BAR: Final = 16
_STYLES: Final = {
    Status.ATTAINED: "green",
    Status.ON_TRACK: "green",
    Status.NO_RESULT: "dim",
    Status.EXCEEDED: "magenta",
    Status.AT_RISK: "yellow",
    Status.BEHIND: "red",
    Status.MISSED: "bold red",
}
_ATTENTION: Final = BADNESS[Status.EXCEEDED]


def text(monthly: "MonthlyReport", width: int = PIPED_WIDTH) -> str:
    """Return the report as plain text."""
    return rendered(report(monthly), width)


def show(
    monthly: "MonthlyReport", file: IO[str] | None = None, width: int | None = None
) -> None:
    """Print the report."""
    put(report(monthly), file, width)


def rendered(what: RenderableType, width: int = PIPED_WIDTH) -> str:
    """Return anything printable as plain text of at most *width* columns."""
    into = StringIO()
    Console(file=into, width=width, color_system=None).print(what)
    lines = [line.rstrip() for line in into.getvalue().splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def put(
    what: RenderableType, file: IO[str] | None = None, width: int | None = None
) -> None:
    """Print to a terminal in colour, or to anything else as plain text."""
    file = file or sys.stdout
    if file.isatty() and width is None:
        Console(file=file).print(what)
        return
    plain_text = rendered(what, width or PIPED_WIDTH)
    encoding = getattr(file, "encoding", None) or "utf-8"
    # A GBK stream lacks some of the signs; a mark in their place beats a crash.
    file.write(plain_text.encode(encoding, "replace").decode(encoding))


def report(monthly: "MonthlyReport") -> RenderableType:
    """Return the report as something to print."""
    settings = monthly.settings
    parts: list[RenderableType] = [_heading(monthly), _projects(monthly)]
    parts += [_unit(unit) for unit in monthly.units]
    attention = [
        (project.execution.name, line)
        for project in monthly.projects
        for line in project.indicators
        if BADNESS[line.status] >= _ATTENTION
    ]
    if attention:
        parts.append(_attention(attention))
    for finding in monthly.findings:
        parts.append(printable(f"! {finding.place}: {finding.message}"))
    parts.append(
        Text(
            f"\nAmounts in {_unit_word(settings)}. Plan between checkpoints: "
            f"{settings.convention.value}. Bar: █ disbursed, ┃ planned, ┆ time, as "
            "shares of the current budget.\n"
            f"Position {monthly.position}, root {monthly.root}",
            style="dim",
        )
    )
    return Group(*parts)


def project(
    line: ExecutionLine, lines: Sequence[AttainmentLine], settings: Settings
) -> RenderableType:
    """Return one project with its months and its indicators."""
    months = _table()
    months.add_column("month")
    for name in ("planned", "disbursed", "planned to date", "disbursed to date"):
        months.add_column(name, justify="right")
    for month in line.months:
        months.add_row(
            month.month,
            *(
                "–" if amount is None else money(amount, settings)
                for amount in month[1:]
            ),
        )
    sources = "; ".join(
        f"{source} {money(m.disbursed, settings)} of "
        f"{money(m.current_budget, settings)}"
        for source, m in line.by_source.items()
    )
    head = printable(
        f"{line.project} {line.name}, {line.unit} {line.unit_name or ''}, "
        f"through {line.through}. "
        f"Budget {money(line.original_budget, settings)} originally, "
        f"{money(line.current_budget, settings)} now; disbursed "
        f"{money(line.disbursed, settings)} ({percent(line.execution_rate)}), planned "
        f"{money(line.planned, settings)}, variance {money(line.variance, settings)}; "
        f"available {money(line.available, settings)}. By source: {sources}. "
        f"Amounts in {_unit_word(settings)}."
    )
    return Group(head, months, indicators(lines))


def execution_bar(line: ExecutionTotal, width: int = _BAR) -> Text:
    """Return a bar of what is disbursed, with marks for the plan and for time."""
    whole = line.current_budget
    if not whole:
        return Text("·" * width)
    filled = _cells(line.disbursed / whole, width)
    bar = Text("█" * filled + "·" * (width - filled))
    marks = {
        _cells(line.time_progress, width - 1): "┆",
        _cells(line.planned / whole, width - 1): "┃",
    }
    cells = [marks.get(i, str(cell)) for i, cell in enumerate(bar.plain)]
    return Text("".join(cells))


def money(amount: Decimal, settings: Settings) -> str:
    """Return an amount as the report shows it: in 万, or in the main unit."""
    if settings.scale is Scale.WAN:
        return f"{settings.scale.of(amount):,.2f}"
    return f"{amount:,f}"


def percent(rate: Decimal | None) -> str:
    """Return a share as a percentage with one decimal."""
    return "–" if rate is None else f"{rate * 100:.1f}%"


def status(value: Status) -> Text:
    """Return a status in its colour."""
    return Text(value.value, style=_STYLES[value])


def indicators(lines: Sequence[AttainmentLine]) -> Table:
    """Return indicators as a table."""
    table = _table()
    table.add_column("indicator", ratio=1, overflow="fold")
    for name in ("target", "result", "expected", "attained"):
        table.add_column(name, justify="right", overflow="fold")
    table.add_column("status", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    for line in lines:
        table.add_row(
            printable(line.indicator),
            printable(line.target),
            printable(_short(line.result)),
            Text(_short(line.expected)),
            percent(line.attainment),
            status(line.status),
            f"{plain(line.score) or '–'}/{plain(line.weight) or '–'}",
        )
    return table


def _heading(monthly: "MonthlyReport") -> Text:
    totals = monthly.totals
    counts = [project.status for project in monthly.projects]
    tally = ", ".join(
        f"{counts.count(each)} {each.value}"
        for each in sorted(Status, key=BADNESS.__getitem__, reverse=True)
        if each in counts
    )
    known = f", as known at {monthly.known_at}" if monthly.known_at else ""
    title = f"{monthly.settings.title}\n" if monthly.settings.title else ""
    return Text(
        f"{title}Monthly report {monthly.month}, through {monthly.through}{known}\n"
        f"{len(monthly.projects)} projects: {tally or 'none'}. Execution "
        f"{percent(totals.execution_rate)} at {percent(totals.time_progress)} of the "
        "year.",
        style="bold",
    )


def _projects(monthly: "MonthlyReport") -> Table:
    settings = monthly.settings
    table = _table()
    table.add_column("project", ratio=1, overflow="fold")
    for head in ("budget", "planned", "disbursed", "rate"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("█ ┃ ┆", width=_BAR, no_wrap=True)
    table.add_column("variance", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for project in monthly.projects:
        name, conclusion = printable(project.execution.name), status(project.status)
        table.add_row(*_figures(name, project.execution, settings), conclusion)
    table.add_section()
    table.add_row(*_figures(Text("total"), monthly.totals, settings), style="bold")
    return table


def _figures(name: Text, line: ExecutionTotal, settings: Settings) -> list[str | Text]:
    return [
        name,
        money(line.current_budget, settings),
        money(line.planned, settings),
        money(line.disbursed, settings),
        percent(line.execution_rate),
        execution_bar(line),
        money(line.variance, settings),
    ]


def _unit(unit: "UnitReport") -> RenderableType:
    title = printable(f"Unit {unit.unit} {unit.name}")
    return Group(Text(), title, indicators(unit.indicators))


def _attention(lines: list[tuple[str, AttainmentLine]]) -> RenderableType:
    table = _table()
    table.add_column("project", ratio=2, overflow="fold")
    table.add_column("indicator", ratio=2, overflow="fold")
    for name in ("target", "result", "expected"):
        table.add_column(name, justify="right", overflow="fold")
    table.add_column("status", no_wrap=True)
    for name, line in lines:
        table.add_row(
            printable(name),
            printable(line.indicator),
            printable(line.target),
            printable(_short(line.result)),
            Text(_short(line.expected)),
            status(line.status),
        )
    title = Text("Indicators that need attention", style="bold")
    return Padding(Group(title, table), (1, 0, 0, 0))


def printable(given: str) -> Text:
    """Return text as it is printed: no markup, and marks for control characters."""
    return Text(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in given)
    )


def _short(figure: Decimal | date | str | None) -> str:
    """Return a figure with at most two decimals."""
    if isinstance(figure, Decimal):
        return number(round(figure, 2)) or ""
    return "–" if figure is None else str(figure)


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1, 0, 0))


def _cells(rate: Decimal, width: int) -> int:
    return max(0, min(width, int(rate * width + Decimal("0.5"))))


def _unit_word(settings: Settings) -> str:
    return words.money_unit(settings)
