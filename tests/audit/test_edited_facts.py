"""Whatever a fact takes from others is decided again: an edit of it is found."""

import re
import shutil
from contextlib import closing
from random import Random

import attrs
import pytest
from hypothesis import settings

from ledger import Ledger
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.errors import LedgerError
from ledger.store.codec import codec
from ledger.store.sqlite.log import SqliteLog
from support_long_history import came_back, passed_on
from support_tampering import others, reseal, rewrite

_ENTRY = re.compile(r"^ {8}([a-z_, ]+): (.*(?:\n(?: {12}.*)?)*)", re.MULTILINE)

ACROSS = {
    "BudgetApproved": {"carried", "carried_from"},
    "FormRevised": {"carried"},
    "CarriedOver": {"to_project", "amounts", "document", "since", "year"},
    "CarryReturned": {"from_project", "amounts", "document", "since", "year"},
    "BudgetAdjusted": {"since"},
    "PriorYearRefund": {"of", "of_year"},
}
"""What is no word of whoever asks, though no class says that it is computed."""


def computed(row):
    """Return the fields that an event takes from others, as its class says."""
    entries = _ENTRY.findall(row.event.__doc__)
    names = [
        n for names, said in entries if "computed" in said for n in names.split(", ")
    ]
    return sorted({*names, *ACROSS.get(row.name, ())})


TAKEN = [(row.name, name) for row in CATALOGUE for name in computed(row)]


def edits(path, name, field):
    """Yield positions of a type's facts, with what they were with another value."""
    with closing(SqliteLog.open(path)) as log:
        recorded = list(log.read())
    known = [each for each in recorded if type(each.event).__name__ == name]
    values = [getattr(each.event, field, None) for each in recorded]
    samples = [*dict.fromkeys([*values, None])]
    for each in known:
        if field == "carried_from" and not each.event.carried:
            continue  # It gives nothing.
        for other in others(getattr(each.event, field), samples):
            try:
                edited = attrs.evolve(each.event, **{field: other})
            except (LedgerError, TypeError, AttributeError, ValueError):
                continue  # No event has it.
            if edited != each.event:
                yield path, each.position, edited


@pytest.fixture(scope="module")
def histories(tmp_path_factory):
    """Build the files once, and hand out their paths."""
    folder = tmp_path_factory.mktemp("files")
    made = []
    for build in (passed_on, came_back):
        made.append(folder / f"{build.__name__}.ledger")
        build(made[-1])
        with Ledger.open(made[-1], read_only=True, actor="a") as ledger:
            assert ledger.verify().ok
    return made


def found(folder, history, position, edited):
    """Return whether verify finds that a fact of a history is another."""
    path = folder / "edited.ledger"
    shutil.copy(history, path)

    def rows_changed(rows):
        rows[position - 1][-2] = codec().spelled(edited).decode()
        return rows

    rewrite(path, rows_changed, snapshots=False)
    reseal(path)
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        return not ledger.verify().ok


@pytest.mark.parametrize(("name", "field"), TAKEN)
def test_an_edited_fact_is_found(histories, tmp_path, name, field):
    """Some edits of each field are drawn, and all of them where that is thorough."""
    asked = [each for path in histories for each in edits(path, name, field)]
    assert asked, "no history has it"
    most = min(len(asked), settings().max_examples // 20)
    drawn = Random(f"{name}.{field}").sample(asked, most)
    missed = [each[1:] for each in drawn if not found(tmp_path, *each)]
    assert not [(at, getattr(fact, field)) for at, fact in missed]
