"""What libraries say of contents that they cannot read, as messages of our own."""

import re
from typing import Final

from ledger.messages.text import Message, Value, message

_AT: Final = re.compile(r"(?P<what>.*?) - at (?P<path>`.*`)", re.DOTALL)

_TEXTS: Final[tuple[tuple[str, str], ...]] = (
    ("truncated", "Input data was truncated|unexpected end of data"),
    ("malformed", r"(?:JSON|MessagePack data) is malformed: .*\(byte (?P<byte>\d+)\)"),
    ("not_text", "Invalid UTF-8 encoded string"),
    ("missing", "Object missing required field `(?P<name>.*)`"),
    ("surplus", "Object contains unknown field `(?P<name>.*)`"),
    ("value", "Invalid (?:enum )?value (?P<value>.*)"),
    ("length", "Expected `(?P<expected>[^`]*)` of .*length .*"),
    ("other_type", "Expected `(?P<expected>[^`]*)`, got `(?P<got>.*)`"),
    ("range", "Expected `(?:int|float)` .*|.*out of range.*"),
    ("not_type", "Expected `(?P<expected>[^`]*)`.*"),
    ("not_type", "Invalid (?:RFC3339 encoded )?(?P<expected>date|datetime|time)"),
    ("not_type", "Invalid (?P<expected>decimal|UUID|base64 encoded)(?: .*)?"),
    ("not_type", "Invalid .*(?P<expected>timestamp|duration).*"),
)
"""The texts of msgspec and csv, by the last part of the code that says the same."""

_SIGN: Final = re.compile(
    rb"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w"
    rb"|(\\u[dD][89a-fA-F]\w\w)(?!(?:\\(?:u\w{0,3})?)?\Z)"
    rb"|\\.",
    re.DOTALL,
)
"""An escape of JSON: of a pair, of half a pair alone, or another one."""

_HALVES: Final = re.compile("truncated|surrogate")
_TYPES: Final = frozenset("expected got".split())
_QUOTED: Final = re.compile(r"'(.*)'", re.DOTALL)


def words_of(problem: BaseException, content: bytes | str = b"") -> Message:
    """
    Return what a library says of contents that it cannot read.

    Of half a character in a *content* of JSON it may say that the rest is cut off.

    What it says in no way that is known stays in its words, which English quotes.

    >>> print(words_of(ValueError("Expected `int`, got `str` - at `$.a`")))
    a text in the place of a whole number, at $.a
    """
    if isinstance(problem, RecursionError):
        return message("library.nests_too_deep")
    if isinstance(problem, UnicodeError):
        return message("library.not_text")
    text, path = str(problem), None
    half = _half_character(content) if _HALVES.search(text) else None
    if half is not None:
        return message("library.half_character", escape=half)
    if found := _AT.fullmatch(text):
        text, path = found["what"], found["path"].replace("`", "")
    what = _said(text)
    return what if path is None else message("library.at", what=what, path=path)


def _half_character(content: bytes | str) -> str | None:
    raw = content.encode(errors="replace") if isinstance(content, str) else content
    halves = (sign[1] for sign in _SIGN.finditer(raw) if sign[1])
    half = next(halves, None)
    return None if half is None else half.decode("ascii", "replace")


def _said(text: str) -> Message:
    """Return the message that says what *text* does."""
    for name, pattern in _TEXTS:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            values = {
                place: _value(place, own) for place, own in found.groupdict().items()
            }
            return message(f"library.{name}", **values)
    return message("library.other", text=text)


def _value(place: str, text: str) -> Value:
    """Return what stands in a place: types by their words."""
    if place in _TYPES:
        kinds = [message(f"library.type_{_key(kind)}") for kind in text.split(" | ")]
        return message("library.types", types=kinds)
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else text


def _key(kind: str) -> str:
    """Return the last part of the code of a type; ``other`` where it has no word."""
    name = kind.lower().partition(" ")[0]
    return name if name in _KINDS else "other"


_KINDS: Final = frozenset(
    "array base64 bool bytes date datetime decimal duration float int null object str "
    "time timestamp uuid".split()
)
