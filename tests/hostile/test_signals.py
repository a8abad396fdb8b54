"""Commands that are interrupted at any moment end in one line, and lose nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from ledger import Ledger
from support import approval, disbursement

PROJECTS, LINES = 40, 3_000
INTERRUPTED = 130

WHOLE = {
    "record": ["record", "{ledger}", "{events}"],
    "report": [
        "report",
        "{ledger}",
        "--month",
        "2023-06",
        "--out",
        "{page}",
        "--force",
    ],
    "verify": ["verify", "{ledger}"],
    "export": ["export", "{ledger}", "--out", "{lines}", "--force"],
    "replay": ["replay", "{ledger}"],
}
"""Commands that record, that write a file, that start processes, that only read."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Make a ledger with some thousand events, and a file of as many more."""
    folder = tmp_path_factory.mktemp("signals")
    with Ledger.open(folder / "kept.ledger", actor="tester") as ledger:
        ledger.append(*[approval(f"P-{i}", 10**9) for i in range(PROJECTS)])
        ledger.append(
            *[disbursement(100, f"A-{i}", project=f"P-{i % 40}") for i in range(LINES)]
        )
    rows = [
        {
            "type": "Disbursed",
            "project": f"P-{i % PROJECTS}",
            "on": "2023-03-01",
            "voucher": f"B-{i}",
            "amount": "1.00",
        }
        for i in range(LINES)
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "events.jsonl").write_text(text)
    return folder


def interrupted(folder, command, delay, sent):
    """Run a command, send it a signal after *delay* seconds, and return how it ends."""
    places = {
        "ledger": folder / "kept.ledger",
        "events": folder / "events.jsonl",
        "page": folder / "june.html",
        "lines": folder / "lines.jsonl",
    }
    arguments = [part.format(**places) for part in WHOLE[command]]
    process = subprocess.Popen(
        [sys.executable, "-m", "ledger", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(process.pid, sent)  # As a terminal does: to all processes of the job.
    out, problems = process.communicate(timeout=60)
    return process.returncode, out, problems


def before_ours(problems):
    """Say whether Python was interrupted before it had come to a file of ours."""
    places = [line for line in problems.splitlines() if line.startswith("  File ")]
    return "Traceback" in problems and not any("ledger" in place for place in places)


@pytest.mark.parametrize("rounds", [6, pytest.param(100, marks=pytest.mark.long)])
def test_an_interrupted_command_says_one_line_and_loses_nothing(folder, rounds):
    """It ends with 130 or as it would have; no traceback, no half file, no half batch."""
    chosen = random.Random(rounds)
    ended = 0
    for number in range(rounds):
        command = list(WHOLE)[number % len(WHOLE)]
        delay = chosen.uniform(0.12, 0.9)
        code, _, problems = interrupted(folder, command, delay, signal.SIGINT)
        if before_ours(problems):
            continue
        assert "Traceback" not in problems, (command, delay, problems)
        assert code in (0, INTERRUPTED), (command, delay, code, problems)
        if code == INTERRUPTED:
            ended += 1
            assert len(problems.splitlines()) <= 1, (command, delay, problems)
        assert not list(folder.glob(".*")), (command, delay)
        if (folder / "june.html").exists():
            page = (folder / "june.html").read_text()
            assert page.rstrip().endswith("</html>")
            (folder / "june.html").unlink()
    assert ended
    with Ledger.open(folder / "kept.ledger", read_only=True) as ledger:
        assert ledger.position in (PROJECTS + LINES, PROJECTS + 2 * LINES)
        assert ledger.verify().ok


@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.long)])
def test_a_terminated_command_loses_nothing(folder, rounds):
    """What was recorded stays whole when a command is told to end."""
    chosen = random.Random(-rounds)
    for number in range(rounds):
        command = ("record", "export", "verify")[number % 3]
        delay = chosen.uniform(0.1, 0.9)
        _, _, problems = interrupted(folder, command, delay, signal.SIGTERM)
        assert "Traceback" not in problems, (command, delay, problems)
    with Ledger.open(folder / "kept.ledger", read_only=True) as ledger:
        assert ledger.position in (PROJECTS + LINES, PROJECTS + 2 * LINES)
        assert ledger.verify().ok
