"""The flat table of forms: a row for each indicator, with its project's columns."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import define, field

from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import EXACTLY, summed
from ledger.domain.finding import Finding, Text, finding
from ledger.intake.column_heads import (
    head_of_form,
    plain,
    unit_in_head,
)
from ledger.intake.money_units import is_like_a_unit
from ledger.intake.readers import flat_heads as heads
from ledger.intake.readers import published_words, target_cells
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid, column_name
from ledger.intake.readers.level_points import points_of, with_usual_headings
from ledger.intake.readers.numbered_goals import numbered
from ledger.intake.readers.published_money import MANY, LabelCell, printed_amount
from ledger.intake.readers.unread_columns import say_extra
from ledger.messages import Message, listed, message, named, quoted

_CARRIED: Final = ("level1", "level2")
_YEAR: Final = re.compile(r"[0-9]{4}")
_STATED: Final = re.compile(r"(?P<label>[^:]+):(?P<unit>[^:]+)")

_SEARCHED: Final = 30

_NEEDED: Final = frozenset({"project_code", "level3", "target"})
"""Columns without which a row says nothing."""

_HEADS_OF_TEMPLATE: Final = 8
"""More of its heads than this are left, whichever was renamed."""


@define
class _Columns:
    """Which column holds what."""

    header: int
    fields: dict[int, str] = field(factory=dict)
    months: dict[int, str] = field(factory=dict)
    horizons: dict[int, str] = field(factory=dict)
    extra: dict[int, str] = field(factory=dict)


def find_header(grid: Grid) -> int | None:
    """Return the row that names the columns of a flat table, if there is one."""
    for row in range(min(len(grid.rows), _SEARCHED)):
        names = {heads.field_of(cell) for cell in grid.rows[row]}
        if names >= _NEEDED:
            return row
    return None


def check_heads(source: Source, grid: Grid) -> None:
    """
    Check that the head of a template's sheet lacks no column that is needed.

    Raises:
        InvalidInput: It does; what nobody knows in it is named.
    """
    for row, cells in enumerate(grid.rows[:_SEARCHED]):
        names = {heads.all_fields().get(plain(cell)) for cell in cells}
        if len(names) > _HEADS_OF_TEMPLATE and not names >= _NEEDED:
            unread = [c for c in cells if c and plain(c) not in heads.all_fields()]
            found = [quoted(cell) for cell in unread if heads.month_of(cell) is None]
            missing = [message(f"head.form.{n}") for n in sorted(_NEEDED - names)]
            raise InvalidInput(
                _in_file(source, grid.place(row)),
                listed(found) if found else message("found.no_column"),
                message("expected.heads", heads=listed(missing)),
            )


def read(source: Source, grid: Grid, header: int) -> None:
    """
    Read a flat table into *source*.

    A project's columns are repeated, or stand in its first row alone; so do levels.

    Raises:
        InvalidInput: A column is named twice, columns are in two units of money, or
            no row has a project.
    """
    _read_above(source, grid, header)
    columns = _columns(source, grid, header)
    projects: list[dict[str, Any]] = source.content.setdefault("projects", [])
    before = len(projects)
    form: dict[str, Any] = {}
    nameless = 0
    totals: list[tuple[int, dict[str, str]]] = []
    for row in range(header + 1, len(grid.rows)):
        values = {name: grid.text(row, c) for c, name in columns.fields.items()}
        if not any(grid.rows[row]):
            continue
        place = grid.place(row)
        if _is_total(values):
            totals.append((row, values))
            continue
        _read_document(source, columns, values, grid, row)
        code = values.get("project_code", "")
        if code and code != form.get("project_code"):
            form = {"project_code": code, "indicators": []}
            source.places[f"projects/{len(projects)}"] = place
            projects.append(form)
        path = f"projects/{len(projects) - 1}"
        if not form:
            headless = finding(
                "table.no_project",
                place=place,
                expected=message("expected.code_in_first_row"),
            )
            source.say("", headless)
            nameless = nameless or row
            continue
        _read_project(source, path, form, values, place)
        _read_plan(source, path, form, columns, grid, row)
        horizons = {name: grid.text(row, c) for c, name in columns.horizons.items()}
        _read_indicator(source, path, form, values, place, horizons)
        columns.extra = {
            column: label
            for column, label in columns.extra.items()
            if not say_extra(source, path, grid, (row, column), label)
        }
    _say_points(source, before)
    for row, values in totals:
        _check_total(source, grid.place(row), values, projects[before:])
    if nameless and not projects:
        own = next(c for c, name in columns.fields.items() if name == "project_code")
        place = _in_file(source, grid.place(nameless, own))
        raise InvalidInput(place, "", message("expected.code_in_first_row"))


def _read_above(source: Source, grid: Grid, header: int) -> None:
    """Read the unit of money above the heads, and say what else stands there."""
    left: list[str] = []
    for row in range(header):
        for cell in filter(None, map(str.strip, grid.rows[row])):
            stated = _STATED.fullmatch(published_words.one_line(cell))
            label = stated["label"] if stated else ""
            of_money = published_words.field_of_label(label) == "money_unit"
            if stated and of_money and is_like_a_unit(stated["unit"]):
                source.content.setdefault("document", {})["money_unit"] = stated["unit"]
                source.places["document/money_unit"] = grid.place(row)
            else:
                left.append(cell)
    if left:
        source.say("", finding("published.labels_left", found=listed(left)))


def _say_points(source: Source, before: int) -> None:
    """Say what is wrong with the points of the headings of forms that were read."""
    projects = source.content["projects"]
    for number, given in enumerate(projects[before:], start=before):
        for off in with_usual_headings(given["indicators"]):
            source.say(f"projects/{number}", off)


def _is_total(values: Mapping[str, str]) -> bool:
    """Return whether a row sums up others: it says so, and has no indicator."""
    if values.get("level3") or values.get("target"):
        return False
    return any(published_words.after(text) == "totals" for text in values.values())


def _check_total(
    source: Source,
    place: Text,
    values: Mapping[str, str],
    projects: Sequence[Mapping[str, Any]],
) -> None:
    """Say that a row is a total, and whether its budget is that of the projects."""
    filled = [text for text in values.values() if text]
    source.say("", finding("published.total", place=place, found=listed(filled)))
    own = _number(values.get("budget"))
    numbers = [_number(form.get("budget")) for form in projects]
    known = [number for number in numbers if number is not None]
    if own is not None and len(known) == len(numbers) and summed(known) != own:
        off = finding(
            "published.total_off",
            place=place,
            found=f"{own}",
            expected=f"{summed(known)}",
        )
        source.say("", off)


def _number(text: str | None) -> Decimal | None:
    amount = printed_amount(LabelCell(0, 0, text or ""))
    return None if amount is None or amount.unit else amount.number


def _columns(source: Source, grid: Grid, header: int) -> _Columns:
    columns = _Columns(header)
    seen: dict[str, int] = {}
    beside = heads.second_to_others(grid.rows[header])
    columns.horizons = {
        column: grid.rows[header][column].strip()
        for column in beside
        if heads.field_of(grid.rows[header][column]) == "target"
    }
    for column, label in enumerate(grid.rows[header]):
        month = heads.month_of(label)
        name = None if month or column in beside else heads.field_of(label)
        if month or name in heads.AMOUNTS:
            _read_money_unit(source, label, grid.place(header, column))
        if month:
            columns.months[column] = month
        elif name and name in seen:
            raise InvalidInput(
                _in_file(source, grid.place(header, column)),
                message("found.second_column_for", label=label),
                message("expected.one_first", first=grid.place(header, seen[name])),
            )
        elif name:
            columns.fields[column], seen[name] = name, column
        elif column in columns.horizons:
            continue
        elif heads.HORIZON.fullmatch(plain(label)):
            columns.horizons[column] = label.strip()
        elif label.strip():
            columns.extra[column] = label.strip()
    named_columns = [(name, c, c) for c, name in columns.fields.items()]
    if columns.months:
        named_columns.append(("plan", min(columns.months), max(columns.months)))
    if grid.name:
        source.columns |= {
            (grid.name, name): (column_name(first), column_name(last))
            for name, first, last in named_columns
        }
    return columns


def _in_file(source: Source, place: Text) -> Message:
    return message("place.file_part", file=source.name, part=place)


def _read_money_unit(source: Source, label: str, place: Text) -> None:
    """Take the unit that stands behind the name of a column of amounts."""
    unit = unit_in_head(label)
    if unit is None or not is_like_a_unit(unit):
        return
    document = source.content.setdefault("document", {})
    known = document.setdefault("money_unit", unit)
    source.places.setdefault("document/money_unit", place)
    if known != unit:
        raise InvalidInput(
            _in_file(source, place),
            label,
            message("expected.unit_as_before", unit=known),
        )


def _read_document(
    source: Source, columns: _Columns, values: dict[str, str], grid: Grid, row: int
) -> None:
    document = source.content.setdefault("document", {})
    year, unit = values.get("fiscal_year", ""), values.get("money_unit", "")
    given: dict[str, Any] = {}
    if year:
        given["fiscal_year"] = int(year) if _YEAR.fullmatch(year) else year
    if unit:
        given["money_unit"] = unit.removeprefix("单位：")
    for name, value in given.items():
        column = next(c for c, own in columns.fields.items() if own == name)
        source.places.setdefault(f"document/{name}", grid.place(row, column))
        known = document.setdefault(name, value)
        if known != value:
            source.say("", _conflict(name, value, known, grid.place(row)))


def _read_project(
    source: Source, path: str, form: dict[str, Any], values: dict[str, str], place: Text
) -> None:
    for name in heads.PROJECT:
        value: Any = values.get(name, "")
        if not value or name == "project_code":
            continue
        if name == "goals":
            value = numbered(value.splitlines())
        elif name in heads.AMOUNTS:
            value = _amount(source, path, value, place)
        if name not in form and place != source.places[path]:
            source.places[f"{path}/{name}"] = place
        known = form.setdefault(name, value)
        if known != value:
            source.say(path, _conflict(name, value, known, place))


def _amount(source: Source, path: str, text: str, place: Text) -> str:
    """Return an amount in plain digits, in the unit of its file; say what was read."""
    printed = printed_amount(LabelCell(0, 0, text))
    unit = source.content.get("document", {}).get("money_unit")
    if printed is None or (printed.unit and unit not in MANY):
        return text
    number = printed.number
    if printed.unit:
        whole = EXACTLY.multiply(number, MANY[printed.unit])
        number = EXACTLY.divide(whole, MANY[unit])
    plain_number = f"{number:f}"
    if plain_number == text or (
        not printed.unit and text.isascii() and "," not in text
    ):
        return text
    note = finding("table.amount", place=place, found=text, understood=plain_number)
    source.say(path, note)
    return plain_number


def _conflict(name: str, value: object, known: object, place: Text) -> Finding:
    return finding(
        "table.conflict",
        place=place,
        found=str(value),
        expected=str(known),
        field=head_of_form(name) or named(name),
        here=_cell(value),
        above=_cell(known),
    )


def _cell(value: object) -> Message | str:
    """Return what was read of a cell: a text in quotation marks, a number bare."""
    return quoted(value) if isinstance(value, str) else str(value)


def _read_plan(
    source: Source,
    path: str,
    form: dict[str, Any],
    columns: _Columns,
    grid: Grid,
    row: int,
) -> None:
    cells = [grid.text(row, column) for column in columns.months]
    if "plan_row" in form or not any(cells):
        return
    if grid.place(row) != source.places[path]:
        source.places[f"{path}/plan"] = grid.place(row)
    form["plan_columns"] = list(columns.months.values())
    place = grid.place(row)
    form["plan_row"] = [
        _amount(source, path, cell, place) if cell else None for cell in cells
    ]


def _read_indicator(
    source: Source,
    path: str,
    form: dict[str, Any],
    values: dict[str, str],
    place: Text,
    horizons: dict[str, str],
) -> None:
    rows = form["indicators"]
    given: dict[str, Any] = {
        name: values[name] or None for name in heads.INDICATOR if name in values
    }
    if not any(given.get(name) for name in ("level3", "target")):
        return
    if given.get("weight"):
        given["weight"] = points_of(given["weight"])
    own = given.get("level1")
    for name in _CARRIED:
        if given.get(name) is None and rows and own in {None, rows[-1].get("level1")}:
            given[name] = rows[-1].get(name)
    if own is not None and given.get("level2") is None:
        given["level2"], _ = published_words.level1(own)
    source.places[f"{path}/indicators/{len(rows)}"] = place
    for said in target_cells.join_target(given):
        source.say(path, said.at(place))
    if any(horizons.values()):
        given["horizons"] = {name: text for name, text in horizons.items() if text}
    rows.append(given)
