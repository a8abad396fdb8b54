"""The one writer of files: whole or not at all, and never over what was read."""

import os
import stat
import threading
from pathlib import Path

import pytest

from ledger import InvalidInput, Ledger, output
from ledger.store.signing import keygen
from support import approval


@pytest.fixture
def umask():
    """Set the umask that people have, and give back the one of the tests."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    """Return who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def names(folder):
    """Return what is in a folder."""
    return [each.name for each in folder.iterdir()]


def failing():
    """Yield half of a file, and fail."""
    yield "half"
    raise KeyboardInterrupt


def test_a_file_is_replaced_whole(tmp_path):
    """Text and bytes; nothing else is left in the folder."""
    path = tmp_path / "x"
    path.write_text("old and longer")
    output.write(path, ["新", b"\n"])
    assert path.read_text(encoding="utf-8") == "新\n"
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("there", [True, False])
def test_what_fails_on_the_way_changes_nothing(tmp_path, there):
    """The old file stays as it was; no draft is left."""
    path = tmp_path / "x"
    if there:
        path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        output.write(path, failing())
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"] * there


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "a folder|nothing yet|none yet"),
        (".", "a folder"),
        ("n" * 300, "too long"),
        ("nowhere/x", "no such folder"),
        ("taken/x", "what is no folder"),
        ("a\0b", "x00"),
        ("a\ud800b", "ud800"),
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_a_path_that_can_hold_no_file_is_named(tmp_path, monkeypatch, name, said, new):
    """What is wrong is said in words, and nothing is made up."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("")
    with pytest.raises(InvalidInput, match=said):
        output.write(name, ["x"], new=new)
    for hand_out in (output.database, output.folder):
        with pytest.raises(InvalidInput), hand_out(name):
            pass
    assert names(tmp_path) == ["taken"]


def test_a_link_is_written_through(tmp_path):
    """The file that it leads to is replaced, or made; the link stays."""
    for there in (True, False):
        target, link = tmp_path / f"target{there}", tmp_path / f"link{there}"
        if there:
            target.write_text("old")
        link.symlink_to(target.name)
        output.write(link, ["new"])
        assert link.is_symlink()
        assert target.read_text() == "new"


def test_devices_and_named_pipes_are_written_to_as_they_are(tmp_path):
    """They are not replaced by a file."""
    output.write("/dev/null", ["x"])
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text()))
    reader.start()
    output.write(pipe, ["a", "b"])
    reader.join()
    assert heard == ["ab"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_drafts_have_names_that_nobody_can_know(tmp_path, monkeypatch):
    """Each is new, is opened only where nothing is, and follows no link."""
    opened = []
    real = os.open

    def spying(path, flags, *more):
        if flags & os.O_CREAT:
            opened.append((Path(path).name, flags))
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", spying)
    for _ in range(2):
        output.write(tmp_path / "x", ["x"])
    (first, flags), (second, _) = opened
    assert first != second
    assert "x" not in first.removeprefix(".ledger-").partition(".")[0]
    assert flags & os.O_EXCL
    assert flags & os.O_NOFOLLOW


@pytest.mark.usefixtures("umask")
def test_a_page_follows_the_umask_and_a_copy_its_original(tmp_path):
    """Nobody may read more of a copy than of what it is a copy of."""
    secret = tmp_path / "secret"
    secret.write_text("")
    secret.chmod(0o600)
    output.write(tmp_path / "page", ["x"])
    output.write(tmp_path / "copy", ["x"], like=secret)
    assert (mode(tmp_path / "page"), mode(tmp_path / "copy")) == (0o644, 0o600)
    output.write(tmp_path / "page", ["x"], like=secret)
    assert mode(tmp_path / "page") == 0o600
    with output.database(tmp_path / "database", like=secret) as draft:
        draft.write_text("x")
        assert mode(draft.parent) == 0o700
    with output.folder(tmp_path / "folder", like=secret) as draft:
        (draft / "in").mkdir()
        (draft / "in" / "x").write_text("x")
    assert mode(tmp_path / "database") == 0o600
    assert mode(tmp_path / "folder") == mode(tmp_path / "folder" / "in") == 0o700
    assert mode(tmp_path / "folder" / "in" / "x") == 0o600


@pytest.mark.usefixtures("umask")
def test_a_file_that_is_replaced_keeps_its_rights(tmp_path):
    """A page that was closed to others is closed still."""
    path = tmp_path / "page"
    path.write_text("")
    path.chmod(0o640)
    output.write(path, ["x"])
    assert mode(path) == 0o640


@pytest.mark.parametrize("ending", output.BESIDE)
def test_no_ledger_comes_beside_what_sqlite_left(tmp_path, ending):
    """SQLite would take an old journal for its own."""
    (tmp_path / f"new{ending}").write_text("")
    with (
        pytest.raises(InvalidInput, match=ending),
        output.database(tmp_path / "new"),
    ):
        pass


def test_what_comes_meanwhile_stays(tmp_path):
    """A file that somebody put there while a copy was made is not written over."""
    path = tmp_path / "x"

    def copying():
        yield "copy"
        path.write_text("mine")

    with pytest.raises(InvalidInput, match="exists"):
        output.write(path, copying(), new=True)
    assert (tmp_path / "x").read_text() == "mine"
    assert names(tmp_path) == ["x"]


def test_inputs_and_outputs_are_told_apart_by_what_they_are(tmp_path):
    """A hard link and a link are the file; another file of the same name is not."""
    read = tmp_path / "read"
    read.write_text("x")
    (tmp_path / "hard").hardlink_to(read)
    (tmp_path / "soft").symlink_to(read)
    (tmp_path / "other").mkdir()
    for path in ("read", "hard", "soft", "other/../read", "read-wal", "read-journal"):
        with pytest.raises(InvalidInput, match=r"command reads|which is read"):
            output.check([tmp_path / path], [read])
    output.check([tmp_path / "other" / "read"], [read])


@pytest.mark.parametrize("name", ["none/../key", "link"])
def test_a_missing_folder_in_a_path_hides_no_file(tmp_path, name):
    """What the system does not find there is what would be replaced."""
    keygen("clerk", tmp_path / "key")
    kept = (tmp_path / "key").read_bytes()
    (tmp_path / "link").symlink_to("none/../key")
    with pytest.raises(InvalidInput, match=r"command reads|which is read"):
        output.check([tmp_path / name], [tmp_path / "key"])
    with pytest.raises(InvalidInput, match="never written over"):
        output.write(tmp_path / name, ["x"])
    assert (tmp_path / "key").read_bytes() == kept


def test_two_outputs_are_two_files(tmp_path):
    """Also where neither is there yet."""
    (tmp_path / "link").symlink_to("x")
    with pytest.raises(InvalidInput, match="another file for each output"):
        output.check([tmp_path / "x", tmp_path / "link"])
    output.check([tmp_path / "x", tmp_path / "y", "/dev/null", "/dev/null"])


@pytest.mark.parametrize("ending", ["", ".pub"])
def test_nothing_is_written_over_a_key(tmp_path, ending):
    """Neither the one that signs nor the one that others check with."""
    keygen("clerk", tmp_path / "key")
    kept = (tmp_path / f"key{ending}").read_bytes()
    with pytest.raises(InvalidInput, match="never written over"):
        output.write(tmp_path / f"key{ending}", ["text"])
    assert (tmp_path / f"key{ending}").read_bytes() == kept


def test_no_report_is_written_over_a_ledger_that_nobody_named(path):
    """The library knows a ledger, and what is beside it, by what is in it."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(approval())
        report = ledger.monthly_report(2023, 6)
        for name in (path, f"{path}-wal", f"{path}-shm", f"{path}-journal"):
            for form in ("json", "csv", "xlsx"):
                with pytest.raises(InvalidInput, match="never written over"):
                    report.write(name, format=form)
        assert ledger.verify().ok
