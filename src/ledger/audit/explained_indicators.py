"""Figures of a project's or a unit's indicators, explained."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from ledger.audit.explanation import Basis, Cut, Explanation, Value, basis, shown
from ledger.domain.errors import InvalidInput
from ledger.domain.events import (
    BudgetApproved,
    ObjectivesSet,
    ResultReported,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
from ledger.domain.indicator import Measure
from ledger.domain.recorded import RecordedEvent
from ledger.domain.results import DATES, QUANTITIES, Standard, Tracked
from ledger.domain.series import unpack
from ledger.domain.target import TargetKind
from ledger.projections.attainment import AttainmentLine
from ledger.projections.policy import CeilingFormula, Policy, Proration

FIGURES: Final = (
    "target",
    "result",
    "expected",
    "attainment",
    "status",
    "weight",
    "score",
    "reported_score",
    "explanation",
)

Again = Callable[[Sequence[RecordedEvent]], AttainmentLine | None]
"""Returns the indicator's line as it would be after other events of its stream."""

_MEASURES: Final = {
    Measure.SUM: "sum of the results",
    Measure.LATEST: "the latest result",
    Measure.RATIO: "Σ numerators ÷ Σ denominators, else the latest result",
    Measure.MEAN: "mean of the results",
    Measure.MAX: "the greatest result",
    Measure.MIN: "the least result",
}


