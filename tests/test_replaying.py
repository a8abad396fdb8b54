"""A replay in two processes is the replay in one."""

import os
import sys
from datetime import date

import pytest

from ledger import ATTAINMENT, EXECUTION, Ledger, Projection, beside, replaying
from support_faults import filled

BOTH = Projection.together((EXECUTION, ATTAINMENT))
JUNE = date(2023, 6, 30)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger of several projects."""
    return filled(tmp_path_factory.mktemp("replaying") / "sound.ledger")


@pytest.fixture
def started(monkeypatch):
    """Have even a small ledger folded by two processes; return those started."""
    monkeypatch.setattr(replaying, "_PAYS", 1)
    monkeypatch.setattr(replaying, "_START", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    made = []
    real = beside.Beside.__init__

    def spying(self, module, arguments):
        real(self, module, arguments)
        made.append(self)

    monkeypatch.setattr(beside.Beside, "__init__", spying)
    return made


def replayed(path, projection=BOTH, **cut):
    """Return streams and states in the order in which they come."""
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        return list(ledger.replay(projection, **cut))


@pytest.mark.parametrize("projection", [EXECUTION, ATTAINMENT, BOTH])
@pytest.mark.parametrize("cut", [{}, {"through": JUNE}, {"known_at": 100}])
def test_two_processes_fold_what_one_folds(
    sound, projection, cut, started, monkeypatch
):
    """Every state is the same, in the same order."""
    two = replayed(sound, projection, **cut)
    assert len(started) == 1
    assert started[0]._process.returncode == 0
    monkeypatch.setattr(replaying, "_PAYS", 10**9)
    assert two == replayed(sound, projection, **cut)
    assert len(started) == 1
    assert len(two) > 1


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(3)",
        "import os; os.kill(os.getpid(), 9)",
        "pass",
        "print('nonsense')",
    ],
)
def test_where_the_second_process_fails_all_is_folded_here(
    sound, program, started, monkeypatch
):
    """What it would have folded is folded all the same."""
    monkeypatch.setattr(beside, "_START", program)
    two = replayed(sound)
    assert len(started) == 1
    monkeypatch.setattr(replaying, "_PAYS", 10**9)
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
