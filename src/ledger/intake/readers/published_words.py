"""The words of published forms, from one file: what a head or a label says."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from ledger.domain.errors import InvalidInput
from ledger.layouts.reading_words import ReadingWords
from ledger.messages import message

_FILE: Final = "published_words.toml"
_LONGEST: Final = 60
_REMEMBERED: Final = 5_000
_LAYOUTS: Final = 20
_NONE: Final = ReadingWords()
_OWN: Final = ContextVar("_OWN", default=_NONE)
"""Words of a user, while forms are read by them."""

_SHARED: Final = {"beside": "columns", "goals": "labels", "money": "labels"}
"""Tables whose words are looked up together with those of another."""

_DIGITS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(
    rf"^(?:[{_DIGITS}]+[、.]|\([{_DIGITS}]+\)|[0-9]{{1,2}}[、.])"
)
_BRACKET: Final = re.compile(r"\(([^()]*)\)$")
_OTHER_TIME: Final = re.compile(r"中长期|中期|长期|实施期|远期|三年|五年")
_BEFORE: Final = re.compile(
    r"(?:上年|去年|上一年|前[一二两三]?年|以前年度|历史|基期|基准|总体|整体|项目期)度?"
    r"(?:实际|完成|实现|目标|指标|预期|计划|执行)*(?:值|数|情况|水平)"
)
_SIDE: Final = re.compile(
    r"(?:年度|本年度?|当年|全年|项目|预算|中期|长期|中长期|实施期)*(?:绩效)?"
    r"(?:指标|目标)(?:完成情况|情况|目标|指标)?"
)
_OF_YEAR: Final = re.compile(r"年度|本年|当年|全年|年初")
_YEARS_VALUE: Final = re.compile(
    r"(?P<before>预期|计划)?(?P<year>20[0-9]{2}|上|去)年度?(?P<after>预期|计划|实际|完成)?"
    r"(?:实现|完成|目标|指标|预期|计划|实际|绩效)*(?:值|情况)"
)
_YEAR_ALONE: Final = re.compile(r"(20[0-9]{2})年度?")
_WHEN: Final = ("长期", "中期", "实施期", "年度", "当年", "本年", "本年度")


OTHER: Final = "other"
"""Of another time than the year."""


_LABELS: Final = ("labels", "goals", "money")
_LONGEST_LABEL: Final = 20

_OF_LISTS: Final = ("project_name", "project_code", "unit_code", "unit", "supervisor")


class ColumnHead(NamedTuple):
    """
    What a head of a column says.

    Attributes:
        field: Of an indicator, or one of a column that is not read.

        printed: The head as it stands, in one line.

        other_time: Whether it is of another time than the year.

        of_year: Whether it says that it is of the year.

        year: The calendar year that it names.
    """

    field: str
    printed: str
    other_time: bool = False
    of_year: bool = False
    year: int | None = None


BESIDE: Final = "beside"
"""The field of heads that an approval has no field for."""


def one_line(text: str) -> str:
    """
    Return a text as labels are compared: its forms made even, no blanks.

    >>> one_line(" 项目资金 （万元）：")
    '项目资金(万元):'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def word(text: str) -> str:
    """
    Return a label without its number, its star, its colon and a bracket at its end.

    >>> [word(text) for text in ("四、目标", "*部门：", "其中：财政拨款", "权重（%）")]
    ['目标', '部门', '财政拨款', '权重']
    """
    plain = one_line(text[: 4 * _LONGEST])
    if len(plain) > _LONGEST:
        return plain
    plain = _NUMBER.sub("", plain.lstrip("*★")).removeprefix("其中:").strip(":;,。")
    return re.sub(r"[()]", "", _BRACKET.sub("", plain)).strip(":")


def bracket(text: str) -> str | None:
    """
    Return what stands in brackets at the end of a label; ``None`` without any.

    >>> bracket("项目资金（万元）"), bracket("项目资金")
    ('万元', None)
    """
    match = _BRACKET.search(one_line(text[-_LONGEST:]).strip(":"))
    return match[1] if match else None


@contextmanager
def also(own: ReadingWords) -> Iterator[None]:
    """
    Have words of a user count next to those of the file, and before them.

    Raises:
        InvalidInput: A word stands for two things, of which neither can be chosen.
    """
    meant: dict[tuple[str, str], tuple[str, str]] = {}
    for table, key, printed in own.words:
        kind = _SHARED.get(table, table)
        first = meant.setdefault((kind, word(printed)), (table, key))
        if first != (table, key):
            right = message("expected.one_meaning", first=".".join(first))
            raise InvalidInput(f"{own.name}: reading.{table}.{key}", printed, right)
    before = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(before)


