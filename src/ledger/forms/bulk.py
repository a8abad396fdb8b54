"""Bulk files of events, JSON Lines, CSV or filled templates, as requests."""

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from attrs import frozen

from ledger.domain import events
from ledger.domain.calendar import parse_date
from ledger.domain.codes import checked_code
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.events import Event
from ledger.domain.indicator import Rating
from ledger.domain.money import FISCAL, exact
from ledger.domain.naming import canonical_source
from ledger.domain.recorded import Problem, Request
from ledger.domain.settings import Settings
from ledger.domain.target import parse_target
from ledger.forms import filled
from ledger.forms.files import LARGEST_TEXT, other_kind
from ledger.forms.parts import by_source
from ledger.forms.text import lines, unique

E = TypeVar("E", bound=StrEnum)

_YES: Final[Mapping[object, bool]] = {
    None: False,
    True: True,
    False: False,
    **dict.fromkeys("true yes 1 是".split(), True),
    **dict.fromkeys("false no 0 否".split(), False),
}
_FILES: Final = "JSON Lines, one event a line, CSV, or a template saved as .xlsx"
_PART: Final = 1_000_000
"""Bytes that are read together where lines are only counted."""


@frozen
class Fields:
    """The fields of one line, taken one by one so that none is left unread."""

    values: dict[str, Any]
    settings: Settings

    def text(self, name: str) -> str:
        """Take a text that must be there."""
        value = self.values.pop(name, None)
        if not isinstance(value, str) or not value.strip():
            raise InvalidInput(name, value, "a text that is not blank")
        return value

    def maybe(self, name: str) -> str | None:
        """Take a text that may be absent."""
        return None if self.values.get(name) is None else self.text(name)

    def day(self, name: str) -> date:
        """Take a date that must be there."""
        return parse_date(self.values.pop(name, None), name=name)

    def amount(self) -> int:
        """Take the amount of money, as minor units."""
        value = self.values.pop("amount", None)
        if value is None:
            raise InvalidInput("amount", value, 'an amount, as text: "1234.50"')
        return self.settings.currency.minor(value)

    def source(self) -> str:
        """Take the funding source, by default the fiscal one."""
        return canonical_source(self.maybe("source") or FISCAL)

    def yes(self, name: str) -> bool:
        """Take whether something is so: true or yes, false or no, or nothing."""
        value = self.values.pop(name, None)
        shown = value.strip().lower() if isinstance(value, str) else value
        said = _YES.get(shown) if isinstance(shown, str | bool | None) else None
        if said is None:
            raise InvalidInput(name, value, "true or false")
        return said

    def number(self, name: str) -> Decimal | None:
        """Take an exact number that may be absent."""
        value = self.values.pop(name, None)
        return None if value is None else exact(value, field=name)

    def choice(self, name: str, kind: type[E]) -> E:
        """Take one of a set of words that must be there."""
        value = self.values.pop(name, None)
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(kind)
            raise InvalidInput(name, value, f"one of {words}") from None

    def maybe_choice(self, name: str, kind: type[E]) -> E | None:
        """Take one of a set of words that may be absent."""
        return None if self.values.get(name) is None else self.choice(name, kind)

    def subject(self) -> dict[str, str]:
        """Take the project or the unit, exactly one."""
        both = {name: self.maybe(name) for name in ("project", "unit")}
        named = {name: code for name, code in both.items() if code is not None}
        if len(named) != 1:
            raise InvalidInput("project", both["project"], "a project, or else a unit")
        return {name: checked_code(code, name=name) for name, code in named.items()}

    def project(self) -> str:
        """Take the project."""
        return checked_code(self.values.pop("project", None))


def read(
    source: str | os.PathLike[str], settings: Settings
) -> Iterator[Request | Problem]:
    """
    Yield a request for each event of a file, and a problem for each bad line.

    The kind is told from the content: a workbook is a zip file, JSON Lines starts with
    ``{``, anything else is CSV with a header line. Rows of a template that were not
    filled in are left out.

    Raises:
        InvalidInput: The file cannot be read, is not UTF-8, or holds no event.
    """
    if filled.is_workbook(source):
        rows_filled = filled.rows(source)
        return (_request(place, row, settings) for place, row in rows_filled)
    name = os.fspath(source)
    _check_kind(name, Path(source))
    numbered = ((n, text) for n, text in lines(source) if text.strip())
    first = next(numbered, None)
    if first is None:
        raise InvalidInput(name, "nothing", "at least one event")
    every = chain([first], numbered)
    if first[1].lstrip().startswith("{"):
        _check_lines(name, Path(source), first[1])
        rows = _json(every)
    else:
        rows = _csv(name, every)
    return (_request(f"line {number}", row, settings) for number, row in rows)


