"""Indicators against their targets: the *attainment* projection."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, repeat
from sys import intern
from typing import Any, Final

import msgspec

from ledger.domain import plain_results
from ledger.domain.catalogue import followed
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Fold
from ledger.domain.exact_numbers import (
    PLACES,
    Exact,
    Share,
    compared,
    decimal_of,
    divided,
    exactly,
    is_exact,
    ratio,
    rounded,
)
from ledger.domain.finding import Finding, finding
from ledger.domain.in_force import day_of, latest
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.measure import REPORTED, Measure
from ledger.domain.plain_results import PlainIndicators
from ledger.domain.result_series import Series
from ledger.domain.results import (
    Indicators,
    ReportedScore,
    Standard,
    Tracked,
    VarianceExplanation,
    result_finding,
)
from ledger.domain.status import Status
from ledger.domain.subject import Stream, code_of, year_of
from ledger.domain.target_kind import TargetKind
from ledger.domain.weights import ScoringRule, weights
from ledger.messages import Message, message
from ledger.projections.assessment import Moment, judge
from ledger.projections.projection import Projection
from ledger.projections.result_figure import (
    Resolve,
    ResultFigure,
    ResultValue,
    bounds,
    computed_figure,
    figure,
    shown,
)
from ledger.projections.scoring import capped, indicator_score

_WHOLE: Final = (1,)
_FEWEST_TO_DATE: Final = 3
"""So many results that never fall look like figures to date."""


def _initial(stream: Stream) -> Indicators:
    return PlainIndicators(subject=code_of(stream), fiscal_year=year_of(stream) or 0)


def _evolve(state: Indicators, recorded: RecordedEvent) -> Indicators:
    assert isinstance(state, PlainIndicators)  # Made by the above.
    return plain_results.evolve(state, recorded)


ATTAINMENT: Final[Projection[Indicators]] = Projection(
    name="attainment",
    version=5,
    state=PlainIndicators,
    initial=_initial,
    evolve=_evolve,
    envelope=False,
    follows=followed(Fold.ATTAINMENT),
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

        figure: What the results to date come to, exact: a number, a date, a rating or
            a text; ``None`` where there is none, and then *reason* says why.

        results: How many results it is made of.

        due: Whether a result is due; one due and missing shows as ``no result``.

        weight: Points it can earn.

        reported_score: A person's score; the computed one is kept too.

        explanation: The latest one of why it deviates.

        findings: What looked wrong in the results that count.
    """

    project: str
    indicator: IndicatorLabel
    level1: str
    level2: str
    name: str
    target: str
    unit: str | None
    measure: Measure
    figure: ResultValue
    _standard: Standard
    results: int
    _expected: Share | None
    _attainment: Share | None
    status: Status
    due: bool
    reason: Message | None
    weight: Decimal | None
    reported_score: Decimal | None = None
    explanation: VarianceExplanation | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def bounds(self) -> tuple[Exact, ...]:
        """The numbers of the target, which no figure is shown across."""
        return bounds(self._standard)

    @property
    def target_kind(self) -> TargetKind:
        """What the target in force asks."""
        return self._standard.kind

    @property
    def result(self) -> Decimal | date | Rating | str | None:
        """The figure as it is shown: a quotient to six decimals, the rest as it is."""
        return shown(self.figure, self.measure, self.bounds)

    @property
    def exact_expected(self) -> Exact | None:
        """What a number should have reached by the date."""
        return None if self._expected is None else divided(self._expected)

    @property
    def exact_attainment(self) -> Exact | None:
        """Result to date against target, a share that is not capped."""
        return None if self._attainment is None else divided(self._attainment)

    @property
    def exact_capped(self) -> Exact | None:
        """The attainment before it is rounded, from 0 to 1."""
        exact = self.exact_attainment
        return None if exact is None else capped(exact)

    @property
    def expected(self) -> Decimal | None:
        """What a number should have reached by the date, to six decimals."""
        return None if self._expected is None else rounded(self._expected, PLACES)

    @property
    def attainment(self) -> Decimal | None:
        """The attainment to six decimals, never across 1."""
        share = self._attainment
        return None if share is None else _shown_share(share)

    @property
    def capped_attainment(self) -> Decimal | None:
        """Attainment, from 0 to 1: what points are computed from."""
        share = self._attainment
        if share is None:
            return None
        part, whole = ratio(share)
        if 0 <= part <= whole:
            return _shown_share(share)
        return rounded(capped(divided(share)), PLACES, _WHOLE)

    @property
    def score(self) -> Decimal | None:
        """Points computed from the exact attainment."""
        return indicator_score(self.weight, self._attainment)


@lru_cache(maxsize=64)
def _shown_share(share: Share) -> Decimal:
    """Return an attainment to six decimals; a report asks twice, capped and not."""
    return rounded(share, PLACES, _WHOLE)


def attainment_lines(
    state: Indicators, moment: Moment, rule: ScoringRule, resolve: Resolve
) -> list[AttainmentLine]:
    """Return each indicator of a project or unit at *moment*, in the form's order."""
    subject, lines = state.subject, []
    through, day, due = moment.through, moment.day, moment.due
    points = weights(list(state.tracked.values()), rule, state.execution_weight)
    for (label, one), weight in zip(state.tracked.items(), points, strict=True):
        remarks, results = one.remarks, one.results
        standard = one.original if remarks is None else one.standard(through)
        count = results.count_by(day)
        if one.computed_from:
            found, count = computed_figure(one, standard, through, resolve)
        else:
            found = figure(standard, results, count)
        judged = judge(one, standard, found, moment)
        status, last = judged.status, standard.date
        # By place: nineteen names would cost as much as all the arithmetic.
        line = AttainmentLine(
            subject,
            label,
            intern(one.level1),  # A report of a province holds few words many times.
            intern(one.level2),
            one.name or label,
            standard.text,
            standard.unit,
            found.measure or REPORTED[standard.measure],
            found.value,
            standard,
            count,
            judged.due,
            judged.share,
            status,
            due if last is None else through >= last,
            found.reason or judged.reason,
            weight,
        )
        if count > 1 and _is_doubtful(results, standard, status):
            doubts = _entered(results, standard, found, line.bounds, count)
            line = _with(line, doubts, moment)
        if remarks is not None:
            line = msgspec.structs.replace(line, **_remarked(line, one, moment))
        lines.append(line)
    return lines


