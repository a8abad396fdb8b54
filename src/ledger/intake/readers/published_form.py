"""Published forms of approval that are found by their table of indicators."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ledger.domain.finding import finding
from ledger.intake.readers import published_head as head
from ledger.intake.readers import published_list
from ledger.intake.readers import published_words as words
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.numbered_goals import numbered
from ledger.intake.readers.published_money import LabelCell, PrintedMoney
from ledger.intake.readers.published_rows import Rows
from ledger.messages import listed, message

_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")
_CODED: Final = re.compile(
    r"(?:[\[〔(【](?P<inner>[0-9A-Za-z]{2,30})[\]〕)】]|(?P<code>[0-9A-Za-z]{3,30})[-_－—])"
    r"\s*(?P<name>\S.*)"
)
_INLINE: Final = re.compile(
    r"(?P<label>(?:其中[:：])?[^:：]{1,20})[:：](?P<value>.+)", re.DOTALL
)
_YEAR_ALONE: Final = re.compile(r"\(?(20[0-9]{2})年度?\)?")
_TITLE: Final = re.compile(r"绩效.*(?:表|目标)|(?:表|目标).*绩效")
_WHOLE_UNIT: Final = "整体"
"""What the title of a form of a whole unit says: 部门整体绩效目标."""

_SECOND: Final = 2
_TITLE_CELLS: Final = 2
"""Cells that a row of a title has, at most."""


def has_form(grid: Grid) -> bool:
    """Return whether a table of indicators stands on the sheet."""
    return bool(head.heads(grid, None))


def read(source: Source, grid: Grid) -> None:
    """Read every form on a sheet into *source*."""
    starts = [table.first for table in head.heads(grid, None)]
    names = [r for r in range(len(grid.rows)) if _names_project(grid, r)]
    begins = [0]
    for row in names[1:]:
        if any(begins[-1] <= start < row for start in starts) and any(
            start > row for start in starts
        ):
            begins.append(_first_of(grid, row, begins[-1]))
    ends = [*begins[1:], len(grid.rows)]
    for begin, end in zip(begins, ends, strict=True):
        _read_form(source, grid, begin, end)


def _names_project(grid: Grid, row: int) -> bool:
    return any(words.field_of_label(cell) == "project_name" for cell in grid.rows[row])


def _first_of(grid: Grid, row: int, least: int) -> int:
    """Return the first row of a form whose project is named in *row*."""
    while row - 1 > least and _is_title(_line(grid, row - 1)):
        row -= 1
    return row


def _line(grid: Grid, row: int) -> list[str]:
    return [text for text in map(str.strip, grid.rows[row]) if text]


def _is_title(line: Sequence[str]) -> bool:
    """Return whether a row may stand above a form: nothing, or a title of it."""
    return not line or (len(line) == 1 and words.after(line[0]) is None)


def _read_form(source: Source, grid: Grid, begin: int, end: int) -> None:
    year = _year_of_title(grid, begin, end)
    tables = [t for t in head.heads(grid, year) if begin <= t.first < end]
    if not tables:
        return
    cells = _cells(grid, begin, tables[0].first)
    year = year or _year_of_label(_labelled(cells)[0])
    tables = [t for t in head.heads(grid, year) if begin <= t.first < end]
    if tables[0].project:
        _read_list(source, grid, tables[0], end, cells, year)
        return
    projects: list[dict[str, Any]] = source.content.setdefault("projects", [])
    form: dict[str, Any] = {}
    title = "".join(_line(grid, begin)[:1])
    path = f"projects/{len(projects)}"
    if _WHOLE_UNIT in title and not any(
        _names_project(grid, row) for row in range(begin, tables[0].first)
    ):
        path = ""
    else:
        projects.append(form)
        source.places[path] = grid.place(begin)
    rows = Rows(source, grid, path)
    _read_labels(source, path, form, cells, year)
    for number, table in enumerate(tables):
        below = tables[number + 1].first if number + 1 < len(tables) else end
        last = rows.read(table, below)
        _say_below(source, grid, path, last, below)
    rows.finish()
    form["indicators"] = rows.indicators
    if not rows.indicators:
        source.say(path, finding("published.no_indicators", place=grid.place(begin)))
    if not path:
        source.content["department"] = _of_unit(source, title, form)


def _of_unit(source: Source, title: str, form: dict[str, Any]) -> dict[str, Any]:
    """Return the objectives of a unit, which has a form of its own and no project."""
    if form.get("budget"):
        money = finding("published.labels_left", found=str(form["budget"]))
        source.say("", money)
    goal = {"title": title, "indicators": form["indicators"]}
    return {
        "unit_code": form.get("unit_code"),
        "unit_name": form.get("unit_name"),
        "overall_goal": "\n".join(form.get("goals", [])) or None,
        "execution_weight": form.get("execution_weight"),
        "goals": [goal],
    }


def _read_list(
    source: Source,
    grid: Grid,
    table: head.TableHead,
    end: int,
    cells: list[LabelCell],
    year: int | None,
) -> None:
    """Read a list of projects, with what stands above it."""
    document = source.content.setdefault("document", {})
    values, _ = _labelled(cells)
    unit = _unit_of(values) or _unit_of({"money_unit": _bracket_of_money(table)})
    if unit is not None:
        document.setdefault("money_unit", unit)
    if year is not None:
        document.setdefault("fiscal_year", year)
    owner = values.get("unit") or values.get("supervisor") or ""
    published_list.read(source, grid, table, end, owner)


def _bracket_of_money(table: head.TableHead) -> str:
    """Return what stands in brackets in the head of the budgets of a list."""
    printed = table.printed.get(table.project.get("budget", -1), "")
    return words.bracket(printed) or ""


def _year_of_title(grid: Grid, begin: int, end: int) -> int | None:
    """Return the year that stands above the first label."""
    for row in range(begin, end):
        line = [words.one_line(text) for text in _line(grid, row)]
        if _names_project(grid, row):
            return None
        alone = [match for text in line if (match := _YEAR_ALONE.fullmatch(text))]
        bare = len(line) <= _TITLE_CELLS and not any(map(words.after, line))
        title = _YEAR.search("".join(line)) if bare else None
        stated = title or next(iter(alone), None)
        if stated:
            return int(stated[1])
    return None


def _year_of_label(values: Mapping[str, str]) -> int | None:
    """Return the year that stands behind its label."""
    stated = _YEAR.search(f"{values.get('year', '')}年")
    return int(stated[1]) if stated else None


def _cells(grid: Grid, begin: int, end: int) -> list[LabelCell]:
    """Return what stands above a table; ``label: value`` in one cell is two."""
    cells = []
    for row in range(begin, end):
        for column in range(len(grid.rows[row])):
            text = grid.text(row, column)
            inline = _INLINE.fullmatch(text)
            if inline and words.label(inline["label"]):
                cells.append(LabelCell(row, column, inline["label"]))
                if words.word(inline["value"]):
                    cells.append(LabelCell(row, column, inline["value"].strip()))
            elif text:
                cells.append(LabelCell(row, column, text))
    return cells


def _read_labels(
    source: Source,
    path: str,
    form: dict[str, Any],
    cells: list[LabelCell],
    year: int | None,
) -> None:
    source.content.setdefault("document", {})
    values, read = _labelled(cells)
    money = PrintedMoney(cells, unit=_unit_of(values))
    form |= money.form()
    _say_differing(source, path, "money_unit", money.unit)
    _name(source, path, form, values, cells)
    _units(form, values)
    goals = _goals(cells, read)
    if goals:
        form["goals"] = numbered(goals.splitlines())
    year = _year_of_label(values) or year
    named = _year_of_name(form) if year is None else None
    known = source.content["document"].get("fiscal_year", source.year_of_name)
    if (year or named) != known:
        _say_differing(source, path, "fiscal_year", year or (known and named))
    source.year_of_name = source.year_of_name or named
    for problem in money.findings:
        source.say(path, problem)
    titles = {cell.row for cell in cells if _TITLE.search(words.one_line(cell.text))}
    left = _left(cells, read | money.read, titles)
    if left:
        source.say(path, finding("published.labels_left", found=listed(left)))


def _say_differing(source: Source, path: str, name: str, own: int | str | None) -> None:
    """Take what holds for all forms of a file; say that one prints something else."""
    document = source.content["document"]
    first = len(source.content.get("projects", [])) < _SECOND
    if own is None or (first and name not in document):
        document |= {} if own is None else {name: own}
    elif document.get(name) != own:
        here, above = str(own), str(document.get(name, "—"))
        problem = finding(
            "sheet.money_units",
            found=here,
            expected=message("expected.one_unit_a_file"),
            here=here,
            above=above,
        )
        if name == "fiscal_year":
            problem = finding(
                "published.years",
                found=here,
                expected=message("expected.one_year_a_file"),
                here=here,
                above=above,
            )
        source.say(path, problem)


def _left(
    cells: Sequence[LabelCell], read: set[LabelCell], titles: set[int]
) -> list[str]:
    """Return the texts of the cells that say something which nobody read."""
    left: list[str] = []
    value_of: LabelCell | None = None
    for cell in cells:
        known = words.label(cell.text)
        behind = value_of is not None and value_of.row == cell.row
        unread = (
            cell not in read
            and cell.row not in titles
            and (known is None or known.key == words.BESIDE or behind)
            and not _YEAR_ALONE.fullmatch(words.one_line(cell.text))
        )
        if unread:
            left.append(cell.text)
        value_of = cell if unread and known is None else None
    return left


def _labelled(cells: Sequence[LabelCell]) -> tuple[dict[str, str], set[LabelCell]]:
    """Return the values behind labels, by field, and the cells that were read."""
    values: dict[str, str] = {}
    read: set[LabelCell] = set()
    for number, cell in enumerate(cells):
        name = words.field_of_label(cell.text)
        following = cells[number + 1] if number + 1 < len(cells) else None
        if name is None or following is None or following.row != cell.row:
            continue
        if words.label(following.text) is None and name not in values:
            values[name] = following.text
            read |= {cell, following}
    return values, read


def _unit_of(values: dict[str, str]) -> str | None:
    unit = words.one_line(values.get("money_unit", ""))
    return unit if unit in {"元", "万元", "亿元"} else None


def _name(
    source: Source,
    path: str,
    form: dict[str, Any],
    values: dict[str, str],
    cells: Sequence[LabelCell],
) -> None:
    """Take the name and the code; a code may stand before the name."""
    name = "".join(values.get("project_name", "").split())
    code = "".join(values.get("project_code", "").split())
    coded = _CODED.fullmatch(name)
    if coded and len(coded["code"] or coded["inner"]) > 12:
        code, name = code or coded["code"] or coded["inner"], coded["name"]
    if not name and cells:
        title = re.fullmatch(
            r"(?:[0-9]{1,3}[.、])?(?P<name>.+?)(?:项目)?绩效目标(?:申报|批复)?表",
            words.one_line(cells[0].text),
        )
        name = title["name"] if title else ""
        if name:
            source.say(path, finding("published.name_of_title", understood=name))
    if name:
        form["project_name"] = name
    if code:
        form["project_code"] = code


def _units(form: dict[str, Any], values: dict[str, str]) -> None:
    """Take the unit: the one that spends, else the one that answers for it."""
    spends, answers = (
        _CODED.fullmatch(values.get(n, "").strip()) for n in ("unit", "supervisor")
    )
    plain = values.get("unit", "").strip() or values.get("supervisor", "").strip()
    if spends:
        form["unit_code"], form["unit_name"] = _pair(spends)
    elif answers and values.get("unit", "").strip() in {"", answers["name"].strip()}:
        form["unit_code"], form["unit_name"] = _pair(answers)
    elif plain:
        form["unit_name"] = plain
    if values.get("unit_code"):
        form["unit_code"] = "".join(values["unit_code"].split())


def _pair(coded: re.Match[str]) -> tuple[str, str]:
    return coded["code"] or coded["inner"], coded["name"].strip()


def _goals(cells: Sequence[LabelCell], read: set[LabelCell]) -> str | None:
    """Return the goals of the year: to the right of their label, or below it."""
    for kind in ("year", "planned", "whole"):
        for number, cell in enumerate(cells):
            if not _is_goal(cell, kind):
                continue
            right = next((c for c in cells[number + 1 :] if c.row == cell.row), None)
            if right is None or _is_goal(right):
                right = next(
                    (
                        c
                        for c in cells
                        if c.row == cell.row + 1 and c.column == cell.column
                    ),
                    None,
                )
            if right is not None and not _is_goal(right):
                read |= {cell, right}
                return right.text
    return None


def _is_goal(cell: LabelCell, kind: str | None = None) -> bool:
    """Return whether a cell is a label of goals: of one kind, or of any."""
    label = words.label(cell.text)
    if label is None or label.table != "goals":
        return False
    return kind is None or label.key == kind


def _year_of_name(form: dict[str, Any]) -> int | None:
    """Return the year that the project's name has, where it has one."""
    years = set(_YEAR.findall(form.get("project_name") or ""))
    return int(years.pop()) if len(years) == 1 else None


def _say_below(source: Source, grid: Grid, path: str, row: int, end: int) -> None:
    """Say what stands below a table and is no row of it."""
    left = [text for each in range(row, end) for text in _line(grid, each)]
    if left:
        source.say(path, finding("published.below_left", found=listed(left)))
