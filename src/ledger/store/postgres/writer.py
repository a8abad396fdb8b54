"""The only right to write a log in PostgreSQL."""

from typing import Any, Final

from attrs import define

from ledger.store.sqlite.writer import FileWriter

HEAD_COMMIT: Final = "SELECT CAST(CAST(xmin AS text) AS bigint) FROM head"
"""The number of the transaction that moved the head last."""

_INSERT: Final = f"INSERT INTO events VALUES ({', '.join('?' * 14)})"


@define
class ServerWriter(FileWriter):
    """What may be done while the only right to write is held, on a server."""

    def _insert(self, columns: list[tuple[Any, ...]], leaves: list[bytes]) -> int:
        """Insert events with their leaves, and return how many there were."""
        payloads = map(bytes.decode, columns[-1])
        rows = zip(*columns[:-1], payloads, leaves, strict=True)
        written: int = self._file.connection.executemany(_INSERT, rows).rowcount
        return written

    def _pace(self) -> None:
        """Leave to the server when it moves pages in place."""

    def _finish(self) -> None:
        """Write what is left, move the head, and note that it was moved here."""
        super()._finish()
        (self._file.connection.own_commit,) = self._file.one(HEAD_COMMIT)
