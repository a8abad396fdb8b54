"""The flat table of forms: a row for each indicator, with its project's columns."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from attrs import define, field

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, Text, finding
from ledger.domain.funding import FORM_FIELDS
from ledger.intake.column_heads import (
    FORM,
    fields_by_head,
    head_of_form,
    months_by_head,
    plain,
    unit_in_head,
)
from ledger.intake.money_units import is_like_a_unit
from ledger.intake.readers import target_cells
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid, column_name
from ledger.intake.readers.numbered_goals import numbered
from ledger.messages import Message, listed, message, named, quoted

_PROJECT: Final = {
    "project_code": "项目编码 项目代码 projectcode project code",
    "project_name": "项目名称 projectname name",
    "unit_code": "单位编码 预算单位编码 单位代码 unitcode unit",
    "unit_name": "单位名称 预算单位 预算单位名称 主管部门 unitname",
    "budget": "预算数 预算金额 项目预算 预算规模 年初预算数 budget",
    **{field.name: field.heads for field in FORM_FIELDS.values()},
    "purpose": "资金用途 预算规模及资金用途 purpose",
    "goals": "绩效目标 项目绩效目标 年度绩效目标 总体目标 goals",
    "document": "文号 批复文号 document",
    "approved_on": "批复日期 批准日期 approvedon",
    "plan_reading": "支出计划口径 planreading",
    "origin": "批复时间类别 origin",
    "carried_from": "结转来源项目 carriedfrom",
}
_AMOUNTS: Final = {"budget", *(field.name for field in FORM_FIELDS.values())}
_INDICATOR: Final = {
    "level1": "一级指标 level1",
    "level2": "二级指标 level2",
    "level3": "三级指标 指标名称 指标内容 level3 indicator",
    "description": "绩效指标描述 指标描述 指标解释 description",
    "target": "指标值 目标值 年度指标值 target",
    "basis": "指标值确定依据 确定依据 依据 basis",
    "measure": "计量方式 measure",
    "weight": "权重 分值 weight",
    "baseline": "基期值 baseline",
    "direction": "指标方向 direction",
    "milestones": "阶段目标 阶段性目标 milestones",
    "between": "阶段之间 between",
    "builds_up": "逐步达到 buildsup",
    "sign": "指标性质 比较符号 计算符号 运算符号",
    "target_unit": "计量单位 度量单位",
}
_DOCUMENT: Final = {
    "fiscal_year": "年度 预算年度 财政年度 fiscalyear year",
    "money_unit": "金额单位 单位 moneyunit",
}
_CARRIED: Final = ("level1", "level2")
_MONTH: Final = re.compile(
    r"(?:支出计划)?([0-9]{1,2}月(?:底|末|份)?)(?:\(.*\))?|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_HORIZON: Final = re.compile(
    r"(中期|实施期|长期|总体|[三五]年|上年度?|去年|前[一两二三]?年).*(值|目标|完成.*|指标)"
    r"|(midterm|longterm|lastyear|previousyear).*"
)
"""Heads of what is printed of other times than the year."""

_HORIZONS: Final = frozenset({"midterm", "last_year"})
"""Columns of the template with such heads."""

_YEAR: Final = re.compile(r"[0-9]{4}")

_SEARCHED: Final = 30

_NEEDED: Final = frozenset({"project_code", "level3", "target"})
"""Columns without which a row says nothing."""

_HEADS_OF_TEMPLATE: Final = 8
"""More of its heads than this are left, whichever was renamed."""


def _names(fields: dict[str, str]) -> dict[str, str]:
    return {
        plain(word): name for name, words in fields.items() for word in words.split()
    }


INDICATOR_NAMES: Final = _names(_INDICATOR)
"""The fields of an indicator, by the plain labels of their columns."""


@cache
def _fields() -> Mapping[str, str]:
    """Return all fields by the plain labels of their columns, templates' included."""
    words = {**_names(_DOCUMENT), **_names(_PROJECT), **_names(_INDICATOR)}
    heads = fields_by_head(FORM)
    own = {head: name for head, name in heads.items() if name not in _HORIZONS}
    return {**own, **words}


def _month(label: str) -> str | None:
    """Return the checkpoint of a spending plan that a column is headed by, if any."""
    label = unicodedata.normalize("NFKC", label).strip()
    if match := _MONTH.fullmatch(label):
        return match[1] or match[0]
    month = months_by_head().get(plain(label))
    return f"{month}月底" if month else None


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
        names = {_fields().get(plain(cell)) for cell in grid.rows[row]}
        if names >= _NEEDED:
            return row
    return None


def check_heads(source: Source, grid: Grid) -> None:
    """
    Check that the head of a template's sheet lacks no column that is needed.

    Raises:
        InvalidInput: It does; what nobody knows in it is named.
    """
    for row, heads in enumerate(grid.rows[:_SEARCHED]):
        names = {_fields().get(plain(cell)) for cell in heads}
        if len(names) > _HEADS_OF_TEMPLATE and not names >= _NEEDED:
            unread = [c for c in heads if c and plain(c) not in _fields()]
            found = [quoted(cell) for cell in unread if _month(cell) is None]
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
    columns = _columns(source, grid, header)
    projects: list[dict[str, Any]] = source.content.setdefault("projects", [])
    form: dict[str, Any] = {}
    nameless = 0
    for row in range(header + 1, len(grid.rows)):
        values = {name: grid.text(row, c) for c, name in columns.fields.items()}
        if not any(grid.rows[row]):
            continue
        place = grid.place(row)
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
        horizons = {
            label: text
            for column, label in columns.horizons.items()
            if (text := grid.text(row, column))
        }
        _read_indicator(source, path, form, values, place, horizons)
        for column, label in columns.extra.items():
            if grid.text(row, column):
                said = finding(
                    "table.extra_column",
                    place=grid.place(row, column),
                    label=label,
                    text=grid.text(row, column),
                )
                source.say(path, said)
    if nameless and not projects:
        own = next(c for c, name in columns.fields.items() if name == "project_code")
        place = _in_file(source, grid.place(nameless, own))
        raise InvalidInput(place, "", message("expected.code_in_first_row"))


def _columns(source: Source, grid: Grid, header: int) -> _Columns:
    columns = _Columns(header)
    seen: dict[str, int] = {}
    for column, label in enumerate(grid.rows[header]):
        month = _month(label)
        name = _fields().get(plain(label))
        if month or name in _AMOUNTS:
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
        elif _HORIZON.fullmatch(plain(label)):
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
    for name in _PROJECT:
        value: Any = values.get(name, "")
        if not value or name == "project_code":
            continue
        if name == "goals":
            value = numbered(value.splitlines())
        if name not in form and place != source.places[path]:
            source.places[f"{path}/{name}"] = place
        known = form.setdefault(name, value)
        if known != value:
            source.say(path, _conflict(name, value, known, place))


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
    form["plan_row"] = [cell or None for cell in cells]


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
        name: values[name] or None for name in _INDICATOR if name in values
    }
    if not any(given.get(name) for name in ("level3", "target")):
        return
    for name in _CARRIED:
        if given.get(name) is None and rows:
            given[name] = rows[-1].get(name)
    source.places[f"{path}/indicators/{len(rows)}"] = place
    for said in target_cells.join_target(given):
        source.say(path, said.at(place))
    if horizons:
        given["horizons"] = horizons
    rows.append(given)
