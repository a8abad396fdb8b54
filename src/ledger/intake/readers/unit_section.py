"""A unit's goals in the prose of part one of a published document."""

import re
from collections.abc import Sequence
from typing import Any, Final

from ledger.domain.target_kind import SIGNS_OF_ONE_SIDE, USUAL_OR_EQUAL

_SECTION: Final = re.compile(r"[一二三四五六七八九十]+[、.．]\s*(?P<title>.+)")
_ITEM: Final = re.compile(r"[0-9]{1,2}\s*[、.．]\s*(?P<title>.+)")
_LABELLED: Final = re.compile(r"(?P<label>绩效目标|绩效指标)\s*[：:]\s*(?P<text>.*)")
_QUANTITY: Final = re.compile(
    rf"(?:[{SIGNS_OF_ONE_SIDE}]|{'|'.join(USUAL_OR_EQUAL)})?"
    r"\s*[0-9][0-9,]*(?:\.[0-9]+)?\s*"
    r"(?:%|％|万?[\u4e00-\u9fff])?(?:以上|以下|以内)?"
)


def read(lines: Sequence[str]) -> dict[str, Any] | None:
    """
    Return the unit's overall goal and its goals; ``None`` where there are none.

    Indicators are kept as they are printed, with the ``quantities`` named in each.
    """
    texts = [line.strip() for line in lines if line.strip()]
    overall = "".join(_section(texts, "总体"))
    goals: list[dict[str, Any]] = []
    label = "title"
    for text in _section(texts, "分项"):
        item, labelled = _ITEM.fullmatch(text), _LABELLED.fullmatch(text)
        if item:
            goals.append({"seq": len(goals) + 1, "title": item["title"]})
            label = "title"
        elif goals and labelled:
            label = {"绩效目标": "objective", "绩效指标": "indicators"}[
                labelled["label"]
            ]
            goals[-1][label] = labelled["text"]
        elif goals:
            goals[-1][label] += text
    for goal in goals:
        prose = [part.strip() for part in goal.get("indicators", "").split("；")]
        goal["indicators"] = [part for part in prose if part]
        goal["quantities"] = [
            [q.strip() for q in _QUANTITY.findall(part)] for part in goal["indicators"]
        ]
    if not overall and not goals:
        return None
    return {"overall_goal": overall or None, "goals": goals}


def _section(texts: Sequence[str], word: str) -> list[str]:
    """Return the lines under the first heading that has *word*."""
    found: list[str] = []
    inside = False
    for text in texts:
        heading = _SECTION.fullmatch(text)
        if heading:
            inside = word in heading["title"]
        elif inside:
            found.append(text)
    return found
