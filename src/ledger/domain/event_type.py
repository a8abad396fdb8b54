"""The shape of a row of the event catalogue: all that is known of an event type."""

from collections.abc import Callable
from datetime import date
from enum import Enum, Flag, auto
from typing import Any, Final, NamedTuple

from attrs import field, frozen

from ledger.domain.commitment import CommitmentStage, CommitmentStep
from ledger.domain.events import Event
from ledger.domain.subject import SubjectKind
from ledger.messages import Message, named
from ledger.messages.keyed_enum import KeyedEnum


class Flow(Enum):
    """
    Sums of money that events change.

    What is available of a source is its budget less the other flows; what was handed
    on counts while the year is open again, and refunds of earlier years never do.
    """

    BUDGET = "budget"
    DISBURSED = "disbursed"
    RESERVED = "reserved"
    CONTRACTED = "contracted"
    CARRIED_OVER = "carried_over"
    LAPSED = "lapsed"
    HANDED_ON = "handed_on"
    REFUNDED = "refunded"

    @property
    def sign(self) -> int:
        """1 where more of it makes more available, −1 less, 0 neither."""
        return _SIGNS.get(self, -1)

    @classmethod
    def of_stage(cls, stage: CommitmentStage | None) -> "Flow":
        """Return what is open of commitments of a stage; of a contract by default."""
        return cls(stage or CommitmentStage.CONTRACTED)


_SIGNS: Final = {Flow.BUDGET: 1, Flow.REFUNDED: 0}


class Effect(NamedTuple):
    """
    What an event adds to one sum of money.

    Attributes:
        source: The funding source; ``None`` stands for the source of the disbursement
            that the event reverses.

        amount: Signed minor units.

        commitment: The number of the commitment whose open amount it changes.

        step: What it is to that commitment.
    """

    flow: Flow
    source: str | None
    amount: int
    commitment: str | None = None
    step: CommitmentStep | None = None


class Leg(NamedTuple):
    """
    What a leg shares with the others of its append, and its side.

    Attributes:
        document: What all spellings of its document have in common.

        takes: Whether its project takes the money; else it gives it.

        carried: Of a carry-over: the project of the year after; ``None`` of a virement.

        back: Whether that goes back to the year before; of a virement: to the project
            that gave, as it is corrected.
    """

    on: date
    document: str | None
    takes: bool
    carried: str | None = None
    back: bool = False


class Fold(KeyedEnum):
    """The projections that figures are made from, by their names."""

    EXECUTION = "execution"
    ATTAINMENT = "attainment"


class ColumnKind(KeyedEnum):
    """Kinds of columns of a bulk file."""

    TEXT = "text"
    VOUCHER = "voucher"
    MONEY = "money"
    SOURCE = "source"
    AMOUNTS = "amounts"
    PLAN = "plan"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TARGET = "target"
    EVIDENCE = "evidence"
    COMMITMENT = "commitment"
    CONTINUED = "continued"
    EXCEPTION = "exception"
    YEAR = "year"
    ABOUT = "about"
    GOALS = "goals"
    INDICATOR = "indicator"
    POLICY = "policy"
    SCORING = "scoring"
    PARTS = "parts"
    MILESTONES = "milestones"
    MAYBE = "maybe"


INDICATOR_FIELDS: Final = (
    *("level1", "level2", "level3", "target", "description", "basis", "measure"),
    *("weight", "baseline", "direction", "milestones", "between", "builds_up"),
)
"""What a line says of an indicator, by the names that forms have for it."""


class Shown(Flag):
    """Where a field is shown: in one line of the event, as a column of the table."""

    NOWHERE = 0
    LINE = auto()
    TABLE = auto()
    BOTH = LINE | TABLE


@frozen
class Column:
    """
    A field of an event that a line of a bulk file may give.

    Attributes:
        name: As the head of the column has it.

        kind: How it is read; amounts by source also take the column ``source``.

        field: The field of the event.

        word: Whose word in the tables of messages it has; by default its field's.

        choices: The words that a choice is made among.

        right: What a missing number should be.
    """

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    optional: bool = field(default=False, kw_only=True)
    choices: type[Enum] | None = field(default=None, kw_only=True)
    right: Message | None = field(default=None, kw_only=True)
    shown: Shown = field(default=Shown.BOTH, kw_only=True)
    word: str = field(default="", kw_only=True)
    field: str = field(kw_only=True)

    @field.default
    def _same(self) -> str:
        return self.name

    @property
    def named(self) -> Message:
        """What readers call the field."""
        return named(self.word or self.field)


@frozen
class Undoing:
    """
    How an event takes back another one of its stream.

    Attributes:
        events: The types of which it takes back one.

        verb: What happened to that one, as ``reversed``.

        by_voucher: Whether it is named by a voucher; else it is by an event id.

        by: The field that names it.

        whatever_day: Whether it speaks of the record and not of a day: it counts from
            the moment it is recorded, whatever its effective date.
    """

    events: tuple[type[Event], ...]
    verb: str
    by_voucher: bool = field(default=False, kw_only=True)
    by: str = field(default="of", kw_only=True)
    whatever_day: bool = field(default=False, kw_only=True)


def _reason(event: Any) -> str | None:
    """Return the text of an event, or its reason, whichever it has."""
    said: str | None = getattr(event, "text", None) or getattr(event, "reason", None)
    return said


def _no_effects(_event: Any) -> tuple[Effect, ...]:
    return ()


@frozen(kw_only=True)
class EventType:
    """
    What is known of a type of event.

    Attributes:
        name: As it is stored; never changed.

        event: The class of the newest schema.

        subjects: What its events may be about.

        named_by: The field whose word names an event of the type in a sentence;
            ``None`` where the word for the type does.

        follows: The projections that follow it. The rules of money decide what the
            execution follows; the rules of indicators decide the rest.

        founds: Whether all figures of the subject begin with it.

        happened: Whether its day must have come when it is recorded.

        order: When an append tries it again, of the requests that wait for others.

        moves: The flows that its effects are of.

        effects: Returns what an event adds to the money.

        undoes: What it takes back, if it does.

        undone_by: The class of what takes it back; every fact of money has one.

        leg: Returns the leg that an event is; ``None`` if it is none.

        document: The field that names the voucher, the document or the evidence.

        year: The field that may state the fiscal year that an event is about, or the
            month of it; else it is that of the day.

        says: Returns what an event says other than amount, document and indicator.

        columns: The fields that a bulk file gives or a list shows, in the order in
            which they are read.

        bulk: Whether a bulk file may hold it.
    """

    event: type[Event]
    subjects: tuple[SubjectKind, ...]
    follows: frozenset[Fold]
    name: str = field()
    named_by: str | None = None
    founds: bool = False
    happened: bool = False
    order: int = 9
    moves: frozenset[Flow] = frozenset()
    effects: Callable[[Any], tuple[Effect, ...]] = _no_effects
    undoes: Undoing | None = None
    undone_by: type[Event] | None = None
    leg: Callable[[Any], Leg | None] | None = None
    document: str | None = None
    year: str | None = None
    says: Callable[[Any], str | None] = _reason
    columns: tuple[Column, ...] = ()
    bulk: bool = True

    @name.default
    def _own(self) -> str:
        return self.event.__name__
