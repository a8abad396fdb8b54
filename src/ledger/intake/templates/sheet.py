"""What templates are made of: columns, looks, checks of cells, and the file."""

import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from xlsxwriter import Workbook

from ledger import output
from ledger.domain.choices import offered
from ledger.domain.errors import InvalidInput
from ledger.domain.settings import Settings
from ledger.intake.column_heads import month_name
from ledger.messages import Language, Message, Value, message, quoted, said

WORKBOOK: Final = ".xlsx"
"""What the name of a workbook ends in."""

_LONGEST_TITLE: Final = 32
"""Of what a spreadsheet puts over a message about a cell."""


@frozen(kw_only=True)
class TemplateColumn:
    """
    A column of a template, in the words of its language.

    Attributes:
        field: What it is called in files.

        look: ``text``, ``number``, ``money`` or ``date``.

        needed: Whether every project or row has it.

        rule: The data validation of its cells, in the words of XlsxWriter.
    """

    field: str
    label: str
    width: int
    look: str
    needed: bool
    note: str
    rule: dict[str, Any] | None


@frozen
class TemplateWords:
    """The words of a template: those of one language, with the unit of its amounts."""

    language: Language
    unit: Message

    def of(self, code: str, **values: Value) -> str:
        """Return the text *code* of templates."""
        return self.said(message(f"template.{code}", **values))

    def head(self, kind: str, field: str, **values: Value) -> str:
        """Return the head of the column of a field."""
        return self.said(message(f"head.{kind}.{field}", **values))

    def said(self, text: Message | str) -> str:
        """Return a text in the language."""
        return said(text, self.language)

    def offered(self, kind: type[Enum]) -> list[str]:
        """Return what a list offers to choose from."""
        return [self.said(word) for word in offered(kind)]


Rules = dict[str, dict[str, Any]]


def columns_of(
    shapes: str, kind: str, words: TemplateWords, rules: Rules, notes: Mapping[str, str]
) -> list[TemplateColumn]:
    """
    Return columns: of each a line of field, width, look and ``needed``.

    Args:
        kind: Of their heads.

        notes: What goes in, by field.
    """
    columns = []
    for line in shapes.strip().splitlines():
        field, width, look, *needed = line.split()
        name, _, month = field.partition("/")
        values = {"month": month_name(int(month))} if month else {}
        label = words.head(kind, name, unit=words.unit, **values)
        rule = rules.get(name)
        columns.append(
            TemplateColumn(
                field=name,
                label=label,
                width=int(width),
                look=look,
                needed=needed == ["needed"],
                note=notes[field],
                rule=titled(rule, label),
            )
        )
    return columns


def titled(rule: dict[str, Any] | None, label: str) -> dict[str, Any] | None:
    """Return a rule that says of which column it is where it is broken."""
    return rule and {"error_title": label[:_LONGEST_TITLE], **rule}


def choice(
    words: Iterable[str], *, only: bool = True, hint: str = ""
) -> dict[str, Any]:
    """Return the rule of a drop-down; with *only*, nothing else is taken."""
    listed = list(words)
    rule: dict[str, Any] = {"validate": "list", "source": listed}
    if hint:
        rule["input_message"] = hint
    if not only:
        return {**rule, "show_error": False}
    return {**rule, "error_message": " / ".join(listed)}


def at_least(least: int, expected: str, *, above: bool = False) -> dict[str, Any]:
    """Return the rule of a number of *least* or more, or above it."""
    criteria = ">" if above else ">="
    rule = {"validate": "decimal", "criteria": criteria, "value": least}
    return {**rule, "error_message": expected}


def between(kind: str, low: Any, high: Any) -> dict[str, Any]:
    """Return the rule of a number or date between two."""
    rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return {**rule, "error_message": f"{low} — {high}"}


# Writing workbooks

