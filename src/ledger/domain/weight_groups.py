"""The groups of indicators that headings of level 1 stand for."""

from typing import Final

from ledger.domain.scoring_rule import WeightGroup

GROUP_WORDS: Final = {
    WeightGroup.COST: ("成本", "cost"),
    WeightGroup.OUTPUT: ("产出", "output"),
    WeightGroup.BENEFIT: ("效益", "效果", "benefit", "outcome"),
    WeightGroup.SATISFACTION: ("满意度", "satisfaction"),
}


def group_of(level1: str) -> WeightGroup | None:
    """Return the group that a level-1 name belongs to, or ``None``."""
    name = level1.lower()
    rows = GROUP_WORDS.items()
    return next((g for g, words in rows if any(map(name.__contains__, words))), None)
