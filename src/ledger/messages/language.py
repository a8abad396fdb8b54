"""The languages that readers are spoken to in."""

import os
from collections.abc import Mapping

from ledger.messages.keyed_enum import KeyedEnum


class Language(KeyedEnum):
    """The languages of all texts."""

    CHINESE = "zh"
    ENGLISH = "en"


def known_language(value: object) -> Language | None:
    """
    Return a language, or that of its name; ``None`` for what is neither.

    >>> known_language("zh"), known_language("xx"), known_language(3)
    (<Language.CHINESE: 'zh'>, None, None)
    """
    if not isinstance(value, str):
        return None
    return next((one for one in Language if one.value == value), None)


def readers_language() -> Language:
    """Return the language of the locale that the process runs in."""
    return usual_language(os.environ)


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
