"""What the rules allow of results, targets, explanations and scores."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from attrs import evolve as replace

from ledger.domain.about import in_its_period
from ledger.domain.budget import LONGEST_TEXT, Budget, opened_on
from ledger.domain.budget_rules import check_form
from ledger.domain.characters import check_filled
from ledger.domain.codes import unknown_project
from ledger.domain.course import check_days, course_given, is_reached, spelled
from ledger.domain.errors import InvalidInput
from ledger.domain.events import (
    IndicatorEvent,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)
from ledger.domain.exact_numbers import is_short
from ledger.domain.given_results import (
    check_kind,
    check_numbers,
    check_to_date,
    is_plain_count,
    plain_numbers,
)
from ledger.domain.goals import check_goal
from ledger.domain.in_force import latest
from ledger.domain.indicator import (
    IndicatorLabel,
    check_execution_weight,
    check_indicators,
    check_way,
)
from ledger.domain.outlook_rules import decide_outlook
from ledger.domain.plain_results import PlainStandard
from ledger.domain.rectification_events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.rectifications import decide_rectification
from ledger.domain.refusals import (
    AlreadyApproved,
    UnknownIndicator,
    UnknownResult,
    UnknownUnit,
    WrongResult,
)
from ledger.domain.result_parts import checked_parts
from ledger.domain.results import (
    Indicators,
    Standard,
    Tracked,
    all_of,
    holds_from,
    revised,
)
from ledger.domain.revised_indicators import on_day
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.target_kind import QUANTITIES
from ledger.domain.units import add_up, canonical
from ledger.domain.weights import points_in_force
from ledger.domain.withdrawals import last_withdrawal
from ledger.messages import message


def decide(
    state: Indicators,
    event: IndicatorEvent,
    settings: Settings,
    scoring: ScoringRule | None = None,
    *,
    executed: bool = True,
    money: Budget | None = None,
) -> IndicatorEvent:
    """
    Return the fact that a request for *event* becomes, with its indicator's label.

    Args:
        scoring: The rule of who records, by which a score lies within its weight. An
            audit has none: weights that no form gives are not in the log.

        executed: Whether there is a budget on the day, so that execution earns points.

        money: Of the project-year, where the request may speak of it: that may be
            there though nothing was approved.

    Raises:
        Refused: The subclass says which rule forbids it.
        InvalidInput: A field of *event* cannot be taken.
    """
    opened = money is not None and opened_on(money) is not None
    if state.since is None and not opened and not isinstance(event, ObjectivesSet):
        if event.project is not None:
            last, year = last_withdrawal(state), state.fiscal_year
            raise unknown_project(event.project, year, withdrawn_on=last)
        raise UnknownUnit(state.subject, year=state.fiscal_year)
    event = in_its_period(event, settings)
    if state.steps:
        if isinstance(event, ResultReported):
            _check_later_measures(state, event)
        state = _of_its_day(state, event)
    if isinstance(event, TargetRevised):
        own = settings.year(state.fiscal_year)
        check_days(event.milestones, own)
        if event.form is not None:
            check_form(event.form, own, settings)
    if isinstance(event, OutlookStated):
        assert money is not None  # It speaks of money.
        return decide_outlook(money, state, event, settings)
    if isinstance(event, ScoreReported):
        return _decide_score(state, event, scoring, executed=executed)
    if isinstance(event, ObjectivesSet):
        return _decide_objectives(state, event, settings)
    decided: IndicatorEvent = _DECIDED_BY[type(event)](state, event)
    return decided


def _of_its_day(state: Indicators, event: IndicatorEvent) -> Indicators:
    """Return the indicators by the form of the day, else by the last one."""
    name = getattr(event, "indicator", None)
    own = on_day(state, event.on)
    if name is None or own.label(name) is not None:
        return own
    return on_day(state, date.max)


def _check_later_measures(state: Indicators, event: ResultReported) -> None:
    """Refuse a number that a measure of the form from a later day on cannot take."""
    for step in state.steps:
        since = step.since
        if since <= event.on or step.measured(state.labels) is None:
            continue
        later = on_day(state, since)
        label = later.label(event.indicator)
        if label is None:
            continue
        standard = later.tracked[label].standard(since)
        if standard.measure.row.takes_only is not None:
            check_numbers(label, later.tracked[label], standard, event)


def _decide_objectives(
    state: Indicators, event: ObjectivesSet, settings: Settings
) -> ObjectivesSet:
    if state.since is not None:
        raise AlreadyApproved(message("error.already_approved.unit", unit=event.unit))
    year = settings.year(event.fiscal_year)  # Refuses what is no year.
    check_indicators(all_of(event), year)
    check_execution_weight(event.execution_weight)
    return event


def decide_result(state: Indicators, event: ResultReported) -> ResultReported:
    """
    Return the fact that a result becomes by a form that was approved, never revised.

    Raises:
        Refused, InvalidInput: As :func:`decide`.
    """
    label, one = event.indicator, state.tracked.get(event.indicator)
    if one is None:
        label, one = _known(state, label)
    if one.computed_from:
        raise WrongResult(
            message(
                "error.wrong_result.computed",
                subject=state.subject,
                label=label,
            )
        )
    standard, respelled = one.standard(event.on), {}
    if standard.kind not in QUANTITIES or not is_plain_count(event):
        check_kind(label, standard, event)
        respelled = plain_numbers(label, standard.measure, event)
    if (
        one.results.mixed
        or standard.measure.row.takes_only is not None
        or event.denominator is not None
    ):
        check_numbers(label, one, standard, event)
    if event.parts:
        respelled["parts"] = checked_parts(
            event.parts,
            of_number=event.value is not None or event.numerator is not None,
            adds_up=standard.measure.row.adds_up,
        )
    if event.to_date:
        check_to_date(label, standard, event)
    if one.remarks is not None and one.remarks.revisions:
        _check_later(label, one.remarks.revisions, standard, event)
    if label != event.indicator:
        respelled["indicator"] = label
    return replace(event, **respelled) if respelled else event


def _check_later(
    label: str,
    revisions: Sequence[Standard],
    standard: Standard,
    event: ResultReported,
) -> None:
    """Refuse a number of a day whose target was revised to another unit since."""
    if event.value is None and event.numerator is None:
        return
    for later in revisions:
        from_ = later.holds_from
        if from_ is not None and from_ > event.on and _unlike(standard, later):
            raise WrongResult(
                message(
                    "error.wrong_result.unit_revised",
                    label=label,
                    unit=standard.unit or message("found.no_unit"),
                    on=event.on,
                    since=from_,
                    target=later.text,
                )
            )


def _decide_retraction(state: Indicators, event: ResultRetracted) -> ResultRetracted:
    label, one = _known(state, event.indicator)
    if not event.reason.strip():
        raise InvalidInput(
            "reason", event.reason, message("expected.reason_of_retraction")
        )
    if event.version not in one.results.versions:
        raise UnknownResult(
            event.of, within=message("place.within", outer=state.subject, inner=label)
        )
    return replace(event, indicator=label)


def _decide_target(state: Indicators, event: TargetRevised) -> TargetRevised:
    label, one = _known(state, event.indicator)
    target = event.target
    indicator = revised(
        one, target, label, course_given(event.milestones, event.between)
    )
    if not target.text.strip():
        raise InvalidInput("target", target.text, message("expected.target"))
    counted = _counted(one, PlainStandard.of(target, indicator), event.on)
    if counted:
        unit = counted[0].unit or message("found.no_unit")
        raise InvalidInput(
            "target",
            target.text,
            message(
                "expected.target_in_unit",
                unit=unit,
                counted=len(counted),
                label=label,
            ),
        )
    check_way(indicator)
    _check_new_milestones(one, event)
    return replace(event, indicator=label)


def _check_new_milestones(one: Tracked, event: TargetRevised) -> None:
    """Refuse milestones of what is no number, and a number without in their place."""
    if not is_reached(event.target) and (event.milestones or event.between):
        found = spelled(event.milestones)
        raise InvalidInput("milestones", found, message("expected.target_to_reach"))
    held = one.standard(event.on).course
    if held is None or not held.milestones or event.milestones:
        return
    if is_reached(event.target):
        expected = message(
            "expected.new_milestones", held=spelled(held.milestones), on=event.on
        )
        raise InvalidInput("milestones", message("found.nothing"), expected)


def _counted(one: Tracked, revised: Standard, on: date) -> list[Standard]:
    """Return the standards whose numbers would be judged by the new one."""
    later = [] if one.remarks is None else one.remarks.revisions
    ends = [each.holds_from for each in later if each.holds_from is not None]
    end = min((day for day in ends if day > on), default=date.max)
    held = [
        _quantity(one, later, result.on)
        for result in one.results
        if result.value is not None and result.rating is None and result.on < end
    ]
    return [standard for standard in held if _unlike(standard, revised)]


def _quantity(one: Tracked, later: Sequence[Standard], on: date) -> Standard:
    """Return the last quantity by a day: numbers are reported against no quality."""
    quantities = [standard for standard in later if standard.kind in QUANTITIES]
    last = latest(quantities, on, holds_from)
    if last is not None:
        return last
    return one.original if one.original.kind in QUANTITIES else one.standard(on)


def _unlike(held: Standard, other: Standard) -> bool:
    """Return whether both are quantities, in units that do not add up."""
    return {held.kind, other.kind} <= QUANTITIES and not (
        held.unit == other.unit or _alike(held.unit, other.unit)
    )


def _alike(held: str | None, other: str | None) -> bool:
    return held is not None and other is not None and add_up([held, other])


def _decide_explanation(
    state: Indicators, event: VarianceExplained
) -> VarianceExplained:
    if not event.text.strip():
        raise InvalidInput("text", event.text, message("expected.explanation"))
    if event.indicator is None:
        return event
    return replace(event, indicator=_known(state, event.indicator)[0])


def _decide_conclusion(_: Indicators, event: ConclusionStated) -> ConclusionStated:
    check_filled("conclusion", event.conclusion, LONGEST_TEXT)
    for name, text in (("problems", event.problems), ("measures", event.measures)):
        if text is not None:
            check_filled(name, text, LONGEST_TEXT)
    return event


def _decide_goal(state: Indicators, event: GoalAssessed) -> GoalAssessed:
    check_filled("goal", event.goal, LONGEST_TEXT)
    check_filled("text", event.text, LONGEST_TEXT)
    check_goal(state.goals, event.goal, event.on)
    return event


def _decide_score(
    state: Indicators,
    event: ScoreReported,
    scoring: ScoringRule | None,
    *,
    executed: bool,
) -> ScoreReported:
    score = _canonical(event.score) if _is_number(event.score) else None
    label = None if event.indicator is None else _known(state, event.indicator)[0]
    most = points_in_force(state, label, event.on, scoring, executed=executed)
    if score is None or score < 0 or (most is not None and score > most):
        raise InvalidInput(
            "score", event.score, message("expected.points_of_weight", most=most)
        )
    return replace(event, score=score, indicator=label)


def _known(state: Indicators, name: IndicatorLabel) -> tuple[IndicatorLabel, Tracked]:
    one = state.tracked.get(name)
    if one is not None:  # Most are named by their labels.
        return name, one
    label = state.label(name)
    if label is None:
        raise UnknownIndicator(name, within=state.subject, known=list(state.tracked))
    return label, state.tracked[label]


def _is_number(number: Decimal) -> bool:
    return number.is_finite() and is_short(number)


def _canonical(number: Decimal | None) -> Decimal | None:
    return None if number is None else canonical(number)


_DECIDED_BY: Final[dict[type, Callable[..., IndicatorEvent]]] = {
    ResultReported: decide_result,
    ResultRetracted: _decide_retraction,
    TargetRevised: _decide_target,
    VarianceExplained: _decide_explanation,
    RectificationOrdered: decide_rectification,
    RectificationReported: decide_rectification,
    RectificationClosed: decide_rectification,
    GoalAssessed: _decide_goal,
    ConclusionStated: _decide_conclusion,
}
