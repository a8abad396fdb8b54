"""What is read to find the snapshots of a fiscal year."""

from contextlib import closing

from ledger.store.records import Snapshot
from ledger.store.sqlite.log import SqliteLog

BOTH = [("execution", 1), ("attainment", 1)]
PROJECTS = 60


def save(path, years):
    """Store both snapshots of as many projects in each of some fiscal years."""
    streams = [f"project:{year}:P{i}" for year in years for i in range(PROJECTS)]
    with closing(SqliteLog.open(path)) as log, log.writing() as writer:
        for name, version in BOTH:
            states = [Snapshot(stream, 1, 1, b"state") for stream in streams]
            writer.save([(name, version, state) for state in states])


def steps(path, year):
    """Return how many steps of SQLite it takes to read the snapshots of a year."""
    taken = []
    with closing(SqliteLog.open(path, create=False, read_only=True)) as log:
        log.file.connection.set_progress_handler(lambda: taken.append(1), 10)
        assert len(list(log.snapshots.of_projects(year, BOTH))) == 2 * PROJECTS
    return len(taken)


def test_the_snapshots_of_a_year_are_found_without_those_of_others(tmp_path):
    """A report of a year takes as long after ten years as after one."""
    one, many = tmp_path / "one.ledger", tmp_path / "many.ledger"
    save(one, [2023])
    save(many, range(2014, 2024))
    assert steps(many, 2023) <= 1.1 * steps(one, 2023)
