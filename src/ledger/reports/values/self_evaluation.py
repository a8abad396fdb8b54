"""The self-evaluation of a year (绩效自评) as values: points computed and reported."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.exact_numbers import EXACTLY, Exact, exactly, rounded, summed
from ledger.domain.finding import Finding, Severity, finding, spoken
from ledger.domain.results import ReportedScore, VarianceExplanation
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.settings import Settings
from ledger.domain.statement_events import ConclusionStated
from ledger.domain.status import Status
from ledger.domain.weights import (
    PointTotals,
    are_given,
    execution_points,
    points_that_apply,
)
from ledger.messages import Language, message
from ledger.projections.attainment import AttainmentLine, said_of
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.scoring import (
    capped,
    capped_total,
    grade,
    indicator_score,
)
from ledger.reports.values.conclusions import too_long
from ledger.reports.values.monthly import counted
from ledger.reports.values.official_form import (
    TOTAL,
    FormCase,
    FormSubject,
    GoalLine,
    MoneyRow,
    status_word,
    summed_rows,
    unanswered,
)
from ledger.reports.values.part import WHOLE, ReportPart
from ledger.reports.values.spread_points import spread

_CENTS: Final = 2


@frozen
class Points:
    """
    Points of one indicator or of execution: as computed, and as a person scored.

    Attributes:
        possible: What can be earned; ``None`` where it is not applicable.

        computed: By the rule; ``None`` where no figure is known.

        reported: A person's.

        reason: Why these differ, in that person's words.
    """

    possible: Decimal | None
    computed: Decimal | None
    reported: Decimal | None = None
    reason: str | None = None

    @property
    def score(self) -> Decimal | None:
        """What the form shows: the person's points where there are any."""
        return self.computed if self.reported is None else self.reported

    @property
    def is_above(self) -> bool:
        """Whether a person gave more than can be earned, which makes no total."""
        given, most = self.reported, self.possible
        return given is not None and most is not None and given > most

    @property
    def difference(self) -> Decimal | None:
        """Reported − computed."""
        if self.reported is None or self.computed is None:
            return None
        return EXACTLY.subtract(self.reported, self.computed)


@frozen(kw_only=True)
class EvaluatedIndicator:
    """One indicator of a self-evaluation."""

    line: AttainmentLine
    points: Points


@all_checked
@frozen(kw_only=True)
class Evaluation:
    """
    The self-evaluation of one project, or of a unit as a whole.

    Attributes:
        execution: Its money; for a unit the sum of its projects.

        rows: The money by row of the form.

        money_points: The points of execution.

        explanation: Why the money deviates.

        conclusion, goals: What a person concluded, and says became of each goal.

        total: Sum of the scores shown; ``None`` while an applicable score is missing.

        grade: Of the total; ``None`` where the points do not make 100.
    """

    subject: FormSubject
    execution: ExecutionTotal
    rows: dict[str, MoneyRow]
    money_points: Points
    explanation: VarianceExplanation | None
    conclusion: ConclusionStated | None
    goals: tuple[GoalLine, ...]
    indicators: Sequence[EvaluatedIndicator]
    total: Decimal | None
    grade: str | None
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> list[Finding]:
        """Findings that keep the form from being handed in; no notes."""
        return [f for f in self.findings if f.severity is not Severity.NOTE]

    @property
    def points(self) -> list[Points]:
        """The points of execution and of each indicator, which make the total."""
        return [self.money_points, *(indicator.points for indicator in self.indicators)]

    @property
    def applicable(self) -> int:
        """How many of these are applicable."""
        return sum(points.possible is not None for points in self.points)

    @property
    def possible(self) -> Decimal:
        """Sum of the points that can be earned."""
        return summed(p.possible for p in self.points if p.possible is not None)

    @property
    def is_capped(self) -> bool:
        """Whether the total is not the sum of the scores shown: execution limits it."""
        shown = summed(p.score for p in self.points if p.score is not None)
        return self.total is not None and self.total != shown

    @property
    def statuses(self) -> dict[Status, int]:
        """How many indicators have each status."""
        return counted(indicator.line.status for indicator in self.indicators)

    @property
    def possible_by_level1(self) -> dict[str, Decimal]:
        """The points that the indicators of each level 1 can earn together."""
        points: dict[str, Decimal] = {}
        for indicator in self.indicators:
            most, level1 = indicator.points.possible, indicator.line.level1
            if most is not None:
                points[level1] = summed([points.get(level1, Decimal(0)), most])
        return points

    @classmethod
    def of(
        cls, case: FormCase, through: date, rule: ScoringRule, language: Language
    ) -> "Evaluation":
        """Score a project or a unit: weights, points, total, grade and findings."""
        rate = case.line.exact_rate
        executed = rate is not None
        empty = [line.indicator for line in case.indicators if line.measured_nothing]
        whole = points_that_apply(
            case.state, through, rule, executed=executed, empty=empty
        )
        score, _ = said_of(case.state, case.asked, through)
        most = whole.execution
        money = _points(most, indicator_score(most, rate), score)
        scored = [
            _scored(line, points, case, through, rule)
            for line, points in zip(case.indicators, whole.indicators, strict=True)
        ]
        total = _total([money, *(each.points for each in scored)], rate, rule)
        doubts = [*_doubts(case, whole, money, scored), *unanswered(case)]
        return cls(
            subject=case.subject,
            execution=case.line,
            rows=case.rows,
            money_points=money,
            explanation=case.explanation,
            conclusion=case.conclusion,
            goals=case.goals,
            indicators=scored,
            total=total,
            grade=None if total is None or whole.given != 100 else grade(total, rule),
            findings=spoken([*doubts, *spread(case, rule)], language),
        )


