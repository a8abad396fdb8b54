"""Recorded events as lines: where each stands, what it is, and its main fields."""

from enum import StrEnum
from typing import Final

from ledger.cli.options import subject_of
from ledger.domain.catalogue import listed_fields
from ledger.domain.choices import word_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.funding import Funding, named_source
from ledger.domain.indicator import Indicator
from ledger.domain.plan import SpendingPlan
from ledger.domain.settings import Settings
from ledger.domain.spending_exception import SpendingException
from ledger.domain.target import Target
from ledger.messages import Message, Value, listed, message
from ledger.reports.vocabulary import amounts_by_source, checkpoints_in_words

_TO_THE_SECOND: Final = len("2023-01-01T00:00:00")


def event_line(recorded: RecordedEvent, settings: Settings) -> Message:
    """Return an event as a line; its instant in UTC, to the second."""
    fields = [
        message("found.field_value", field=head, value=shown)
        for name, head in listed_fields(recorded.event).items()
        if (shown := _value(name, getattr(recorded.event, name), settings)) is not None
    ]
    return message(
        "line.event",
        position=f"{recorded.position:>6}",
        on=recorded.on,
        subject=subject_of(recorded.stream),
        type=message(f"event.{recorded.type}"),
        fields=fields,
        actor=recorded.actor,
        at=recorded.recorded_at[:_TO_THE_SECOND].replace("T", " "),
    )


def _value(name: str, value: Value, settings: Settings) -> Value:
    """Return a field of an event as a text can say it; ``None`` for nothing."""
    match value:
        case bool():
            return message("word.True") if value else None
        case int() if name == "amount":
            return settings.money(value)
        case str() if name == "source":
            return named_source(value)
        case tuple():
            words = [each for each in value if isinstance(each, StrEnum)]
            if words:
                return listed(map(word_of, words))
            parts = [part for part in value if isinstance(part, Funding)]
            return amounts_by_source(parts, settings) if parts else None
        case SpendingPlan():
            return checkpoints_in_words(value, settings)
        case SpendingException():
            permission = {"allowed_by": value.allowed_by, "reason": value.reason}
            return message("found.allowed_by", **permission)
        case Target():
            return value.text
        case Indicator():
            return message("found.added_row", name=value.name, target=value.target.text)
        case _:
            return value
