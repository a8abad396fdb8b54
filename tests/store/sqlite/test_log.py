"""The SQLite store: the contract of every log, and what only a file can suffer."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.log_contract import LogContract
from ledger import Ledger, Settings
from ledger.domain.errors import InvalidInput
from ledger.errors import (
    LedgerLocked,
    LogCorrupted,
    LogError,
    NewerLedger,
    NotALedger,
    OlderLedger,
    ReadOnlyLedger,
)
from ledger.store.clock import instant, utc_now
from ledger.store.sqlite.log import SqliteLog
from support import Clock, Entropy, approval, day, disbursement


class TestSqliteLog(LogContract):
    """The contract, on a file."""

    @pytest.fixture
    def open_log(self, path):
        """Open the log in the test's folder."""
        opened = []

        def open_(clock, entropy, **more):
            given = {} if entropy is None else {"entropy": entropy}
            opened.append(SqliteLog.open(path, clock=clock, **given, **more))
            return opened[-1]

        yield open_
        for log in opened:
            log.close()


@pytest.fixture
def filled(path):
    """Make a ledger of three events."""
    with Ledger.open(path, actor="tester", clock=Clock()) as ledger:
        ledger.append(approval("A"), approval("B"), disbursement(project="A"))
    return path


def test_a_head_changed_on_the_same_connection_is_noticed(filled):
    """What this connection appended is not believed once anything else wrote on it."""
    with Ledger.open(filled, actor="tester") as ledger:
        ledger.append(approval("C"))
        ledger._parts.log.file.connection.execute(
            "UPDATE head SET frontier = zeroblob(32)"
        )
        with pytest.raises(LogCorrupted):
            ledger.append(approval("D"))


def test_pages_are_moved_sooner_after_few_events_than_after_many(filled):
    """As the last commit of the connection was: SQLite is told when that changes."""
    with Ledger.open(filled, actor="tester") as ledger:
        for count, pages in (1, 500), (100, 4_000), (99, 500):
            codes = [f"{count}-{number}" for number in range(count)]
            ledger.append(*map(approval, codes))
            (bound,) = ledger._parts.log.file.one("PRAGMA wal_autocheckpoint")
            assert bound == pages


def test_lines_may_be_let_go_after_the_file_is_closed(filled):
    """As they are where an export fails; nothing more is said then."""
    with Ledger.open(filled, actor="tester") as ledger:
        lines = ledger._parts.log.file.query("SELECT position FROM events")
        assert next(lines) == (1,)
    lines.close()


def test_a_head_changed_by_another_is_noticed(filled):
    """What this connection appended is not believed once another wrote."""
    with Ledger.open(filled, actor="tester") as ledger:
        ledger.append(approval("C"))
        other = sqlite3.connect(filled)
        with other:
            other.execute("UPDATE head SET frontier = zeroblob(32)")
        other.close()
        with pytest.raises(LogCorrupted):
            ledger.append(approval("D"))


TAMPERING = {
    "update": "UPDATE events SET actor = 'x' WHERE position = 2",
    "delete": "DELETE FROM events WHERE position = 2",
    "delete the last": "DELETE FROM events WHERE position = 3",
    "replace": "INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 2",
    "replace as new": (
        "INSERT OR REPLACE INTO events SELECT 4, stream, 3, id, type, schema, "
        'effective_on, recorded_at, actor, "key", cause, request, payload, leaf '
        "FROM events WHERE position = 1"
    ),
    "replace by stream": (
        "INSERT OR REPLACE INTO events SELECT 4, stream, version, 'x', type, schema, "
        'effective_on, recorded_at, actor, "key", cause, request, payload, leaf '
        "FROM events WHERE position = 1"
    ),
    "a gap": (
        "INSERT INTO events SELECT 9, stream, 3, 'x', type, schema, effective_on, "
        'recorded_at, actor, "key", cause, request, payload, leaf FROM events WHERE position = 1'
    ),
    "a gap in the stream": (
        "INSERT INTO events SELECT 4, stream, 7, 'x', type, schema, effective_on, "
        'recorded_at, actor, "key", cause, request, payload, leaf FROM events WHERE position = 1'
    ),
    "out of order": (
        "INSERT INTO events SELECT 0, stream, 3, 'x', type, schema, effective_on, "
        'recorded_at, actor, "key", cause, request, payload, leaf FROM events WHERE position = 1'
    ),
    "upsert": (
        "INSERT INTO events SELECT * FROM events WHERE position = 2 "
        "ON CONFLICT DO UPDATE SET actor = 'x'"
    ),
    "settings": "UPDATE settings SET value = 'USD' WHERE name = 'currency'",
    "drop a setting": "DELETE FROM settings",
    "one more setting": "INSERT INTO settings VALUES ('policy', 'mine')",
}


