"""Forms in the text that an extractor made of a published document."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import define, field, frozen

from ledger.domain.codes import check_character, corrected_code
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, note, warning
from ledger.forms import preface
from ledger.forms.cells import (
    BASIS,
    BLANK,
    DESCRIPTION,
    GAP,
    LEVELS1,
    LEVELS2,
    LINE,
    NAME,
    PAGE,
    TARGET,
    Broken,
    Piece,
    Row,
    Widths,
    cost_of,
    joined,
    looks_like_target,
    mended,
    read_rows,
    sample,
)
from ledger.forms.goals import numbered
from ledger.forms.source import Source

_HEADER: Final = re.compile(
    r"(?P<unit>.*?)\s*单位\s*[：:]\s*(?P<money>元|万元|亿元)\s*"
)
_UNIT: Final = re.compile(r"(?P<code>[0-9A-Za-z-]*)\s*(?P<name>.*)")
_TITLE: Final = re.compile(r"\s*(?P<number>[0-9]{1,4})\s*[.．、]\s*(?P<rest>.*)")
_PAGE_NUMBER: Final = re.compile(r"\s*(?:-\s*)?[0-9]{1,4}(?:\s*-)?\s*")
_MONTHS: Final = re.compile(r"[0-9]{1,2}月(?:底|末|份)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")
_MARGIN: Final = 2.5
_CLEAR_NAME: Final = 4.0
_MOST_ABOVE: Final = 14


def _spread(label: str) -> str:
    """Return a pattern of *label* that line ends may part anywhere."""
    return r"\s*".join(map(re.escape, label))


_LABELS: Final = {
    "code": _spread("项目编码"),
    "name": _spread("项目名称"),
    "size": rf"{_spread('预算规模及')}\s*{_spread('资金用途')}",
    "budget": _spread("预算数"),
    "fiscal": rf"{_spread('其中：财政')}\s*{_spread('资金')}",
    "other": _spread("其他资金"),
    "plan": rf"{_spread('资金支出计划')}(?:\s*[（(][^）)]{{1,8}}[）)])?",
    "goals": _spread("绩效目标"),
}
_TABLE: Final = [
    *"一级指标 二级指标 三级指标 绩效指标描述 指标值".split(),
    "指标值确定依据",
]


@frozen
class _Line:
    number: int
    text: str


@define
class _Form:
    """One form's lines, from its title to the next form's."""

    title: list[_Line]
    header: _Line
    body: list[_Line] = field(factory=list)


@frozen
class _Mended:
    """A row that a page break cut, put together again; whether that is in doubt."""

    line: int
    level1: str
    level2: str
    row: Row
    doubtful: bool


@define
class _Table:
    """Rows under one level 2: their pieces, or the one row that was mended."""

    level1: str
    level2: str
    pieces: list[Piece]
    mended: _Mended | None = None


def read(source: Source, text: str) -> None:
    """
    Read all forms of *text* into *source*.

    Raises:
        InvalidInput: There is no form in it.
    """
    lines = [_Line(n, line) for n, line in enumerate(text.splitlines(), start=1)]
    before, forms = _split(_without_page_numbers(lines))
    if not forms:
        raise InvalidInput(
            source.name,
            "no form",
            "text with 绩效目标表, each with a line “单位：万元” above 项目编码",
        )
    moneys = sorted({_header(form)["money_unit"] for form in forms})
    source.content["document"] = {"money_unit": moneys[0]}
    if len(moneys) > 1:
        raise InvalidInput(
            source.name, f"forms in {' and in '.join(moneys)}", "one unit of money"
        )
    drafts = [_head(form, source, i) for i, form in enumerate(forms)]
    tables = [_pieces(form) for form in forms]
    widths = _learn([group for table in tables for group in _groups(table, Widths())])
    for i, (draft, table) in enumerate(zip(drafts, tables, strict=True)):
        groups = _groups(_mend(table, widths), widths)
        draft["indicators"] = _indicators(groups, widths, source, i)
    source.content["projects"] = drafts
    source.content["department"] = preface.read(
        [line.text for line in before if line.text != PAGE]
    )


def _without_page_numbers(lines: Sequence[_Line]) -> list[_Line]:
    """Return *lines* with each page's start marked by a line that is only ``PAGE``."""
    kept: list[_Line] = []
    blank = 0
    for i, line in enumerate(lines):
        text = line.text.lstrip("\ufeff")
        alone = i + 1 == len(lines) or not lines[i + 1].text.strip()
        number = alone and _PAGE_NUMBER.fullmatch(text.lstrip(PAGE)) is not None
        if text.startswith(PAGE) or (blank > 1 and number):
            kept.append(_Line(line.number, PAGE))
            text = text.lstrip(PAGE)
            if number:
                blank = 0
                continue
        elif text.startswith((" ", "\u3000")) and text.strip():
            kept.append(_Line(line.number, PAGE))
        blank = 0 if text.strip() else blank + 1
        kept.append(_Line(line.number, text.strip()))
    return kept


