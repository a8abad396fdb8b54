"""The events under the figures of a project or a unit, as a page lists them."""

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.domain.indicator import Rating
from ledger.messages import Language, Message
from ledger.reports.values.supporting_events import SupportingEvent

ListedEvents = list[dict[str, Any]]
"""Events as the page lists them."""


def under_figures(
    events: Iterable[SupportingEvent], say: Mapping[str, str], language: Language
) -> tuple[ListedEvents, dict[str, ListedEvents]]:
    """Return the events under the money, and those under each indicator."""
    money: ListedEvents = []
    under: dict[str, ListedEvents] = {}
    for event in events:
        name = event.indicator
        where = money if name is None else under.setdefault(name, [])
        where.append(_listed(event, say, language))
    return money, under


def _listed(
    event: SupportingEvent, say: Mapping[str, str], language: Language
) -> dict[str, Any]:
    amount = event.amount
    return {
        "position": event.position,
        "on": event.on,
        "kind": Message(f"event.{event.kind}").said(language),
        "amount": None if amount is None else f"{amount:+,f}",
        "document": event.document,
        "says": _says(event, say),
        "undone": event.undone,
    }


def _says(event: SupportingEvent, say: Mapping[str, str]) -> str | None:
    rated = event.kind == "ResultReported" and event.says in {
        rating.value for rating in Rating
    }
    return say[event.says] if rated and event.says else event.says
