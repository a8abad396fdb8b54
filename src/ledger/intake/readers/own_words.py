"""Words of a user by which forms are read, while they are read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.intake.readers.published_words import also
from ledger.layouts.reading import read_words


@contextmanager
def by_layout(layout: str | os.PathLike[str]) -> Iterator[None]:
    """
    Have forms be read by the words of a layout's file too.

    Raises:
        InvalidInput: It cannot be read, something in it is wrong, or one of its words
            stands for two things.
    """
    with also(read_words(layout)):
        yield
