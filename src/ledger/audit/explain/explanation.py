"""What an explanation says: a figure, its formula, its terms and its events."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from attrs import field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.audit.figure_paths import figure_at
from ledger.domain.catalogue import document_of, undone_id
from ledger.domain.choice_words import LanguageWord
from ledger.domain.envelope import RecordedEvent
from ledger.domain.error_language import all_in_own_language
from ledger.domain.errors import LogCorrupted
from ledger.domain.finding import Text
from ledger.domain.funding import named_source
from ledger.domain.indicator import Rating
from ledger.domain.plan import SpendingPlan
from ledger.domain.policy import Threshold
from ledger.domain.settings import Settings
from ledger.domain.status import Status
from ledger.figures.figure import Figure, FigureKind
from ledger.json_shapes.of_audits import BasisJson, ExplanationJson
from ledger.messages import Language, Message, message, said
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.reports.values.tidy_rows import whole_rows
from ledger.reports.vocabulary import language_or

Value = Decimal | date | Rating | str | None
Read = Callable[[Value], Text | None]
"""Returns a value as people read it; ``None`` where it is absent."""

_JUDGED: Final = "status"
"""How the names of figures end whose value is a status."""

NOTHING: Final = message("formula.nothing")
"""The text that stands in a formula for a value that is missing."""


@frozen(kw_only=True)
class Basis:
    """
    An event that a figure rests on, or that it leaves out.

    Attributes:
        says: What it adds, as people read it: an amount with its sign, a result, a
            target.

        amount: What it adds to an amount, in the main unit; ``None`` where the figure
            is none.

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
    amount: Decimal | None = None

    def to_dict(self, language: Language = Language.ENGLISH) -> BasisJson:
        """Return it as JSON values, its words in *language*."""
        left_out = self.left_out
        return {
            "position": self.position,
            "type": self.type,
            "on": self.on.isoformat(),
            "recorded_at": self.recorded_at,
            "actor": self.actor,
            "says": said(self.says, language),
            "amount": shown(self.amount),
            "document": self.document,
            "left_out": None if left_out is None else said(left_out, language),
        }


@all_in_own_language
@frozen(kw_only=True, repr=False)
class Explanation(AuditDocument):
    """
    Where a figure comes from.

    Attributes:
        figure: Its name, such as ``execution_rate`` or ``indicators.培训.result``.

        words: An amount or a choice as people read it; ``None`` for what reads as
            *value* does.

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
    words: Text | None = None
    language: Language = field(default=Language.ENGLISH, eq=False)

    def summary(self) -> Iterable[Message | str]:
        """Return the figure, its value, and how many events it rests on."""
        yield f"{self.figure} = {said(self.read or NOTHING, self.language)}"
        yield message("summary.events", count=len(self.rests_on()))

    @property
    def read(self) -> Text | None:
        """The value as a formula has it: an amount with its unit."""
        return self.words or shown(self.value)

    def outline(self, language: Language) -> Outline:
        """Return the figure, and events below what rests on them."""
        return Outline(
            head=message(
                "line.explained", figure=figure_at(self.figure), value=_in_words(self)
            ),
            lines=(
                OutlineLine(self.formula),
                *(OutlineLine(note, is_dim=True) for note in self.notes),
                *(_event(each) for each in self.events),
            ),
            parts=tuple(term.outline(language) for term in self.terms),
        )

    def to_records(
        self, table: str = "events", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each event, those of terms and those left out included.

        Args:
            table: ``events``.

            wide: Changes nothing: each row has all that there is of its thing.

        Raises:
            InvalidInput: There is no such table.
        """
        tables = {"events": partial(_records, self, self.language)}
        return whole_rows(tables, table, wide=wide)

    def rests_on(self) -> list[Basis]:
        """Return all events that count, its terms' included, by position."""
        found = {each.position: each for each in self.events if not each.left_out}
        for term in self.terms:
            found.update({each.position: each for each in term.rests_on()})
        return [found[position] for position in sorted(found)]

    def to_dict(
        self, language: Language | LanguageWord | None = None
    ) -> ExplanationJson:
        """
        Return it as JSON values, its words in its own language or *language*.

        Raises:
            InvalidInput: There is no such language.
        """
        spoken = language_or(language, self.language)
        return {
            "figure": self.figure,
            "value": shown(self.value),
            "formula": said(self.formula, spoken),
            "notes": [said(note, spoken) for note in self.notes],
            "events": [each.to_dict(spoken) for each in self.events],
            "terms": [each.to_dict(spoken) for each in self.terms],
        }


