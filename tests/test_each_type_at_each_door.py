"""Each type of event comes in through each door, and is the same there, field by field."""

import csv
import json
import re
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from ledger.domain.catalogue import CATALOGUE
from ledger.errors import InClosedPeriod, InvalidBatch
from support import Clock, Entropy, commands
from support_carries import CLOCK
from support_doors import DOORS, FORMS, filled

ROWS = {row.name: row for row in CATALOGUE}
REFERENCE = Path(__file__).parents[1] / "docs" / "reference.md"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a folder with a ledger in which each of the facts may be recorded."""
    monkeypatch.chdir(tmp_path)
    return filled()


def cells(line):
    """Return the cells of a table for a line: what is within it as a text."""
    own = dict(line)
    if "added" in own:
        printed = dict(own.pop("added"))
        own |= {"added": printed.pop("level3"), **printed}
    return {
        name: "; ".join(f"{key}={part}" for key, part in value.items())
        if isinstance(value, dict)
        else str(value)
        for name, value in own.items()
    }


def recorded(before, how):
    """Return what a door adds to a ledger: types and fields, without their envelope."""
    Path("a.ledger").write_bytes(before)
    with Ledger("a.ledger", actor="t", clock=Clock(CLOCK), entropy=Entropy()) as ledger:
        size = ledger.position
        how(ledger)
        assert ledger.verify().ok
        return [each.event for each in ledger.events() if each.position > size]


def at_command(before, words):
    """Return what a command adds to a ledger."""
    Path("a.ledger").write_bytes(before)
    with Ledger("a.ledger", read_only=True) as ledger:
        size = ledger.position
    done = CliRunner().invoke(main, [words[0], "a.ledger", *words[1:]])
    assert done.exit_code == 0, done.output
    with Ledger("a.ledger", read_only=True) as ledger:
        return [each.event for each in ledger.events() if each.position > size]


def in_files(kind, line):
    """Write the lines of a bulk file, as JSON Lines and as a table; return their names."""
    lines = line if isinstance(line, list) else [line]
    full = [{"type": kind, **line} for line in lines]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, full)), "utf-8")
    rows = list(map(cells, full))
    heads = list(dict.fromkeys(name for row in rows for name in row))
    with Path("a.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, heads)
        table.writeheader()
        table.writerows(rows)
    return "a.jsonl", "a.csv"


def test_no_type_is_left_out():
    """Whoever adds a type says here how it comes in."""
    assert DOORS.keys() == ROWS.keys()
    assert {name for name, row in ROWS.items() if not row.bulk} == FORMS.keys()


@pytest.mark.parametrize("kind", DOORS)
def test_a_fact_is_the_same_through_each_door(place, kind):
    """From a script, at the command line, in JSON Lines and in a table."""
    call, words, line = DOORS[kind]
    if kind in FORMS:
        Path("forms.json").write_text(json.dumps(FORMS[kind]), "utf-8")
    events = recorded(place, call)
    assert kind in {type(each).__name__ for each in events}
    assert at_command(place, words) == events
    if line is None:
        return
    for name in in_files(kind, line):
        assert recorded(place, lambda it, name=name: it.record(name)) == events, name


LOCKED = [kind for kind in DOORS if not kind.startswith("Period")]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("kind", LOCKED)
def test_a_closed_month_takes_no_fact_through_any_door(kind):
    """Each names the lock, and nothing is written; what is about periods is no such."""
    with Ledger("a.ledger", actor="t", clock=Clock(CLOCK)) as ledger:
        ledger.close_period("2024-12-31", year_end=True)
    locked = Path("a.ledger").read_bytes()
    call, words, line = DOORS[kind]
    if kind in FORMS:
        Path("forms.json").write_text(json.dumps(FORMS[kind]), "utf-8")
    files = () if line is None else in_files(kind, line)
    for how in (call, *(lambda it, name=name: it.record(name) for name in files)):
        with pytest.raises((InClosedPeriod, InvalidBatch), match="2024-12-31") as said:
            recorded(locked, how)
        assert "is closed" in str(said.value)
    Path("a.ledger").write_bytes(locked)
    done = CliRunner().invoke(main, ["--lang", "en", words[0], "a.ledger", *words[1:]])
    assert (done.exit_code, "is closed" in done.output) == (1, True), done.output
    with Ledger("a.ledger", read_only=True) as ledger:
        assert ledger.verify().ok
        assert [each.type for each in ledger.events()][-1] == "PeriodClosed"


COMPUTED = {"form", "findings", "since", "version"}
"""What no request gives, beside what the reference marks as computed."""


@pytest.mark.parametrize("kind", [row.name for row in CATALOGUE if row.bulk])
def test_each_field_has_its_column_and_its_option(kind):
    """But what is computed; a field without them could be said in a script alone."""
    text = REFERENCE.read_text("utf-8")
    (row,) = re.findall(rf"(?m)^\| `{kind}` \| (?:project|unit|ledger).*$", text)
    computed = COMPUTED | {*re.findall(r"`(\w+)`\?? \(computed\)", row)}
    own = {*attrs.fields_dict(ROWS[kind].event)} - {"on", *ROWS[kind].subjects}
    assert own - computed <= {column.field for column in ROWS[kind].columns}
    command = commands()[DOORS[kind][1][0]]
    told = {param.name for param in command.params}
    assert {OPTIONS.get((kind, name), name) for name in own - computed} <= told


OPTIONS = {
    **{(kind, "amounts"): "amount" for kind in ROWS},
    **{(kind, "amounts"): "parts" for kind in ("CarriedOver", "CarryReturned")},
    ("SpendingPlanRevised", "plan"): "checkpoints",
    ("ProjectClosed", "carried_over"): "carried",
    ("Disbursed", "exception"): "allowed_by",
    ("PriorYearRefund", "takes_back"): "of",
    ("PolicySet", "policy"): "stated",
    ("PolicySet", "scoring"): "stated",
}
"""What commands call otherwise; a refund is taken back by ``reverse``."""
