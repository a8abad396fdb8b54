"""Categories of projects (项目类别), and which of them are 基本支出."""

import re
from typing import Final

from ledger.domain.choices import by_word_only
from ledger.messages.keyed_enum import KeyedEnum


@by_word_only
class ProjectCategory(KeyedEnum):
    """What a project's money is for: 人员类, 运转类, 特定目标类."""

    PERSONNEL = "personnel"
    OPERATING = "operating"
    SPECIFIC = "specific"

    @property
    def is_basic(self) -> bool:
        """Whether it is of 基本支出; all else is 项目支出."""
        return self is not ProjectCategory.SPECIFIC


_CODE: Final = re.compile(r"[0-9]{8}([RY])[0-9A-Z]{12}")
_BY_LETTER: Final = {"R": ProjectCategory.PERSONNEL, "Y": ProjectCategory.OPERATING}


def category_of(code: str) -> ProjectCategory:
    """
    Return the category of a project by the letter of its code.

    >>> category_of("51000023R000000012345").value
    'personnel'
    >>> category_of("51000023Y000000012345").value
    'operating'
    >>> category_of("13052923P00584010933T").value
    'specific'
    """
    found = _CODE.fullmatch(code)
    return ProjectCategory.SPECIFIC if found is None else _BY_LETTER[found[1]]
