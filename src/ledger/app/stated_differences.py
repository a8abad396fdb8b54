"""What people stated for the official forms, as it differs between two positions."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from ledger.app.explaining import Explaining
from ledger.app.refolding import Refolding
from ledger.audit.changes import Difference, difference
from ledger.audit.explain.explanation import Explanation
from ledger.audit.explain.stated import STATEMENTS
from ledger.audit.report_figures import Change
from ledger.domain.envelope import RecordedEvent
from ledger.domain.refusals import UnknownProject, UnknownUnit
from ledger.domain.subject import Stream, Subject, SubjectKind

_KEYS: Final = {SubjectKind.PROJECT: "projects", SubjectKind.UNIT: "units"}


@frozen(slots=False)
class StatedDifferences:
    """
    Compares what people stated of each project and unit, at both positions.

    Attributes:
        refolding: Says which positions, and what figures are judged by at each.
    """

    refolding: Refolding

    def __iter__(self) -> Iterator[Difference]:
        for subject in self._subjects():
            yield from self._of(subject)

    @cached_property
    def _both(self) -> tuple[Explaining, Explaining]:
        asked, log = self.refolding.asked, self.refolding.log
        first, last = self.refolding.judged
        return (
            Explaining(
                log=log, through=asked.through, position=asked.first, judging=first
            ),
            Explaining(
                log=log, through=asked.through, position=asked.last, judging=last
            ),
        )

    def _subjects(self) -> list[Subject]:
        """Return of what something was recorded that may bear on a statement."""
        asked, year = self.refolding.asked, self.refolding.year
        events = self.refolding.log.read(after=asked.first, until=asked.last)
        subjects = map(Subject.of, sorted({recorded.stream for recorded in events}))
        return [one for one in subjects if one.kind in _KEYS and one.year == year]

    def _of(self, subject: Subject) -> Iterator[Difference]:
        asked = self.refolding.asked
        events = self._events(subject.stream)
        if not any(isinstance(recorded.event, STATEMENTS) for recorded in events):
            return
        before, after = (_stated(each, subject) for each in self._both)
        for figure in dict.fromkeys([*before, *after]):
            old, new = before.get(figure), after.get(figure)
            was, now = _value(old), _value(new)
            if was != now:
                where = (_KEYS[subject.kind], subject.code, figure)
                causes = _causes(old, new, events, self._is_new)
                yield difference(Change(where, was, now), causes, asked.through)

    def _events(self, stream: Stream) -> list[RecordedEvent]:
        until = self.refolding.asked.last
        return list(self.refolding.log.read_stream(stream, until=until))

    def _is_new(self, position: int) -> bool:
        return self.refolding.asked.first < position


def _stated(explaining: Explaining, subject: Subject) -> Mapping[str, Explanation]:
    """Return what was stated of a subject; nothing of one that is not there yet."""
    with suppress(UnknownProject, UnknownUnit):
        return explaining.stated(subject)
    return {}


def _value(explained: Explanation | None) -> Any:
    """Return the value of a figure as JSON has it."""
    value = None if explained is None else explained.value
    return f"{value:f}" if isinstance(value, Decimal) else value


def _causes(
    old: Explanation | None,
    new: Explanation | None,
    events: list[RecordedEvent],
    is_new: Callable[[int], bool],
) -> list[RecordedEvent]:
    """Return the new events of a figure; where it has none, all of its stream."""
    known = [one for one in (old, new) if one is not None]
    rows = [row for one in known for row in (*one.events, *one.rests_on())]
    own = {row.position for row in rows}
    came = [recorded for recorded in events if is_new(recorded.position)]
    return [recorded for recorded in came if recorded.position in own] or came
