"""Forms in the text that an extractor made of a published document."""

import re
from collections.abc import Sequence
from typing import Any, Final

from attrs import define, field, frozen

from ledger.domain.codes import check_character, corrected_code
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import finding
from ledger.domain.funding import FORM_FIELDS
from ledger.intake.readers import printed_heads, unit_section
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.numbered_goals import numbered
from ledger.intake.segmentation import indicator_tables
from ledger.intake.segmentation.tokens import BLANK, GAP, LINE, PAGE, Token
from ledger.messages import message

_HEADER: Final = re.compile(r"单位\s*[：:]\s*(?P<money>元|万元|亿元)\s*\Z")
_UNIT: Final = re.compile(r"(?P<code>[0-9A-Za-z-]*)\s*(?P<name>.*)")
_TITLE: Final = re.compile(r"\s*(?P<number>[0-9]{1,4})\s*[.．、]\s*(?P<rest>.*)")
_PAGE_NUMBER: Final = re.compile(r"\s*(?:-\s*)?[0-9]{1,4}(?:\s*-)?\s*")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SATISFACTION: Final = "满意度指标"
_MONTHS: Final = re.compile(r"[0-9]{1,2}月(?:底|末|份)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST: Final = 3_000_000
_LONGEST_LINE: Final = 10_000
_MOST_TOKENS: Final = 4_000
_MOST_PAGES: Final = 50
_AMOUNT: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")


def _spread(label: str) -> str:
    """Return a pattern of *label* that line ends may part anywhere."""
    return r"\s*".join(map(re.escape, label))


_LABELS: Final = {
    "code": _spread("项目编码"),
    "name": _spread("项目名称"),
    "size": rf"{_spread('预算规模及')}\s*{_spread('资金用途')}",
    "budget": _spread("预算数"),
    **{field.name: _spread(field.label) for field in FORM_FIELDS.values()},
    "plan": rf"{_spread('资金支出计划')}(?:\s*[（(][^）)]{{1,8}}[）)])?",
    "goals": _spread("绩效目标"),
}


@frozen
class _TextLine:
    number: int
    text: str


@define
class _Form:
    """One form's lines, from its title to the next form's."""

    title: list[_TextLine]
    header: _TextLine
    body: list[_TextLine] = field(factory=list)


def read(source: Source, text: str) -> None:
    """
    Read all forms of *text* into *source*.

    Raises:
        InvalidInput: There is no form in it.
    """
    if len(text) > _LONGEST:
        raise InvalidInput(
            source.name,
            message("found.long_text", length=len(text)),
            message("expected.at_most", most=_LONGEST),
        )
    # A form feed starts a page, and no line: lines are counted as editors count them.
    lines = [
        _TextLine(n, line) for n, line in enumerate(_LINE_END.split(text), start=1)
    ]
    for line in lines:
        if len(line.text) > _LONGEST_LINE:
            raise InvalidInput(
                message("place.file_line", file=source.name, number=line.number),
                message("found.long_line", length=len(line.text)),
                message("expected.at_most", most=_LONGEST_LINE),
            )
    printed_heads.check(source.name, [(line.number, line.text) for line in lines])
    before, forms = _split(_without_page_numbers(lines))
    if not forms:
        raise InvalidInput(
            source.name,
            message("found.no_form"),
            message("expected.text_of_forms"),
        )
    moneys = sorted({_header(form)["money_unit"] for form in forms})
    source.content["document"] = {"money_unit": moneys[0]}
    source.places["document/money_unit"] = f"{forms[0].header.number}"
    if len(moneys) > 1:
        raise InvalidInput(
            source.name,
            message(
                "found.units_of_money",
                units=[message("found.in_unit", unit=unit) for unit in moneys],
            ),
            message("expected.one_unit_of_money"),
        )
    drafts = [_head(form, source, i) for i, form in enumerate(forms)]
    tables = indicator_tables.read(
        source, [_tokens(form, source.name) for form in forms]
    )
    for draft, table in zip(drafts, tables, strict=True):
        draft["indicators"] = table
    if not tables[-1] or not text.endswith(("\n", "\r", PAGE)):
        _say_cut_off(source, tables)
    source.content["projects"] = drafts
    source.content["department"] = unit_section.read(
        [line.text for line in before if line.text != PAGE]
    )


def _say_cut_off(source: Source, tables: Sequence[list[dict[str, Any]]]) -> None:
    """
    Say where the last form is not whole.

    That of a text whose last line does not end, or of one that has no table any more.
    """
    *others, last = [{row["level1"] for row in table} for table in tables]
    row = tables[-1][-1] if tables[-1] else {"target": None, "basis": None}
    surveyed = _SATISFACTION in last or not all(
        _SATISFACTION in each for each in others
    )
    if surveyed and row["target"] and row["basis"]:
        return
    said = finding(
        "text.cut_off",
        found=" | ".join(filter(None, row.values())) or None,
        expected=message("expected.whole_text"),
    )
    source.say(f"projects/{len(tables) - 1}", said)


def _without_page_numbers(lines: Sequence[_TextLine]) -> list[_TextLine]:
    """Return *lines* with each page's start marked by a line that is only ``PAGE``."""
    kept: list[_TextLine] = []
    blank = 0
    for i, line in enumerate(lines):
        text = line.text.lstrip("\ufeff")
        alone = i + 1 == len(lines) or not lines[i + 1].text.strip()
        number = alone and _PAGE_NUMBER.fullmatch(text.lstrip(PAGE)) is not None
        if text.startswith(PAGE) or (blank > 1 and number):
            kept.append(_TextLine(line.number, PAGE))
            text = text.lstrip(PAGE)
            if number:
                blank = 0
                continue
        elif text.startswith((" ", "\u3000")) and text.strip():
            kept.append(_TextLine(line.number, PAGE))
        blank = 0 if text.strip() else blank + 1
        kept.append(_TextLine(line.number, text.strip()))
    return kept


def _split(lines: Sequence[_TextLine]) -> tuple[list[_TextLine], list[_Form]]:
    """Return the lines before the first form, and the forms."""
    preface: list[_TextLine] = []
    forms: list[_Form] = []
    pending: list[_TextLine] = []
    for i, line in enumerate(lines):
        if _HEADER.search(line.text) and _code_follows(lines, i):
            title = _title(pending)
            body = forms[-1].body if forms else preface
            body += pending[: len(pending) - len(title)]
            forms.append(_Form(title, line))
            pending = []
        else:
            pending.append(line)
    (forms[-1].body if forms else preface).extend(pending)
    return preface, forms


def _code_follows(lines: Sequence[_TextLine], i: int) -> bool:
    after = "".join(line.text for line in lines[i + 1 : i + 8])
    return re.match(_LABELS["code"], after.replace(PAGE, "")) is not None


def _title(lines: Sequence[_TextLine]) -> list[_TextLine]:
    """Return the last lines, from the one that starts with a form's number."""
    for back in range(1, min(len(lines), 8) + 1):
        if _TITLE.fullmatch(lines[-back].text):
            return list(lines[-back:])
        if not lines[-back].text and back > 1:
            break
    return []


def _header(form: _Form) -> dict[str, Any]:
    match = _HEADER.search(form.header.text)
    assert match is not None
    unit = _UNIT.fullmatch(form.header.text[: match.start()].rstrip())
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
                finding(
                    "text.label_missing",
                    expected=message("expected.form_with_labels"),
                    label=message(f"label.{label}"),
                ),
            )
    title = "".join(line.text for line in form.title if line.text != PAGE)
    number = _TITLE.fullmatch(title)
    *amounts, last = [field.name for field in FORM_FIELDS.values()]
    amount, purpose = _amount_and_rest(parts.get(last, []))
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
        **{name: _text(parts.get(name, [])) for name in amounts},
        last: amount,
        "purpose": _text(purpose),
        "plan_header": _plan_header(lines),
        "plan_columns": [token for token in plan if _MONTHS.fullmatch(token)],
        "plan_row": [token for token in plan if not _MONTHS.fullmatch(token)],
        "goals": numbered(line.text for line in parts.get("goals", [])),
    }