def _split(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Form]]:
    """Return the lines before the first form, and the forms."""
    preface: list[_Line] = []
    forms: list[_Form] = []
    pending: list[_Line] = []
    for i, line in enumerate(lines):
        if _HEADER.fullmatch(line.text) and _code_follows(lines, i):
            title = _title(pending)
            body = forms[-1].body if forms else preface
            body += pending[: len(pending) - len(title)]
            forms.append(_Form(title, line))
            pending = []
        else:
            pending.append(line)
    (forms[-1].body if forms else preface).extend(pending)
    return preface, forms


def _code_follows(lines: Sequence[_Line], i: int) -> bool:
    after = "".join(line.text for line in lines[i + 1 : i + 8])
    return re.match(_LABELS["code"], after.replace(PAGE, "")) is not None


def _title(lines: Sequence[_Line]) -> list[_Line]:
    """Return the last lines, from the one that starts with a form's number."""
    for back in range(1, min(len(lines), 8) + 1):
        if _TITLE.fullmatch(lines[-back].text):
            return list(lines[-back:])
        if not lines[-back].text and back > 1:
            break
    return []


def _header(form: _Form) -> dict[str, Any]:
    match = _HEADER.fullmatch(form.header.text)
    assert match is not None
    unit = _UNIT.fullmatch(match["unit"])
    assert unit is not None
    return {
        "unit_code": unit["code"] or None,
        "unit_name": unit["name"] or None,
        "money_unit": match["money"],
    }


def _head(form: _Form, source: Source, i: int) -> dict[str, Any]:
    """Read what stands above the table of indicators."""
    path = f"projects/{i}"
    source.places[path] = f"{(form.title or [form.header])[0].number}"
    lines = [line for line in form.body[: _table_start(form)] if line.text != PAGE]
    parts = _parts(lines)
    for label in ("code", "name", "budget", "plan", "goals"):
        if label not in parts:
            source.say(
                path,
                warning(
                    "text.label_missing",
                    f"the label of the {label} is not found",
                    expected="a form with every label of the published table",
                ),
            )
    title = "".join(line.text for line in form.title if line.text != PAGE)
    number = _TITLE.fullmatch(title)
    other, purpose = _other_funds(parts.get("other", []))
    plan = [token for line in parts.get("plan", []) for token in line.text.split()]
    known = _header(form)
    return {
        "seq": int(number["number"]) if number else i + 1,
        "title": (number["rest"] if number else title).removesuffix("绩效目标表"),
        "unit_code": known["unit_code"],
        "unit_name": known["unit_name"],
        "project_code": _code(parts.get("code", []), source, path),
        "project_name": _text(parts.get("name", [])),
        "budget": _text(parts.get("budget", [])),
        "fiscal_funds": _text(parts.get("fiscal", [])),
        "other_funds": other,
        "purpose": _text(purpose),
        "plan_header": _plan_header(lines),
        "plan_columns": [token for token in plan if _MONTHS.fullmatch(token)],
        "plan_row": [token for token in plan if not _MONTHS.fullmatch(token)],
        "goals": numbered(line.text for line in parts.get("goals", [])),
    }


