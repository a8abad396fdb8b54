"""What a ledger shows: views, reports, events and replays."""

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from ledger.app.base import OpenLedger
from ledger.app.replaying import replay
from ledger.domain.calendar import month_end
from ledger.domain.envelope import RecordedEvent
from ledger.domain.progress import Progress, silent
from ledger.domain.subject import Subject
from ledger.exchange.event_table import write_events
from ledger.projections.projection import Projection
from ledger.reports.documents.monthly import MonthlyReport

if TYPE_CHECKING:
    from ledger.reports.documents.monitoring import Monitoring
    from ledger.reports.documents.self_evaluation import SelfEvaluation

S = TypeVar("S")


class Reading(OpenLedger):
    """What may be looked at."""

    __slots__ = ()

    def monthly_report(
        self,
        year: int,
        month: int,
        *,
        known_at: datetime | int | None = None,
        progress: Progress = silent,
    ) -> MonthlyReport:
        """
        Return the report of a calendar month: spending and attainment.

        Args:
            progress: Is told how many more projects were looked at.
        """
        through = month_end(year, month)
        return self.view(through=through, known_at=known_at).monthly_report(progress)

    def self_evaluation(
        self, fiscal_year: int, *, known_at: datetime | int | None = None
    ) -> "SelfEvaluation":
        """Return points, grades and what is missing at the end of a fiscal year."""
        through = self.settings.year(fiscal_year).end
        return self.view(through=through, known_at=known_at).self_evaluation()

    def monitoring(
        self, year: int, month: int, *, known_at: datetime | int | None = None
    ) -> "Monitoring":
        """Return the monitoring through the end of a calendar month."""
        through = month_end(year, month)
        return self.view(through=through, known_at=known_at).monitoring()

    def events(
        self,
        *,
        stream: str | None = None,
        after: int = 0,
        types: Sequence[str] = (),
        known_at: datetime | int | None = None,
    ) -> Iterator[RecordedEvent]:
        """
        Yield recorded events in order of position.

        Args:
            stream: A project's code, or ``project:CODE`` or ``unit:CODE``.

            after: Only positions above it.

            types: Only these types, such as ``Disbursed``.
        """
        until = self._position(known_at)
        if stream is None:
            return self._log.read(after=after, until=until, types=types)
        own = Subject.named(stream).stream
        return (
            recorded
            for recorded in self._log.read_stream(own, until=until)
            if recorded.position > after and (not types or recorded.type in types)
        )

    def lines(
        self, *, after: int = 0, known_at: datetime | int | None = None
    ) -> Iterator[bytes]:
        """
        Yield the canonical lines of the log, without line ends, in order of position.

        Args:
            after: Only positions above it.
        """
        return self._log.lines(after=after, until=self._position(known_at))

    def export_table(
        self,
        path: str | os.PathLike[str],
        *,
        known_at: datetime | int | None = None,
        progress: Progress = silent,
    ) -> int:
        """
        Write all events as Parquet, with typed columns, a file for each fiscal year.

        Other engines answer their own questions from it; see the how-to on queries.

        Args:
            path: A folder that is not there yet.

            progress: Is told how many more events were written.

        Returns:
            How many events were written.

        Raises:
            InvalidInput: There is something at *path*, it cannot be written, or the
                extra ``ledger[parquet]`` is not installed.
        """
        events = self.events(known_at=known_at)
        return write_events(path, events, self.settings, progress, like=self._log.path)

    def replay(
        self,
        projection: Projection[S],
        *,
        through: date | None = None,
        known_at: datetime | int | None = None,
    ) -> Iterator[tuple[str, S]]:
        """
        Fold the log from nothing: yield each stream with its state.

        A long log is folded by a second process as well, if the projection is built in.

        Args:
            through: Only facts effective by this day.

            known_at: Only facts recorded by this instant, or up to this position.
        """
        until = self._position(known_at)
        return replay(self._log, projection, until=until, through=through)

    def stale_snapshots(self) -> list[tuple[str, str]]:
        """
        Fold the log from nothing and compare every stored state with the outcome.

        Returns:
            Projection and stream of each that is missing or differs; none is expected.
        """
        return list(self._states.differing())

    def rebuild(self) -> int:
        """
        Store the snapshots of every projection anew, and return how many streams.

        Nothing is lost without them; with them a report need not read the log.
        """
        return self._states.rebuild()
