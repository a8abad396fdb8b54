"""Indicators against their targets: the *attainment* projection."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from attrs import frozen

from ledger.domain import results
from ledger.domain.finding import Finding
from ledger.domain.indicator import (
    RATING_BANDS,
    Indicator,
    IndicatorReference,
    Measure,
    Rating,
    is_ceiling,
    is_cost,
)
from ledger.domain.recorded import RecordedEvent
from ledger.domain.results import (
    DATES,
    QUANTITIES,
    Explanation,
    Indicators,
    Measurement,
    ReportedScore,
    Tracked,
    result_findings,
    unpack,
)
from ledger.domain.target import Target, TargetKind
from ledger.domain.units import canonical
from ledger.projections.policy import CeilingFormula, Policy, Status
from ledger.projections.projection import Projection
from ledger.projections.scoring import ScoringRule, indicator_score, weights

_SIX_PLACES = Decimal("0.000001")
_ONE = Decimal(1)
_ZERO = Decimal(0)

Resolve = Callable[[IndicatorReference], Tracked | None]
"""Finds a project indicator that a unit's indicator is computed from."""


def _initial(stream: str) -> Indicators:
    return Indicators(subject=stream.partition(":")[2])


def _evolve(state: Indicators, recorded: RecordedEvent) -> Indicators:
    return results.evolve(state, recorded.event, recorded.version)


ATTAINMENT = Projection(
    name="attainment", version=1, state=Indicators, initial=_initial, evolve=_evolve
)
"""The indicators of each project and unit. Its state answers for every date."""


@frozen(kw_only=True)
class AttainmentLine:
    """
    One indicator at a date.

    Attributes:
        project: The project's code, or the unit's for a unit's own indicator.

        indicator: Its label: the level-3 name, or ``level 2/name`` where it is not
            unique.

        target: As printed, in force at the date.

        result: The figure to date: a number, a date, a rating or a text; ``None``
            where there is none, and then *reason* says why.

        expected: What a number should have reached by the date.

        attainment: Result to date against target, a share that is not capped.

        due: Whether a result is due; one that is due and missing shows as
            ``no result``.

        weight: Points it can earn.

        score: Points computed from *attainment*.

        reported_score: A person's score, beside the computed one.
    """

    project: str
    indicator: str
    level1: str
    level2: str
    name: str
    target: str
    unit: str | None
    measure: Measure
    result: Decimal | date | Rating | str | None
    results: int
    expected: Decimal | None
    attainment: Decimal | None
    status: Status
    due: bool
    reason: str | None
    weight: Decimal | None
    score: Decimal | None
    reported_score: Decimal | None
    explanation: Explanation | None
    findings: tuple[Finding, ...] = ()

    @property
    def capped_attainment(self) -> Decimal | None:
        """Attainment, at most 1."""
        return None if self.attainment is None else min(self.attainment, _ONE)


class Figure(NamedTuple):
    """What results come to: a number, a date, a rating or a text, or why nothing."""

    value: Decimal | date | Rating | str | None = None
    share: Decimal | None = None
    reason: str | None = None
    measure: Measure | None = None


class Judged(NamedTuple):
    """A figure held against its target."""

    attainment: Decimal | None
    attained: bool
    reason: str | None = None


@frozen(kw_only=True)
class Moment:
    """
    The date that figures are judged at.

    Attributes:
        progress: Share of the fiscal year elapsed.

        eased: The share of a sum's target that is expected by now.

        over: Whether the fiscal year is over.
    """

    through: date
    progress: Decimal
    eased: Decimal

    @property
    def over(self) -> bool:
        """Whether the fiscal year is over."""
        return self.progress == 1


def attainment_lines(
    state: Indicators,
    moment: Moment,
    policy: Policy,
    rule: ScoringRule,
    resolve: Resolve,
) -> list[AttainmentLine]:
    """Return each indicator of a project or unit at *moment*, in the form's order."""
    tracked = state.tracked.values()
    points = weights([one.indicator for one in tracked], rule)
    return [
        _line(state.subject, label, one, weight, moment, policy, resolve)
        for (label, one), weight in zip(state.tracked.items(), points, strict=True)
    ]


def _line(
    subject: str,
    label: str,
    one: Tracked,
    weight: Decimal | None,
    moment: Moment,
    policy: Policy,
    resolve: Resolve,
) -> AttainmentLine:
    indicator, through = one.indicator, moment.through
    target = one.target(through)
    counted = results_by(one, through)
    if indicator.computed_from:
        found = computed_figure(indicator, target, through, resolve)
    else:
        found = figure(indicator.measure, target, counted)
    judged = judge(indicator, target, found, policy)
    expected = expected_by(indicator, target, found, moment)
    return AttainmentLine(
        project=subject,
        indicator=label,
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name,
        target=target.text,
        unit=target.unit,
        measure=found.measure or indicator.measure,
        result=found.value,
        results=len(counted),
        expected=expected,
        attainment=judged.attainment,
        status=status_of(indicator, target, found, judged, expected, moment, policy),
        due=_due(target, moment, policy),
        reason=found.reason or judged.reason,
        weight=weight,
        score=indicator_score(weight, judged.attainment),
        reported_score=_latest_score(one.scores, through),
        explanation=_latest_explanation(one.explanations, through),
        findings=tuple(
            finding.at(subject, label)
            for result in counted
            for finding in result_findings(target, result)
        ),
    )


