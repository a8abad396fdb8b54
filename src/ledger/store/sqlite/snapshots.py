"""The states of streams that the file keeps, so that they need not be folded again."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from attrs import frozen

from ledger.domain.subject import Stream, SubjectKind
from ledger.store.records import Snapshot
from ledger.store.sqlite.sql_file import SqlFile

_COUNTED: Final = "typeof(events) = 'integer'"
"""Snapshots whose counters are not integers are ignored."""


@frozen
class FileSnapshots:
    """The snapshots of a file."""

    file: SqlFile

    def of(self, projection: str, version: int, stream: Stream) -> Snapshot | None:
        """Return the stored state of one stream, or ``None``."""
        rows = self.file.query(
            "SELECT stream, stream_version, events, state FROM snapshots "
            f"WHERE projection = ? AND stream = ? AND version = ? AND {_COUNTED} "
            "AND typeof(stream_version) = 'integer'",
            projection,
            stream,
            version,
        )
        return next((Snapshot(*row) for row in rows), None)

    def of_projects(
        self, year: int, projections: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[str, Stream, bytes]]:
        """
        Yield projection, stream and state of the projects of a fiscal year.

        They come in order of stream.

        Args:
            projections: Only these, by name and version.
        """
        # The plus has SQLite look for the streams of the year, not for the projections
        # among those of all years.
        chosen = " OR ".join(["(+projection = ? AND +version = ?)"] * len(projections))
        return self.file.query(
            "SELECT projection, stream, state FROM snapshots "
            f"WHERE stream >= ? AND stream < ? AND ({chosen}) AND {_COUNTED} "
            "ORDER BY stream",
            *SubjectKind.PROJECT.streams(year),
            *chain.from_iterable(projections),
        )

    def followed(self) -> dict[tuple[str, int], int]:
        """Return how many events all snapshots of a projection's version follow."""
        rows = self.file.query(
            "SELECT projection, version, SUM(events) FROM snapshots "
            "WHERE typeof(events) = 'integer' GROUP BY projection, version"
        )
        return {(name, version): events for name, version, events in rows}

    def save(self, states: Iterable[tuple[str, int, Snapshot]], position: int) -> None:
        """
        Store states, each with the name and the version of its projection.

        Args:
            position: Through which all snapshots are stored then.
        """
        with self.file.translating:
            self.file.connection.executemany(
                """
                INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (stream, projection) DO UPDATE SET
                  version = excluded.version, stream_version = excluded.stream_version,
                  events = excluded.events, position = excluded.position,
                  state = excluded.state
                """,
                (
                    (
                        name,
                        stream,
                        version,
                        stream_version,
                        n,
                        position,
                        bytearray(state),
                    )
                    for name, version, (
                        stream,
                        stream_version,
                        n,
                        state,
                    ) in states
                ),
            )
