"""An issued report as it comes out of its file, read part by part."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, Literal

import msgspec
from attrs import evolve as replace
from attrs import field, frozen

from ledger.audit.json_quotes import quotes
from ledger.domain.errors import InvalidInput
from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule
from ledger.messages import found_by, message

LARGEST: Final = 100_000_000
"""How many bytes a report may have: that of 10 000 projects has three quarters."""

LARGEST_PART: Final = 4_000_000
"""How many bytes an item, or what is no list, may have: a project's are some 8 000."""

_TOGETHER: Final = 1_000_000

_MANY: Final = 200_000
"""How many items a list may have."""

_LISTS: Final = {"projects": "project", "units": "unit", "findings": "code"}
"""The long parts of a report, by what each of their items has."""

_RIGHT: Final = message("expected.issued_report")

_canonical = msgspec.json.Encoder(order="sorted").encode

UNREADABLE: Final = (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError)
"""Raised for bytes that are not such JSON; some nest too deep, or are not text."""


@frozen(kw_only=True)
class Receipt:
    """
    What a report says of the record that it was made from.

    Attributes:
        digest: Over its figures.

        unit, project: What it is of, where it is of one alone.
    """

    origin: str
    position: int
    root: str
    digest: str
    unit: str | None = None
    project: str | None = None


class Terms(msgspec.Struct, frozen=True):
    """What a report says of how it was made."""

    through: date
    known_at: str | None
    policy: Policy
    scoring: ScoringRule
    receipt: Receipt
    unit: str | None = None
    project: str | None = None


