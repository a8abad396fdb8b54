"""Shapes of what a report says of how its figures were made and judged."""

from typing import TypedDict

from ledger.domain.choice_words import ConventionKey, YearNamingKey


class SettingsJson(TypedDict):
    """The conventions of a ledger that its figures follow."""

    first_month: int
    first_day: int
    year_named_for: YearNamingKey
    convention: ConventionKey
    allow_exceptions: bool
    refuse_old_carry: bool


class PolicyJson(TypedDict):
    """The thresholds that statuses are judged by, as shares."""

    behind_below: str
    at_risk_below: str
    level_behind_below: str
    exceeded_from: str
    money_behind_below: str
    money_at_risk_below: str
    money_against: str
    money_ahead_from: str
    money_ahead_by: str
    ceiling: str
    proration: str
    unequal_parts: str
    outputs_due: str
    outcomes_due: str


class JudgedByJson(TypedDict):
    """Whose terms a report is judged by, and what set those of the ledger."""

    by: str
    position: int | None
    on: str | None


class ScoringJson(TypedDict):
    """What points are given by; lists hold pairs."""

    points: list[list[str | int]]
    points_with_cost: list[list[str | int]]
    grades: list[list[str | int]]
    exceeding_deduction: str
    execution_caps: list[list[str | int]]
    weight_unit: str
