"""Requests to record events, and lines of files that are no requests."""

from collections.abc import Mapping

import msgspec
from attrs import frozen

from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.events import Event
from ledger.domain.finding import Finding, Text
from ledger.intake.column_heads import bulk_name
from ledger.messages import Message, message


@frozen
class Problem:
    """
    A line of a file that is no request, and why.

    Attributes:
        heads: What its table calls its fields, where not by their keys.
    """

    place: Text
    problems: tuple[LedgerError, ...]
    heads: Mapping[str, str] | None = None

    @property
    def message(self) -> Message | str:
        """All that is wrong."""
        parts = [as_headed(problem, self.heads) for problem in self.problems]
        return parts[0] if len(parts) == 1 else message("found.several", parts=parts)


class Request(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """
    A fact that somebody asks to record.

    Attributes:
        key: The caller's own id of the request; those of one append that share it are
            one.

        digest: Of the request, where that is more than these events: all that share
            the key have it.

        actor: Who says so, where it is not the ledger's actor.

        place: Where it was read, such as “line 12”.

        heads: What its table calls its fields, where not by their keys.

        typed: The result as the file prints it, in the unit of its target; the event
            has none.

        notes: How cells were read.
    """

    event: Event
    key: str | None = None
    digest: str | None = None
    actor: str | None = None
    cause: str | None = None
    place: Text = ""
    heads: Mapping[str, str] | None = None
    typed: str | None = None
    notes: tuple[Finding, ...] = ()


def with_envelope(
    line: Request | Problem, given: Mapping[str, str]
) -> Request | Problem:
    """Return a line with what was given for all; its own actor goes before."""
    if isinstance(line, Problem):
        return line
    own = {} if line.actor is None else {"actor": line.actor}
    return msgspec.structs.replace(line, **{**given, **own})


def as_headed(problem: LedgerError, heads: Mapping[str, str] | None) -> Message | str:
    """Return what is wrong, with the field called as the head of its column is."""
    told = problem.message
    if not heads or not isinstance(problem, InvalidInput):
        return told
    head = heads.get(bulk_name(problem.where.code.removeprefix("field.")))
    if head is None or not isinstance(told, Message):
        return told
    return Message(told.code, {**told.values, "field": head})
