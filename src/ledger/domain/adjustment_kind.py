"""Ways in which a budget changes in the year, and what each does to it."""

from enum import StrEnum


class AdjustmentKind(StrEnum):
    """Ways in which a budget changes in the year: 追加, 追减, 调剂 (two legs), 收回."""

    SUPPLEMENT = "supplement"
    REDUCTION = "reduction"
    VIREMENT_IN = "virement_in"
    VIREMENT_OUT = "virement_out"
    RECALL = "recall"

    @property
    def sign(self) -> int:
        """1 where it adds to the budget, −1 where it takes from it."""
        adds = self in {AdjustmentKind.SUPPLEMENT, AdjustmentKind.VIREMENT_IN}
        return 1 if adds else -1

    @property
    def is_virement(self) -> bool:
        """Whether it is a leg of a virement, whose legs sum to zero."""
        return self in {AdjustmentKind.VIREMENT_IN, AdjustmentKind.VIREMENT_OUT}
