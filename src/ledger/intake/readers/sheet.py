"""The published form on a sheet, found by its labels and not by fixed addresses."""

import re
from typing import Any, Final

from ledger.domain.finding import Finding, finding
from ledger.domain.funding import FORM_FIELDS
from ledger.intake.column_heads import head_of_form
from ledger.intake.readers import flat_heads, published_head, target_cells
from ledger.intake.readers import published_words as words
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.level_points import points_of, with_usual_headings
from ledger.intake.readers.numbered_goals import numbered
from ledger.intake.readers.published_rows import Rows
from ledger.intake.readers.unread_columns import say_extra
from ledger.messages import message, named

_CODE: Final = "项目编码"
_LABELS: Final = {
    "project_code": _CODE,
    "project_name": "项目名称",
    "budget": "预算数",
    **{field.name: field.label for field in FORM_FIELDS.values()},
}
_PURPOSE: Final = "预算规模及资金用途"
_PLAN: Final = re.compile(r"资金支出计划(?:[（(].{1,8}[）)])?")
_GOALS: Final = "绩效目标"
_TABLE: Final = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "绩效指标描述": "description",
    "指标值": "target",
    "指标值确定依据": "basis",
}
_TITLE: Final = re.compile(r"(?:[0-9]{1,4}[.．、])?(?P<title>.+)绩效目标表")
_UNIT: Final = re.compile(r"(?P<code>[0-9A-Za-z-]*)(?P<name>.*)")
_MONEY: Final = re.compile(r"(?P<before>.*?)单位[：:](?P<money>元|万元|亿元)")
_MONTH: Final = re.compile(r"[0-9]{1,2}月(?:底|末|份)?")


def has_form(grid: Grid) -> bool:
    """Return whether a form stands on the sheet."""
    return any(_label(cell) == _CODE for row in grid.rows for cell in row)


def read(source: Source, grid: Grid) -> None:
    """Read every form on a sheet into *source*."""
    starts = [
        r for r, row in enumerate(grid.rows) if any(_label(c) == _CODE for c in row)
    ]
    above = 0
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(grid.rows)
        _read_form(source, grid, above, start, end)
        above = start + 1


def _read_form(source: Source, grid: Grid, above: int, start: int, end: int) -> None:
    projects: list[dict[str, Any]] = source.content.setdefault("projects", [])
    path = f"projects/{len(projects)}"
    source.places[path] = grid.place(start)
    form: dict[str, Any] = {"indicators": []}
    projects.append(form)
    _read_heading(source, grid, form, above, start)
    labelled = {label: name for name, label in _LABELS.items()}
    plan = goals = head = None
    for row in range(start, end):
        for column in range(len(grid.rows[row])):
            label = _label(grid.text(row, column))
            if label in labelled and labelled[label] not in form:
                form[labelled[label]] = _right(grid, row, column) or None
            elif label == _PURPOSE:
                form["purpose"] = _below_money(grid, row, end)
            elif plan is None and _PLAN.fullmatch(label):
                plan, form["plan_header"] = row, label
            elif label == _GOALS and goals is None:
                goals = row
                form["goals"] = numbered(_right(grid, row, column).splitlines())
            elif label == "一级指标" and head is None:
                head = row
    code = form.get("project_code")
    form["project_code"] = "".join(code.split()) if code else None
    if plan is not None:
        _read_plan(grid, form, plan, goals or head or end)
    if head is None:
        source.say(path, finding("sheet.no_table", expected=" ".join(_TABLE)))
    else:
        _read_table(source, grid, form, path, head, end)


def _label(text: str) -> str:
    return "".join(text.split())


def _right(grid: Grid, row: int, column: int) -> str:
    """Return the next text to the right; nothing where a label comes first."""
    known = {*_LABELS.values(), _PURPOSE, _GOALS}
    for c in range(grid.last_column(row, column) + 1, len(grid.rows[row])):
        text = grid.text(row, c)
        if text:
            return "" if _label(text) in known else text
    return ""


def _below_money(grid: Grid, row: int, end: int) -> str | None:
    """Return the purpose: what stands between the amounts and the plan."""
    known = {*_LABELS.values(), _PURPOSE}
    found: list[str] = []
    for r in range(row, end):
        cells = [t for t in (grid.text(r, c) for c in range(len(grid.rows[r]))) if t]
        if any(_PLAN.fullmatch(_label(cell)) for cell in cells):
            break
        if any(_label(cell) in _LABELS.values() for cell in cells):
            continue
        found += [cell for cell in cells if _label(cell) not in known]
    return "".join(found) or None


