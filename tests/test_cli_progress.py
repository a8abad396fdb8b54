"""Long commands show how far they are, on a terminal only."""

import json
import os
import pty
import shutil
import subprocess
import sys

import pytest

from ledger.domain.progress import TOGETHER, watched
from ledger.intake import bulk
from support_faults import filled

LINE = {"type": "Disbursed", "on": "2023-12-01", "amount": "1"}

COMMANDS = {
    "events": ("record", "FILE", "EVENTS"),
    "projects": ("report", "FILE", "--month", "2023-06", "--format", "json"),
    "verify": ("verify", "FILE"),
    "lines": ("export", "FILE", "--out", "OUT", "--force"),
}
"""By the word that the bar shows."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is copied."""
    return filled(tmp_path_factory.mktemp("progress") / "sound.ledger", 30)


def done(words, stderr):
    """Run a command, and hold it to success."""
    command = [sys.executable, "-m", "ledger", "--lang", "en", *words]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    return subprocess.run(
        command, check=True, env=environment, stdout=subprocess.PIPE, stderr=stderr
    )


@pytest.mark.parametrize("shown", COMMANDS)
def test_long_commands_show_a_bar(sound, tmp_path, shown):
    """Standard output and a pipe have nothing of it; a terminal has."""
    places = {name: tmp_path / name for name in ("FILE", "EVENTS", "OUT")}
    lines = [
        {**LINE, "project": "P-0", "voucher": f"more-{number}", "key": f"{number}"}
        for number in range(3)
    ]
    places["EVENTS"].write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    shutil.copy(sound, places["FILE"])
    words = [str(places.get(word, word)) for word in COMMANDS[shown]]
    master, slave = pty.openpty()
    try:
        on_terminal = done(words, slave)
        os.set_blocking(master, False)
        drawn = os.read(master, 100_000).decode()
    finally:
        os.close(slave)
        os.close(master)
    assert shown in drawn
    assert shown.encode() not in done(words, subprocess.PIPE).stderr
    assert b"\x1b[" not in on_terminal.stdout


def test_what_is_done_is_told_some_at_a_time():
    """All of it is told in the end, and nothing before it is done."""
    heard = []
    items = watched(range(2 * TOGETHER + 3), heard.append)
    for _ in range(TOGETHER):
        next(items)
    assert heard == []
    rest = list(items)
    assert heard == [TOGETHER, TOGETHER, 3]
    assert rest[-1] == 2 * TOGETHER + 2


def test_work_of_a_known_length_is_told_a_hundred_times():
    """Its length comes first; what is short is told one by one."""
    heard = []
    assert list(watched("abc", lambda *said: heard.append(said), 3)) == ["a", "b", "c"]
    assert heard == [(0, 3), (1,), (1,), (1,)]
    heard.clear()
    for _ in watched(range(250), lambda *said: heard.append(said), 250):
        pass
    assert heard == [(0, 250), *[(2,)] * 125]


def test_how_many_events_a_file_holds_is_counted_before(tmp_path):
    """Not of what only reading can tell."""
    file = tmp_path / "events.csv"
    file.write_text("type\n1\n2\n", encoding="utf-8")
    assert bulk.length(file) == 3
    assert bulk.length(tmp_path) is None
    assert bulk.length(tmp_path / "none") is None
    file.write_bytes(b"PK\x03\x04\n\n")
    assert bulk.length(file) is None
