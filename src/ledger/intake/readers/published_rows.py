"""The rows of a table of indicators of a published form."""

import re
from typing import Any, Final

from attrs import define, field

from ledger.domain.finding import Finding, finding
from ledger.domain.identity import indicator_identity
from ledger.intake.readers import published_targets as targets
from ledger.intake.readers import published_words as words
from ledger.intake.readers import target_cells
from ledger.intake.readers.flat_heads import USUAL
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.level_points import points_of, with_usual_headings
from ledger.intake.readers.published_head import TableHead
from ledger.messages import listed, message

_UNFILLED: Final = re.compile(
    r"(?:指标)?[0-9一二三四五六七八九十]*[:.、]?(?:[….。·]*|[*xX]{2,})|[/—-]+"
)
"""Names of rows of an empty form: 指标2, ……."""

_NO_LEVEL: Final = "未分级"
"""What stands for levels that a table has no columns for."""

_LONG_TERM: Final = "长期"

_TEXTS: Final = ("level1", "level2", "level3", "description", "basis")


@define
class Rows:
    """
    Reads the indicators of one form, table by table.

    Attributes:
        path: Of the form, within the content of *source*.

        composed: Targets that were made of several cells, with those cells.

        unfilled: Rows of an empty form, by their places.

        left: Columns that an approval has no field for, and that hold something.

        skipped: What stands in rows of totals, and in others that are none.

        other: Indicators of other times: what they are called, the head of their
            target, the target, and the indicator of the year in their row.
    """

    source: Source
    grid: Grid
    path: str
    indicators: list[dict[str, Any]] = field(factory=list)
    composed: list[str] = field(factory=list)
    unfilled: list[str] = field(factory=list)
    left: dict[str, None] = field(factory=dict)
    skipped: list[str] = field(factory=list)
    other: list[tuple[str, str, str, int | None]] = field(factory=list)

    def read(self, table: TableHead, end: int, start: int | None = None) -> int:
        """
        Return the row after the last of a table, whose indicators are taken.

        Args:
            start: The first row that is read; by default the first of the table.
        """
        for column in table.twice:
            self._say_twice(table, column)
        above: dict[str, str] = {}
        for row in range(table.last + 1 if start is None else start, end):
            first = next(filter(None, map(str.strip, self.grid.rows[row])), "")
            after = words.after(first)
            if after == "ends" and not self._goes_on(table, row + 1, end):
                return row
            if after:
                self.skipped += filter(None, map(str.strip, self.grid.rows[row]))
            elif first:
                self._read_row(table, row, above)
        return end

    def _goes_on(self, table: TableHead, row: int, end: int) -> bool:
        """Return whether indicators stand in a later row, under a level."""
        columns = {**table.others, **table.columns}
        levels = [columns[name] for name in ("level1", "level2") if name in columns]
        return any(
            self.grid.text(below, columns["level3"])
            and any(self.grid.text(below, c).endswith("指标") for c in levels)
            for below in range(row, end)
        )

    def _read_row(self, table: TableHead, row: int, above: dict[str, str]) -> None:
        self._read_levels(table, row, above)
        if self._is_bare(table, row):
            return
        for column in range(len(self.grid.rows[row])):
            text = self.grid.text(row, column)
            if text and not table.reads(column):
                self._say_unknown(table, row, column, text)
            elif text and column in table.left_out:
                self.left[table.printed[column]] = None
        cells = {
            name: text
            for name, column in table.columns.items()
            if (text := self.grid.text(row, column))
        }
        before = len(self.indicators)
        if not table.of_other_time:
            self._read_of_year(table, row, cells, above)
        own = before if len(self.indicators) > before else None
        self._read_other(table, row, own)

    def _is_bare(self, table: TableHead, row: int) -> bool:
        """Return whether a row has headings at most; say what else stands in it."""
        levels = {
            column
            for columns in (table.columns, table.others)
            for name, column in columns.items()
            if name in {"level1", "level2"}
        }
        own = {*table.columns.values(), *table.others.values(), *table.grades}
        if any(self.grid.text(row, c) for c in own.union(table.kept) - levels):
            return False
        self.skipped += [
            text
            for column, cell in enumerate(self.grid.rows[row])
            if (text := cell.strip())
            and not (words.is_heading(text) and not table.reads(column))
            and not (column in levels and words.is_heading(text))
        ]
        return True

    def _read_of_year(
        self,
        table: TableHead,
        row: int,
        cells: dict[str, str],
        above: dict[str, str],
    ) -> None:
        """Take the indicator of the year in a row, if there is one."""
        name = words.one_line(cells.get("level3", ""))
        given: dict[str, Any] = {
            name: _unwrapped(cells[name]) for name in _TEXTS if name in cells
        }
        unknown = targets.unknown_sign(cells)
        if unknown:
            place = self.grid.place(row)
            self.source.say(self.path, target_cells.sign_unknown(*unknown).at(place))
            return
        target = targets.of(cells, self._steps(table, row))
        if target is None and _UNFILLED.fullmatch(name):
            if name:
                self.unfilled.append(f"{self.grid.place(row)} {name}")
            elif cells.get("weight"):
                self.source.say(self.path, self._nameless(row, cells))
            return
        if not name:
            self.source.say(self.path, self._nameless(row, cells))
            return
        self._take(row, given, above, target, cells.get("weight"))
        self._keep(table, row)

    def _take(
        self,
        row: int,
        given: dict[str, Any],
        above: dict[str, str],
        target: targets.Composed | None,
        weight: str | None,
    ) -> None:
        part = f"{self.path}/indicators/{len(self.indicators)}"
        self.source.places[part] = self.grid.place(row)
        given |= {"level1": above.get("level1") or _NO_LEVEL}
        given |= {"level2": above.get("level2") or words.level1(given["level1"])[0]}
        given["target"] = target.text if target else None
        if target and target.horizons:
            given["horizons"] = dict(target.horizons)
        if target and target.cells:
            self.composed.append(f"{' | '.join(target.cells)} → {target.text}")
        if weight and words.one_line(weight).strip("-—/"):
            given["weight"] = points_of(weight)
        self.indicators.append(given)

    def _read_levels(self, table: TableHead, row: int, above: dict[str, str]) -> None:
        """Take what stands under the levels; it holds until another does."""
        for level in ("level1", "level2"):
            text = self.grid.text(row, table.columns.get(level, -1))
            if not text or (level == "level1" and not self._names(table, row, text)):
                continue
            if level == "level1" and _unwrapped(text) != above.get(level):
                above.pop("level2", None)
            above[level] = _unwrapped(text)

    def _names(self, table: TableHead, row: int, text: str) -> bool:
        """Return whether a text under level 1 holds for the rows below it."""
        name = self.grid.text(row, table.columns.get("level3", -1))
        return bool(name) or words.is_heading(text)

    def _steps(self, table: TableHead, row: int) -> list[tuple[str, str]]:
        """Return the steps of a ladder that stand in a row."""
        return [
            (table.printed[column], text)
            for column in table.grades
            if (text := self.grid.text(row, column))
        ]

    def _keep(self, table: TableHead, row: int) -> None:
        """Keep the targets that stand next to the one of the year."""
        for column in table.kept:
            text = self.grid.text(row, column)
            if text and "level3" not in table.others:
                kept = self.indicators[-1].setdefault("horizons", {})
                kept[table.printed[column]] = _unwrapped(text)

    def _read_other(self, table: TableHead, row: int, own: int | None) -> None:
        """Take the indicators of another time, which stand in columns of their own."""
        name = _unwrapped(self.grid.text(row, table.others.get("level3", -1)))
        for column in table.kept if name else ():
            text = _unwrapped(self.grid.text(row, column))
            if text and not _UNFILLED.fullmatch(name):
                self.other.append((name, table.printed[column], text, own))

    def finish(self) -> None:
        """Join what stood apart, and say what an approval does not take."""
        by_name = {indicator_identity(row["level3"]): row for row in self.indicators}
        alone: list[str] = []
        for name, head, text, own in self.other:
            row = by_name.get(indicator_identity(name))
            if row is not None:
                row.setdefault("horizons", {})[_as_other(head)] = text
            elif own is not None:
                kept = self.indicators[own].setdefault("horizons", {})
                kept[_as_other(head)] = f"{name} {text}"
            else:
                alone.append(f"{name} {text}")
        left = [*self.left]
        notes = [
            (self.composed, finding("published.composed", found=listed(self.composed))),
            (self.unfilled, finding("published.unfilled", found=listed(self.unfilled))),
            (left, finding("published.columns_left", found=listed(left))),
            (
                self.skipped,
                finding("published.below_left", found=listed(self.skipped)),
            ),
            (alone, finding("published.other_time", found=listed(alone))),
        ]
        for texts, note in notes:
            if texts:
                self.source.say(self.path, note)
        if any(row["level1"] == _NO_LEVEL for row in self.indicators):
            self.source.say(
                self.path, finding("published.no_levels", understood=_NO_LEVEL)
            )
        for warning in with_usual_headings(self.indicators):
            self.source.say(self.path, warning)

    def _say_twice(self, table: TableHead, column: int) -> None:
        problem = finding(
            "published.head_twice",
            place=self.grid.place(table.last, column),
            found=table.printed[column],
            expected=message("expected.one_column_each"),
        )
        self.source.say(self.path, problem)

    def _say_unknown(self, table: TableHead, row: int, column: int, text: str) -> None:
        head = table.printed.get(column, "")
        if words.word(text).endswith("指标") and not head:
            return
        if len(text) == 1 and len(head) <= 1 and column == 0:
            return  # A word next to the table, written a character a cell.
        problem = finding(
            "published.head_unknown",
            place=self.grid.place(row, column),
            found=head or None,
            expected=message("expected.known_head", heads=listed(USUAL)),
            text=text,
        )
        self.source.say(self.path, problem)

    def _nameless(self, row: int, cells: dict[str, str]) -> Finding:
        return finding(
            "sheet.row_without_name",
            place=self.grid.place(row),
            found=" | ".join(cells.values()),
            expected=message("expected.name_or_no_target"),
        )


def _as_other(head: str) -> str:
    """Return what a target of another time is called, whose head does not say so."""
    known = words.head(head)
    spoken = known is not None and known.other_time
    return head if spoken else f"{_LONG_TERM}{head}"


def _unwrapped(text: str) -> str:
    return "".join(text.splitlines()).strip()
