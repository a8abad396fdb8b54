"""How a budget comes about: as which approval counts, and ways in which it changes."""

from collections.abc import Mapping
from typing import Final

from ledger.domain.choices import by_word_only
from ledger.messages.keyed_enum import KeyedEnum


@by_word_only
class BudgetOrigin(KeyedEnum):
    """Whether a budget was approved with the year's, or within the year: 年初, 年中."""

    ANNUAL = "annual"
    IN_YEAR = "in_year"


@by_word_only
class AdjustmentKind(KeyedEnum):
    """
    Ways in which a budget changes in the year.

    追加, 追减, 调剂 (two legs), 收回, 上年结转 (a leg of two, as is its return).
    """

    SUPPLEMENT = "supplement"
    REDUCTION = "reduction"
    VIREMENT_IN = "virement_in"
    VIREMENT_OUT = "virement_out"
    RECALL = "recall"
    CARRIED_IN = "carried_in"
    CARRY_RETURNED = "carry_returned"

    @property
    def sign(self) -> int:
        """1 where it adds to the budget, −1 where it takes from it."""
        adds = {
            AdjustmentKind.SUPPLEMENT,
            AdjustmentKind.VIREMENT_IN,
            AdjustmentKind.CARRIED_IN,
        }
        return 1 if self in adds else -1

    @property
    def is_virement(self) -> bool:
        """Whether it is a leg of a virement, whose legs sum to zero."""
        return self in {AdjustmentKind.VIREMENT_IN, AdjustmentKind.VIREMENT_OUT}

    @property
    def is_carry(self) -> bool:
        """Whether it is a leg whose other one stands in the year before."""
        return self in {AdjustmentKind.CARRIED_IN, AdjustmentKind.CARRY_RETURNED}


BudgetPart = AdjustmentKind | BudgetOrigin
"""A part of a budget but the original one: an adjustment or an in-year approval."""

BudgetParts = Mapping[str, int]
"""What each part comes to, by its key, in minor units; all are positive."""

NO_PARTS: Final[BudgetParts] = {}
"""Shared by all that is as it was approved first."""


def added(one: BudgetParts, other: BudgetParts) -> BudgetParts:
    """
    Return the sums of both.

    >>> kind = AdjustmentKind.RECALL
    >>> added({kind: 3}, {kind: 4, AdjustmentKind.SUPPLEMENT: 1})[kind]
    7
    """
    if not one or not other:
        return one or other
    both = {**one, **other}
    return {part: one.get(part, 0) + other.get(part, 0) for part in both}
