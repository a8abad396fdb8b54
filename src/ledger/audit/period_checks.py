"""Checks events by the periods that were closed before they were recorded."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from math import inf
from typing import Any

from attrs import define, field

from ledger.audit.protocol import NONSENSE
from ledger.domain import periods as period_rules
from ledger.domain import policies
from ledger.domain.envelope import RecordedEvent
from ledger.domain.periods import NewFact, PeriodEvent, Periods, check_fact
from ledger.domain.policy_events import PolicySet
from ledger.domain.settings import Settings
from ledger.domain.subject import LEDGER, Stream, SubjectKind
from ledger.domain.unit_parts import UnitPart, unit_parts
from ledger.store.forensics import Forensics


@define
class PeriodChecks:
    """
    What was recorded of periods, as far as it can be read.

    Attributes:
        known: All that was ever recorded of them.

        first: The position of the first.
    """

    inspection: Forensics
    settings: Settings
    known: Periods = field(init=False)
    first: float = field(init=False)
    _parts: Mapping[Stream, Sequence[UnitPart]] | None = None

    @known.default
    def _recorded(self) -> Periods:
        periods = Periods()
        for each in self._read(LEDGER[:-1], LEDGER, of_units=False):
            if each.stream == LEDGER and isinstance(each.event, PeriodEvent):
                periods = periods.with_(each)
        return periods

    @first.default
    def _first_of_them(self) -> float:
        return self.known.first or inf

    def is_of_periods(self, recorded: RecordedEvent, states: Sequence[Any]) -> bool:
        """
        Check an event that may concern them by the periods closed before it.

        Args:
            states: Of its stream before it: the money, and the indicators.

        Returns:
            Whether it is itself about the ledger, so that no other rule looks at it.

        Raises:
            Refused, InvalidInput: It could not be recorded then.
        """
        event, periods = recorded.event, self.known.before(recorded.position)
        today = date.fromisoformat(recorded.recorded_at[:10])
        if isinstance(event, PolicySet):
            policies.decide(event, today)
        elif isinstance(event, PeriodEvent):
            period_rules.decide(periods, event, today, self.settings)
            return True
        given = NewFact(event, recorded.actor, today)
        parts = partial(self._parts_before, recorded)
        check_fact(periods, given, states, parts, self.settings)
        return isinstance(event, PolicySet)

    def _parts_before(self, recorded: RecordedEvent) -> list[UnitPart]:
        """Return what units compute from the project that an event is about."""
        if self._parts is None:
            parts = defaultdict(list)
            for part in unit_parts(self._read(*SubjectKind.UNIT.streams())):
                parts[part.project].append(part)
            self._parts = parts
        known = self._parts.get(recorded.stream, ())
        return [part for part in known if part.position < recorded.position]

    def _read(
        self, after: str, until: str, *, of_units: bool = True
    ) -> Iterator[RecordedEvent]:
        """Yield what can be read of some streams; of units, what founds them."""
        for row in self.inspection.rows(after, until):
            if not of_units or row.version == 1:
                with suppress(*NONSENSE):
                    yield self.inspection.codec.recorded(row)
