"""The states of streams that a database keeps."""

from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import frozen

from ledger.domain.subject import Stream, SubjectKind
from ledger.store.records import Snapshot
from ledger.store.sqlite.snapshots import FileSnapshots


@frozen
class ServerSnapshots(FileSnapshots):
    """The snapshots of a database, whose columns hold one type each."""

    def of(self, projection: str, version: int, stream: Stream) -> Snapshot | None:
        """Return the stored state of one stream, or ``None``."""
        rows = self.file.query(
            "SELECT stream, stream_version, events, state FROM snapshots "
            "WHERE projection = ? AND stream = ? AND version = ?",
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
        chosen = " OR ".join(["(projection = ? AND version = ?)"] * len(projections))
        return self.file.query(
            "SELECT projection, stream, state FROM snapshots "
            f"WHERE stream >= ? AND stream < ? AND ({chosen}) ORDER BY stream",
            *SubjectKind.PROJECT.streams(year),
            *chain.from_iterable(projections),
        )

    def followed(self) -> dict[tuple[str, int], int]:
        """Return how many events all snapshots of a projection's version follow."""
        rows = self.file.query(
            "SELECT projection, version, CAST(SUM(events) AS bigint) FROM snapshots "
            "GROUP BY projection, version"
        )
        return {(name, version): events for name, version, events in rows}
