"""The monthly report as JSON: keys may be added, never renamed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

import msgspec

from ledger.domain.characters import in_json
from ledger.domain.finding import Finding
from ledger.domain.policies import Judging
from ledger.domain.result_parts import ResultPart, by_dimension
from ledger.domain.results import VarianceExplanation
from ledger.domain.target import Target
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope
from ledger.messages import Language, Message
from ledger.projections.amounts import Money
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.months import Month
from ledger.reports.values.monthly import (
    ClosedPeriod,
    MonthlyValues,
    ProjectReport,
    UnitReport,
)

_Write = Callable[[Any], object]

_encode = msgspec.json.Encoder().encode
_canonical = msgspec.json.Encoder(order="sorted").encode


def text(value: object) -> str:
    """Return *value* as indented JSON text."""
    return msgspec.json.format(_encode(value), indent=2).decode()


def file_text(values: object) -> str:
    """Return JSON values as the text of a file, fit to be shown on a terminal too."""
    return f"{in_json(text(values))}\n"


def report(monthly: MonthlyValues) -> dict[str, object]:
    """Return the report as JSON values, with a receipt by which it can be checked."""
    shown = figures(monthly)
    receipt = {
        "origin": monthly.origin,
        "position": monthly.position,
        "root": monthly.root,
        "digest": digest(shown),
        **monthly.selection.named,
    }
    return {**shown, "receipt": receipt}


def digest(shown: Mapping[str, object]) -> str:
    """Return SHA-256 over canonical JSON, in hex; a receipt among it is left out."""
    kept = {key: value for key, value in shown.items() if key != "receipt"}
    return sha256(_canonical(kept)).hexdigest()


def figures(monthly: MonthlyValues) -> dict[str, object]:
    """Return the report as JSON values, without its receipt."""
    settings = monthly.settings
    return {
        "month": monthly.month,
        "through": monthly.through.isoformat(),
        "known_at": monthly.known_at,
        "position": monthly.position,
        "root": monthly.root,
        "title": settings.title,
        **monthly.selection.named,
        "currency": settings.currency.code,
        "settings": {
            "first_month": settings.first_month,
            "first_day": settings.first_day,
            "year_named_for": settings.year_named_for.value,
            "convention": settings.convention.value,
            "allow_exceptions": settings.allow_exceptions,
            "refuse_old_carry": settings.refuse_old_carry,
        },
        "policy": msgspec.to_builtins(monthly.policy),
        "scoring": msgspec.to_builtins(monthly.scoring),
        "judged_by": judged_by(monthly.judging),
        "closed": closed(monthly.closed),
        "totals": execution(monthly.totals),
        "projects": [project(each) for each in monthly.projects],
        "units": [unit(each) for each in monthly.units],
        "findings": [finding(each, settings.language) for each in monthly.findings],
    }


def judged_by(judging: Judging) -> dict[str, object]:
    """Return whose terms a report is judged by as JSON values."""
    set_by = judging.set_by
    return {
        "by": judging.by.value,
        "position": None if set_by is None else set_by.position,
        "on": None if set_by is None else set_by.on.isoformat(),
    }


def closed(periods: Iterable[ClosedPeriod]) -> list[dict[str, object]]:
    """Return what is closed, and what was reopened of it, as JSON values."""
    return [_closed(period) for period in periods]


def _closed(each: ClosedPeriod) -> dict[str, object]:
    lock = each.lock
    return {
        "unit": lock.closed.unit,
        "through": lock.closed.on.isoformat(),
        "recorded_at": lock.recorded_at,
        "actor": lock.actor,
        "year_end": lock.closed.year_end,
        "reopened": [
            {
                "since": reopened.since.isoformat(),
                "through": reopened.on.isoformat(),
                "until": reopened.until.isoformat(),
                "for_actor": reopened.for_actor,
                "reason": reopened.reason,
            }
            for reopened in each.reopened
        ],
    }


def finding(each: Finding, language: Language) -> dict[str, object]:
    """Return a finding as JSON values, its words in *language*."""
    return {
        "code": each.code,
        "severity": each.severity.value,
        "place": each.placed(language),
        "message": each.content.said(language),
        "found": _in_words(each.found, language),
        "understood": _in_words(each.understood, language),
        "expected": _in_words(each.expected, language),
    }


def values(rows: tuple[Figure, ...], line: object) -> dict[str, object]:
    """Return the figures that a line has as JSON values, by their keys."""
    keys, read, writers = _columns(rows)
    shown: list[object] = list(read(line))
    for place, write in writers:
        value = shown[place]
        if value is not None:  # Many are.
            shown[place] = write(value)
    return dict(zip(keys, shown, strict=True))


@lru_cache(maxsize=16)
def _columns(
    rows: tuple[Figure, ...],
) -> tuple[list[str], Callable[[object], tuple[Any, ...]], list[tuple[int, _Write]]]:
    """Return the keys of figures, what reads them, and what writes most of them."""
    keys = [row.key for row in rows]
    kinds = [row.kind for row in rows]
    writers = [(i, _AS_JSON[kind]) for i, kind in enumerate(kinds) if kind in _AS_JSON]
    return keys, attrgetter(*keys), writers


def execution(line: ExecutionTotal) -> dict[str, object]:
    """Return the figures of a project's money, or of a sum, as JSON values."""
    if len(line.by_path) != 1:
        by_source = {source: money(part) for source, part in line.by_source.items()}
        return {**values(registry.listed(), line), "by_source": by_source}
    own = money(line)  # All of it is of the one source, and of those above that.
    by_source = {source: own.copy() for source in line.by_source}
    return {**own, **values(registry.of_sums(), line), "by_source": by_source}


