"""The Merkle tree against published vectors and the plain recursion of RFC 6962."""

from functools import cache
from hashlib import sha256
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LogCorrupted
from ledger.store.merkle import (
    HEIGHT,
    Frontier,
    Subtree,
    Tree,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
)

# The eight inputs that implementations of RFC 6962 test with, and what comes of them.
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
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUDED = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENT = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
SMALL = 70
LARGE = [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]
LEAVES = [leaf_hash(b"%d" % i) for i in range(max(LARGE))]


def split(size):
    """Return the largest power of two below *size*, as RFC 6962 words it."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


@cache
def plain_root(start, stop):
    """Return the tree hash of RFC 6962, 2.1 over some of the leaves."""
    if stop - start <= 1:
        return LEAVES[start] if start < stop else sha256(b"").digest()
    k = start + split(stop - start)
    return node_hash(plain_root(start, k), plain_root(k, stop))


def plain_path(m, start, stop):
    """Return the audit path of RFC 6962, 2.1.1."""
    if stop - start == 1:
        return []
    k = split(stop - start)
    if m < k:
        return [*plain_path(m, start, start + k), plain_root(start + k, stop)]
    return [*plain_path(m - k, start + k, stop), plain_root(start, start + k)]


def plain_proof(m, start, stop, *, whole=True):
    """Return the consistency proof of RFC 6962, 2.1.2."""
    if m == stop - start:
        return [] if whole else [plain_root(start, stop)]
    k = split(stop - start)
    if m <= k:
        within = plain_proof(m, start, start + k, whole=whole)
        return [*within, plain_root(start + k, stop)]
    within = plain_proof(m - k, start + k, stop, whole=False)
    return [*within, plain_root(start, start + k)]


def stored_tree(leaves):
    """Return the tree over leaves as a log stores it: leaves, and every eighth level."""
    rows = dict(enumerate(leaves))
    levels = {0: rows}
    for level, number, root in Frontier().extend(leaves):
        levels.setdefault(level, {})[number] = root

    def stored(level, first, last):
        row = levels.get(level, {})
        return [row[i] for i in range(first, last) if i in row]

    return Tree(stored)


@pytest.fixture(scope="module")
def root():
    """Return the roots of ranges, as a log of many leaves gives them."""
    return stored_tree(LEAVES).root


@pytest.fixture(scope="module")
def published():
    """Return the roots of ranges of the published inputs."""
    return stored_tree([leaf_hash(bytes.fromhex(text)) for text in INPUTS]).root


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_other_implementations(size, published):
    """The published roots come out, of the frontier and of the stored tree."""
    frontier = Frontier()
    frontier.extend(leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size])
    assert frontier.root().hex() == ROOTS[size]
    assert published(0, size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUDED)
def test_inclusion_proofs_are_those_of_other_implementations(index, size, published):
    """The published audit paths come out, and hold."""
    path = inclusion_proof(index, size, published)
    assert [each.hex() for each in path] == INCLUDED[index, size]
    leaf = leaf_hash(bytes.fromhex(INPUTS[index]))
    assert includes(leaf, index, size, path, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONSISTENT)
def test_consistency_proofs_are_those_of_other_implementations(old, new, published):
    """The published consistency proofs come out, and hold."""
    path = consistency_proof(old, new, published)
    assert [each.hex() for each in path] == CONSISTENT[old, new]
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert extends(old, new, *roots, path)


def test_small_trees_equal_the_recursion(root):
    """Every root and every inclusion proof up to 70 leaves is the plain one."""
    for size in range(SMALL + 1):
        assert root(0, size) == plain_root(0, size)
        for index in range(size):
            path = inclusion_proof(index, size, root)
            assert path == plain_path(index, 0, size)
            assert includes(LEAVES[index], index, size, path, root(0, size))


def test_consistency_of_small_trees_equals_the_recursion(root):
    """Every consistency proof between trees of up to 70 leaves is the plain one."""
    for new in range(1, SMALL + 1):
        for old in range(1, new + 1):
            path = consistency_proof(old, new, root)
            assert path == plain_proof(old, 0, new)
            assert extends(old, new, root(0, old), root(0, new), path)


@pytest.mark.parametrize("size", LARGE)
def test_trees_about_the_stored_levels_equal_the_recursion(size, root):
    """So it is where subtrees are stored, and one leaf to either side."""
    assert root(0, size) == plain_root(0, size)
    for at in sorted({1, 2, 127, 128, 254, 255, 256, 257, size // 3, size - 1, size}):
        if at <= size:
            path = inclusion_proof(at - 1, size, root)
            assert path == plain_path(at - 1, 0, size)
            assert includes(LEAVES[at - 1], at - 1, size, path, root(0, size))
            path = consistency_proof(at, size, root)
            assert path == plain_proof(at, 0, size)
            assert extends(at, size, root(0, at), root(0, size), path)


def test_a_proof_reads_few_rows():
    """The rows that a proof over 65 537 leaves asks for are a few hundred wide each."""
    asked = []

    def stored(level, first, last):
        asked.append((level, last - first))
        width = 1 << level
        return [
            plain_root(i * width, (i + 1) * width)
            for i in range(first, min(last, len(LEAVES) // width))
        ]

    assert inclusion_proof(40_000, 65_537, Tree(stored).root)
    assert len(asked) <= 6
    assert {width for _, width in asked} == {1 << HEIGHT}


def test_a_tree_without_a_subtree_says_which():
    """Where a stored hash is missing, no root is made up."""
    tree = Tree(lambda level, first, last: LEAVES[first:last] if level == 0 else [])
    assert tree.root(0, 255) == plain_root(0, 255)
    with pytest.raises(LogCorrupted, match="no subtree 0 of level 8"):
        tree.root(0, 257)


def test_the_frontier_equals_the_recursion():
    """In whichever two pieces the leaves arrive, and across a restart."""
    for size in range(35):
        for cut in range(size + 1):
            frontier = Frontier()
            frontier.extend(LEAVES[:cut])
            frontier = Frontier.from_bytes(frontier.size, frontier.to_bytes())
            frontier.extend(LEAVES[cut:size])
            assert (frontier.size, frontier.root()) == (size, plain_root(0, size))


@pytest.mark.parametrize("cut", [0, 1, 255, 256, 257, 511, 600])
def test_every_eighth_level_is_kept_and_no_other(cut):
    """Each subtree once, with the piece that makes it whole."""
    frontier = Frontier()
    kept = [*frontier.extend(LEAVES[:cut]), *frontier.extend(LEAVES[cut:600])]
    assert kept == [
        Subtree(HEIGHT, number, plain_root(256 * number, 256 * (number + 1)))
        for number in (0, 1)
    ]


def test_leaves_that_come_one_by_one_make_the_same_tree():
    """The roots are those of all at once, and so is what is kept."""
    one, whole = Frontier(), Frontier()
    kept = [each for leaf in LEAVES for each in one.extend([leaf])]
    assert sorted(kept, key=itemgetter(0)) == whole.extend(LEAVES)
    assert (one.size, one.roots) == (whole.size, whole.roots)


@pytest.mark.parametrize(("size", "roots"), [(-1, b""), (3, b"x" * 32), (4, b"x" * 64)])
def test_a_frontier_has_a_root_for_each_bit(size, roots):
    """Bytes that are no frontier of that size are refused."""
    with pytest.raises(ValueError, match="no frontier"):
        Frontier.from_bytes(size, roots)


def flipped(data, node, bit):
    """Return hashes with one bit of one changed."""
    changed = bytearray(data[node])
    changed[bit // 8] ^= 1 << bit % 8
    return [*data[:node], bytes(changed), *data[node + 1 :]]


def paths(path, data):
    """Draw a path that is not *path*: one bit, one hash, or the order differs."""
    other = st.binary(min_size=32, max_size=32)
    node = data.draw(st.integers(0, len(path)))
    ways = [[*path[:node], data.draw(other), *path[node:]]]
    if path:
        node = data.draw(st.integers(0, len(path) - 1))
        ways.append(path[:node] + path[node + 1 :])
        ways.append(flipped(path, node, data.draw(st.integers(0, 255))))
    if len(set(path)) > 1:
        ways.append(path[::-1])
    return data.draw(st.sampled_from(ways))


@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))),
    st.data(),
)
def test_a_tampered_inclusion_proof_is_refused(root, place, data):
    """Another leaf, index, size, path or root is not proved."""
    index, size = place
    path, right = inclusion_proof(index, size, root), root(0, size)
    bit = data.draw(st.integers(0, 255))
    [leaf] = flipped([LEAVES[index]], 0, bit)
    [other] = flipped([right], 0, bit)
    elsewhere = data.draw(st.integers(-3, 310).filter(lambda i: i != index))
    assert includes(LEAVES[index], index, size, path, right)
    assert not includes(leaf, index, size, path, right)
    assert not includes(LEAVES[index], elsewhere, size, path, right)
    assert not includes(LEAVES[index], index, size, paths(path, data), right)
    assert not includes(LEAVES[index], index, size, path, other)


def test_a_proof_is_of_its_length(root):
    """In a tree where paths are longer or shorter, a path proves nothing."""
    places = [(index, size) for size in range(1, 13) for index in range(size)]
    lengths = {place: len(plain_path(place[0], 0, place[1])) for place in places}
    for index, size in places:
        path, right = inclusion_proof(index, size, root), root(0, size)
        for at, other in places:
            if includes(LEAVES[index], at, other, path, right):
                assert lengths[at, other] == len(path)


@pytest.mark.parametrize("index", [-1, 1])
def test_no_leaf_stands_outside_its_tree(index):
    """Though the only leaf of a tree is its root, and needs no path."""
    assert includes(LEAVES[0], 0, 1, [], LEAVES[0])
    assert not includes(LEAVES[0], index, 1, [], LEAVES[0])


@given(
    st.integers(2, 300).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))),
    st.data(),
)
def test_a_tampered_consistency_proof_is_refused(root, sizes, data):
    """Another size, path or root does not extend the old tree."""
    old, new = sizes
    path = consistency_proof(old, new, root)
    before, after = root(0, old), root(0, new)
    bit = data.draw(st.integers(0, 255))
    assert extends(old, new, before, after, path)
    assert not extends(old, new, *flipped([before, after], 0, bit), path)
    assert not extends(old, new, *flipped([before, after], 1, bit), path)
    assert not extends(old, new, before, after, paths(path, data))
    assert not extends(new, old, after, before, path)
    assert not extends(old, old, before, after, path)
    assert not extends(0, new, before, after, path)
    assert not extends(-old, new, before, after, path)
    assert not extends(old, 2 * new, before, after, path)


def test_the_empty_tree_and_the_same_tree_need_no_proof(root):
    """Every tree extends the empty one and itself; nothing else may be handed along."""
    empty = sha256(b"").digest()
    assert extends(0, 5, empty, root(0, 5), [])
    assert extends(5, 5, root(0, 5), root(0, 5), [])
    assert not extends(0, 5, root(0, 1), root(0, 5), [])
    assert not extends(5, 5, root(0, 4), root(0, 5), [])
    assert not extends(5, 5, root(0, 5), root(0, 5), [empty])
    assert not extends(4, 5, root(0, 4), root(0, 5), [])
    assert not extends(3, 5, root(0, 3), root(0, 5), [])
    assert not extends(5, 3, root(0, 5), root(0, 3), [empty])


def test_nothing_is_the_beginning_of_every_tree():
    """It needs no proof, and no root is read; nor does a tree of itself."""

    def never(start, stop):
        raise AssertionError((start, stop))

    assert consistency_proof(0, 3, never) == []
    assert consistency_proof(3, 3, never) == []
