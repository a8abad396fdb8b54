"""The one reader of layouts: a file in TOML, checked key by key."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.layouts.fields import FORMS, NEEDED, columns_of, fields_of
from ledger.layouts.form_layout import (
    TEXTS,
    FormColumn,
    Layout,
    Layouts,
    cells_of,
    in_texts,
)
from ledger.layouts.labels import resolved, with_labels
from ledger.messages import Language, Message, message

Toml = dict[str, Any]

_MOST_BYTES: Final = 65_536
_MOST_COLUMNS: Final = 40
_MOST_ROWS: Final = 60
_MOST_SOURCES: Final = 20
_WIDEST: Final = 100
_RATINGS: Final = ("attained", "partly", "not_attained")
_DEEP: Final = re.compile(
    r"""(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}"""
)
"""A key of more parts than any layout has; the reader of TOML takes a gigabyte."""

_AT: Final = re.compile(r"line (\d+), column (\d+)")
_NAME: Final = re.compile(r"\w{1,60}")

_TEXTS: Final = ("title", "period", "money_label", "goals_label", "indicators_label")
_ROWS: Final = ("identity", "money", "goals", "closing")
_OF_FORM: Final = (*_TEXTS, *_ROWS, "columns", "notes", "landscape", "like")
_OPTIONAL: Final = ("notes", "landscape", "like")
_OF_COLUMN: Final = ("key", "label", "width", "group", "part_of")
_TABLES: Final = ("ratings", "sources", "labels", *FORMS)
OF_FILE: Final = ("language", "based_on", "coded", "level2", "reading", *_TABLES)
"""The keys of a file."""


def read_layouts(path: Path, base: Callable[[str], Toml]) -> Layouts:
    """
    Return the forms that a file holds.

    Args:
        base: Returns what a layout of ours holds, by its name.

    Raises:
        InvalidInput: It cannot be read, or something in it is wrong: the refusal names
            the file, the key, what stands there and what would be expected.
    """
    return _made(_on_its_base(read_table(path), path.name, base), path.name)


def _content(path: Path, kind: str) -> bytes:
    """Return what a file holds, or more than it may; what is none may never end."""
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_MOST_BYTES + 1)
    raise InvalidInput(kind, str(path), message(f"expected.{kind}_file"))


def read_table(path: Path) -> Toml:
    """
    Return the table that a file holds, with no key that a layout does not have.

    Raises:
        InvalidInput: It cannot be read, is too large or no TOML, or has another key.
    """
    table = table_in(path, "layout")
    check_keys(table, OF_FILE, path.name)
    for name in _TABLES:
        if name in table:
            _checked(table[name], dict, f"{path.name}: {name}", "toml_table")
    return table


def table_in(path: Path, kind: str) -> Toml:
    """
    Return the table that a file in TOML holds.

    Args:
        kind: What the file is: a ``layout``, or a ``mapping`` of a table.

    Raises:
        InvalidInput: It cannot be read, is too large, or no TOML.
    """
    content = _content(path, kind)
    if len(content) > _MOST_BYTES:
        expected = message("expected.bytes_at_most", most=_MOST_BYTES)
        raise InvalidInput(
            path.name, message("found.larger_file", most=_MOST_BYTES), expected
        )
    try:
        return _parsed(content.decode())
    except (ValueError, RecursionError) as problem:
        at = _AT.search(str(problem))
        problem_at = message("found.not_toml")
        if at is not None:
            problem_at = message(
                "found.not_toml_at", line=int(at[1]), column=int(at[2])
            )
        expected = message(f"expected.toml_{kind}")
        raise InvalidInput(path.name, problem_at, expected) from None


def _parsed(text: str) -> Toml:
    if _DEEP.search(text):
        raise ValueError
    return tomllib.loads(text)


def _on_its_base(table: Toml, file: str, base: Callable[[str], Toml]) -> Toml:
    """Return a table with what it does not say taken from the layout it is based on."""
    if "based_on" not in table:
        return table
    where = f"{file}: based_on"
    name = _text(table["based_on"], where)
    with _placed(where):
        below = _on_its_base(base(name), f"{name}.toml", base)
    merged = {**below, **table}
    for key in ("ratings", "labels", *FORMS):
        if key in below and key in table:
            merged[key] = {**below[key], **table[key]}
    return merged


def _made(table: Toml, file: str) -> Layouts:
    where = f"{file}: labels"
    labels = {
        key: _text(text, f"{where}.{key}")
        for key, text in table.get("labels", {}).items()
    }
    sources = _sources(table, file)
    fields = {field for form in FORMS for field in fields_of(form, sources)}
    for key in labels:
        if key in fields or key in TEXTS or not _NAME.fullmatch(key):
            expected = message("expected.another_name_of_label")
            raise InvalidInput(f"{where}.{key}", key, expected)
    words = resolved(labels, where)
    forms = {}
    for form in FORMS:
        own = with_labels(_whole(table, form, file, []), words, f"{file}: {form}")
        forms[form] = _layout(own, form, f"{file}: {form}", sources)
    return Layouts(
        language=_language(table, file),
        coded=_coded(table, file),
        ratings=_ratings(table, file, words),
        level2=_texts(table.get("level2", []), f"{file}: level2"),
        sources=sources,
        **forms,
    )


def _whole(table: Toml, form: str, file: str, above: list[str]) -> Toml:
    """Return a form with what it does not say taken from the one that it is like."""
    where = f"{file}: {form}"
    if form not in table:
        expected = message("expected.form_or_base", names=list(FORMS))
        raise InvalidInput(where, message("found.not_there"), expected)
    own: Toml = table[form]
    check_keys(own, _OF_FORM, where)
    if "like" not in own:
        return own
    other = own["like"]
    if other not in FORMS or other in (*above, form):
        left = [one for one in FORMS if one not in (*above, form)]
        expected = message("expected.any_of", names=left)
        raise InvalidInput(f"{where}.like", other, expected)
    return {**_whole(table, other, file, [*above, form]), **own}


def _layout(own: Toml, form: str, where: str, sources: Collection[str]) -> Layout:
    for key in _OF_FORM:
        if key not in own and key not in _OPTIONAL:
            expected = message("expected.key_of_form", key=key)
            raise InvalidInput(f"{where}.{key}", message("found.not_there"), expected)
    columns = _columns(own["columns"], form, f"{where}.columns")
    rows = {key: _texts(own[key], f"{where}.{key}") for key in _ROWS}
    known = fields_of(form, sources)
    for key, texts in rows.items():
        for number, row in enumerate(texts, start=1):
            _check_row(row, columns, known, f"{where}.{key}[{number}]")
    words = {key: _said(own[key], f"{where}.{key}") for key in _TEXTS}
    notes = _texts(own.get("notes", []), f"{where}.notes")
    for number, note in enumerate(notes, start=1):
        _said(note, f"{where}.notes[{number}]")
    landscape = own.get("landscape", False)
    _checked(landscape, bool, f"{where}.landscape", "toml_yes_or_no")
    forms: Toml = {**words, **rows}
    return Layout(columns=columns, notes=notes, landscape=landscape, **forms)


def _columns(given: Any, form: str, where: str) -> tuple[FormColumn, ...]:
    _checked(given, list, where, "toml_list")
    _check_count(given, where, _MOST_COLUMNS)
    columns: list[FormColumn] = []
    for number, row in enumerate(given, start=1):
        columns.append(_column(row, form, f"{where}[{number}]", columns))
    keys = [column.key for column in columns]
    shown = {*keys, *(column.part_of for column in columns)}
    lacking = [key for key in (*NEEDED, "target") if key not in shown]
    if lacking or keys[:1] != [NEEDED[0]]:
        expected = message("expected.columns_first", first=NEEDED[0], names=lacking)
        raise InvalidInput(where, ", ".join(keys), expected)
    return tuple(columns)


def _column(
    row: Any, form: str, where: str, before: Collection[FormColumn]
) -> FormColumn:
    _checked(row, dict, where, "toml_table")
    check_keys(row, _OF_COLUMN, where)
    for key in ("key", "label", "width"):
        if key not in row:
            expected = message("expected.key_of_form", key=key)
            raise InvalidInput(f"{where}.{key}", message("found.not_there"), expected)
    key, known = _text(row["key"], f"{where}.key"), columns_of(form)
    free = [one for one in known if one not in {column.key for column in before}]
    if key not in free:
        expected = message("expected.any_of", names=free)
        raise InvalidInput(f"{where}.key", key, expected)
    width = row["width"]
    if (
        isinstance(width, bool)
        or not isinstance(width, int | float)
        or not 1 <= width <= _WIDEST
    ):
        expected = message("expected.number_between", least=1, most=_WIDEST)
        raise InvalidInput(f"{where}.width", str(width), expected)
    part_of = _text(row.get("part_of", ""), f"{where}.part_of")
    if part_of and part_of not in known:
        expected = message("expected.any_of", names=list(known))
        raise InvalidInput(f"{where}.part_of", part_of, expected)
    return FormColumn(
        key=key,
        label=_said(row["label"], f"{where}.label"),
        width=float(width),
        group=_said(row.get("group", ""), f"{where}.group"),
        part_of=part_of,
    )


def _check_row(
    row: str, columns: Sequence[FormColumn], fields: Sequence[str], where: str
) -> None:
    with _placed(where):
        cells = cells_of(row, columns)
        for cell in cells:
            if cell.name is None:
                in_texts(cell.words, dict.fromkeys(TEXTS, ""))
    for cell in cells:
        if cell.name is not None and cell.name not in fields:
            expected = message("expected.field_or_label", names=[*fields])
            raise InvalidInput(where, f"{{{cell.name}}}", expected)


def _sources(table: Toml, file: str) -> dict[str, tuple[str, ...]]:
    where, expected = f"{file}: sources", message("expected.rows_of_sources")
    if "sources" not in table:
        raise InvalidInput(where, message("found.not_there"), expected)
    _check_count(table["sources"], where, _MOST_SOURCES)
    rows = {
        key: _texts(paths, f"{where}.{key}") for key, paths in table["sources"].items()
    }
    every = [path for paths in rows.values() for path in paths]
    others = [key for key, paths in rows.items() if not paths]
    if len(others) != 1 or len({*every}) < len(every):
        raise InvalidInput(where, str(table["sources"])[:200], expected)
    for key in rows:
        if not _NAME.fullmatch(key):
            raise InvalidInput(where, key, expected)
    return rows


def _coded(table: Toml, file: str) -> str:
    where = f"{file}: coded"
    text = _text(table.get("coded", "{code}-{name}"), where)
    return str(with_labels(text, {}, where))


def _ratings(table: Toml, file: str, labels: Mapping[str, str]) -> dict[str, str]:
    where, given = f"{file}: ratings", table.get("ratings", {})
    check_keys(given, _RATINGS, where)
    for key in _RATINGS:
        if key not in given:
            expected = message("expected.key_of_form", key=key)
            raise InvalidInput(f"{where}.{key}", message("found.not_there"), expected)
    filled = with_labels(given, labels, where)
    return {key: _text(filled[key], f"{where}.{key}") for key in _RATINGS}


def _language(table: Toml, file: str) -> Language:
    given = _text(table.get("language", Language.CHINESE.value), f"{file}: language")
    for language in Language:
        if language.value == given:
            return language
    expected = message(
        "expected.any_of", names=[language.value for language in Language]
    )
    raise InvalidInput(f"{file}: language", given, expected)


def check_keys(table: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """
    Check that a table has no key but known ones.

    Raises:
        InvalidInput: It has; the known ones are named.
    """
    for key in table:
        if key not in known:
            expected = message("expected.any_of", names=[*known])
            raise InvalidInput(where, key, expected)


def _check_count(given: Collection[Any], where: str, most: int) -> None:
    if len(given) > most:
        expected = message("expected.lines_at_most", most=most)
        raise InvalidInput(where, message("found.lines", count=len(given)), expected)


def _checked(value: Any, kind: type, where: str, word: str) -> None:
    if not isinstance(value, kind):
        expected: Message = message(f"expected.{word}")
        raise InvalidInput(where, str(value)[:60], expected)


def _text(value: Any, where: str) -> str:
    _checked(value, str, where, "toml_text")
    return str(value)


def _said(value: Any, where: str) -> str:
    """Return words in which nothing but texts of every form stands in braces."""
    text = _text(value, where)
    with _placed(where):
        in_texts(text, dict.fromkeys(TEXTS, ""))
    return text


@contextmanager
def _placed(where: str) -> Iterator[None]:
    """Say of a refusal where in the file it is."""
    try:
        yield
    except InvalidInput as problem:
        raise InvalidInput(where, problem.found, problem.expected) from None


def _texts(value: Any, where: str) -> tuple[str, ...]:
    _checked(value, list, where, "toml_list")
    _check_count(value, where, _MOST_ROWS)
    return tuple(
        _text(one, f"{where}[{number}]") for number, one in enumerate(value, start=1)
    )
