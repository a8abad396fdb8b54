"""Points of the self-evaluation: scores and grades (财预〔2020〕10号)."""

from decimal import Decimal
from typing import Final

from ledger.domain.exact_numbers import Exact, Share, ratio, rounded
from ledger.domain.scoring_rule import ScoringRule

_CENTS: Final = 2


def capped(share: Exact) -> Exact:
    """Return a share as points use it: from 0 to 1."""
    return max(0, min(1, share))


def indicator_score(
    weight: Decimal | None, share: Decimal | Share | None
) -> Decimal | None:
    """
    Return the points earned: the full weight when met, else weight × exact share.

    Two decimals, half up; ``None`` where either is undefined.

    >>> indicator_score(Decimal("12.5"), Decimal("0.838"))
    Decimal('10.48')
    >>> indicator_score(Decimal("15.05"), (9, 14))
    Decimal('9.68')
    """
    if weight is None or share is None:
        return None
    part, whole = ratio(share)
    points, parts = weight.as_integer_ratio()
    return rounded((points * max(0, min(part, whole)), parts * whole), _CENTS)


def capped_total(
    total: Decimal, execution_rate: Decimal | Exact | None, rule: ScoringRule
) -> Decimal:
    """
    Return a total no higher than the caps of the rule allow at an execution rate.

    >>> rule = ScoringRule(execution_caps=((Decimal("0.5"), 60),))
    >>> capped_total(Decimal("84.50"), Decimal("0.43"), rule)
    Decimal('60')
    """
    if execution_rate is None:
        return total
    caps = [most for rate, most in rule.execution_caps if execution_rate < rate]
    return min([total, *map(Decimal, caps)])


def grade(total: Decimal, rule: ScoringRule) -> str:
    """
    Return the grade of a total of 100.

    >>> grade(Decimal("89.99"), ScoringRule())
    'good'
    """
    return next(name for name, least in rule.grades if total >= least)
