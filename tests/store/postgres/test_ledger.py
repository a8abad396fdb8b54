"""A ledger in PostgreSQL says the same as one in a file, and loses nothing."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from ledger.errors import (
    InvalidInput,
    LedgerLocked,
    LogError,
    NewerLedger,
    NotALedger,
    ReadOnlyLedger,
)
from support import Clock, Entropy, approval, disbursement
from support_postgres import cluster

pytestmark = pytest.mark.postgres

_FACTS = (
    approval("A"),
    approval("B"),
    disbursement(project="A", payee="县中医院"),
    disbursement(voucher="V-2", project="B", payee="100%? 'x' \\ $1"),
)


def recorded(place):
    """Record the same facts at the same instants, and return an open ledger."""
    ledger = Ledger.open(place, actor="tester", clock=Clock(), entropy=Entropy())
    for number, fact in enumerate(_FACTS):
        ledger.append(fact, key=f"k-{number}")
    return ledger


def report(ledger):
    """Return a report as values."""
    return ledger.monthly_report(2023, 6).to_dict()["projects"]


def test_lines_roots_and_figures_are_those_of_a_file(address, tmp_path):
    """From the same facts, whatever the store; and the whole verifies."""
    with recorded(address) as server, recorded(tmp_path / "a.ledger") as file:
        origin = server._parts.log.origin
        assert list(server.lines()) == list(file.lines())
        assert server.root == file.root
        assert origin == file._parts.log.origin
        assert report(server) == report(file)
        server.seal()
        assert server.verify().ok
        assert not list(server.stale_snapshots())


def test_an_export_is_restored_either_way(address, server, tmp_path):
    """From the server to a file and to another database: equal roots and figures."""
    lines, other = tmp_path / "lines", server.new()
    with recorded(address) as ledger:
        kept = ledger.export(lines)
        root, figures = ledger.root, report(ledger)
    for place in (tmp_path / "b.ledger", other):
        assert Ledger.restore(place, lines, kept).ok
        with Ledger.open(place, create=False) as ledger:
            assert (ledger.root, report(ledger)) == (root, figures)
            assert ledger.verify(kept).ok
    with pytest.raises(InvalidInput, match="empty database"):
        Ledger.restore(other, lines, kept)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger.events SET actor = 'x'",
        "DELETE FROM ledger.events WHERE position = 4",
        "TRUNCATE ledger.events",
        (
            "INSERT INTO ledger.events SELECT position + 9, stream, version + 9, id || 'x', "
            "type, schema, effective_on, recorded_at, actor, NULL, cause, request, "
            "payload, leaf FROM ledger.events WHERE position = 4"
        ),
        "UPDATE ledger.settings SET value = 'x'",
        "INSERT INTO ledger.settings VALUES ('x', 'y')",
        "DELETE FROM ledger.head",
        "TRUNCATE ledger.subtrees",
    ],
)
def test_the_database_itself_refuses_to_change_the_record(address, statement):
    """Also to its owner, as long as the triggers stand."""
    with recorded(address) as ledger:
        root = ledger.root
        with (
            psycopg.connect(address) as connection,
            pytest.raises(psycopg.errors.RaiseException),
        ):
            connection.execute(statement)
        assert ledger.root == root
        assert ledger.verify().ok


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger.events DISABLE TRIGGER events_refuse_change",
        "DROP TRIGGER head_refuse_loss ON ledger.head",
        (
            "CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger "
            "LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        ),
    ],
)
def test_what_was_done_to_triggers_is_found(address, statement):
    """Who opens the ledger next does not append, and verify says why."""
    recorded(address).close()
    with psycopg.connect(address) as connection:
        connection.execute(statement)
    with Ledger.open(address, actor="tester") as ledger:
        assert not ledger.verify().ok
        with pytest.raises(LogError):
            ledger.append(disbursement(voucher="V-9", project="A"))


def test_a_changed_line_is_found(address):
    """Behind triggers that were switched off and on again."""
    recorded(address).close()
    with psycopg.connect(address) as connection:
        connection.execute("ALTER TABLE ledger.events DISABLE TRIGGER ALL")
        connection.execute("UPDATE ledger.events SET actor = 'x' WHERE position = 2")
        connection.execute("ALTER TABLE ledger.events ENABLE TRIGGER ALL")
    with Ledger.open(address) as ledger:
        assert not ledger.verify().ok


def test_what_is_no_ledger_is_said_to_be_none(server, address):
    """Another database, an empty one, a newer one, one that is not there."""
    with pytest.raises(NotALedger):
        Ledger.open(address, create=False)
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE customers (name text)")
    with pytest.raises(NotALedger):
        Ledger.open(address)
    newer = server.new()
    Ledger.open(newer).close()
    with psycopg.connect(newer) as connection:
        connection.execute("ALTER TABLE ledger.layout DISABLE TRIGGER ALL")
        connection.execute("UPDATE ledger.layout SET number = 99")
    with pytest.raises(NewerLedger, match="99"):
        Ledger.open(newer)
    with pytest.raises(LogError, match="no connection"):
        Ledger.open(server.address("nowhere"))


def test_no_message_holds_a_password(server, address):
    """Neither of who is refused, nor of who is let in, nor of what cannot be read."""
    secret = "geheim-4711"
    lost = f"postgresql://owner:{secret}@/nowhere?host={server.folder}"
    wrong = f"postgresql://owner:{secret}@host:port:{secret}/x"
    cut = f"postgresql://owner:a@{secret}@host/x"
    split = f"postgresql://owner:12/{secret}@host/x"
    for bad in (lost, wrong, cut, split):
        with pytest.raises(LogError) as caught:
            Ledger.open(bad)
        assert secret not in f"{caught.value!s}{caught.value!r}"
        assert caught.value.__cause__ is None
    good = address.replace("owner@", f"owner:{secret}@")
    with Ledger.open(good) as ledger:
        assert secret not in repr(ledger)
        assert secret not in repr(ledger._parts)


def test_another_writer_is_waited_for_and_no_longer(address):
    """The right to append is one; who comes second is told so in time."""
    with recorded(address), Ledger.open(address, timeout=0.05, actor="b") as second:
        with psycopg.connect(address) as holder:
            holder.execute("SELECT pg_advisory_xact_lock(1279543122)")
            with pytest.raises(LedgerLocked):
                second.append(disbursement(voucher="V-9", project="A"))
        second.append(disbursement(voucher="V-9", project="A"))


def test_who_opened_it_for_reading_does_not_write(address):
    """As with a file."""
    recorded(address).close()
    with (
        Ledger.open(address, read_only=True, actor="x") as ledger,
        pytest.raises(ReadOnlyLedger),
    ):
        ledger.append(disbursement(voucher="V-9", project="A"))


def test_a_lost_connection_leaves_nothing_half_and_the_key_records_once(
    server, address
):
    """Once idle and once in mid-append; the same call afterwards is one event."""
    fact = disbursement(voucher="V-9", project="A")
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    name = address.partition("@/")[2].partition("?")[0]
    with recorded(address) as ledger:
        store = ledger._parts.log
        with pytest.raises(LogError, match="lost"):
            cut_off(store, fact, lambda: server.sql(end, database=name))
        assert ledger.position == 4
        ledger.append(fact, key="once")
        server.sql(end, database=name)
        with pytest.raises(LogError, match="lost"):
            ledger.append(fact, key="once")
        ledger.append(fact, key="once")
        assert ledger.position == 5
        assert ledger.verify().ok


def cut_off(store, fact, cut):
    """Append a fact, lose the connection, and go on."""
    with store.writing() as writer:
        writer.append("project:2023:A", fact, actor="tester", key="once")
        writer.flush()
        cut()
        writer.version("project:2023:A")


def test_another_ledger_at_the_same_address_is_not_written_to(server, address):
    """Who held the first one open is told, and nothing is appended to the second."""
    name = address.partition("@/")[2].partition("?")[0]
    with recorded(address) as ledger:
        server.sql(f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        Ledger.open(address).close()
        with pytest.raises(LogError, match="lost"):
            assert ledger.position
        with pytest.raises(LogError, match="now has"):
            ledger.append(disbursement(voucher="V-9", project="A"))
    with Ledger.open(address) as second:
        assert second.position == 0


def test_the_command_line_takes_the_address(address, tmp_path):
    """From the first command to a restored copy; a password is never printed."""
    commands = [
        ["init", address],
        ["export", address, "--out", str(tmp_path / "lines")],
        ["seal", address, "--out", str(tmp_path / "seal")],
        ["verify", address],
        ["projects", address],
        ["restore", str(tmp_path / "copy.ledger"), str(tmp_path / "lines")],
    ]
    for arguments in commands:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
    secret = address.replace("owner@", "owner:geheim-4711@").replace("/test", "/no")
    done = CliRunner().invoke(main, ["verify", secret, "--lang", "en"])
    assert done.exit_code == 1
    assert "no connection" in done.stderr
    assert "geheim" not in done.output


def test_a_character_of_code_0_is_refused_at_the_door(address):
    """No text of a server can hold it; the connection stays as it is."""
    with recorded(address) as ledger:
        with pytest.raises(InvalidInput, match="code 0"):
            ledger._parts.log.find_request("a\0b")
        assert ledger.position == 4


def test_the_package_that_is_missing_is_named(monkeypatch):
    """Without the extra an address cannot be opened; the password is not repeated."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InvalidInput, match="pip install psycopg") as refused:
        Ledger.open("postgresql://a:geheim@h/x")
    assert "geheim" not in str(refused.value)


