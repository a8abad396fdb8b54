"""
The correction of an adjustment, in the past tense.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date
from typing import Final

from attrs import field, frozen

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import AdjustmentKindWord
from ledger.domain.funding import Funding
from ledger.domain.given_fields import kind_given

UNDATED: Final = date.min
"""Stands in a line of a file for the day that a correction has by default."""


def _kind(value: AdjustmentKind | AdjustmentKindWord | None) -> AdjustmentKind | None:
    return None if value is None else kind_given(value)


@all_checked
@frozen(kw_only=True)
class AdjustmentCorrected:
    """
    An adjustment of the budget was a mistake: from this day on it is none.

    Attributes:
        of: The event id of the adjustment, in a request also its key.

        kind, amounts, document: Those of the adjustment, computed.

        adjusted_on: The day of the adjustment, computed.

        version: That of the adjustment in its stream, computed.
    """

    project: str
    on: date
    of: str
    reason: str
    kind: AdjustmentKind | None = field(default=None, converter=_kind)
    amounts: tuple[Funding, ...] = ()
    adjusted_on: date | None = None
    document: str | None = None
    version: int = 0
