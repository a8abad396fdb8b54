"""Which events bear on which figure: one table, for every audit that names causes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from ledger.audit.report_figures import Where
from ledger.domain.catalogue import WHATEVER_DAY, effects_of, moving, types
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Flow
from ledger.domain.events import (
    BudgetApproved,
    Event,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)
from ledger.domain.subject import Subject, SubjectKind, project_stream

Kinds = frozenset[type]

_FIRST: Final[Kinds] = types(lambda row: row.founds)
"""Where they are among the events, all figures of their subject are new."""

_APPROVED: Final[Kinds] = moving(Flow.BUDGET) & _FIRST
_BUDGET: Final[Kinds] = moving(Flow.BUDGET)
_PAID: Final[Kinds] = moving(Flow.DISBURSED)
_PLAN: Final[Kinds] = frozenset({BudgetApproved, SpendingPlanRevised})
_CLOSED: Final[Kinds] = moving(Flow.CARRIED_OVER, Flow.LAPSED)
_AVAILABLE: Final[Kinds] = moving(*Flow)
_RESULTS: Final[Kinds] = frozenset({ResultReported, ResultRetracted})
_TARGET: Final[Kinds] = frozenset({TargetRevised})
_JUDGED: Final = _RESULTS | _TARGET

MONEY: Final[Mapping[str, Kinds]] = {
    "original_budget": _APPROVED,
    "current_budget": _BUDGET,
    "disbursed": _PAID,
    "carried_over": _CLOSED,
    "lapsed": _CLOSED,
    "available": _AVAILABLE,
    "execution_rate": _BUDGET | _PAID,
    "planned": _PLAN,
    "original_planned": _APPROVED,
    "plan_rate": _PLAN | _PAID,
    "variance": _PLAN | _PAID,
    "money_status": _AVAILABLE,
    "status": _AVAILABLE | _JUDGED,
    "closed_on": _CLOSED,
}
"""Of a project's money, whole and by source, and of sums of it."""

MONTHS: Final[Mapping[str, Kinds]] = {
    "planned": _PLAN,
    "cumulative_planned": _PLAN,
    "disbursed": _PAID,
    "cumulative_disbursed": _PAID,
}
"""Of a month. What is planned follows one plan, whatever the month."""

INDICATORS: Final[Mapping[str, Kinds]] = {
    "target": _TARGET,
    "unit": _TARGET,
    "due": _TARGET,
    "expected": _TARGET,
    "measure": _JUDGED,
    "results": _RESULTS,
    "result": _JUDGED,
    "reason": _JUDGED,
    "attainment": _JUDGED,
    "capped_attainment": _JUDGED,
    "status": _JUDGED,
    "score": _JUDGED,
    "reported_score": frozenset({ScoreReported}),
    "explanation": frozenset({VarianceExplained}),
}
"""Of an indicator, by the events that name it."""

_EASED: Final = frozenset({"expected", "status"})
"""Figures that the plan's share bears on as well, where targets are eased by it."""

_COMPUTED: Final = frozenset(
    name for name, kinds in INDICATORS.items() if kinds & _RESULTS
)
"""Figures that the results of other indicators bear on, in a computed one."""

_THROUGH_PARTS: Final = _JUDGED | {BudgetApproved}


