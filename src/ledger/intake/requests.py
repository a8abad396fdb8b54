"""Requests to record events, and lines of files that are no requests."""

import msgspec
from attrs import frozen

from ledger.domain.events import Event
from ledger.domain.finding import Text


@frozen
class Problem:
    """A line of a file that is no request, and why."""

    place: Text
    message: Text


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
    """

    event: Event
    key: str | None = None
    digest: str | None = None
    actor: str | None = None
    cause: str | None = None
    place: Text = ""
