"""A verification of which a copy of the process does a part."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support_faults import verified
from support_verify import DAMAGES, RANGES, edit

PROGRAM = """
import json, os, sys, threading
from contextlib import ExitStack
import pytest
from ledger import Ledger
from ledger.audit import verify as verifying, verify_worker as working
from ledger.parallel import helper_process
from support_helper_process import meeting

path, share, about = sys.argv[1], float(sys.argv[2]), sys.argv[3]
made, joined, end = [], [], threading.Event()
copy, joins = helper_process.ProcessCopy, working.Worker.joins


def copied(*given):
    made.append(copy(*given))
    return made[-1]


with pytest.MonkeyPatch.context() as patch, ExitStack() as held:
    patch.setattr(os, "cpu_count", lambda: 2)
    patch.setattr(verifying, "_PAYS", 1)
    patch.setattr(helper_process, "ProcessCopy", copied)
    patch.setattr(
        working.Worker, "joins", lambda *given: joined.append(joins(*given)) or True
    )
    meeting(patch, share)
    if about == "a thread":
        threading.Thread(target=end.wait).start()
    if about == "opened twice":
        held.enter_context(Ledger.open(path, read_only=True, actor="b"))
    sys.stdout.write("not written ")  # Stays in a buffer, of which a copy has another.
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        if about == "within reading":
            rows = iter(ledger.events())
            next(rows)
        done = ledger.verify()
    end.set()
ended = all(each._has_ended for each in made)
print(json.dumps([len(made), sum(joined), ended, done.to_dict()]))
"""


def verified_in_copy(path, share=1, about="nothing"):
    """Return the copies made, the ranges taken from them, and what was said."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), str(share), about],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    before, _, shown = done.stdout.partition("[")
    assert before == "not written "
    return json.loads(f"[{shown}")


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_copy_says_what_one_process_says(copy, name, share):
    """Wherever the two meet, and the copy has ended by then."""
    edit(copy, *DAMAGES[name])
    found = verified_in_copy(copy, share)
    assert found == [1, int(share * RANGES), True, verified(copy).to_dict()]


def test_a_log_without_a_head_is_checked_in_one_process(copy):
    """Nobody knows whether a second one would pay, and all is said as before."""
    edit(copy, "DROP TABLE head")
    assert verified_in_copy(copy) == [0, 0, True, verified(copy).to_dict()]


@pytest.mark.parametrize(
    ("about", "copies"), [("a thread", 0), ("opened twice", 0), ("within reading", 1)]
)
def test_a_process_is_copied_only_where_that_is_safe(copy, about, copies):
    """Else a new one reads the last streams, and the same is said."""
    found = verified_in_copy(copy, 1, about)
    assert found == [copies, RANGES, True, verified(copy).to_dict()]


SLEEPER = """
import time
from ledger.parallel.process_copy import ProcessCopy
copy = ProcessCopy(lambda: time.sleep(60), 1)
for _ in range(2):
    copy.kill()
    copy.wait()
"""


def test_a_copy_is_ended_whatever_it_is_at():
    """Once it is, it may be ended again: nobody else's process is."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", SLEEPER], check=True, timeout=50)
    assert time.monotonic() - begun < 30
