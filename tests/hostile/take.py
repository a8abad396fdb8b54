"""A process that reads files one after the other, and says what became of each."""

import json
import resource
import sys
import time
from pathlib import Path

from ledger import Ledger, LedgerError
from support import approval

ADDRESS_SPACE = 1_500_000_000
PROJECTS = tuple(f"P-{n}" for n in range(4))


def said(door, path):
    """Hand a file to a new ledger; return what it says, and the codes that it has."""
    with Ledger.open(":memory:", actor="tester") as ledger:
        if door == "record":
            ledger.append(*[approval(code, 10**9) for code in PROJECTS])
        try:
            if door == "import":
                ledger.import_forms(path)
            else:
                ledger.record(path)
        except LedgerError as problem:
            return type(problem).__name__, str(problem), []
        assert ledger.verify().ok
        return "", "", [each.project for each in ledger.view().execution()]


def most_memory():
    """Return the most bytes of memory that this program had, not what started it."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:  # The system keeps no such file; a parent's memory may count too.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024
    return 1_024 * next(int(one.split()[1]) for one in lines if "VmHWM" in one)


def main(door, folder):
    """Print a line of JSON for each file, and at last the most memory there was."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    for path in sorted(Path(folder).iterdir()):
        start = time.perf_counter()
        print(path.name, file=sys.stderr)  # The last before a traceback is its cause.
        refusal, message, codes = said(door, path)
        seconds = time.perf_counter() - start
        print(json.dumps([path.name, refusal, message[:500], codes, seconds]))
    print(json.dumps(most_memory()))


if __name__ == "__main__":
    main(*sys.argv[1:])
