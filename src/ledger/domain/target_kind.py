"""Kinds of targets: how each is printed, and when a result attains it."""

from enum import Enum
from itertools import product
from typing import Final

from attrs import frozen

from ledger.domain.choices import by_word_only
from ledger.domain.enum_rows import EnumOfRows
from ledger.domain.exact_numbers import Exact

_NOT: Final = "不 不得 不能 不应 不可 不会 不宜 未 没有".split()
_UNDER: Final = "低于 少于 小于".split()
_OVER: Final = "高于 多于 大于 超过 超出".split()
_OR_EQUAL: Final = ("等于", "或等于")


class Compared(Enum):
    """What a target of a kind is compared with."""

    NUMBER = "number"
    DAY = "day"
    RATING = "rating"
    NOTHING = "nothing"


@frozen(kw_only=True)
class Comparator:
    """
    How a comparator is printed.

    Attributes:
        sign: As targets are printed here.

        full_width: The same sign as wide as a Chinese character.

        doubled: The same sign with a double line.

        look_alikes: Other characters that mean it.

        pairs: Two characters that mean it, the usual order first.

        word: What it is called in a cell of its own.

        before: Words that mean it in front of a number.

        usual: Those of them by which readers know a target in running text.

        after: Words that mean it behind a number and its unit.

        english: English words that mean it in front of a number.

        english_after: English words that mean it behind a number, or its unit.
    """

    sign: str
    full_width: str = ""
    doubled: str = ""
    look_alikes: str = ""
    pairs: tuple[str, ...] = ()
    word: str
    before: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    english_after: tuple[str, ...] = ()

    @property
    def official(self) -> str:
        """The sign as the official forms have it, in the column of its nature."""
        return self.full_width or self.sign


@frozen(kw_only=True)
class TargetKindRow:
    """
    What is known of a kind of target.

    Attributes:
        comparator: ``None`` where no sign stands for the kind.

        is_ceiling: Whether lower is better; ``None`` where the indicator decides.

        is_strict: Whether a result equal to the target falls short of it.

        is_range: Whether there are two bounds, and both belong to the range.
    """

    compares: Compared
    comparator: Comparator | None = None
    is_ceiling: bool | None = False
    is_strict: bool = False
    is_range: bool = False

    def is_attained(
        self,
        result: Exact,
        value: Exact,
        upper: Exact | None,
        ceiling: bool,
    ) -> bool:
        """
        Return whether a number attains a target.

        Args:
            value: The target's, or the lower bound of a range.

            upper: The upper bound of a range; ``None`` elsewhere.

            ceiling: Whether the target is judged as a ceiling.
        """
        if self.is_range and upper is not None:
            return value <= result <= upper
        if result == value:
            return not self.is_strict
        return (result < value) is ceiling


