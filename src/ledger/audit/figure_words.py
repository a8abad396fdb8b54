"""Values of figures in JSON, in the words that reports have for them."""

from contextlib import suppress
from enum import Enum
from typing import Final

import msgspec

from ledger.audit.figure_paths import ORDER_STATES, STATED_OF_MONEY, figure_at
from ledger.domain.errors import InvalidInput
from ledger.domain.indicator import Rating
from ledger.domain.measure import Measure
from ledger.domain.settings import Settings
from ledger.domain.status import Status
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Scope
from ledger.messages import Message, Value, message

_OF_KIND: Final[dict[FigureKind, type[Enum]]] = {
    FigureKind.STATUS: Status,
    FigureKind.RESULT: Rating,
    FigureKind.CHOICE: Measure,
}
"""What a figure of a kind may be a member of."""

_BELOW: Final[dict[str, type[Enum]]] = {
    "category": VarianceCategory,
}
"""The same of what an explanation has."""

_SPOKEN: Final = {
    "likelihood": {one.value: f"word.{one.value}" for one in Likelihood},
    "state": {state: f"says.order_{state}" for state in ORDER_STATES},
}
"""The words for what people state, by figure and value."""

_REASON: Final = "reason."
"""How the codes of reasons begin."""


def changed_in_words(
    path: str, issued: object, computed: object, settings: Settings
) -> dict[str, Value]:
    """
    Return a figure that differs, for the places of a text.

    Args:
        path: Its place in a report in JSON, such as ``projects.CODE.status``.

        issued, computed: Its two values there.

        settings: Of the ledger, whose scale amounts are in.
    """
    return {
        "path": figure_at(path),
        "issued": value_in_words(path, issued, settings),
        "computed": value_in_words(path, computed, settings),
    }


def value_in_words(path: str, value: object, settings: Settings) -> Message | str:
    """
    Return the value of a figure by the word that reports have for it.

    Args:
        path: As in :func:`changed_in_words`; names may have dots, keys have none.

        value: As JSON has it; numbers, days and texts of users stay as they are, and
            so does what is no value of such a figure.
    """
    if value is None:
        return message("word.none")
    if isinstance(value, bool):
        return Message(f"word.{value}")
    key = path.rpartition(".")[2]
    kind = _kinds().get(key)
    if isinstance(value, str) and value in _SPOKEN.get(key, {}):
        return Message(_SPOKEN[key][value])
    if not isinstance(value, str):
        reason = _reason(value) if kind is FigureKind.REASON else None
        return reason or msgspec.json.encode(value).decode()
    if kind is FigureKind.MONEY or key in STATED_OF_MONEY:
        return _amount(value, settings)
    members = _OF_KIND.get(kind) if kind else _BELOW.get(key)
    if members is None or value not in {member.value for member in members}:
        return value
    return Message(f"choice.{members.__name__}.{value}")


def _reason(value: object) -> Message | None:
    """Return a reason that JSON has as data; ``None`` for what is none."""
    with suppress(msgspec.ValidationError):
        reason = msgspec.convert(value, Message)
        if reason.code.startswith(_REASON):
            return reason
    return None


def _amount(value: str, settings: Settings) -> Message | str:
    """
    Return an amount in the scale of the ledger.

    What is no amount as JSON has it, or is spelled otherwise, stays as it is: two
    spellings would read the same.
    """
    currency = settings.currency
    with suppress(InvalidInput):
        amount = currency.major(currency.minor(value, signed=True))
        if f"{amount:f}" == value:
            return settings.amount(amount)
    return value


def _kinds() -> dict[str, FigureKind]:
    """Return the kinds of all figures by their keys."""
    money = registry.money(Scope.PROJECT)
    rows = (*money, *registry.months(), *registry.indicators())
    return {row.key: row.kind for row in rows}
