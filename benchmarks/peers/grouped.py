"""Sums by group, as engines over tables give them, put together as figures."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from workload import Answer, Figures, Workload, rate

Rows = Iterable[tuple[Any, ...]]


class Grouped(NamedTuple):
    """
    What an engine found.

    Attributes:
        budgets: Project, minor units.

        money: Project, month (0 for the sum to date), minor units.

        results: Project, indicator, sum of values, of numerators and of denominators,
            last value, last rating.
    """

    budgets: Rows
    money: Rows
    results: Rows


def answer(work: Workload, found: Grouped, *, monthly: bool) -> Answer:
    """Return the figures of each project."""
    budgets = {project: int(amount) for project, amount in found.budgets}
    months: dict[str, list[int]] = {code: [0] * 13 for code in budgets}
    for project, month, amount in found.money:
        months[project][month] += int(amount)
    results: dict[str, dict[str, int | str | None]] = defaultdict(dict)
    for project, name, *sums in found.results:
        results[project][name] = _figure(work.measures[name], *sums)
    return {
        code: Figures(
            budget,
            tuple(months[code][1:] if monthly else months[code][:1]),
            tuple(results[code][name] for name in work.measures),
        )
        for code, budget in budgets.items()
    }


def _figure(
    measure: str, total: Any, part: Any, whole: Any, last: Any, rating: Any
) -> int | str | None:
    if measure == "sum":
        return int(total)
    if measure == "ratio":
        return rate(int(part), int(whole))
    return str(rating) if isinstance(rating, str) else int(last)
