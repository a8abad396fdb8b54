"""What faults are put in, and where."""

import gc

import pytest
from tests.mutation.__main__ import ROOT, put_in
from tests.mutation.guards import GUARDS
from tests.mutation.mutants import mutants_of

SOURCE = '''
"""A module."""

LIMIT = 3


class Box:
    """A box."""

    def holds(self, count: int = 2) -> bool:
        """Return whether so many fit."""
        check(count)
        if count < 0:
            raise ValueError(f"{count + 1}")
        return not count > LIMIT and min(count, 5) >= 1
'''


def test_each_operator_number_call_and_guard_has_its_fault(tmp_path):
    """But not what is said, documented, or run when the module loads."""
    path = tmp_path / "box.py"
    path.write_text(SOURCE, "utf-8")
    names = [each.name for each in mutants_of(path, "box.py")]
    shown = [name.removeprefix("box.py Box.holds: ") for name in names]
    last = "not count > LIMIT and min(count, 5) >= 1"
    assert sorted(shown) == [
        "`check(count)` → `pass`",
        "`count < 0` → `count < 1`",
        "`count < 0` → `count <= 0`",
        "`count > LIMIT` → `count >= LIMIT`",
        "`min(count, 5) >= 1` → `min(count, 5) > 1`",
        "`min(count, 5) >= 1` → `min(count, 5) >= 2`",
        "`min(count, 5)` → `max(count, 5)`",
        "`min(count, 5)` → `min(count, 6)`",
        f"`{last}` → `{last.replace(' and ', ' or ')}`",
        "`not count > LIMIT` → `count > LIMIT`",
    ]


def test_a_fault_is_in_the_code_of_its_function(tmp_path):
    """The code is that of the outermost function, at its line."""
    path = tmp_path / "box.py"
    path.write_text(SOURCE, "utf-8")
    for mutant in mutants_of(path, "box.py"):
        assert mutant.code.co_qualname == "Box.holds"
        assert mutant.code.co_firstlineno == 10


def test_a_fault_is_put_into_what_stays_frozen(tmp_path):
    """And where there is no such function, that is said: no test found the fault."""
    path = tmp_path / "box.py"
    path.write_text("def small(count):\n    return count < 3\n", "utf-8")
    box = {}
    exec(compile(path.read_text("utf-8"), path, "exec"), box)
    gc.freeze()  # As the tests do when they are collected.
    mutant = next(mutants_of(path, "box.py"))
    assert box["small"](3) is False
    put_in(mutant)
    assert box["small"](3) is True
    box.clear()
    with pytest.raises(LookupError):
        put_in(mutant)


def test_every_module_of_rules_is_guarded():
    """Faults are put into each."""
    rules = (ROOT / "src" / "ledger" / "domain").glob("*_rules.py")
    assert {f"domain/{path.name}" for path in rules} <= set(GUARDS)
    for tests in GUARDS.values():
        assert all((ROOT / name).exists() for name in tests)
