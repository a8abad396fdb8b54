"""The public names: few of them flat, each in one place, loaded when it is asked for."""

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import ledger
from ledger import errors, events
from ledger.domain import (
    commitment_refusals,
    exception_refusals,
    import_refusal,
    refusals,
)
from ledger.domain import errors as error_classes
from ledger.store.codec import EVENT_TYPES
from support_sources import ROOT, SOURCES

PUBLIC = {"ledger": ledger} | {
    module: import_module(module) for module in ledger.NAMESPACES.values()
}
FLAT = {"InvalidInput", "LedgerError", "Refused"}
"""Errors that most scripts catch: flat, and with all others in their namespace."""

REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")


def imported_for_types(module):
    """Return what a module imports for type checkers: name -> module."""
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    block = next(
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    return {
        alias.asname: node.module
        for node in block.body
        for alias in node.names
        if node.module != "ledger"
    }


def test_flat_names_are_few():
    """What most scripts need, and the version."""
    assert len({*ledger.__all__, "__version__"}) <= 45


@pytest.mark.parametrize("name", PUBLIC)
def test_a_table_of_names_is_what_type_checkers_see(name):
    """Neither has a name that the other lacks; both are sorted."""
    module = PUBLIC[name]
    assert imported_for_types(module) == module.MODULES
    assert list(module.MODULES) == sorted(module.MODULES) == module.__all__


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names_are_there_and_documented(name):
    """Each is found under its own name, listed, and has a docstring."""
    module = PUBLIC[name]
    assert set(module.__all__) <= set(dir(module))
    for each in module.__all__:
        made = getattr(module, each)
        if inspect.isclass(made) or inspect.isfunction(made):
            assert made.__name__ == each
            assert made.__doc__, each


def test_a_name_is_public_in_one_place():
    """No alias: a script in another spelling would be another script."""
    places = [each for module in PUBLIC.values() for each in module.__all__]
    assert {each for each in places if places.count(each) > 1} == FLAT


def test_namespaces_are_complete():
    """Every event, and every error of the tree."""
    made_of = {
        "CarriedPart",
        "CommitmentAdjustmentKind",
        "CommitmentStage",
        "ContinuedCommitment",
        "Course",
        "Milestone",
        "OpenedProject",
        "ReleaseReason",
        "SpendingException",
    }
    known = set(EVENT_TYPES) | {"Event", "RecordedEvent"} | made_of
    assert known == set(events.__all__)
    every = (
        vars(error_classes)
        | vars(refusals)
        | vars(commitment_refusals)
        | vars(exception_refusals)
        | vars(import_refusal)
    )
    assert set(errors.__all__) == {
        name
        for name, made in every.items()
        if isinstance(made, type) and issubclass(made, Exception) and name[0] != "_"
    }


def test_no_other_class_has_the_name_of_a_public_one():
    """A reader who meets the name knows which is meant."""
    public = {name for module in PUBLIC.values() for name in module.__all__}
    defined = [
        (node.name, path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and node.name in public
    ]
    names = [name for name, _ in defined]
    assert not [each for each in defined if names.count(each[0]) > 1]


@pytest.mark.parametrize(
    ("module", "name", "said"),
    [
        ("ledger", "Policies", "the nearest is Policy"),
        ("ledger", "Disbursed", "it is in ledger.events"),
        ("ledger", "UnknownVoucher", "it is in ledger.errors"),
        ("ledger", "disburse_all", "no attribute 'disburse_all'$"),
        ("ledger", "usd", "no attribute 'usd'$"),
        ("ledger.events", "Disburse", "the nearest is Disbursed"),
        ("ledger.errors", "UnknownProjects", "the nearest is UnknownProject"),
        ("ledger.reports", "MontlyReport", "the nearest is MonthlyReport"),
    ],
)
def test_a_name_that_is_none_is_an_error(module, name, said):
    """What loads when it is asked for hides no slip."""
    with pytest.raises(AttributeError, match=said):
        getattr(PUBLIC[module], name)
    with pytest.raises(ImportError, match=f"cannot import name '{name}'"):
        exec(f"from {module} import {name}")


def test_a_namespace_loads_with_the_package():
    """It needs no import of its own."""
    code = "import ledger; print(ledger.events.Disbursed.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "Disbursed\n"


def test_the_reference_lists_the_public_names():
    """Each in the row of its place."""
    for module, at in PUBLIC.items():
        row = next(
            line
            for line in REFERENCE.splitlines()
            if line.startswith(f"| `{module}` |")
        )
        named = set(re.findall(r"`(\w+)`", row)) - {module}
        assert named == set(at.__all__), module
