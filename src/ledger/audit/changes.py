"""What changed between two moments of knowledge, and which events did it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from ledger.audit.attribution import Attribution
from ledger.audit.explain.explanation import basis
from ledger.audit.report_figures import Change
from ledger.domain.arguments import all_checked
from ledger.domain.catalogue import BY_CLASS
from ledger.domain.envelope import RecordedEvent
from ledger.json_shapes.of_audits import CauseJson, DifferenceJson, DifferingFigureJson
from ledger.messages import Language, Message, message


@all_checked
@frozen(kw_only=True)
class Cause:
    """
    An event that changed a figure.

    Attributes:
        document: The voucher, document or evidence that it names.

        why: What it is, and whether it is *late* (recorded after the day that the
            figures go to) or *back-dated* (recorded after the day that it speaks of).
    """

    position: int
    type: str
    on: date
    recorded_at: str
    actor: str
    document: str | None
    why: Message

    def to_dict(self, language: Language = Language.ENGLISH) -> CauseJson:
        """Return it as JSON values, its words in *language*."""
        return {
            "position": self.position,
            "type": self.type,
            "on": self.on.isoformat(),
            "recorded_at": self.recorded_at,
            "actor": self.actor,
            "document": self.document,
            "why": self.why.said(language),
        }


@frozen(kw_only=True)
class DifferingFigure:
    """
    A figure that is not what an issued report says.

    Attributes:
        path: Such as ``projects.CODE.disbursed`` or ``totals.execution_rate``.

        issued: As the report says.

        computed: From the log; ``None`` where it has no such figure.

        positions: Of the events that changed it.
    """

    path: str
    issued: Any
    computed: Any
    positions: tuple[int, ...] = ()

    def to_dict(self, language: Language = Language.ENGLISH) -> DifferingFigureJson:
        """Return it as JSON values, its words in *language*."""
        del language
        return {
            "path": self.path,
            "issued": self.issued,
            "computed": self.computed,
            "positions": list(self.positions),
        }


@all_checked
@frozen(kw_only=True)
class Difference(DifferingFigure):
    """
    A figure that changed: what it was (*issued*), what it is (*computed*), and why.

    Attributes:
        causes: The events that changed it, in order of position.
    """

    causes: tuple[Cause, ...] = ()

    def to_dict(self, language: Language = Language.ENGLISH) -> DifferenceJson:
        """Return it as JSON values, its words in *language*."""
        causes = [each.to_dict(language) for each in self.causes]
        return {**super().to_dict(language), "causes": causes}


def attributed(
    changes: Iterable[Change], attribution: Attribution, through: date
) -> tuple[Difference, ...]:
    """
    Return changed figures with the events that changed each.

    Args:
        through: The day that the figures go to.
    """
    return tuple(
        difference(change, attribution.on(change.where, new=_is_new(change)), through)
        for change in changes
    )


def difference(
    figure: Change, bearing: Iterable[RecordedEvent], through: date
) -> Difference:
    """
    Return a changed figure with the events that changed it.

    Args:
        through: The day that the figures go to.
    """
    causes = tuple(_cause(each, through) for each in bearing)
    return Difference(
        path=figure.path,
        issued=figure.before,
        computed=figure.after,
        positions=tuple(each.position for each in causes),
        causes=causes,
    )


def _is_new(figure: Change) -> bool:
    """Return whether a figure was not there before, or is not any more."""
    return figure.before is None or figure.after is None


def caused_by(one: Difference) -> Message:
    """Return the events that changed a figure: their positions, then what each is."""
    positions = [*one.positions] or message("word.none")
    causes = [
        message("line.cause", on=each.on, document=each.document, why=each.why)
        for each in one.causes
    ]
    return message("line.causes", positions=positions, causes=causes)


def _cause(recorded: RecordedEvent, through: date) -> Cause:
    listed = basis(recorded, "")
    return Cause(
        position=listed.position,
        type=listed.type,
        on=listed.on,
        recorded_at=listed.recorded_at,
        actor=listed.actor,
        document=listed.document,
        why=_why(recorded, through),
    )


def _why(recorded: RecordedEvent, through: date) -> Message:
    """Return what an event is, whether it came late, and the reason that it gives."""
    event, day = recorded.event, date.fromisoformat(recorded.recorded_at[:10])
    row = BY_CLASS[type(event)]
    code = "why.back_dated" if recorded.on < day else "why.in_time"
    if day > through:
        code = "why.late"
    own = row.named_by
    what = f"event.{row.name}" if own is None else f"word.{getattr(event, own)}"
    return message(code, what=Message(what), reason=getattr(event, "reason", None))
