"""The verification of a whole log: what must hold, step by step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from hashlib import sha256
from itertools import islice
from typing import Any, Final

import msgspec
from attrs import define, field

from ledger.audit.checked_ranges import PROJECTIONS
from ledger.audit.order_checks import Order
from ledger.audit.protocol import NONSENSE, Check, Protocol
from ledger.audit.shared_voucher_notes import SharedVoucherNotes
from ledger.audit.stream_checks import StreamChecks
from ledger.audit.verification import Verification
from ledger.audit.verify_worker import Worker
from ledger.domain.errors import InvalidInput, LogCorrupted, LogError, said_by
from ledger.domain.progress import Progress, silent
from ledger.messages import Message, message
from ledger.projections.projection import Projection
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.clock import clock_finding
from ledger.store.forensics import DamageCheck, Forensics, Maintenance
from ledger.store.merkle import Frontier
from ledger.store.protocol import EventStore
from ledger.store.signing import PublicKey
from ledger.store.state.collecting import CollectorPaused

_TOGETHER: Final = 4_096
_LISTED: Final = 9
"""How many checkpoints are named one by one."""

_PAYS: Final = 20_000
"""Events from which on a second process is worth its start."""


def verify(
    log: EventStore,
    projections: Sequence[Projection[Any]],
    *,
    checkpoints: Sequence[LogCheckpoint] = (),
    key: PublicKey | None = None,
    progress: Progress = silent,
) -> Verification:
    """
    Check that a log is whole, unchanged and by the rules; collect what is not.

    What must hold:

    (1) the file is sound by SQLite's own check;
    (2) its tables, indexes and triggers are as they were made;
    (3) its settings are those that it was created with;
    (4) each line hashes to its leaf;
    (5) positions and versions are 1, 2, 3…, ids rise, and instants never run backwards;
        a key is of one append, and has the digest of its request;
    (6) each type and schema is known, and each payload can be read in one way only;
    (7) each event obeys the rules when it is decided again;
    (8) the legs of each virement sum to zero in each source, and no project meets
        itself;
    (9) snapshots equal a replay;
    (10) the leaves in order give the stored subtrees, the head and its root (RFC 6962);
    (11) every stored checkpoint is a prefix of the log;
    (12) so are *checkpoints*, with the same origin and settings, and signed by *key*;
         the verification says which were given and what was not asked.

    Only (12) detects a log that was rewritten from the start: whoever can write the
    file can make everything else agree.

    Args:
        projections: The first two are execution and attainment.

        checkpoints: Those that the auditor kept.

        key: Whose signature they must bear, or one of those that are stored where none
            is given; ``None`` if none is needed.

        progress: Called with how many more events were read, of twice those in the log.
    """
    inspection, protocol = log.forensics(), Protocol()
    maintenance, damage = log.maintenance(), None
    tree = _TreeCheck(protocol, Frontier(), progress)
    stored: list[LogCheckpoint] = []
    try:
        with _worker(inspection, projections) as worker, inspection.reading():
            damage = None if maintenance is None else maintenance.damage()
            _check_layout(log, maintenance, protocol)  # (2)
            _check_settings(inspection, protocol)  # (3)
            heads = inspection.heads()
            saved = heads[0].saved if heads else 0
            streams = StreamChecks(
                inspection, log.settings, projections, saved, progress, protocol
            )
            sealed = heads[0].sealed if heads else None
            stored = list(_stored(inspection, protocol, sealed))
            wanted = {one.size for one in (*checkpoints, *stored)}
            shared = SharedVoucherNotes(log)

            def meanwhile() -> None:
                tree.read(inspection, wanted)  # (5), (10)
                shared.look()

            size = heads[0].size if heads else 0
            _check_streams(streams, size, worker, meanwhile)  # (4) to (9)
            _check_orphans(inspection, protocol)
            _check_keys(inspection, protocol)  # (5)
            tree.check_subtrees(inspection)
            tree.check_head(inspection, streams)
            tree.check_prefixes(Check.CHECKPOINTS, stored, log)  # (11)
            tree.check_prefixes(Check.SEALED, checkpoints, log)  # (12)
            shared.note(protocol)
    except (LogError, *NONSENSE) as problem:
        # Damaged bytes can be read as a value of another type than its column's.
        why = problem.message if isinstance(problem, LogError) else repr(problem)
        protocol.fault(Check.FILE, message("fault.reading_ended", problem=why))
    clock = clock_finding(log.now(), tree.last_instant)
    if clock is not None:
        protocol.note(clock)
    if key is not None:
        _check_signatures(protocol, checkpoints, stored, key)  # (12)
    if maintenance is not None:
        _check_damage(damage or maintenance.damage(), protocol)  # (1)
    asked = _asked(checkpoints, stored, key)
    return Verification.of(
        protocol, tree.frontier.size, tree.frontier.root(), asked, log.settings.language
    )


@define
class _TreeCheck:
    """The leaves in order, and what they come to."""

    protocol: Protocol
    frontier: Frontier
    progress: Progress
    last_instant: str = ""
    roots: dict[int, bytes] = field(factory=dict)
    subtrees: dict[tuple[int, int], bytes] = field(factory=dict)

    def read(self, inspection: Forensics, wanted: Iterable[int]) -> None:
        """Read all leaves, and note the roots at the sizes *wanted*."""
        sizes = sorted(wanted, reverse=True)
        order, rows = Order(self.protocol), inspection.leaves()
        self._note(sizes)
        while part := list(islice(rows, _TOGETHER)):
            positions, hashes, instants, ids = zip(*part, strict=True)
            order.take(positions, instants, ids)
            self.last_instant, leaves = order.latest, [*hashes]
            if set(map(type, leaves)) != {bytes}:
                raise TypeError(next(x for x in leaves if type(x) is not bytes))
            while leaves:
                # Up to the next size at which the root is wanted, and on from there.
                most = sizes[-1] - self.frontier.size if sizes else len(leaves)
                for level, number, root in self.frontier.extend(leaves[:most]):
                    self.subtrees[level, number] = root
                del leaves[:most]
                self._note(sizes)
            self.progress(len(part))
        self.protocol.examined[Check.ORDER] += self.frontier.size
        self.protocol.examined[Check.TREE] += self.frontier.size

    def _note(self, sizes: list[int]) -> None:
        """Note the root if it is wanted; *sizes* end with the next that is."""
        while sizes and sizes[-1] <= self.frontier.size:
            if sizes.pop() == self.frontier.size:
                self.roots[self.frontier.size] = self.frontier.root()

    def check_subtrees(self, inspection: Forensics) -> None:
        """Compare the stored roots of subtrees with those computed."""
        stored = inspection.subtrees()
        for level, number in sorted(stored.keys() | self.subtrees.keys()):
            right = self.subtrees.get((level, number))
            if stored.get((level, number)) != right:
                said = message("fault.subtree", number=number, level=level)
                known = 0 <= level < 64
                first = (number << level) + 1 if known else None
                last = (number + 1) << level if known else None
                self.protocol.fault(Check.TREE, said, position=first, until=last)

    def check_head(self, inspection: Forensics, streams: StreamChecks) -> None:
        """Compare the stored head with the tree and with what was read."""
        frontier, heads = self.frontier, inspection.heads()
        if len(heads) != 1:
            said = message("fault.heads", count=len(heads))
            self.protocol.fault(Check.TREE, said)
            return
        head = heads[0]
        try:
            counted = msgspec.json.decode(head.counts.encode(), type=dict[str, int])
        except (msgspec.MsgspecError, UnicodeEncodeError):
            counted = {}
        found = {
            "size": (head.size, frontier.size),
            "frontier": (head.frontier, frontier.to_bytes()),
            "counts": (counted, streams.counts),
            "last_on": (head.last_on, streams.last_on),
            "saved": (0 <= head.saved <= frontier.size, True),
        }
        for name, (stored, right) in found.items():
            if stored != right:
                said, at = message(f"fault.head.{name}"), None
                if name == "size":
                    said = message(
                        "fault.head.size", stored=head.size, size=frontier.size
                    )
                    at = max(0, min(head.size, frontier.size)) + 1
                self.protocol.fault(Check.TREE, said, position=at)

    def check_prefixes(
        self, check: Check, checkpoints: Sequence[LogCheckpoint], log: EventStore
    ) -> None:
        """Compare checkpoints with the roots that the log had at their sizes."""
        sound = 0
        for one in sorted(checkpoints, key=lambda each: each.size):
            self.protocol.examined[check] += 1
            place = message("place.checkpoint_of", size=one.size)
            if one.origin != log.origin:
                said = message("fault.origin", origin=one.origin, own=log.origin)
                self.protocol.fault(check, said, place=place)
            elif one.conventions != log.conventions:
                said = message(
                    "fault.conventions", found=one.conventions, own=log.conventions
                )
                self.protocol.fault(check, said, place=place)
            if one.size > self.frontier.size:
                said = message("fault.log_shorter", size=self.frontier.size)
                first = self.frontier.size + 1
                self.protocol.fault(check, said, position=first, place=place)
            elif self.roots.get(one.size) != one.root:
                said, first = message("fault.line_changed"), sound + 1
                self.protocol.fault(
                    check, said, position=first, until=one.size, place=place
                )
            else:
                sound = one.size


@contextmanager
def _worker(
    inspection: Forensics, projections: Sequence[Projection[Any]]
) -> Iterator[Worker | None]:
    """
    Yield a second process where it pays, and end it; it begins with the last streams.

    It may be a copy of this process, which must have no other threads yet.
    """
    path, worker = inspection.path, None
    with suppress(LogError, *NONSENSE):  # Said where it is read again.
        pays = any(head.size >= _PAYS for head in inspection.heads())
        if path is not None and pays and tuple(projections) == PROJECTIONS:
            worker = Worker.start(path)
    with nullcontext() if worker is None else closing(worker):
        yield worker


def _check_streams(
    streams: StreamChecks,
    size: int,
    worker: Worker | None,
    meanwhile: Callable[[], None],
) -> None:
    """
    Check all streams, until this process meets the other one where there is one.

    Args:
        meanwhile: What else is to be done; where one of both ends early, the other is
            done all the same.
    """
    ranges = streams.inspection.ranges()
    number = len(ranges)
    with CollectorPaused():
        try:
            meanwhile()
        finally:
            for place, each in enumerate(ranges):
                if not (
                    worker is not None
                    and worker.has(place, number)
                    and worker.joins(streams, size, place, number)
                ):
                    streams.run(*each)
    streams.finish()


def _check_damage(damage: DamageCheck, protocol: Protocol) -> None:
    protocol.examined[Check.FILE] += 1
    for damaged in damage.found():
        protocol.fault(Check.FILE, damaged)


def _check_layout(
    log: EventStore, maintenance: Maintenance | None, protocol: Protocol
) -> None:
    protocol.examined[Check.LAYOUT] += 1
    if maintenance is None:
        try:
            log.check_layout()
        except LogCorrupted as problem:
            protocol.fault(Check.LAYOUT, problem.message)
    for fault in () if maintenance is None else maintenance.faults():
        protocol.fault(Check.LAYOUT, fault)


def _check_settings(inspection: Forensics, protocol: Protocol) -> None:
    protocol.examined[Check.SETTINGS] += 1
    digest = sha256(inspection.conventions().encode("utf-8", "replace")).digest()
    if any(head.settings != digest for head in inspection.heads()):
        protocol.fault(Check.SETTINGS, message("fault.settings_changed"))


def _check_keys(inspection: Forensics, protocol: Protocol) -> None:
    for key, position in inspection.parted_keys():
        said = message("fault.key_parted", key=key)
        protocol.fault(Check.ORDER, said, position=position)


def _check_orphans(inspection: Forensics, protocol: Protocol) -> None:
    for stream in inspection.orphans():
        protocol.fault(Check.SNAPSHOTS, message("fault.orphan"), place=stream)


def _stored(
    inspection: Forensics, protocol: Protocol, sealed: int | None
) -> Iterator[LogCheckpoint]:
    """
    Yield the stored checkpoints that can be read.

    Args:
        sealed: How many there are to be, where the head says it.
    """
    rows = list(inspection.checkpoints())
    if sealed is not None and len(rows) != sealed:
        said = message("fault.sealed", count=len(rows), sealed=sealed)
        everywhere = message("place.stored_checkpoints")
        protocol.fault(Check.CHECKPOINTS, said, place=everywhere)
    for expected, (number, size, root, note) in enumerate(rows, 1):
        place = message("place.stored_checkpoint", number=number)
        if number != expected:
            said = message("fault.checkpoint_number", expected=expected)
            protocol.fault(Check.CHECKPOINTS, said, place=place)
        try:
            one = LogCheckpoint.parse(note, place)
        except (InvalidInput, UnicodeEncodeError) as problem:
            protocol.fault(Check.CHECKPOINTS, said_by(problem), place=place)
            continue
        if (one.size, one.root) != (size, root):
            said = message("fault.note_differs")
            protocol.fault(Check.CHECKPOINTS, said, place=place)
        yield one


def _check_signatures(
    protocol: Protocol,
    given: Sequence[LogCheckpoint],
    stored: Sequence[LogCheckpoint],
    key: PublicKey,
) -> None:
    for one in given:
        fault = key.fault(one)
        if fault is not None:
            said, place = (
                _unsigned(fault),
                message("place.checkpoint_of", size=one.size),
            )
            protocol.fault(Check.SEALED, said, place=place)
    if given:
        return
    protocol.examined[Check.SEALED] += len(stored)
    faults = [(one, key.fault(one)) for one in stored]
    for one, fault in faults:
        if fault is not None and any(key.claims(each) for each in one.signatures):
            place = message("place.stored_checkpoint_of", size=one.size)
            protocol.fault(Check.SEALED, _unsigned(fault), place=place)
    if all(fault for _, fault in faults):
        said = message("fault.none_signed", who=key.who)
        protocol.fault(Check.SEALED, said)


def _unsigned(fault: Message | str) -> Message:
    """Return what is wrong with the signatures of a checkpoint."""
    return message("fault.signature", fault=fault)


def _asked(
    given: Sequence[LogCheckpoint],
    stored: Sequence[LogCheckpoint],
    key: PublicKey | None,
) -> Message:
    """Return what (12) asked, and what it did not."""
    if not given and key is None:
        return message("check.sealed_nobody")
    if not given and key is not None:
        return message("check.sealed_key", count=len(stored), who=key.who)
    return message(
        "check.sealed_given" if key is None else "check.sealed_signed",
        sizes=[one.size for one in given[:_LISTED]],
        more=len(given) - _LISTED if len(given) > _LISTED else None,
        who=None if key is None else key.who,
    )
