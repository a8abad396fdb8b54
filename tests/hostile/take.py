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


def main(door, folder):
    """Print a line of JSON for each file, and at last the most memory there was."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    for path in sorted(Path(folder).iterdir()):
        start = time.perf_counter()
        print(path.name, file=sys.stderr)  # The last before a traceback is its cause.
        refusal, message, codes = said(door, path)
        seconds = time.perf_counter() - start
        print(json.dumps([path.name, refusal, message[:500], codes, seconds]))
    # Linux counts in kilobytes.
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024))


if __name__ == "__main__":
    main(*sys.argv[1:])
