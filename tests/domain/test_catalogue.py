"""The event catalogue has a row for every event type, and a use for every row."""

from contextlib import suppress
from datetime import date
from operator import attrgetter
from typing import get_args

import attrs
import msgspec
import pytest

from ledger import ATTAINMENT, EXECUTION, LedgerError, Settings
from ledger.domain import periods, policies
from ledger.domain.catalogue import BY_CLASS, CATALOGUE
from ledger.domain.decisions import decide
from ledger.domain.events import Event
from ledger.domain.plain_budget import PlainBudget
from ledger.domain.plain_results import PlainIndicators
from ledger.domain.streams import OF_LEDGER
from ledger.domain.subject import SubjectKind
from ledger.errors import LogCorrupted
from ledger.events import (
    BudgetApproved,
    CommitmentEntered,
    PolicySet,
    ResultReported,
)
from ledger.messages import Language, section
from ledger.store.state.packed import packed
from ledger.store.stored_event import StoredEvent
from support_events import CODE, ONE_OF_EACH

EVENTS = [pytest.param(event, id=type(event).__name__) for event in ONE_OF_EACH]
ROWS = [pytest.param(row, id=row.name) for row in CATALOGUE]


def test_each_event_class_has_one_row():
    """An event type without a row, or with two, is known by half."""
    assert sorted(map(str, BY_CLASS)) == sorted(map(str, get_args(Event)))
    assert len({row.name for row in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_its_words(row):
    """A type that a language has no word for cannot be listed."""
    for language in Language:
        assert row.name in section("event", language)


@pytest.mark.parametrize("event", EVENTS)
def test_each_type_is_decided(event):
    """The rules take it or refuse it; they do not know a type that they forgot."""
    with suppress(LedgerError):
        if type(event) in OF_LEDGER:
            today = date(2023, 7, 1)
            if isinstance(event, PolicySet):
                policies.decide(event, today)
                return
            periods.decide(periods.Periods(), event, today, Settings())
            return
        decide(
            PlainBudget(project="P"), PlainIndicators(subject="P"), event, Settings()
        )


@pytest.mark.parametrize("fold", [lambda plain: plain, packed], ids=["plain", "packed"])
@pytest.mark.parametrize("plain", [EXECUTION, ATTAINMENT], ids=attrgetter("name"))
@pytest.mark.parametrize("event", EVENTS)
def test_the_projections_that_a_row_names_look_at_the_event(event, plain, fold):
    """They change their state, or say that the event has no place there."""
    stream, projection = f"project:2023:{CODE}", fold(plain)
    reported = next(e for e in ONE_OF_EACH if type(e) is ResultReported)
    contract = next(e for e in ONE_OF_EACH if type(e) is CommitmentEntered)
    known = [recorded(ONE_OF_EACH[0], 1), recorded(reported, 7)]
    if type(event) is not CommitmentEntered:
        known.append(recorded(contract, 6))
    state = projection.fold(stream, [] if type(event) is BudgetApproved else known)
    before = msgspec.msgpack.encode(state)
    try:
        after = projection.evolve(state, recorded(event, 8))
    except LogCorrupted:
        looked = True
    else:
        looked = msgspec.msgpack.encode(after) != before
    assert looked == (projection.name in BY_CLASS[type(event)].follows)


def recorded(event, version):
    """Return *event* as the stream of a project has it."""
    stream, name = f"project:2023:{CODE}", type(event).__name__
    at = (version, stream, version, str(version), name, 1, event.on, "", "")
    return StoredEvent(*at, None, None, event)


@pytest.mark.parametrize("row", ROWS)
def test_what_a_row_names_is_there(row):
    """Columns, links and documents name fields of the class."""
    fields = set(attrs.fields_dict(row.event))
    named = {column.field for column in row.columns}
    named |= set(row.subjects) - {SubjectKind.LEDGER}
    named |= {row.document or "on", row.named_by or "on"}
    if row.undoes is not None:
        named.add("of")
        assert all(each in BY_CLASS for each in row.undoes.events)
    assert named <= fields


@pytest.mark.parametrize("row", ROWS)
def test_a_bulk_file_can_give_what_an_event_must_have(row):
    """A field without a default is a column, and no optional one."""
    if row.bulk:
        given = {column.field: column for column in row.columns}
        for field in attrs.fields(row.event):
            if field.default is attrs.NOTHING and field.name not in {"project", "on"}:
                assert not given[field.name].optional, field.name
