"""Figures of a project's or a unit's indicators, explained."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from attrs import evolve as replace
from attrs import field, frozen

from ledger.audit.explain.asked_of_forms import due_note, weighed
from ledger.audit.explain.combination import combined
from ledger.audit.explain.comparison import TargetComparison
from ledger.audit.explain.expected import along_course
from ledger.audit.explain.explanation import (
    Basis,
    Cut,
    Explanation,
    Value,
    basis,
    named_figure,
    or_nothing,
    shown,
)
from ledger.audit.explain.form_fields import by_revision, said_by_forms
from ledger.audit.explain.indicator_status import (
    status_formula,
    status_limits,
    status_notes,
)
from ledger.audit.explain.judging import noted, set_by
from ledger.audit.explain.printed_with import printed_with
from ledger.audit.explain.results import latest, left_out, says
from ledger.audit.explain.stated import said_last
from ledger.audit.figure_paths import STATED_OF_INDICATORS, asked_as
from ledger.domain.about import AskedPeriod
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import (
    BudgetApproved,
    ObjectivesSet,
    ResultReported,
    TargetRevised,
)
from ledger.domain.finding import Text
from ledger.domain.in_force import day_of, in_force
from ledger.domain.measure import Measure
from ledger.domain.pacing import counts_whole, is_paced
from ledger.domain.plan import Convention
from ledger.domain.policies import Judging
from ledger.domain.result_parts import spelled
from ledger.domain.result_series import decimal
from ledger.domain.results import Standard, Tracked
from ledger.domain.statement_events import ScoreReported, VarianceExplained
from ledger.domain.units import canonical
from ledger.figures import registry
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine
from ledger.projections.monthly_duty import is_by_month


@frozen(kw_only=True)
class IndicatorExplainer:
    """
    Explains one indicator.

    Attributes:
        line: Its figures at the cut.

        tracked: The indicator itself.

        events: All of its stream, those after the cut as well.

        eased: Returns what a sum's target is multiplied by to give what is expected by
            a day: the time progress, or what is planned and where the plan ends.

        usual: How it goes from one milestone to the next, where that is not said.

        asked: What people answer for in the report, the first choice first.

        parts: Explains the results of the project indicators that a unit's indicator
            is computed from.

        closing: The day on which the project was closed, explained.
    """

    line: AttainmentLine
    tracked: Tracked
    events: Sequence[RecordedEvent]
    cut: Cut
    judging: Judging
    eased: Callable[[date], tuple[Explanation, ...]]
    parts: Callable[[], tuple[Explanation, ...]]
    usual: Convention
    asked: tuple[AskedPeriod, ...] = ()
    closing: Explanation | None = None
    standard: Standard = field(init=False)
    comparison: TargetComparison = field(init=False)

    @standard.default
    def _held_against(self) -> Standard:
        return self.tracked.standard(self.cut.through)

    @comparison.default
    def _compared(self) -> TargetComparison:
        return TargetComparison(
            line=self.line,
            tracked=self.tracked,
            standard=self.standard,
            policy=self.judging.policy,
        )

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
            **{key: partial(self._dated, key) for key in ("due_on", "expected_on")},
            "weight": self._weight,
            "score": self._score,
            "reported_score": lambda: self._said("reported_score", ScoreReported),
            "explanation": lambda: self._said("explanation", VarianceExplained),
            "parts": self._parts,
        }
        figures = registry.indicators(lines=[self.line])
        rows = {row.key: row for row in figures if row.is_explained}
        if figure not in rows:
            right = message(
                "expected.figure_of_indicator",
                indicator=self.line.indicator,
                figures=[asked_as(key) for key in (*rows, *STATED_OF_INDICATORS)],
            )
            raise InvalidInput("figure", self._name(figure), right)
        row = rows[figure]
        if row.made_of:
            name = self._name(figure)
            return combined(name, row, self.line, lambda part: self.explain(part.key))
        return makers[figure]()

    def part(self) -> Explanation:
        """Explain the result as part of a unit's, by what was reported."""
        explained = self._reported()
        name = f"projects.{self.line.project}.{explained.figure}"
        return replace(explained, figure=name)

    def _target(self) -> Explanation:
        defining = [each for each in self.events if self._defines(each)]
        known = self.cut.known(defining)
        chosen, label = in_force(known, self.cut.through, day_of), self.line.indicator
        later = message("left_out.target_in_force", position=chosen.position)
        listed = []
        for each in defining:
            reason = self._excludes(each)
            if reason is None and each is not chosen:
                reason = later
            revision = each.event if isinstance(each.event, TargetRevised) else None
            text = revision.target.text if revision else self.tracked.original.text
            listed.append(basis(each, text, reason))
        return self._made(
            "target",
            self.line.target,
            message("formula.target", through=self.cut.through),
            events=tuple(listed),
            notes=(self.comparison.reading(), *printed_with(defining, label)),
        )

    def _result(self) -> Explanation:
        if not self.tracked.computed_from:
            return self._reported()
        parts = self.parts()
        if self.line.measure is Measure.RATIO:
            formula = message("formula.pooled_parts", reason=self._lacking())
        else:
            numbers = [shown(each.value) for each in parts if each.value is not None]
            formula = message(
                "formula.sum_of_parts",
                numbers=" + ".join(each for each in numbers if each) or "0",
                reason=self._lacking(),
            )
        return self._made("result", self._number(), formula, terms=parts)

    def _reported(self) -> Explanation:
        """Explain what the results of the indicator itself come to."""
        reported = [each for each in self.events if self._is(each, ResultReported)]
        reasons = left_out(reported, self.events, self.tracked, self.cut)
        own, measure = self.standard.measure, self.line.measure
        stated = None if own is measure else own
        by_month = is_by_month(self.tracked, self.standard)
        closing = self.closing if by_month else None
        formula = message(
            "formula.measured",
            how=measure.row.formula,
            through=self.cut.through,
            reason=self._lacking(),
        )
        return self._made(
            "result",
            self._number(),
            formula,
            events=tuple(
                basis(each, says(each.event), reasons[each.position])
                for each in reported
            ),
            terms=() if closing is None else (closing,),
            notes=(message("note.measure", measure=measure, stated=stated),),
        )

    def _parts(self) -> Explanation:
        """Explain the parts of the result, by those of the results that count."""
        code = "sum" if self.standard.measure.row.adds_up else "last"
        formula, value = message(f"formula.parts.{code}"), spelled(self.line.parts)
        return self._made("parts", value, formula, terms=(self._result(),))

    def _lacking(self) -> Text | None:
        """Return why there is no result, if there is none."""
        return self.line.reason if self.line.result is None else None

    def _number(self) -> Value:
        """Return the result as reports show it."""
        result = self.line.result
        return canonical(result) if isinstance(result, Decimal) else result

    def _expected(self) -> Explanation:
        expected, target = self.line.expected, self._target()
        value = None if expected is None else canonical(expected)
        if not is_paced(self.standard):
            on, usual = self.line.expected_on or date.min, self.usual
            formula = along_course(self.line, self.tracked, self.standard, on, usual)
            terms: tuple[Explanation, ...] = (target,)
            if self.line.expected_on is not None:
                terms = target, self._dated("expected_on")
            return self._made("expected", value, formula, terms=terms)
        if self.line.expected_on is None:
            formula = message("formula.nothing_asked")
            return self._made("expected", value, formula, terms=(target,))
        eased = self.eased(self.line.expected_on)
        first, *over = eased
        formula = message(
            "formula.eased_by_plan" if over else "formula.eased",
            part=named_figure(first.figure),
            target=shown(decimal(self.standard.value)),
            done=first.read,
            whole=named_figure(over[0].figure) if over else None,
            all=over[0].read if over else None,
            unit=self.standard.unit if counts_whole(self.standard) else None,
        )
        terms = target, *eased, self._dated("expected_on")
        says = message("says.proration", proration=self.judging.policy.proration)
        events = set_by(self.judging, says)
        return self._made("expected", value, formula, terms=terms, events=events)

    def _attainment(self) -> Explanation:
        forms = self._forms("baseline")
        revised = forms if any(map(by_revision, forms)) else ()
        return self._made(
            "attainment",
            self.line.attainment,
            self.comparison.formula(),
            terms=(self._result(), self._target()),
            events=(*revised, *self._ceiling()),
        )

    def _ceiling(self) -> tuple[Basis, ...]:
        """Return what set how attainment falls above a ceiling, where it does."""
        if not self.standard.ceiling:
            return ()
        says = message("says.ceiling", ceiling=self.judging.policy.ceiling)
        return set_by(self.judging, says)

    def _capped(self) -> Explanation:
        attainment = self._attainment()
        return self._made(
            "capped_attainment",
            self.line.capped_attainment,
            message("formula.capped", attainment=or_nothing(attainment.value)),
            terms=(attainment,),
        )

    def _status(self) -> Explanation:
        line, standard = self.line, self.standard
        attainment, expected = self._attainment(), self._expected()
        numbers = shown(self._number()), shown(expected.value)
        formula = status_formula(line, standard, *numbers)
        limits = status_limits(standard, self.judging.policy)
        closing = self.closing if line.due else None
        every = attainment, None if line.expected is None else expected, closing
        terms = tuple(term for term in every if term is not None)
        notes = status_notes(line, standard, closing)
        more = noted(self.judging, limits, *notes)
        return self._made("status", line.status.value, formula, terms=terms, **more)

    def _weight(self) -> Explanation:
        forms = self._forms("weight")
        formula, set_ = weighed(self.line, self.tracked.weight, forms, self.judging)
        events = (*forms, *set_)
        return self._made("weight", self.line.weight, formula, events=events)

    def _dated(self, figure: str) -> Explanation:
        """Explain a due day, or the day by which a sum is paced."""
        terms: tuple[Explanation, ...] = (self._target(),)
        events: tuple[Basis, ...] = ()
        if figure == "expected_on":  # A result that counts for nothing paces as well.
            terms = self._dated("due_on"), self._result()
            events = latest(self.events, self.tracked, self.cut.through)
        value, notes = getattr(self.line, figure), (due_note(self.line),)
        how = message(f"formula.{figure}", through=self.cut.through)
        return self._made(figure, value, how, terms=terms, events=events, notes=notes)

    def _forms(self, name: str) -> tuple[Basis, ...]:
        """Return what forms say of a field."""
        label = self.line.indicator
        return said_by_forms(name, self.events, self.tracked, label, self.cut)

    def _score(self) -> Explanation:
        line = self.line
        formula = message(
            "formula.score",
            weight=or_nothing(line.weight),
            attainment=or_nothing(line.capped_attainment),
        )
        return self._made(
            "score",
            line.score,
            formula,
            terms=(self._weight(), self._attainment()),
        )

    def _said(self, figure: str, kind: type) -> Explanation:
        """Explain the score that a person gave: the latest about the month counts."""
        said = [each for each in self.events if self._is(each, kind)]
        _, listed = said_last(said, self.asked, self.cut)
        explanation = self.line.explanation
        value: Value = self.line.reported_score
        if figure == "explanation":
            value = None if explanation is None else explanation.text
        return self._made(
            figure,
            value,
            message("formula.said_last"),
            events=listed,
        )

    def _made(
        self,
        figure: str,
        value: Value,
        formula: Message,
        *,
        terms: tuple[Explanation, ...] = (),
        events: tuple[Basis, ...] = (),
        notes: tuple[Message, ...] = (),
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

    def _excludes(self, recorded: RecordedEvent) -> Message | None:
        """Return why an event does not count; what is approved holds from the start."""
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


def _approves(recorded: RecordedEvent) -> bool:
    return isinstance(recorded.event, BudgetApproved | ObjectivesSet)
