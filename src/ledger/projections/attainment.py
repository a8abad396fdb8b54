"""Indicators against their targets: the *attainment* projection."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Final

import msgspec

from ledger.domain import plain_results
from ledger.domain.about import AskedPeriod, answering, is_about_year
from ledger.domain.catalogue import followed
from ledger.domain.due_days import (
    MONTHLY,
    OWN_DAY,
    DueDays,
    DuePassed,
)
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Fold
from ledger.domain.exact_numbers import (
    PLACES,
    Exact,
    Share,
    divided,
    ratio,
    rounded,
)
from ledger.domain.finding import Finding
from ledger.domain.in_force import day_of, latest
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.measure import REPORTED, Measure
from ledger.domain.plain_results import PlainIndicators
from ledger.domain.result_parts import ResultPart
from ledger.domain.results import (
    Indicators,
    ReportedScore,
    Standard,
    Tracked,
    VarianceExplanation,
)
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.status import Status
from ledger.domain.subject import Stream, code_of, year_of
from ledger.domain.target_kind import TargetKind
from ledger.domain.variance import Likelihood
from ledger.domain.weights import weights
from ledger.messages import Message
from ledger.projections.assessment import Moment, judge
from ledger.projections.doubts import doubts
from ledger.projections.due_results import (
    as_asked,
    has_pace,
    own_days,
)
from ledger.projections.monthly_duty import is_by_month, worst_month
from ledger.projections.part_figures import parts_to_date
from ledger.projections.projection import Projection
from ledger.projections.result_figure import (
    NOTHING_MEASURED,
    Resolve,
    ResultFigure,
    ResultValue,
    bounds,
    computed_figure,
    figure,
    shown,
)
from ledger.projections.scoring import capped, indicator_score
from ledger.projections.settled import settled

_NOT_DUE: Final = Status.NOT_DUE
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
    version=16,
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

        due: Whether a result is asked for by the date.

        weight: Points it can earn.

        reported_score: A person's score; the computed one is kept too.

        explanation: The latest one of why it deviates that is about the month.

        findings: What looked wrong in the results that count.

        parts: What of the figure falls to each value of a dimension.
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
    _due: DueDays
    _paced_on: int
    reason: Message | None
    weight: Decimal | None
    reported_score: Decimal | None = None
    explanation: VarianceExplanation | None = None
    findings: tuple[Finding, ...] = ()
    parts: tuple[ResultPart, ...] = ()

    def __repr__(self) -> str:
        about = f"{self.project} · {self.indicator} · {self.target}"
        return f"<{type(self).__name__} {about} · {self.result} · {self.status.value}>"

    @property
    def bounds(self) -> tuple[Exact, ...]:
        """The numbers of the target, which no figure is shown across."""
        return bounds(self._standard)

    @property
    def settled(self) -> Likelihood | None:
        """Whether the target is reached for good, or out of reach; else ``None``."""
        return settled(self._standard, self.figure, self.measure, self.status)

    @property
    def target_kind(self) -> TargetKind:
        """What the target in force asks."""
        return self._standard.kind

    @property
    def counted_by(self) -> Measure:
        """The measure that its results are taken by: a level too is called so."""
        return self._standard.measure

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
    def due_on(self) -> date | None:
        """The last due day that has passed by the date."""
        return self._due.on

    @property
    def due_after(self) -> date | None:
        """The due day before that: a result after it answers the last."""
        return self._due.after

    @property
    def expected_on(self) -> date | None:
        """The day by which a sum is paced: the later of due day and last result."""
        paced = has_pace(self._standard) and self._expected is not None
        return date.fromordinal(self._paced_on) if paced and self._paced_on else None

    @property
    def measured_nothing(self) -> bool:
        """Whether all that came, of all its parts if it has some, is 0 of 0."""
        return self.reason is not None and self.reason == NOTHING_MEASURED.reason

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
    state: Indicators,
    moment: Moment,
    rule: ScoringRule,
    resolve: Resolve,
    asked: DuePassed,
) -> list[AttainmentLine]:
    """
    Return each indicator of a project or unit at *moment*, in the form's order.

    Args:
        asked: The due days that have passed by then.
    """
    subject, lines, through, day = state.subject, [], moment.through, moment.day
    points = weights(list(state.tracked.values()), rule, state.execution_weight)
    for (label, one), weight in zip(state.tracked.items(), points, strict=True):
        remarks, results = one.remarks, one.results
        standard = one.original if remarks is None else one.standard(through)
        count = results.count_by(day)
        came = results.days[count - 1] + results.start if count else 0
        at = standard.due_at
        days = asked[at] if at != OWN_DAY else own_days(standard, state.since, moment)
        if one.computed_from:
            outcome, count = computed_figure(one, standard, through, resolve)
        else:
            outcome = figure(standard, results, count)
        paced_on, ended = max(days.last, came), moment.ended if days.last else None
        judged = judge(one, standard, outcome, ended or moment, paced_on)
        status, due = judged.status, days.last > 0
        if at == MONTHLY and is_by_month(one, standard):
            outcome, judged, due = worst_month(one, standard, state.since, moment)
            status = judged.status
        elif came <= days.before or not due or _is_open(status, outcome):
            status = as_asked(one, standard, outcome, judged, due=due)
        # By place: nineteen names would cost as much as all the arithmetic.
        line = AttainmentLine(
            subject,
            label,
            intern(one.level1),  # A report of a province holds few words many times.
            intern(one.level2),
            one.name or label,
            standard.text,
            standard.unit,
            outcome.measure or REPORTED[standard.measure],
            outcome.value,
            standard,
            count,
            judged.due,
            judged.share,
            status,
            due,
            days,
            paced_on,
            outcome.reason or judged.reason,
            weight,
        )
        told: tuple[Finding, ...] = ()
        if count > 1 or remarks is not None or standard.since is not None:
            told = doubts(one, standard, outcome, status, count)
        if told or remarks is not None:
            line = _remarked(line, one, standard, moment, told)
        lines.append(line)
    return lines


def _is_open(status: Status, outcome: ResultFigure) -> bool:
    """Return whether what came answers nothing: no figure that can be compared."""
    return status is _NOT_DUE and outcome is not NOTHING_MEASURED


def _remarked(
    line: AttainmentLine,
    one: Tracked,
    standard: Standard,
    moment: Moment,
    told: Iterable[Finding],
) -> AttainmentLine:
    """Add what was recorded of an indicator other than results, and is doubted."""
    score, explanation = said_of(one, moment.asked(), moment.through)
    place, spoken = (line.project, line.indicator), moment.language
    return msgspec.structs.replace(
        line,
        reported_score=None if score is None else score.score,
        explanation=explanation,
        findings=tuple(each.at(*place, language=spoken) for each in told),
        parts=parts_to_date(one, standard, line.results),
    )


def said_of(
    one: Indicators | Tracked, asked: Sequence[AskedPeriod], through: date
) -> tuple[ReportedScore | None, VarianceExplanation | None]:
    """
    Return the score and the explanation that answer for an indicator, or for money.

    Points are of a year: its form takes the last score of a month where none is of it.

    Args:
        asked: What is answered for, the first choice first.
    """
    remarks = one.remarks
    if remarks is None:
        return None, None
    score = answering(remarks.scores, asked, through)
    if score is None and asked and is_about_year(asked[0].name):
        last = latest(remarks.scores, through, day_of)
        score = None if last is None else (last, asked[0])
    why = answering(remarks.explanations, asked, through)
    return (
        None if score is None else score[0]._replace(about=score[1].name),
        None if why is None else why[0]._replace(about=why[1].name),
    )
