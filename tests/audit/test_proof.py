"""Inclusion proofs: each event can be proved, and nothing else can."""

import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger
from ledger.audit.proof import FORMAT, Proof
from ledger.errors import LogError, NotProven
from ledger.store.signing import PrivateKey
from support import Clock, approval, day, disbursement
from support_tampering import attacking

SIZES = [1, 2, 3, 4, 7, 8, 9, 20]


def made(path, size):
    """Make a ledger of *size* events: an approval and payments."""
    ledger = Ledger.open(path, actor="tester", clock=Clock())
    ledger.append(approval())
    if size > 1:
        ledger.append(*[disbursement(i, f"V-{i}") for i in range(1, size)])
    return ledger


@pytest.fixture(scope="module")
def ledgers():
    """Open ledgers of several sizes in memory."""
    opened = {size: made(":memory:", size) for size in SIZES}
    yield opened
    for each in opened.values():
        each.close()


@pytest.fixture
def read(tmp_path):
    """Return what reads a proof from a text or from bytes."""
    path = tmp_path / "proof.json"

    def reads(text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Proof.read(path)

    return reads


@pytest.mark.parametrize("size", SIZES)
def test_every_position_is_proved(ledgers, read, size):
    """The proof comes back from its file the same, and says the event."""
    ledger = ledgers[size]
    for position, event in enumerate(ledger.events(), 1):
        proof = ledger.prove(position)
        assert proof.check() == event
        assert proof.checkpoint.size == size
        assert read(proof.render("json")) == proof


@pytest.mark.parametrize("key", ["line", "checkpoint", "path"])
def test_a_key_twice_is_refused(ledgers, read, key):
    """Who reads the first of two lines reads one that nothing proves."""
    whole = ledgers[SIZES[-1]].prove(1).render("json")
    assert f'"{key}":' in whole
    with pytest.raises(InvalidInput, match="a key twice"):
        read(whole.replace(f'"{key}":', f'"{key}": "x", "{key}":', 1))


@pytest.mark.parametrize("position", [0, -1, 21, 10**30])
def test_a_position_that_is_not_there_has_no_proof(ledgers, position):
    """It is said which there are."""
    with pytest.raises(InvalidInput, match="a position from 1 to 20"):
        ledgers[20].prove(position)


def test_an_empty_ledger_proves_nothing(ledger):
    """It has no first position."""
    with pytest.raises(InvalidInput, match="position: found 1"):
        ledger.prove(1)


def test_the_newest_checkpoint_that_covers_it_is_used(ledger):
    """A checkpoint that somebody keeps is worth more than one made for the proof."""
    ledger.append(approval())
    first = ledger.seal()
    ledger.append(*[disbursement(i, f"V-{i}") for i in range(1, 6)])
    second = ledger.seal()
    ledger.append(disbursement(9, "V-9"))
    assert first.size < second.size < ledger.position
    assert ledger.prove(1).checkpoint == second
    assert ledger.prove(6).checkpoint == second
    last = ledger.prove(7)
    assert (last.checkpoint.size, last.checkpoint.signatures) == (7, ())
    for position in range(1, 8):
        assert ledger.prove(position).check().position == position


def test_what_is_sealed_twice_is_kept_once(path):
    """Whoever seals again, in this process or another, gets the same checkpoint."""
    pytest.importorskip("cryptography")
    clerk = PrivateKey("clerk", bytes(32))
    with made(path, 3) as ledger, Ledger.open(path, actor="other") as other:
        first = ledger.seal()
        assert ledger.seal() == other.seal() == first
        signed = other.seal(clerk)
        assert ledger.seal(clerk) == signed != first
        ledger.append(disbursement(9, "V-9"))
        later = ledger.seal()
        assert other.seal() == later
        stored = [
            (number, note) for number, _, _, note in ledger._parts.log.checkpoints()
        ]
        assert stored == [(1, first.note), (2, signed.note), (3, later.note)]
        assert ledger.verify().ok


def test_the_checkpoint_must_be_signed_where_a_key_is_given(ledger):
    """By that key; then the proof stands without the ledger."""
    pytest.importorskip("cryptography")
    clerk, other = PrivateKey("clerk", bytes(32)), PrivateKey("other", b"x" * 32)
    ledger.append(approval())
    unsigned = ledger.prove(1)
    ledger.seal(clerk)
    proof = ledger.prove(1)
    assert proof.check(clerk.public()).position == 1
    for each in (unsigned, proof):
        with pytest.raises(NotProven, match="not signed by other"):
            each.check(other.public())
    moved = attrs.evolve(proof.checkpoint, origin="another")
    with pytest.raises(NotProven, match=r"of clerk .* forged"):
        attrs.evolve(proof, checkpoint=moved).check(clerk.public())


def shaken(raw, data):
    """Draw bytes that are not *raw*: one more, one less, or one that is another."""
    at = data.draw(st.integers(0, len(raw)))
    new = data.draw(st.binary(max_size=2))
    changed = raw[:at] + new + raw[at + data.draw(st.integers(0, 1)) :]
    return changed if changed != raw else raw + b" "


def changes(proof, others, data):
    """Draw a proof of which one part is another."""
    one = proof.checkpoint
    path = list(proof.path)
    ways = [
        {"line": shaken(proof.line, data)},
        {"line": data.draw(st.sampled_from(others)).line},
        {"path": (*path, bytes(32))},
        {"path": (bytes(32), *path)},
        {
            "checkpoint": attrs.evolve(
                one, root=data.draw(st.binary(min_size=32, max_size=32))
            )
        },
        {"checkpoint": attrs.evolve(one, size=0)},
        {"checkpoint": attrs.evolve(one, size=one.size + 1000)},
    ]
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        ways += [
            {"path": tuple(path[:at] + path[at + 1 :])},
            {"path": (*path[:at], bytes(32), *path[at + 1 :])},
        ]
    return attrs.evolve(proof, **data.draw(st.sampled_from(ways)))


@given(st.data())
def test_a_proof_of_which_anything_is_changed_is_refused(ledgers, data):
    """Another line, position, path, root or size is not proved."""
    size = data.draw(st.sampled_from(SIZES))
    proofs = [ledgers[size].prove(position) for position in range(1, size + 1)]
    proof = data.draw(st.sampled_from(proofs))
    changed = changes(proof, proofs, data)
    if changed == proof:
        assert changed.check()
        return
    with pytest.raises(NotProven):
        changed.check()


def test_an_event_is_not_proved_at_another_position(ledgers):
    """The position is within the line that is hashed."""
    proof = ledgers[8].prove(5)
    moved = proof.line.replace(b'"position":5', b'"position":6')
    assert moved != proof.line
    with pytest.raises(NotProven, match="not that at position 6 of the 8"):
        attrs.evolve(proof, line=moved).check()


BUNDLE = {
    "format": FORMAT,
    "line": "{}",
    "path": ["00" * 32],
    "checkpoint": f"o\n1\n{'A' * 43}=\n{{}}\n\n",
}
HOSTILE = {
    "nothing": "",
    "no JSON": "not a proof",
    "no UTF-8": b'{"format":"\xff"}',
    "a list": "[]",
    "a number": "1",
    "null": "null",
    "another format": json.dumps({**BUNDLE, "format": "ledger-proof/2"}),
    "no format": json.dumps({**BUNDLE, "format": None}),
    "a key too many": json.dumps({**BUNDLE, "more": 1}),
    "a key too few": json.dumps({"format": FORMAT}),
    "a path of numbers": json.dumps({**BUNDLE, "path": [1]}),
    "a path that is no list": json.dumps({**BUNDLE, "path": "00"}),
    "a path that is no hex": json.dumps({**BUNDLE, "path": ["zz" * 32]}),
    "a hash too short": json.dumps({**BUNDLE, "path": ["00" * 31]}),
    "a hash too long": json.dumps({**BUNDLE, "path": ["00" * 33]}),
    "a hash in capitals": json.dumps({**BUNDLE, "path": ["AA" * 32]}),
    "a hash with blanks": json.dumps({**BUNDLE, "path": ["00 " * 32]}),
    "a hash that is not ASCII": json.dumps({**BUNDLE, "path": ["é" * 64]}),
    "half a surrogate pair": json.dumps({**BUNDLE, "line": "\udcff"}),
    "no checkpoint": json.dumps({**BUNDLE, "checkpoint": ""}),
    "a note that is not ASCII": json.dumps(
        {**BUNDLE, "checkpoint": f"o\n1\n{'é' * 44}\n{{}}\n\n"}
    ),
    "deep": "[" * 100_000,
    "deep in a list": json.dumps(BUNDLE).replace(
        '"path": [', '"path": [' + "[" * 9_999
    ),
    "two proofs": json.dumps(BUNDLE) * 2,
    "huge": json.dumps({**BUNDLE, "line": "x" * 20_000_000}),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused(read, text):
    """It is named, and what would be right; little of it is shown."""
    with pytest.raises(InvalidInput, match=r"proof\.json: found") as caught:
        read(text)
    assert len(str(caught.value)) < 500
    assert str(caught.value).encode()


LINES = ["{}", "", "[]", "x" * 100_000, "[" * 100_000, '{"position":1}']


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_none_proves_nothing(read, line):
    """A bundle that can be read is not believed for that."""
    with pytest.raises(NotProven, match="the line is no line of a log"):
        read(json.dumps({**BUNDLE, "line": line})).check()


def test_a_file_that_is_not_there_is_named(tmp_path):
    """So is a folder in its place."""
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InvalidInput, match="expected a proof"):
            Proof.read(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events WHERE position = 5",
        "UPDATE events SET actor = 'x' WHERE position = 5",
        "UPDATE events SET leaf = zeroblob(32) WHERE position = 6",
        "DELETE FROM events WHERE position = 6",
        "UPDATE head SET frontier = zeroblob(32)",
        "UPDATE checkpoints SET note = replace(note, 'ledger/', 'log/') || 'x'",
        "UPDATE checkpoints SET size = 20, note = replace(note, char(10) || '7' || char(10), char(10) || '3' || char(10))",
        "UPDATE checkpoints SET note = replace(note, char(10) || '7' || char(10), char(10) || '900' || char(10))",
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_a_damaged_log_hands_out_no_proof_that_does_not_hold(path, statement, sealed):
    """It is refused in words of ours, or it holds all the same."""
    with made(path, 7) as ledger:
        if sealed:
            ledger.seal()
    with attacking(path) as connection:
        connection.execute(statement)
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        try:
            proof = ledger.prove(5)
        except (NotProven, LogError, InvalidInput) as problem:
            assert str(problem)
        else:
            assert proof.check().position == 5
            assert "position = 5" not in statement


def test_a_proof_outlives_what_is_recorded_later(path):
    """What was proved stays proved, and the ledger still extends its checkpoint."""
    with made(path, 5) as ledger:
        proof = ledger.prove(3)
        ledger.append(*[disbursement(7, f"W-{i}", on=day(4)) for i in range(20)])
        assert proof.check().position == 3
        assert ledger.verify(proof.checkpoint).ok
