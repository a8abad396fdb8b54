"""What is said, as text that is the same on every machine."""

import json
from decimal import Decimal

import click
import openpyxl
from click.testing import CliRunner

from ledger.cli import main


def values(said):
    """Return values as JSON, a line a value, in their order; decimals as written."""
    return json.dumps(said, ensure_ascii=False, indent=1, default=_shown) + "\n"


def _shown(value):
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


USUAL = {"language": "en", "width": 80}
"""How commands are asked, unless a part says otherwise; the test of texts has its own."""


def command(*words, language=...):
    """Return what a command printed in a language, or in the ledger's, and its exit code."""
    asked = [str(word) for word in words]
    spoken = USUAL["language"] if language is ... else language
    before = [] if spoken is None else ["--lang", spoken]
    done = CliRunner().invoke(
        main, [*before, *asked], terminal_width=USUAL["width"], catch_exceptions=False
    )
    parts = [f"$ budget-ledger {' '.join(asked)}", done.stdout.rstrip("\n")]
    if done.stderr:
        parts += ["-- standard error", done.stderr.rstrip("\n")]
    return "\n".join([*parts, f"-- exit code {done.exit_code}", ""])


def workbook(path):
    """
    Return all that a workbook shows: cells with their looks, sizes, rules, charts.

    The bytes of the file hold the instant of writing and ids of the writer.
    """
    said = []
    book = openpyxl.load_workbook(path)
    figures = _figures(path)
    looks = {}
    said += [
        f"name {name} {defined.value}" for name, defined in book.defined_names.items()
    ]
    for sheet in book.worksheets:
        said += [f"== {sheet.title}", *_sheet(sheet)]
        shown = figures[sheet.title]
        for row in sheet.iter_rows():
            said += [
                _cell(cell, shown, looks)
                for cell in row
                if cell.has_style or cell.value is not None
            ]
    book.close()
    return "\n".join(said) + "\n"


def _figures(path):
    """Return what each cell comes to, by its sheet and its place there."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    figures = {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book.worksheets
    }
    book.close()
    return figures


def _sheet(sheet):
    page, view = sheet.page_setup, sheet.sheet_view
    margins = sheet.page_margins
    yield f"shape {sheet.dimensions} {sheet.sheet_state} freeze {sheet.freeze_panes}"
    yield f"page {page.orientation} {page.paperSize} {page.fitToWidth} {page.fitToHeight}"
    yield f"margins {margins.left} {margins.right} {margins.top} {margins.bottom}"
    yield f"titles {sheet.print_title_rows} {sheet.print_title_cols} {sheet.print_area}"
    yield f"filter {sheet.auto_filter.ref} protected {sheet.protection.sheet}"
    yield f"grid {view.showGridLines} zoom {view.zoomScale}"
    yield f"foot {sheet.oddFooter.left.text} {sheet.oddFooter.center.text} {sheet.oddFooter.right.text}"
    for name, column in sorted(sheet.column_dimensions.items()):
        yield f"width {name} {column.min}-{column.max} {column.width} {column.hidden}"
    for number, row in sorted(sheet.row_dimensions.items()):
        if row.height is not None or row.hidden:
            yield f"height {number} {row.height} {row.hidden}"
    yield from sorted(f"merged {each}" for each in sheet.merged_cells.ranges)
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            yield f"rule {area.sqref} {rule.type} {rule.operator} {rule.formula}"
    for check in sheet.data_validations.dataValidation:
        yield f"check {check.sqref} {check.type} {check.formula1} {check.prompt} {check.error}"
    for chart in sheet._charts:
        parts = [
            (
                part.val and part.val.numRef.f,
                part.tx and part.tx.strRef and part.tx.strRef.f,
            )
            for part in chart.series
        ]
        yield f"chart {chart.tagname} {parts}"


def _looks(cell):
    """Return how a cell looks."""
    font, fill, align = cell.font, cell.fill, cell.alignment
    edges = (getattr(cell.border, side) for side in ("left", "right", "top", "bottom"))
    parts = [
        cell.number_format,
        f"{font.name} {font.sz}{' bold' if font.b else ''}{' italic' if font.i else ''}",
        f"{font.color.rgb if font.color and font.color.type == 'rgb' else '-'}",
        f"{fill.fgColor.rgb if fill.fill_type else '-'}",
        f"{align.horizontal} {align.vertical}{' wrap' if align.wrap_text else ''}",
        "".join(
            "-" if edge is None or not edge.style else edge.style[0] for edge in edges
        ),
        "" if cell.protection.locked else "unlocked",
    ]
    return " | ".join(parts)


def _cell(cell, shown, looks):
    """Return what a cell holds and how it looks, which *looks* keeps by its style."""
    style = tuple(cell._style)
    if style not in looks:
        looks[style] = _looks(cell)
    note = f" note {cell.comment.text!r}" if cell.comment else ""
    link = (
        f" link {cell.hyperlink.target or cell.hyperlink.location}"
        if cell.hyperlink
        else ""
    )
    made = cell.data_type == "f"
    comes_to = f" = {shown.get(cell.coordinate)!r}" if made else ""
    return f"{cell.coordinate} {cell.value!r}{comes_to} | {looks[style]}{note}{link}"


def pages_of_help():
    """Say what each command says of itself."""
    yield "help/budget-ledger", command("--help")
    for name in main.list_commands(click.Context(main)):
        yield f"help/{name}", command(name, "--help")