def words() -> Mapping[str, Any]:
    """Return what the file says, by table and key, with the words of a user first."""
    return _words(_OWN.get())


@lru_cache(_LAYOUTS)
def _words(own: ReadingWords) -> Mapping[str, Any]:
    tables = tomllib.loads(files(__package__).joinpath(_FILE).read_text("utf-8"))
    for table, key, printed in reversed(own.words):
        listed = tables[table].setdefault(_named(tables, table, key), [])
        listed.insert(0, word(printed))
    return tables


def _named(tables: Mapping[str, Any], table: str, key: str) -> str:
    """Return a key as the file has it: headings by how they are usually printed."""
    names: Mapping[str, str] = tables["usual"] if table == "level1" else {}
    return names.get(key, key)


def by_word(*tables: str) -> Mapping[str, str]:
    """Return the keys of some tables of the file by their words."""
    return _by_word(_OWN.get(), tables)


@lru_cache(8 * _LAYOUTS)
def _by_word(own: ReadingWords, tables: tuple[str, ...]) -> Mapping[str, str]:
    every = _words(own)
    keys = {
        spelling: key
        for table in tables
        for key, listed in every[table].items()
        for spelling in listed
    }
    mine = {
        word(printed): (table, _named(every, table, key))
        for table, key, printed in own.words
    }
    for spelling, (table, key) in mine.items():
        if table in tables:
            keys[spelling] = key
        elif {_SHARED.get(table, table)} & {_SHARED.get(t, t) for t in tables}:
            keys.pop(spelling, None)  # The user's word says that it is another thing.
    return keys


def head(text: str) -> ColumnHead | None:
    """
    Return what a head says; ``None`` of one that nobody knows.

    >>> head("年度指标值")[:4], head("二级指标（长期）").other_time, head("颜色")
    (('target', '年度指标值', False, True), True, None)
    """
    return _head(_OWN.get(), text)


@lru_cache(_REMEMBERED)
def _head(_: ReadingWords, text: str) -> ColumnHead | None:
    printed, plain = one_line(text), word(text)
    inner = bracket(text) or ""
    named = _WHEN if inner in _WHEN else ()
    when = inner if named else plain
    other_time, of_year = bool(_OTHER_TIME.search(when)), bool(_OF_YEAR.search(when))
    if not plain or len(plain) > _LONGEST_LABEL:
        return None
    field = by_word("columns").get(plain)
    if field is None and plain in by_word("beside"):
        return ColumnHead(BESIDE, printed)
    if field is None and (years := _YEARS_VALUE.fullmatch(plain)):
        return _of_a_year(printed, years)
    if field is None and (alone := _YEAR_ALONE.fullmatch(plain)):
        return ColumnHead("target", printed, of_year=True, year=int(alone[1]))
    if field is None and _BEFORE.fullmatch(plain):
        return ColumnHead("target", printed, other_time=True)
    if field is None and other_time:
        bare = _OTHER_TIME.sub("", plain)
        known = by_word("columns")
        field = known.get(bare) or known.get(bare.removeprefix("绩效"))
        field = field or _by_pattern("patterns", bare)
    field = field or _by_pattern("patterns", plain)
    if field in words()["beside"]:
        return ColumnHead(BESIDE, printed)
    return ColumnHead(field, printed, other_time, of_year) if field else None


def is_side(text: str) -> bool:
    """
    Return whether a head may stand next to a table, over all its rows.

    >>> [is_side(text) for text in ("绩效指标（90分）", "年度绩效指标", "三级指标")]
    [True, True, False]
    """
    return _SIDE.fullmatch(word(text)) is not None


class Label(NamedTuple):
    """What a label above a table is of: the table of the file, and the key in it."""

    table: str
    key: str


def label(text: str) -> Label | None:
    """
    Return what a label says; ``None`` of a text that is none.

    >>> label("项目（政策）名称：").key, label("其中：县级财政资金").key, label("道路")
    ('project_name', 'fiscal', None)
    """
    return _label(_OWN.get(), text)