def _with(
    line: AttainmentLine, doubts: Sequence[Finding], moment: Moment
) -> AttainmentLine:
    """Return a line with what looks wrong in how its numbers were entered."""
    if not doubts:
        return line
    place = line.project, line.indicator
    placed = tuple(doubt.at(*place, language=moment.language) for doubt in doubts)
    return msgspec.structs.replace(line, findings=placed)


def _is_doubtful(series: Series, standard: Standard, status: Status) -> bool:
    """
    Return whether it is worth asking what looks wrong in how numbers were entered.

    Most are neither entered twice a day, nor of two kinds, nor past their target.
    """
    if series.denominators:
        return series.shares_days or None in series.denominators
    if not standard.measure.row.adds_up:
        return False
    above = standard.ceiling or standard.upper is not None
    if status.row.is_met is not above:  # Only then can more than the target be there.
        return True
    return series.shares_days


def _entered(
    series: Series,
    standard: Standard,
    found: ResultFigure,
    wanted: Sequence[Exact],
    count: int,
) -> tuple[Finding, ...]:
    """Say what looks wrong in how numbers were entered: of two kinds, or twice."""
    doubts = list(_of_other_kind(series, count)) if series.denominators else []
    if len(set(series.days[:count])) < count:
        doubts += _twice(series, standard, count)
    total_ = found.value
    if is_exact(total_) and wanted and compared(total_, wanted[-1]) > 0:
        doubts += _to_date(series, standard, total_, wanted[-1], count)
    return tuple(doubts)


def _to_date(
    series: Series, standard: Standard, total_: Exact, most: Exact, count: int
) -> Iterator[Finding]:
    """Yield a finding where what is added up, above *most*, looks like sums to date."""
    if not standard.measure.row.adds_up or series.pairs(count):
        return
    numbers = series.numbers(count)
    if (
        len(numbers) >= _FEWEST_TO_DATE
        and exactly(numbers[-1]) <= most
        and all(exactly(a) <= exactly(b) for a, b in pairwise(numbers))
    ):
        yield finding(
            "result.looks_cumulative",
            found=", ".join(map(str, numbers)),
            understood=message("understood.all", total=decimal_of(total_)),
            expected=message("expected.increment"),
            numbers=len(numbers),
            last=numbers[-1],
            target=standard.text,
            total=decimal_of(total_),
        )


def _of_other_kind(series: Series, count: int) -> Iterator[Finding]:
    """Yield a finding where numbers are left out for being of another kind."""
    plain = series.numbers(count)
    pairs = series.pairs(count) if plain else []
    if pairs:
        kinds = [f"{a}/{b}" for a, b in pairs], list(map(str, plain))
        kept, left = kinds if series.pooled(count) else reversed(kinds)
        yield finding(
            "result.other_kind",
            found=", ".join(left),
            understood=", ".join(kept),
            expected=message("expected.one_kind_of_rate"),
            kept=kept[0],
        )


def _twice(series: Series, standard: Standard, count: int) -> Iterator[Finding]:
    """Yield one finding for each number that a day has more than once."""
    first, pairs = series.start, series.pooled(count)
    if not pairs and not standard.measure.row.adds_up:
        return
    rows = [
        (day, value, whole)
        for day, value, whole, rated in zip(
            series.days[:count],
            series.values or [],
            series.denominators or repeat(None),
            series.ratings or repeat(None),
            strict=False,
        )
        if value and not rated and (whole is not None) == pairs
    ]
    how = message("found.among_pairs" if pairs else "found.under_a_sum")
    for (day, value, whole), times in Counter(rows).items():
        if times > 1:
            said = f"{value}" if whole is None else f"{value}/{whole}"
            yield finding(
                "result.likely_twice",
                found=f"{times} × {said}",
                understood=message("understood.results_add_up"),
                expected=message("expected.result_once"),
                said=said,
                on=date.fromordinal(first + day),
                times=times,
                how=how,
            )


def _remarked(line: AttainmentLine, one: Tracked, moment: Moment) -> dict[str, Any]:
    """Return what was recorded of an indicator other than results."""
    remarks = one.remarks
    assert remarks is not None
    through = moment.through
    score, explanation = said_of(one, through)
    suspect = (
        result_finding(one.standard(result.on), result)
        for result in one.results
        if result.version in remarks.suspect and result.on <= through
    )
    place, spoken = (line.project, line.indicator), moment.language
    findings = [one.at(*place, language=spoken) for one in suspect if one is not None]
    return {
        "reported_score": None if score is None else score.score,
        "explanation": explanation,
        "findings": (*line.findings, *findings),
    }


def said_of(
    one: Indicators | Tracked, through: date
) -> tuple[ReportedScore | None, VarianceExplanation | None]:
    """Return the score and the explanation last given of an indicator, or of money."""
    remarks = one.remarks
    if remarks is None:
        return None, None
    return (
        latest(remarks.scores, through, day_of),
        latest(remarks.explanations, through, day_of),
    )
