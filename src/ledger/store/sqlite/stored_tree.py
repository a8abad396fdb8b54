"""The tree over a log, from the hashes that its file keeps."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from ledger.store.merkle import Tree

_LEAVES: Final = (
    "SELECT position - 1, leaf FROM events WHERE position > ? AND position <= ? "
    "ORDER BY position"
)
_SUBTREES: Final = (
    "SELECT number, root FROM subtrees WHERE level = ? AND number >= ? "
    "AND number < ? ORDER BY number"
)


def stored_tree(query: Callable[..., Iterator[Any]]) -> Tree:
    """
    Return the tree whose hashes *query* reads.

    Args:
        query: Takes a statement and its values, and yields rows.
    """

    def stored(level: int, first: int, last: int) -> list[bytes]:
        rows = (
            query(_SUBTREES, level, first, last)
            if level
            else query(_LEAVES, first, last)
        )
        hashes: list[bytes] = []
        for number, root in rows:
            if number != first + len(hashes):
                break  # What comes after a gap is not where it belongs.
            hashes.append(root)
        return hashes

    return Tree(stored)