def _table_start(form: _Form) -> int:
    for i, line in enumerate(form.body):
        if line.text.startswith(_TABLE[0]):
            return i
    return len(form.body)


def _parts(lines: Sequence[_Line]) -> dict[str, list[_Line]]:
    """Return the lines behind each label, in the order that the labels have."""
    text = "\n".join(line.text for line in lines)
    starts, place = [], 0
    for name, pattern in _LABELS.items():
        found = re.compile(rf"(?m)(?:^|(?<= )){pattern}(?=\s|[0-9]|$)").search(
            text, place
        )
        if found is not None:
            starts.append((name, found.start(), found.end()))
            place = found.end()
    parts = {}
    for k, (name, _, end) in enumerate(starts):
        until = starts[k + 1][1] if k + 1 < len(starts) else len(text)
        first = text.count("\n", 0, end)
        parts[name] = [
            _Line(lines[first + n].number, part.strip())
            for n, part in enumerate(text[end:until].split("\n"))
            if part.strip()
        ]
    return parts


def _plan_header(lines: Sequence[_Line]) -> str | None:
    found = re.search(_LABELS["plan"], "\n".join(line.text for line in lines))
    return "".join(found[0].split()) if found else None


def _text(lines: Sequence[_Line]) -> str | None:
    return "".join(line.text for line in lines) or None


def _code(lines: Sequence[_Line], source: Source, path: str) -> str | None:
    """Put the code together; its check character says whether that is right."""
    code = "".join("".join(line.text.split()) for line in lines)
    if len(lines) > 1 and len(code) == len("13052923P00584010933T"):
        right = corrected_code(code)
        if right is None and check_character(code) == code[-1]:
            return code
        source.say(
            path,
            warning(
                "text.code_broken",
                f"the code was broken over lines; joined it is {code}, whose check "
                "character does not say that this is right",
                found=" / ".join(line.text for line in lines),
                understood=code,
                expected=right,
            ),
        )
    return code or None


def _other_funds(lines: Sequence[_Line]) -> tuple[str | None, Sequence[_Line]]:
    if lines and _AMOUNT.fullmatch(lines[0].text):
        return lines[0].text, lines[1:]
    return None, lines


def _pieces(form: _Form) -> list[Piece]:
    """Return the pieces of the table, its header left out where it is repeated."""
    pieces: list[Piece] = []
    before, heading = GAP, False
    for line in form.body[_table_start(form) :]:
        text = line.text
        if text == PAGE:
            before = PAGE
        elif text.startswith(_TABLE[0]):
            before, heading = PAGE, True
        elif heading and text in {"", "指标值确定", "依据", "指标值确定依据", "指标值"}:
            continue
        elif not text:
            before = before if before == PAGE else GAP
        else:
            heading = False
            for token in text.split():
                pieces.append(Piece(token, before, line.number))
                before = BLANK
            before = LINE
    return pieces


def _level(pieces: Sequence[Piece | _Mended], start: int, names: Sequence[str]) -> int:
    """Return how many pieces from *start* on are one of *names*; 0 for none."""
    found = 0
    for end in range(start + 1, min(len(pieces), start + 5) + 1):
        piece = pieces[end - 1]
        if isinstance(piece, _Mended) or (end - start > 1 and piece.before != LINE):
            break
        if joined(_plain(pieces[start:end])) in names:
            found = end - start
    return found