_FONT: Final = {"font_name": "Microsoft YaHei", "font_size": 10}
_CELL: Final = {**_FONT, "valign": "top", "border": 1, "border_color": "#D9D9D9"}
_HEAD: Final = {
    **_FONT,
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "border": 1,
    "border_color": "#FFFFFF",
}
_LINE: Final = 15.0
_DAY: Final = "yyyy-mm-dd"


def workbook_of(
    fill: Callable[[Any, dict[str, Any]], None], settings: Settings
) -> bytes:
    """Return the bytes of a workbook that *fill* writes, given its looks."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    digits = settings.currency.digits
    money = "#,##0" + ("." + "0" * digits if digits else "")
    text = {**_CELL, "text_wrap": True, "num_format": "@"}
    grey = {"bg_color": "#EDEDED", "font_color": "#595959"}
    shapes: dict[str, dict[str, Any]] = {
        "head": {**_HEAD, "bg_color": "#D9E2F0", "font_color": "#1F2A44"},
        "needed": {**_HEAD, "bg_color": "#2F4B7C", "font_color": "#FFFFFF"},
        "warning": {**_FONT, "bold": True, "font_color": "#9C2B2B"},
        "text": text,
        "number": {**_CELL, "align": "right"},
        "money": {**_CELL, "align": "right", "num_format": money},
        "date": {**_CELL, "align": "center", "num_format": _DAY},
        "shown": {**text, **grey},
        "shown_date": {**_CELL, **grey, "align": "center", "num_format": _DAY},
    }
    if settings.title:
        book.set_properties({"title": settings.title})
    fill(book, {name: book.add_format(shape) for name, shape in shapes.items()})
    book.close()
    return content.getvalue()


def write_head(
    sheet: Any,
    columns: Sequence[TemplateColumn],
    looks: dict[str, Any],
    *,
    frozen_columns: int,
) -> None:
    """Write the names of the columns, each with a note that says what goes in."""
    sheet.set_row(0, height((column.label, column.width - 1) for column in columns) + 6)
    for c, column in enumerate(columns):
        sheet.set_column(c, c, column.width, looks[column.look])
        look = looks["needed" if column.needed else "head"]
        sheet.write_string(0, c, column.label, look)
        size = {"width": 260, "height": 90, "font_size": 9}
        sheet.write_comment(0, c, column.note, size)
    sheet.freeze_panes(1, frozen_columns)


def add_rules(sheet: Any, columns: Sequence[TemplateColumn], last: int) -> None:
    """Set the data validation of the cells below the head."""
    for c, column in enumerate(columns):
        if column.rule is not None:
            sheet.data_validation(1, c, last, c, column.rule)


def write_cell(
    sheet: Any, row: int, column: int, value: Any, looks: dict[str, Any], look: str
) -> None:
    """Write a cell by the kind of its value; a text is never a formula."""
    if value is None:
        sheet.write_blank(row, column, None, looks[look])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, looks[look])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks[look])
    else:
        sheet.write_number(row, column, value, looks[look])


def wide(label: str) -> int:
    """Return how many narrow characters wide a label is; a Chinese one takes two."""
    return sum(1 if character.isascii() else 2 for character in label)


def height(texts: Iterable[tuple[str, int]]) -> float:
    """Return how high a row is, in points, in which *texts* wrap in their widths."""
    lines = (-(-wide(text) // max(1, width)) for text, width in texts)
    return _LINE * max(1, *lines)


def set_paper(sheet: Any, *, heading: int = 0, across: int = 1) -> None:
    """Print on A4, so many pages *across*, the head on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_rows(heading)
    sheet.hide_gridlines(2)


def save(path: str | os.PathLike[str], content: bytes, *endings: str) -> None:
    """
    Write a new file: a template that was filled in is never written over.

    Raises:
        InvalidInput: There is a file at *path* already, it cannot be written, or its
            name ends in none of *endings*.
    """
    if Path(path).suffix.lower() not in endings:
        right = message("expected.name_ending", endings=[*map(quoted, endings)])
        raise InvalidInput("path", os.fspath(path), right)
    output.write(path, [content], new=True)