class _Parts(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """
    The keys of a report, their values unread.

    A key that no report has is refused before anything is kept of it.
    """

    month: msgspec.Raw
    through: msgspec.Raw
    known_at: msgspec.Raw
    position: msgspec.Raw
    root: msgspec.Raw
    title: msgspec.Raw
    currency: msgspec.Raw
    settings: msgspec.Raw
    policy: msgspec.Raw
    scoring: msgspec.Raw
    judged_by: msgspec.Raw
    closed: msgspec.Raw
    totals: msgspec.Raw
    projects: msgspec.Raw
    units: msgspec.Raw
    findings: msgspec.Raw
    receipt: msgspec.Raw
    unit: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    project: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _IssuedProject(msgspec.Struct):
    project: str


class _IssuedUnit(msgspec.Struct):
    unit: str


class _IssuedFinding(msgspec.Struct):
    code: str


_ITEMS: Final[Mapping[str, Any]] = {
    "projects": list[_IssuedProject],
    "units": list[_IssuedUnit],
    "findings": list[_IssuedFinding],
}
"""Checked before the items are kept: the first of another shape ends the reading."""


@frozen
class Issued:
    """
    A report, of which one item at a time is decoded.

    Memory is that of its bytes and of one item, whatever the file holds.

    Attributes:
        name: Of the file, for errors.

        terms: How and from what it says that it was made.

        head: What is no list, by key.

        quotes: How many its bytes have around texts, keys among them.
    """

    name: str
    terms: Terms
    head: Mapping[str, Any]
    quotes: int
    _lists: Mapping[str, Mapping[str, msgspec.Raw]] = field(repr=False)
    _hashes: dict[tuple[str, str], bytes] = field(
        init=False, repr=False, eq=False, factory=dict
    )

    @classmethod
    def read(cls, path: Path) -> "Issued":
        """
        Return the report in a file.

        Raises:
            InvalidInput: It holds something else, too much, or cannot be read.
        """
        try:
            with path.open("rb") as file:
                raw = _bounded(file)
        except OSError as problem:
            raise InvalidInput(str(path), found_by(problem), _RIGHT) from problem
        return cls.of(raw, str(path))

    @classmethod
    def of(cls, report: bytes | Mapping[str, Any], name: str = "report") -> "Issued":
        """
        Return the report in bytes of JSON, or in its values.

        Raises:
            InvalidInput: It is no report with a receipt, or too large for one.
        """
        try:
            raw = report if isinstance(report, bytes) else msgspec.json.encode(report)
            _check_size(name, raw, LARGEST, "report")
            parts = msgspec.json.decode(raw, type=_Parts)
            lists = {key: _items(name, getattr(parts, key), key) for key in _LISTS}
            head = {
                key: msgspec.json.decode(_small(name, key, raw_part))
                for key in parts.__struct_fields__
                if key not in _LISTS
                and (raw_part := getattr(parts, key)) is not msgspec.UNSET
            }
            terms = msgspec.convert(head, type=Terms)
        except InvalidInput:
            raise
        except (*UNREADABLE, TypeError) as problem:
            whole = report if isinstance(report, bytes) else b""
            raise InvalidInput(name, found_by(problem, whole), _RIGHT) from problem
        # Made by msgspec they lack what attrs does when it makes them.
        policy, scoring = replace(terms.policy), replace(terms.scoring)
        terms = msgspec.structs.replace(terms, policy=policy, scoring=scoring)
        return cls(name, terms, head, quotes(raw), lists)

    def names(self, key: str) -> list[str]:
        """Return the names of the *projects* or *units*."""
        return list(self._lists[key])

    def item(self, key: str, name: str) -> dict[str, Any] | None:
        """
        Return one of the *projects* or *units*; ``None`` where there is none.

        Raises:
            InvalidInput: It is no JSON of an item.
        """
        raw = self._lists[key].get(name)
        return None if raw is None else self._decoded(key, raw)

    def agrees(self, key: str, name: str, right: bytes) -> bool:
        """
        Return whether one of the *projects* or *units* is what it should be.

        Args:
            right: What it should be, as canonical JSON.

        Raises:
            InvalidInput: It is no JSON of an item.
        """
        if name not in self._lists[key]:
            return False
        if (key, name) not in self._hashes:
            self._canonical(key, name)
        return self._hashes[key, name] == sha256(right).digest()

    def findings(self) -> list[bytes]:
        """Return the findings as canonical JSON, in order of their text."""
        raws = self._lists["findings"].values()
        return sorted(_canonical(self._decoded("findings", raw)) for raw in raws)

    def digest(self) -> str:
        """
        Return SHA-256 over the canonical JSON of all but the receipt, in hex.

        Raises:
            InvalidInput: An object has a key twice: others may read the other value.
        """
        hashed, before = sha256(), b"{"
        found = quotes(_canonical([*self._lists, *self.head]))
        found += quotes(_canonical(self.head["receipt"]))
        for key in sorted({*self.head, *self._lists} - {"receipt"}):
            hashed.update(before + _canonical(key) + b":")
            before = b","
            for part in self._hashed(key):
                hashed.update(part)
                found += quotes(part)
        hashed.update(b"}")
        if found != self.quotes:
            raise InvalidInput(self.name, message("found.key_twice"), _RIGHT)
        return hashed.hexdigest()

    def _hashed(self, key: str) -> Iterator[bytes]:
        """Yield the canonical JSON of a part, a list's item by item."""
        if key in self.head:
            yield _canonical(self.head[key])
            return
        between = b"["
        for name in self._lists[key]:
            yield between + self._canonical(key, name)
            between = b","
        yield b"[]" if between == b"[" else b"]"

    def _canonical(self, key: str, name: str) -> bytes:
        """Return an item as canonical JSON, and note its hash."""
        raw = _canonical(self._decoded(key, self._lists[key][name]))
        self._hashes[key, name] = sha256(raw).digest()
        return raw

    def _decoded(self, key: str, raw: msgspec.Raw) -> dict[str, Any]:
        try:
            return msgspec.json.decode(raw, type=dict[str, Any])
        except UNREADABLE as problem:
            place = f"{self.name}: {key}"
            raise InvalidInput(place, found_by(problem, raw), _RIGHT) from problem


def _bounded(file: IO[bytes]) -> bytes:
    """Return what a file holds, and one byte too many where it is too much."""
    parts, left = [], LARGEST + 1
    while left and (part := file.read(min(left, _TOGETHER))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _items(name: str, raw: msgspec.Raw, key: str) -> dict[str, msgspec.Raw]:
    """Return the items of a list unread by name, when all have the shape of one."""
    most = message("expected.at_most_items", most=_MANY)
    if bytes(raw).count(f'"{_LISTS[key]}"'.encode()) > _MANY:
        raise InvalidInput(f"{name}: {key}", message("found.more"), most)
    shapes = msgspec.json.decode(raw, type=_ITEMS[key])
    if len(shapes) > _MANY:
        raise InvalidInput(f"{name}: {key}", f"{len(shapes)}", most)
    found: list[msgspec.Raw] = msgspec.json.decode(raw, type=list[msgspec.Raw])
    kept: dict[str, msgspec.Raw] = {}
    for place, (shape, each) in enumerate(zip(shapes, found, strict=True)):
        own = getattr(shape, _LISTS[key])
        unique = own if key != "findings" and own not in kept else f"{own}#{place}"
        kept[unique] = _small(name, key, each)
    return kept


def _small(name: str, key: str, raw: msgspec.Raw) -> msgspec.Raw:
    _check_size(f"{name}: {key}", raw, LARGEST_PART, "item")
    return raw


def _check_size(
    name: str,
    raw: bytes | msgspec.Raw,
    most: int,
    what: Literal["report", "item"],
) -> None:
    size = len(memoryview(raw))
    if size > most:
        found = message("found.bytes", size=size)
        if what == "report":  # No more was read of it.
            found = message("found.more_bytes", most=most)
        raise InvalidInput(name, found, message(f"expected.{what}_of_bytes", most=most))
