"""The languages that readers are spoken to in."""

from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, Self

from ledger.messages.table import template

_LONGEST: Final = 200
_NEAR: Final = 0.55
"""How much of a name must be that of a language: of ``zh_CN``, not of ``cn``."""


class Language(StrEnum):
    """The languages of all texts."""

    CHINESE = "zh"
    ENGLISH = "en"

    @classmethod
    def _missing_(cls, value: object) -> Self:
        """
        Refuse what is no language, and name the nearest.

        >>> Language("zh_CN")
        Traceback (most recent call last):
        ValueError: no language 'zh_CN'; there are zh, en; the nearest is zh
        """
        words = [each.value for each in cls]
        close = get_close_matches(str(value).lower(), words, 1, _NEAR)
        code = "error.no_language_but" if close else "error.no_language"
        text = template(code, cls.ENGLISH) or "{name!r}"
        name, nearest = str(value)[:_LONGEST], "".join(close)
        raise ValueError(
            text.format(name=name, known=", ".join(words), nearest=nearest)
        )


def known_language(value: object) -> Language | None:
    """
    Return a language, or that of its name; ``None`` for what is neither.

    >>> known_language("zh"), known_language("xx"), known_language(3)
    (<Language.CHINESE: 'zh'>, None, None)
    """
    if not isinstance(value, str):
        return None
    return next((one for one in Language if one.value == value), None)


def usual_language(environment: Mapping[str, str]) -> Language:
    """
    Return the language of the locale in an *environment*; English, where it has none.

    >>> usual_language({"LANG": "zh_CN.UTF-8"})
    <Language.CHINESE: 'zh'>
    >>> usual_language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    <Language.ENGLISH: 'en'>
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            chinese = value.lower().startswith("zh")
            return Language.CHINESE if chinese else Language.ENGLISH
    return Language.ENGLISH
