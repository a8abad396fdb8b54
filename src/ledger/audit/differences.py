"""What changed between two moments of knowledge, and which events did it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec
from attrs import frozen

from ledger.audit.explanation import basis
from ledger.audit.receipts import Cell, Report, differing
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    Event,
    ObjectivesSet,
    ProjectClosed,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)
from ledger.domain.recorded import RecordedEvent
from ledger.domain.results import all_of, labelled
from ledger.projections.policy import Proration

_STATUS: Final = ("status", "money_status")
_PAID: Final = (
    *("disbursed", "available", "execution_rate", "plan_rate", "variance"),
    *_STATUS,
)
_MONEY: Final[Mapping[type, Collection[str]]] = {
    Disbursed: _PAID,
    DisbursementReversed: _PAID,
    BudgetAdjusted: ("current_budget", "available", "execution_rate", *_STATUS),
    SpendingPlanRevised: ("planned", "plan_rate", "variance"),
}
"""Figures of a project's money that an event bears on, whole and by source."""

_SPENT: Final = ("disbursed", "cumulative_disbursed")
_DUE: Final = ("planned", "cumulative_planned")
_EASED: Final = ("expected", "status")
"""Figures that the plan's share bears on, where targets are eased by it."""

_JUDGED: Final = (
    *("result", "results", "measure", "reason", "attainment", "capped_attainment"),
    *("status", "score"),
)
_SAID: Final[Mapping[type, Collection[str]]] = {
    ResultReported: _JUDGED,
    ResultRetracted: _JUDGED,
    TargetRevised: ("target", "unit", "expected", "due", *_JUDGED),
    VarianceExplained: ("explanation",),
    ScoreReported: ("reported_score",),
}
"""Figures of its indicator that an event bears on."""

_RESULTS: Final = (ResultReported, ResultRetracted, TargetRevised)
_NOUNS: Final[Mapping[type, str]] = {
    BudgetApproved: "approval",
    Disbursed: "payment",
    DisbursementReversed: "reversal",
    SpendingPlanRevised: "plan revised",
    ProjectClosed: "closure",
    ResultReported: "result",
    ResultRetracted: "result retracted",
    TargetRevised: "target revised",
    VarianceExplained: "explanation",
    ScoreReported: "score",
    ObjectivesSet: "objectives set",
}


class Cause(msgspec.Struct, frozen=True):
    """
    An event that changed a figure.

    Attributes:
        document: The voucher, document or evidence that it names.

        why: What it is, and whether it is *late* (recorded after the day that the
            figures go to) or *back-dated* (recorded after the day that it speaks of).
    """

    position: int
    type: str
    on: date
    recorded_at: str
    actor: str
    document: str | None
    why: str


class Difference(Cell, frozen=True):
    """
    A figure that changed: what it was (*issued*), what it is (*computed*), and why.

    Attributes:
        causes: The events that changed it, in order of position.
    """

    causes: tuple[Cause, ...] = ()


def differences(
    earlier: Report,
    later: Report,
    since: Iterable[RecordedEvent],
    objectives: Iterable[RecordedEvent] = (),
) -> tuple[Difference, ...]:
    """
    Return the figures of which two reports say different things, with the causes.

    Args:
        earlier, later: Monthly reports as JSON values, to one day under one policy.

        since: The events recorded between them, in order.

        objectives: The units' objectives, for figures computed from projects.
    """
    cells = differing(earlier, later)
    if not cells:
        return ()
    through = date.fromisoformat(later["through"])
    bearing = _Bearing(
        through=through,
        by_plan=later["policy"]["proration"] == Proration.PLAN,
        streams=_by_stream(since),
        subjects={
            part: {each[name] for report in (earlier, later) for each in report[part]}
            for part, name in (("projects", "project"), ("units", "unit"))
        },
        computed=dict(_computed(objectives)),
    )
    made = []
    for cell in cells:
        causes = tuple(_cause(each, through) for each in bearing.on(cell.path))
        positions = tuple(each.position for each in causes)
        made.append(
            Difference(cell.path, cell.issued, cell.computed, positions, causes)
        )
    return tuple(made)


