"""What an explanation says: a figure, its formula, its terms and its events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from ledger.domain.catalogue import document_of, undone_id
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LogCorrupted
from ledger.domain.finding import Text
from ledger.domain.funding import named_source
from ledger.domain.status import Status
from ledger.messages import Language, Message, message, said
from ledger.projections.policy import Threshold

Value = Decimal | date | str | None

NOTHING: Final = message("formula.nothing")
"""What stands in a formula for a value that there is not."""


@frozen(kw_only=True)
class Basis:
    """
    An event that a figure rests on, or that it leaves out.

    Attributes:
        says: What it adds: an amount with its sign, a result, a target.

        document: The voucher, document or evidence that it names.

        left_out: Why it does not count; ``None`` where it does.
    """

    position: int
    type: str
    on: date
    recorded_at: str
    actor: str
    says: Text
    document: str | None
    left_out: Text | None = None

    def to_dict(self, language: Language = Language.ENGLISH) -> dict[str, Any]:
        """Return it as JSON values, its words in *language*."""
        left_out = self.left_out
        return {
            "position": self.position,
            "type": self.type,
            "on": self.on.isoformat(),
            "recorded_at": self.recorded_at,
            "actor": self.actor,
            "says": said(self.says, language),
            "document": self.document,
            "left_out": None if left_out is None else said(left_out, language),
        }


@frozen(kw_only=True)
class Explanation:
    """
    Where a figure comes from.

    Attributes:
        figure: Its name, such as ``execution_rate`` or ``indicators.培训.result``.

        formula: In words, with its numbers.

        terms: The figures in the formula, each explained.

        events: What it rests on itself, and what it leaves out with the reason.

        notes: The reading, the convention and the thresholds applied.
    """

    figure: str
    value: Value
    formula: Text
    terms: tuple["Explanation", ...] = ()
    events: tuple[Basis, ...] = ()
    notes: tuple[Text, ...] = ()

    def rests_on(self) -> list[Basis]:
        """Return all events that count, its terms' included, by position."""
        found = {each.position: each for each in self.events if not each.left_out}
        for term in self.terms:
            found.update({each.position: each for each in term.rests_on()})
        return [found[position] for position in sorted(found)]

    def to_dict(self, language: Language = Language.ENGLISH) -> dict[str, Any]:
        """Return it as JSON values, its words in *language*."""
        return {
            "figure": self.figure,
            "value": shown(self.value),
            "formula": said(self.formula, language),
            "notes": [said(note, language) for note in self.notes],
            "events": [each.to_dict(language) for each in self.events],
            "terms": [each.to_dict(language) for each in self.terms],
        }


@frozen
class Cut:
    """
    What a view lets count.

    Attributes:
        through: Facts effective by this day.

        position: Facts recorded up to this position.
    """

    through: date
    position: int

    def excludes(self, recorded: RecordedEvent) -> Message | None:
        """Return why an event does not count; ``None`` where it does."""
        if recorded.position > self.position:
            return message("left_out.recorded_after", position=self.position)
        if recorded.on > self.through:
            return message("left_out.effective_after", day=self.through)
        return None

    def known(self, events: Iterable[RecordedEvent]) -> list[RecordedEvent]:
        """Return what was recorded by then, whatever day it speaks of."""
        return [event for event in events if event.position <= self.position]

    def retracted(self, events: Iterable[RecordedEvent]) -> Mapping[str, int]:
        """Return the ids of results retracted by then, and where."""
        return {
            retracted: each.position
            for each in self.known(events)
            if (retracted := undone_id(each.event)) is not None
        }


def basis(recorded: RecordedEvent, says: Text, left_out: Text | None = None) -> Basis:
    """Return *recorded* as what an explanation lists."""
    return Basis(
        position=recorded.position,
        type=recorded.type,
        on=recorded.on,
        recorded_at=recorded.recorded_at,
        actor=recorded.actor,
        says=says,
        document=document_of(recorded.event),
        left_out=left_out,
    )


def check_sum(figure: str, value: Value, computed: Value) -> None:
    """
    Check a figure against what the events or terms of its explanation come to.

    Both are made from the same events in two ways, so that a fault of either shows.

    Raises:
        LogCorrupted: They differ.
    """
    if value != computed:
        both = {"value": value, "computed": computed}
        absent = message("formula.absent")
        texts = {name: shown(each) or absent for name, each in both.items()}
        raise LogCorrupted(message("error.corrupted.sum", figure=figure, **texts))


def shown(value: Value) -> str | None:
    """Return a value as text without exponent; absent is ``None``."""
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def or_nothing(value: Value) -> Text:
    """Return a value as it stands in a formula; absent is the word for that."""
    return shown(value) or NOTHING


def named_figure(name: str) -> Message:
    """
    Return the name of a figure as it stands in a formula.

    Args:
        name: Its key, or ``by_source.SOURCE.KEY``.
    """
    first, _, rest = name.partition(".")
    source, _, key = rest.rpartition(".")
    if first == "by_source":
        own = named_source(source)
        return message("formula.of_source", source=own, figure=named_figure(key))
    return Message(f"figure.{name}")


def thresholds(listed: Sequence[Threshold], whole: Message) -> Message:
    """
    Return thresholds in words.

    Args:
        whole: What they are shares of.
    """
    (first, share), *others = listed
    parts = [message("note.below_of", status=_word(first), share=share, whole=whole)]
    parts += [
        message("note.below", status=_word(status), share=part)
        for status, part in others
    ]
    return message("note.thresholds", parts=parts)


def _word(status: Status) -> Message:
    return Message(f"word.{status.value}")
