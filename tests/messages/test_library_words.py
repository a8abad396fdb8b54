"""What msgspec says of contents is put in our own words, in both languages."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from enum import Enum
from typing import Annotated

import msgspec
import pytest

from ledger import Ledger
from ledger.errors import LedgerError
from ledger.messages import Language, codes, words_of
from support import PROJECT, approval

pytestmark = pytest.mark.own_language

LATIN = re.compile("[A-Za-z]{2,}")


class Colour(Enum):
    """A choice."""

    RED = "red"


class Sample(msgspec.Struct, forbid_unknown_fields=True):
    """A value of each type that is read from files."""

    a: int = 0
    b: str = ""
    c: list[int] = []
    d: dt.date = dt.date(2023, 1, 1)
    e: dt.datetime | None = None
    f: Decimal = Decimal(0)
    g: Colour = Colour.RED
    h: uuid.UUID | None = None
    i: bool = False
    j: dict[str, int] = {}
    k: Annotated[int, msgspec.Meta(ge=1)] = 1
    m: Annotated[str, msgspec.Meta(min_length=2)] = "xx"
    n: tuple[int, int] = (1, 2)
    o: bytes = b""
    p: "Sample | None" = None


class Needed(msgspec.Struct):
    """A field without which there is none."""

    position: int


BAD = [
    (Needed, b"{}", "缺少“position”", "no 'position'"),
    (Needed, b'{"position": "x"}', "$.position 处：应为整数，却是文字", "a text in the place of a whole number, at $.position"),
    (Sample, b'{"z": 1}', "多出“z”", "a surplus 'z'"),
    (Sample, b'{"a": 1', "内容不完整", "contents that are cut off"),
    (Sample, rb'{"b": "\ud83d"}', r"转义“\ud83d”只有半个字符，缺少另一半", r"half of a character, '\ud83d', without its other half"),
    (Sample, b"{a}", "从第 1 字节起不合格式", "what cannot be read from byte 1 on"),
    (Sample, b'{"a": 1} x', "从第 10 字节起不合格式", "what cannot be read from byte 10 on"),
    (Sample, b'{"b": "\xff"}', "不是 UTF-8 编码的内容", "bytes that are no UTF-8"),
    (Sample, b'{"c": [1, null]}', "$.c[1] 处：应为整数，却是空值", "null in the place of a whole number, at $.c[1]"),
    (Sample, b'{"d": "x"}', "$.d 处：不是日期", "what is not a date, at $.d"),
    (Sample, b'{"e": "x"}', "$.e 处：不是时刻", "what is not an instant, at $.e"),
    (Sample, b'{"e": []}', "$.e 处：应为时刻或空值，却是列表", "a list in the place of an instant or null, at $.e"),
    (Sample, b'{"f": "x"}', "$.f 处：不是十进制数", "what is not a decimal number, at $.f"),
    (Sample, b'{"g": "x"}', "$.g 处：“x”不在可取的值之中", "'x', which is none of the values that there are, at $.g"),
    (Sample, b'{"h": "x"}', "$.h 处：不是标识", "what is not a UUID, at $.h"),
    (Sample, b'{"i": {}}', "$.i 处：应为是否值，却是对象", "an object in the place of true or false, at $.i"),
    (Sample, b'{"j": {"x": "y"}}', "$.j[...] 处：应为整数，却是文字", "a text in the place of a whole number, at $.j[...]"),
    (Sample, b'{"k": 0}', "$.k 处：数值超出范围", "a number out of range, at $.k"),
    (Sample, b'{"m": ""}', "$.m 处：文字的长度不对", "a text of another length, at $.m"),
    (Sample, b'{"n": [1]}', "$.n 处：列表的长度不对", "a list of another length, at $.n"),
    (Sample, b'{"o": "?"}', "$.o 处：不是编码文字", "what is not base64, at $.o"),
    (Sample, b'{"p": {"a": 1.5}}', "$.p.a 处：应为整数，却是数", "a number in the place of a whole number, at $.p.a"),
    (Sample, b'{"a": 1e400}', None, None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "chinese", "english"), BAD)
def test_an_error_of_msgspec_is_said_in_our_words(kind, raw, chinese, english):
    """Where it stands, what was expected, and what was found; nothing is quoted."""
    with pytest.raises((msgspec.MsgspecError, UnicodeError)) as caught:
        msgspec.json.decode(raw, type=kind)
    found = words_of(caught.value, raw)
    assert found.code != "library.other"
    inner = found.values.get("what", found)
    assert inner.code != "library.other"
    if chinese is not None:
        assert found.said(Language.CHINESE) == chinese
        assert found.said(Language.ENGLISH) == english


def test_what_is_nested_too_deep_is_said():
    """Python says so of itself."""
    with pytest.raises(RecursionError) as caught:
        msgspec.json.decode(b"[" * 100_000)
    assert words_of(caught.value).said(Language.CHINESE) == "嵌套层次太深"


def test_every_text_about_contents_is_reached():
    """A text that no error of a library leads to would never be read."""
    reached = set()
    for kind, raw, *_ in BAD:
        try:
            msgspec.json.decode(raw, type=kind)
        except (msgspec.MsgspecError, UnicodeError) as problem:
            waiting = [words_of(problem, raw)]
            while waiting:
                one = waiting.pop()
                reached.add(one.code)
                parts = list(one.values.values())
                parts += [
                    each for part in parts if isinstance(part, list) for each in part
                ]
                waiting += [part for part in parts if hasattr(part, "code")]
    known = {c for c in codes(Language.CHINESE) if c.startswith("library.")}
    types = {code for code in known if code.startswith("library.type_")}
    assert known - types - reached == {"library.nests_too_deep", "library.other"}


@pytest.mark.parametrize(
    "text", ['{"projects": 5}', '{"a"', "[]", "x", "{}", '"x"', '{"month": 1}']
)
def test_a_report_that_is_none_is_refused_in_chinese(text, tmp_path):
    """Nothing of what the library says is left."""
    file = tmp_path / "r.json"
    file.write_text(text, "utf-8")
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(PROJECT))
        with pytest.raises(LedgerError) as caught:
            ledger.verify_report(file)
    said = caught.value.text("zh").replace(str(file), "")
    assert not {*LATIN.findall(said)} - {"JSON", "month", "projects", "through"}, said
