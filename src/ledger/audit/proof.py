"""Inclusion proofs: one line of a log, provable without the log."""

import os
from pathlib import Path
from typing import Final

import msgspec
from attrs import frozen

from ledger.domain.errors import InvalidInput, LogCorrupted, NotProven
from ledger.domain.recorded import RecordedEvent
from ledger.log.checkpoint import Checkpoint
from ledger.log.envelope import held
from ledger.log.merkle import includes, inclusion_proof, leaf_hash
from ledger.log.record import codec, parsed
from ledger.log.signing import PublicKey
from ledger.log.sqlite import SqliteLog

FORMAT: Final = "ledger-proof/1"
_LARGEST: Final = 20_000_000


class _Bundle(msgspec.Struct, forbid_unknown_fields=True):
    """The keys of a proof's file, in their order."""

    format: str
    line: str
    path: list[str]
    checkpoint: str


@frozen(kw_only=True)
class Proof:
    """
    A line of a log, and what proves that it is the one at its position.

    Attributes:
        path: The hashes beside the way from its leaf to the root (RFC 6962, 2.1.1).
    """

    line: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def to_json(self) -> str:
        """Return the proof as the text of a small JSON file."""
        bundle = _Bundle(
            FORMAT,
            self.line.decode(),
            [each.hex() for each in self.path],
            self.checkpoint.note,
        )
        return msgspec.json.format(msgspec.json.encode(bundle)).decode() + "\n"

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> "Proof":
        """
        Return the proof in a file, which is not checked yet.

        Raises:
            InvalidInput: It holds no proof.
        """
        name = os.fspath(path)
        right = f"a proof of the format {FORMAT}"
        try:
            with Path(path).open("rb") as file:
                bundle = msgspec.json.decode(file.read(_LARGEST), type=_Bundle)
            hashes = tuple(map(_hash, bundle.path))
        except OSError as problem:
            raise InvalidInput(name, problem.strerror, right) from problem
        except ValueError as problem:
            raise InvalidInput(name, str(problem), right) from problem
        if bundle.format != FORMAT:
            raise InvalidInput(name, bundle.format, right)
        checkpoint = Checkpoint.parse(bundle.checkpoint, name)
        return cls(line=bundle.line.encode(), path=hashes, checkpoint=checkpoint)

    def check(self, key: PublicKey | None = None) -> RecordedEvent:
        """
        Return the event that is proved; no ledger is needed.

        Args:
            key: Whose signature the checkpoint must bear; ``None`` for nobody's, and
                then the proof is only as good as the checkpoint.

        Raises:
            NotProven: The line is not the one at its position under the checkpoint.
        """
        try:
            row = parsed(self.line)
            recorded = held(row, codec())
        except LogCorrupted as problem:
            raise NotProven(f"the line {problem}") from problem
        one = self.checkpoint
        leaf, index = leaf_hash(self.line), recorded.position - 1
        if not includes(leaf, index, one.size, self.path, one.root):
            raise NotProven(
                f"the line is not that at position {recorded.position} of the "
                f"{one.size} under the checkpoint"
            )
        if key is not None and not key.signed(one):
            raise NotProven(f"the checkpoint is not signed by {key.name}")
        return recorded


def _hash(text: str) -> bytes:
    """Return the hash that *text* is in hex, in its one spelling."""
    raw = bytes.fromhex(text)
    if len(raw) != 32 or raw.hex() != text:
        raise ValueError(f"{text[:80]!r} in the path; it is no hash in hex")
    return raw


def prove(log: SqliteLog, position: int) -> Proof:
    """
    Return the proof of the line at *position*.

    It leads to the newest stored checkpoint that covers the position, else to one of
    the log as it is, vouched for by nobody.

    Raises:
        InvalidInput: There is no such position.
        NotProven: The log was changed, so that no proof would hold.
    """
    with log.reading():
        size = log.head().size
        if not 1 <= position <= size:
            raise InvalidInput("position", position, f"a position from 1 to {size}")
        notes = [note for _, covers, _, note in log.checkpoints() if covers >= position]
        one = Checkpoint.parse(notes[-1]) if notes else log.checkpoint(size)
        line = next(log.lines(after=position - 1, until=position), b"")
        path = inclusion_proof(position - 1, one.size, log.tree().root)
    proof = Proof(line=line, path=tuple(path), checkpoint=one)
    proof.check()
    return proof
