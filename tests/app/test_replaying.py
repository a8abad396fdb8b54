"""A replay in two processes is the replay in one."""

import sys
from datetime import date

import msgspec
import pytest

from ledger import ATTAINMENT, EXECUTION, Ledger, Projection
from ledger.app import replaying
from ledger.parallel import helper_process as beside
from support_faults import filled
from support_helper_process import meeting, said, spied

BOTH = Projection.together((EXECUTION, ATTAINMENT))
JUNE = date(2023, 6, 30)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger of several projects."""
    return filled(tmp_path_factory.mktemp("replaying") / "sound.ledger")


@pytest.fixture
def started(monkeypatch):
    """Have even a small ledger folded by two processes; return those started."""
    monkeypatch.setattr(replaying, "PAYS", 1)
    return spied(monkeypatch)


CUTS = [{}, {"through": JUNE}, {"known_at": 100}]
PROJECTIONS = [EXECUTION, ATTAINMENT, BOTH]
SHARES = [0, 0.5, 1]
MEETINGS = [
    pytest.param(cut, projection, share, marks=[pytest.mark.long] * ((i + j + k) % 3))
    for i, cut in enumerate(CUTS)
    for j, projection in enumerate(PROJECTIONS)
    for k, share in enumerate(SHARES)
]
"""Each pair of a cut, a projection and a share is quick once; the rest is long."""


def replayed(path, projection=BOTH, **cut):
    """Return streams and states in the order in which they come."""
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        return list(ledger.replay(projection, **cut))


@pytest.fixture
def folded_here(monkeypatch):
    """Note the streams that are folded in this process."""
    seen = []
    real = replaying._folded

    def noting(log, projection, streams, *cut):
        return real(
            log, projection, (seen.append(each) or each for each in streams), *cut
        )

    monkeypatch.setattr(replaying, "_folded", noting)
    return seen


@pytest.mark.parametrize(("cut", "projection", "share"), MEETINGS)
def test_two_processes_fold_what_one_folds(
    sound, projection, cut, share, started, folded_here, monkeypatch
):
    """Every state is the same, in the same order, wherever the two meet."""
    meeting(monkeypatch, share)
    two = replayed(sound, projection, **cut)
    assert len(started) == 1
    names = [stream for stream, _ in two]
    assert folded_here == names[: len(folded_here)]
    assert (len(folded_here) == len(names)) == (share == 0)
    assert (not folded_here) == (share == 1)
    monkeypatch.setattr(replaying, "PAYS", 10**9)
    assert two == replayed(sound, projection, **cut)
    assert len(started) == 1
    assert len(two) > 1


def framed(message):
    """Return a program that says a message as often as anybody might listen."""
    return f"""
import sys, msgspec
message = msgspec.msgpack.encode({message})
sys.stdout.buffer.write((len(message).to_bytes(4, "big") + message) * 50)
"""


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(3)",
        "import os; os.kill(os.getpid(), 9)",
        "pass",
        "print('nonsense')",
        framed("[]"),
        framed("[2**40, 'project:2023:P-0', [b'', b'']]"),
        framed("[sys.maxsize, 'project:2023:P-0', []]"),
    ],
)
def test_where_the_second_process_fails_all_is_folded_here(
    sound, program, started, monkeypatch
):
    """What it would have folded is folded all the same."""
    monkeypatch.setattr(beside, "_START", program.replace("{", "{{").replace("}", "}}"))
    meeting(monkeypatch)
    two = replayed(sound)
    assert len(started) == 1
    monkeypatch.setattr(replaying, "PAYS", 10**9)
    assert two == replayed(sound)


@pytest.mark.parametrize("change", [{"stream": "project:2023:P-9"}, {"until": 7}])
def test_states_of_something_else_are_not_taken(
    sound, change, started, folded_here, monkeypatch
):
    """A message must be of the stream that it stands for, and of the same log."""

    def changed(raw):
        folded = msgspec.msgpack.decode(raw, type=replaying._FoldedStream)
        return msgspec.msgpack.encode(msgspec.structs.replace(folded, **change))

    said(monkeypatch, changed)
    two = replayed(sound)
    assert len(started) == 1
    assert folded_here == [stream for stream, _ in two]
    monkeypatch.setattr(replaying, "PAYS", 10**9)
    assert two == replayed(sound)


def test_a_replay_that_is_left_early_leaves_no_process(sound, started):
    """Who takes the first state only does not wait for the others."""
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        states = ledger.replay(BOTH)
        next(states)
        states.close()
    (one,) = started
    assert one._process.returncode is not None


def test_a_projection_of_ones_own_is_folded_here(sound, started):
    """Another process does not have it, whatever its name."""
    own = Projection(
        name="execution",
        version=1,
        state=int,
        initial=lambda _: 0,
        evolve=lambda count, _: count + 1,
    )
    assert all(count for _, count in replayed(sound, own))
    assert started == []


@pytest.mark.parametrize("executable", ["/nowhere/python", "", "/usr/bin/soffice.bin"])
def test_where_python_is_no_program_of_its_own_none_is_started(
    sound, executable, started, monkeypatch
):
    """Python within another program must not start that program again."""
    monkeypatch.setattr(sys, "executable", executable)
    assert replayed(sound)
    assert started == []
