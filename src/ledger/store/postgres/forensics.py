"""What an auditor reads beneath a log in PostgreSQL: stored rows as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from ledger.store.sqlite.forensics import Inspection


@frozen
class ServerInspection(Inspection):
    """The stored values of a log; a server keeps no text that is not UTF-8."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one view of the database."""
        with self.file.reading():
            yield

    def query(self, sql: str, *values: object) -> Iterator[Any]:
        """Yield the rows of a statement; texts that were passed as bytes are texts."""
        texts = (
            value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for value in values
        )
        return self.file.query(sql, *texts)
