"""The list of alerts of a view: what it is made from, and how it is compared."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, Final

from attrs import evolve as replace
from attrs import field, frozen

from ledger.app.alert_cuts import AlertCut, KnownSubject, Wrong, cut_of
from ledger.app.alert_turns import AlertComparison
from ledger.domain.calendar import FiscalYear, parse_given
from ledger.domain.catalogue import document_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.identity import voucher_identity
from ledger.domain.policies import Judging
from ledger.domain.rectification_events import RectificationEvent
from ledger.domain.selection import Selection
from ledger.domain.settings import Settings
from ledger.messages import Message, message
from ledger.projections.shared_vouchers import shared_vouchers
from ledger.reports.documents.alerts import AlertList
from ledger.reports.values.alert_conditions import (
    AlertCode,
    AlertSeverity,
    Condition,
)
from ledger.reports.values.alerts import Alert, AlertSubject, AlertTurn, ComparedWith
from ledger.reports.values.part import part_of
from ledger.store.protocol import EventStore

Explain = Callable[[str, str], Any]
"""Returns the explanation of a figure of a stream."""

_FIGURES: Final = {
    AlertCode.BEHIND_PLAN: "money_status",
    AlertCode.AHEAD: "disbursed",
    AlertCode.STALLED: "planned",
    AlertCode.YEAR_END_SPIKE: "disbursed",
    AlertCode.PLAN_RELAXED: "planned",
    AlertCode.COMMITMENT_OVERDUE: "overdue_open",
    AlertCode.CARRY_OLDER: "current_budget",
}
"""The figure of money that says on which facts an alert rests."""

_REVISING: Final = frozenset({"FormRevised", "SpendingPlanRevised", "TargetRevised"})
"""Types of facts that change a plan or a target from a day on."""

_STATED: Final = "about"
"""What a fact has that moves no figure: it says something of a month or a year."""


def _moment(since: object) -> datetime | None:
    """
    Take a moment, if one is given: an instant with its zone, or a day's end in UTC.

    Raises:
        InvalidInput: It is neither.
    """
    known: Any = since
    if isinstance(known, str) and "T" in known:
        try:
            known = datetime.fromisoformat(known)
        except ValueError:
            raise InvalidInput("since", since, message("expected.moment")) from None
    if isinstance(known, datetime):
        if known.tzinfo is None:
            raise InvalidInput("since", since, message("expected.moment"))
        return known
    day = parse_given(known, name="since")
    return None if day is None else datetime.combine(day, time.max, UTC)


@frozen(kw_only=True)
class Alerts:
    """
    Makes the list of alerts of a view.

    Attributes:
        by: What its figures are judged by on its day.

        since: What it is compared with; ``None`` for nothing.

        explain: Says of a figure of a stream on which facts it rests.
    """

    log: EventStore
    through: date
    position: int
    known_at: str | None
    selection: Selection
    by: Judging
    since: datetime | None = field(converter=_moment)
    explain: Explain = field(repr=False)

    @property
    def settings(self) -> Settings:
        """Those of the ledger."""
        return self.log.settings

    @cached_property
    def year(self) -> FiscalYear:
        """The fiscal year of the day."""
        return self.settings.year_of(self.through)

    def made(self) -> AlertList:
        """Return the list, the worst first."""
        with self.log.reading():
            now = cut_of(self.log, self.position, self.year, self.by)
            compared = self._compared(now)
            wrong = list(now.of_all(self.selection, self.through))
            alerts = [row for one in wrong for row in self._rows(now, one, compared)]
            for one in now.of_earlier(self.selection, self.through):
                alerts += self._rows(now, one, compared)
            alerts += self._late(wrong, compared)
            alerts += self._shared(wrong, compared)
            root = self.log.root_at(self.position).hex()
        lines = [one.line for one in wrong if one.line is not None]
        return AlertList(
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            settings=self.settings,
            selection=self.selection,
            part=part_of(self.selection, lines, _unit_names(wrong)),
            alerts=sorted(alerts, key=_worst_first),
            since=None
            if compared is None
            else ComparedWith(compared.through_then, compared.earlier.position),
        )

    def _compared(self, now: AlertCut) -> AlertComparison | None:
        """Return what the list is compared with: the last end of a month by then."""
        if self.since is None:
            return None
        position = min(self.log.position_at(self.since), self.position)
        day, start = self.since.date(), self.settings.year_of(self.since.date())
        ends = [start.eve, *start.month_ends()]
        return AlertComparison(
            now=now,
            through=self.through,
            earlier=cut_of(self.log, position, self.year, self.by),
            through_then=max(end for end in ends if end <= day),
        )

    def _rows(
        self, now: AlertCut, wrong: Wrong, compared: AlertComparison | None
    ) -> Iterator[Alert]:
        """Yield the alerts of a project or a unit that nobody explained."""
        known = wrong.known
        for key, condition in wrong.conditions.items():
            if not now.is_open(known, condition, self.through):
                continue
            since, streak = now.streak(known, key, self.through)
            events = tuple(self._events(known, condition))
            is_new = compared is None or not compared.was_there(known, key)
            before = now.before(known, condition, self.through)
            is_stale = before is not None and condition.status is not None
            turn = None
            if compared is not None and is_new:
                turn = compared.turn(known, key, events)
            yield Alert(
                code=AlertCode.EXPLANATION_STALE if is_stale else key[0],
                subject=wrong.subject,
                condition=condition,
                since=since,
                streak=streak,
                events=events,
                is_new=is_new,
                turn=turn,
            )

    @cached_property
    def _month_start(self) -> date:
        return self.settings.month_start(self.settings.month_of(self.through))

    def _events(self, known: KnownSubject, condition: Condition) -> list[int]:
        """Return the positions of the facts that an alert rests on."""
        code, since = condition.code, condition.since
        if condition.order is not None:
            return [
                fact.position
                for fact in self._recorded(known)
                if isinstance(fact.event, RectificationEvent)
                and fact.event.number == condition.order
                and fact.on <= self.through
            ]
        if since is not None:
            return [
                fact.position
                for fact in self._recorded(known)
                if fact.on == since and fact.type in _REVISING
            ]
        if condition.documents:
            named = {voucher_identity(name) for name in condition.documents}
            return [
                fact.position
                for fact in self._recorded(known)
                if voucher_identity(document_of(fact.event) or "") in named
            ]
        figure = _FIGURES.get(code)
        if condition.indicator is not None:
            figure = f"indicators.{condition.indicator}.status"
        if figure is None:
            return []
        explained = self.explain(known.stream, figure)
        return [fact.position for fact in explained.rests_on()]

    def _recorded(self, known: KnownSubject) -> Iterator[RecordedEvent]:
        return self.log.read_stream(known.stream, until=self.position)

    def _late(
        self, wrong: Sequence[Wrong], compared: AlertComparison | None
    ) -> Iterator[Alert]:
        """Yield who got facts of months compared with, recorded after that moment."""
        if compared is None:
            return
        after, last = compared.earlier.position, compared.through_then
        known: dict[str, list[RecordedEvent]] = {}
        for fact in self.log.read(after=after, until=self.position):
            stated = hasattr(fact.event, _STATED)
            if fact.on <= last and not stated:
                known.setdefault(fact.stream, []).append(fact)
        for one in wrong:
            events = known.get(one.known.stream)
            if events:
                first = min(fact.on for fact in events)
                basis = message("alert.late", count=len(events), on=last)
                code = AlertCode.FACTS_LATE
                yield self._dated(one.subject, code, basis, first, events, compared)

    def _shared(
        self, wrong: Sequence[Wrong], compared: AlertComparison | None
    ) -> Iterator[Alert]:
        """Yield the units of which two projects have a payment of one voucher."""
        lines = [one.line for one in wrong if one.line is not None]
        budgets = [line.budget for line in lines]
        known = {one.subject.project: one for one in wrong}
        for note in shared_vouchers(budgets, self.through, self.settings):
            vouchers = {voucher_identity(name) for name in _parts(note.found)}
            own = [known[code] for code in _parts(note.values["projects"])]
            events = [
                fact
                for one in own
                for fact in self._recorded(one.known)
                if voucher_identity(document_of(fact.event) or "") in vouchers
                and fact.on <= self.through
            ]
            subject = replace(own[0].subject, project="", project_name="")
            basis = message("alert.found", parts=[note.content])
            day = max(fact.on for fact in events)
            code = AlertCode.LIKELY_TWICE
            yield self._dated(subject, code, basis, day, events, compared)

    def _dated(
        self,
        subject: AlertSubject,
        code: AlertCode,
        basis: Message,
        first: date,
        events: Sequence[RecordedEvent],
        compared: AlertComparison | None,
    ) -> Alert:
        """Return an alert that facts made, which holds from a day on."""
        start = self.settings.month_start(self.settings.month_of(first))
        ends = [end for end in self.year.month_ends() if end < self._month_start]
        positions = tuple(fact.position for fact in events)
        turn, is_new = None, True
        if compared is not None:
            is_new = max(positions) > compared.earlier.position
            is_new |= first > compared.through_then
            by = message("alert.by_events")
            turn = AlertTurn(by=by, events=positions) if is_new else None
        return Alert(
            code=code,
            subject=subject,
            condition=Condition(code, None, None, basis),
            since=self.settings.month_of(first),
            streak=1 + sum(end >= start for end in ends),
            events=positions,
            is_new=is_new,
            turn=turn,
        )


def listed(**asked: Any) -> AlertList:
    """Return the list of a view, of the parts that :class:`Alerts` names."""
    return Alerts(**asked).made()


def _parts(given: Any) -> list[str]:
    """Return what a message lists."""
    return [str(part) for part in given.values["parts"]]


def _unit_names(wrong: Sequence[Wrong]) -> dict[str, str]:
    """Return the names of the units that have objectives."""
    return {
        one.subject.unit: one.subject.unit_name or ""
        for one in wrong
        if one.line is None
    }


def _worst_first(alert: Alert) -> tuple[object, ...]:
    severities, codes = [*AlertSeverity], [*AlertCode]
    return (
        severities.index(alert.severity),
        not alert.is_new,
        alert.subject.unit,
        alert.subject.project,
        codes.index(alert.code),
        alert.condition.indicator or "",
    )
