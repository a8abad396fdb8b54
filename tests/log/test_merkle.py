"""The Merkle frontier against the plain recursion of RFC 6962."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.merkle import Frontier, leaf_hash, node_hash


def plain_root(leaves):
    """Return the tree hash as RFC 6962, 2.1 defines it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(plain_root(leaves[:k]), plain_root(leaves[k:]))


# The eight inputs that implementations of RFC 6962 test with, and their roots.
INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize(("size", "root"), list(ROOTS.items()))
def test_roots_are_those_of_other_implementations(size, root):
    """The published vectors come out."""
    frontier = Frontier()
    frontier.extend(leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size])
    assert frontier.root().hex() == root


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(0, 70))
def test_the_frontier_equals_the_recursion(lines, cut):
    """However the leaves arrive, and across a restart, the root is the tree's."""
    leaves = [leaf_hash(line) for line in lines]
    frontier = Frontier()
    frontier.extend(leaves[:cut])
    frontier = Frontier.from_bytes(frontier.size, frontier.to_bytes())
    frontier.extend(leaves[cut:])
    assert frontier.root() == plain_root(leaves)
    assert frontier.size == len(leaves)
