"""The Merkle tree over the log's lines (RFC 6962): kept, proved and checked."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from attrs import define, field

from ledger.domain.errors import LogCorrupted
from ledger.messages import message

HEIGHT: Final = 8
"""Roots of perfect subtrees are stored at each level that is a multiple of this."""

_WIDTH: Final = 1 << HEIGHT
_EMPTY: Final = sha256(b"").digest()
_LEAF: Final = sha256(b"\x00")
_NODE: Final = sha256(b"\x01")
"""How leaves and nodes begin: to copy it costs less than to make it."""

RangeRoot = Callable[[int, int], bytes]
"""Returns the root over the leaves from one index up to, and without, another."""


class Subtree(NamedTuple):
    """The root of the perfect subtree over leaves [number × 2^level, + 2^level)."""

    level: int
    number: int
    root: bytes


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962, 2.1)."""
    return leaf_hashes((line,))[0]


def leaf_hashes(lines: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of many leaves, in their order."""
    start, hashes = _LEAF.copy, list[bytes]()
    for line in lines:
        leaf = start()
        leaf.update(line)
        hashes.append(leaf.digest())
    return hashes


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an interior node (RFC 6962, 2.1)."""
    node = _NODE.copy()
    node.update(left + right)
    return node.digest()


def _joined(nodes: Sequence[bytes]) -> list[bytes]:
    """Return the hashes of the nodes above pairs of others."""
    return [*map(node_hash, nodes[::2], nodes[1::2])]


@define
class Frontier:
    """
    The roots of the perfect subtrees that make up a tree, the largest first.

    Attributes:
        size: How many leaves the tree has.

        roots: One for each bit that is set in *size*.
    """

    size: int = 0
    roots: list[bytes] = field(factory=list)

    def extend(self, leaves: Iterable[bytes]) -> list[Subtree]:
        """Append the hashes of more leaves; return the subtrees that are to be kept."""
        nodes, level, size = [*leaves], 0, self.size
        if len(nodes) == 1:
            return self._add(nodes[0])
        self.size += len(nodes)
        kept, ends = list[Subtree](), list[bytes]()
        while nodes:
            first = size >> level
            if level and not level % HEIGHT:
                numbered = enumerate(nodes, start=first)
                kept += [Subtree(level, number, node) for number, node in numbered]
            if first & 1:  # The last one before them waits for its right half.
                nodes.insert(0, self.roots.pop())
            if len(nodes) & 1:
                ends.append(nodes.pop())
            nodes = _joined(nodes)
            level += 1
        self.roots += reversed(ends)
        return kept

    def _add(self, node: bytes) -> list[Subtree]:
        """Append the hash of one leaf, in a third of the time that `extend` takes."""
        kept, level, number = list[Subtree](), 0, self.size
        self.size += 1
        while number & 1:
            node = node_hash(self.roots.pop(), node)
            level, number = level + 1, number >> 1
            if not level % HEIGHT:
                kept.append(Subtree(level, number, node))
        self.roots.append(node)
        return kept

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        if not self.roots:
            return _EMPTY
        node = self.roots[-1]
        for left in self.roots[-2::-1]:
            node = node_hash(left, node)
        return node

    def to_bytes(self) -> bytes:
        """Return the roots, one after the other."""
        return b"".join(self.roots)

    @classmethod
    def from_bytes(cls, size: int, roots: bytes) -> "Frontier":
        """
        Return the frontier of *size* leaves whose roots are *roots*.

        Raises:
            ValueError: There are not as many as a tree of that size has.
        """
        if size < 0 or len(roots) != 32 * size.bit_count():
            raise ValueError(f"{len(roots)} bytes are no frontier of {size} leaves")
        return cls(size, [roots[i : i + 32] for i in range(0, len(roots), 32)])


class Tree:
    """
    A tree that computes the root of any range with O(log n) reads.

    Args:
        stored: Returns the hashes at a level from one number up to, and without,
            another; level 0 is that of the leaves.
    """

    def __init__(self, stored: Callable[[int, int, int], Sequence[bytes]]) -> None:
        @lru_cache(maxsize=64)
        def row(level: int, number: int) -> Sequence[bytes]:
            return stored(level, number * _WIDTH, (number + 1) * _WIDTH)

        self._row = row

    def root(self, start: int, stop: int) -> bytes:
        """
        Return the root over leaves *start* to *stop*, a range of RFC 6962's recursion.

        Raises:
            LogCorrupted: The tree has no such leaves, or lacks a subtree.
        """
        width = stop - start
        if width <= 0:
            return _EMPTY
        level = width.bit_length() - 1
        if width == 1 << level:
            return self._perfect(level, start >> level)
        middle = start + _split(width)
        return node_hash(self.root(start, middle), self.root(middle, stop))

    def _perfect(self, level: int, number: int) -> bytes:
        if level % HEIGHT == 0:
            row, place = self._row(level, number // _WIDTH), number % _WIDTH
            if place >= len(row) or type(row[place]) is not bytes:
                raise LogCorrupted(
                    message("error.corrupted.tree", number=number, level=level)
                )
            return row[place]
        return node_hash(
            self._perfect(level - 1, 2 * number),
            self._perfect(level - 1, 2 * number + 1),
        )


def inclusion_proof(index: int, size: int, root: RangeRoot) -> list[bytes]:
    """Return the audit path of leaf *index*, from 0, in the tree of *size* leaves."""
    start, stop, path = 0, size, []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(root(middle, stop))
            stop = middle
        else:
            path.append(root(start, middle))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, root: RangeRoot) -> list[bytes]:
    """Return the proof that the first *old* of *new* leaves are the old tree's."""
    if not 0 < old < new:
        return []
    start, stop, path = 0, new, []
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(root(middle, stop))
            stop = middle
        else:
            path.append(root(start, middle))
            start = middle
    if start:
        path.append(root(start, stop))
    return path[::-1]


def includes(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Return whether *path* proves that *leaf* is at *index* (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if first & 1 or first == last:
            node = node_hash(sibling, node)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and node == root


def extends(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Return whether *path* proves that the new tree extends the old (2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == _EMPTY
    if not 0 < old < new or not path:
        return False
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    before = after = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(size: int) -> int:
    """Return the largest power of two below *size*."""
    return 1 << (size - 1).bit_length() - 1
