"""What an auditor reads beneath the log: any bytes, and none of them changed."""

import shutil

import pytest

from ledger import Ledger
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.store.line import line
from ledger.store.merkle import Frontier, leaf_hash
from ledger.store.sqlite.log import SqliteLog
from ledger.store.sqlite.reader import FileReader
from support_faults import filled
from support_tampering import attacking

SIZE = 292
NO_UTF8 = "CAST(x'61ff' AS TEXT)"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is read, and damaged in copies."""
    return filled(tmp_path_factory.mktemp("inspection") / "sound.ledger", 280)


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture
def inspect():
    """Return what opens a file for inspection; it is closed at the end."""
    opened = []

    def inspects(path):
        opened.append(SqliteLog.open(path, read_only=True))
        return opened[-1].forensics()

    yield inspects
    for log in opened:
        log.close()


def test_rows_come_stream_after_stream(sound, inspect):
    """Each with its leaf, which is that of its line."""
    inspection = inspect(sound)
    rows = list(inspection.rows())
    places = [(row.stream, row.version) for row in rows]
    assert len(rows) == SIZE
    assert places == sorted(places)
    leaved = [(*row, leaf_hash(line(row))) for row in rows]
    assert list(inspection.leaved_rows()) == leaved


@pytest.mark.parametrize("parts", [1, 2, 4, 6, 64])
def test_rows_are_parted_between_streams(sound, inspect, parts, monkeypatch):
    """The parts have all rows between them, and no stream is in two."""
    monkeypatch.setattr("ledger.store.sqlite.forensics._PARTS", parts)
    inspection = inspect(sound)
    ranges = inspection.ranges()
    assert 1 <= len(ranges) <= parts
    assert (ranges[0][0], ranges[-1][1]) == ("", None)
    parted = [list(inspection.rows(*each)) for each in ranges]
    assert [row for rows in parted for row in rows] == list(inspection.rows())
    names = [row.stream for rows in parted for row in rows]
    own = [{row.stream for row in rows} for rows in parted]
    assert len(set(names)) == sum(map(len, own))
    assert all(parted)


def test_where_streams_cannot_be_told_apart_all_are_one_part(inspect, sound):
    """What is damaged is found when the rows are read."""
    inspection = inspect(sound)
    inspection.file.close()
    assert inspection.ranges() == [("", None)]


def test_a_log_without_events_is_one_part(path, inspect):
    """There is nothing to part."""
    with Ledger.open(path, actor="a"):
        pass
    assert inspect(path).ranges() == [("", None)]


def test_leaves_subtrees_and_head_belong_together(sound, inspect):
    """They come as the log keeps them."""
    inspection = inspect(sound)
    positions, leaves, instants, ids = zip(*inspection.leaves(), strict=True)
    assert list(positions) == list(range(1, SIZE + 1))
    assert list(instants) == sorted(instants)
    assert list(ids) == sorted(set(ids))
    frontier = Frontier()
    kept = frontier.extend(leaves)
    assert inspection.subtrees() == {
        (each.level, each.number): each.root for each in kept
    }
    [head] = inspection.heads()
    assert (head.size, head.frontier) == (SIZE, frontier.to_bytes())
    assert inspection.conventions() == inspection.file.conventions


def test_events_snapshots_and_checkpoints_are_found(sound, inspect):
    """By id, by projection and stream, and in the order of sealing."""
    inspection = inspect(sound)
    event = next(FileReader(inspection.file).read(after=6))
    assert inspection.named(event.stream, event.version) == (event.id, event.type)
    assert inspection.named("nobody", 1) is None
    kept = list(inspection.snapshots("project:2023:P-0", "project:2023:P-1"))
    assert [each[:3] for each in kept] == [
        ("project:2023:P-1", "attainment", ATTAINMENT.version),
        ("project:2023:P-1", "execution", EXECUTION.version),
    ]
    *_, found = kept[1]
    assert found.position == inspection.heads()[0].saved
    assert found.stream_version >= found.events > 0
    assert found.state
    streams = [stream for stream, *_ in inspection.snapshots()]
    assert streams == sorted(streams)
    assert {*streams} == {row.stream for row in inspection.rows()}
    assert [row[:2] for row in inspection.checkpoints()] == [(1, 146), (2, 291)]


def test_text_that_is_no_utf8_is_read_all_the_same(copy, inspect):
    """Its bytes come as surrogates; no row is left out, none comes twice."""
    with attacking(copy) as connection:
        for position in (3, 120, 291):
            sql = f"UPDATE events SET actor = {NO_UTF8} WHERE position = ?"
            connection.execute(sql, (position,))
    inspection = inspect(copy)
    with inspection.reading():
        rows = list(inspection.rows())
    assert sorted(row.position for row in rows) == list(range(1, SIZE + 1))
    assert {row.position for row in rows if row.actor == "a\udcff"} == {3, 120, 291}
    assert {row.actor for row in rows} == {"a\udcff", "tester"}


def test_a_stream_that_is_no_utf8_is_found_by_its_bytes(copy, inspect):
    """Its rows, its snapshots and those after it are named by the same text."""
    with attacking(copy) as connection:
        for table in ("events", "snapshots"):
            connection.execute(
                f"UPDATE {table} SET stream = CAST(CAST(stream AS BLOB) || x'ff' AS "
                "TEXT) WHERE stream = 'project:2023:P-3'"
            )
    inspection, name = inspect(copy), "project:2023:P-3\udcff"
    with inspection.reading():
        streams = [row.stream for row in inspection.rows()]
        own = streams.count(name)
        assert own == len([*inspection.rows(after="project:2023:P-3", until=name)]) > 40
        assert streams[-1] == "project:2023:P-5"
        assert next(inspection.rows(after=name)).stream == "project:2023:P-4"
        assert name in [until for _, until in inspection.ranges()]
        kept = [each[:2] for each in inspection.snapshots("project:2023:P-3", name)]
        assert kept == [(name, "attainment"), (name, "execution")]
        assert inspection.orphans() == []


def test_afterwards_the_log_reads_text_as_before(copy, inspect):
    """What an auditor needs is no licence for others."""
    inspection = inspect(copy)
    before = inspection.file.connection.text_factory
    with attacking(copy) as connection:
        connection.execute(f"UPDATE events SET actor = {NO_UTF8}")
    with inspection.reading():
        assert len(list(inspection.rows())) == SIZE
    assert inspection.file.connection.text_factory is before


def test_snapshots_without_events_are_named(copy, inspect):
    """They follow from nothing."""
    with attacking(copy) as connection:
        connection.execute("DELETE FROM events WHERE stream = 'project:2023:P-2'")
    assert inspect(copy).orphans() == ["project:2023:P-2"]