def _check_kind(name: str, path: Path) -> None:
    """Refuse a file that is no text, by how it starts; pipes are left unread."""
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        return  # Reading it will say why.
    other = ("a PDF", "") if start.startswith(b"%PDF-") else other_kind(start)
    if other is not None:
        raise InvalidInput(name, other[0], _FILES)


def _check_lines(name: str, path: Path, first: str) -> None:
    """Refuse one JSON object as a whole file, such as one of forms of approval."""
    try:
        found = msgspec.json.decode(first)
    except (msgspec.MsgspecError, RecursionError):
        if not path.is_file() or path.stat().st_size > LARGEST_TEXT:
            return  # Each bad line will be told.
        try:
            found = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.MsgspecError, RecursionError, OSError):
            return
        if not isinstance(found, dict) or "projects" not in found:
            raise InvalidInput(name, "JSON over several lines", _FILES) from None
    if isinstance(found, dict) and "projects" in found and "type" not in found:
        raise InvalidInput(name, "a file of forms", "a file of events; or `import` it")


def length(source: str | os.PathLike[str]) -> int | None:
    """
    Return about how many events a file holds, to show how far it is read.

    ``None`` where only reading it would tell: a workbook, a pipe.
    """
    path = Path(source)
    if filled.is_workbook(path) or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return sum(
                part.count(b"\n") for part in iter(partial(file.read, _PART), b"")
            )
    except OSError:
        return None  # Reading it will say why.


def request_of(values: Mapping[str, Any], settings: Settings) -> Request:
    """
    Return the request that the fields of one line make.

    Raises:
        InvalidInput: A field is missing, unknown or cannot be taken.
    """
    fields = Fields(dict(values), settings)
    kind = fields.values.pop("type", None)
    make = _MAKERS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise InvalidInput("type", kind, f"one of {', '.join(_MAKERS)}")
    event = make(fields)
    key, actor = fields.maybe("key"), fields.maybe("actor")
    if fields.values:
        unknown = ", ".join(map(str, fields.values))
        raise InvalidInput("fields", unknown, f"only fields that {kind} has")
    return Request(event=event, key=key and key.strip(), actor=actor)


def _request(
    place: str, row: dict[str, Any] | InvalidInput, settings: Settings
) -> Request | Problem:
    if isinstance(row, InvalidInput):
        return Problem(place, str(row))
    try:
        request = request_of(row, settings)
    except LedgerError as problem:
        return Problem(place, str(problem))
    return Request(
        event=request.event, key=request.key, actor=request.actor, place=place
    )


def _json(
    numbered: Iterator[tuple[int, str]],
) -> Iterator[tuple[int, dict[str, Any] | InvalidInput]]:
    for number, text in numbered:
        try:
            row = msgspec.json.decode(text, type=dict[str, Any])
            _check_once(text, row)
        except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
            shown = text if len(text) <= 80 else f"{text[:80]}…"
            yield number, InvalidInput("line", shown, f"one JSON object: {problem}")
        else:
            present = {name: value for name, value in row.items() if value is not None}
            yield number, present


def _check_once(text: str, row: dict[str, Any]) -> None:
    """Refuse an object that names one thing twice: which holds would be a guess."""
    texts = sum(type(value) is str for value in row.values())
    if text.count('"') == 2 * (len(row) + texts):
        return  # Each name and each text has its two marks, and nothing else has any.
    json.loads(text, object_pairs_hook=unique, parse_int=len, parse_float=len)


def _csv(
    name: str, numbered: Iterator[tuple[int, str]]
) -> Iterator[tuple[int, dict[str, Any] | InvalidInput]]:
    number = 0

    def texts() -> Iterator[str]:
        nonlocal number
        for at, text in numbered:
            number = at
            yield text

    rows = csv.reader(texts(), strict=True)
    try:
        header = [column.strip() for column in next(rows)]
    except csv.Error as problem:
        raise InvalidInput(
            f"{name}, line {number}", str(problem), "a head of columns as CSV"
        ) from problem
    if "type" not in header:
        raise InvalidInput(
            f"{name}, line {number}",
            ", ".join(header)[:200],
            "JSON Lines, or CSV with a column `type`",
        )
    twice = next((c for n, c in enumerate(header) if c in header[:n]), None)
    if twice is not None:
        raise InvalidInput(
            f"{name}, line {number}", f"a second column {twice!r}", "each column once"
        )
    shows = filled.shows(header)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            yield number, InvalidInput("line", str(problem), "a line of CSV")
            continue
        if len(row) != len(header):
            yield (
                number,
                InvalidInput("line", f"{len(row)} cells", f"{len(header)} cells"),
            )
            continue
        cells = zip(header, row, strict=True)
        present = {column: cell for column, cell in cells if cell.strip()}
        taken = filled.filled_line(present) if shows else present
        if taken is not None:
            yield number, taken


