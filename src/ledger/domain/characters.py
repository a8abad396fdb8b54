"""
Characters that no text of a fact may hold, and marks in their place where one is shown.

They move the cursor, hide what stands before them, turn the order of reading, or
cannot be written: the controls of C0 (ESC and NUL among them), DEL, the controls of C1,
the controls of direction (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069),
the separators of lines and paragraphs (U+2028, U+2029), and half a surrogate pair.

A long text of people, such as a reason, may have line ends and tabs; what names or
finds something, such as a voucher or an indicator, has none.
"""

import re
from typing import Final

from ledger.domain.errors import InvalidInput
from ledger.messages import message

MARK: Final = "\N{REPLACEMENT CHARACTER}"
"""The sign shown in place of such a character."""

_OTHERS: Final = r"\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_UNFIT: Final = re.compile(rf"[\x00-\x1f{_OTHERS}]")
_UNFIT_IN_PROSE: Final = re.compile(rf"[\x00-\x08\x0b-\x1f{_OTHERS}]")
_UNFIT_IN_JSON: Final = re.compile(rf"[{_OTHERS}]")
_UNFIT_IN_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def unfit(text: str, *, prose: bool = False) -> str | None:
    r"""
    Return the first character of *text* that no fact may hold; ``None`` for none.

    Args:
        prose: Whether line ends (U+000A) and tabs are fit.

    >>> unfit("V-1"), unfit("V\x1b[2J"), unfit("one\ntwo", prose=True)
    (None, '\x1b', None)
    """
    if text.isprintable():
        return None
    found = (_UNFIT_IN_PROSE if prose else _UNFIT).search(text)
    return None if found is None else found.group()


def check_filled(name: str, text: object, longest: int) -> None:
    """
    Check that *text* is one, not blank and not too long.

    Raises:
        InvalidInput: It is none.
    """
    if not isinstance(text, str) or not text.strip() or len(text) > longest:
        right = message("expected.filled_text", longest=longest)
        raise InvalidInput(name, text, right)


def checked_text(name: str, text: str, *, prose: bool = False) -> str:
    """
    Take *text* as the field *name* of a fact.

    Args:
        prose: Whether line ends (U+000A) and tabs are fit.

    Raises:
        InvalidInput: It has a character that no fact may hold.
    """
    found = unfit(text, prose=prose)
    if found is not None:
        raise InvalidInput(
            name,
            text,
            message(
                "expected.no_control_characters",
                one_line=None if prose else 1,
                code=f"U+{ord(found):04X}",
                place=text.index(found) + 1,
            ),
        )
    return text


def visible(text: str) -> str:
    r"""
    Return *text* as it may be shown, in as many characters; line ends stay.

    >>> visible("paid\x1b[2J to\u202e A")
    'paid�[2J to� A'
    """
    if text.isprintable():
        return text
    return _UNFIT_IN_PROSE.sub(MARK, text)


def in_line(text: str) -> str:
    r"""
    Return *text* as it may be shown within a line: as :func:`visible`, blanks for ends.

    >>> in_line("one\ntwo\x00")
    'one two�'
    """
    if text.isprintable():
        return text
    return _UNFIT.sub(MARK, text.replace("\n", " ").replace("\t", " "))


def in_json(text: str) -> str:
    """
    Return JSON text that means the same, with escapes for what must not be shown.

    What JSON leaves as it is, such as the controls of C1 and of direction, stands only
    within its strings.
    """
    return _UNFIT_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def in_ascii_json(text: str) -> str:
    r"""
    Return JSON text that means the same, in ASCII: any encoding can write it.

    >>> in_ascii_json('["开\U0001f600"]')
    '["\\u5f00\\ud83d\\ude00"]'
    """
    return _UNFIT_IN_ASCII.sub(_as_units, text)


def _as_units(found: re.Match[str]) -> str:
    """Return an escape for each of the units of 16 bits that a character takes."""
    units = found.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
