"""A ledger whose file is edited, and what verify finds in it."""

from ledger.audit.protocol import Check
from support_tampering import attacking, recompute

SIZE = 292
MIDDLE = 100
"""The position of an ordinary payment."""


def wrong(done):
    """Return the numbers of the checks that failed."""
    return [each.check.number for each in done.outcomes if each.wrong]


def edit(path, *statements, agreeing=False):
    """Change the file beneath its triggers; make hashes and head agree if asked to."""
    with attacking(path) as connection:
        for each in statements:
            connection.execute(each)
        if agreeing:
            connection.execute("DELETE FROM checkpoints")
            connection.execute("UPDATE head SET sealed = 0")
            recompute(connection)


def one(position=MIDDLE, **columns):
    """Return the statement that sets columns of an event to SQL expressions."""
    given = ", ".join(f"{name} = {value}" for name, value in columns.items())
    return f"UPDATE events SET {given} WHERE position = {position}"


def replaced(old, new):
    """Return the expression of a payload in which a text is another."""
    return f"replace(payload, '{old}', '{new}')"


def holds_but(number, done):
    """Say that one check failed alone, and that what was found is under its number."""
    assert wrong(done) == [number], done.findings
    code = f"log.{list(Check)[number - 1].name.lower()}"
    assert {finding.code for finding in done.findings} == {code}


RANGES = 6
"""One for each stream of so small a ledger."""

DAMAGES = {
    "nothing": [],
    "an early and a late stream": [
        "UPDATE events SET actor = 'x' WHERE stream IN ('project:2023:P-0', 'project:2023:P-5')"
    ],
    "a virement": [one(148, payload=replaced("5000", "4000"))],
    "types that cannot be read": [
        "UPDATE events SET type = 'X' WHERE version = 20",
        "UPDATE snapshots SET events = 1",
    ],
}
