"""What the tools for plain-text accounting have in common: money, by account."""

from collections import defaultdict
from collections.abc import Iterable

from workload import Answer, Figures


def answer(postings: Iterable[tuple[str, int, int]], *, monthly: bool) -> Answer:
    """
    Return figures of money from sums by account.

    Args:
        postings: Account, month from 1, minor units.
    """
    budgets: dict[str, int] = {}
    months: dict[str, list[int]] = defaultdict(lambda: [0] * 12)
    for account, month, amount in postings:
        kind, _, code = account.rpartition(":")
        if kind == "Expenses":
            months[code][month - 1] += amount
        elif kind == "Equity:Budget":
            budgets[code] = budgets.get(code, 0) + amount
    return {
        code: Figures(
            budget, tuple(months[code]) if monthly else (sum(months[code]),), None
        )
        for code, budget in budgets.items()
    }


def minor(amount: str) -> int:
    """
    Return an amount as these tools print it in minor units.

    >>> minor("-1,234.5 CNY"), minor("0")
    (-123450, 0)
    """
    number = amount.removesuffix(" CNY").replace(",", "")
    whole, _, rest = number.partition(".")
    sign = -1 if number.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(f"{rest:0<2}"))
