"""What a request asks for, as a digest: before anything that depends on the ledger."""

import re
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, get_args
from unicodedata import is_normalized, normalize

import attrs
import msgspec

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.commitment import commitment_identity
from ledger.domain.errors import InvalidInput
from ledger.domain.event_type import ColumnKind
from ledger.domain.events import Event
from ledger.domain.exact_numbers import EXACTLY, is_short
from ledger.domain.funding import FISCAL, ONLY_SOURCE, Funding, canonical_source
from ledger.domain.identity import voucher_identity
from ledger.messages import found_by, message
from ledger.store.payload_shapes import is_in_order
from ledger.store.sparse_fields import leaving_out, stored_shape, terms

DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII).fullmatch
"""The shape of a stored digest."""

_NOT_COMPARED: Final = "note"
_BESIDE_QUOTES: Final = re.compile(rb'" | "')
_encode = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode


def asked(event: Event) -> str:
    """
    Return the digest of what *event* asks for: SHA-256 in hex over canonical JSON.

    That is an object of its type and its fields. Texts are compared after NFKC and
    without blanks around them, numbers by their value, vouchers and funding sources as
    the rules do; a ``note`` is not compared.

    >>> from datetime import date
    >>> from ledger.domain.events import Disbursed
    >>> paid = Disbursed(project="P-1", on=date(2023, 3, 1), voucher="1", amount=5)
    >>> asked(paid) == asked(attrs.evolve(paid, voucher="１ "))
    True
    >>> asked(paid) == asked(attrs.evolve(paid, amount=6))
    False

    Raises:
        InvalidInput: A field is of no right type.
    """
    kind: type[Any] = type(event)
    make, values, spelled, at, encode = _SHAPES.get(kind) or _shape(kind)
    found = list(values(event))
    try:
        for place, spell in spelled:
            if found[place] is not None:
                found[place] = spell(found[place])
        found.insert(at, kind.__name__)
        raw = encode(make(*found))
        if _BESIDE_QUOTES.search(raw) is not None or not (
            raw.isascii() or is_normalized("NFKC", raw.decode())
        ):
            raw = _normalised(raw)
    except (AttributeError, TypeError, UnicodeEncodeError) as problem:
        right = message("expected.storable_values")
        word = message(f"event.{kind.__name__}")
        raise InvalidInput(word, found_by(problem), right) from problem
    return sha256(raw).hexdigest()


def together(what: str, *parts: object) -> str:
    """Return the digest of a request that is more than its events."""
    return sha256(_encode_sorted([what, *parts])).hexdigest()


def waited(digest: str, place: int) -> str:
    """
    Return the digest of an event recorded after later ones of its request.

    Args:
        place: How many events of the request are asked for before it.
    """
    return together("waited", place, digest)


_Spell = Callable[[Any], Any]
_Shape = tuple[
    Callable[..., msgspec.Struct],
    Callable[[Any], tuple[Any, ...]],
    tuple[tuple[int, _Spell], ...],
    int,
    Callable[[msgspec.Struct], bytes],
]
"""What the fields of an event are encoded as, a getter of them, and by place what gives
their one spelling where there are several, the place of the type, an encoder."""

_SHAPES: Final[dict[type, _Shape]] = {}


def _shape(kind: type[Any]) -> _Shape:
    fields = [a for a in attrs.fields(kind) if a.name != _NOT_COMPARED]
    fields.sort(key=attrgetter("name"))
    names = [a.name for a in fields]
    at = sum(name < "type" for name in names)
    make = stored_shape(kind, [*names[:at], "type", *names[at:]])
    encode = _encode if all(is_in_order(a.type) for a in fields) else _encode_sorted
    spelled: list[tuple[int, _Spell]] = []
    for place, a in enumerate(fields):
        if Decimal in (a.type, *get_args(a.type)):
            spelled.append((place, _number))
        elif Funding in get_args(a.type):
            spelled.append((place, _funding))
        elif (kind, a.name) in _NAMES:
            spelled.append((place, _NAMES[kind, a.name]))
    own = leaving_out(kind, encode)
    _SHAPES[kind] = make, attrgetter(*names), tuple(spelled), at, own
    return _SHAPES[kind]


def _number(value: Any) -> Any:
    """Return the same number spelled in one way: 3 for 3.00."""
    if type(value) is not Decimal or not value.is_finite():
        return value
    text = str(value)
    if text.isdecimal() or ("." in text and text[-1] not in "0." and "E" not in text):
        return value
    if not is_short(value):
        return value  # The rules refuse it.
    return Decimal(f"{EXACTLY.normalize(value):f}")


def _source(source: Any) -> Any:
    """Return the one spelling of a source; none is known again as the fiscal one."""
    return FISCAL if source == ONLY_SOURCE else canonical_source(source)


def _funding(parts: Any) -> Any:
    """Return amounts with each source in its one spelling; none stay as they are."""
    if not parts:
        return parts
    names = [_source(part.source) for part in parts]
    pairs = zip(parts, names, strict=True)
    return [attrs.evolve(part, source=name) for part, name in pairs]


_SPELLED: Final[dict[ColumnKind, _Spell]] = {
    ColumnKind.SOURCE: _source,
    ColumnKind.VOUCHER: voucher_identity,
    ColumnKind.COMMITMENT: commitment_identity,
    ColumnKind.POLICY: terms,
    ColumnKind.SCORING: terms,
}

_NAMES: Final[dict[tuple[type, str], _Spell]] = {
    (row.event, column.field): spell
    for row in CATALOGUE
    for column in row.columns
    if (spell := _SPELLED.get(column.kind)) is not None
}
"""What names of an event are compared by."""


def _normalised(raw: bytes) -> bytes:
    return _encode_sorted(_text_by_text(msgspec.json.decode(raw)))


def _text_by_text(value: Any) -> Any:
    match value:
        case str():
            return normalize("NFKC", value).strip()
        case list():
            return [_text_by_text(each) for each in value]
        case dict():
            return {name: _text_by_text(each) for name, each in value.items()}
        case _:
            return value
