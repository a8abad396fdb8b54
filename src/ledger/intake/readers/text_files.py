"""Reading text: its encoding, lines of bounded length, and how wide it prints."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ledger.domain.errors import InvalidInput
from ledger.messages import Message, found_by_system, message

LONGEST_LINE = 4_000_000
_NARROW = frozenset(map(chr, range(32, 127))) | set("≥≤")
_BOM = b"\xef\xbb\xbf"
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_SUPPLEMENT = (
    "⺎兀⺒巳⺓幺⺕彐⺙攵⺛旡⺟母⺠民⻃覀⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿"
    "⻯竜⻰龙⻱龜⻲亀⻳龟⼾户"
)
_CHARACTERS = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
"""Radicals that look as a character does, where NFKC names none or another."""


def lines(source: str | os.PathLike[str]) -> Iterator[tuple[int, str]]:
    """
    Yield the numbered lines of a UTF-8 file, without line ends; a BOM is skipped.

    Raises:
        InvalidInput: The file cannot be read, is not UTF-8, or has an endless line; the
            message names the line.
    """
    name = os.fspath(source)
    try:
        with Path(source).open("rb") as file:
            number = 0
            while raw := file.readline(LONGEST_LINE + 1):
                number += 1
                if number == 1:
                    raw = raw.removeprefix(_BOM)
                if len(raw) > LONGEST_LINE:
                    raise InvalidInput(
                        message("place.file_line", file=name, number=number),
                        message("found.larger_file", most=LONGEST_LINE),
                        message("expected.event_a_line"),
                    )
                yield number, _decoded(raw, name, number)
    except OSError as problem:
        raise InvalidInput(
            name, found_by_system(problem), message("expected.readable_file")
        ) from problem


def whole(source: str | os.PathLike[str], largest: int) -> str:
    """
    Return the text of a UTF-8 file of at most *largest* bytes; a BOM is skipped.

    Raises:
        InvalidInput: The file cannot be read, is larger, or is not UTF-8.
    """
    name = os.fspath(source)
    try:
        with Path(source).open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as problem:
        raise InvalidInput(
            name, found_by_system(problem), message("expected.readable_file")
        ) from problem
    if len(raw) > largest:
        found = message("found.larger_file", most=largest)
        raise InvalidInput(name, found, message("expected.smaller_file"))
    return _decoded(raw.removeprefix(_BOM), name, 0)


def with_characters(text: str) -> str:
    """
    Return *text* with characters in the place of radicals that look as they do.

    Chromium, and others that draw with its library, write the first sign in a PDF that
    a font draws so: a radical of U+2E80 to U+2FDF.

    >>> with_characters("项⽬⻓：⼀⼾")
    '项目长：一户'
    """
    return _RADICAL.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    radical = found.group()
    return _CHARACTERS.get(radical) or unicodedata.normalize("NFKC", radical)


@lru_cache(maxsize=10_000)
def em(text: str) -> float:
    """
    Return how wide *text* prints, in em.

    A Latin letter or digit takes about half of one, and a quarter stands between it and
    a Chinese character, whether or not a blank was written there.
    """
    width, before = 0.0, ""
    for character in text:
        if character == " ":
            continue
        kind = "narrow" if character in _NARROW else "wide"
        if character in ".,":
            width += 0.25
        else:
            width += 0.53 if kind == "narrow" else 1.0
        if before and before != kind:
            width += 0.25
        before = kind
    return width


def _decoded(raw: bytes, name: str, number: int) -> str:
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as problem:
        line = message("place.file_line", file=name, number=number)
        right = message("expected.save_as_utf8")
        raise InvalidInput(line if number else name, _guess(raw), right) from problem


def any_text(raw: bytes, name: str) -> tuple[str, str]:
    """
    Return the text of *raw*, and its encoding: UTF-8, UTF-16 or GB18030.

    Raises:
        InvalidInput: It is none of them, or is not text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = [("utf-16", "UTF-16")]
    else:
        encodings = [("utf-8-sig", "UTF-8")]
        if not _is_mostly_utf8(raw):
            encodings.append(("gb18030", "GB18030"))
    for encoding, spoken in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, spoken
    raise InvalidInput(name, _first_odd(raw), message("expected.utf8_text"))


def _is_mostly_utf8(raw: bytes) -> bool:
    """
    Return whether bytes are UTF-8 but for a few, which GB18030 would read as others.

    >>> _is_mostly_utf8("支出、预算".encode()[:-1])
    True
    >>> _is_mostly_utf8("支出、预算".encode("gbk"))
    False
    """
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 2 * bad


def _guess(raw: bytes) -> Message:
    """Return what an encoding seems to be that is not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return message("found.text_in", encoding="UTF-16")
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return message("found.no_text")
    return message("found.looks_like", encoding="GBK/GB18030")


def _first_odd(raw: bytes) -> Message:
    """Return from where on *raw* is no text in UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        return message("found.first_bad_byte", byte=problem.start + 1)
    return message("found.zero_byte", byte=raw.index(0) + 1)


class NamedTwice(ValueError):
    """An object of JSON that names one thing twice; *message* says so as data."""

    def __init__(self, name: str) -> None:
        self.message = message("problem.named_twice", name=name)
        super().__init__(str(self.message))


def unique(pairs: list[tuple[str, object]]) -> None:
    """
    Refuse an object of JSON that names one thing twice: which holds would be a guess.

    Raises:
        NamedTwice: It does; the message has the name.
    """
    times = Counter(name for name, _ in pairs)
    if len(times) < len(pairs):
        raise NamedTwice(next(name for name in times if times[name] > 1))
