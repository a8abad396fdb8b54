"""The files that proofs are handed out in: small, and JSON."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from ledger.audit.json_quotes import quotes
from ledger.domain.errors import InvalidInput
from ledger.messages import found_by, message
from ledger.reports.documents.base import Rendering, rendering
from ledger.store.line import LONGEST_LINE

LARGEST: Final = 4 * LONGEST_LINE
"""Bytes of a file: a line within JSON takes at most twice its own, and notes are short.
"""


SHOWN: Final[Mapping[str, Rendering]] = {
    "text": rendering("outline", "shown", "language"),
    "json": rendering(None, "to_dict"),
}
"""The renderings of a proof; its JSON is the file that others check."""

B = TypeVar("B", bound=msgspec.Struct)


def read_values(path: str | os.PathLike[str]) -> dict[str, Any]:
    """
    Return the values in a file, its ``format`` among them.

    Raises:
        InvalidInput: It cannot be read, is too large, or holds no such values.
    """
    name, right = os.fspath(path), message("expected.proof")
    try:
        with Path(path).open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        raise InvalidInput(name, found_by(problem), right) from problem
    if len(raw) > LARGEST:
        right = message("expected.up_to_bytes", most=LARGEST)
        raise InvalidInput(name, message("found.larger_proof_file"), right)
    try:
        values = msgspec.json.decode(raw, type=dict[str, Any])
    except (ValueError, RecursionError) as problem:
        raise InvalidInput(name, found_by(problem, raw), right) from problem
    if quotes(raw) != quotes(msgspec.json.encode(values)):
        raise InvalidInput(name, message("found.key_twice"), right)
    return values


def read_as(bundle: type[B], values: dict[str, Any], name: str) -> B:
    """
    Return *values* as a *bundle*, which has no other keys.

    Raises:
        InvalidInput: One is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(values, type=bundle)
    except msgspec.ValidationError as problem:
        right = message("expected.proof")
        raise InvalidInput(name, found_by(problem), right) from None


def from_hex(text: str, name: str) -> bytes:
    """
    Return the hash that *text* is in hex, in its one spelling.

    Raises:
        InvalidInput: It is no hash.
    """
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raw = b""
    if len(raw) != 32 or raw.hex() != text:
        raise InvalidInput(name, text[:80], message("expected.hashes"))
    return raw
