"""
Modules that load when they are asked for, by tables of their names.

To start fast, what few calls need is named in a table and loads the first time. It is
the one place that imports by a name; ``tests/test_loading.py`` lists the tables,
loads every module in them, and compares them with the layers.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType


def load(table: Mapping[str, str], name: str) -> ModuleType:
    """
    Return the module that *table* has for *name*.

    >>> load({"text": "ledger.domain.characters"}, "text").__name__
    'ledger.domain.characters'
    """
    return import_module(table[name])