@lru_cache(_REMEMBERED)
def _label(_: ReadingWords, text: str) -> Label | None:
    plain = word(text)
    for table in _LABELS:
        key = by_word(table).get(plain)
        if key is not None:
            return Label(table, key)
    short = 0 < len(plain) <= _LONGEST_LABEL
    key = _by_pattern("label_patterns", plain) if short else None
    if key is None:
        return None
    goals = key.removeprefix("goals_")
    if goals != key:
        return Label("goals", goals)
    return Label("labels" if key in words()["labels"] else "money", key)


def field_of_label(text: str) -> str | None:
    """Return the field of a form whose value stands to the right of a label, if any."""
    known = label(text)
    return known.key if known is not None and known.table == "labels" else None


def after(text: str) -> str | None:
    """
    Return what a row is whose first cell this is: a total, or what follows a table.

    >>> after("合 计"), after("填表人：王某  电话：1"), after("产出指标")
    ('totals', 'ends', None)
    """
    return _after(_OWN.get(), text)


@lru_cache(_REMEMBERED)
def _after(_: ReadingWords, text: str) -> str | None:
    plain = word(re.split("[:：]", text[: 4 * _LONGEST], maxsplit=1)[0])
    known = by_word("after").get(plain)
    return known or _by_pattern("after_patterns", plain)


def _by_pattern(table: str, plain: str) -> str | None:
    """Return what a word is that no list has; ``None`` where no pattern fits."""
    patterns = words()[table].items()
    return next((key for key, fits in patterns if re.fullmatch(fits, plain)), None)


def time_of(text: str) -> str | None:
    """
    Return of which time a label of goals is, or of money; ``None`` where it is silent.

    >>> time_of("中期目标(2024年—2026年)"), time_of("年度目标："), time_of("总体目标")
    ('other', 'year', None)
    """
    plain = word(text)
    if not re.search(r"目标|指标|资金", plain):
        return None
    if _OTHER_TIME.search(plain):
        return OTHER
    return "year" if _OF_YEAR.search(plain) else None


def _of_a_year(printed: str, named: re.Match[str]) -> ColumnHead:
    """Return a head that names a year: its target, or what came of one."""
    before = not named["year"].isdecimal()
    year = None if before else int(named["year"])
    if before or named["after"] in {"实际", "完成"}:
        return ColumnHead("target", printed, other_time=True, year=year)
    return ColumnHead("target", printed, of_year=True, year=year)


def level1(text: str) -> tuple[str, str | None]:
    """
    Return a heading of level 1 by its usual name, and its points in brackets.

    >>> level1("产出指标（50分）"), level1("效果指标"), level1("其他指标")
    (('产出指标', '50'), ('效益指标', None), ('其他指标', None))
    """
    return _level1(_OWN.get(), text)


@lru_cache(_REMEMBERED)
def _level1(_: ReadingWords, text: str) -> tuple[str, str | None]:
    printed = _NUMBER.sub("", one_line(text))
    pointed = re.fullmatch(r"(.*?)[(（]?([0-9]+(?:\.[0-9]+)?)分[)）]?", printed)
    plain = pointed[1] if pointed and pointed[1] else printed
    known = by_word("level1").get(plain)
    if pointed and pointed[1]:
        return known or plain, pointed[2]
    own = plain in words()["level1"]
    return known or (plain if own else text), None


def is_heading(text: str) -> bool:
    """
    Return whether a text may be a heading of a level.

    >>> [is_heading(text) for text in ("时效指标", "产出（50分）", "王某")]
    [True, True, False]
    """
    usual, _ = level1(text)
    plain = word(text)
    return usual in words()["level1"] or "指标" in plain or plain in words()["level2"]


def is_level(text: str) -> bool:
    """
    Return whether a text is a heading of level 1 or 2 by the lists of words.

    >>> [is_level(text) for text in ("时效指标", "产出指标（50分）", "指标说明")]
    [True, True, False]
    """
    usual, _ = level1(text)
    named = word(text).removesuffix("指标")
    return usual in words()["level1"] or named in words()["level2"]


def project_field(text: str) -> str | None:
    """
    Return the field of a project that a head of a list names, if any.

    >>> [project_field(text) for text in ("单位（专项）名称", "资金总额", "颜色")]
    ['project_name', 'budget', None]
    """
    known = label(text)
    if known is None:
        return None
    if known.table == "goals":
        return "goals"
    if known.table == "labels":
        return known.key if known.key in _OF_LISTS else None
    return "budget" if known.key in {"total", "column"} else None
