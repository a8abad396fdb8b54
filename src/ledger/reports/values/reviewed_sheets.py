"""The sheets of files that were looked at, with what is wrong in their cells."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from ledger.domain.finding import Finding

SheetCell = tuple[int, int]
"""A row and a column, from 0."""


@frozen
class ReviewedSheet:
    """
    A sheet or table of a file, as it was read.

    Attributes:
        name: Of the sheet, else of the file.

        merged: Of each merged area its first cell, and its last.

        marks: The findings about each cell that has any.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: Mapping[SheetCell, SheetCell]
    marks: Mapping[SheetCell, Sequence[Finding]]