@frozen(kw_only=True)
class SelfEvaluationValues:
    """
    The self-evaluation of all projects, and of the units that have objectives.

    Attributes:
        fiscal_year: The year that is evaluated; *through* is its last day.

        projects: In order of code.

        position, root: Facts recorded up to there are in it.

        selection: The unit or the project that it is of, where it is of one.

        part: The same, with its name.
    """

    fiscal_year: int
    through: date
    known_at: str | None
    position: int
    root: str
    origin: str
    settings: Settings
    scoring: ScoringRule
    projects: Sequence[Evaluation]
    units: Sequence[Evaluation]
    selection: Selection = EVERYTHING
    part: ReportPart = WHOLE

    @property
    def totals(self) -> MoneyRow:
        """The sums of the money of all projects."""
        rows = (one.rows[TOTAL] for one in self.projects)
        return summed_rows(rows, self.settings.currency)

    @property
    def findings(self) -> list[Finding]:
        """Findings that keep the forms from being handed in, and notes."""
        return [f for one in (*self.units, *self.projects) for f in one.findings]

    @property
    def missing(self) -> list[Finding]:
        """Findings that keep the forms from being handed in; no notes."""
        return [f for f in self.findings if f.severity is not Severity.NOTE]

    @property
    def notes(self) -> list[Finding]:
        """Notes about the points."""
        return [f for f in self.findings if f.severity is Severity.NOTE]


def _scored(
    line: AttainmentLine,
    possible: Decimal | None,
    case: FormCase,
    through: date,
    rule: ScoringRule,
) -> EvaluatedIndicator:
    share = line.exact_attainment
    if share is not None and line.status is Status.EXCEEDED:
        share = capped(share) * (1 - exactly(rule.exceeding_deduction))
    computed = indicator_score(possible, share)
    score, _ = said_of(case.state.tracked[line.indicator], case.asked, through)
    return EvaluatedIndicator(line=line, points=_points(possible, computed, score))


def _points(
    possible: Decimal | None, computed: Decimal | None, said: ReportedScore | None
) -> Points:
    if possible is None or said is None:
        return Points(possible, computed)
    given = said.score
    if given != rounded(given, _CENTS):  # What is printed is what is added up.
        given = rounded(given, _CENTS)
        if said.score <= possible < given:
            given = possible
    return Points(possible, computed, given, said.reason)


def _total(
    points: Sequence[Points], rate: Exact | None, rule: ScoringRule
) -> Decimal | None:
    applicable = [point for point in points if point.possible is not None]
    if any(each.is_above for each in applicable):
        return None
    scores = [each.score for each in applicable]
    known = [score for score in scores if score is not None]
    if not known or len(known) < len(scores):
        return None
    return capped_total(summed(known), rate, rule)


def _doubts(
    case: FormCase,
    whole: PointTotals,
    money: Points,
    scored: Sequence[EvaluatedIndicator],
) -> Iterable[Finding]:
    """Yield what keeps the form from being handed in."""
    code = case.subject.code
    given = are_given(list(case.state.tracked.values()))
    execution = execution_points(case.state.execution_weight)
    off = EXACTLY.subtract(whole.given, 100)
    if off:
        yield finding(
            "score.points",
            place=code,
            found=str(whole.given),
            expected=message("expected.hundred_points"),
            execution=execution,
            given=whole.given,
            off=f"{off:+f}",
        )
    yield from too_long(case.conclusion, code)
    if money.difference and not money.reason:
        yield _unreasoned(money, code)
    if money.is_above:
        yield _above(money, code)
    for each in scored:
        line, points = each.line, each.points
        if points.is_above:
            yield _above(points, code, line.indicator)
        if line.weight is None:
            yield _unweighed(line, code, given=given)
        elif points.possible is not None and points.score is None:
            yield finding(
                "score.missing",
                place=(code, line.indicator),
                expected=message("expected.result_or_score"),
                why=line.reason or status_word(line.status),
            )
        if points.difference and not points.reason:
            yield _unreasoned(points, code, line.indicator)


def _unweighed(line: AttainmentLine, code: str, *, given: bool) -> Finding:
    """Say why an indicator earns nothing: its form, or its group, gives no weight."""
    place = code, line.indicator
    if given:
        expected = message("expected.weight_in_every_row")
        return finding("score.no_weight", place=place, expected=expected)
    return finding(
        "score.no_group",
        place=place,
        found=line.level1,
        expected=message("expected.group_with_points"),
        group=line.level1,
    )


def _above(points: Points, *place: str) -> Finding:
    return finding(
        "score.above_weight",
        place=place,
        found=str(points.reported),
        expected=message("expected.points_up_to", most=points.possible),
        reported=points.reported,
        possible=points.possible,
    )


def _unreasoned(points: Points, *place: str) -> Finding:
    return finding(
        "score.unreasoned",
        place=place,
        found=str(points.reported),
        expected=message("expected.reason_of_score"),
        reported=points.reported,
        computed=points.computed,
    )
