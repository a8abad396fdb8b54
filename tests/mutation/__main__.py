"""
Put each fault into the rules, one by one, and run the tests that guard them.

``python -m tests.mutation [WORD ...]`` takes the modules whose names have one of the
words in them; by default all. Each fault is put into a copy of this process, in which
everything is loaded already. It ends with 1 where one survives that ``survivors.md``
does not list, or that it lists wrongly.
"""

import gc
import os
import re
import resource
import sys
import time
from pathlib import Path
from types import FunctionType

import pytest
from tests.mutation.guards import GUARDS
from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
LISTED = Path(__file__).with_name("survivors.md")
PATIENCE = 3.0
"""How many times the work without a fault the tests may take, at most."""

MEMORY = 2_000_000_000
"""Bytes that a process with a fault may ask for."""

NOWHERE = 3
"""How a process ends that has no function to put its fault into."""


def main(words: list[str]) -> int:
    """Run all; print survivors, and what the list of them has too many."""
    listed = set(re.findall(r"^- (\S+ .*`)$", LISTED.read_text("utf-8"), re.MULTILINE))
    wrong = False
    for module, tests in GUARDS.items():
        if words and not any(word in module for word in words):
            continue
        known = {name for name in listed if name.startswith(f"{module} ")}
        survivors, count = _survivors(module, tests, known)
        print(f"{module}: {len(survivors)} of {count} survived", flush=True)
        for name in sorted(known.difference(survivors)):
            print(f"listed, and does not survive: {name}")
        wrong = wrong or set(survivors) != known
    return int(wrong)


def _survivors(module: str, tests: list[str], known: set[str]) -> tuple[list[str], int]:
    """Return the faults of a module that its tests do not find, and how many it has."""
    began = time.process_time()
    if not _pass(tests):
        raise SystemExit(f"{module}: its tests fail without a fault")
    patience = 2 + PATIENCE * (time.process_time() - began)
    found, count = [], 0
    for mutant in mutants_of(ROOT / "src" / "ledger" / module, module):
        count += 1
        if _survives(mutant, tests, patience):
            found.append(mutant.name)
            if mutant.name not in known:
                print(f"- {mutant.name}", flush=True)
    return found, count


def _survives(mutant: Mutant, tests: list[str], patience: float) -> bool:
    """Return whether the tests pass with a fault, in a copy of this process."""
    child = os.fork()
    if child == 0:
        limit = int(time.process_time() + patience)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))  # It ends the process.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            put_in(mutant)
        except LookupError:
            os._exit(NOWHERE)
        try:
            code = int(not _pass(tests))
        except BaseException:  # noqa: BLE001 - whatever it is, the fault was found
            code = 1
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == NOWHERE:
        raise SystemExit(f"{mutant.name}: no function to put the fault into")
    return status == 0


def _pass(tests: list[str]) -> bool:
    """Return whether files of tests pass, one by one, without a word."""
    kept = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    sys.stdout.flush()
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        return all(
            pytest.main(["-q", "-x", "-p", "no:cacheprovider", each])
            == pytest.ExitCode.OK
            for each in tests
        )
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for each in (*kept, nowhere):
            os.close(each)


def put_in(mutant: Mutant) -> None:
    """Have the function do what its mutant does, whoever holds it."""
    code = mutant.code
    gc.unfreeze()  # What the tests freeze is not among the objects.
    places = [
        each
        for each in gc.get_objects()
        if isinstance(each, FunctionType)
        and each.__code__.co_filename == code.co_filename
        and each.__code__.co_qualname == code.co_qualname
        and each.__code__.co_firstlineno == code.co_firstlineno
    ]
    if not places:
        raise LookupError(mutant.name)
    for each in places:
        each.__code__ = code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
