"""Whatever a person may record in a month has its sheet in the month's workbook."""

import functools
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.subject import SubjectKind
from ledger.intake.templates.month_sheets import OF_ROWS, SHEETS
from ledger.messages import Language, message
from support import Clock, Entropy
from support_carries import CLOCK
from support_doors import DOORS, filled
from support_template import contents, named, saved, sheet

pytestmark = pytest.mark.usefixtures("in_this_process")

OF_A_MONTH = [
    row.name for row in CATALOGUE if row.bulk and SubjectKind.LEDGER not in row.subjects
]
"""What a bulk file may say of a project or a unit, not of the ledger as a whole."""

LINES = {
    name: line if isinstance(line, list) else [line]
    for name, (_, _, line) in DOORS.items()
    if name in OF_A_MONTH
}
PLACES = {event.__name__: name for name, types in SHEETS.items() for event in types}
SEVERAL = {name for name, types in SHEETS.items() if len(types) > 1}


@functools.cache
def ledger_and_template(language):
    """Return a ledger in which each fact may be recorded, and its workbook of May."""
    before = filled()
    Path("month.xlsx").unlink(missing_ok=True)
    with Ledger("a.ledger", clock=Clock(CLOCK), read_only=True) as ledger:
        ledger.events_template("month.xlsx", 2024, 5, language=language)
    return before, Path("month.xlsx").read_bytes()


@pytest.fixture(
    params=[Language.CHINESE, pytest.param(Language.ENGLISH, marks=pytest.mark.long)]
)
def month(request, tmp_path, monkeypatch):
    """Return the language of a workbook, a ledger and the sheets of the workbook."""
    monkeypatch.chdir(tmp_path)
    before, workbook = ledger_and_template(request.param)
    Path("month.xlsx").write_bytes(workbook)
    return request.param, before, contents(Path("month.xlsx"))


def cells(line):
    """Return the cells of a line of a bulk file: what is within it as a text."""
    own = dict(line)
    if "added" in own:
        printed = dict(own.pop("added"))
        own |= {"added": printed.pop("level3"), **printed}
    if "date" in own:
        own["reached_on"] = own.pop("date")
    return {
        name: "; ".join(f"{key}={part}" for key, part in value.items())
        if isinstance(value, dict)
        else str(value)
        for name, value in own.items()
    }


def recorded(before, how):
    """Return what is added to a ledger, and what is said of it."""
    Path("a.ledger").write_bytes(before)
    with Ledger("a.ledger", actor="t", clock=Clock(CLOCK), entropy=Entropy()) as ledger:
        size = ledger.position
        done = how(ledger)
        assert ledger.verify().ok
        return [each.event for each in ledger.events() if each.position > size], done


def filled_in(kind, language, sheets):
    """Fill in the first rows of the sheets for the lines of a type."""
    for n, line in enumerate(LINES[kind], start=1):
        own = line.get("type", kind)
        name = PLACES[own]
        row = cells({key: each for key, each in line.items() if key != "type"})
        if name in SEVERAL:
            row["type"] = message(f"event.{own}").said(language)
        rows = sheets[sheet(name, language)]
        if name in OF_ROWS:
            rows[n] = [""] * len(rows[0])
        named(rows, n, **row)
    return saved(Path("filled.xlsx"), sheets)


def test_each_type_of_a_month_has_one_sheet():
    """Whoever adds a type says on which sheet a person fills it in."""
    listed = [event.__name__ for types in SHEETS.values() for event in types]
    assert sorted(listed) == sorted(OF_A_MONTH)


@pytest.mark.parametrize("kind", OF_A_MONTH)
def test_each_type_is_recorded_from_its_sheet(month, kind):
    """The same event as a script records; twice counts once, and that is said."""
    language, before, sheets = month
    file = filled_in(kind, language, sheets)
    call, *_ = DOORS[kind]
    expected, _ = recorded(before, call)

    def twice(ledger):
        first, second = ledger.record(file), ledger.record(file)
        assert (second.new, second.already) == (0, len(LINES[kind]))
        return first

    events, done = recorded(before, twice)
    assert events == expected
    assert done.new == len(expected)


def test_a_workbook_in_which_nothing_is_filled_in_records_nothing(month):
    """Its keys alone are no facts."""
    _, before, _ = month
    assert recorded(before, lambda it: it.record("month.xlsx"))[0] == []


def test_each_row_has_a_key_of_its_own_that_another_workbook_has_not(month):
    """But the rows of indicators, which are the same facts in each workbook."""
    language, before, sheets = month
    key = message("head.event.key").said(language)
    names = {sheet(name, language): name for name in SHEETS}

    def keys(of):
        return {
            names[name]: [row[rows[0].index(key)] for row in rows[1:]]
            for name, rows in of.items()
            if name in names
        }

    Path("a.ledger").write_bytes(before)
    with Ledger("a.ledger", read_only=True) as ledger:
        ledger.events_template("other.xlsx", 2024, 5, language=language)
    first, other = keys(sheets), keys(contents(Path("other.xlsx")))
    flat = [each for own in first.values() for each in own]
    assert len({*flat}) == len(flat)
    for name in SHEETS:
        same = first[name] == other[name]
        assert same == (name in OF_ROWS), name
        assert same or not {*first[name]} & {*other[name]}
