"""The tables of old and new names in the changelog name what is gone and what there is."""

import re
from importlib import import_module

import pytest

from ledger.audit import Proof, Verification
from ledger.intake import Recorded
from ledger.projections import Budget
from ledger.reports import MonthlyReport, Review
from support_sources import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text("utf-8")
CLASSES = {
    "report": MonthlyReport,
    "proof": Proof,
    "review": Review,
    "recorded": Recorded,
    "verification": Verification,
    "Budget": Budget,
}


def table(head):
    """Return the cells of the rows of the table under a head."""
    lines = TEXT.split(f"| {head} |\n", 1)[1].split("\n\n", 1)[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize(
    ("before", "now"),
    [row for row in table("before, in `ledger` | now") if "Ledger(" not in row[1]],
)
def test_a_name_is_where_the_changelog_says(before, now):
    """Each name of the first column is in the namespace of the second, or has its name."""
    path = re.match(r"`([\w.]+)`", now)[1]
    module, _, name = path.rpartition(".")
    if name[0].isupper():
        assert hasattr(import_module(module), name)
        return
    for old in re.findall(r"`(\w+)`", before):
        if old not in {"ledger", "LedgerError"}:
            assert hasattr(import_module(path), old), old


def named(cell):
    """Yield the classes and the attributes that a cell names."""
    for text in re.findall(r"`([^`]+)`", cell):
        if found := re.match(r"(\w+)\.(\w+)", text):
            of, name = found.groups()
            if of in CLASSES:
                yield CLASSES[of], name


@pytest.mark.parametrize(("old", "new"), table("old | new"))
def test_a_new_name_is_there_and_an_old_one_is_not(old, new):
    """Nothing is kept for those who used it before: nothing was ever released."""
    for cls, name in named(new):
        assert name in dir(cls) or name in getattr(cls, "__annotations__", {}), name
    kept = {(cls, name) for cls, name in named(new)}
    for cls, name in named(old):
        assert (cls, name) in kept or name not in dir(cls), name
