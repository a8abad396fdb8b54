"""Text that goes out to spreadsheets, so that none takes it for a formula."""

from typing import Final

_STARTS_FORMULA: Final = tuple("=+-@＝＋－＠")
# Some programs drop such a character and then see what is behind it.
_DROPPED: Final = ("\t", "\r", "\n", "\0")


def guarded(text: str) -> str:
    """
    Return *text* so that no program takes it for a formula.

    An apostrophe goes before whatever could be one; before an apostrophe too, so that
    :func:`unguarded` gives the same text back.

    >>> guarded("=1+1"), guarded("就业")
    ("'=1+1", '就业')
    """
    risky = text.startswith((*_DROPPED, "'"))
    if risky or text.lstrip().startswith(_STARTS_FORMULA):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """
    Return the text that was guarded.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    bare = text.removeprefix("'")
    return bare if guarded(bare) == text else text
