"""The layouts that come with the package, by name, and those of files."""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.layouts.form_layout import Layouts
from ledger.layouts.toml_file import read_layouts, read_table
from ledger.messages import Language, message

_HERE: Final = Path(__file__).parent
_ENDING: Final = ".toml"
_FIRST: Final = "national"
_USUAL: Final = {Language.CHINESE: _FIRST, Language.ENGLISH: "english"}
"""The layout of a reader of each language who names none."""


class Shipped(Mapping[str, Layouts]):
    """The layouts of the package: their names, and each as it is asked for."""

    def __iter__(self) -> Iterator[str]:
        """Yield the names, that of the national forms first."""
        return iter(_names())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(_names())

    def __getitem__(self, name: str) -> Layouts:
        """Return the forms of that name."""
        if name not in _names():
            raise KeyError(name)
        return _read(name)


LAYOUTS: Final = Shipped()
"""The layouts that have a name."""


def layouts(
    chosen: str | os.PathLike[str] | Layouts | None, language: Language
) -> Layouts:
    """
    Return the forms called *chosen*, those of that file, or those given.

    Args:
        language: Of the reader, whose usual forms are returned where none are chosen.

    Raises:
        InvalidInput: There are none of that name, or the file is refused.
    """
    if isinstance(chosen, Layouts):
        return chosen
    if chosen is None:
        return _read(_USUAL[language])
    name = os.fspath(chosen)
    if isinstance(chosen, str) and chosen in LAYOUTS:
        return _read(chosen)
    if isinstance(chosen, str) and not name.endswith(_ENDING):
        raise _no_layout(name)
    return read_layouts(Path(name), _table)


def layout_text(name: str) -> str:
    """
    Return a layout of the package as its file has it, to begin one's own with.

    Raises:
        InvalidInput: There is none of that name.
    """
    if name not in LAYOUTS:
        raise _no_layout(name)
    return _file(name).read_text("utf-8")


def _no_layout(name: str) -> InvalidInput:
    expected = message("expected.layout_or_file", names=list(LAYOUTS))
    return InvalidInput("layout", name, expected)


@cache
def _names() -> tuple[str, ...]:
    names = sorted(path.stem for path in _HERE.glob(f"*{_ENDING}"))
    return (_FIRST, *(name for name in names if name != _FIRST))


@cache
def _read(name: str) -> Layouts:
    return read_layouts(_file(name), _table)


def _table(name: str) -> dict[str, Any]:
    if name not in LAYOUTS:
        raise _no_layout(name)
    return read_table(_file(name))


def _file(name: str) -> Path:
    return _HERE / f"{name}{_ENDING}"