def test_a_long_reader_sees_one_view(address):
    """What is appended meanwhile is not among what it reads, nor does it wait."""
    with recorded(address) as reader, Ledger.open(address, actor="other") as writer:
        lines = reader.lines()
        next(lines)
        writer.append(disbursement(voucher="V-9", project="A"))
        assert len(list(lines)) == 3
        assert reader.position == 5


_WRITER = """
import sys
from ledger import Ledger
from support import disbursement
with Ledger.open(sys.argv[1], actor=sys.argv[2]) as ledger:
    for n in range(int(sys.argv[3])):
        name = f"{sys.argv[2]}-{n}"
        ledger.append(disbursement(1, name, project="ABCDEFGH"[n % 8]), key=name)
"""


def writer_process(address, name, count):
    """Start a process that appends one event after the other."""
    command = [sys.executable, "-c", _WRITER, address, name, str(count)]
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path})


def test_four_processes_append_to_the_same_streams(address):
    """Positions have no gaps, nothing is lost, and all of it verifies."""
    count = 2_000
    with Ledger.open(address, actor="first") as ledger:
        ledger.append(*map(approval, "ABCDEFGH"))
        processes = [writer_process(address, f"w{n}", count) for n in range(4)]
        assert [process.wait(300) for process in processes] == [0] * 4
        found = [event.position for event in ledger._parts.log.read()]
        assert found == list(range(1, 4 * count + 9))
        assert ledger.verify().ok


def test_clients_that_are_killed_leave_whole_appends(address):
    """Whatever they were doing; who comes next goes on."""
    with Ledger.open(address, actor="first") as ledger:
        ledger.append(*map(approval, "ABCDEFGH"))
        for turn in range(3):
            process = writer_process(address, f"k{turn}", 10_000)
            position = ledger.position
            while ledger.position < position + 20:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        ledger.append(disbursement(1, "last", project="A"))
        assert ledger.verify().ok


def test_a_server_that_crashes_in_mid_append_loses_nothing_acknowledged():
    """It is started again, and the same keys record what is missing, once each."""
    with cluster() as server:
        address = server.new()
        with Ledger.open(address, actor="first") as ledger:
            ledger.append(*map(approval, "ABCDEFGH"))
            process = writer_process(address, "w", 10_000)
            while ledger.position < 50:
                time.sleep(0.01)
            known = ledger.position
            server.stop("immediate")
            assert process.wait(60) != 0
            server.start()
            with pytest.raises(LogError, match="lost"):
                assert ledger.position
            assert ledger.position >= known
            kept = ledger.position
            ledger.append(disbursement(1, "w-0", project="A"), key="w-0")
            assert ledger.position == kept
            assert ledger.verify().ok
