"""What errors of a PostgreSQL server mean; no message holds a password."""

from typing import Any, Final

from ledger.domain.errors import (
    InvalidInput,
    LedgerLocked,
    LogError,
    NotALedger,
    ReadOnlyLedger,
)
from ledger.messages import message

_PROBLEMS: Final[dict[str, tuple[type[LogError], str]]] = {
    "25006": (ReadOnlyLedger, "read_only"),
    "3D000": (NotALedger, "no_database"),
    "42501": (ReadOnlyLedger, "not_allowed"),
    "53100": (LogError, "full"),
    "55P03": (LedgerLocked, "busy"),
}
"""By the code of SQL's standard, which is the same in every language of a server."""

_LOST: Final = ("08", "57P")
"""Codes of a connection that is gone, and of a server that stops or starts."""


def library() -> Any:
    """
    Return the module that speaks to servers.

    Raises:
        InvalidInput: The extra is not installed.
    """
    try:
        import psycopg
    except ImportError as problem:
        missing = message("found.no_driver")
        needed = message("expected.package", package="psycopg psycopg-binary")
        raise InvalidInput("path", missing, needed) from problem
    return psycopg


class ServerErrors:
    """
    Raise what a server says within a block as the library's own errors.

    What the driver raised is not chained to them: it may quote an address.

    Raises:
        LogError: By its subclasses, what is wrong with the server or the database.
        InvalidInput: A text cannot be stored.
    """

    __slots__ = ("_errors", "_path")

    def __init__(self, path: str) -> None:
        self._path = path
        self._errors = library()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: object, problem: BaseException | None, trace: object
    ) -> None:
        if isinstance(problem, UnicodeEncodeError):
            expected = message("expected.unicode")
            raise InvalidInput("text", problem.object, expected) from None
        if isinstance(problem, self._errors.DataError) and not problem.sqlstate:
            nul = message("found.nul_character")
            raise InvalidInput("text", nul, message("expected.no_nul")) from None
        if isinstance(problem, self._errors.Error):
            code = problem.sqlstate or ""
            known, name = _PROBLEMS.get(code, (LogError, "other"))
            if name == "other" and (not code or code.startswith(_LOST)):
                name = "lost"
            words = problem.diag.message_primary if name == "other" else None
            text = message(f"error.postgres.{name}", path=self._path, words=words)
            raise known(text) from None
