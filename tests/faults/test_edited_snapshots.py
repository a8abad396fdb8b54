"""Snapshots are edited in every column: no audit says what they hold."""

import json
import shutil

import msgspec
import pytest

from ledger import ATTAINMENT, EXECUTION, Ledger, Projection
from support import PROJECT, approval, day, indicator
from support_tampering import attacking

JUNE = day(6, 30)
FIGURES = [
    "disbursed",
    "current_budget",
    "planned",
    "available",
    "by_source.fiscal.disbursed",
    "months.2023-03.disbursed",
    "indicators.开展就业培训数.result",
    "status",
]
COLUMNS = {
    "projection": "UPDATE snapshots SET projection = 'x' || projection",
    "version": "UPDATE snapshots SET version = version + 1",
    "stream": "UPDATE snapshots SET stream = 'project:2023:P-9' WHERE stream LIKE '%P-1'",
    "stream_version": "UPDATE snapshots SET stream_version = stream_version + 1",
    "events": "UPDATE snapshots SET events = events + 1",
    "position": "UPDATE snapshots SET position = position - 1",
    "state": "UPDATE snapshots SET state = zeroblob(9)",
    "state of another": (
        "UPDATE snapshots SET state = (SELECT state FROM snapshots AS other "
        "WHERE other.projection = snapshots.projection AND other.stream LIKE '%P-2')"
    ),
    "all": "DELETE FROM snapshots",
}
ABSENT = {"projection", "version", "all"}
"""What leaves no snapshot of these projections: that loses nothing."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger of two projects whose snapshots are current."""
    path = tmp_path_factory.mktemp("snapshots") / "sound.ledger"
    with Ledger.open(path, actor="finance") as ledger:
        for project in ("P-1", "P-2"):
            ledger.append(approval(project, indicators=(indicator(),)))
            ledger.disburse(project, "77.77", voucher="1", on=day(3, 1))
            ledger.report_result(project, indicator().name, 3, on=day(5, 1))
        ledger.disburse("P-2", 1, voucher="2", on=day(3, 1))
        ledger.rebuild()
    return path


@pytest.fixture
def edited(sound, tmp_path):
    """Return a copy to be edited."""
    return shutil.copy(sound, tmp_path / "edited.ledger")


def audited(path, report):
    """Return what each audit says of the ledger at *path*."""
    with Ledger.open(path, create=False, read_only=True, actor="a") as ledger:
        both = Projection.together((EXECUTION, ATTAINMENT))
        explained = [
            ledger.explain(PROJECT, figure, through=JUNE).to_dict()
            for figure in FIGURES
        ]
        return (
            ledger.verify_report(report).to_dict(),
            explained,
            ledger.explain("totals", "disbursed", through=JUNE).to_dict(),
            ledger.differences(2, through=JUNE),
            [msgspec.json.encode(each) for each in ledger.replay(both)],
        )


def issued(path):
    """Return the report of June as it comes out of its file."""
    with Ledger.open(path, create=False, read_only=True, actor="a") as ledger:
        return json.loads(ledger.monthly_report(2023, 6).render("json"))


def richer(stored):
    """Return a stored state of money, with one payment that is another."""
    return stored.replace(msgspec.msgpack.encode(7777), msgspec.msgpack.encode(5555))


@pytest.mark.parametrize("column", COLUMNS)
def test_every_audit_says_what_the_log_says(sound, edited, column):
    """A report, an explanation, a difference and a replay are as before the edit."""
    report = issued(sound)
    right = audited(sound, report)
    with attacking(edited) as connection:
        connection.execute(COLUMNS[column])
    assert audited(edited, report) == right
    with Ledger.open(edited, create=False, read_only=True, actor="a") as ledger:
        assert ledger.verify().ok == (column in ABSENT)


def test_a_report_of_edited_snapshots_is_caught_and_the_honest_one_holds(sound, edited):
    """An amount of a payment is changed: the report says it, and every audit not."""
    honest = issued(sound)
    right = audited(sound, honest)
    with attacking(edited) as connection:
        rows = connection.execute(
            "SELECT rowid, state FROM snapshots WHERE projection = 'execution'"
        ).fetchall()
        for row, state in rows:
            connection.execute(
                "UPDATE snapshots SET state = ? WHERE rowid = ?", (richer(state), row)
            )
    false = issued(edited)
    assert false["totals"]["disbursed"] == "112.10"
    assert honest["totals"]["disbursed"] == "156.54"
    assert audited(edited, honest) == right
    with Ledger.open(edited, create=False, read_only=True, actor="a") as ledger:
        done = ledger.verify_report(false)
        why = ledger.explain(PROJECT, "disbursed", through=JUNE)
    assert not done.ok
    wrong = {cell.path: (cell.issued, cell.computed) for cell in done.altered}
    assert wrong["totals.disbursed"] == ("112.10", "156.54")
    assert wrong[f"projects.{PROJECT}.disbursed"] == ("55.55", "77.77")
    assert str(why.value) == "77.77"