@frozen(kw_only=True)
class IndicatorExplainer:
    """
    Explains one indicator.

    Attributes:
        line: Its figures at the cut.

        tracked: The indicator itself.

        events: All of its stream, those after the cut as well.

        again: Its line after other events.

        parts: For a unit's indicator that is computed: the results of the project
            indicators that it is computed from, explained.
    """

    line: AttainmentLine
    tracked: Tracked
    events: Sequence[RecordedEvent]
    cut: Cut
    policy: Policy
    progress: Explanation
    again: Again
    parts: tuple[Explanation, ...] = ()
    standard: Standard = field(init=False)

    def __attrs_post_init__(self) -> None:
        standard = self.tracked.standard(self.cut.through)
        object.__setattr__(self, "standard", standard)

    def explain(self, figure: str) -> Explanation:
        """
        Explain a figure by its name in the report.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
        """
        makers: dict[str, Callable[[], Explanation]] = {
            "target": self._target,
            "result": self._result,
            "expected": self._expected,
            "attainment": self._attainment,
            "status": self._status,
            "weight": self._weight,
            "score": self._score,
            "reported_score": lambda: self._said("reported_score", ScoreReported),
            "explanation": lambda: self._said("explanation", VarianceExplained),
        }
        if figure not in makers:
            raise InvalidInput("figure", figure, f"one of {', '.join(FIGURES)}")
        return makers[figure]()

    def _target(self) -> Explanation:
        defining = [each for each in self.events if self._defines(each)]
        standing = [each for each in defining if self.cut.excludes(each) is None]
        in_force = max(standing, key=lambda each: (each.on, each.position))
        later = f"the target of position {in_force.position} is in force"
        listed = []
        for each in defining:
            reason = self.cut.excludes(each)
            revision = each.event if isinstance(each.event, TargetRevised) else None
            if reason is None and revision is not None and each is not in_force:
                reason = later
            text = revision.target.text if revision else self.tracked.original.text
            listed.append(basis(each, text, reason))
        kind = self.standard.kind
        return self._made(
            "target",
            self.line.target,
            f"the target in force on {self.cut.through}, as printed",
            events=tuple(listed),
            notes=(f"read as {kind.value}, {self._held_as()}",),
        )

    def _result(self) -> Explanation:
        if self.parts:
            return self._made(
                "result",
                self.line.result,
                "computed from the project indicators that it names: rates are pooled, "
                "anything else is summed",
                terms=self.parts,
            )
        retracted = self.cut.retracted(self.events)
        reported = [each for each in self.events if self._is(each, ResultReported)]
        reasons = {}
        for each in reported:
            reason = self.cut.excludes(each)
            if reason is None and each.id in retracted:
                reason = f"retracted at position {retracted[each.id]}"
            reasons[each.position] = reason
        standing = [each for each in reported if reasons[each.position] is None]
        last = self._alone(standing)
        for each in standing:
            if last is not None and each is not last:
                reasons[each.position] = (
                    f"the latest counts, at position {last.position}"
                )
        measure = self.line.measure
        reason = f"; none: {self.line.reason}" if self.line.result is None else ""
        return self._made(
            "result",
            self.line.result,
            f"{_MEASURES[measure]} effective by {self.cut.through}{reason}",
            events=tuple(
                basis(each, _says(each.event), reasons[each.position])
                for each in reported
            ),
            notes=(f"measure: {measure.value}",),
        )

    def _alone(self, standing: Sequence[RecordedEvent]) -> RecordedEvent | None:
        """Return the latest result if it alone makes the figure."""
        levels = {Measure.LATEST, Measure.RATIO}
        if len(standing) < 2 or self.line.measure not in levels:
            return None
        last = max(standing, key=lambda each: (each.on, each.position))
        known = self.cut.known(self.events)
        others = {each.position for each in standing if each is not last}
        line = self.again([each for each in known if each.position not in others])
        return last if line is not None and line.result == self.line.result else None

    def _expected(self) -> Explanation:
        target = self._target()
        if self.line.expected is None:
            return self._made(
                "expected", None, "only a number has a value that is expected by now"
            )
        if not self.standard.eased:
            formula = "the target as it stands: only a sum against a floor is eased"
            return self._made("expected", self.line.expected, formula, terms=(target,))
        if self.policy.proration is Proration.PLAN:
            formula = "target × planned ÷ current_budget"
            return self._made("expected", self.line.expected, formula, terms=(target,))
        formula = f"target × time_progress = {self._wanted()} × {self.progress.value}"
        return self._made(
            "expected", self.line.expected, formula, terms=(target, self.progress)
        )

    def _attainment(self) -> Explanation:
        reason = f"; none: {self.line.reason}" if self.line.attainment is None else ""
        return self._made(
            "attainment",
            self.line.attainment,
            self._formula() + reason,
            terms=(self._result(), self._target()),
        )

    def _formula(self) -> str:
        """Say how a result is held against the target, with the numbers."""
        standard, result = self.standard, shown(self.line.result)
        if self.tracked.baseline is not None:
            start = unpack(self.tracked.baseline)
            return (
                f"(result − baseline) ÷ (target − baseline) = ({result} − {start}) ÷ "
                f"({self._wanted()} − {start})"
            )
        if standard.kind in DATES:
            return f"1 when {result} is not after {standard.text}, else 0"
        if standard.kind not in QUANTITIES:
            return f"the share claimed with the rating {result}"
        if standard.kind is TargetKind.BETWEEN:
            return f"1 inside {standard.text}, else against the nearer bound"
        wanted = self._wanted()
        if not standard.ceiling:
            return f"result ÷ target = {result} ÷ {wanted}"
        if self.policy.ceiling is CeilingFormula.RATIO:
            return f"1 up to {wanted}, above it target ÷ result = {wanted} ÷ {result}"
        return (
            f"1 up to {wanted}, above it 1 − (result − target) ÷ target, at least 0; "
            f"result {result}"
        )

    def _status(self) -> Explanation:
        policy = self.policy
        thresholds = (
            f"behind below {policy.behind_below} of what is expected, at risk below "
            f"{policy.at_risk_below}, exceeded from {policy.exceeded_from}"
        )
        return self._made(
            "status",
            self.line.status.value,
            "attained, or result ÷ expected held to the thresholds, or missed when the "
            "year or the date is over",
            terms=(self._attainment(), self._expected()),
            notes=(thresholds,),
        )

    def _weight(self) -> Explanation:
        given = self.tracked.weight is not None
        formula = (
            "the points given at approval"
            if given
            else f"the points of {self.line.level1}, shared equally by its indicators"
        )
        approved = [each for each in self.events if _approves(each)]
        return self._made(
            "weight",
            self.line.weight,
            formula,
            events=tuple(
                basis(each, shown(self.tracked.weight) or "", self.cut.excludes(each))
                for each in approved
            ),
        )

    def _score(self) -> Explanation:
        line = self.line
        numbers = f"{shown(line.weight)} × {shown(line.capped_attainment)}"
        return self._made(
            "score",
            line.score,
            f"weight × attainment, at most the weight, to the hundredth = {numbers}",
            terms=(self._weight(), self._attainment()),
        )

    def _said(self, figure: str, kind: type) -> Explanation:
        """Explain what a person has said: the latest counts."""
        said = [each for each in self.events if self._is(each, kind)]
        standing = [each for each in said if self.cut.excludes(each) is None]
        last = max(standing, key=lambda each: (each.on, each.position), default=None)
        later = None if last is None else f"position {last.position} came later"
        explanation = self.line.explanation
        value: Value = self.line.reported_score
        if figure == "explanation":
            value = None if explanation is None else explanation.text
        return self._made(
            figure,
            value,
            "what was said last",
            events=tuple(
                basis(
                    each,
                    _says(each.event),
                    self.cut.excludes(each) or (None if each is last else later),
                )
                for each in said
            ),
        )

    def _made(
        self,
        figure: str,
        value: Value,
        formula: str,
        *,
        terms: tuple[Explanation, ...] = (),
        events: tuple[Basis, ...] = (),
        notes: tuple[str, ...] = (),
    ) -> Explanation:
        return Explanation(
            figure=f"indicators.{self.line.indicator}.{figure}",
            value=value,
            formula=formula,
            terms=terms,
            events=events,
            notes=notes,
        )

    def _is(self, recorded: RecordedEvent, kind: type) -> bool:
        event = recorded.event
        return (
            isinstance(event, kind)
            and getattr(event, "indicator", None) == self.line.indicator
        )

    def _defines(self, recorded: RecordedEvent) -> bool:
        return _approves(recorded) or self._is(recorded, TargetRevised)

    def _held_as(self) -> str:
        return "judged as a ceiling" if self.standard.ceiling else "judged as a floor"

    def _wanted(self) -> str | None:
        value: Decimal | None = unpack(self.standard.value)
        return shown(value)


def _approves(recorded: RecordedEvent) -> bool:
    return isinstance(recorded.event, BudgetApproved | ObjectivesSet)


def _says(event: object) -> str:
    """Return what a result, a score or an explanation says, in a word."""
    numerator = getattr(event, "numerator", None)
    if numerator is not None:
        return f"{numerator:f}/{getattr(event, 'denominator', None):f}"
    names = ("value", "rating", "reached_on", "score", "text")
    for name in names:
        given = getattr(event, name, None)
        if given is not None:
            share = getattr(event, "share", None)
            return f"{shown(given)}" + (f", share {share:f}" if share else "")
    return ""