@by_word_only
class TargetKind(EnumOfRows):
    """What a target compares a result with."""

    row: TargetKindRow

    AT_LEAST = (
        "at_least",
        TargetKindRow(
            compares=Compared.NUMBER,
            comparator=Comparator(
                sign="≥",
                doubled="≧",
                look_alikes="⩾≮",
                pairs=(">=", "=>"),
                word="大于等于",
                before=(
                    *map("".join, product(_NOT, _UNDER)),
                    *"不下于 至少 最少 达到".split(),
                    *map("".join, product(_OVER, _OR_EQUAL)),
                ),
                usual=("不低于", "不少于"),
                after=tuple("及以上 或以上 以上".split()),
                english=(
                    "at least",
                    "no less than",
                    "not less than",
                    "no fewer than",
                    "not fewer than",
                    "a minimum of",
                    "minimum of",
                    "minimum",
                    "min.",
                    "min",
                    "not below",
                    "not lower than",
                    "no lower than",
                    "greater than or equal to",
                    "equal to or greater than",
                ),
                english_after=(
                    "or more",
                    "or above",
                    "or higher",
                    "or greater",
                    "or over",
                    "and above",
                    "and over",
                    "and more",
                    "minimum",
                ),
            ),
        ),
    )
    AT_MOST = (
        "at_most",
        TargetKindRow(
            compares=Compared.NUMBER,
            comparator=Comparator(
                sign="≤",
                doubled="≦",
                look_alikes="⩽≯",
                pairs=("<=", "=<"),
                word="小于等于",
                before=(
                    *map("".join, product(_NOT, _OVER)),
                    *"至多 最多 控制在".split(),
                    *map("".join, product(_UNDER, _OR_EQUAL)),
                ),
                usual=("不高于", "不超过"),
                after=tuple("及以下 或以下 以下 及以内 以内 之内 内".split()),
                english=(
                    "at most",
                    "no more than",
                    "not more than",
                    "up to",
                    "not exceeding",
                    "within",
                    "a maximum of",
                    "maximum of",
                    "maximum",
                    "max.",
                    "max",
                    "not above",
                    "not higher than",
                    "no higher than",
                    "less than or equal to",
                    "equal to or less than",
                ),
                english_after=(
                    "or less",
                    "or fewer",
                    "or below",
                    "or lower",
                    "or under",
                    "and below",
                    "maximum",
                ),
            ),
            is_ceiling=True,
        ),
    )
    MORE_THAN = (
        "more_than",
        TargetKindRow(
            compares=Compared.NUMBER,
            comparator=Comparator(
                sign=">",
                full_width="＞",
                word="大于",
                before=tuple(_OVER),
                usual=("大于", "高于"),
                english=(
                    "more than",
                    "greater than",
                    "higher than",
                    "in excess of",
                    "exceeding",
                    "over",
                    "above",
                ),
            ),
            is_strict=True,
        ),
    )
    LESS_THAN = (
        "less_than",
        TargetKindRow(
            compares=Compared.NUMBER,
            comparator=Comparator(
                sign="<",
                full_width="＜",
                word="小于",
                before=tuple(_UNDER),
                usual=("小于", "低于"),
                english=(
                    "less than",
                    "fewer than",
                    "lower than",
                    "smaller than",
                    "under",
                    "below",
                ),
            ),
            is_ceiling=True,
            is_strict=True,
        ),
    )
    EXACTLY = (
        "exactly",
        TargetKindRow(
            compares=Compared.NUMBER,
            comparator=Comparator(
                sign="=",
                full_width="＝",
                look_alikes="═﹦",
                word="等于",
                before=("等于",),
                english=("exactly", "equal to"),
            ),
            is_ceiling=None,
        ),
    )
    BETWEEN = "between", TargetKindRow(compares=Compared.NUMBER, is_range=True)
    BY_DATE = "by_date", TargetKindRow(compares=Compared.DAY)
    WITHIN_PERIOD = "within_period", TargetKindRow(compares=Compared.DAY)
    DAY_OF_MONTH = "day_of_month", TargetKindRow(compares=Compared.DAY)
    QUALITATIVE = "qualitative", TargetKindRow(compares=Compared.RATING)
    NONE = "none", TargetKindRow(compares=Compared.NOTHING)


def _comparing(what: Compared) -> frozenset[TargetKind]:
    return frozenset(kind for kind in TargetKind if kind.row.compares is what)


QUANTITIES: Final = _comparing(Compared.NUMBER)
"""Kinds that a number is compared with."""

DATES: Final = _comparing(Compared.DAY)
"""Kinds that a day is compared with."""

COMPARATORS: Final[dict[TargetKind, Comparator]] = {
    kind: kind.row.comparator
    for kind in sorted(TargetKind, key=lambda kind: kind.row.is_strict)
    if kind.row.comparator is not None
}
"""The comparator of each kind of target that has one; strict kinds come last."""

OR_EQUAL: Final = frozenset(
    kind
    for kind in COMPARATORS
    if kind.row.is_ceiling is not None and not kind.row.is_strict
)
"""Kinds with one side, whose sign holds an equals sign already."""

# Characters for the brackets of patterns. What a text may be written with differs from
# source to source, and so does what tells a target there from a name or a unit.

SIGNS: Final = "".join(own.sign for own in COMPARATORS.values())
"""Signs of comparators, in texts that were made plain."""

SIGNS_OF_ONE_SIDE: Final = "".join(
    own.sign + own.full_width * kind.row.is_strict
    for kind, own in COMPARATORS.items()
    if kind.row.is_ceiling is not None
)
"""Signs that say which way is better, the strict ones full-width as well."""

SIGNS_AND_WIDE: Final = "".join(dict.fromkeys(SIGNS + SIGNS_OF_ONE_SIDE))
"""Signs, the strict ones full-width as well."""

SIGNS_AND_DOUBLED: Final = SIGNS_AND_WIDE + "".join(
    own.doubled for own in COMPARATORS.values()
)
"""The same, and signs with a double line."""

SIGNS_OF_ALL_FORMS: Final = "".join(
    dict.fromkeys(
        SIGNS_AND_DOUBLED + "".join(own.full_width for own in COMPARATORS.values())
    )
)
"""The same, and every full-width sign."""

USUAL_OR_EQUAL: Final = tuple(
    word for kind in COMPARATORS if kind in OR_EQUAL for word in COMPARATORS[kind].usual
)
"""Words that readers know, of the kinds whose sign holds an equals sign."""

USUAL: Final = tuple(word for own in COMPARATORS.values() for word in own.usual)
"""Words that readers know, of all kinds."""
