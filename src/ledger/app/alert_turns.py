"""What turned red since a moment, and by what: a fact, the day, or a new policy."""

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import frozen

from ledger.app.alert_cuts import AlertCut, KnownSubject
from ledger.messages import message
from ledger.reports.values.alert_conditions import AlertKey
from ledger.reports.values.alerts import AlertTurn


@frozen(kw_only=True)
class AlertComparison:
    """
    A month as it is known now, and an earlier end of one as it was known then.

    Attributes:
        earlier: The ledger at the position of that moment.

        through_then: The end of the month compared with.
    """

    now: AlertCut
    through: date
    earlier: AlertCut
    through_then: date

    def was_there(self, known: KnownSubject, key: AlertKey) -> bool:
        """Return whether something was wrong already, explained or not."""
        before = self.earlier.known(known.stream)
        wrong = self.earlier.on(before, self.through_then)
        return wrong is not None and key in wrong.conditions

    def turn(
        self, known: KnownSubject, key: AlertKey, events: Sequence[int]
    ) -> AlertTurn:
        """
        Return what turned something red that was not.

        Args:
            events: The positions of the facts that it rests on.
        """
        ruled = self._by_policy(known, key)
        if ruled is not None:
            return ruled
        day = self._day(known, key)
        if day is not None:
            return AlertTurn(by=message("alert.by_day"), on=day)
        after = [place for place in events if place > self.earlier.position]
        if not after:
            recorded = self.now.log.read_stream(known.stream, until=self.now.position)
            after = [
                fact.position
                for fact in recorded
                if fact.position > self.earlier.position and fact.on <= self.through
            ]
        return AlertTurn(by=message("alert.by_events"), events=tuple(after))

    def _by_policy(self, known: KnownSubject, key: AlertKey) -> AlertTurn | None:
        """Return what set the policy without which it would not be red, if any."""
        before = self.earlier.judging(self.through_then)
        judged = self.now.judging(self.through)
        if judged.policy == before.policy:
            return None
        wrong = self.now.judged_by(known, self.through, before)
        if wrong is not None and key in wrong.conditions:
            return None
        fact = judged.set_by
        by = message("alert.by_policy")
        if fact is None:
            return AlertTurn(by=by)
        return AlertTurn(by=by, on=fact.on, events=(fact.position,))

    def _day(self, known: KnownSubject, key: AlertKey) -> date | None:
        """Return the first day of those on which what was known then is red."""
        before = self.earlier.known(known.stream)
        judging = self.now.judging(self.through)

        def is_red(day: date) -> bool:
            wrong = self.earlier.judged_by(before, day, judging)
            return wrong is not None and key in wrong.conditions

        day = self.through
        if not is_red(day):
            return None
        while day - timedelta(days=1) > self.through_then:
            if not is_red(day - timedelta(days=1)):
                break
            day -= timedelta(days=1)
        return day
