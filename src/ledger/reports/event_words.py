"""The main fields of events in words."""

from enum import StrEnum

import attrs

from ledger.domain.catalogue import listed_fields
from ledger.domain.choices import word_of
from ledger.domain.events import Event
from ledger.domain.funding import Funding, named_source
from ledger.domain.indicator import Indicator
from ledger.domain.plan import SpendingPlan
from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.domain.spending_exception import SpendingException
from ledger.domain.target import Target
from ledger.messages import Message, Value, listed, message, named
from ledger.reports.vocabulary import amounts_by_source, checkpoints_in_words


def fields_in_words(event: Event, settings: Settings) -> list[Message]:
    """Return the main fields of an event, each with its head, as far as it has them."""
    return [
        message("found.field_value", field=head, value=shown)
        for name, head in listed_fields(event).items()
        if (shown := _value(name, getattr(event, name), settings)) is not None
    ]


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
        case Policy() | ScoringRule():
            return _terms(value)
        case _:
            return value


def _terms(own: Policy | ScoringRule) -> Message | None:
    """Return what a policy or a rule says other than the usual."""
    usual = type(own)()
    told = [
        message("found.term", name=named(name), value=_term(getattr(own, name)))
        for name in attrs.fields_dict(type(own))
        if getattr(own, name) != getattr(usual, name)
    ]
    return listed(told) if told else None


def _term(value: object) -> Value:
    """Return the value of a term as a text can say it."""
    if isinstance(value, StrEnum):
        return word_of(value)
    if not isinstance(value, tuple):
        return f"{value}"
    pairs = [message("found.pair", of=_term(a), value=f"{b}") for a, b in value]
    return listed(pairs)
