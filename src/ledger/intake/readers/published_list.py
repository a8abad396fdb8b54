"""A published list of projects: a row an indicator, with columns of its project."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ledger.domain.exact_numbers import summed
from ledger.domain.finding import finding
from ledger.intake.readers import published_words as words
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.numbered_goals import numbered
from ledger.intake.readers.published_head import TableHead
from ledger.intake.readers.published_money import LabelCell, printed_amount
from ledger.intake.readers.published_rows import Rows
from ledger.messages import listed


class Block(NamedTuple):
    """The rows of one project, or the one row of a total, with what stands in it."""

    first: int
    end: int
    fields: Mapping[str, str]
    total: bool


def read(source: Source, grid: Grid, table: TableHead, end: int, unit: str) -> None:
    """
    Read a list into *source*; the row of a unit or of all is a total.

    Args:
        unit: What stands above the list, of whom it is.
    """
    projects: list[dict[str, Any]] = source.content.setdefault("projects", [])
    above: Block | None = None
    under: list[Decimal] = []
    for block in _blocks(grid, table, end):
        if block.total:
            _check(source, grid, above, under)
            above, under = block, []
            continue
        path = f"projects/{len(projects)}"
        source.places[path] = grid.place(block.first)
        form = _form(block, above, unit)
        projects.append(form)
        rows = Rows(source, grid, path)
        last = rows.read(table, block.end, block.first)
        for line in grid.rows[last : block.end]:
            rows.skipped += filter(None, map(str.strip, line))
        rows.finish()
        form["indicators"] = rows.indicators
        under.append(_number(block) or Decimal())
    _check(source, grid, above, under)


def _blocks(grid: Grid, table: TableHead, end: int) -> Iterator[Block]:
    """Yield the projects and the totals of a list, in order."""
    column = table.project["project_name"]
    starts: list[int] = []
    for row in range(table.last + 1, end):
        name = grid.text(row, column)
        if name and (not starts or name != grid.text(starts[-1], column)):
            starts.append(row)
    first = starts[0] if starts else end
    if any("".join(line).strip() for line in grid.rows[table.last + 1 : first]):
        starts.insert(0, table.last + 1)
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        fields = {
            name: text
            for name, own in table.project.items()
            if (text := grid.text(start, own))
        }
        named = {*table.columns.values(), *table.kept, *table.grades}
        empty = not any(grid.text(r, c) for r in range(start, stop) for c in named)
        yield Block(start, stop, fields, total=empty)


def _form(block: Block, above: Block | None, unit: str) -> dict[str, Any]:
    """Return what a project's columns say of it; its unit may have a row above."""
    fields = block.fields
    form: dict[str, Any] = {
        "project_name": "".join(fields.get("project_name", "").split()) or None,
        "budget": fields.get("budget"),
    }
    for name in ("project_code", "unit_code"):
        if name in fields:
            form[name] = "".join(fields[name].split())
    owner = fields.get("unit") or fields.get("supervisor") or unit
    if owner:
        form["unit_name"] = owner
    own = fields.get("unit_code")
    if above is not None and own and above.fields.get("unit_code") == own:
        form["unit_name"] = above.fields.get("project_name")
    if "goals" in fields:
        form["goals"] = numbered(fields["goals"].splitlines())
    return form


def _number(block: Block) -> Decimal | None:
    amount = printed_amount(LabelCell(0, 0, block.fields.get("budget", "")))
    return None if amount is None else amount.number


def _check(
    source: Source, grid: Grid, above: Block | None, under: list[Decimal]
) -> None:
    """Say that a row is a total, and whether it is that of the projects below it."""
    if above is None:
        return
    shown = listed(above.fields.values())
    place = grid.place(above.first)
    source.say("", finding("published.total", place=place, found=shown))
    own = _number(above)
    name = above.fields.get("project_name", "")
    if not under and words.after(name) != "totals":
        source.say("", finding("published.no_indicators", place=place))
    if own is not None and under and summed(under) != own:
        off = finding(
            "published.total_off",
            place=place,
            found=f"{own}",
            expected=f"{summed(under)}",
        )
        source.say("", off)