def _anchor(
    pieces: Sequence[Piece | _Mended], i: int, *, after_level2: bool
) -> tuple[int, int]:
    """Return how many pieces at *i* name level 1, and then level 2."""
    piece = pieces[i]
    if isinstance(piece, _Mended) or piece.before == BLANK or after_level2:
        return 0, 0
    one = _level(pieces, i, LEVELS1)
    if one and i + one < len(pieces):
        two = _level(pieces, i + one, LEVELS2)
        if two:
            return one, two
    return 0, _level(pieces, i, LEVELS2)


def _groups(pieces: Sequence[Piece | _Mended], widths: Widths) -> Iterator[_Table]:
    """Part a table at the names of level 2."""
    level1 = level2 = ""
    group: list[Piece] = []
    named = False
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        if isinstance(piece, _Mended):
            if group:
                yield _Table(level1, level2, group)
            level1, level2 = piece.level1 or level1, piece.level2 or level2
            yield _Table(level1, level2, [], piece)
            group, named = [], False
            i += 1
            continue
        one, two = _anchor(pieces, i, after_level2=named and not group)
        if (
            two
            and not one
            and group
            and not _starts_rows(pieces, i, two, group, level2, widths)
        ):
            two = 0
        if two:
            if group:
                yield _Table(level1, level2, group)
            level1 = joined(_plain(pieces[i : i + one])) if one else level1
            level2 = joined(_plain(pieces[i + one : i + one + two]))
            group, named = [], True
            i += one + two
        else:
            group.append(piece)
            i += 1
    if group:
        yield _Table(level1, level2, group)


def _starts_rows(
    pieces: Sequence[Piece | _Mended],
    i: int,
    size: int,
    group: Sequence[Piece],
    level2: str,
    widths: Widths,
) -> bool:
    """Say whether a name of level 2 at *i* heads rows, or is a cell of the last row."""
    parts = _plain(pieces[i : i + size])
    clear = joined(parts) != level2 and parts[0].before != LINE
    if clear and any(looks_like_target(piece.text) for piece in group):
        return True
    until = i + size
    while until < len(pieces) and not _named_at(pieces, until):
        until += 1
    after = _plain(pieces[i:until])
    apart = _cost(group, widths) + _cost(after[size:], widths)
    if joined(parts) not in {level2, "满意度指标"}:
        apart -= _CLEAR_NAME
    return apart < _cost([*group, *after], widths)


def _mend(pieces: list[Piece], widths: Widths) -> list[Piece | _Mended]:
    """Put together the rows that page breaks cut, where that reads better."""
    out: list[Piece | _Mended] = list(pieces)
    breaks = [i for i, piece in enumerate(pieces) if i and piece.before == PAGE]
    for place in reversed(breaks):
        found = _mended_at(pieces, place, widths)
        if found is not None:
            start, end, row = found
            out[start:end] = [row]
    return out


def _mended_at(
    pieces: list[Piece], place: int, widths: Widths
) -> tuple[int, int, _Mended] | None:
    """Return where a row stands that the page break at *place* cuts, and the row."""
    heading = _anchor_size(pieces[place:])
    until = place + max(1, heading)
    while until < len(pieces) and not _named_at(pieces, until):
        until += 1
    first = place - 1
    while first and not _named_at(pieces, first):
        first -= 1
    body = first + _anchor_size(pieces[first:])
    below = pieces[place:until]
    as_rows = _cost(pieces[body:place], widths) + _cost(below[heading:], widths)
    if heading and not _cut_name(
        pieces[max(first, place - _MOST_ABOVE) : place], below
    ):
        return None
    starts = [
        i
        for i in {first, *range(max(body, place - _MOST_ABOVE), place)}
        if pieces[i].before != BLANK and 2 <= place - i <= _MOST_ABOVE
    ]
    found = [(as_rows, 0, Broken(as_rows, (), 0))]
    for start in starts:
        held = _cost(pieces[body:start], widths)
        most = as_rows - held
        for way in mended(pieces[start:place], below, widths, most=most):
            if heading and _heads_rows(way, pieces[start:place]):
                continue
            if way.used and way.cost + held < as_rows:
                cost = way.cost + held + _cost(below[way.used :], widths)
                found.append((cost, start, way))
    found.sort(key=_dearness)
    cost, start, way = found[0]
    if not way.used:
        return None
    one, two, *cells = way.parts
    row = _Mended(
        pieces[start].line,
        one.text if one else "",
        two.text if two else "",
        Row(tuple(cells)),
        found[1][0] - cost < _MARGIN,
    )
    return start, place + way.used, row


