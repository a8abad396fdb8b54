"""
Workbooks and PDFs, read in a process of their own that may die of them.

Their readers are native code or large libraries, and a file may be made to do harm: to
ask for all memory, to abort, never to end. The process is limited in memory and
time, and whatever becomes of it, it is an error that names the file.
"""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Any, Final, TypeVar

import msgspec

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, Text
from ledger.domain.progress import Progress, silent
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.loading import load
from ledger.messages import Message, message, named
from ledger.parallel.helper_process import isolated
from ledger.parallel.saying import say

if sys.platform != "win32":
    import resource

T = TypeVar("T")

MOST_MEMORY: Final = 1_000_000_000
"""Bytes of address space, where the system has such a limit."""

FEWEST_SECONDS: Final = 60
SECONDS_PER_MEGABYTE: Final = 60
MOST_SECONDS: Final = 900
"""Limits of computing time; a file that waits for others may take three times it."""

_LONGEST_MESSAGE: Final = 400_000_000
_LENGTH: Final = 4
_READERS: Final = {
    "workbook": ("python_calamine",),
    "old_workbook": ("xlrd",),
    "pdf": (
        "pdfplumber pdfminer PIL pypdfium2 pypdfium2_raw cryptography "
        "charset_normalizer cffi _cffi_backend"
    ).split(),
}
"""The modules that each kind is read with."""
READERS: Final = {
    "pdf": "ledger.intake.readers.pdf",
    "workbook": "ledger.intake.readers.workbook",
    "old_workbook": "ledger.intake.readers.old_workbook",
}
"""The module of ours that reads each kind, in the other process only."""


class ReaderUpdate(msgspec.Struct, omit_defaults=True):
    """
    What a reader has found so far.

    Attributes:
        total: How many sheets or pages there are; sent first.

        done: How many more of them are read.

        grid: A sheet; of a PDF all pages.

        prose: The lines before the first table.

        said: Findings, by path.

        refused: Where, what was found and what is expected.
    """

    total: int | None = None
    done: int = 0
    grid: Grid | None = None
    prose: list[str] = []
    said: list[tuple[str, Finding]] = []
    refused: tuple[Message, Text, Text] | None = None


Say = Callable[[ReaderUpdate], None]
"""Hands on what a reader has found."""


def read(
    kind: str, source: Source, raw: bytes, progress: Progress = silent
) -> Iterator[ReaderUpdate]:
    """
    Yield the parts of *raw* that hold a grid, each as it is read.

    Args:
        kind: ``workbook``, ``old_workbook`` or ``pdf``.

        source: Takes what the reader finds.

    Raises:
        InvalidInput: It cannot be read, or not within the limits.
    """
    for part in _parts(kind, source.name, raw):
        source.findings += part.said
        if part.grid is not None:
            yield part
        if part.done or part.total is not None:
            progress(part.done, part.total)


def is_installed(kind: str) -> bool:
    """Return whether a kind has its reader, which may be an extra."""
    return _place(_READERS[kind][0]) is not None


def _place(module: str) -> str | None:
    """Return the folder that holds a module."""
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        return None
    if found is None or found.origin is None:
        return None
    above = 1 if found.submodule_search_locations else 0
    return str(Path(found.origin).absolute().parents[above])


def can_start() -> bool:
    """
    Return whether another process of this program can be started.

    Where Python is part of another program, that program would be started; there a file
    is read in this process, within the limits on what it says of itself.
    """
    return Path(sys.executable or "").stem.lower().startswith(("python", "pypy"))


def _parts(kind: str, name: str, raw: bytes) -> Iterator[ReaderUpdate]:
    if not can_start():
        parts: list[ReaderUpdate] = []
        _tell(kind, Source(name), raw, parts.append)
        yield from parts
        return
    seconds = min(
        FEWEST_SECONDS + SECONDS_PER_MEGABYTE * len(raw) // 1_000_000, MOST_SECONDS
    )
    folders = dict.fromkeys(filter(None, map(_place, _READERS[kind])))
    command = isolated(__name__, [kind, name, str(seconds), str(MOST_MEMORY), *folders])
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    ) as process:
        late = Timer(3 * seconds, process.kill)
        late.daemon = True
        late.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError), process.stdin as entry:
                _write(entry, raw)
            yield from _heard(process.stdout, name)
            process.wait()
        finally:
            alarmed = not late.is_alive()
            late.cancel()
            process.kill()
    _check_end(process.returncode, name, seconds, alarmed=alarmed)


