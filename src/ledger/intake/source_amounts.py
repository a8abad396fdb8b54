"""Amounts by funding source in one field of a bulk line."""

from functools import partial
from typing import Any

from ledger.domain.errors import InvalidInput
from ledger.domain.funding import Funding, canonical_source
from ledger.domain.settings import Settings
from ledger.messages import message

_RIGHT = message("expected.amounts_by_source")


def by_source(
    values: dict[str, Any], settings: Settings, name: str = "amount"
) -> tuple[Funding, ...] | None:
    """
    Take the field *name* where it is an amount for each source, in their order.

    That is an object in JSON, ``fiscal=600.00; other=400.00`` as text; ``None`` where
    it is one amount.

    >>> values = {"amount": "其他资金=400.00; fiscal=600.00"}
    >>> [(part.source, part.amount) for part in by_source(values, Settings())]
    [('fiscal', 60000), ('other', 40000)]

    Raises:
        InvalidInput: It is neither, or ``source`` is given too.
    """
    value = values.get(name)
    pairs = amounts_named(value, name)
    if pairs is None:
        return None
    if values.get("source") is not None:
        right = message("expected.no_source")
        raise InvalidInput("source", values["source"], right)
    minor = partial(settings.currency.minor, field=name)
    parts = [
        Funding(source=canonical_source(source), amount=minor(amount))
        for source, amount in pairs
    ]
    if not parts:
        raise InvalidInput(name, value, _RIGHT)
    del values[name]
    return tuple(sorted(parts, key=lambda part: part.source))


def amounts_named(value: object, field: str) -> list[tuple[str, Any]] | None:
    """
    Return the amounts of an object, or of a text ``name=amount; …``, each by its name.

    ``None`` where it is neither.

    Raises:
        InvalidInput: A piece of the text has no name, or no amount.
    """
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, str) and "=" in value:
        return [_pair(piece, field) for piece in value.split(";") if piece.strip()]
    return None


def _pair(piece: str, field: str) -> tuple[str, str]:
    name, _, amount = piece.rpartition("=")
    if not name.strip() or not amount.strip():
        raise InvalidInput(field, piece.strip(), _RIGHT)
    return name.strip(), amount.strip()
