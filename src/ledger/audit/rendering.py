"""Explanations as a tree for a terminal, differences as lines."""

from rich.text import Text
from rich.tree import Tree

from ledger.audit.changes import Cause, Difference
from ledger.audit.explain.explanation import Basis, Explanation, shown
from ledger.domain.indicator import Rating
from ledger.domain.status import Status
from ledger.messages import Language, Message, message, said

_JUDGED = "status"
"""How the names of figures end whose value is a status."""


def tree(explained: Explanation, language: Language = Language.ENGLISH) -> Tree:
    """Return an explanation as something to print: events below what rests on them."""
    return _branch(Tree("", hide_root=True), explained, language)


def causes(each: Difference, language: Language = Language.ENGLISH) -> str:
    """Return the events that changed a figure: their positions, then what each is."""
    positions = [*each.positions] or message("word.none")
    listed = [_cause(cause) for cause in each.causes]
    return message("line.causes", positions=positions, causes=listed).said(language)


def _cause(cause: Cause) -> Message:
    return message("line.cause", on=cause.on, document=cause.document, why=cause.why)


def _branch(root: Tree, explained: Explanation, language: Language) -> Tree:
    value = said(_value(explained), language)
    branch = root.add(Text(f"{explained.figure} = {value}", style="bold"))
    branch.add(Text(said(explained.formula, language)))
    for note in explained.notes:
        branch.add(Text(said(note, language), style="dim"))
    for each in explained.events:
        branch.add(_event(each, language))
    for term in explained.terms:
        _branch(branch, term, language)
    return root


def _value(explained: Explanation) -> Message | str:
    value = explained.value
    if explained.figure.endswith(_JUDGED) and value in set(Status):
        return Message(f"word.{value}")
    if explained.figure.endswith(".result") and value in set(Rating):
        return Message(f"choice.Rating.{value}")
    return shown(value) or message("word.none")


def _event(each: Basis, language: Language) -> Text:
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
    dim = "" if each.left_out is None else "dim"
    return Text(line.said(language), style=dim)