def _write(entry: Any, raw: bytes) -> None:
    rest = memoryview(raw)
    while rest:
        rest = rest[entry.write(rest) :]


def _heard(out: Any, name: str) -> Iterator[ReaderUpdate]:
    with io.BufferedReader(out, 1 << 18) as messages:
        while len(head := messages.read(_LENGTH)) == _LENGTH:
            size = int.from_bytes(head, "big")
            if size > _LONGEST_MESSAGE:
                found = message("found.too_many_cells")
                raise InvalidInput(name, found, message("expected.fewer"))
            heard = messages.read(size)
            if len(heard) < size:
                return
            part = msgspec.msgpack.decode(heard, type=ReaderUpdate)
            if part.refused is not None:
                raise InvalidInput(*part.refused)
            yield part


def _check_end(code: int, name: str, seconds: int, *, alarmed: bool) -> None:
    """Say what became of a reader that did not end well."""
    if code == 0:
        return
    if alarmed or code == -getattr(signal, "SIGXCPU", 0):
        found = message("found.slow_file", seconds=seconds)
        raise InvalidInput(name, found, message("expected.smaller_file"))
    if code < 0:
        found = message("found.deadly_file", signal=signal.Signals(-code).name)
    else:
        found = message("found.unreadable_file")
    right = message("expected.whole_file_in_memory", most=MOST_MEMORY)
    raise InvalidInput(name, found, right)


def main(arguments: Sequence[str]) -> None:
    """Read the file that comes in, and say what is in it."""
    kind, name, seconds, memory, *folders = arguments
    sys.path += [each for each in folders if each not in sys.path]
    raw = sys.stdin.buffer.read()
    _limit(int(seconds), int(memory))
    try:
        _tell(kind, Source(name), raw, _say)
    except InvalidInput as problem:
        found = problem.found
        text = found if isinstance(found, str | Message) else repr(found)
        _say(ReaderUpdate(refused=(problem.where, text, problem.expected)))
    except MemoryError:
        found = message("found.large_in_memory", most=memory)
        _say(
            ReaderUpdate(refused=(named(name), found, message("expected.smaller_file")))
        )
    sys.stdout.flush()
    os._exit(0)  # The process ends here: freeing what was read would only take time.


def _limit(seconds: int, memory: int) -> None:
    """Set the limits of this process, where the system can."""
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(what)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (bound, hard))


def _tell(kind: str, source: Source, raw: bytes, said: Say) -> None:
    def hear(more: int, total: int | None = None, /) -> None:
        said(ReaderUpdate(total=total, done=more))

    _TELLERS[kind](source, raw, hear, said)
    said(ReaderUpdate(said=list(source.findings)))


def _tell_sheets(
    kind: str, source: Source, raw: bytes, progress: Progress, said: Say
) -> None:
    for grid in load(READERS, kind).grids(source, raw, progress):
        said(ReaderUpdate(grid=grid, said=list(source.findings)))
        source.findings.clear()


def _tell_pdf(source: Source, raw: bytes, progress: Progress, said: Say) -> None:
    grid, prose = load(READERS, "pdf").grid(source, raw, progress)
    said(ReaderUpdate(grid=grid, prose=prose, said=list(source.findings)))
    source.findings.clear()


def _say(part: ReaderUpdate) -> None:
    say(msgspec.msgpack.encode(part))


_TELLERS: dict[str, Callable[[Source, bytes, Progress, Say], None]] = {
    "workbook": partial(_tell_sheets, "workbook"),
    "old_workbook": partial(_tell_sheets, "old_workbook"),
    "pdf": _tell_pdf,
}
