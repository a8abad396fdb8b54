"""A goal of a unit, with what it will be judged by."""

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.indicator import Indicator
from ledger.domain.one_line import counted


@all_checked
@frozen(kw_only=True)
class Objective:
    """One goal of a unit, with what it will be judged by."""

    title: str
    objective: str | None = None
    indicators: tuple[Indicator, ...] = field(default=(), repr=counted)
