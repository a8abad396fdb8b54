"""Thresholds, ceilings and proration: how figures are judged, as values."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple, cast

from attrs import Attribute, field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import (
    CeilingFormulaWord,
    DueEveryWord,
    MoneyAgainstWord,
    ProrationWord,
    UnequalPartsWord,
)
from ledger.domain.choices import by_word_only, one_of
from ledger.domain.errors import InvalidInput
from ledger.domain.money import Amount, exact
from ledger.domain.status import Status
from ledger.domain.stored_fields import SPARSE
from ledger.messages import message, named
from ledger.messages.keyed_enum import KeyedEnum

_OF_MONEY: Final = (
    ("money_behind_below", Status.BEHIND),
    ("money_at_risk_below", Status.AT_RISK),
)
"""Thresholds of spending, the worst first: below which share it has which status."""

_OF_RESULTS: Final = (
    ("behind_below", Status.BEHIND),
    ("at_risk_below", Status.AT_RISK),
)
"""Thresholds of counts that do not meet their target yet, the worst first."""


class Threshold(NamedTuple):
    """
    A status, and the share below which it holds.

    Attributes:
        ratio: The share as a numerator and a denominator.
    """

    status: Status
    share: Decimal
    ratio: tuple[int, int]


def status_below(
    part: int, whole: int, thresholds: Sequence[Threshold], otherwise: Status
) -> Status:
    """
    Return the status of the worst threshold that a share lies below, if of any.

    Args:
        part: Of *whole*, which may be 0: then nothing lies below anything.

        thresholds: The worst first.
    """
    if whole > 0:
        for status, _, (above, under) in thresholds:
            if part * under < above * whole:
                return status
    return otherwise


@by_word_only
class CeilingFormula(KeyedEnum):
    """
    How attainment falls above a ceiling t.

    ``deviation`` is max(0, 1 − (a − t) ÷ t), as national platforms do; ``ratio`` is
    t ÷ a, as Hubei does.
    """

    DEVIATION = "deviation"
    RATIO = "ratio"


@by_word_only
class Proration(KeyedEnum):
    """What a sum's target is eased by within the year: time, or the spending plan."""

    TIME = "time"
    PLAN = "plan"


@by_word_only
class MoneyAgainst(KeyedEnum):
    """
    What spending is compared with: the spending plan, time, or both.

    Where no plan is in force, time; of both, the worse status holds.
    """

    PLAN = "plan"
    TIME = "time"
    BOTH = "both"


@by_word_only
class UnequalParts(KeyedEnum):
    """What becomes of a result whose parts do not make the whole of a sum or count."""

    KEPT = "kept"
    REFUSED = "refused"