def _table_start(form: _Form) -> int:
    for i, line in enumerate(form.body):
        if line.text.startswith(printed_heads.USUAL[0]):
            return i
    return len(form.body)


def _parts(lines: Sequence[_TextLine]) -> dict[str, list[_TextLine]]:
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
            _TextLine(lines[first + n].number, part.strip())
            for n, part in enumerate(text[end:until].split("\n"))
            if part.strip()
        ]
    return parts


def _plan_header(lines: Sequence[_TextLine]) -> str | None:
    found = re.search(_LABELS["plan"], "\n".join(line.text for line in lines))
    return "".join(found[0].split()) if found else None


def _text(lines: Sequence[_TextLine]) -> str | None:
    return "".join(line.text for line in lines) or None


def _code(lines: Sequence[_TextLine], source: Source, path: str) -> str | None:
    """Put the code together; its check character says whether that is right."""
    code = "".join("".join(line.text.split()) for line in lines)
    if len(lines) > 1 and len(code) == len("13052923P00584010933T"):
        right = corrected_code(code)
        if right is None and check_character(code) == code[-1]:
            return code
        source.say(
            path,
            finding(
                "text.code_broken",
                found=" / ".join(line.text for line in lines),
                understood=code,
                expected=right,
            ),
        )
    return code or None


def _amount_and_rest(
    lines: Sequence[_TextLine],
) -> tuple[str | None, Sequence[_TextLine]]:
    if lines and _AMOUNT.fullmatch(lines[0].text):
        return lines[0].text, lines[1:]
    return None, lines


def _tokens(form: _Form, name: str) -> list[Token]:
    """Return the tokens of the table, its header left out where it is repeated."""
    tokens: list[Token] = []
    before, heading = GAP, False
    for line in form.body[_table_start(form) :]:
        text = line.text
        if text == PAGE:
            before = PAGE
        elif text.startswith(printed_heads.USUAL[0]):
            before, heading = PAGE, True
        elif heading and text in {"", "指标值确定", "依据", "指标值确定依据", "指标值"}:
            continue
        elif not text:
            before = before if before == PAGE else GAP
        else:
            heading = False
            for word in text.split():
                tokens.append(Token(word, before, line.number))
                before = BLANK
            before = LINE
    pages = sum(token.before == PAGE for token in tokens)
    if len(tokens) > _MOST_TOKENS or pages > _MOST_PAGES:
        raise InvalidInput(
            message("place.file_line", file=name, number=form.header.number),
            message("found.long_form", words=len(tokens), pages=pages),
            message("expected.shorter_form", words=_MOST_TOKENS, pages=_MOST_PAGES),
        )
    return tokens
