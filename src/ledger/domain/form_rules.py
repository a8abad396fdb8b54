"""What the rules allow of revising a form of approval."""

from datetime import date
from typing import Final

from attrs import evolve as replace
from attrs import fields

from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import LONGEST_TEXT, Budget, opened_on
from ledger.domain.budget_rules import check_form
from ledger.domain.calendar import FiscalYear
from ledger.domain.characters import check_filled
from ledger.domain.codes import checked_code
from ledger.domain.course import is_reached, joined, ways
from ledger.domain.errors import InvalidInput
from ledger.domain.form_step import since_of_step
from ledger.domain.funding import is_carried_over, named_source
from ledger.domain.indicator import Indicator, IndicatorLabel, check_indicators
from ledger.domain.indicator_rows import approved_rows, rows_after, target_of, with_step
from ledger.domain.measure import Measure, NumberKind
from ledger.domain.money_guards import checked_amounts, not_approved
from ledger.domain.refusals import BeforeApproval, UnknownIndicator
from ledger.domain.results import Indicators, Tracked, labelled
from ledger.domain.revised_indicators import on_day
from ledger.domain.settings import Settings
from ledger.domain.target import Target
from ledger.messages import message, named

_ENVELOPE: Final = frozenset({"project", "on", "reason", "correction", "form"})
_OF_INDICATOR: Final = (
    *("renamed", "basis", "description", "weight", "measure", "baseline", "direction"),
    *("cleared", "builds_up"),
)


def decide_form(
    budget: Budget, indicators: Indicators, event: FormRevised, settings: Settings
) -> FormRevised:
    """
    Revise what a form says other than money, plan and targets.

    It is no money: a project that is closed may be renamed, or move to another unit. A
    year that carried-in money opens alone has no indicators, and no form that could be
    corrected, before its approval.
    """
    since = budget.approved_on or opened_on(budget)
    if since is None:
        raise not_approved(event.project, budget)
    if event.on < since:
        raise BeforeApproval(event.project, event.on, since)
    for name in ("added", "correction") if budget.approved_on is None else ():
        if getattr(event, name):
            right = message("expected.approval_first")
            raise InvalidInput(name, message("found.no_approval"), right)
    given = [a.name for a in fields(FormRevised) if a.name not in _ENVELOPE]
    if all(getattr(event, name) in (None, False) for name in given):
        right = message("expected.field_of_form")
        raise InvalidInput("fields", message("found.nothing"), right)
    if event.name is not None:
        check_filled("name", event.name, LONGEST_TEXT)
    if event.to_unit is not None:
        checked_code(event.to_unit, name="to_unit")
    if event.carried is not None:
        _check_carried(budget, event)
    if event.form is not None:
        check_form(event.form, settings.year(budget.fiscal_year), settings)
    return _of_indicator(indicators, event, settings.year(budget.fiscal_year))


def _check_carried(budget: Budget, event: FormRevised) -> None:
    """Check what a form prints of the year before, where its approval did so."""
    parts = checked_amounts(event.carried or (), least=0)
    for part in parts:
        if parts != event.carried or not is_carried_over(part.source):
            right = message("expected.carried_over_source")
            raise InvalidInput("carried", named_source(part.source), right)
    if not budget.announcements:
        right = message("expected.printed_before")
        raise InvalidInput("carried", message("found.amounts"), right)


def _of_indicator(
    indicators: Indicators, event: FormRevised, year: FiscalYear
) -> FormRevised:
    """Return *event* with the label of its indicator, which it may revise so."""
    said = [name for name in _OF_INDICATOR if getattr(event, name) is not None]
    if event.indicator is None:
        if said or event.removed:
            right = message("expected.indicator_of_fields")
            raise InvalidInput("indicator", None, right)
        _check_rows(indicators, event, year)
        return event
    if not said and not event.removed:
        right = message("expected.field_of_form")
        raise InvalidInput("fields", message("found.nothing"), right)
    since = (indicators.since or event.on) if event.correction else event.on
    known = on_day(indicators, since)
    label = known.label(event.indicator)
    if label is None:
        known = on_day(indicators, date.max)
        label = known.label(event.indicator)
    if label is None:
        names = list(known.tracked)
        raise UnknownIndicator(event.indicator, within=event.project, known=names)
    event = replace(event, indicator=label)
    if event.measure is not None:
        _check_measure(event.measure, known.tracked[label])
    if event.builds_up and not is_reached(_target_on(known.tracked[label], since)):
        found = message("found.indicator", indicator=label)
        raise InvalidInput("builds_up", found, message("expected.target_to_reach"))
    for field in event.cleared or ():
        if getattr(event, field.value) is not None:
            found = message("found.several", parts=[named(field.value)])
            raise InvalidInput("cleared", found, message("expected.given_or_cleared"))
    _check_rows(indicators, event, year)
    return event


def _check_measure(measure: Measure, one: Tracked) -> None:
    """Check that the numbers that were reported are of the kind of a measure."""
    right = measure.row.takes_only
    for result in one.results if right is not None else ():
        pair = result.denominator is not None
        kind = NumberKind.PAIR if pair else NumberKind.PLAIN
        if result.value is not None and result.rating is None and kind is not right:
            expected = message("expected.measure_of_results", given=kind)
            raise InvalidInput("measure", measure, expected)


def _check_rows(indicators: Indicators, event: FormRevised, year: FiscalYear) -> None:
    """Check that the form makes sense with it on each day, and no name twice."""
    taken = with_step(indicators, event)
    if taken is None:
        return
    step, labels = taken
    if step.back and step.added is not None and event.added is not None:
        _check_measure(event.added.measure, indicators.tracked[step.added])
        _check_target(event.added, indicators.tracked[step.added], step.since)
    steps = sorted([*indicators.steps, step], key=since_of_step)
    for day in sorted({each.since for each in steps}):
        rows = {
            key: _with_target(indicators, key, row, day)
            for key, row in rows_after(
                approved_rows(indicators), steps, labels, day
            ).items()
        }
        check_indicators(tuple(rows.values()), year, event.project)
        for label, key in zip(labelled(tuple(rows.values())), rows, strict=True):
            if labels[label] != key:
                right = message("expected.name_not_used")
                raise InvalidInput("indicator", label, right)


def _with_target(
    indicators: Indicators, key: IndicatorLabel, row: Indicator, on: date
) -> Indicator:
    """Return a row with the target in force on a day; a new one has its own."""
    one = indicators.tracked.get(key)
    if one is None:
        return row
    held = one.standard(on)
    target = target_of(held)
    course = joined(target, held.course, row.course)
    return replace(row, target=target, course=course)


def _check_target(added: Indicator, one: Tracked, on: date) -> None:
    """Check that what comes back has the target that it has in the record."""
    held, target = one.standard(on), added.target
    if target.text != held.text or ways(added.course) != ways(held.course):
        expected = message("expected.target_in_force", target=held.text)
        raise InvalidInput("added", target.text, expected)


def _target_on(one: Tracked, on: date) -> Target:
    return target_of(one.standard(on))
