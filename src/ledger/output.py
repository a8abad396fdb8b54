"""
Files that go out: the one place where any is written, whole or not at all.

What is written is never what was read: no output takes the place of an input, of a
ledger or a file that SQLite keeps with one, of a key, or of another output. Two
paths are one file where device and inode are the same, whatever their names: hard
links, links, and folders that tell no case apart.

A draft is written in the target's folder under a random name that must be new, reaches
the disk, and then takes the target's place in one step. A link to a file is written
through: the file that it leads to is replaced, and the link stays. Devices, pipes and
named pipes are written to as they are.
"""

import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from ledger.domain.errors import InvalidInput
from ledger.messages import Message, found_by_system, message

AnyPath = str | os.PathLike[str]

BESIDE: Final = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite keeps with a database."""

_RIGHT: Final = message("expected.writable_file")
_NEW: Final = message("expected.new_path")
_DATABASE: Final = b"SQLite format 3\x00"
_PRECIOUS: Final = {
    _DATABASE: message("found.ledger"),
    b"PRIVATE+KEY+": message("found.private_key"),
    b"\x37\x7f\x06\x82": message("found.events_beside"),
    b"\x37\x7f\x06\x83": message("found.events_beside"),
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7": message("found.journal_beside"),
}
"""How files start that nothing is written over."""

_OF_DOCUMENTS: Final = frozenset(
    ".csv .doc .docx .htm .html .ods .odt .pdf .xls .xlsx".split()
)
"""What the names of documents end with, which others would open as such."""

_PUBLIC_KEY: Final = re.compile(rb"[^\s+]+\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}\s*")
"""A public key as a file holds it: with a checkpoint it is what others check with."""

_NOFOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def check(outputs: Iterable[AnyPath], inputs: Iterable[AnyPath] = ()) -> None:
    """
    Check that the outputs of one command may be written; nothing is written.

    None may be an input of it, a ledger, a key or another of its outputs.

    Args:
        inputs: What is read meanwhile; the files that SQLite keeps with each count too.

    Raises:
        InvalidInput: One cannot be written, or must not.
    """
    read, taken = _protected(inputs), set[object]()
    for path in outputs:
        with _reported(path, _RIGHT):
            status = _status(path)
            if status is not None and stat.S_ISDIR(status.st_mode):
                right = message("expected.name_of_file")
                raise InvalidInput(str(path), message("found.folder"), right)
            itself = _identity(path)
            if itself in read:
                right = message("expected.other_than_read")
                what, file = read[itself]
                named = {"itself": True} if file == str(path) else {"file": file}
                raise InvalidInput(str(path), message(what, **named), right)
            if itself in taken:
                right = message("expected.file_for_each")
                raise InvalidInput(str(path), message("found.written_already"), right)
            if status is None or stat.S_ISREG(status.st_mode):
                taken.add(itself)
                _check_worthless(path, status)
                folder = Path(os.path.realpath(path)).parent
                if not folder.is_dir():
                    right = message("expected.existing_folder")
                    raise InvalidInput(str(path), message("found.no_folder"), right)


def check_no_document(path: AnyPath) -> None:
    """
    Check that a file of the record, or a key, is not called what a document is.

    Raises:
        InvalidInput: Its name ends with what those of documents end with.
    """
    ending = Path(path).suffix.lower()
    if ending in _OF_DOCUMENTS:
        right = message("expected.name_of_no_document", ending=ending)
        raise InvalidInput("path", Path(path).name, right)


def check_nothing(path: AnyPath) -> None:
    """
    Check that *path* is free, and that its folder exists.

    Raises:
        InvalidInput: Something is there, or it has the name of a file that SQLite keeps
            next to an existing ledger.
        OSError: The system says something else.
    """
    if not os.fspath(path) or Path(path) == Path():
        raise InvalidInput("path", os.fspath(path), _NEW)
    try:
        Path(path).lstat()
    except FileNotFoundError:
        Path(path).absolute().parent.stat()
        _check_worthless(path, None)
        return
    found = "found.folder" if Path(path).is_dir() else "found.file"
    raise InvalidInput(str(path), message(found), _NEW)


def write(
    path: AnyPath,
    chunks: Iterable[bytes | str],
    *,
    inputs: Iterable[AnyPath] = (),
    like: AnyPath | None = None,
    new: bool = False,
    mode: int = 0o666,
) -> None:
    """
    Write a file, and put it in the place of any that was there.

    Args:
        chunks: Its parts; text is written as UTF-8.

        inputs: What is read meanwhile, which *path* must not be.

        like: The file that this is a copy of: nobody may read more of the copy.

        new: Whether there must be nothing at *path*.

        mode: Who may do what with a new file, as far as the umask lets them.

    Raises:
        InvalidInput: It cannot be written, or must not; nothing was changed.
    """
    with _reported(path, _NEW if new else _RIGHT):
        if new:
            check_nothing(path)
        else:
            check([path], inputs)
        status = _status(path)
        if status is not None and not stat.S_ISREG(status.st_mode):
            with Path(path).open("wb", buffering=0) as device:
                _fill(device, chunks)
            return
        target = Path(os.path.realpath(path))
        draft = target.with_name(_random())
        if status is not None:
            mode = stat.S_IMODE(status.st_mode) & 0o777
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW
        ours = True
        try:  # From before the draft is made: Ctrl-C may come between any two steps.
            try:
                opened = os.open(draft, flags, mode & _allowed(like, target))
            except FileExistsError:
                ours = False
                raise
            with os.fdopen(opened, "wb") as file:
                if status is not None and hasattr(os, "fchmod"):
                    os.fchmod(opened, mode & _allowed(like, target))
                _fill(file, chunks)
                file.flush()
                os.fsync(opened)
            _place(draft, target, new=new)
        finally:
            if ours:
                draft.unlink(missing_ok=True)


@contextmanager
def database(path: AnyPath, *, like: AnyPath | None = None) -> Iterator[Path]:
    """
    Hand out an empty file for SQLite to fill, and put it at *path*, where nothing is.

    It lies in a folder of its own meanwhile, that only its owner can enter, with all
    that SQLite keeps with it.

    Args:
        like: The file that this is a copy of: nobody may read more of the copy.

    Raises:
        InvalidInput: There is something at *path*, or none can come there.
    """
    with _reported(path, _NEW):
        target = Path(path)
        check_no_document(target)
        check_nothing(target)
        for ending in BESIDE:
            check_nothing(f"{target}{ending}")
        with _own_folder(target) as folder:
            draft = folder / "draft"
            allowed = 0o666 & _allowed(like, target)
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, allowed))
            yield draft
            _settle(draft)
            _place(draft, target, new=True)


@contextmanager
def folder(path: AnyPath, *, like: AnyPath | None = None) -> Iterator[Path]:
    """
    Hand out a folder to fill, and put it at *path*, where nothing is.

    Args:
        like: The file that this is a copy of: nobody may read more of the copy.

    Raises:
        InvalidInput: There is something at *path*, or none can come there.
    """
    with _reported(path, _NEW):
        target = Path(path)
        check_nothing(target)
        with _own_folder(target) as own:
            draft = own / "draft"
            draft.mkdir()
            yield draft
            allowed = _allowed(like, target)
            enter = allowed | (allowed & 0o444) >> 2
            for place, _, names in os.walk(draft):
                for name in names:
                    one = Path(place, name)
                    one.chmod(stat.S_IMODE(one.stat().st_mode) & allowed)
                    _settle(one)
                Path(place).chmod(stat.S_IMODE(Path(place).stat().st_mode) & enter)
            check_nothing(target)
            draft.rename(target)
            _settle(target.parent)


def _check_worthless(path: AnyPath, status: os.stat_result | None) -> None:
    """Check that *path* is no ledger, no key, and no file of a ledger."""
    right = message("expected.other_file")
    if status is not None:
        with _reached(path).open("rb") as file:
            start = file.read(1_000)
        for sign, what in _PRECIOUS.items():
            if start.startswith(sign):
                raise InvalidInput(str(path), what, right)
        if _PUBLIC_KEY.fullmatch(start):
            raise InvalidInput(str(path), message("found.public_key"), right)
    name = os.path.realpath(path)
    for ending in BESIDE:
        if name.lower().endswith(ending):
            owner = Path(name[: -len(ending)])
            with suppress(OSError), owner.open("rb") as file:
                if file.read(16) == _DATABASE:
                    what = message("found.name_beside", ledger=owner.name)
                    raise InvalidInput(str(path), what, right)


def _protected(inputs: Iterable[AnyPath]) -> dict[object, tuple[str, str]]:
    """Return what must not be written: identities, and what each is, of which file."""
    found: dict[object, tuple[str, str]] = {}
    for path in inputs:
        for name in (os.fspath(path), os.path.realpath(path)):
            for ending in ("", *BESIDE):
                what = "found.beside_what_is_read" if ending else "found.read"
                found[_identity(f"{name}{ending}")] = what, str(path)
    return found


def _identity(path: AnyPath) -> object:
    """Return what two paths have alike where they are one file."""
    try:
        status = _reached(path).stat()
    except (OSError, ValueError):
        return os.path.normcase(os.path.realpath(path))
    return status.st_dev, status.st_ino


def _status(path: AnyPath) -> os.stat_result | None:
    """Return what is known of the file that *path* leads to; ``None`` for none."""
    try:
        return _reached(path).stat()
    except FileNotFoundError:
        return None


def _reached(path: AnyPath) -> Path:
    """
    Return a name of the file in whose place *path* is written.

    The system finds nothing at ``none/../x`` where there is no folder ``none``, nor
    behind a link to that; what is written takes the real path, which is ``x``.
    """
    try:
        Path(path).stat()
    except FileNotFoundError:
        return Path(os.path.realpath(path))
    return Path(path)


def _allowed(like: AnyPath | None, target: Path) -> int:
    """Return the rights that a copy of *like* in the folder of *target* may have."""
    if like is None:
        return 0o666
    status = Path(like).stat()
    allowed = stat.S_IMODE(status.st_mode) & 0o666 | stat.S_IRUSR | stat.S_IWUSR
    inherits = target.parent.stat()
    gid = inherits.st_gid if inherits.st_mode & stat.S_ISGID else _group()
    # Others are in the group that the copy gets than in that of its original.
    return allowed if status.st_gid == gid else allowed & ~stat.S_IRWXG


def _group() -> int:
    return os.getegid() if hasattr(os, "getegid") else 0


def _fill(file: IO[bytes], chunks: Iterable[bytes | str]) -> None:
    for chunk in chunks:
        rest = memoryview(chunk.encode() if isinstance(chunk, str) else chunk)
        while rest:
            rest = rest[file.write(rest) :]


def _place(draft: Path, target: Path, *, new: bool) -> None:
    """Put a finished draft in its place; where it must be *new*, over nothing."""
    if new:
        try:
            os.link(draft, target)
        except FileExistsError:
            raise
        except OSError:  # There are no links on this kind of disk.
            check_nothing(target)
            draft.replace(target)
    else:
        draft.replace(target)
    with suppress(OSError):
        _settle(target.parent)


def _settle(path: Path) -> None:
    """Have what is written of a file or a folder reach the disk."""
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return  # Windows has no handles of folders.
    opened = os.open(path, os.O_RDONLY if hasattr(os, "O_DIRECTORY") else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _own_folder(target: Path) -> Iterator[Path]:
    """Make a folder next to *target* that only its owner can enter; remove it after."""
    own = target.absolute().with_name(_random())
    ours = True
    try:  # From before the folder is made: Ctrl-C may come between any two steps.
        try:
            own.mkdir(mode=0o700)
        except FileExistsError:
            ours = False
            raise
        yield own
    finally:
        if ours:
            shutil.rmtree(own, ignore_errors=True)


def _random() -> str:
    """Return a name that cannot be guessed."""
    return f".ledger-{os.urandom(12).hex()}.draft"


@contextmanager
def _reported(path: AnyPath, right: Message) -> Iterator[None]:
    """Raise what the system says of *path* as our own error."""
    try:
        if b"\0" in os.fsencode(path):
            raise InvalidInput("path", os.fspath(path), right)
    except UnicodeEncodeError as problem:
        raise InvalidInput("path", os.fspath(path), right) from problem
    try:
        yield
    except FileNotFoundError as problem:
        parent = Path(path).absolute().parent
        found = message("found.no_folder")
        if parent.is_dir():
            found = found_by_system(problem)
        raise InvalidInput(os.fspath(path), found, right) from problem
    except OSError as problem:
        found = found_by_system(problem)
        raise InvalidInput(os.fspath(path), found, right) from problem
