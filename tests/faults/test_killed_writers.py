"""Writers are killed at any moment: what was acknowledged is there, and all whole."""

import os
import random
import signal
import time
from itertools import count
from pathlib import Path

import pytest

from ledger import Ledger
from support import approval, disbursement
from support_faults import FORK, works

WRITERS = 3
ROUNDS_A_FILE = 10


def write_until_killed(path, name, acknowledged):
    """Append batches and single events; say which are kept, as soon as they are."""
    chosen = random.Random(name)
    said = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Ledger.open(path, actor=name) as ledger:
        ledger._parts.states.every = 40
        for number in count():
            size = chosen.choice([1, 1, 1, 7, 60])
            ledger.append(
                *[
                    disbursement(1, f"{name}.{number}.{size}.{i}", project=f"P-{i % 3}")
                    for i in range(size)
                ]
            )
            os.write(said, f"{name}.{number}.{size}\n".encode())
            if chosen.random() < 0.1:
                ledger.seal()


def killed_round(path, number, chosen):
    """Let several processes write, and kill each at a moment of its own."""
    acknowledged = path.with_suffix(f".{number}")
    writers = [
        FORK.Process(
            target=write_until_killed, args=(path, f"w{number}-{i}", acknowledged)
        )
        for i in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    # However slow the machine is, in every other round something is kept by then.
    deadline = time.monotonic() + 20
    while number % 2 and not kept(acknowledged) and time.monotonic() < deadline:
        time.sleep(0.001)
    for writer in writers:
        time.sleep(chosen.uniform(0.004, 0.04))
        os.kill(writer.pid, signal.SIGKILL)
    for writer in writers:
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
    return kept(acknowledged)


def kept(acknowledged):
    """Return the batches that writers said were kept."""
    if not acknowledged.exists():
        return set()
    return set(acknowledged.read_text("utf-8").split())


def batches(path):
    """Return the batches in a ledger, each held to being whole."""
    found = {}
    with Ledger.open(path, create=False, actor="reader") as ledger:
        for recorded in ledger.events(types=["Disbursed"]):
            batch, dot, place = recorded.event.voucher.rpartition(".")
            if dot:
                found.setdefault(batch, []).append((recorded.position, int(place)))
    for batch, places in found.items():
        size = int(batch.rpartition(".")[2])
        first = places[0][0]
        assert places == [(first + i, i) for i in range(size)], batch
    return set(found)


@pytest.mark.parametrize("rounds", [8, pytest.param(200, marks=pytest.mark.long)])
def test_a_killed_writer_loses_nothing_and_leaves_no_half(tmp_path, rounds):
    """Every acknowledged event is there, each batch whole or absent; the next works."""
    chosen, acknowledged, path = random.Random(rounds), set(), Path()
    everything = 0
    for number in range(rounds):
        if number % ROUNDS_A_FILE == 0:
            path, acknowledged = tmp_path / f"{number}.ledger", set()
            with Ledger.open(path, actor="tester") as ledger:
                ledger.append(*[approval(f"P-{i}", 10**9) for i in range(3)])
        acknowledged |= killed_round(path, number, chosen)
        assert acknowledged <= batches(path)
        works(path)
        everything += len(acknowledged)
    assert everything >= rounds // 2
