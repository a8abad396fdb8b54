"""Values of figures in JSON, in the words that reports have for them."""

from enum import StrEnum
from typing import Final

from ledger.domain.events import Likelihood, VarianceCategory
from ledger.domain.indicator import Rating
from ledger.domain.measure import Measure
from ledger.domain.status import Status
from ledger.figures import registry
from ledger.figures.figure import FigureKind
from ledger.messages import Message, Value, figure_at, message, recognised

_OF_KIND: Final[dict[FigureKind, type[StrEnum]]] = {
    FigureKind.STATUS: Status,
    FigureKind.RESULT: Rating,
    FigureKind.CHOICE: Measure,
}
"""What a figure of a kind may be a member of."""

_BELOW: Final[dict[str, type[StrEnum]]] = {
    "category": VarianceCategory,
    "likelihood": Likelihood,
}
"""The same of what an explanation has."""


def changed_in_words(path: str, issued: object, computed: object) -> dict[str, Value]:
    """
    Return a figure that differs, for the places of a text.

    Args:
        path: Its place in a report in JSON, such as ``projects.CODE.status``.

        issued, computed: Its two values there.
    """
    return {
        "path": figure_at(path),
        "issued": value_in_words(path, issued),
        "computed": value_in_words(path, computed),
    }


def value_in_words(path: str, value: object) -> Message | str:
    """
    Return the value of a figure by the word that reports have for it.

    Args:
        path: As in :func:`changed_in_words`; names may have dots, keys have none.

        value: As JSON has it; numbers, days and texts of users stay as they are.
    """
    if value is None:
        return message("word.none")
    if isinstance(value, bool):
        return Message(f"word.{value}")
    if not isinstance(value, str):
        return str(value)
    key = path.rpartition(".")[2]
    kind = _kinds().get(key)
    if kind is FigureKind.REASON:
        return recognised(value, "reason")
    members = _OF_KIND.get(kind) if kind else _BELOW.get(key)
    if members is None or value not in set(members):
        return value
    return Message(f"choice.{members.__name__}.{value}")


def _kinds() -> dict[str, FigureKind]:
    """Return the kinds of all figures by their keys."""
    rows = (*registry.money(), *registry.months(), *registry.indicators())
    return {row.key: row.kind for row in rows}