@pytest.mark.parametrize("statement", list(TAMPERING.values()), ids=list(TAMPERING))
@pytest.mark.parametrize("recursive", [0, 1])
def test_another_client_cannot_change_the_record(filled, statement, recursive):
    """The triggers in the file hold against any SQLite client."""
    other = sqlite3.connect(filled)
    other.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = other.execute("SELECT * FROM events").fetchall()

    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|fixed at creation"):
        other.execute(statement)
    other.rollback()

    assert other.execute("SELECT * FROM events").fetchall() == before
    other.close()


@pytest.mark.parametrize("table", ["events", "head", "snapshots", "settings"])
def test_tables_are_strict(filled, table):
    """A column holds the type that it says, whoever writes."""
    other = sqlite3.connect(filled)
    strict = other.execute("SELECT strict FROM pragma_table_list(?)", [table])
    assert strict.fetchone() == (1,)
    other.close()


def test_the_file_says_that_it_is_a_ledger(filled):
    """The application id and the layout stand in the header."""
    other = sqlite3.connect(filled)
    assert other.execute("PRAGMA application_id").fetchone() == (0x4C444752,)
    assert other.execute("PRAGMA user_version").fetchone() == (7,)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


def test_a_text_file_is_not_a_ledger(path):
    """The error names the file and what it is not."""
    path.write_text("hello, I am a letter")
    with pytest.raises(NotALedger, match=r"test\.ledger: is not a ledger file"):
        Ledger.open(path)
    assert path.read_text() == "hello, I am a letter"


def test_another_database_is_not_a_ledger(path):
    """A database of somebody else is left alone."""
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(NotALedger, match="not a ledger"):
        Ledger.open(path)


def test_what_is_no_regular_file_is_refused_at_once(tmp_path):
    """A named pipe would be waited for without end."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        for read_only in (True, False):
            with pytest.raises(NotALedger, match="a device or a pipe"):
                Ledger.open(path, actor="a", read_only=read_only)
    with pytest.raises(NotALedger, match="can have this name"):
        Ledger.open(f"{tmp_path}/a\0b", actor="a")


def test_a_folder_is_not_a_ledger(tmp_path):
    """A folder is said to be one."""
    with pytest.raises(NotALedger, match="folder"):
        Ledger.open(tmp_path)


def test_a_missing_file_is_not_made_unless_asked(path):
    """Commands that look never make an empty ledger by a slip of the pen."""
    with pytest.raises(NotALedger, match="no such file"):
        Ledger.open(path, create=False)
    with pytest.raises(NotALedger, match="folder does not exist"):
        Ledger.open(path / "deeper" / "x.ledger")
    assert not path.exists()


def test_a_newer_layout_is_refused_with_its_number(filled):
    """A file from the future is named as such, and not touched."""
    other = sqlite3.connect(filled)
    other.execute("PRAGMA user_version = 8")
    other.close()
    with pytest.raises(NewerLedger, match="layout 8"):
        Ledger.open(filled)


def test_an_older_layout_is_refused_with_what_to_do(filled):
    """One line says how to carry it over; the file is left as it is."""
    other = sqlite3.connect(filled)
    other.execute("PRAGMA user_version = 1")
    other.close()
    before = filled.read_bytes()
    with pytest.raises(OlderLedger, match=r"layout 1.*`import`.*`record`") as caught:
        Ledger.open(filled)
    assert "\n" not in str(caught.value)
    assert filled.read_bytes() == before


def test_a_damaged_file_is_reported_as_such(filled):
    """Bytes that are no database pages end in an error of ours."""
    raw = bytearray(filled.read_bytes())
    raw[4096 : 4096 * 6] = b"\xff" * (4096 * 5)
    filled.write_bytes(raw)
    with (
        pytest.raises((LogCorrupted, NotALedger, LogError)),
        Ledger.open(filled) as ledger,
    ):
        list(ledger.events())


def test_other_settings_than_the_files_are_refused(filled):
    """Conventions are fixed when the ledger is created."""
    with pytest.raises(InvalidInput, match="settings"):
        Ledger.open(filled, settings=Settings(first_month=4))


def test_a_writer_that_waits_too_long_is_told_that_it_is_locked(filled):
    """Another process holds the file for longer than the timeout."""
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(filled, timeout=0.05) as ledger:
        with pytest.raises(LedgerLocked, match="another process"):
            ledger.append(disbursement(project="B"))
        assert ledger.position == 3
    other.close()


def test_a_writer_waits_for_another_to_finish(filled):
    """Within the timeout the second writer queues."""
    other = sqlite3.connect(filled, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    timer.start()
    with Ledger.open(filled, timeout=10) as ledger:
        assert ledger.append(disbursement(project="B"))[0].position == 4
    timer.join()
    other.close()


def _spend(path, name, count):
    with Ledger.open(path, actor=name) as ledger:
        for i in range(count):
            ledger.append(disbursement(1, f"{name}-{i}", project="A"))


def test_several_processes_write_and_none_loses_an_event(filled):
    """Writers queue; positions stay gapless and every payment is there."""
    context = get_context("spawn")
    writers = [
        context.Process(target=_spend, args=(filled, f"clerk{i}", 40)) for i in range(3)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with Ledger.open(filled) as ledger:
        events = list(ledger.events())
        assert [e.position for e in events] == list(range(1, 124))
        assert len({e.event.voucher for e in events[2:]}) == 121
        assert ledger.stale_snapshots() == []


READ_AS_NOBODY = """
import os, sys
from ledger import Ledger
from ledger.errors import LogError
if os.geteuid() == 0:  # The administrator may write anywhere.
    os.setgid(65534)
    os.setuid(65534)
