"""How a verification runs: its bounds, checkpoints and keys given, and processes."""

import json

import attrs
import pytest

from ledger import Ledger
from ledger.audit import verify as verifying
from ledger.audit import verify_worker as working
from ledger.audit.protocol import MOST_FINDINGS, Check, Protocol
from ledger.audit.verification import Verification
from ledger.events import Disbursed
from ledger.parallel import helper_process as beside
from ledger.projections.projection import Projection
from ledger.store.signing import PrivateKey
from support import Clock, approval, disbursement
from support_faults import verified
from support_helper_process import meeting, spied
from support_tampering import attacking
from support_verify import (
    DAMAGES,
    MIDDLE,
    RANGES,
    SIZE,
    edit,
    holds_but,
    one,
    wrong,
)

PAID = Projection(
    name="paid",
    version=1,
    state=int,
    initial=lambda _: 0,
    evolve=lambda total, recorded: total + recorded.event.amount,
    follows=frozenset({Disbursed}),
)


def test_no_more_than_a_thousand_findings_are_kept():
    """All are counted, and the first position is named however late it is found."""
    protocol = Protocol()
    for position in range(MOST_FINDINGS + 50, 0, -1):
        protocol.fault(Check.LINES, "wrong", position=position)
    done = Verification.of(protocol, 0, b"")
    assert len(done.findings) == MOST_FINDINGS
    assert done.outcomes[Check.LINES.number - 1].wrong == MOST_FINDINGS + 50
    assert done.first_wrong == 1
    both = Protocol()
    both.fault(Check.RULES, "wrong", position=7)
    protocol.fault(Check.TREE, "wrong", position=0, until=0)
    both.add(protocol)
    done = Verification.of(both, 0, b"")
    assert len(done.findings) == MOST_FINDINGS
    assert sum(each.wrong for each in done.outcomes) == MOST_FINDINGS + 52
    assert done.first_wrong == 0


def test_the_first_wrong_position_prefers_one_that_is_named():
    """A range says less than a position within it; one before it comes first."""
    protocol = Protocol()
    protocol.fault(Check.CHECKPOINTS, "changed", position=10, until=90)
    assert Verification.of(protocol, 0, b"").first_wrong == 10
    protocol.fault(Check.LINES, "wrong", position=40)
    assert Verification.of(protocol, 0, b"").first_wrong == 40
    protocol.fault(Check.CHECKPOINTS, "changed", position=1, until=9)
    assert Verification.of(protocol, 0, b"").first_wrong == 1


def test_a_verification_is_json(copy, kept):
    """What is found can be handed to another program, whatever the file holds."""
    edit(copy, one(actor="CAST(x'ff' AS TEXT)"), "DROP INDEX events_by_key")
    done = verified(copy, kept)
    values = json.loads(json.dumps(done.to_dict()))
    assert list(values) == [
        "ok",
        "events",
        "root",
        "first_wrong",
        "checks",
        "findings",
    ]
    assert (values["ok"], values["first_wrong"]) == (False, MIDDLE)
    assert [each["number"] for each in values["checks"]] == list(range(1, 13))
    assert {each["code"] for each in values["findings"]} == {
        "log.layout",
        "log.lines",
        "log.events",
    }


def test_an_empty_ledger_is_sound(path):
    """There is nothing to check, and nothing is wrong."""
    with Ledger.open(path, actor="a") as ledger:
        done = ledger.verify(ledger.seal())
    assert done.ok
    assert (done.events, done.first_wrong) == (0, None)