@frozen(kw_only=True)
class _Bearing:
    """
    Finds the events that bear on a figure.

    Attributes:
        by_plan: Whether targets are eased by the spending plan.

        subjects: The codes in the reports, of *projects* and of *units*.

        computed: The project indicators that a unit's indicator is computed from, by
            unit and label.
    """

    through: date
    by_plan: bool
    streams: Mapping[str, Sequence[RecordedEvent]]
    subjects: Mapping[str, Collection[str]]
    computed: Mapping[tuple[str, str], Sequence[tuple[str, str]]]

    def on(self, path: str) -> list[RecordedEvent]:
        """Return the events that bear on the figure at *path*, by position."""
        part, _, rest = path.partition(".")
        if part == "totals":
            found = [
                each
                for code in self.subjects["projects"]
                for each in self._of(f"project:{code}")
                if self._bears_on_money(each, rest)
            ]
        else:
            subject, figure = self._split(part, rest)
            stream = f"{part.removesuffix('s')}:{subject}"
            found = [e for e in self._of(stream) if self._bears(e, figure)]
            if part == "units":
                found += self._through_parts(subject, figure)
        once = {each.position: each for each in found}
        return [once[position] for position in sorted(once)]

    def _of(self, stream: str) -> Sequence[RecordedEvent]:
        return self.streams.get(stream, ())

    def _split(self, part: str, rest: str) -> tuple[str, str]:
        """Split a path into code and figure; a code may have dots."""
        known = [
            code for code in self.subjects.get(part, ()) if rest.startswith(f"{code}.")
        ]
        subject = max(known, key=len, default="")
        return subject, rest[len(subject) + 1 :]

    def _bears(self, recorded: RecordedEvent, figure: str) -> bool:
        """Say whether an event bears on a figure of its own project or unit."""
        event = recorded.event
        if isinstance(event, BudgetApproved | ObjectivesSet):
            return True
        if figure.startswith("indicators."):
            return self._bears_on_indicator(recorded, figure)
        if figure == "status" and isinstance(event, _RESULTS):
            return self._counts(recorded)
        return self._bears_on_money(recorded, figure)

    def _bears_on_money(self, recorded: RecordedEvent, figure: str) -> bool:
        event, (first, *rest) = recorded.event, figure.split(".")
        if isinstance(event, BudgetApproved):
            return True
        if first == "months":
            return self._bears_on_month(recorded, *rest)
        if recorded.on > self.through:
            return False
        if first == "by_source":
            source = ".".join(rest[:-1])
            own = rest[-1] in _MONEY.get(type(event), ())
            return own and source in (_sources(event) or [source])
        if figure == "status" and self._eases(event):
            return True
        return figure in _MONEY.get(type(event), ())

    def _bears_on_month(self, recorded: RecordedEvent, month: str, name: str) -> bool:
        """Say it of a month; a plan also bears on those behind the report's day."""
        event, own = recorded.event, f"{recorded.on:%Y-%m}"
        if isinstance(event, SpendingPlanRevised):
            return name in _DUE and own <= month
        if not isinstance(event, Disbursed | DisbursementReversed):
            return False
        in_time = own == month if name == "disbursed" else own <= month
        return name in _SPENT and in_time and recorded.on <= self.through

    def _bears_on_indicator(self, recorded: RecordedEvent, figure: str) -> bool:
        event = recorded.event
        if self._eases(event):
            own = figure.rpartition(".")[2]
            return own in _EASED and recorded.on <= self.through
        prefix = f"indicators.{getattr(event, 'indicator', None)}."
        own = figure.removeprefix(prefix).partition(".")[0]
        return (
            figure.startswith(prefix)
            and own in _SAID.get(type(event), ())
            and self._counts(recorded)
        )

    def _through_parts(self, unit: str, figure: str) -> Iterator[RecordedEvent]:
        """Yield the events of project indicators that a figure is computed from."""
        for (code, label), parts in self.computed.items():
            prefix = f"indicators.{label}."
            if code != unit or figure.removeprefix(prefix) not in _JUDGED:
                continue
            for project, name in parts:
                for each in self._of(f"project:{project}"):
                    own = getattr(each.event, "indicator", None)
                    reported = isinstance(each.event, _RESULTS) and self._counts(each)
                    if isinstance(each.event, BudgetApproved) or (
                        reported and (name == own or name.endswith(f"/{own}"))
                    ):
                        yield each

    def _counts(self, recorded: RecordedEvent) -> bool:
        """Say whether an event plays a part: a retraction does whatever its day."""
        retracts = isinstance(recorded.event, ResultRetracted)
        return retracts or recorded.on <= self.through

    def _eases(self, event: Event) -> bool:
        return self.by_plan and isinstance(event, BudgetAdjusted | SpendingPlanRevised)


def _by_stream(events: Iterable[RecordedEvent]) -> dict[str, list[RecordedEvent]]:
    streams: dict[str, list[RecordedEvent]] = {}
    for each in events:
        streams.setdefault(each.stream, []).append(each)
    return streams


def _computed(
    objectives: Iterable[RecordedEvent],
) -> Iterator[tuple[tuple[str, str], list[tuple[str, str]]]]:
    for each in objectives:
        if isinstance(each.event, ObjectivesSet):
            for label, indicator in labelled(all_of(each.event)).items():
                parts = [(r.project, r.indicator) for r in indicator.computed_from]
                yield (each.event.unit, label), parts


def _sources(event: Event) -> list[str] | None:
    """Return the sources that an event names; a reversal's is its disbursement's."""
    if isinstance(event, Disbursed):
        return [event.source]
    if isinstance(event, BudgetAdjusted):
        return [part.source for part in event.amounts]
    return None


def _cause(recorded: RecordedEvent, through: date) -> Cause:
    listed = basis(recorded, "")
    return Cause(
        position=listed.position,
        type=listed.type,
        on=listed.on,
        recorded_at=listed.recorded_at,
        actor=listed.actor,
        document=listed.document,
        why=_why(recorded, through),
    )


def _why(recorded: RecordedEvent, through: date) -> str:
    """Say what an event is, whether it came late, and the reason that it gives."""
    event, day = recorded.event, date.fromisoformat(recorded.recorded_at[:10])
    if isinstance(event, BudgetAdjusted):
        noun = event.kind.value.replace("_", " ")
    else:
        noun = _NOUNS[type(event)]
    late = ", back-dated" if recorded.on < day else ""
    if day > through:
        late = ", late"
    reason = getattr(event, "reason", None)
    return f"{noun}{late}" + (f": {reason}" if reason else "")
