"""
Tables that a bank or a treasury exports, as requests.

Such a table has a row a payment, heads of its own, and columns that nobody asks for:
a mapping that is kept in a file says what becomes what.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from attrs import define

from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.settings import Settings
from ledger.intake.bulk import request_of
from ledger.intake.column_heads import plain, unit_in_head
from ledger.intake.export_mapping import ExportMapping, many_in, read_mapping
from ledger.intake.money_units import is_like_a_unit
from ledger.intake.readers.file_kinds import tables
from ledger.intake.readers.grid import Grid
from ledger.intake.requests import Problem, Request
from ledger.messages import listed, message, quoted

_SEARCHED: Final = 30
"""Rows of a table among which its heads are looked for."""

_LISTED: Final = 20
_AMOUNT: Final = "amount"
_SUMS: Final = re.compile(
    "(?:本页|本月|本年)?(?:合计|总计|小计|累计)|(?:sub|grand)?total"
)
_IDLE: Final = re.compile(r"[\s,¥￥$€£元]")


@define
class ExportRows:
    """
    The rows of a table that is exported.

    Attributes:
        left_out: How many rows are no facts: sums, those without an amount, and those
            that the mapping leaves out.

        many: How many of the main unit its amounts count.
    """

    mapping: ExportMapping
    settings: Settings
    left_out: int = 0
    many: int = 1

    def requests(self, source: str | os.PathLike[str]) -> Iterator[Request | Problem]:
        """
        Yield a request for each row, and a problem for each that cannot be one.

        Raises:
            InvalidInput: The file cannot be read, has no table with the heads of the
                mapping, or several.
        """
        every = tables(source)
        placed = [
            (grid, header)
            for grid in every
            if self.mapping.sheet in {None, grid.name}
            and (header := self._header(grid)) is not None
        ]
        if len(placed) != 1:
            name = os.fspath(source)
            raise self._refusal(name, [grid for grid, _ in placed], every)
        ((grid, header),) = placed
        self._read_unit(grid, header)
        return self._rows(grid, header)

    def _read_unit(self, grid: Grid, header: int) -> None:
        """Take the unit of amounts from the mapping, or from their head: not two."""
        currency, stated = self.settings.currency, self.mapping.unit
        if stated is not None:
            self.many = many_in(stated, self.mapping.name, currency)
        amounts = {plain(head) for head in self.mapping.columns.get(_AMOUNT, ())}
        for column, cell in enumerate(grid.rows[header]):
            printed = unit_in_head(cell) if plain(cell) in amounts else None
            if printed is None or not is_like_a_unit(printed):
                continue
            place = grid.place(header, column)
            many = many_in(printed, place, currency)
            if stated is not None and many != self.many:
                expected = message("expected.unit_of_mapping", unit=stated)
                raise InvalidInput(place, cell, expected)
            self.many = many

    def _header(self, grid: Grid) -> int | None:
        """Return the first row that has each head."""
        wanted = {plain(head) for head in self.mapping.heads}
        for number, row in enumerate(grid.rows[:_SEARCHED]):
            if wanted <= {plain(cell) for cell in row}:
                return number
        return None

    def _refusal(
        self, name: str, alike: Sequence[Grid], every: Sequence[Grid]
    ) -> InvalidInput:
        """Return the error that no table has the heads, or that several have."""
        if alike:
            names = [quoted(grid.name) for grid in alike]
            expected = message("expected.sheet_of_export", mapping=self.mapping.name)
            shown = message("found.tables_with_heads", names=listed(names))
            return InvalidInput(name, shown, expected)
        rows = (row for grid in every for row in grid.rows[:_SEARCHED])
        wanted = {plain(head) for head in self.mapping.heads}
        row = max(
            rows, key=lambda cells: len(wanted & set(map(plain, cells))), default=[]
        )
        known = [quoted(cell) for cell in row if cell.strip()][:_LISTED]
        lacking = [
            quoted(head)
            for head in self.mapping.heads
            if plain(head) not in set(map(plain, row))
        ]
        expected = message(
            "expected.heads_of_export", heads=listed(lacking), mapping=self.mapping.name
        )
        nothing = message("found.no_value")
        return InvalidInput(name, listed(known) if known else nothing, expected)

    def _rows(self, grid: Grid, header: int) -> Iterator[Request | Problem]:
        places = {plain(cell): at for at, cell in enumerate(grid.rows[header])}
        heads = {
            column: "/".join(names) for column, names in self.mapping.columns.items()
        }
        for number in range(header + 1, len(grid.rows)):
            texts = {
                head: grid.text(number, places[plain(head)])
                for head in self.mapping.heads
            }
            if not any(map(str.strip, grid.rows[number])):
                continue
            fields = self._fields(grid, number, texts)
            if fields is None:
                self.left_out += 1
                continue
            odd = self._odd(grid, number, places)
            if odd is not None:
                yield Problem(grid.place(number), (odd,), heads)
                continue
            yield request_of(grid.place(number), fields, heads, self.settings)

    def _odd(
        self, grid: Grid, number: int, places: Mapping[str, int]
    ) -> InvalidInput | None:
        """Return the error of a cell whose value is lost, or was never computed."""
        for head in self.mapping.heads:
            cell = number, places[plain(head)]
            if cell in grid.unread:
                expected = message("expected.computed_value")
                return InvalidInput(head, grid.unread[cell], expected)
            if cell in grid.odd:
                return InvalidInput(head, *grid.odd[cell])
        return None

    def _fields(
        self, grid: Grid, number: int, texts: dict[str, str]
    ) -> dict[str, Any] | None:
        """Return the fields of a bulk line; ``None`` of a row that is no fact."""
        mapping = self.mapping
        if any(texts[head] in words for head, words in mapping.left_out.items()):
            return None
        first = next(filter(None, map(plain, grid.rows[number])), "")
        if _SUMS.fullmatch(first):
            return None
        fields: dict[str, Any] = {**mapping.values, "type": mapping.type}
        for column, heads in mapping.columns.items():
            text = "-".join(filter(None, (texts[head] for head in heads)))
            text = mapping.words.get(column, {}).get(text, text)
            if text:
                fields[column] = text
        if _AMOUNT in mapping.columns:
            amount = self._amount(fields.get(_AMOUNT, ""))
            if amount is None:
                return None
            fields[_AMOUNT] = amount
        return fields

    def _amount(self, text: str) -> str | None:
        """Return an amount in the main unit; ``None`` where there is none."""
        bare = _IDLE.sub("", unicodedata.normalize("NFKC", text))
        if bare in {"", "-"}:
            return None
        try:
            number = Decimal(bare)
        except InvalidOperation:
            return text
        if not number.is_finite():
            return text
        if not number:
            return None
        return f"{EXACTLY.multiply(number, Decimal(self.many)):f}"


def read(mapping: str | os.PathLike[str], settings: Settings) -> ExportRows:
    """Return what reads exported tables by the mapping of a file."""
    return ExportRows(read_mapping(mapping, settings.currency), settings)