@frozen(kw_only=True)
class Attribution:
    """
    Finds the events that bear on a figure, among those between two positions.

    An event bears on a figure when the table names its type, it speaks of the same
    project, source, month or indicator, and it is effective by the day of the figure.
    A retraction counts whatever its day, if the result that it takes back is.

    Attributes:
        through: The day that the figures go to.

        by_plan: Whether targets are eased by the spending plan.

        streams: The events between the positions, in order.

        projects: The codes in the reports, for totals.

        source_of: Returns the source of the disbursement that a reversal takes from.

        retracted: Returns the result that a retraction takes back.

        parts_of: Returns the project indicators, as stream and label, that an indicator
            of a stream is computed from.
    """

    through: date
    by_plan: bool
    streams: Mapping[str, Sequence[RecordedEvent]]
    projects: Collection[str]
    source_of: Callable[[RecordedEvent], str | None]
    retracted: Callable[[RecordedEvent], RecordedEvent | None]
    parts_of: Callable[[str, str], Iterable[tuple[str, str]]]

    def on(self, where: Where, *, new: bool = False) -> list[RecordedEvent]:
        """
        Return the events that bear on a figure, by position.

        Args:
            new: Whether one of the reports has no such figure.
        """
        part, *rest = where
        if part == "totals":
            found = [
                each
                for code in self.projects
                for each in self._of(project_stream(code))
                if self._bears_on_sum(each, tuple(rest), new=new)
            ]
        elif part in _KINDS and rest:
            code, *figure = rest
            stream = Subject(_KINDS[part], code).stream
            found = [
                each
                for each in self._of(stream)
                if self._bears(each, tuple(figure), new=new)
            ]
            found += self._through_parts(stream, figure)
        else:
            found = []
        once = {each.position: each for each in found}
        return [once[position] for position in sorted(once)]

    def _of(self, stream: str) -> Iterator[RecordedEvent]:
        return (each for each in self.streams.get(stream, ()) if self._counts(each))

    def _counts(self, recorded: RecordedEvent) -> bool:
        """Say whether an event is effective by the day, or takes back what is."""
        if type(recorded.event) in WHATEVER_DAY:
            result = self.retracted(recorded)
            return result is None or result.on <= self.through
        return recorded.on <= self.through

    def _bears(self, recorded: RecordedEvent, figure: Where, *, new: bool) -> bool:
        """Say whether an event bears on a figure of its own project or unit."""
        if type(recorded.event) in _FIRST:
            return True
        if figure[:1] == ("indicators",):
            return self._bears_on_indicator(recorded.event, figure[1:])
        if figure[:1] == ("months",):
            return self._bears_on_month(recorded, figure[1:])
        if figure == ("status",) and self._eases(recorded.event):
            return True
        return self._bears_on_sum(recorded, figure, new=new)

    def _bears_on_sum(
        self, recorded: RecordedEvent, figure: Where, *, new: bool
    ) -> bool:
        """Say it of an amount, a rate or a status of money, whole or by source."""
        kinds = MONEY.get(figure[-1] if figure else "", frozenset())
        kind = type(recorded.event)
        if figure[:1] != ("by_source",):
            return kind in kinds
        named = kind in (kinds | _BUDGET if new else kinds)
        return named and figure[1] in self._sources(recorded)

    def _bears_on_month(self, recorded: RecordedEvent, figure: Where) -> bool:
        month, name = figure
        kind = type(recorded.event)
        if kind not in MONTHS.get(name, frozenset()):
            return False
        if kind not in _PAID:
            return True
        own = f"{recorded.on:%Y-%m}"
        return own == month if name == "disbursed" else own <= month

    def _bears_on_indicator(self, event: Event, figure: Where) -> bool:
        label, name, *_ = figure
        if self._eases(event):
            return name in _EASED
        named = getattr(event, "indicator", None) == label
        return named and type(event) in INDICATORS.get(name, frozenset())

    def _through_parts(self, stream: str, figure: Sequence[str]) -> list[RecordedEvent]:
        """Return the events that bear on an indicator through its parts."""
        if figure[:1] != ["indicators"] or figure[2] not in _COMPUTED:
            return []
        return [
            each
            for part, label in self.parts_of(stream, figure[1])
            for each in self._of(part)
            if type(each.event) in _THROUGH_PARTS
            and getattr(each.event, "indicator", label) == label
        ]

    def _sources(self, recorded: RecordedEvent) -> Collection[str | None]:
        """Return the sources whose money an event moves."""
        return [
            self.source_of(recorded) if effect.source is None else effect.source
            for effect in effects_of(recorded.event)
        ]

    def _eases(self, event: Event) -> bool:
        return self.by_plan and isinstance(event, SpendingPlanRevised)


_KINDS: Final = {"projects": SubjectKind.PROJECT, "units": SubjectKind.UNIT}