def _read_heading(
    source: Source, grid: Grid, form: dict[str, Any], above: int, start: int
) -> None:
    """Read the title, and the line of the unit and the unit of money."""
    document = source.content.setdefault("document", {})
    for row in range(above, start):
        line = " ".join(
            filter(None, (grid.text(row, c) for c in range(len(grid.rows[row]))))
        )
        title, money = _TITLE.fullmatch(_label(line)), _MONEY.fullmatch(_label(line))
        if title:
            form["title"] = title["title"]
        elif money:
            unit = _UNIT.fullmatch(money["before"])
            assert unit is not None
            form["unit_code"] = unit["code"] or None
            form["unit_name"] = unit["name"] or None
            known = document.setdefault("money_unit", money["money"])
            source.places.setdefault("document/money_unit", grid.place(row))
            if known != money["money"]:
                source.say(
                    f"projects/{len(source.content['projects']) - 1}",
                    finding(
                        "sheet.money_units",
                        place=grid.place(row),
                        expected=message("expected.one_unit_a_file"),
                        here=money["money"],
                        above=known,
                    ),
                )


def _read_plan(grid: Grid, form: dict[str, Any], start: int, end: int) -> None:
    """Read the columns of the plan, and the amounts under them."""
    for row in range(start, end):
        months = {
            c: _label(grid.text(row, c))
            for c in range(len(grid.rows[row]))
            if _MONTH.fullmatch(_label(grid.text(row, c)))
        }
        if months:
            below = [grid.text(row + 1, c) or None for c in months]
            form["plan_columns"] = list(months.values())
            form["plan_row"] = below
            if below.count(None) == len(below):
                form["plan_row"] = []
            return


def _read_table(
    source: Source, grid: Grid, form: dict[str, Any], path: str, header: int, end: int
) -> None:
    tables = published_head.heads(grid, None)
    table = next((each for each in tables if each.first == header), None)
    if table is not None and (table.kept or table.others):
        rows = Rows(source, grid, path)
        rows.read(table, end)
        rows.finish()
        form["indicators"] = rows.indicators
        return
    columns, unread = _columns(source, grid, path, header)
    above: dict[str, str | None] = {}
    for row in range(header + 1, _end_of_table(grid, columns, header, end)):
        cells = {name: grid.text(row, c) or None for c, name in columns.items()}
        if cells.get("level1") not in {None, above.get("level1")}:
            above["level2"] = words.level1(cells["level1"] or "")[0]
        for name in ("level1", "level2"):
            above[name] = cells[name] = cells.get(name) or above.get(name)
        if cells.get("level3") is None:
            if cells.get("target") is not None:
                source.say(path, _nameless(grid, row, cells))
            continue
        rows = form["indicators"]
        source.places[f"{path}/indicators/{len(rows)}"] = grid.place(row)
        for each in target_cells.join_target(cells):
            source.say(path, each.at(grid.place(row)))
        if cells.get("weight"):
            cells["weight"] = points_of(cells["weight"] or "")
        rows.append({name: _unwrapped(text) for name, text in cells.items()})
        unread = {
            c: label
            for c, label in unread.items()
            if not say_extra(source, path, grid, (row, c), label)
        }
    for off in with_usual_headings(form["indicators"]):
        source.say(path, off)


def _field(cell: str) -> str | None:
    """Return the field of an indicator that a head names, if any."""
    name = flat_heads.field_of(cell)
    return name if name in flat_heads.INDICATOR else None


def _columns(
    source: Source, grid: Grid, path: str, header: int
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the columns that are known, and the labels of others."""
    columns: dict[int, str] = {}
    unread: dict[int, str] = {}
    second = flat_heads.second_to_others(grid.rows[header])
    for c, cell in enumerate(grid.rows[header]):
        name = None if c in second else _field(cell)
        if name is not None and name in columns.values():
            said = finding(
                "sheet.column_twice",
                place=grid.place(header, c),
                expected=message("expected.one_column_each"),
                field=head_of_form(name) or named(name),
                label=_label(cell),
            )
            source.say(path, said)
        elif name is not None:
            columns[c] = name
        elif cell.strip():
            unread[c] = _label(cell)
    missing = set(_TABLE.values()) - set(columns.values())
    if missing:
        needed = missing & {"level3", "target"}
        source.say(
            path,
            finding(
                "sheet.column_needed" if needed else "sheet.column_missing",
                place=grid.place(header),
                expected=" ".join(_TABLE),
                fields=[head_of_form(n) or named(n) for n in sorted(missing)],
            ),
        )
    return columns, unread


def _end_of_table(grid: Grid, columns: dict[int, str], header: int, end: int) -> int:
    """Return the row after the last that holds an indicator or a target."""
    at = {name: c for c, name in columns.items()}
    last = header
    for row in range(header + 1, end):
        line = _label("".join(grid.rows[row]))
        if _TITLE.fullmatch(line) or _MONEY.fullmatch(line):
            break
        name, target = (grid.text(row, at.get(n, -1)) for n in ("level3", "target"))
        if (name and target) or (row == last + 1 and (name or target)):
            last = row
    return last + 1


def _nameless(grid: Grid, row: int, cells: dict[str, str | None]) -> Finding:
    shown = " | ".join(text for text in cells.values() if text)
    return finding(
        "sheet.row_without_name",
        place=grid.place(row),
        found=shown,
        expected=message("expected.name_or_no_target"),
    )


def _unwrapped(text: str | None) -> str | None:
    return None if text is None else "".join(text.splitlines())