def results_by(one: Tracked, through: date) -> list[Measurement]:
    """Return the results effective by *through*, by date, then as recorded."""
    return sorted(result for result in one.results if result.on <= through)


def figure(measure: Measure, target: Target, counted: Sequence[Measurement]) -> Figure:
    """
    Make one figure of *counted* results, which are in order of date.

    Numerators and denominators are pooled, Σ ÷ Σ, whatever the measure: 90/100 and
    10/1000 make 9.09 %, never the mean of rates.
    """
    if not counted:
        return Figure(reason="no result")
    last = counted[-1]
    if last.rating is not None:
        return _rated(last)
    if last.reached_on is not None:
        return _reached(target, counted)
    if last.value is None:
        return Figure(last.text, reason="a text has no attainment")
    if last.denominator is not None:
        return _pooled(target, counted)
    values = [Decimal(r.value) for r in counted if r.value is not None]
    match measure:
        case Measure.SUM:
            number = sum(values, _ZERO)
        case Measure.MEAN:
            number = sum(values, _ZERO) / len(values)
        case Measure.MAX:
            number = max(values)
        case Measure.MIN:
            number = min(values)
        case Measure.LATEST | Measure.RATIO:
            number = values[-1]
    return Figure(_rounded(number))


def computed_figure(
    indicator: Indicator, target: Target, through: date, resolve: Resolve
) -> Figure:
    """Make the figure of a unit's indicator from the project indicators it names."""
    parts = []
    for reference in indicator.computed_from:
        one = resolve(reference)
        if one is None:
            missing = f"{reference.project} has no {reference.indicator!r}"
            return Figure(reason=f"cannot be computed: {missing}")
        parts.append((one, results_by(one, through)))
    if indicator.measure is Measure.RATIO:
        pooled = sorted((r for _, counted in parts for r in counted), key=_order)
        return figure(Measure.RATIO, target, pooled)
    figures = [
        figure(one.indicator.measure, one.target(through), counted)
        for one, counted in parts
    ]
    numbers = [f.value for f in figures if isinstance(f.value, Decimal)]
    if not numbers:
        return Figure(reason="no result of the indicators it is computed from")
    return Figure(_rounded(sum(numbers, _ZERO)))


def judge(
    indicator: Indicator, target: Target, found: Figure, policy: Policy
) -> Judged:
    """Hold *found* against *target* (design 3.6)."""
    if found.value is None:
        return Judged(None, attained=False)
    if target.kind in DATES:
        return _judge_date(target, found)
    if isinstance(found.value, Rating):
        if found.share is None:
            return Judged(None, attained=False, reason="no share claimed")
        return Judged(found.share, found.share >= RATING_BANDS[Rating.ATTAINED][0])
    if target.kind not in QUANTITIES or not isinstance(found.value, Decimal):
        return Judged(None, attained=False, reason="no figure to compare with")
    assert target.value is not None
    actual, wanted = found.value, target.value
    attained = _attained(indicator, target, actual)
    if indicator.baseline is not None:
        promised = wanted - indicator.baseline
        if promised == 0:
            return Judged(None, attained, "the target equals the baseline")
        return Judged(_rounded((actual - indicator.baseline) / promised), attained)
    if target.kind is TargetKind.BETWEEN:
        assert target.upper is not None
        if actual > target.upper:
            return Judged(_ceiling(actual, target.upper, policy), attained)
        return Judged(_ONE if attained else _floor(actual, wanted), attained)
    if _is_ceiling(indicator, target):
        return Judged(_ceiling(actual, wanted, policy), attained)
    return Judged(_floor(actual, wanted), attained)


def expected_by(
    indicator: Indicator, target: Target, found: Figure, moment: Moment
) -> Decimal | None:
    """
    Return what a number should have reached by now.

    Only a sum against a floor is eased by the share of the year; a rate, a ceiling or
    a level is judged as it stands: a 100 % pass rate is not 58 % in July.
    """
    if target.kind not in QUANTITIES or target.value is None:
        return None
    if _is_eased(indicator, target) and found.measure is not Measure.RATIO:
        return _rounded(target.value * moment.eased)
    return target.value


