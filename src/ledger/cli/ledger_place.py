"""What can be known of a ledger file and its place before anything is done with it."""

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from ledger.cli.surroundings import Examined, State
from ledger.domain.choices import word_of
from ledger.domain.errors import LedgerError, LedgerLocked, ReadOnlyLedger
from ledger.messages import Message, message
from ledger.store.opening import FILE_VERSION, open_store

_NETWORK: Final = re.compile(
    r"nfs\d*|cifs|smb\d?|smbfs|afpfs|ncpfs|9p|virtiofs|vboxsf|prl_fs|drvfs|ceph"
    r"|glusterfs|lustre|davfs\w*|webdav|fuse\.(sshfs|rclone|grpcfuse|glusterfs|s3fs).*"
    r"|osxfs|fakeowner"
)
"""File systems of other computers, and of the host of a virtual machine."""

_SYNCHRONISED: Final = re.compile(
    r"dropbox|onedrive|google ?drive|icloud|mobile documents|nutstore|坚果云|baidu|百度"
    r"|seafile|nextcloud|syncthing|wpsdrive|wps云盘",
    re.IGNORECASE,
)
_REMOTE_DRIVE: Final = 4
"""What Windows calls a drive of another computer."""


def checks(path: Path) -> Iterator[Examined]:
    """Look at a ledger file; what is no ledger is not tried for its lock."""
    opens = _looked(_opens, path, "opens")
    yield opens
    for name, look in _LOOKS.items():
        if name not in {"lock", "settings"} and not isinstance(path, Path):
            continue  # A database is in no folder of this computer.
        if name not in {"lock", "settings"} or opens.state is State.OK:
            yield _looked(look, path, name)


def _looked(look: Callable[[Path], Examined], path: Path, name: str) -> Examined:
    """Return a check, also where it fails itself."""
    reason: Message | str
    try:
        return look(path)
    except LedgerError as problem:
        reason = problem.message
    except Exception as problem:  # Whatever a strange file or disk leads to.
        reason = repr(problem)
    return Examined(name, State.WRONG, reason, is_needed=name == "opens")


def _opens(path: Path) -> Examined:
    with closing(open_store(path, create=False, read_only=True)) as store:
        head = store.head()
        opened = message(
            "doctor.opened",
            version=FILE_VERSION,
            count=head.size,
            language=store.settings.language,
            currency=message(f"currency.{store.settings.currency.code}"),
            root=head.root.hex(),
        )
    return Examined("opens", State.OK, opened, is_needed=True)


def _settings(path: Path) -> Examined:
    """Say what is fixed since the ledger was made, and binds what it takes."""
    with closing(open_store(path, create=False, read_only=True)) as store:
        its = store.settings
    found = message(
        "doctor.settings",
        month=its.first_month,
        day=its.first_day,
        naming=word_of(its.year_named_for),
        convention=message(f"word.{its.convention.value}"),
        exceptions=message(f"doctor.{'taken' if its.allow_exceptions else 'refused'}"),
        old_carry=message(f"doctor.{'refused' if its.refuse_old_carry else 'taken'}"),
    )
    return Examined("settings", State.OK, found)


def _lock(path: Path) -> Examined:
    """Take the right to write, and give it back."""
    try:
        with closing(open_store(path, create=False, timeout=0.0)) as store:
            if store.read_only:
                return Examined("lock", State.WRONG, message("doctor.read_only"))
            with store.writing(wait=False):
                pass
    except LedgerLocked:
        return Examined("lock", State.WRONG, message("doctor.locked"))
    except ReadOnlyLedger:
        return Examined("lock", State.WRONG, message("doctor.read_only"))
    return Examined("lock", State.OK)


def _folder(path: Path) -> Examined:
    folder = Path(os.path.realpath(path)).parent
    writable = os.access(folder, os.W_OK)
    return Examined("folder", State.OK if writable else State.WRONG, str(folder))


def _disk(path: Path) -> Examined:
    folder = os.path.realpath(Path(path).parent)
    kind = _file_system(folder)
    if kind is None:
        return Examined("disk", State.OK, message("doctor.unknown_disk"))
    remote = _NETWORK.fullmatch(kind) is not None
    return Examined("disk", State.WRONG if remote else State.OK, kind)


def _synchronised(path: Path) -> Examined:
    folder = os.path.realpath(Path(path).parent)
    service = _SYNCHRONISED.search(folder)
    return Examined(
        "synchronised", State.WRONG if service else State.OK, folder if service else ""
    )


def _file_system(folder: str) -> str | None:
    """Return the type of file system that holds a folder, where it can be known."""
    if sys.platform == "win32":
        drive = os.path.splitdrive(folder)[0]
        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE
        return "cifs" if remote or drive.startswith("\\") else "local"
    best, kind = "", None
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    for line in lines:
        before, _, after = line.partition(" - ")
        mounted = re.sub(
            r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4]
        )
        inside = f"{folder}/".startswith(f"{mounted.rstrip('/')}/")
        if inside and len(mounted) >= len(best):
            best, kind = mounted, after.split()[0]
    return kind


_LOOKS: Final[dict[str, Callable[[Path], Examined]]] = {
    "settings": _settings,
    "lock": _lock,
    "folder": _folder,
    "disk": _disk,
    "synchronised": _synchronised,
}