def test_a_ledger_in_memory_is_verified():
    """It has no file that could be read a second time."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), disbursement())
        kept = ledger.seal()
        assert ledger.verify(kept).ok
        ledger._parts.log.file.connection.execute(
            "UPDATE head SET frontier = zeroblob(32)"
        )
        done = ledger.verify(kept)
        holds_but(10, done)


def test_snapshots_of_ones_own_projections_are_checked(path):
    """Whoever writes a projection gets its states held to a replay as well."""
    with Ledger.open(path, actor="a", clock=Clock(), projections=[PAID]) as ledger:
        ledger.append(approval(), disbursement(700))
        ledger.rebuild()
    with Ledger.open(path, read_only=True, actor="a", projections=[PAID]) as ledger:
        done = ledger.verify()
        assert done.ok
        assert done.outcomes[Check.SNAPSHOTS.number - 1].examined == 3
    edit(path, "UPDATE snapshots SET state = x'05' WHERE projection = 'paid'")
    assert verified(path).ok
    with Ledger.open(path, read_only=True, actor="a", projections=[PAID]) as ledger:
        done = ledger.verify()
    holds_but(9, done)
    assert "under paid" in done.findings[0].message


def test_a_projection_that_fails_ends_in_a_finding(path):
    """It is said at which event, and every other check is made."""
    broken = attrs.evolve(PAID, name="broken", evolve=lambda *_: 1 // 0)
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), disbursement())
    with Ledger.open(path, read_only=True, actor="a", projections=[broken]) as ledger:
        done = ledger.verify()
    holds_but(7, done)
    assert done.first_wrong == 2


# How a checkpoint that an auditor holds may differ, and what is said then.
GIVEN = {
    "another log": ({"origin": "ledger/other"}, "it is of ledger/other", None),
    "other settings": ({"conventions": "{}"}, "its settings are {}", None),
    "another root": ({"root": bytes(32)}, "a line was changed", 1),
    "a smaller size": ({"size": 200}, "a line was changed", 1),
    "no size": ({"size": 0}, "a line was changed", 1),
    "a larger size": ({"size": SIZE + 8}, f"has only {SIZE} events", SIZE + 1),
    "a size beyond all": ({"size": 10**18 - 1}, f"has only {SIZE} events", SIZE + 1),
}


@pytest.mark.parametrize("name", GIVEN)
def test_a_checkpoint_that_is_not_of_this_log_is_found(sound, kept, name):
    """Its name, settings, size and root are all held to the log."""
    fields, message, first = GIVEN[name]
    done = verified(sound, attrs.evolve(kept, **fields))
    holds_but(12, done)
    assert done.first_wrong == first
    assert any(message in finding.message for finding in done.findings)


def test_among_several_checkpoints_the_bad_one_is_named(sound, kept):
    """What holds narrows down where the change is."""
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        early, late = ledger._parts.log.checkpoint(40), ledger._parts.log.checkpoint(60)
    bad = attrs.evolve(late, root=bytes(32))
    done = verified(sound, kept, bad, early)
    holds_but(12, done)
    assert len(done.findings) == 1
    assert done.findings[0].place == "positions 41 to 60, checkpoint of 60 events"


def test_a_signature_is_asked_for_where_a_key_is_given(copy, kept):
    """Unsigned, or signed by another, a checkpoint is not believed."""
    pytest.importorskip("cryptography")
    clerk, other = PrivateKey("clerk", bytes(32)), PrivateKey("other", b"x" * 32)
    with Ledger.open(copy, actor="a") as ledger:
        key = clerk.public()
        assert ledger.verify(clerk.sign(kept), key=key).ok
        assert ledger.verify(other.sign(clerk.sign(kept)), key=key).ok
        for each in (kept, other.sign(kept)):
            done = ledger.verify(each, key=key)
            holds_but(12, done)
            assert "not signed by clerk" in done.findings[0].message
        holds_but(12, ledger.verify(clerk.sign(kept), kept, key=key))
        moved = attrs.evolve(clerk.sign(kept), size=kept.size - 1)
        assert wrong(ledger.verify(moved, key=key)) == [12]


def test_without_a_checkpoint_a_stored_one_must_be_signed(copy):
    """One of those in the file is enough; none is not."""
    pytest.importorskip("cryptography")
    clerk = PrivateKey("clerk", bytes(32))
    with Ledger.open(copy, actor="a") as ledger:
        done = ledger.verify(key=clerk.public())
        holds_but(12, done)
        assert "no stored checkpoint is signed by clerk" in done.findings[0].message
        ledger.seal(clerk)
        ledger.seal()
        assert ledger.verify(key=clerk.public()).ok


def test_a_stored_note_of_no_utf8_is_not_held_to_a_key(copy, kept):
    """A signature under bytes that are no text ends in a finding all the same."""
    pytest.importorskip("cryptography")
    clerk = PrivateKey("clerk", bytes(32))
    note = clerk.sign(kept).note.encode().replace(b"CNY", b"C\xffY")
    with attacking(copy) as connection:
        sql = "UPDATE checkpoints SET note = CAST(? AS TEXT) WHERE number = 2"
        connection.execute(sql, (note,))
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        done = ledger.verify(key=clerk.public())
    assert wrong(done) == [11, 12]


def test_progress_is_twice_the_events(sound):
    """Each event is counted where it is checked and where its leaf is read."""
    steps = []
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        assert ledger.verify(progress=steps.append).ok
    assert sum(steps) == 2 * SIZE


@pytest.fixture
def two(monkeypatch):
    """Have even a small ledger checked by two processes; return those started."""
    monkeypatch.setattr(verifying, "_PAYS", 1)
    return spied(monkeypatch)


@pytest.mark.parametrize(
    ("name", "share"),
    [
        pytest.param(name, share, marks=[pytest.mark.long] * ((i + k) % 3))
        for i, name in enumerate(DAMAGES)
        for k, share in enumerate([0, 0.5, 1])
    ],
)
def test_two_processes_say_what_one_says(copy, kept, name, share, monkeypatch, two):
    """Every count and every finding is the same, wherever the two meet."""
    edit(copy, *DAMAGES[name])
    joined = []
    meeting(monkeypatch, share)
    real = working.Worker.joins
    monkeypatch.setattr(
        working.Worker, "joins", lambda *words: joined.append(real(*words)) or True
    )
    steps = []
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        both = ledger.verify(kept, progress=steps.append)
    assert len(two) == 1
    assert all(joined)
    assert len(joined) == int(share * RANGES)
    assert sum(steps) == 2 * SIZE
    monkeypatch.setattr(verifying, "_PAYS", 10**9)
    assert both == verified(copy, kept)
    assert len(two) == 1
    assert both.ok == (not DAMAGES[name])


DEAD = {
    "it ends": "raise SystemExit(3)",
    "it is killed": "import os; os.kill(os.getpid(), 9)",
    "it says nothing": "pass",
    "it says nonsense": "print('nonsense')",
    "it saw another log": (
        "import sys, msgspec\n"
        "part = {'place': 5, 'ranges': 6, 'size': 5, 'saved': 5, 'counts': {}, "
        "'legs': [], 'protocol': {'examined': {}, 'wrong': {}, 'found': [], "
        "'first_wrong': None, 'ranges': []}}\n"
        "raw = msgspec.msgpack.encode(part)\n"
        "sys.stdout.buffer.write((len(raw).to_bytes(4, 'big') + raw) * 6)"
    ),
}


@pytest.mark.parametrize("how", DEAD)
def test_where_the_second_process_dies_all_is_checked_here(copy, monkeypatch, two, how):
    """What it would have said is said all the same."""
    edit(copy, *DAMAGES["an early and a late stream"])
    monkeypatch.setattr(
        beside, "_START", DEAD[how].replace("{", "{{").replace("}", "}}")
    )
    meeting(monkeypatch)
    done = verified(copy)
    assert len(two) == 1
    monkeypatch.setattr(verifying, "_PAYS", 10**9)
    assert done == verified(copy)


@pytest.mark.parametrize("executable", ["/nowhere/python", ""])
def test_where_no_process_can_be_started_all_is_checked_here(
    sound, monkeypatch, two, executable
):
    """A machine without room for a second process still verifies."""
    monkeypatch.setattr(beside.sys, "executable", executable)
    assert verified(sound).ok
    assert two == []


@pytest.mark.parametrize("name", [b"X\0Y", b"X" * 200_000, b"\xff", b"", b"~"])
def test_a_stream_of_any_name_is_checked(path, two, name, monkeypatch):
    """By either process, and with what the other finds."""
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        for project in ("A", "B", "C"):
            ledger.append(approval(project), disbursement(project=project))
    with attacking(path) as connection:
        sql = (
            "UPDATE events SET stream = CAST(? AS TEXT) WHERE stream = 'project:2023:B'"
        )
        connection.execute(sql, (b"project:" + name,))
    meeting(monkeypatch, 0.7)
    done = verified(path)
    assert len(two) == 1
    assert done.events == 6
    assert done.first_wrong == 3
    assert Check.FILE.number not in wrong(done)
    monkeypatch.setattr(verifying, "_PAYS", 10**9)
    assert done == verified(path)
