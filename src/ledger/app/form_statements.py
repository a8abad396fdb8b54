"""What people stated of a project or a unit that answers an official form."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from attrs import evolve as replace
from attrs import frozen

from ledger.domain.about import AskedPeriod, answering
from ledger.domain.envelope import RecordedEvent
from ledger.domain.goals import FormGoals, alike, goals_on, named_goal
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.results import Indicators
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
)
from ledger.projections.execution_total import ExecutionTotal
from ledger.reports.values.official_form import GoalLine

S = TypeVar("S", ConclusionStated, GoalAssessed, OutlookStated)


@frozen(kw_only=True)
class FormStatements:
    """
    What was recorded of a stream, as a form of a day asks for it.

    Attributes:
        asked: What people answer for, the first choice first.
    """

    known: Sequence[RecordedEvent]
    asked: Sequence[AskedPeriod]
    through: date

    def conclusion(self) -> ConclusionStated | None:
        """Return the conclusion that answers, which says what it is about."""
        return self._answer(ConclusionStated, self._all(ConclusionStated))

    def outlooks(
        self, state: Indicators
    ) -> Mapping[IndicatorLabel | None, OutlookStated]:
        """Return the outlook that answers for each indicator, and for the money."""
        of_each: dict[IndicatorLabel | None, list[RecordedEvent]] = {}
        for recorded in self._all(OutlookStated):
            event = recorded.event
            assert isinstance(event, OutlookStated)  # No others were taken.
            name = event.indicator
            label = None if name is None else state.label(name) or name
            of_each.setdefault(label, []).append(recorded)
        answers = {
            label: self._answer(OutlookStated, stated)
            for label, stated in of_each.items()
        }
        return {label: answer for label, answer in answers.items() if answer}

    def goals(self, of_form: Sequence[FormGoals]) -> tuple[GoalLine, ...]:
        """
        Return each goal of the day with what a person says became of it.

        Args:
            of_form: All goals of the form; a number is read by those of its day.
        """
        return tuple(
            GoalLine(goal, self._answer(GoalAssessed, facts))
            for goal, facts in self.assessed(of_form)
        )

    def assessed(
        self, of_form: Sequence[FormGoals]
    ) -> list[tuple[str, Sequence[RecordedEvent]]]:
        """Return each goal of the day with all that was recorded of it."""
        of_each: dict[str, list[RecordedEvent]] = {}
        for recorded in self._all(GoalAssessed):
            event = recorded.event
            assert isinstance(event, GoalAssessed)  # No others were taken.
            goal = named_goal(event.goal, goals_on(of_form, event.on))
            of_each.setdefault(alike(goal), []).append(recorded)
        goals = goals_on(of_form, self.through)
        return [(goal, of_each.get(alike(goal), ())) for goal in goals]

    def _all(self, kind: type) -> list[RecordedEvent]:
        return [one for one in self.known if isinstance(one.event, kind)]

    def _answer(self, kind: type[S], stated: Sequence[RecordedEvent]) -> S | None:
        answer = answering(stated, self.asked, self.through)
        if answer is None:
            return None
        event, period = answer[0].event, answer[1]
        assert isinstance(event, kind)  # No others were given.
        return replace(event, about=period.name)


def money_stated(
    outlook: OutlookStated | None, line: ExecutionTotal
) -> Mapping[str, int] | None:
    """Return what is stated of each source, unless more is spent of one since then."""
    if outlook is None:
        return None
    stated = {part.source: part.amount for part in outlook.amounts}
    for source, part in line.by_path.items():
        if part.minor_disbursed > stated.get(source, 0):
            return None
    return stated


def added_up(
    parts: Iterable[Mapping[str, int] | None],
) -> Mapping[str, int] | None:
    """Return the sums by source; ``None`` where nothing is stated of one of them."""
    sums: dict[str, int] = {}
    for part in parts:
        if part is None:
            return None
        for source, amount in part.items():
            sums[source] = sums.get(source, 0) + amount
    return sums
