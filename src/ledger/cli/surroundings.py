"""What this computer has of what the library needs, or can use."""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from attrs import frozen

from ledger.app.ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.messages import Message
from ledger.messages.encodings import shows_chinese
from ledger.store.opening import engine

_PATIENCE: Final = 20.0
"""Seconds that another program may take to answer."""

OLDEST_PYTHON: Final = (3, 11)

REQUIRED: Final = {
    "attrs": (25, 4),
    "click": (8, 4, 2),
    "jinja2": (3, 1),
    "msgspec": (0, 21),
    "python-calamine": (0, 6),
    "python-dateutil": (2, 9),
    "rich": (14,),
    "sqlite-utils": (4, 2, 1),
    "xlsxwriter": (3, 2),
}
"""Oldest versions of the packages that everything needs; as in ``pyproject.toml``."""

EXTRAS: Final = {
    "pdf": ("pdfplumber", "pdfplumber"),
    "parquet": ("pyarrow", "pyarrow"),
    "postgres": ("psycopg", "psycopg"),
    "sign": ("cryptography", "cryptography"),
    "xls": ("xlrd", "xlrd"),
}
"""The package that each extra installs, and its module."""

_OFFICES: Final = ("soffice", "libreoffice", "localc", "wps", "et")
_BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "microsoft-edge",
    "firefox",
)
_FONT: Final = re.compile(
    r"simsun|simhei|simkai|simfang|msyh|pingfang|songti|stheiti|fangsong|wqy|droidsansf"
    r"|(noto|source)[^/]*(cjk|han|sc)",
    re.IGNORECASE,
)
_FONT_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "$WINDIR/Fonts",
)


class State(StrEnum):
    """What became of a check."""

    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong"


@frozen
class Examined:
    """
    One thing that was looked for.

    Attributes:
        name: Its code, by which the tables say what it is, what is lost without it, and
            how to get it.

        found: A version, a name or a place; or what is wrong.

        is_needed: Whether nothing works without it.
    """

    name: str
    state: State
    found: Message | str = ""
    is_needed: bool = False


def checks() -> Iterator[Examined]:
    """Look for everything; a check that fails itself is wrong, and ends no other."""
    for name, look in _LOOKS.items():
        try:
            yield look()
        except Exception as problem:  # Whatever a strange computer leads to.
            yield Examined(name, State.WRONG, repr(problem), is_needed=name in _NEEDED)


def _python() -> Examined:
    state = State.OK if sys.version_info[:2] >= OLDEST_PYTHON else State.WRONG
    version_text = (
        f"{platform.python_version()}, {platform.platform()}, {sys.executable}"
    )
    return Examined("python", state, version_text, is_needed=True)


def _packages() -> Examined:
    wrong = []
    for name, oldest in REQUIRED.items():
        needed = f"{name}>={'.'.join(map(str, oldest))}"
        try:
            if _numbers(version(name)) < oldest:
                wrong.append(f"{needed} ({version(name)})")
        except PackageNotFoundError:
            wrong.append(needed)
    if wrong:
        return Examined("packages", State.MISSING, ", ".join(wrong), is_needed=True)
    return Examined("packages", State.OK, ", ".join(REQUIRED), is_needed=True)


def _engine() -> Examined:
    name, known, oldest = engine()
    state = State.OK if _numbers(known) >= _numbers(oldest) else State.WRONG
    return Examined("engine", state, f"{name} {known}", is_needed=True)


def _recording() -> Examined:
    """Make a ledger in memory: whatever else is missing, this must work."""
    try:
        with Ledger.open(":memory:") as ledger:
            ledger.verify()
    except LedgerError as problem:
        return Examined("recording", State.WRONG, problem.message, is_needed=True)
    return Examined("recording", State.OK, is_needed=True)


def _extra(name: str) -> Examined:
    package, module = EXTRAS[name]
    if find_spec(module) is None:
        return Examined(name, State.MISSING, package)
    return Examined(name, State.OK, f"{package} {version(package)}")


def _font() -> Examined:
    name = _listed_font() or _font_file()
    return Examined("font", State.OK if name else State.MISSING, name or "")


def _listed_font() -> str | None:
    """Return a Chinese font that fontconfig lists, where there is such a program."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, ":lang=zh", "family"],
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    names = sorted(done.stdout.decode(errors="replace").splitlines())
    return names[0].partition(",")[0] if names else None


def _font_file() -> str | None:
    """Return the file of a Chinese font, by its name."""
    for folder in _FONT_FOLDERS:
        place = Path(os.path.expandvars(folder)).expanduser()
        for _, _, names in os.walk(place):
            for name in sorted(names):
                if _FONT.search(name):
                    return name
    return None


def _program(name: str, programs: tuple[str, ...], *others: Path) -> Examined:
    program = next(filter(None, map(shutil.which, programs)), None)
    installed = program or next((str(path) for path in others if path.exists()), None)
    return Examined(name, State.OK if installed else State.MISSING, installed or "")


def _office() -> Examined:
    return _program(
        "office",
        _OFFICES,
        Path("/Applications/LibreOffice.app"),
        Path("/Applications/Microsoft Excel.app"),
        Path("/Applications/wpsoffice.app"),
        Path(os.environ.get("PROGRAMFILES", "/"), "LibreOffice"),
        Path(os.environ.get("PROGRAMFILES", "/"), "Microsoft Office"),
    )


def _browser() -> Examined:
    return _program(
        "browser",
        _BROWSERS,
        Path("/Applications/Safari.app"),
        Path(os.environ.get("PROGRAMFILES(X86)", "/"), "Microsoft", "Edge"),
    )


def _terminal() -> Examined:
    encoding = getattr(sys.stdout, "encoding", None) or ""
    chinese = shows_chinese(sys.stdout)
    return Examined("terminal", State.OK if chinese else State.WRONG, encoding)


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with."""
    match = re.match(r"\d+(\.\d+)*", text)
    return tuple(map(int, match[0].split("."))) if match else ()


_LOOKS: Final[dict[str, Callable[[], Examined]]] = {
    "python": _python,
    "packages": _packages,
    "engine": _engine,
    "recording": _recording,
    **{name: partial(_extra, name) for name in EXTRAS},
    "font": _font,
    "office": _office,
    "browser": _browser,
    "terminal": _terminal,
}
_NEEDED: Final = {"python", "packages", "engine", "recording"}
