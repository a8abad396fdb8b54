"""What people state no rule computes again: the hashes and a kept checkpoint protect it."""

import shutil
from datetime import date
from itertools import islice
from pathlib import Path

import attrs
import pytest

from ledger import Ledger
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.errors import LedgerError
from ledger.store.codec import codec
from support import Clock, Entropy
from support_carries import CLOCK
from support_doors import DOORS, filled
from support_tampering import EVENTS, attacking, others, reseal, rewrite

PAYLOAD = -2
SAMPLES = "x", 1, True, date(2024, 4, 1)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Return the bytes of a ledger in which each of the facts may be recorded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("before"))
        return filled()


def edits(event):
    """Yield what an event would be with another value in one field, one for each."""
    for field in attrs.fields(type(event)):
        made = (
            edited
            for other in others(getattr(event, field.name), SAMPLES)
            if (edited := evolved(event, field.name, other)) is not None
        )
        yield from ((field.name, edited) for edited in islice(made, 1))


def evolved(event, name, value):
    """Return an event with another value that is stored otherwise, if there is one."""
    try:
        edited = attrs.evolve(event, **{name: value})
        return None if codec().spelled(edited) == codec().spelled(event) else edited
    except (LedgerError, TypeError, AttributeError, ValueError):
        return None


def rehashed(path, position, payload):
    """Store another payload, and make all hashes and what is sealed agree."""

    def rows_changed(rows):
        rows[position - 1][PAYLOAD] = payload
        return rows

    rewrite(path, rows_changed, snapshots=False)
    reseal(path)


def alone(path, position, payload):
    """Store another payload, and nothing else."""
    with attacking(path) as connection:
        names = [one[0] for one in connection.execute(EVENTS).description]
        connection.execute(
            f"UPDATE events SET {names[PAYLOAD]} = ? WHERE position = ?",
            (payload, position),
        )


def recorded(kind):
    """Record a fact of a type here; return its position, it, and a checkpoint."""
    with Ledger("a.ledger", actor="t", clock=Clock(CLOCK), entropy=Entropy()) as ledger:
        size = ledger.position
        DOORS[kind][0](ledger)
        fact = next(each for each in ledger.events(after=size) if each.type == kind)
        kept = ledger.checkpoint()
        assert ledger.verify(kept).ok
        return fact.position, fact.event, kept


def is_sound(position, event, how, *checkpoints):
    """Return what verify says of a copy in which a fact is another."""
    shutil.copy("a.ledger", "edited.ledger")
    how("edited.ledger", position, codec().spelled(event).decode())
    with Ledger("edited.ledger", read_only=True) as ledger:
        return ledger.verify(*checkpoints).ok


@pytest.mark.parametrize("kind", [row.name for row in CATALOGUE])
def test_an_edit_of_any_field_is_found(before, kind, tmp_path, monkeypatch):
    """By its hash; where all hashes were computed again, by a checkpoint that was kept."""
    monkeypatch.chdir(tmp_path)
    Path("a.ledger").write_bytes(before)
    position, event, kept = recorded(kind)
    tried = dict(edits(event))
    for name, edited in tried.items():
        for how, checkpoints in ((alone, ()), (rehashed, (kept,))):
            assert not is_sound(position, edited, how, *checkpoints), (name, how)
    assert tried


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("BudgetApproved", "carried_from"),
        ("PriorYearRefund", "payee"),
        ("Disbursed", "payee"),
        ("CommitmentEntered", "document"),
    ],
)
def test_no_rule_computes_again_what_somebody_stated(
    before, kind, name, tmp_path, monkeypatch
):
    """As the page on security says: of these the hashes alone are a protection."""
    monkeypatch.chdir(tmp_path)
    Path("a.ledger").write_bytes(before)
    position, event, _ = recorded(kind)
    assert is_sound(position, dict(edits(event))[name], rehashed)