def _cut_name(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Say whether a name of level 2 may start above the page break and end below it."""
    return any(
        piece.text + below[0].text in name
        for name in LEVELS2
        for piece in above
        if piece.text != name
    )


def _heads_rows(way: Broken, above: Sequence[Piece]) -> bool:
    """Say whether the name of level 2 stands whole above the page break, or nowhere."""
    level2 = way.parts[1]
    return level2 is None or any(piece.text == level2.text for piece in above)


def _dearness(way: tuple[float, int, Broken]) -> float:
    return way[0]


def _cost(pieces: Sequence[Piece], widths: Widths) -> float:
    return cost_of(pieces, widths) if pieces else 0.0


def _named_at(pieces: Sequence[Piece | _Mended], i: int) -> bool:
    return bool(_anchor(pieces, i, after_level2=False)[1])


def _anchor_size(pieces: Sequence[Piece]) -> int:
    return sum(_anchor(pieces, 0, after_level2=False)) if pieces else 0


def _plain(pieces: Sequence[Piece | _Mended]) -> list[Piece]:
    return [piece for piece in pieces if isinstance(piece, Piece)]


def _learn(groups: Sequence[_Table]) -> Widths:
    """Return the widths of the columns, from reading with what is known so far."""
    widths = Widths()
    whole = [g.pieces for g in groups if all(p.before != PAGE for p in g.pieces)]
    for groups_read in (whole[:24], whole[:48], whole):
        found = [sample(pieces, widths) for pieces in groups_read]
        widths.learn(
            (line for lines, _ in found for line in lines),
            (basis for _, bases in found for basis in bases),
        )
    return widths


def _indicators(
    groups: Iterable[_Table], widths: Widths, source: Source, form: int
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group in groups:
        path = f"projects/{form}/indicators/{len(rows)}"
        if group.mended is not None:
            source.places[path] = f"{group.mended.line}"
            rows.append(_indicator(group, group.mended.row))
            if group.mended.doubtful:
                source.say(path, _doubtful(group.mended.row))
            continue
        reading = read_rows(group.pieces, widths, margin=_MARGIN)
        for row in reading.rows:
            source.places[path] = f"{_line_of(row)}"
            rows.append(_indicator(group, row))
            path = f"projects/{form}/indicators/{len(rows)}"
        if reading.other is not None:
            source.say(path, _two_ways(reading.rows, reading.other))
    return rows


def _line_of(row: Row) -> int:
    return min(cell.line for cell in row.cells if cell is not None)


def _indicator(group: _Table, row: Row) -> dict[str, Any]:
    return {
        "level1": group.level1,
        "level2": group.level2,
        "level3": row.text(NAME),
        "description": row.text(DESCRIPTION),
        "target": row.text(TARGET),
        "basis": row.text(BASIS),
    }


def _doubtful(row: Row) -> Finding:
    return note(
        "text.row_over_pages",
        "the row was cut by a page break, and could be put together in another way",
        understood=_shown([row]),
        expected="the cells as the published form has them",
    )


def _two_ways(best: Sequence[Row], other: Sequence[Row]) -> Finding:
    return note(
        "text.two_readings",
        "the cells can be parted in two ways",
        found=_shown(other),
        understood=_shown(best),
        expected="the cells as the published form has them",
    )


def _shown(rows: Sequence[Row]) -> str:
    return " ‖ ".join(
        " | ".join((cell.text if cell else "–") for cell in row.cells) for row in rows
    )
