"""Proofs that need no log: of one line, and of one checkpoint under another."""

import os
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from attrs import field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.audit.consistency import FORMAT as CONSISTENCY
from ledger.audit.consistency import Consistency
from ledger.audit.proof_files import SHOWN, from_hex, read_as, read_values
from ledger.domain.envelope import RecordedEvent
from ledger.domain.error_language import all_in_own_language
from ledger.domain.errors import InvalidInput, LogCorrupted, NotProven
from ledger.json_shapes.of_audits import ProofJson
from ledger.messages import Language, Message, found_by, message, quoted
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.codec import codec
from ledger.store.envelope_checks import held
from ledger.store.line import parsed
from ledger.store.merkle import includes, inclusion_proof, leaf_hash
from ledger.store.protocol import EventStore
from ledger.store.signing import PublicKey

FORMAT: Final = "ledger-proof/1"
_NO_PROOF: Final = message("found.no_proof")


class _ProofBundle(msgspec.Struct, forbid_unknown_fields=True):
    """The keys of a proof's file, in their order."""

    format: str
    line: str
    path: list[str]
    checkpoint: str


@all_in_own_language
@frozen(kw_only=True, repr=False)
class Proof(AuditDocument):
    """
    A line of a log, and what proves that it is the one at its position.

    Attributes:
        path: The sibling hashes on the way from its leaf to the root (RFC 6962, 2.1.1).
    """

    line: bytes
    path: tuple[bytes, ...]
    checkpoint: LogCheckpoint
    language: Language = field(default=Language.ENGLISH, eq=False)

    renderings = SHOWN

    def summary(self) -> Iterable[Message | str]:
        """Return the log, and how many events its checkpoint covers."""
        yield self.checkpoint.origin
        yield message("summary.events", count=self.checkpoint.size)

    def outline(self, language: Language) -> Outline:
        """Return what it proves, and the line itself."""
        del language
        one = self.checkpoint
        said = message(
            "line.proof", origin=one.origin, count=one.size, root=one.root.hex()
        )
        shown = self.line.decode(errors="replace")
        return Outline(lines=(OutlineLine(said), OutlineLine(shown)))

    def to_dict(self) -> ProofJson:
        """Return the proof as the values of a small JSON file, which `check` reads."""
        return {
            "format": FORMAT,
            "line": self.line.decode(),
            "path": [each.hex() for each in self.path],
            "checkpoint": self.checkpoint.note,
        }

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> "Proof":
        """
        Return the proof in a file, which is not checked yet.

        Raises:
            InvalidInput: It holds no proof.
        """
        name, values = os.fspath(path), read_values(path)
        if values.get("format") != FORMAT:
            right = message("expected.proof_of_format", formats=[quoted(FORMAT)])
            raise InvalidInput(name, values.get("format") or _NO_PROOF, right)
        return cls.of(values, name)

    @classmethod
    def of(cls, values: dict[str, Any], name: str) -> "Proof":
        """
        Return the proof with the *values* of a file, which is not checked yet.

        Args:
            name: Of the file.

        Raises:
            InvalidInput: One of them cannot be read.
        """
        bundle = read_as(_ProofBundle, values, name)
        try:
            line = bundle.line.encode()
        except UnicodeEncodeError as problem:
            right = message("expected.line_of_utf8")
            raise InvalidInput(name, found_by(problem), right) from None
        return cls(
            line=line,
            path=tuple(from_hex(each, name) for each in bundle.path),
            checkpoint=LogCheckpoint.parse(bundle.checkpoint, name),
        )

    def check(self, key: PublicKey | None = None) -> RecordedEvent:
        """
        Return the event that is proved; no ledger is needed.

        Args:
            key: Whose signature the checkpoint must bear; ``None`` if none is needed:
                then the proof is worth as much as the checkpoint.

        Raises:
            NotProven: The line is not the one at its position under the checkpoint.
        """
        try:
            row = parsed(self.line)
            recorded = held(row, codec())
        except LogCorrupted as problem:
            said = message("error.not_proven.line", problem=problem.message)
            raise NotProven(said) from problem
        one = self.checkpoint
        leaf, index = leaf_hash(self.line), recorded.position - 1
        if not includes(leaf, index, one.size, self.path, one.root):
            raise NotProven(
                message(
                    "error.not_proven.other_line",
                    position=recorded.position,
                    size=one.size,
                )
            )
        fault = None if key is None else key.fault(one)
        if fault is not None:
            raise NotProven(message("error.not_proven.signature", fault=fault))
        return recorded


def read_proof(path: str | os.PathLike[str]) -> Proof | Consistency:
    """
    Return the proof of either kind in a file, which is not checked yet.

    Raises:
        InvalidInput: It holds no proof.
    """
    name, values = os.fspath(path), read_values(path)
    if values.get("format") == FORMAT:
        return Proof.of(values, name)
    if values.get("format") == CONSISTENCY:
        return Consistency.of(values, name)
    formats = [quoted(FORMAT), quoted(CONSISTENCY)]
    right = message("expected.proof_of_format", formats=formats)
    raise InvalidInput(name, values.get("format") or _NO_PROOF, right)


def prove(log: EventStore, position: int) -> Proof:
    """
    Return the proof of the line at *position*.

    It leads to the newest stored checkpoint that covers the position, else to one of
    the log as it is, unsigned.

    Raises:
        InvalidInput: There is no such position.
        NotProven: The log was changed, so that no proof would hold.
    """
    with log.reading():
        log.check_layout()
        size = log.head().size
        if not 1 <= position <= size:
            right = message("expected.position_up_to", size=size)
            raise InvalidInput("position", position, right)
        notes = [note for _, covers, _, note in log.checkpoints() if covers >= position]
        one = LogCheckpoint.parse(notes[-1]) if notes else log.checkpoint(size)
        line = next(log.lines(after=position - 1, until=position), b"")
        path = inclusion_proof(position - 1, one.size, log.tree().root)
    spoken = log.settings.language
    proof = Proof(line=line, path=tuple(path), checkpoint=one, language=spoken)
    proof.check()
    return proof
