"""Tables of indicators in extracted text: a row an indicator."""

from collections.abc import Sequence
from typing import Any

from ledger.domain.finding import Finding, finding
from ledger.intake.readers.form_source import Source
from ledger.intake.segmentation.cell_costs import Widths
from ledger.intake.segmentation.headings import Level2Group, groups
from ledger.intake.segmentation.page_breaks import MARGIN, mend
from ledger.intake.segmentation.row_segmentation import RowSplitter
from ledger.intake.segmentation.tokens import (
    BASIS,
    DESCRIPTION,
    NAME,
    PAGE,
    TARGET,
    LevelRow,
    Token,
)
from ledger.messages import message


def read(source: Source, tables: Sequence[list[Token]]) -> list[list[dict[str, Any]]]:
    """
    Return the indicators of each table of a document, and say what is unsure.

    What is common to all tables, as the widths of their columns, is learned first.
    """
    unknown = Widths()
    widths = _learn(
        [group for table in tables for group in groups(table, RowSplitter(unknown))]
    )
    return [
        _indicators(table, RowSplitter(widths), source, form)
        for form, table in enumerate(tables)
    ]


def _learn(found: Sequence[Level2Group]) -> Widths:
    """Return the widths of the columns, from reading with what is known so far."""
    widths = Widths()
    whole = [g.tokens for g in found if all(p.before != PAGE for p in g.tokens)]
    for sample in (whole[:24], whole[:48], whole):
        read = [RowSplitter(widths).sample(tokens) for tokens in sample]
        widths.learn(
            (line for lines, _ in read for line in lines),
            (basis for _, bases in read for basis in bases),
        )
    return widths


def _indicators(
    table: list[Token], splitter: RowSplitter, source: Source, form: int
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group in groups(mend(table, splitter), splitter):
        path = f"projects/{form}/indicators/{len(rows)}"
        if group.joined_row is not None:
            source.places[path] = f"{group.joined_row.line}"
            rows.append(_indicator(group, group.joined_row.row))
            if group.joined_row.doubtful:
                source.say(path, _doubtful(group.joined_row.row))
            continue
        reading = splitter.rows(group.tokens, margin=MARGIN)
        for row in reading.rows:
            source.places[path] = f"{_line_of(row)}"
            rows.append(_indicator(group, row))
            path = f"projects/{form}/indicators/{len(rows)}"
        if reading.other is not None:
            source.say(path, _two_ways(reading.rows, reading.other))
    return rows


def _line_of(row: LevelRow) -> int:
    return min(cell.line for cell in row.cells if cell is not None)


def _indicator(group: Level2Group, row: LevelRow) -> dict[str, Any]:
    return {
        "level1": group.level1,
        "level2": group.level2,
        "level3": row.text(NAME),
        "description": row.text(DESCRIPTION),
        "target": row.text(TARGET),
        "basis": row.text(BASIS),
    }


def _doubtful(row: LevelRow) -> Finding:
    return finding(
        "text.row_over_pages",
        understood=_shown([row]),
        expected=message("expected.cells_of_form"),
    )


def _two_ways(best: Sequence[LevelRow], other: Sequence[LevelRow]) -> Finding:
    return finding(
        "text.two_readings",
        found=_shown(other),
        understood=_shown(best),
        expected=message("expected.cells_of_form"),
    )


def _shown(rows: Sequence[LevelRow]) -> str:
    return " ‖ ".join(
        " | ".join((cell.text if cell else "–") for cell in row.cells) for row in rows
    )
