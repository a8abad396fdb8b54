"""The statement that inserts events, without what none of them has."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter, methodcaller
from typing import Any, Final

from ledger.store.line import Row

_KEY: Final = Row._fields.index("key")
_PAYLOAD: Final = Row._fields.index("payload")
_without = methodcaller("count", None)


def insertion(
    columns: Sequence[Sequence[Any]], leaves: Sequence[bytes]
) -> tuple[str, Iterator[tuple[Any, ...]]]:
    """
    Return a statement and the values of each row for it.

    Bytes are bound as ``bytearray``, and ``None`` is not bound: ``sqlite3`` looks for
    adapters of both first, at every one of them.

    Args:
        columns: Of the events, in the order of :class:`ledger.store.line.Row`.
    """
    stored = [*columns[:-1], map(bytearray, columns[-1]), map(bytearray, leaves)]
    counts = map(_without, columns[_KEY:_PAYLOAD])
    statement, given = _statement(len(leaves), *counts)
    return statement, zip(*given(stored), strict=True)


@lru_cache(maxsize=64)
def _statement(
    rows: int, *without: int
) -> tuple[str, Callable[[list[Any]], tuple[Any, ...]]]:
    """
    Return the statement for so many rows, and what takes the columns that it has.

    Args:
        without: How many rows have no key, no cause and no request.
    """
    values = ["?"] * 14
    values[_PAYLOAD] = "CAST(? AS TEXT)"  # It is UTF-8 as it is.
    for place, count in enumerate(without, start=_KEY):
        if count == rows:
            values[place] = "NULL"
    given = [place for place, value in enumerate(values) if value != "NULL"]
    statement = f"INSERT OR ROLLBACK INTO events VALUES ({', '.join(values)})"
    return statement, itemgetter(*given)
