"""How the columns of a bulk file are read, by their kinds."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import msgspec

from ledger.domain.about import about_given
from ledger.domain.choices import one_of
from ledger.domain.commitment import ContinuedCommitment
from ledger.domain.course import Milestone, course_given, milestones_given
from ledger.domain.errors import InvalidInput
from ledger.domain.event_type import INDICATOR_FIELDS, Column, ColumnKind
from ledger.domain.evidence import Evidence
from ledger.domain.funding import Funding
from ledger.domain.indicator import Direction, Indicator, default_measure, is_cost
from ledger.domain.measure import Measure
from ledger.domain.plan import Convention, SpendingPlan, plan_of
from ledger.domain.policy import Policy
from ledger.domain.result_parts import ResultPart, parts_given
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.spending_exception import SpendingException
from ledger.domain.target import Target
from ledger.domain.target_parser import parse_target
from ledger.intake.bulk_line import Fields
from ledger.intake.fields import yes_or_no
from ledger.intake.readers.numbered_goals import numbered
from ledger.intake.source_amounts import amounts_named
from ledger.intake.stated_terms import stated
from ledger.messages import message

_BEFORE_NUMBER: Final = re.compile(r"\s*(?=(?<![0-9])[0-9]{1,2}\s*[.．、])")
_BETWEEN_WORDS: Final = re.compile(r"\s*[,;，；、]\s*")


def _text(fields: Fields, column: Column, _on: date) -> str | None:
    name = column.name
    return fields.maybe(name) if column.optional else fields.text(name, column.named)


def _number(fields: Fields, column: Column, _on: date) -> Decimal | None:
    name, right = column.name, column.right
    if not column.optional and fields.values.get(name) is None:
        wanted = right or message("expected.number")
        fields.problems.append(InvalidInput(name, None, wanted))
    return fields.number(name)


def _choice(fields: Fields, column: Column, _on: date) -> Enum | None:
    assert column.choices is not None
    take = fields.maybe_choice if column.optional else fields.choice
    return take(column.name, column.choices)


def _choices(fields: Fields, column: Column, _on: date) -> tuple[Enum, ...] | None:
    """Take some of a set of words: a list in JSON, one text with commas in CSV."""
    given = fields.values.pop(column.name, None)
    if given is None:
        return None
    if isinstance(given, str):
        given = list(filter(None, _BETWEEN_WORDS.split(given)))
    if not isinstance(given, list):
        raise InvalidInput(column.name, given, message("expected.list_of_texts"))
    assert column.choices is not None
    return tuple(one_of(column.choices, column.name, each) for each in given)


def _year(fields: Fields, column: Column, _on: date) -> int | None:
    name = column.name
    return fields.maybe_year(name) if column.optional else fields.year(name)


def _about(fields: Fields, column: Column, _on: date) -> str | None:
    return about_given(fields.values.pop(column.name, None))


def _date(fields: Fields, column: Column, _on: date) -> date | None:
    name = column.name
    return fields.maybe_day(name) if column.optional else fields.day(name)


def _target(fields: Fields, column: Column, on: date) -> Target:
    year = fields.settings.year_of(on).year
    return parse_target(fields.text(column.name), fiscal_year=year).target


def _evidence(fields: Fields, column: Column, _on: date) -> Evidence | None:
    found = fields.values.pop(column.name, None)
    if found is None:
        return None
    if isinstance(found, str):
        return Evidence(uri=found)
    try:
        return msgspec.convert(found, Evidence)
    except msgspec.ValidationError as problem:
        right = message("expected.evidence")
        raise InvalidInput(column.name, found, right) from problem


def _amounts(fields: Fields, column: Column, _on: date) -> tuple[Funding, ...] | None:
    absent = fields.values.get(column.name) is None
    return None if column.optional and absent else fields.parts(column.name)


def _plan(fields: Fields, column: Column, _on: date) -> SpendingPlan:
    """Take planned amounts by day: an object in JSON, ``2023-06-30=5; …`` as text."""
    given = fields.values.pop(column.name, None)
    pairs = amounts_named(given, column.name)
    if not pairs:
        raise InvalidInput(column.name, given, message("expected.amounts_by_day"))
    return plan_of(dict(pairs), fields.settings.currency)


def indicator_of(fields: Fields, on: date) -> Indicator:
    """
    Take an indicator by the names that forms have for what is printed of one.

    Args:
        on: Its fiscal year completes a target that is a day without its year.
    """
    level1, level2, name = map(fields.text, ("level1", "level2", "level3"))
    year = fields.settings.year_of(on).year
    target = parse_target(fields.text("target"), fiscal_year=year).target
    measure = fields.maybe_choice("measure", Measure)
    usual = default_measure(target, cost=is_cost(level1, level2, name))
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=target,
        measure=measure or usual,
        description=fields.maybe("description"),
        basis=fields.maybe("basis"),
        weight=fields.number("weight"),
        baseline=fields.number("baseline"),
        direction=fields.maybe_choice("direction", Direction),
        course=course_given(
            fields.values.pop("milestones", None),
            fields.maybe_choice("between", Convention),
            builds_up=fields.yes("builds_up"),
        ),
    )


def _indicator(fields: Fields, column: Column, on: date) -> Indicator | None:
    """Take an indicator: an object in JSON, else columns of what a form says of it."""
    given = fields.values.pop(column.name, None)
    if given is None:
        return None
    if isinstance(given, str):
        fields.values["level3"] = given
        return indicator_of(fields, on)
    if not isinstance(given, dict):
        raise InvalidInput(column.name, given, message("expected.object"))
    own = Fields(dict(given), fields.settings, fields.problems)
    found = indicator_of(own, on)
    if own.values:
        right = message("expected.one_of", words=list(INDICATOR_FIELDS))
        raise InvalidInput(column.name, ", ".join(own.values), right)
    return found


def _goals(fields: Fields, column: Column, _on: date) -> tuple[str, ...] | None:
    """Take goals: a list in JSON, one text with their numbers in CSV."""
    given = fields.values.pop(column.name, None)
    if given is None:
        return None
    if isinstance(given, str):
        return tuple(numbered(_BEFORE_NUMBER.split(given)))
    if isinstance(given, list) and all(isinstance(each, str) for each in given):
        return tuple(given)
    raise InvalidInput(column.name, given, message("expected.list_of_texts"))


def _continued(fields: Fields, column: Column, _on: date) -> ContinuedCommitment | None:
    """Take a year and a number: an object in JSON, ``2022/HT-101`` as text."""
    given = fields.values.pop(column.name, None)
    if given is None:
        return None
    if isinstance(given, str):
        return ContinuedCommitment.of(given)
    try:
        return msgspec.convert(given, ContinuedCommitment)
    except msgspec.ValidationError as problem:
        right = message("expected.continued")
        raise InvalidInput(column.name, given, right) from problem


def _exception(fields: Fields, column: Column, _on: date) -> SpendingException | None:
    """Take who allowed something, and why: an object in JSON, else two columns."""
    given = fields.values.pop(column.name, None)
    if given is None:
        allowed_by, reason = fields.maybe("allowed_by"), fields.maybe("reason")
        return SpendingException.stated(allowed_by, reason)
    try:
        return msgspec.convert(given, SpendingException)
    except msgspec.ValidationError as problem:
        right = message("expected.exception")
        raise InvalidInput(column.name, given, right) from problem


def _policy(fields: Fields, column: Column, _on: date) -> Policy:
    """Take what a policy says other than the usual."""
    return stated(Policy, _terms(fields, column), column.name)


def _scoring(fields: Fields, column: Column, _on: date) -> ScoringRule:
    """Take what a rule of points says other than the usual."""
    return stated(ScoringRule, _terms(fields, column), column.name)


def _terms(fields: Fields, column: Column) -> dict[str, Any]:
    """Take values by name: an object in JSON, ``name=value; …`` as text."""
    given = fields.values.pop(column.name, None)
    pairs = [] if given is None else amounts_named(given, column.name)
    if pairs is None:
        raise InvalidInput(column.name, given, message("expected.stated_terms"))
    return dict(pairs)


def _parts(fields: Fields, column: Column, _on: date) -> tuple[ResultPart, ...]:
    """Take parts of a result: an object in JSON, ``f=30; m=20`` as text."""
    given = fields.values.pop(column.name, None)
    return () if given is None else parts_given(given)


def _milestones(fields: Fields, column: Column, _on: date) -> tuple[Milestone, ...]:
    """Take milestones: by day or in pairs in JSON, ``2023-06-30=20; …`` as text."""
    return milestones_given(fields.values.pop(column.name, None))


def _maybe_yes(fields: Fields, column: Column, _on: date) -> bool | None:
    """Take whether something is so, where that is said."""
    return yes_or_no(fields.values.pop(column.name, None), column.name)


READ: Final[dict[ColumnKind, Callable[[Fields, Column, date], object]]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.VOUCHER: _text,
    ColumnKind.MONEY: lambda fields, _column, _on: fields.amount(),
    ColumnKind.SOURCE: lambda fields, _column, _on: fields.source(),
    ColumnKind.AMOUNTS: _amounts,
    ColumnKind.COMMITMENT: _text,
    ColumnKind.CONTINUED: _continued,
    ColumnKind.EXCEPTION: _exception,
    ColumnKind.DATE: _date,
    ColumnKind.NUMBER: _number,
    ColumnKind.CHOICE: _choice,
    ColumnKind.CHOICES: _choices,
    ColumnKind.YES_NO: lambda fields, column, _on: fields.yes(column.name),
    ColumnKind.YEAR: _year,
    ColumnKind.ABOUT: _about,
    ColumnKind.GOALS: _goals,
    ColumnKind.INDICATOR: _indicator,
    ColumnKind.PLAN: _plan,
    ColumnKind.POLICY: _policy,
    ColumnKind.SCORING: _scoring,
    ColumnKind.TARGET: _target,
    ColumnKind.EVIDENCE: _evidence,
    ColumnKind.PARTS: _parts,
    ColumnKind.MILESTONES: _milestones,
    ColumnKind.MAYBE: _maybe_yes,
}
"""How a column of each kind is read; a target is of the fiscal year of the event."""
