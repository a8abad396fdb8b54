"""Texts on a terminal, or in a pipe, whose encoding lacks some of their characters."""

from typing import Final

_CHINESE: Final = "预算执行率，"
_SIMILAR: Final = {
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
    "·": ".",
    "─": "-",
    "━": "-",
    "│": "|",
    "┃": "|",
    "┆": ":",
    **{sign: str(level) for level, sign in enumerate("▁▂▃▄▅▆▇", 1)},
    "█": "#",
    "\N{REPLACEMENT CHARACTER}": "?",
}
"""What stands for the signs of our own tables, in as few columns."""


def shows(encoding: str | None, text: str) -> bool:
    """
    Return whether an encoding has all characters of *text*.

    >>> shows("gbk", "预算"), shows("latin-1", "预算")
    (True, False)
    """
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    except LookupError:  # Nothing is known of it: whoever writes to it may know.
        return True
    return True


def shows_chinese(stream: object) -> bool:
    """Return whether a stream of text, such as a terminal, can show Chinese."""
    return shows(getattr(stream, "encoding", None), _CHINESE)


def similar(sign: str) -> str | None:
    """Return what may stand for a sign where it cannot be shown, if anything may."""
    return _SIMILAR.get(sign)


def escaped(text: str) -> str:
    r"""
    Return *text* with an escape for each of its characters.

    >>> escaped("开é")
    '\\u5f00\\u00e9'
    """
    return "".join(
        f"\\u{ord(sign):04x}" if ord(sign) < 1 << 16 else f"\\U{ord(sign):08x}"
        for sign in text
    )


def in_encoding(encoding: str | None, text: str) -> str:
    r"""
    Return *text* in characters of an encoding: nothing is lost, only less readable.

    >>> in_encoding("latin-1", "é – 开")
    'é - \\u5f00'
    """
    if shows(encoding, text):
        return text
    return "".join(
        sign if shows(encoding, sign) else similar(sign) or escaped(sign)
        for sign in text
    )
