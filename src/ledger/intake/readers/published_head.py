"""Where tables of indicators of published forms begin, and what their columns say."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import define, field

from ledger.intake.readers import published_words as words
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.published_words import BESIDE, ColumnHead

_FEWEST: Final = 2
"""Cells that a second row of heads has at least, and steps that a ladder has."""

_ABOVE: Final = 8
"""Rows above a table in which a label says of which time a column is."""


@define
class TableHead:
    """
    The head of one table of indicators.

    Attributes:
        first: Its first row.

        last: Its last row, of two at most.

        printed: What each column is called.

        columns: The columns of the year's indicators, by field.

        others: The columns of indicators of another time, by field.

        kept: Columns of targets other than the one that binds.

        grades: The columns of the steps of a ladder.

        project: The columns of a list of projects, by field; empty in a form of one.

        left_out: Columns that an approval has no field for.

        twice: Columns of which only one can be meant.
    """

    first: int
    last: int
    printed: dict[int, str] = field(factory=dict)
    columns: dict[str, int] = field(factory=dict)
    others: dict[str, int] = field(factory=dict)
    kept: list[int] = field(factory=list)
    grades: list[int] = field(factory=list)
    project: dict[str, int] = field(factory=dict)
    left_out: list[int] = field(factory=list)
    twice: list[int] = field(factory=list)

    @property
    def of_other_time(self) -> bool:
        """Return whether the table has no indicators of the year at all."""
        return "level3" not in self.columns

    def reads(self, column: int) -> bool:
        """Return whether a column is read, or kept out on purpose."""
        read = {*self.columns.values(), *self.others.values(), *self.project.values()}
        return column in read.union(self.kept, self.grades, self.left_out, self.twice)


def heads(grid: Grid, fiscal_year: int | None) -> list[TableHead]:
    """Return the heads of all tables of indicators on a sheet."""
    tables: list[TableHead] = []
    row = 0
    while row < len(grid.rows):
        size = _rows_of_head(grid, row)
        if size:
            tables.append(_read(grid, row, row + size - 1, fiscal_year))
        row += size or 1
    return tables


def _rows_of_head(grid: Grid, row: int) -> int:
    """Return of how many rows a head is that begins here; 0 of none."""
    upper = [head.field for cell in grid.rows[row] if (head := words.head(cell))]
    below = _second(grid, row + 1)
    of_times = any(words.time_of(cell) == words.OTHER for cell in grid.rows[row])
    leads = not _is_whole(below) or not {"level3", "target"}.isdisjoint(upper)
    leads = leads or ("level1" in upper and (of_times or "level1" not in below))
    if below and upper and leads and _is_whole([*upper, *below]):
        return 2
    return int(_is_whole(upper))


def _is_whole(fields: Sequence[str]) -> bool:
    """Return whether heads name indicators, and what each is to come to."""
    ladder = fields.count("grade") >= _FEWEST
    return "level3" in fields and ("target" in fields or ladder)


def _second(grid: Grid, row: int) -> list[str]:
    """Return the fields of a row that holds heads and nothing else."""
    if row >= len(grid.rows):
        return []
    texts = [text for text in map(str.strip, grid.rows[row]) if text]
    fields = [head.field for text in texts if (head := words.head(text))]
    return fields if len(fields) == len(texts) >= _FEWEST else []


def _read(grid: Grid, first: int, last: int, fiscal_year: int | None) -> TableHead:
    table = TableHead(first, last)
    heads: dict[int, ColumnHead] = {}
    parent = ""
    for column in range(max(map(len, grid.rows[first:]))):
        upper = grid.text(first, column)
        lower = grid.text(last, column) if last > first else ""
        parent = upper or parent
        table.printed[column] = words.one_line(lower or upper)
        head = words.head(lower or upper)
        if head is not None:
            above = words.time_of(parent) if lower else None
            other = head.other_time or above == words.OTHER
            heads[column] = head._replace(other_time=other)
    heads = _by_labels_above(grid, first, _without_side(heads))
    for column, head in heads.items():
        if head.field != "target" or head.other_time:
            _place(table, column, head)
    _place_targets(table, heads, fiscal_year)
    project = {
        name: column
        for column, printed in table.printed.items()
        if column not in heads and (name := words.project_field(printed))
    }
    if "project_name" in project:
        table.project = project
    return table


def _without_side(heads: Mapping[int, ColumnHead]) -> dict[int, ColumnHead]:
    """Leave out what stands next to a table; it may say that all is of another time."""
    named = [column for column, head in heads.items() if head.field == "level3"]
    side = [column for column in named if words.is_side(heads[column].printed)]
    if len(named) == len(side):
        return dict(heads)
    other = any(heads[column].other_time for column in side)
    return {
        column: head._replace(other_time=head.other_time or other)
        for column, head in heads.items()
        if column not in side
    }


def _by_labels_above(
    grid: Grid, first: int, heads: dict[int, ColumnHead]
) -> dict[int, ColumnHead]:
    """Say of which time heads are that stand twice, by the labels above them."""
    targets = [head for head in heads.values() if head.field == "target"]
    if len(targets) < _FEWEST or any(target.other_time for target in targets):
        return heads
    for row in range(first - 1, max(first - _ABOVE, 0) - 1, -1):
        times = {
            column: time
            for column in range(len(grid.rows[row]))
            if (time := words.time_of(grid.text(row, column)))
        }
        if len(set(times.values())) == _FEWEST:
            return _by_halves(heads, [times[column] for column in sorted(times)][-2:])
    return heads


def _by_halves(
    heads: dict[int, ColumnHead], times: Sequence[str]
) -> dict[int, ColumnHead]:
    """Say of which time heads are that stand twice: the labels over them, in order."""
    fields = [head.field for head in heads.values()]
    seen: set[str] = set()
    second = False
    sided: dict[int, ColumnHead] = {}
    for column, head in heads.items():
        second = second or head.field in seen
        seen.add(head.field)
        time = times[-1] if second else times[0]
        twice = fields.count(head.field) == _FEWEST
        sided[column] = head._replace(other_time=twice and time == words.OTHER)
    return sided


def _place(table: TableHead, column: int, head: ColumnHead) -> None:
    """Say what a column is for, which has no target of the year."""
    if head.field == BESIDE:
        table.left_out.append(column)
    elif head.field == "grade":
        table.grades.append(column)
    elif head.field == "target":
        table.kept.append(column)
    else:
        own = table.others if head.other_time else table.columns
        if head.field not in own:
            own[head.field] = column
        elif head.field == "weight":
            table.left_out.append(column)
        else:
            table.twice.append(column)


def _place_targets(
    table: TableHead, heads: Mapping[int, ColumnHead], fiscal_year: int | None
) -> None:
    """Choose the target that binds: the one of the year, where a head says so."""
    own = [
        column
        for column, head in heads.items()
        if head.field == "target" and not head.other_time
    ]
    dated = [c for c in own if heads[c].year not in {None, fiscal_year}]
    if fiscal_year is not None:
        table.kept += dated
        own = [column for column in own if column not in dated]
    of_year = [column for column in own if heads[column].of_year]
    best = of_year or own
    if best:
        table.columns["target"] = best[0]
    table.twice += best[1:]
    table.kept += [column for column in own if column not in best]
