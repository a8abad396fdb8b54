"""What templates are made of: columns, looks, checks of cells, and the file."""

import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from xlsxwriter import Workbook

from ledger import output
from ledger.domain.errors import InvalidInput
from ledger.domain.settings import Settings
from ledger.messages import Language, Message, message


@frozen(kw_only=True)
class TemplateColumn:
    """
    A column of a template.

    Attributes:
        look: ``text``, ``number``, ``money`` or ``date``.

        needed: Whether every project or row has it.

        rule: The data validation of its cells, in the words of XlsxWriter.
    """

    label: str
    width: int
    look: str
    needed: bool
    note: Message
    rule: dict[str, Any] | None


Notes = Mapping[str, Message]
Rules = dict[str, dict[str, Any]]


def columns_of(shapes: str, notes: Notes, rules: Rules) -> list[TemplateColumn]:
    """
    Return columns: of each a line of label, width, look and ``needed``, and its notes.

    A slash separates the lines of a label; its last line names notes and rule.
    """
    columns = []
    for line in shapes.strip().splitlines():
        label, width, look, *needed = line.split()
        name = label.rpartition("/")[2]
        columns.append(
            TemplateColumn(
                label=label.replace("/", "\n"),
                width=int(width),
                look=look,
                needed=needed == ["needed"],
                note=notes[name],
                rule=rules.get(name),
            )
        )
    return columns


def both(text: Message, between: str = "") -> str:
    """Return a text in Chinese, and then in English."""
    return between.join(map(text.said, (Language.CHINESE, Language.ENGLISH)))


def choice(
    words: Iterable[str], *, only: bool = True, said: str = ""
) -> dict[str, Any]:
    """Return the rule of a drop-down; with *only*, nothing else is taken."""
    listed = list(words)
    rule: dict[str, Any] = {"validate": "list", "source": listed}
    if said:
        rule["input_message"] = said
    if not only:
        return {**rule, "show_error": False}
    return {**rule, **wrong("请从列表中选择 Choose one", " / ".join(listed))}


def at_least(least: int, said: str, *, above: bool = False) -> dict[str, Any]:
    """Return the rule of a number of *least* or more, or above it."""
    criteria = ">" if above else ">="
    rule = {"validate": "decimal", "criteria": criteria, "value": least}
    return {**rule, **wrong("数字 Number", said)}


def between(kind: str, low: Any, high: Any, title: str) -> dict[str, Any]:
    """Return the rule of a number or date between two."""
    rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return {**rule, **wrong(title, f"{low} — {high}")}


def wrong(title: str, said: str) -> dict[str, Any]:
    """Return what a rule says of a cell that it does not take."""
    return {"error_title": title, "error_message": said}


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
        "said": {**_FONT, "bold": True, "font_color": "#9C2B2B"},
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
    sheet.set_row(0, 36)
    for c, column in enumerate(columns):
        sheet.set_column(c, c, column.width, looks[column.look])
        look = looks["needed" if column.needed else "head"]
        sheet.write_string(0, c, column.label, look)
        said = both(column.note, between="\n")
        sheet.write_comment(0, c, said, {"width": 260, "height": 120, "font_size": 9})
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
    """Return how many narrow characters wide a label in Chinese is."""
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


def save(
    path: str | os.PathLike[str], content: bytes, *, ending: str = ".xlsx"
) -> None:
    """
    Write a new file: a template that was filled in is never written over.

    Raises:
        InvalidInput: There is a file at *path* already, it cannot be written, or its
            name does not end in *ending*.
    """
    if Path(path).suffix.lower() != ending:
        right = message("expected.name_ending", ending=ending)
        raise InvalidInput("path", os.fspath(path), right)
    output.write(path, [content], new=True)
