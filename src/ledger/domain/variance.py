"""Why something deviates from its target, and how likely the target still is."""

from ledger.domain.choices import by_word_only
from ledger.messages.keyed_enum import KeyedEnum


@by_word_only
class VarianceCategory(KeyedEnum):
    """Why something deviates: 经费 制度 人员 硬件条件 保障, 其他 (监控表)."""

    FUNDING = "funding"
    INSTITUTIONAL = "institutional"
    STAFFING = "staffing"
    FACILITIES = "facilities"
    OTHER = "other"


@by_word_only
class Likelihood(KeyedEnum):
    """Whether the target will be reached: 确定能, 有可能, 完全不可能 (监控表)."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