def _in_words(explained: Explanation) -> Text:
    """Return a value by the word that reports have for it."""
    value = explained.value
    if explained.figure.endswith(_JUDGED) and value in set(Status):
        return Message(f"word.{value}")
    if explained.figure.endswith(".result") and value in set(Rating):
        return Message(f"choice.Rating.{value}")
    return explained.read or message("word.none")


def _records(explained: Explanation, language: Language) -> Iterator[dict[str, Any]]:
    for each in explained.events:
        yield {"figure": explained.figure, **each.to_dict(language)}
    for term in explained.terms:
        yield from _records(term, language)


def _event(each: Basis) -> OutlineLine:
    line = message(
        "line.basis" if each.left_out is None else "line.left_out",
        position=each.position,
        on=each.on,
        type=Message(f"event.{each.type}"),
        document=each.document,
        says=each.says,
        actor=each.actor,
        day=each.recorded_at[:10],
        reason=each.left_out,
    )
    return OutlineLine(line, is_dim=each.left_out is not None)


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


def basis(
    recorded: RecordedEvent,
    says: Text,
    left_out: Text | None = None,
    amount: Decimal | None = None,
) -> Basis:
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
        amount=amount,
    )


def check_sum(
    figure: str, value: Value, computed: Value, read: Read | None = None
) -> None:
    """
    Check a figure against what the events or terms of its explanation come to.

    Both are made from the same events in two ways, so that a fault of either shows.

    Args:
        read: Returns either as people read it.

    Raises:
        LogCorrupted: They differ.
    """
    if value != computed:
        both = {"value": value, "computed": computed}
        absent = message("formula.absent")
        spell = read or shown
        texts = {name: spell(each) or absent for name, each in both.items()}
        raise LogCorrupted(message("error.corrupted.sum", figure=figure, **texts))


def amount_in(settings: Settings) -> Read:
    """Return what spells amounts in the main unit for the people of a ledger."""

    def read(value: Value) -> Text | None:
        return settings.amount(value) if isinstance(value, Decimal) else shown(value)

    return read


def value_in(settings: Settings) -> Callable[[Figure, Value], Text | None]:
    """Return what spells the values of figures for the people of a ledger."""
    amount = amount_in(settings)
    money = FigureKind.MONEY
    return lambda row, value: amount(value) if row.kind is money else shown(value)


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
        values = {"path": name, "source": named_source(source)}
        return message("formula.of_source", figure=named_figure(key), **values)
    return Message(f"figure.{name}")


def thresholds(listed: Sequence[Threshold], whole: Message) -> Message:
    """
    Return thresholds in words.

    Args:
        whole: What they are shares of.
    """
    worst, *others = listed
    word, share = _word(worst.status), worst.share
    parts = [message("note.below_of", status=word, share=share, whole=whole)]
    parts += [
        message("note.below", status=_word(other.status), share=other.share)
        for other in others
    ]
    return message("note.thresholds", parts=parts)


def _word(status: Status) -> Message:
    return Message(f"word.{status.value}")


def plan_reading(plan: SpendingPlan | None) -> Message:
    """Return how a printed plan was read."""
    if plan is None:
        return message("note.no_plan")
    code = "note.reading_stated" if plan.stated else "note.reading_inferred"
    return message(code, reading=Message(f"note.reading.{plan.reading.value}"))
