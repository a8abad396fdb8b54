"""Every word that reports say, in Chinese and in English."""

from collections.abc import Mapping
from typing import Final

from ledger.domain.settings import Language, Scale, Settings

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # Money
    "original_budget": ("年初预算数", "original budget"),
    "current_budget": ("全年预算数", "current budget"),
    "planned": ("计划支出", "planned"),
    "disbursed": ("已支出", "disbursed"),
    "available": ("可用余额", "available"),
    "execution_rate": ("执行率", "execution rate"),
    "plan_rate": ("计划完成率", "disbursed of planned"),
    "variance": ("偏差", "variance"),
    "time_progress": ("序时进度", "time progress"),
    # Attainment
    "indicator": ("指标", "indicator"),
    "target": ("指标值", "target"),
    "result": ("完成值", "result"),
    "expected": ("序时目标", "expected to date"),
    "attainment": ("完成率", "attainment"),
    "status": ("状态", "status"),
    "weight": ("分值", "weight"),
    "score": ("得分", "score"),
    # Statuses
    "attained": ("已完成", "attained"),
    "exceeded": ("超额完成", "exceeded"),
    "on track": ("正常", "on track"),
    "at risk": ("存在风险", "at risk"),
    "behind": ("滞后", "behind"),
    "missed": ("未完成", "missed"),
    "no result": ("无结果", "no result"),
}
"""Key → Chinese, English. Keys of figures are those of the JSON report."""


def words(language: Language) -> Mapping[str, str]:
    """
    Return all words of one language.

    >>> words(Language.CHINESE)["execution_rate"]
    '执行率'
    """
    place = 0 if language is Language.CHINESE else 1
    return {key: both[place] for key, both in _WORDS.items()}


def money_unit(settings: Settings) -> str:
    """
    Return what the reports of a ledger count money in.

    >>> money_unit(Settings())
    '万元'
    """
    code = settings.currency.code
    if code == "CNY":
        return "万元" if settings.scale is Scale.WAN else "元"
    return f"10,000 {code}" if settings.scale is Scale.WAN else code
