"""Workbooks of old Excel (.xls), as LibreOffice saved them."""

import sys
from pathlib import Path
from random import Random

import pytest

from ledger import InvalidInput, LedgerError
from ledger.intake.readers.file_kinds import tables
from support_published import CODE, SMALL

FOLDER = Path(__file__).parents[1] / "data" / "xls"
CELLS, FORM = FOLDER / "cells.xls", FOLDER / "form.xls"


def test_cells_are_read_as_they_are_shown():
    """Percents, dates, times; an error is no value, and a long number is said."""
    (grid,) = tables(CELLS)
    assert grid.name == "表一"
    assert grid.rows == [
        ["标题", "", ""],
        ["", "", ""],
        ["100%", "98.5%", "0.1"],
        ["2024-01-15", "2024-01-15T08:30:00", "文字"],
        ["2", "", "12345678901234570000", "TRUE"],
        ["3", "2"],
    ]
    assert grid.merged == {(0, 0): (1, 2)}
    assert grid.unread == {(4, 1): "#DIV/0!"}
    assert {*grid.odd} == {(4, 2)}


def test_a_form_is_imported(ledger):
    """Each indicator with its target; 0.9 that is shown as 90 % is that."""
    ledger.import_forms(FORM, codes={"": CODE}, unit="101")
    (approval,) = (recorded.event for recorded in ledger.events())
    assert [one.name for one in approval.indicators] == [row[2] for row in SMALL[5:]]
    assert approval.indicators[-1].target.text == "90%"


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    """The reader of old workbooks is optional."""
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(InvalidInput, match=r"pip install xlrd.*saved as \.xlsx"):
        tables(CELLS)


def damaged(seed):
    """Return a workbook with bytes changed at random, or its end cut off."""
    rng, raw = Random(seed), bytearray(FORM.read_bytes())
    if rng.random() < 0.2:
        return bytes(raw[: rng.randrange(600, len(raw))])
    for _ in range(rng.choice([1, 5, 50])):
        raw[rng.randrange(8, len(raw))] = rng.randrange(256)
    return bytes(raw)


@pytest.mark.parametrize(
    "seed",
    [*range(3), *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 100))],
)
def test_any_damage_ends_in_a_clear_error(tmp_path, seed):
    """Bytes that were changed at random are read, or refused; nothing else."""
    path = tmp_path / "form.xls"
    path.write_bytes(damaged(seed))
    try:
        tables(path)
    except LedgerError as problem:
        assert "form.xls" in str(problem)


def test_another_file_of_old_office_is_named(tmp_path):
    """A letter, or a workbook with a password."""
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
    with pytest.raises(InvalidInput, match="without a password"):
        tables(path)