def _disbursed(fields: Fields) -> Event:
    return events.Disbursed(
        project=fields.project(),
        on=fields.day("on"),
        voucher=fields.text("voucher"),
        amount=fields.amount(),
        source=fields.source(),
        payee=fields.maybe("payee"),
        description=fields.maybe("description"),
    )


def _reversed(fields: Fields) -> Event:
    return events.DisbursementReversed(
        project=fields.project(),
        on=fields.day("on"),
        voucher=fields.text("voucher"),
        of=fields.text("of"),
        amount=fields.amount(),
        reason=fields.maybe("reason"),
    )


def _adjusted(fields: Fields) -> Event:
    parts = by_source(fields.values, fields.settings)
    if parts is None:
        parts = (events.Funding(source=fields.source(), amount=fields.amount()),)
    return events.BudgetAdjusted(
        project=fields.project(),
        on=fields.day("on"),
        kind=fields.choice("kind", events.AdjustmentKind),
        amounts=parts,
        document=fields.maybe("document"),
        reason=fields.maybe("reason"),
        new_source=fields.yes("new_source"),
    )


def _result(fields: Fields) -> Event:
    reached = fields.values.pop("date", None)
    return events.ResultReported(
        **fields.subject(),
        on=fields.day("on"),
        indicator=fields.text("indicator"),
        value=fields.number("value"),
        numerator=fields.number("numerator"),
        denominator=fields.number("denominator"),
        rating=fields.maybe_choice("rating", Rating),
        share=fields.number("share"),
        reached_on=None if reached is None else parse_date(reached, name="date"),
        text=fields.maybe("text"),
        evidence=_evidence(fields),
        note=fields.maybe("note"),
    )


def _evidence(fields: Fields) -> events.Evidence | None:
    found = fields.values.pop("evidence", None)
    if found is None:
        return None
    if isinstance(found, str):
        return events.Evidence(uri=found)
    try:
        return msgspec.convert(found, events.Evidence)
    except msgspec.ValidationError as problem:
        raise InvalidInput(
            "evidence", found, "a URI, or an object with uri and sha256"
        ) from problem


def _retracted(fields: Fields) -> Event:
    subject = fields.subject()
    return events.ResultRetracted(
        project=subject.get("project"),
        unit=subject.get("unit"),
        on=fields.day("on"),
        indicator=fields.text("indicator"),
        of=fields.text("of"),
        reason=fields.text("reason"),
    )


def _target(fields: Fields) -> Event:
    on = fields.day("on")
    year = fields.settings.year_of(on).year
    return events.TargetRevised(
        project=fields.project(),
        on=on,
        indicator=fields.text("indicator"),
        target=parse_target(fields.text("target"), fiscal_year=year).target,
        reason=fields.maybe("reason"),
    )


def _explained(fields: Fields) -> Event:
    return events.VarianceExplained(
        **fields.subject(),
        on=fields.day("on"),
        indicator=fields.maybe("indicator"),
        category=fields.choice("category", events.VarianceCategory),
        text=fields.text("text"),
        likelihood=fields.maybe_choice("likelihood", events.Likelihood),
        forecast=fields.maybe("forecast"),
        remedy=fields.maybe("remedy"),
    )


def _scored(fields: Fields) -> Event:
    score = fields.number("score")
    if score is None:
        raise InvalidInput("score", None, "points from 0 to 100")
    return events.ScoreReported(
        **fields.subject(),
        on=fields.day("on"),
        indicator=fields.maybe("indicator"),
        score=score,
        reason=fields.maybe("reason"),
    )


_MAKERS: dict[str, Callable[[Fields], Event]] = {
    "Disbursed": _disbursed,
    "DisbursementReversed": _reversed,
    "BudgetAdjusted": _adjusted,
    "ResultReported": _result,
    "ResultRetracted": _retracted,
    "TargetRevised": _target,
    "VarianceExplained": _explained,
    "ScoreReported": _scored,
}
