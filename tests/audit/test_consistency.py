"""Consistency proofs: a later checkpoint extends an earlier one, and nothing else."""

import json
from itertools import combinations_with_replacement

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger
from ledger.audit.consistency import Consistency
from ledger.audit.proof import read_proof
from ledger.errors import NotProven
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.signing import PrivateKey
from support import Clock, approval, disbursement
from support_tampering import rewrite

SIZES = [0, 1, 2, 3, 4, 7, 8, 9, 20]


@pytest.fixture(scope="module")
def ledger():
    """Open a ledger in memory of twenty events."""
    with Ledger.open(":memory:", actor="tester", clock=Clock()) as opened:
        opened.append(approval())
        for i in range(1, 20):
            opened.append(disbursement(i, f"V-{i}"))
        yield opened


def between(ledger, old, new):
    """Return the proof between two sizes of a log."""
    log = ledger._parts.log
    proof = ledger.prove_consistency(log.checkpoint(old))
    if proof.new.size == new:
        return proof
    with pytest.MonkeyPatch.context() as patched:
        one = log.checkpoint(new)
        patched.setattr(type(log), "checkpoints", lambda _: [(1, new, b"", one.note)])
        return ledger.prove_consistency(log.checkpoint(old))


@pytest.mark.parametrize(("old", "new"), list(combinations_with_replacement(SIZES, 2)))
def test_every_pair_of_sizes_is_proved(ledger, tmp_path, old, new):
    """The proof comes back from its file the same, and holds without the ledger."""
    proof = between(ledger, old, new)
    assert (proof.old.size, proof.new.size) == (old, new)
    (tmp_path / "proof.json").write_text(proof.render("json"), encoding="utf-8")
    again = read_proof(tmp_path / "proof.json")
    assert again == proof
    again.check()


@given(st.data())
def test_a_changed_proof_is_refused(ledger, data):
    """One bit of a root or of the path, another size, or a hash more or less."""
    old, new = sorted(
        data.draw(
            st.lists(st.sampled_from(SIZES[1:]), min_size=2, max_size=2, unique=True)
        )
    )
    proof = between(ledger, old, new)
    what = data.draw(st.sampled_from(["old", "new", "sizes", "more", "path"]))
    if what in {"old", "new"}:
        one = getattr(proof, what)
        root = bytes([one.root[0] ^ 1]) + one.root[1:]
        changed = attrs.evolve(proof, **{what: attrs.evolve(one, root=root)})
    elif what == "sizes":
        changed = attrs.evolve(proof, old=proof.new, new=proof.old)
    elif what == "more":
        changed = attrs.evolve(proof, path=(*proof.path, bytes(32)))
    else:
        changed = attrs.evolve(proof, path=proof.path[:-1])
    with pytest.raises(NotProven, match="not shown to extend"):
        changed.check()


@pytest.mark.parametrize("other", [{"origin": "ledger/other"}, {"conventions": "{}"}])
def test_two_logs_are_not_consistent(ledger, other):
    """Whatever their roots are, the name and the settings must be the same."""
    proof = between(ledger, 4, 9)
    changed = attrs.evolve(proof, old=attrs.evolve(proof.old, **other))
    with pytest.raises(NotProven, match="of two logs"):
        changed.check()


def test_a_checkpoint_of_what_is_not_there_is_refused(ledger):
    """Another log's, and one of more events than there are."""
    one = ledger._parts.log.checkpoint(9)
    for other in ({"origin": "ledger/other"}, {"size": 21}):
        with pytest.raises(InvalidInput, match="from: found"):
            ledger.prove_consistency(attrs.evolve(one, **other))


def test_a_log_that_was_rewritten_has_no_proof(path):
    """Who kept a checkpoint is told, and nothing is handed out."""
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), disbursement(7, "V-1"), disbursement(8, "V-2"))
        kept = ledger.checkpoint()

    def change(rows):
        rows[1][-2] = rows[1][-2].replace('"amount":', '"amount":1')
        return rows

    rewrite(path, change)
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(disbursement(9, "V-3"))
        with pytest.raises(NotProven):
            ledger.prove_consistency(kept)


def test_both_checkpoints_must_be_signed_where_a_key_is_given(path):
    """And a forged signature under either is refused whatever else it holds."""
    pytest.importorskip("cryptography")
    clerk = PrivateKey("clerk", bytes(32))
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval())
        old = ledger.seal(clerk)
        ledger.append(disbursement(7, "V-1"))
        new = ledger.seal(clerk)
        proof = ledger.prove_consistency(old)
    proof.check(clerk.public())
    bare = attrs.evolve(proof, old=attrs.evolve(old, signatures=()))
    bare.check()
    with pytest.raises(NotProven, match="of 1 event is not signed by clerk"):
        bare.check(clerk.public())
    [one] = new.signatures
    forged = (one, one._replace(signature=bytes(64)))
    broken = attrs.evolve(proof, new=attrs.evolve(new, signatures=forged))
    with pytest.raises(NotProven, match="of 2 events has a signature of clerk"):
        broken.check(clerk.public())


GARBLED = {
    "another format": {"format": "ledger-consistency/2"},
    "a key more": {"more": 1},
    "a path that is none": {"path": ["00"]},
    "a path in capitals": {"path": ["AB" * 32]},
    "an old checkpoint that is none": {"old": "x"},
    "a checkpoint that is none": {"checkpoint": ""},
    "a number": {"old": 7},
}


@pytest.mark.parametrize("what", GARBLED)
def test_a_file_that_is_no_proof_is_refused(ledger, tmp_path, what):
    """It is said what would be right."""
    values = json.loads(between(ledger, 4, 9).render("json"))
    text = json.dumps({**values, **GARBLED[what]})
    (tmp_path / "proof.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"proof\.json.*: found"):
        read_proof(tmp_path / "proof.json")


def test_a_checkpoint_can_be_handed_on(ledger):
    """What is proved is about notes as they were handed out."""
    proof = between(ledger, 4, 9)
    assert LogCheckpoint.parse(proof.old.note) == proof.old
    assert isinstance(proof, Consistency)
