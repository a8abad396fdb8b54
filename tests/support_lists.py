"""What a store of plain lists keeps, and what those see who verify it."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from itertools import groupby
from typing import Any

from attrs import define, field, frozen

from ledger.domain.settings import Settings
from ledger.domain.subject import Stream, Subject, SubjectKind
from ledger.store.clock import Entropy
from ledger.store.codec import Codec, codec
from ledger.store.conventions import conventions_of, values_of
from ledger.store.line import Row, line
from ledger.store.merkle import Frontier, leaf_hash
from ledger.store.records import (
    Head,
    Snapshot,
    StoredHead,
    StoredSnapshot,
)


@define
class Lists:
    """
    What is kept.

    Attributes:
        states: By projection and stream: the version of the projection and the state.

        saved: The position through which snapshots are stored.

        commits: How often something was kept.

        held: Whether somebody holds the right to write.
    """

    settings: Settings
    origin: str
    rows: list[Row] = field(factory=list)
    seals: list[tuple[int, int, bytes, str]] = field(factory=list)
    states: dict[tuple[str, Stream], tuple[int, str, StoredSnapshot]] = field(
        factory=dict
    )
    saved: int = 0
    commits: int = 0
    held: bool = False

    @classmethod
    def new(cls, entropy: Entropy, settings: Settings | None = None) -> "Lists":
        """Return lists that keep nothing yet, of a name of their own."""
        return cls(settings or Settings(), f"ledger/{entropy(16).hex()}")

    @property
    def conventions(self) -> str:
        """The origin and the settings as canonical JSON."""
        return conventions_of(values_of(self.settings, self.origin))

    def tree(self, size: int) -> Frontier:
        """Return the tree over the first lines."""
        tree = Frontier()
        tree.extend([leaf_hash(line(row)) for row in self.rows[:size]])
        return tree

    def hashes(self) -> dict[int, list[bytes]]:
        """Return the roots of whole subtrees by level, from left to right."""
        leaves = [leaf_hash(line(row)) for row in self.rows]
        found = {0: leaves}
        for subtree in Frontier().extend(leaves):
            found.setdefault(subtree.level, []).append(subtree.root)
        return found

    def head(self) -> Head:
        """Return the end of the log."""
        tree = self.tree(len(self.rows))
        counts = dict(Counter(row.type for row in self.rows))
        last_on = max((row.on for row in self.rows), default="")
        return Head(len(self.rows), tree, self.saved, counts, last_on)


@frozen
class ListSnapshots:
    """The states that lists keep."""

    lists: Lists

    def of(self, projection: str, version: int, stream: Stream) -> Snapshot | None:
        """Return the stored state of one stream, or ``None``."""
        known, _, kept = self.lists.states.get((projection, stream), (None, "", None))
        if kept is None or known != version:
            return None
        return Snapshot(stream, kept.stream_version, kept.events, kept.state)

    def of_projects(
        self, year: int, projections: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[str, Stream, bytes]]:
        """Yield projection, stream and state of the projects of a fiscal year."""
        for (name, stream), (version, _, kept) in sorted(
            self.lists.states.items(), key=lambda each: each[0][1]
        ):
            subject = Subject.of(stream)
            own = (subject.kind, subject.year) == (SubjectKind.PROJECT, year)
            if (name, version) in projections and own:
                yield name, stream, kept.state

    def followed(self) -> dict[tuple[str, int], int]:
        """Return how many events all snapshots of a projection's version follow."""
        found: Counter[tuple[str, int]] = Counter()
        for (name, _), (version, _, kept) in self.lists.states.items():
            found[name, version] += kept.events
        return dict(found)


@frozen
class ListForensics:
    """The rows of lists, for those who verify."""

    lists: Lists
    path: None = None

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""
        return codec()

    def reading(self) -> AbstractContextManager[None]:
        """Hold one view of the lists."""
        return nullcontext()

    def rows(self, after: str = "", until: str | None = None) -> Iterator[Row]:
        """Yield the rows, stream after stream, by version."""
        for row in sorted(self.lists.rows, key=lambda row: row[1:3]):
            if row.stream > after and (until is None or row.stream <= until):
                yield row

    def leaved_rows(
        self, after: str = "", until: str | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the same rows, each with its leaf behind its values."""
        for row in self.rows(after, until):
            yield *row, leaf_hash(line(row))

    def ranges(self) -> list[tuple[str, str | None]]:
        """Return how to split the streams: not at all."""
        return [("", None)]

    def leaves(self) -> Iterator[tuple[int, bytes, str, str]]:
        """Yield position, leaf, instant and id of each row in order of position."""
        for row in self.lists.rows:
            yield row.position, leaf_hash(line(row)), row.recorded_at, row.id

    def subtrees(self) -> dict[tuple[int, int], bytes]:
        """Return the roots of subtrees by level and number."""
        leaves = [leaf for _, leaf, *_ in self.leaves()]
        return {(s.level, s.number): s.root for s in Frontier().extend(leaves)}

    def heads(self) -> list[StoredHead]:
        """Return the head, of which there is one."""
        lists = self.lists
        head = lists.head()
        return [
            StoredHead(
                size=head.size,
                frontier=lists.tree(head.size).to_bytes(),
                saved=head.saved,
                counts=json.dumps(head.counts),
                last_on=head.last_on,
                settings=sha256(self.conventions().encode()).digest(),
                sealed=len(lists.seals),
            )
        ]

    def conventions(self) -> str:
        """Return the settings as canonical JSON."""
        return self.lists.conventions

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """Yield number, size, root and note of the checkpoints."""
        return iter(self.lists.seals)

    def named(self, stream: Stream, version: int) -> tuple[str, str] | None:
        """Return id and type of an event."""
        for row in self.lists.rows:
            if (row.stream, row.version) == (stream, version):
                return row.id, row.type
        return None

    def snapshots(
        self, after: str = "", until: str | None = None
    ) -> Iterator[tuple[Stream, str, int, StoredSnapshot]]:
        """Yield the stored states of such streams, with projection and its version."""
        for (projection, stream), (version, _, kept) in sorted(
            self.lists.states.items(), key=lambda each: each[0][::-1]
        ):
            if stream > after and (until is None or stream <= until):
                yield stream, projection, version, kept

    def keeps(self, projection: str, stream: Stream | None = None) -> bool:
        """Check whether any state is stored, of any version; or one of *stream*."""
        return any(
            name == projection and stream in (None, own)
            for name, own in self.lists.states
        )

    def parted_keys(self) -> Iterator[tuple[str, int]]:
        """Yield each key that events of several appends have, and a position of it."""
        keyed = [(row.key, row) for row in self.lists.rows if row.key is not None]
        for key, own in groupby(sorted(keyed), key=lambda pair: pair[0]):
            rows = [row for _, row in own]
            if len({row.recorded_at for row in rows}) > 1:
                yield key, rows[-1].position

    def orphans(self) -> list[str]:
        """Return the streams of snapshots that have no events."""
        kept = {stream for _, stream in self.lists.states}
        return sorted(kept - {row.stream for row in self.lists.rows})
