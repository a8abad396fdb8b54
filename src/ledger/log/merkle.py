"""The RFC 6962 Merkle tree over the log's lines, kept as its frontier."""

from collections.abc import Iterable
from hashlib import sha256

from attrs import define, field


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962, 2.1)."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an interior node (RFC 6962, 2.1)."""
    return sha256(b"\x01" + left + right).digest()


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

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append the hashes of more leaves."""
        for leaf in leaves:
            node, size = leaf, self.size
            while size & 1:
                node = node_hash(self.roots.pop(), node)
                size >>= 1
            self.roots.append(node)
            self.size += 1

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        if not self.roots:
            return sha256(b"").digest()
        node = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            node = node_hash(left, node)
        return node

    def to_bytes(self) -> bytes:
        """Return the roots, one after the other."""
        return b"".join(self.roots)

    @classmethod
    def from_bytes(cls, size: int, roots: bytes) -> "Frontier":
        """Return the frontier of *size* leaves whose roots are *roots*."""
        return cls(size, [roots[i : i + 32] for i in range(0, len(roots), 32)])
