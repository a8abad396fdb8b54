"""What a notebook shows of a document: what a terminal prints of it, as HTML."""

from collections.abc import Iterator
from html import escape
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ledger.domain.characters import visible
from ledger.reports.render.folding_table import TextLines
from ledger.reports.render.terminal import PIPED_WIDTH, Fitted

_BLOCK: Final = "white-space:pre-wrap;margin:.3em 0"
_CELL: Final = "padding:.1em .6em;vertical-align:top"
_WHOLE: Final = ";white-space:nowrap"
"""Of a column whose cells are never folded."""
_DIM: Final = "opacity:.7"
_ALIGNED: Final = {"left": "left", "right": "right", "center": "center"}
_COLOURS: Final = {
    "green": "#1a7f37",
    "yellow": "#9a6700",
    "red": "#cf222e",
    "magenta": "#8250df",
}
"""Colours of a terminal, dark enough to be read on white."""


def html(what: RenderableType) -> str:
    """Return anything printable as HTML that needs nothing else and runs nothing."""
    return f"<div>{''.join(_blocks(what))}</div>"


def _blocks(what: object) -> Iterator[str]:
    match what:
        case Fitted():
            yield from _blocks(what.make(PIPED_WIDTH))
        case TextLines():
            yield from _blocks(Text("\n".join(what.lines)))
        case Padding():
            yield from _blocks(what.renderable)
        case Group():
            for part in what.renderables:
                yield from _blocks(part)
        case Table():
            yield _table(what)
        case Tree():
            yield from _tree(what)
        case Text() | str():
            text = _text(what)
            if text:
                yield f'<div style="{_BLOCK}">{text}</div>'
        case _:
            yield f"<pre>{escape(visible(str(what)))}</pre>"


def _text(what: object) -> str:
    """Return a text with its styles."""
    text = what if isinstance(what, Text) else Text(str(what))
    inner = "".join(
        _styled(escape(visible(segment.text)), segment.style)
        for segment in text.render(_PLAIN)
    )
    return _styled(inner, _PLAIN.get_style(text.style))


def _styled(text: str, style: Style | None) -> str:
    css = [] if style is None else list(_css(style))
    return f'<span style="{";".join(css)}">{text}</span>' if css and text else text


def _css(style: Style) -> Iterator[str]:
    if style.bold:
        yield "font-weight:bold"
    if style.dim:
        yield _DIM
    if style.color is not None and style.color.name in _COLOURS:
        yield f"color:{_COLOURS[style.color.name]}"


def _table(table: Table) -> str:
    heads = "".join(
        f'<th style="{_CELL};text-align:{_side(column.justify)}">'
        f"{_text(column.header)}</th>"
        for column in table.columns
    )
    sides = [
        _side(column.justify) + _WHOLE * column.no_wrap for column in table.columns
    ]
    columns = [list(column.cells) for column in table.columns]
    rows = "".join(
        f'<tr style="{";".join(_css(_PLAIN.get_style(row.style or "none")))}">'
        + "".join(
            f'<td style="{_CELL};text-align:{side}">{_text(cell)}</td>'
            for side, cell in zip(sides, cells, strict=True)
        )
        + "</tr>"
        for row, cells in zip(table.rows, zip(*columns, strict=True), strict=True)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _side(justify: str) -> str:
    return _ALIGNED.get(justify, "left")


def _tree(tree: Tree) -> Iterator[str]:
    """Yield a tree as lists within lists."""
    if not tree.hide_root:
        yield from _blocks(tree.label)
    if tree.children:
        within = "".join(
            f"<li>{''.join(_blocks(child))}</li>" for child in tree.children
        )
        yield f"<ul>{within}</ul>"


_PLAIN: Final = Console(color_system=None, width=PIPED_WIDTH)
"""Knows the names of styles; nothing is printed to it."""
