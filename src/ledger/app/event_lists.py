"""The events that a report lists: read from the ledger's file whenever it is asked."""

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from attrs import frozen

from ledger.app.services import service
from ledger.domain.error_language import in_own_language
from ledger.domain.errors import LogError
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.policies import Judging
from ledger.domain.settings import Settings
from ledger.domain.subject import Subject
from ledger.messages import Language, message
from ledger.reports.values.supporting_events import (
    Standing,
    SupportingEvent,
    supporting_events,
)
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore

T = TypeVar("T")


def open_ledger_pickled(language: Language) -> LogError:
    """Return the refusal to pickle what reads an open ledger."""
    problem = LogError(message("error.log.pickled"))
    problem.speak(language)
    return problem


@frozen
class EventLists:
    """
    Lists the events that the figures of a project or of a unit rest on.

    The log only grows, so that it may be asked at any time. Where the ledger was closed
    meanwhile, or the report comes out of a pickle, its file is opened to be read.

    Attributes:
        log: ``None`` out of a pickle.

        path: The file of the ledger; ``None`` where it is in memory.

        position: Facts recorded up to here count.

        root: The root over the lines up to there: what the file must still hold.

        judging: What the figures of the day are judged by.
    """

    log: EventStore | None
    path: Path | None
    settings: Settings
    through: date
    position: int
    root: bytes
    judging: Judging

    @classmethod
    def of(
        cls, log: EventStore, through: date, position: int, root: bytes, by: Judging
    ) -> Self:
        """Return the lists of an open ledger at a day and a position."""
        return cls(log, log.path, log.settings, through, position, root, by)

    @property
    def language(self) -> Language:
        """The ledger's."""
        return self.settings.language

    @in_own_language
    def __call__(self, subject: Subject) -> list[SupportingEvent]:
        """
        Return the events of one of them.

        Raises:
            LogError: The ledger was closed, and is in memory or in a file that is
                another now.
        """
        return self._asked(partial(self._read, subject))

    def standings(
        self, asked: Iterable[tuple[Subject, IndicatorLabel | None]]
    ) -> list[Standing | None]:
        """
        Return since when statuses ask why, of indicators or of the money.

        Nothing is known where the ledger was closed and cannot be read any more.
        """
        known = list(asked)
        try:
            return self._asked(partial(self._standings, known))
        except LogError:
            return [None] * len(known)

    def _standings(
        self,
        asked: Iterable[tuple[Subject, IndicatorLabel | None]],
        log: EventStore,
    ) -> list[Standing | None]:
        year = self.settings.year_of(self.through)
        with log.reading():
            cut = service("alert_cuts").cut_of(log, self.position, year, self.judging)
            return [
                cut.standing(subject.stream, label, self.through)
                for subject, label in asked
            ]

    def _asked(self, read: Callable[[EventStore], T]) -> T:
        """Return what is read of the log, or of the file where that was closed."""
        try:
            if self.log is not None:
                return read(self.log)
        except LogError:
            if self.path is None:
                raise
        if self.path is None:
            raise LogError(message("error.log.of_pickle"))
        with closing(open_store(self.path, create=False, read_only=True)) as log:
            held = log.head().size
            if held < self.position or log.root_at(self.position) != self.root:
                raise LogError(message("error.log.other_record", path=self.path))
            return read(log)

    def _read(self, subject: Subject, log: EventStore) -> list[SupportingEvent]:
        events = log.read_stream(subject.stream, until=self.position)
        return supporting_events(events, self.through, self.settings)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes it again elsewhere, where no ledger is open."""
        path = None if self.path is None else self.path.absolute()
        own = (self.settings, self.through, self.position, self.root, self.judging)
        return EventLists, (None, path, *own)