def status_of(
    indicator: Indicator,
    target: Target,
    found: Figure,
    judged: Judged,
    expected: Decimal | None,
    moment: Moment,
    policy: Policy,
) -> Status:
    """Conclude from the figures where an indicator stands."""
    attainment = judged.attainment
    if attainment is None:
        return Status.ATTAINED if judged.attained else Status.NO_RESULT
    floor = target.kind in QUANTITIES and not _is_ceiling(indicator, target)
    between = target.kind is TargetKind.BETWEEN
    if judged.attained:
        beyond = floor and not between and attainment >= policy.exceeded_from
        return Status.EXCEEDED if beyond else Status.ATTAINED
    if moment.over or target.kind in DATES:
        return Status.MISSED
    pace = attainment
    if _is_eased(indicator, target) and isinstance(found.value, Decimal):
        pace = found.value / expected if expected else _ONE
    if pace < policy.behind_below:
        return Status.BEHIND
    if pace < policy.at_risk_below or not (floor or between):
        return Status.AT_RISK
    return Status.ON_TRACK


def _is_eased(indicator: Indicator, target: Target) -> bool:
    return (
        indicator.measure is Measure.SUM
        and indicator.baseline is None
        and target.kind
        in {TargetKind.AT_LEAST, TargetKind.MORE_THAN, TargetKind.EXACTLY}
        and not _is_ceiling(indicator, target)
    )


def _is_ceiling(indicator: Indicator, target: Target) -> bool:
    cost = is_cost(indicator.level1, indicator.level2)
    return is_ceiling(target, cost=cost, direction=indicator.direction)


def _attained(indicator: Indicator, target: Target, actual: Decimal) -> bool:
    wanted = target.value
    assert wanted is not None
    match target.kind:
        case TargetKind.MORE_THAN:
            return actual > wanted
        case TargetKind.LESS_THAN:
            return actual < wanted
        case TargetKind.BETWEEN:
            assert target.upper is not None
            return wanted <= actual <= target.upper
        case _ if _is_ceiling(indicator, target):
            return actual <= wanted
        case _:
            return actual >= wanted


def _floor(actual: Decimal, wanted: Decimal) -> Decimal:
    if wanted == 0:
        return _ONE if actual >= 0 else _ZERO
    return _rounded(actual / wanted)


def _ceiling(actual: Decimal, wanted: Decimal, policy: Policy) -> Decimal:
    if actual <= wanted:
        return _ONE
    if wanted <= 0:
        return _ZERO
    if policy.ceiling is CeilingFormula.RATIO:
        return _rounded(wanted / actual)
    return _rounded(max(_ZERO, 1 - (actual - wanted) / wanted))


def _judge_date(target: Target, found: Figure) -> Judged:
    reached = found.value
    if not isinstance(reached, date):
        return Judged(None, attained=False, reason="no date to compare with")
    if target.kind is TargetKind.DAY_OF_MONTH:
        assert target.value is not None
        attained = reached.day <= target.value
    elif target.date is None:
        return Judged(None, attained=False, reason="the target's year is unknown")
    else:
        attained = (target.since or date.min) <= reached <= target.date
    return Judged(_ONE if attained else _ZERO, attained)


def _rated(last: Measurement) -> Figure:
    claimed = unpack(last.value)
    plain = {Rating.ATTAINED: _ONE, Rating.NOT_ATTAINED: _ZERO}
    assert last.rating is not None
    return Figure(last.rating, plain.get(last.rating) if claimed is None else claimed)


def _reached(target: Target, counted: Iterable[Measurement]) -> Figure:
    days = [r.reached_on for r in counted if r.reached_on is not None]
    if target.kind is TargetKind.DAY_OF_MONTH:  # A monthly duty: the worst month.
        return Figure(max(days, key=lambda day: day.day))
    return Figure(days[-1])


def _pooled(target: Target, counted: Iterable[Measurement]) -> Figure:
    pairs = [
        (Decimal(r.value), Decimal(r.denominator))
        for r in counted
        if r.value is not None and r.denominator is not None
    ]
    part = sum((numerator for numerator, _ in pairs), _ZERO)
    whole = sum((denominator for _, denominator in pairs), _ZERO)
    scale = 100 if target.unit == "%" else 1
    return Figure(_rounded(part * scale / whole), measure=Measure.RATIO)


def _due(target: Target, moment: Moment, policy: Policy) -> bool:
    if target.date is not None:
        return moment.through >= target.date
    return moment.progress >= policy.due_from


def _order(result: Measurement) -> tuple[date, int]:
    return result.on, result.version


def _latest_score(scores: Iterable[ReportedScore], through: date) -> Decimal | None:
    known = [s for s in scores if s.on <= through]
    return max(known, key=lambda s: s.on).score if known else None


def _latest_explanation(
    explanations: Iterable[Explanation], through: date
) -> Explanation | None:
    known = [e for e in explanations if e.on <= through]
    return max(known, key=lambda e: e.on, default=None)


def _rounded(number: Decimal) -> Decimal:
    return canonical(number.quantize(_SIX_PLACES, rounding=ROUND_HALF_UP))