with Ledger.open(sys.argv[1], read_only=True, actor="a") as ledger:
    print(ledger.monthly_report(2023, 3).totals.disbursed)
try:
    with Ledger.open(sys.argv[1], actor="a") as ledger:
        ledger.disburse("A", 1, voucher="x", on=ledger.view().through)
except LogError as refused:
    print(type(refused).__name__)
"""


def test_a_file_in_a_folder_that_cannot_be_written_to_is_read(filled):
    """A read-only copy can be reported on."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copy = shutil.copy(filled, folder / "copy.ledger")
        Path(copy).chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, copy],
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.stdout.split() == ["10.00", "ReadOnlyLedger"], done.stderr


def test_a_read_only_ledger_refuses_to_record(filled):
    """Opened for reading, it says so and records nothing."""
    with Ledger.open(filled, read_only=True) as ledger:
        with pytest.raises(ReadOnlyLedger, match="reading only"):
            ledger.append(disbursement(project="B"))
        assert ledger.position == 3


def test_a_full_disk_leaves_the_ledger_as_it_was(filled):
    """When nothing more fits, the batch is undone and the error says so."""
    with Ledger.open(filled) as ledger:
        pages = ledger._parts.log.file.connection.execute(
            "PRAGMA page_count"
        ).fetchone()[0]
        ledger._parts.log.file.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LogError, match="disk is full"):
            ledger.append(*[approval(f"P{i}") for i in range(200)])
        ledger._parts.log.file.connection.execute("PRAGMA max_page_count = 100000")
        assert ledger.position == 3
        assert ledger.stale_snapshots() == []
        ledger.append(disbursement(project="B", on=day(2)))


class Timestamp(datetime):
    """A subclass, as data frames have one."""


@given(
    st.datetimes(timezones=st.timezones() | st.just(UTC)).filter(
        lambda at: 1900 <= at.year <= 9000
    )
)
@example(datetime(2026, 3, 1, tzinfo=UTC))
@example(Timestamp(2026, 3, 1, 8, 30, 0, 5, tzinfo=UTC))
@example(datetime(2026, 3, 1, 0, 30, 0, 5, tzinfo=timezone(timedelta(hours=8))))
def test_instants_are_texts_of_utc_with_microseconds(at):
    """Whatever the zone and the class, 27 characters that sort as time does."""
    right = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    assert instant(at) == right
    assert len(right) == 27


def test_the_default_clock_is_utc():
    """Instants are recorded in UTC whatever the machine's zone is."""
    assert utc_now().utcoffset().total_seconds() == 0


def test_a_time_without_zone_is_refused(filled):
    """A known-at instant without its zone could mean any of 24."""
    with Ledger.open(filled) as ledger, pytest.raises(InvalidInput, match="zone"):
        ledger.view(known_at=utc_now().replace(tzinfo=None))


def test_a_large_batch_is_one_transaction():
    """Batches larger than a write buffer are still all or nothing."""
    with Ledger.open(":memory:", actor="a", entropy=Entropy()) as ledger:
        bad = disbursement(10**9, "too much", project="P0")
        payments = [disbursement(1, f"V{i}", project="P0") for i in range(3000)]
        with pytest.raises(Exception, match="cannot disburse"):
            ledger.append(approval("P0"), *payments, bad)
        assert ledger.position == 0
        ledger.append(approval("P0"), *payments)
        assert ledger.position == 3001
