"""What the official forms print, which is prescribed in Chinese: layouts are data."""

from collections.abc import Mapping

import attrs

from ledger.reports import LAYOUTS


def layout_texts():
    """Yield each label, head and row of each layout."""
    for layout in LAYOUTS.values():
        yield from _texts(layout)


def _texts(value):
    if attrs.has(type(value)):
        for part in attrs.fields(type(value)):
            yield from _texts(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
        for cell in value.split("|"):
            yield cell.strip(" ").partition(" ")[2]
