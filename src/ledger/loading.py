"""
Modules that load when they are asked for, by tables of their names.

To start fast, what few calls need is named in a table and loads the first time. It is
the one place that imports by a name; ``tests/test_loading.py`` lists the tables,
loads every module in them, and compares them with the layers.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType
from typing import Final

_NEAR: Final = 0.7
"""How like a name has to be: a short one is in many long ones by chance."""


def load(table: Mapping[str, str], name: str) -> ModuleType:
    """
    Return the module that *table* has for *name*.

    >>> load({"text": "ledger.domain.characters"}, "text").__name__
    'ledger.domain.characters'
    """
    return import_module(table[name])


def lazy(
    module: str, table: Mapping[str, str], namespaces: Mapping[str, str] | None = None
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """
    Return the ``__getattr__`` and the ``__dir__`` of a module whose names load late.

    Args:
        table: The module that defines each public name, under the same name.

        namespaces: Modules within *module* whose names are public as well.
    """
    within = namespaces or {}
    known = vars(sys.modules[module])

    def attribute(name: str) -> object:
        """Load what is asked for for the first time."""
        if name in within:
            return load(within, name)
        if name not in table:
            raise AttributeError(_missing(module, name, table, within))
        known[name] = found = getattr(load(table, name), name)
        return found

    def names() -> list[str]:
        """List what is loaded, and what can be."""
        return sorted({*known, *table, *within})

    return attribute, names


def _missing(
    module: str, name: str, table: Iterable[str], namespaces: Mapping[str, str]
) -> str:
    """Return the message about a name that a module does not have."""
    said = f"module {module!r} has no attribute {name!r}"
    if name[:1].isupper():  # Python asks for modules too before it looks for files.
        for space in namespaces:
            if name in load(namespaces, space).MODULES:
                return f"{said}; it is in {namespaces[space]}"
    close = get_close_matches(name, table, 1, _NEAR)
    return f"{said}; the nearest is {close[0]}" if close else said
