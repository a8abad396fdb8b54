"""Figures of a project's or a unit's indicators, explained."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve as replace
from attrs import field, frozen

from ledger.audit.explain.combination import combined
from ledger.audit.explain.explanation import (
    Basis,
    Cut,
    Explanation,
    Value,
    basis,
    shown,
)
from ledger.audit.explain.results import left_out
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import (
    BudgetApproved,
    ObjectivesSet,
    ResultReported,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
from ledger.domain.in_force import day_of, in_force, latest
from ledger.domain.measure import Measure
from ledger.domain.result_series import decimal
from ledger.domain.results import Standard, Tracked
from ledger.domain.target_kind import DATES, QUANTITIES
from ledger.domain.units import canonical
from ledger.domain.weights import group_of
from ledger.figures import registry
from ledger.projections.attainment import AttainmentLine
from ledger.projections.policy import CeilingFormula, Policy, stated


@frozen(kw_only=True)
class IndicatorExplainer:
    """
    Explains one indicator.

    Attributes:
        line: Its figures at the cut.

        tracked: The indicator itself.

        events: All of its stream, those after the cut as well.

        eased: What a sum's target is multiplied by to give what is expected: the time
            progress, or what is planned and where the plan ends.

        parts: Explains the results of the project indicators that a unit's indicator
            is computed from.
    """

    line: AttainmentLine
    tracked: Tracked
    events: Sequence[RecordedEvent]
    cut: Cut
    policy: Policy
    eased: tuple[Explanation, ...]
    parts: Callable[[], tuple[Explanation, ...]]
    standard: Standard = field(init=False)

    @standard.default
    def _held_against(self) -> Standard:
        return self.tracked.standard(self.cut.through)

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
            "capped_attainment": self._capped,
            "status": self._status,
            "weight": self._weight,
            "score": self._score,
            "reported_score": lambda: self._said("reported_score", ScoreReported),
            "explanation": lambda: self._said("explanation", VarianceExplained),
        }
        rows = {row.key: row for row in registry.indicators() if row.is_explained}
        if figure not in rows:
            known = f"{self._name('')} with one of {', '.join(rows)}"
            raise InvalidInput("figure", self._name(figure), known)
        row = rows[figure]
        if row.made_of:
            name = self._name(figure)
            return combined(name, row, self.line, lambda part: self.explain(part.key))
        return makers[figure]()

    def part(self) -> Explanation:
        """Explain the result as part of a unit's: of what was reported of it."""
        explained = self._reported()
        name = f"projects.{self.line.project}.{explained.figure}"
        return replace(explained, figure=name)

    def _target(self) -> Explanation:
        defining = [each for each in self.events if self._defines(each)]
        known = self.cut.known(defining)
        chosen = in_force(known, self.cut.through, day_of)
        later = f"the target of position {chosen.position} is in force"
        listed = []
        for each in defining:
            reason = self._excludes(each)
            if reason is None and each is not chosen:
                reason = later
            revision = each.event if isinstance(each.event, TargetRevised) else None
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
        if not self.tracked.computed_from:
            return self._reported()
        parts = self.parts()
        if self.line.measure is Measure.RATIO:
            how = "Σ numerators ÷ Σ denominators of the indicators it is computed from"
        else:
            numbers = [shown(each.value) for each in parts if each.value is not None]
            how = " + ".join(each for each in numbers if each) or "0"
            how = f"sum of the indicators it is computed from = {how}"
        return self._made("result", self._number(), how + self._lacking(), terms=parts)

    def _reported(self) -> Explanation:
        """Explain what the results of the indicator itself come to."""
        reported = [each for each in self.events if self._is(each, ResultReported)]
        reasons = left_out(reported, self.events, self.tracked, self.cut)
        measure = self.line.measure
        formula = f"{measure.row.formula} effective by {self.cut.through}"
        return self._made(
            "result",
            self._number(),
            formula + self._lacking(),
            events=tuple(
                basis(each, _says(each.event), reasons[each.position])
                for each in reported
            ),
            notes=(f"measure: {measure.value}",),
        )

    def _lacking(self) -> str:
        """Say why there is no result, if there is none."""
        return f"; none: {self.line.reason}" if self.line.result is None else ""

    def _number(self) -> Value:
        """Return the result as reports show it."""
        result = self.line.result
        return canonical(result) if isinstance(result, Decimal) else result

    def _expected(self) -> Explanation:
        expected = self.line.expected
        if expected is None:
            formula = "only a number has a value that is expected by now"
            return self._made("expected", None, formula, terms=(self._target(),))
        value, target = canonical(expected), self._target()
        if not self.standard.eased:
            formula = "the target as it stands: only a sum against a floor is eased"
            return self._made("expected", value, formula, terms=(target,))
        names = " ÷ ".join(each.figure for each in self.eased)
        numbers = " ÷ ".join(shown(each.value) or "" for each in self.eased)
        formula = f"target × {names} = {self._wanted()} × {numbers}"
        return self._made("expected", value, formula, terms=(target, *self.eased))

    def _attainment(self) -> Explanation:
        reason = f"; none: {self.line.reason}" if self.line.attainment is None else ""
        return self._made(
            "attainment",
            self.line.attainment,
            self._formula() + reason,
            terms=(self._result(), self._target()),
        )

    def _capped(self) -> Explanation:
        attainment = self._attainment()
        return self._made(
            "capped_attainment",
            self.line.capped_attainment,
            f"attainment, from 0 to 1 = {_or_nothing(attainment.value)}",
            terms=(attainment,),
        )

    def _formula(self) -> str:
        """Say how a result is held against the target, with the numbers."""
        standard, result = self.standard, _or_nothing(self._number())
        if self.tracked.baseline is not None:
            start = decimal(self.tracked.baseline)
            return (
                f"(result − baseline) ÷ (target − baseline) = ({result} − {start}) ÷ "
                f"({self._wanted()} − {start})"
            )
        if standard.kind in DATES:
            return f"1 when {result} is not after {standard.text}, else 0"
        if standard.kind not in QUANTITIES:
            return f"the share claimed with the rating {result}"
        if standard.kind.row.is_range:
            bound = "1 inside, else against the nearer bound"
            return f"{bound}: {result} for {standard.text}"
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
        policy, line = self.policy, self.line
        paced = stated(policy.result_thresholds, "what is expected")
        thresholds = f"{paced}, exceeded from {policy.exceeded_from}"
        attainment, expected = self._attainment(), self._expected()
        held = f"attainment = {_or_nothing(line.attainment)}"
        if self.standard.eased and line.result is not None:
            held = f"result ÷ expected = {shown(self._number())} ÷ {expected.value}"
        return self._made(
            "status",
            line.status.value,
            "attained when the result meets the target, missed when the year or the "
            f"date is over, else held to the thresholds: {held}",
            terms=(attainment, expected)
            if line.expected is not None
            else (attainment,),
            notes=(
                thresholds,
                f"without a result: due from time progress {policy.due_from}",
            ),
        )

    def _weight(self) -> Explanation:
        formula = (
            f"the points of {self.line.level1}, shared equally by its indicators, "
            "in steps of the scoring rule"
        )
        if self.tracked.weight is not None:
            formula = "the points given at approval"
        elif self.line.weight is None:
            formula = f"none: no group of the scoring rule is {self.line.level1}"
            if group_of(self.line.level1) is not None:
                formula = "none: the form gives weights, and none to this indicator"
        approved = [each for each in self.events if _approves(each)]
        return self._made(
            "weight",
            self.line.weight,
            formula,
            events=tuple(
                basis(each, shown(self.tracked.weight) or "", self._excludes(each))
                for each in approved
            ),
        )

    def _score(self) -> Explanation:
        line = self.line
        capped = _or_nothing(line.capped_attainment)
        numbers = f"{_or_nothing(line.weight)} × {capped}"
        return self._made(
            "score",
            line.score,
            f"weight × attainment, at most the weight, to the hundredth = {numbers}",
            terms=(self._weight(), self._attainment()),
        )

    def _said(self, figure: str, kind: type) -> Explanation:
        """Explain what a person has said: the latest counts."""
        said = [each for each in self.events if self._is(each, kind)]
        last = latest(self.cut.known(said), self.cut.through, day_of)
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
            figure=self._name(figure),
            value=value,
            formula=formula,
            terms=terms,
            events=events,
            notes=notes,
        )

    def _name(self, figure: str) -> str:
        return f"indicators.{self.line.indicator}.{figure}"

    def _excludes(self, recorded: RecordedEvent) -> str | None:
        """Say why an event does not count; what is approved holds from the start."""
        cut = self.cut
        if _approves(recorded):
            cut = Cut(date.max, cut.position)
        return cut.excludes(recorded)

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
        value: Decimal | None = decimal(self.standard.value)
        return shown(value)


def _approves(recorded: RecordedEvent) -> bool:
    return isinstance(recorded.event, BudgetApproved | ObjectivesSet)


def _or_nothing(value: Value) -> str:
    return shown(value) or "nothing"


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
