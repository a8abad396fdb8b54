"""The words of published forms, from one file: what a head or a label says."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

_FILE: Final = "published_words.toml"
_LONGEST: Final = 60
_DIGITS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(
    rf"^(?:[{_DIGITS}]+[、.]|\([{_DIGITS}]+\)|[0-9]{{1,2}}[、.])"
)
_BRACKET: Final = re.compile(r"\(([^()]*)\)$")
_OTHER_TIME: Final = re.compile(r"中期|长期|实施期|远期|三年|五年")
_OF_YEAR: Final = re.compile(r"年度|本年|当年|全年|年初")
_YEARS_VALUE: Final = re.compile(
    r"(?P<before>预期|计划)?(?P<year>20[0-9]{2}|上|去)年度?(?P<after>预期|计划|实际)?"
    r"(?:实现|完成|目标|指标|预期|计划|实际)*(?:值|情况)"
)
_WHEN: Final = ("长期", "中期", "实施期", "年度", "当年", "本年", "本年度")


OTHER: Final = "other"
"""Of another time than the year."""


_OF_LISTS: Final = ("project_name", "project_code", "unit_code", "unit")


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


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """Return what the file says, by table and key."""
    return tomllib.loads(files(__package__).joinpath(_FILE).read_text("utf-8"))


@cache
def by_word(*tables: str) -> Mapping[str, str]:
    """Return the keys of some tables of the file by their words."""
    return {
        spelling: key
        for table in tables
        for key, listed in words()[table].items()
        for spelling in listed
    }


def head(text: str) -> ColumnHead | None:
    """
    Return what a head says; ``None`` of one that nobody knows.

    >>> head("年度指标值")[:4], head("二级指标（长期）").other_time, head("颜色")
    (('target', '年度指标值', False, True), True, None)
    """
    printed, plain = one_line(text), word(text)
    inner = bracket(text) or ""
    named = _WHEN if inner in _WHEN else ()
    when = inner if named else plain
    other_time, of_year = bool(_OTHER_TIME.search(when)), bool(_OF_YEAR.search(when))
    field = by_word("columns").get(plain)
    left = field is None and plain in by_word("beside")
    if not left and field is None and not other_time:
        years = _YEARS_VALUE.fullmatch(plain)
        field = None if years else _by_pattern(plain)
        left = field in words()["beside"]
    if left:
        return ColumnHead(BESIDE, printed)
    if field is None and (years := _YEARS_VALUE.fullmatch(plain)):
        return _of_a_year(printed, years)
    if field is None and other_time:
        bare = _OTHER_TIME.sub("", plain)
        known = by_word("columns")
        field = known.get(bare) or known.get(bare.removeprefix("绩效"))
    return ColumnHead(field, printed, other_time, of_year) if field else None


def _by_pattern(plain: str) -> str | None:
    """Return what a head is that no list has; ``None`` where no pattern fits."""
    patterns = words()["patterns"].items()
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
    if before or named["after"] == "实际":
        return ColumnHead("target", printed, other_time=True, year=year)
    return ColumnHead("target", printed, of_year=True, year=year)


@cache
def level1(text: str) -> tuple[str, str | None]:
    """
    Return a heading of level 1 by its usual name, and its points in brackets.

    >>> level1("产出指标（50分）"), level1("效果指标"), level1("其他指标")
    (('产出指标', '50'), ('效益指标', None), ('其他指标', None))
    """
    pointed = re.fullmatch(r"(.*?)[(（]?([0-9]+(?:\.[0-9]+)?)分[)）]?", one_line(text))
    plain = pointed[1] if pointed and pointed[1] else one_line(text)
    known = by_word("level1").get(plain)
    if pointed and pointed[1]:
        return known or plain, pointed[2]
    return known or text, None


def project_field(text: str) -> str | None:
    """
    Return the field of a project that a head of a list names, if any.

    >>> [project_field(text) for text in ("单位（专项）名称", "资金总额", "颜色")]
    ['project_name', 'budget', None]
    """
    plain = word(text)
    name = by_word("labels").get(plain)
    if name in _OF_LISTS:
        return name
    if plain in by_word("goals"):
        return "goals"
    money = words()["money"]
    return "budget" if plain in [*money["total"], *money["column"]] else None
