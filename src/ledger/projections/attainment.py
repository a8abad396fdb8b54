"""Indicators against their targets: the *attainment* projection."""

from datetime import date
from decimal import Decimal
from operator import attrgetter
from sys import intern
from typing import Any, TypeVar, get_args

import msgspec

from ledger.domain import results
from ledger.domain.events import BudgetApproved, IndicatorEvent
from ledger.domain.finding import Finding
from ledger.domain.indicator import (
    Measure,
    Rating,
)
from ledger.domain.results import (
    Explanation,
    Indicators,
    ReportedScore,
    Tracked,
    result_finding,
)
from ledger.projections.judging import Moment, Resolve, computed_figure, figure, judge
from ledger.projections.policy import Status
from ledger.projections.projection import Projection
from ledger.projections.scoring import ScoringRule, indicator_score, weights

Said = TypeVar("Said", ReportedScore, Explanation)


def _initial(stream: str) -> Indicators:
    return Indicators(subject=stream.partition(":")[2])


ATTAINMENT = Projection(
    name="attainment",
    version=2,
    state=Indicators,
    initial=_initial,
    evolve=results.evolve,
    envelope=False,
    follows=frozenset({BudgetApproved, *get_args(IndicatorEvent)}),
)
"""The indicators of each project and unit. Its state answers for every date."""


class AttainmentLine(msgspec.Struct, frozen=True, gc=False):
    """
    One indicator at a date.

    Attributes:
        project: The project's code, or the unit's for a unit's own indicator.

        indicator: Its label: the level-3 name, or ``level 2/name`` where it is not
            unique.

        target: In force at the date, as printed.

        unit: The unit of the target.

        result: The figure to date: a number, a date, a rating or a text; ``None``
            where there is none, and then *reason* says why.

        results: How many results it is made of.

        expected: What a number should have reached by the date.

        attainment: Result to date against target, a share that is not capped.

        due: Whether a result is due; one due and missing shows as ``no result``.

        weight: Points it can earn.

        reported_score: A person's score, beside the computed one.

        explanation: The latest one of why it deviates.

        findings: What looked wrong in the results that count.
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
    reported_score: Decimal | None = None
    explanation: Explanation | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def capped_attainment(self) -> Decimal | None:
        """Attainment, at most 1."""
        return None if self.attainment is None else min(self.attainment, Decimal(1))

    @property
    def score(self) -> Decimal | None:
        """Points computed from the attainment."""
        return indicator_score(self.weight, self.attainment)


def attainment_lines(
    state: Indicators, moment: Moment, rule: ScoringRule, resolve: Resolve
) -> list[AttainmentLine]:
    """Return each indicator of a project or unit at *moment*, in the form's order."""
    points = weights(list(state.tracked.values()), rule)
    return [
        _line(state.subject, label, one, weight, moment, resolve)
        for (label, one), weight in zip(state.tracked.items(), points, strict=True)
    ]


def _line(
    subject: str,
    label: str,
    one: Tracked,
    weight: Decimal | None,
    moment: Moment,
    resolve: Resolve,
) -> AttainmentLine:
    through = moment.through
    standard = one.original if one.remarks is None else one.standard(through)
    count = one.results.count_by(moment.day)
    if one.computed_from:
        found, count = computed_figure(one, standard, through, resolve)
    else:
        found = figure(one.measure, standard, one.results, count)
    judged = judge(one, standard, found, moment)
    last, remarks = standard.date, one.remarks
    # By place: nineteen names would cost as much as all the arithmetic.
    line = AttainmentLine(
        subject,
        label,
        intern(one.level1),  # A report of a province holds few words many times.
        intern(one.level2),
        one.name or label,
        standard.text,
        standard.unit and intern(standard.unit),
        found.measure or one.measure,
        found.value,
        count,
        judged.expected,
        judged.attainment,
        judged.status,
        moment.due if last is None else through >= last,
        found.reason or judged.reason,
        weight,
    )
    if remarks is None:
        return line
    return msgspec.structs.replace(line, **_remarked(subject, label, one, through))


def _remarked(subject: str, label: str, one: Tracked, through: date) -> dict[str, Any]:
    """Return what was said of an indicator beside its results."""
    remarks = one.remarks
    assert remarks is not None
    score, explanation = said_of(one, through)
    suspect = (
        result_finding(one.standard(result.on), result)
        for result in one.results
        if result.version in remarks.suspect and result.on <= through
    )
    findings = [found.at(subject, label) for found in suspect if found is not None]
    return {
        "reported_score": None if score is None else score.score,
        "explanation": explanation,
        "findings": tuple(findings),
    }


def said_of(
    one: Indicators | Tracked, through: date
) -> tuple[ReportedScore | None, Explanation | None]:
    """Return the score and the explanation last given of an indicator, or of money."""
    remarks = one.remarks
    if remarks is None:
        return None, None
    scores = [score for score in remarks.scores if score.on <= through]
    explanations = [each for each in remarks.explanations if each.on <= through]
    return (
        _latest(scores) if scores else None,
        _latest(explanations) if explanations else None,
    )


def _latest(said: list[Said]) -> Said:
    """Return what was said last: of the last day, what was recorded last."""
    return max(reversed(said), key=attrgetter("on"))
