"""Checkpoints of a log as signed notes (C2SP tlog-checkpoint and signed-note)."""

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Final, NamedTuple

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput
from ledger.messages import Message, message

_DASH: Final = "\N{EM DASH} "
_RIGHT: Final = message("expected.checkpoint_note")
_LONGEST: Final = 100_000
_MOST_DIGITS: Final = 18
"""Most digits of a size: it fits a signed integer of 64 bits."""

_UNFIT: Final = r"[\x00-\x09\x0b-\x1f\ud800-\udfff]"

KEY_NAME: Final = r"[^\s+\x00-\x1f\x7f\ud800-\udfff]{1,100}"
"""What a key may be called (C2SP signed-note)."""


class Signature(NamedTuple):
    """
    A line under a note.

    Attributes:
        key_id: The first four bytes of the key's hash.
    """

    name: str
    key_id: bytes
    signature: bytes


@all_checked
@frozen(kw_only=True)
class LogCheckpoint:
    """
    What a log was at a moment: its first *size* lines have this *root*.

    Attributes:
        origin: The name of the log.

        conventions: Its settings as canonical JSON: figures depend on them too.

        signatures: Of those who vouch for it; empty where it is unsigned.
    """

    origin: str
    size: int
    root: bytes
    conventions: str
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """The signed text: the lines of the checkpoint, each with its line end."""
        root = b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n{self.conventions}\n"

    @property
    def note(self) -> str:
        """The checkpoint as it is handed out: its text and its signatures."""
        signed = [
            f"{_DASH}{one.name} {b64encode(one.key_id + one.signature).decode()}\n"
            for one in self.signatures
        ]
        return "".join([self.text, "\n", *signed])

    @classmethod
    def parse(cls, note: str, name: Message | str = "checkpoint") -> "LogCheckpoint":
        """
        Return the checkpoint that *note* is; its signatures are not verified.

        Args:
            name: Of the file that it comes from.

        Raises:
            InvalidInput: It is no checkpoint of a ledger.
        """
        if found := re.search(_UNFIT, note):
            right = message("expected.plain_note")
            raise InvalidInput(name, found.group(), right)
        text, blank, rest = note.rpartition("\n\n")
        lines = text.split("\n")
        if not blank or len(lines) != 4 or not lines[0] or len(note) > _LONGEST:
            raise InvalidInput(name, note.partition("\n")[0][:80], _RIGHT)
        origin, size, root, conventions = lines
        hashed = from_base64(root)
        digits = size.isascii() and size.isdecimal() and len(size) <= _MOST_DIGITS
        if not digits or len(hashed) != 32:
            raise InvalidInput(name, f"{size}, {root}"[:80], _RIGHT)
        signed = rest.removesuffix("\n").split("\n") if rest else []
        made = cls(
            origin=origin,
            size=int(size),
            root=hashed,
            conventions=conventions,
            signatures=tuple(_signature(line, name) for line in signed),
        )
        if made.note != note:
            right = message("expected.canonical_note")
            raise InvalidInput(name, note[:80], right)
        return made


def key_id(name: str, public: bytes) -> bytes:
    """Return the id of an Ed25519 key (C2SP signed-note)."""
    return sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def from_base64(text: str) -> bytes:
    """Return the bytes that *text* stands for; none where it is no base64."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


def _signature(line: str, name: Message | str) -> Signature:
    who, _, rest = line.removeprefix(_DASH).rpartition(" ")
    both = from_base64(rest)
    if not line.startswith(_DASH) or not re.fullmatch(KEY_NAME, who) or len(both) < 5:
        raise InvalidInput(name, line[:80], message("expected.signature_line"))
    return Signature(who, both[:4], both[4:])
