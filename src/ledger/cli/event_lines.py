"""Recorded events as lines: where each stands, what it is, and its main fields."""

from typing import Final

from ledger.cli.options import subject_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.settings import Settings
from ledger.messages import Message, message
from ledger.reports.event_words import fields_in_words

_TO_THE_SECOND: Final = len("2023-01-01T00:00:00")


def event_line(recorded: RecordedEvent, settings: Settings) -> Message:
    """Return an event as a line; its instant in UTC, to the second."""
    return message(
        "line.event",
        position=f"{recorded.position:>6}",
        on=recorded.on,
        subject=subject_of(recorded.stream),
        type=message(f"event.{recorded.type}"),
        fields=fields_in_words(recorded.event, settings),
        actor=recorded.actor,
        at=recorded.recorded_at[:_TO_THE_SECOND].replace("T", " "),
    )
