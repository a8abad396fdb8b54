"""Words of a layout's file by which forms are read."""

from attrs import frozen


@frozen
class ReadingWords:
    """
    Words by which forms are read, next to those that are known.

    Attributes:
        name: Of the file; empty for none.

        words: Of each its table, its key and how it is printed.
    """

    name: str = ""
    words: tuple[tuple[str, str, str], ...] = ()
