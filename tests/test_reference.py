"""The tables of event types in the reference are those of the event catalogue."""

from pathlib import Path

import attrs
import pytest

from ledger.domain.catalogue import CATALOGUE

from .messages.reference import BESIDE

REFERENCE = Path(__file__).parents[1] / "docs" / "reference.md"


def names(pairs):
    """Return names as the reference writes them; a mark stands for *may be absent*."""
    return ", ".join(f"`{name}`{'?' if absent else ''}" for name, absent in pairs)


def fields(row):
    """Return the fields of an event, in their order."""
    return names(
        (field.name, field.default is None)
        for field in attrs.fields(row.event)
        if field.name not in {*row.subjects, "on"}
    )


def columns(row):
    """Return the columns of a line of a bulk file, in their order."""
    return names(
        dict.fromkeys(
            pair
            for column in row.columns
            for pair in [
                (column.name, column.optional),
                *[(name, True) for name in BESIDE.get(column.kind, ())],
            ]
        )
    )


def rows(head):
    """Return the cells of the table under *head*, by the first of them."""
    text = REFERENCE.read_text("utf-8").split(head, 1)[1].split("\n\n", 1)[0]
    lines = text.strip().splitlines()[1:]
    plain = [line.replace(" (computed)", "") for line in lines]
    cells = [line.strip("| ").split(" | ") for line in plain]
    return {first.strip("`"): rest for first, *rest in cells}


def test_the_reference_has_each_type_with_its_fields():
    """No type is missing, none is invented, and each field is named in its order."""
    table = rows("| type | of | fields | recorded by |")
    assert {name: (of, given) for name, (of, given, _) in table.items()} == {
        row.name: (" or ".join(row.subjects), fields(row)) for row in CATALOGUE
    }


def test_the_reference_has_each_type_of_a_bulk_file_with_its_columns():
    """Each column is named in the order in which it is read."""
    table = rows("| type | columns besides `project` (or `unit`) and `on` |")
    assert {name: given for name, (given,) in table.items()} == {
        row.name: columns(row) for row in CATALOGUE if row.bulk
    }


@pytest.mark.parametrize(
    "row", [row for row in CATALOGUE if row.bulk], ids=lambda row: row.name
)
def test_a_column_has_one_name(row):
    """Two columns of one name would be one."""
    heads = [column.name for column in row.columns]
    assert len(heads) == len({*heads})