@by_word_only
class DueEvery(KeyedEnum):
    """At the end of which periods of the fiscal year results are asked for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _outputs_due(value: DueEvery | DueEveryWord) -> DueEvery:
    return one_of(DueEvery, "outputs_due", value)


def _outcomes_due(value: DueEvery | DueEveryWord) -> DueEvery:
    return one_of(DueEvery, "outcomes_due", value)


def _unequal_parts(value: UnequalParts | UnequalPartsWord) -> UnequalParts:
    return one_of(UnequalParts, "unequal_parts", value)


def _money_against(value: MoneyAgainst | MoneyAgainstWord) -> MoneyAgainst:
    return one_of(MoneyAgainst, "money_against", value)


def _ceiling(value: CeilingFormula | CeilingFormulaWord) -> CeilingFormula:
    return one_of(CeilingFormula, "ceiling", value)


def _proration(value: Proration | ProrationWord) -> Proration:
    return one_of(Proration, "proration", value)


def _share(value: Amount) -> Decimal:
    """Take a share; what is no number is left to the check, which knows the field."""
    taken: Any = value
    with suppress(InvalidInput):
        taken = exact(value)
    return cast(Decimal, taken)


def _part(_: object, field: "Attribute[Decimal]", share: Decimal) -> None:
    if not 0 <= exact(share, field=field.name) <= 1:
        raise InvalidInput(field.name, share, message("expected.share"))


def _whole(_: object, field: "Attribute[Decimal]", share: Decimal) -> None:
    if exact(share, field=field.name) < 1:
        raise InvalidInput(field.name, share, message("expected.share_from_one"))


@all_checked
@frozen(kw_only=True, cache_hash=True)
class Policy:
    """
    The thresholds of every status (design 3.6); all are shares, 1 = 100 %.

    Attributes:
        behind_below: Of a count, as a share of the figure expected to date.

        at_risk_below: Of a count, as a share of the figure expected to date.

        level_behind_below: Of a level or a rate, as a share of its target: what falls
            short of it is behind below this, else at risk. A ceiling likewise.

        exceeded_from: Of a floor target; 财预〔2020〕10号 asks for an explanation.

        money_against: What spending is compared with.

        money_behind_below: Of what was due at the last checkpoint passed, or of the
            share of time: red.

        money_at_risk_below: Of the same: yellow.

        money_ahead_from: Of the plan read evenly by days: from here on a finding.

        money_ahead_by: Of the budget: at least as much above that line.

        unequal_parts: Whether a result whose parts do not make its whole is kept, with
            a finding, or refused.

        outputs_due: When results are asked for of what headings say is output or cost,
            and of sums of which they say nothing.

        outcomes_due: When they are asked for of benefit, satisfaction and impact, and
            of levels of which headings say nothing.

    Raises:
        InvalidInput: A share is not between 0 and 1 (*exceeded_from* and
            *money_ahead_from*: below 1), or a threshold is below that of a worse
            status.
    """

    behind_below: Decimal = field(
        default=Decimal("0.6"), converter=_share, validator=_part
    )
    at_risk_below: Decimal = field(
        default=Decimal("0.8"), converter=_share, validator=_part
    )
    level_behind_below: Decimal = field(
        default=Decimal("0.9"), converter=_share, validator=_part
    )
    exceeded_from: Decimal = field(
        default=Decimal("1.3"), converter=_share, validator=_whole
    )
    money_behind_below: Decimal = field(
        default=Decimal("0.6"), converter=_share, validator=_part
    )
    money_at_risk_below: Decimal = field(
        default=Decimal("0.8"), converter=_share, validator=_part
    )
    money_against: MoneyAgainst = field(
        default=MoneyAgainst.PLAN, converter=_money_against
    )
    money_ahead_from: Decimal = field(
        default=Decimal("1.3"), converter=_share, validator=_whole
    )
    money_ahead_by: Decimal = field(
        default=Decimal("0.1"), converter=_share, validator=_part
    )
    ceiling: CeilingFormula = field(
        default=CeilingFormula.DEVIATION, converter=_ceiling
    )
    proration: Proration = field(default=Proration.TIME, converter=_proration)
    unequal_parts: UnequalParts = field(
        default=UnequalParts.KEPT, converter=_unequal_parts, metadata=SPARSE
    )
    outputs_due: DueEvery = field(
        default=DueEvery.QUARTER, converter=_outputs_due, metadata=SPARSE
    )
    outcomes_due: DueEvery = field(
        default=DueEvery.YEAR, converter=_outcomes_due, metadata=SPARSE
    )

    def __attrs_post_init__(self) -> None:
        for table in (_OF_MONEY, _OF_RESULTS):
            for (worse, _), (better, _) in pairwise(table):
                least, share = getattr(self, worse), getattr(self, better)
                if share < least:
                    right = message(
                        "expected.threshold", least=least, worse=named(worse)
                    )
                    raise InvalidInput(better, share, right)

    @property
    def money_thresholds(self) -> tuple[Threshold, ...]:
        """Thresholds of spending, as shares of what is due; the worst first."""
        return _thresholds(self, _OF_MONEY)

    @property
    def result_thresholds(self) -> tuple[Threshold, ...]:
        """Thresholds of counts, as shares of the expected figure; the worst first."""
        return _thresholds(self, _OF_RESULTS)


@lru_cache(maxsize=64)
def _thresholds(
    policy: Policy, rows: tuple[tuple[str, Status], ...]
) -> tuple[Threshold, ...]:
    """Return thresholds of a policy; a report asks for them once a project."""
    shares = [(status, getattr(policy, name)) for name, status in rows]
    return tuple(Threshold(*one, one[1].as_integer_ratio()) for one in shares)