def indicator(line: AttainmentLine) -> dict[str, object]:
    """Return an indicator's figures as JSON values."""
    return indicators([line])[0]


def indicators(lines: Iterable[AttainmentLine]) -> list[dict[str, object]]:
    """Return the figures of indicators as JSON values."""
    usual, every = registry.indicators(), registry.INDICATORS
    return [values(every if line.parts else usual, line) for line in lines]


def parts(given: Iterable[ResultPart]) -> dict[str, object]:
    """Return parts as JSON values: by dimension and value, or by value alone."""
    shown: dict[str, object] = {}
    for dimension, own in by_dimension(given).items():
        numbers = {part.value: number(part.number) for part in own}
        shown |= numbers if dimension is None else {dimension: numbers}
    return shown


def said(explanation: VarianceExplanation | None) -> dict[str, object] | None:
    """Return why something deviates as JSON values."""
    if explanation is None:
        return None
    return {**explanation._asdict(), "on": explanation.on.isoformat()}


def _in_words(value: Message | str | None, language: Language) -> str | None:
    return value.said(language) if isinstance(value, Message) else value


def text_as_data(value: Message) -> dict[str, object]:
    """
    Return a text of ours as JSON values: the same in every language.

    >>> text_as_data(Message("reason.parts_reported", {"reported": 1, "count": 2}))
    {'code': 'reason.parts_reported', 'values': {'reported': 1, 'count': 2}}
    """
    found: dict[str, object] = msgspec.to_builtins(value)
    return found


def target(
    parsed: Target, findings: Sequence[Finding], language: Language
) -> dict[str, object]:
    """Return a target and what was found in reading it as JSON values."""
    return {
        "text": parsed.text,
        "kind": parsed.kind.value,
        "value": plain(parsed.value),
        "upper": plain(parsed.upper),
        "unit": parsed.unit,
        "date": plain(parsed.date),
        "since": plain(parsed.since),
        "findings": [
            {
                "code": f.code,
                "severity": f.severity.value,
                "message": f.content.said(language),
            }
            for f in findings
        ],
    }


def number(value: Decimal | date | str | None) -> str | None:
    """Return a figure that is no money as text, without trailing zeros."""
    text = plain(value)
    if text is None or not isinstance(value, Decimal):
        return text
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def plain(value: Decimal | date | str | None) -> str | None:
    """Return a figure as text without exponent; absent is null."""
    if value is None:
        return None
    text = str(value)  # Five times as fast as a format, and the same but for "E".
    return f"{value:f}" if "E" in text and isinstance(value, Decimal) else text


def project(one: ProjectReport) -> dict[str, Any]:
    """Return a project of the report as JSON values."""
    line = one.execution
    return {
        "project": line.project,
        "name": line.name,
        "unit": line.unit,
        "unit_name": line.unit_name,
        "fiscal_year": line.fiscal_year,
        **execution(line),
        **values(registry.of_project(), one),
        "months": [month(each) for each in line.months],
        "indicators": indicators(one.indicators),
    }


def unit(one: UnitReport) -> dict[str, object]:
    """Return a unit of the report as JSON values."""
    return {
        "unit": one.unit,
        "name": one.name,
        "indicators": indicators(one.indicators),
    }


def money(part: Money) -> dict[str, object]:
    """Return the amounts of a project, a source or a sum as JSON values."""
    return values(registry.listed(Scope.SOURCE), part)


def month(one: Month) -> dict[str, object]:
    """Return the figures of a month as JSON values."""
    return {"month": one.month, **values(registry.months(), one)}


_AS_JSON: Final[Mapping[FigureKind, _Write]] = {
    FigureKind.MONEY: str,  # Never so small that it had an exponent.
    FigureKind.RATE: plain,
    FigureKind.NUMBER: number,
    FigureKind.POINTS: plain,
    FigureKind.DATE: plain,
    FigureKind.STATUS: str,
    FigureKind.RESULT: number,
    FigureKind.CHOICE: str,
    FigureKind.REASON: text_as_data,
    FigureKind.EXPLANATION: said,
    FigureKind.PARTS: parts,
}
"""How the value of each kind of figure is written; those of others as they are."""
