"""Consistency proofs: a later checkpoint extends an earlier one, provable offline."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from attrs import field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.audit.proof_files import SHOWN, from_hex, read_as
from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput, NotProven
from ledger.json_shapes.of_audits import ConsistencyJson
from ledger.messages import Language, Message, message
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.merkle import consistency_proof, extends
from ledger.store.protocol import EventStore
from ledger.store.signing import PublicKey

FORMAT: Final = "ledger-consistency/1"


class _ConsistencyBundle(msgspec.Struct, forbid_unknown_fields=True):
    """The keys of a proof's file, in their order."""

    format: str
    old: str
    path: list[str]
    checkpoint: str


@all_checked
@frozen(kw_only=True, repr=False)
class Consistency(AuditDocument):
    """
    Two checkpoints of a log, and what proves that the later one extends the earlier.

    Attributes:
        old: The earlier; nothing that it covers was changed, removed or moved since.

        new: The later one.

        path: The hashes that lead to both roots (RFC 9162, 2.1.4).
    """

    old: LogCheckpoint
    new: LogCheckpoint
    path: tuple[bytes, ...]
    language: Language = field(default=Language.ENGLISH, eq=False)

    renderings = SHOWN

    def summary(self) -> Iterable[Message | str]:
        """Return the log, and how many events each checkpoint covers."""
        yield self.old.origin
        yield f"{self.old.size} → {self.new.size}"

    def outline(self, language: Language) -> Outline:
        """Return what it proves, and both roots."""
        del language
        old, new = self.old, self.new
        said = message(
            "line.proof_extension", origin=old.origin, count=new.size, before=old.size
        )
        roots = (
            message("line.root", count=end.size, root=end.root.hex())
            for end in (old, new)
        )
        return Outline(lines=tuple(map(OutlineLine, (said, *roots))))

    def to_dict(self) -> ConsistencyJson:
        """Return the proof as the values of a small JSON file, which `check` reads."""
        return {
            "format": FORMAT,
            "old": self.old.note,
            "path": [each.hex() for each in self.path],
            "checkpoint": self.new.note,
        }

    @classmethod
    def of(cls, values: dict[str, Any], name: str) -> "Consistency":
        """
        Return the proof with the *values* of a file, which is not checked yet.

        Args:
            name: Of the file.

        Raises:
            InvalidInput: One of them cannot be read.
        """
        bundle = read_as(_ConsistencyBundle, values, name)
        return cls(
            old=LogCheckpoint.parse(
                bundle.old, message("place.old_checkpoint", file=name)
            ),
            new=LogCheckpoint.parse(bundle.checkpoint, name),
            path=tuple(from_hex(each, name) for each in bundle.path),
        )

    def check(self, key: PublicKey | None = None) -> None:
        """
        Check that the later checkpoint extends the earlier one, without the ledger.

        Args:
            key: Whose signature both must bear; ``None`` if none is needed.

        Raises:
            NotProven: They are of two logs or of other settings, the path does not lead
                from one to the other, or a signature is missing or bad.
        """
        old, new = self.old, self.new
        if (old.origin, old.conventions) != (new.origin, new.conventions):
            raise NotProven(
                message(
                    "error.not_proven.two_logs",
                    old=old.origin,
                    old_settings=old.conventions,
                    new=new.origin,
                    new_settings=new.conventions,
                )
            )
        if not extends(old.size, new.size, old.root, new.root, self.path):
            raise NotProven(
                message("error.not_proven.extension", new=new.size, old=old.size)
            )
        for one in (old, new):
            fault = None if key is None else key.fault(one)
            if fault is not None:
                raise NotProven(
                    message(
                        "error.not_proven.signature_of_size", size=one.size, fault=fault
                    )
                )


def prove_consistency(log: EventStore, old: LogCheckpoint) -> Consistency:
    """
    Return the proof that what *old* covers is still what it was.

    It leads to the newest stored checkpoint that covers it, else to one of the log as
    it is, unsigned.

    Raises:
        InvalidInput: *old* is of another log, or of more events than there are.
        NotProven: The log was changed beneath *old*, so that no proof can be made.
    """
    with log.reading():
        log.check_layout()
        size = log.head().size
        if old.origin != log.origin or old.size > size:
            right = message("expected.checkpoint_of", origin=log.origin, size=size)
            found = message("found.checkpoint_of", origin=old.origin, size=old.size)
            raise InvalidInput("from", found, right)
        notes = [note for _, at, _, note in log.checkpoints() if at >= old.size]
        new = LogCheckpoint.parse(notes[-1]) if notes else log.checkpoint(size)
        path = consistency_proof(old.size, new.size, log.tree().root)
    proof = Consistency(
        old=old, new=new, path=tuple(path), language=log.settings.language
    )
    proof.check()
    return proof
