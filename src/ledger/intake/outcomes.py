"""What becomes of files that come in: what would be recorded, and what was."""

from typing import NamedTuple

from ledger.domain.events import Event
from ledger.domain.finding import Finding
from ledger.messages import Message


class Review(NamedTuple):
    """
    What an import would do.

    Attributes:
        events: What would be recorded; nothing where a finding is an error.

        findings: What there is to note.
    """

    events: list[Event]
    findings: list[Finding]


class Recorded(NamedTuple):
    """
    What became of a bulk file.

    Attributes:
        new: How many events were appended.

        already: How many lines were there, by their keys or their content.

        position: The end of the log after it.

        undone: Those of *already* that were reversed or retracted since, each with
            what undid it.
    """

    new: int
    already: int
    position: int
    undone: tuple[Message, ...] = ()
