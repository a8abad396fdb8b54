"""
The figure registry: one row a figure that reports give, for all who give it.

A figure is a property of a line of the projections, and a row here. JSON, CSV, tidy
rows, workbooks, pages, texts, explanations and attributions read the rows of a table
when they are called; none of them lists figures itself.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin, BudgetPart
from ledger.domain.event_type import Flow
from ledger.figures import indicator_figures
from ledger.figures.commitment_figures import CONTRACTED, OPEN, OVERDUE, RESERVED
from ledger.figures.figure import (
    Figure,
    FigureKind,
    Ground,
    PlanFollowed,
    Scope,
    Width,
    amount,
)

_JUDGED: Final = frozenset({Ground.COUNTED, Ground.TARGET})
_POLICY: Final = frozenset({Ground.POLICY})
_EASED: Final = frozenset({Ground.EASING})
_ROWS: Final = frozenset({Ground.ROWS})
_PLANS: Final = frozenset({Ground.PLAN})
_KINDS_READ: Final = (FigureKind.MONEY, FigureKind.DATE, FigureKind.RATE)

# Money. In this order errors list them: what others are made of comes first.

_ORIGINAL_BUDGET: Final = amount("original_budget", flows=(Flow.BUDGET,), founding=True)
_CURRENT_BUDGET: Final = Figure(
    "current_budget",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.LIST,
    flows=(Flow.BUDGET,),
)


def _part(key: str, part: BudgetPart) -> Figure:
    return amount(key, flows=(Flow.BUDGET,), budget_part=part)


_CARRIED_IN: Final = _part("carried_in", AdjustmentKind.CARRIED_IN)
_CARRY_RETURNED: Final = _part("carry_returned", AdjustmentKind.CARRY_RETURNED)
_PARTS: Final = (
    _part("in_year_budget", BudgetOrigin.IN_YEAR),
    _part("supplements", AdjustmentKind.SUPPLEMENT),
    _part("virements_in", AdjustmentKind.VIREMENT_IN),
    _CARRIED_IN,
    _part("reductions", AdjustmentKind.REDUCTION),
    _part("virements_out", AdjustmentKind.VIREMENT_OUT),
    _part("recalls", AdjustmentKind.RECALL),
    _CARRY_RETURNED,
)
"""The original budget with these makes the current one, each with its own sign."""

_NEW_MONEY: Final = amount(
    "new_money", parts=(+_CURRENT_BUDGET, -_CARRIED_IN, +_CARRY_RETURNED)
)
_PLANNED: Final = Figure(
    "planned", FigureKind.MONEY, narrowest=Width.LIST, plan=PlanFollowed.IN_FORCE
)
_PLAN_REASON: Final = Figure(
    "plan_reason",
    FigureKind.REASON,
    narrowest=Width.PAGE,
    grounds=_PLANS,
)
_ORIGINAL_PLANNED: Final = Figure(
    "original_planned", FigureKind.MONEY, plan=PlanFollowed.FIRST
)
_DISBURSED: Final = Figure(
    "disbursed",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.LIST,
    flows=(Flow.DISBURSED,),
)
_COMMITTED: Final = Figure(
    "committed",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    parts=(+_DISBURSED, +OPEN),
    of_commitments=True,
)
_CLOSED_ON: Final = Figure(
    "closed_on",
    FigureKind.DATE,
    scope=Scope.LINE,
    narrowest=Width.PAGE,
    grounds=frozenset({Ground.CLOSURE}),
)
_CARRIED_OVER: Final = amount(
    "carried_over", word="carried_forward", flows=(Flow.CARRIED_OVER,), of_closing=True
)
_LAPSED: Final = amount("lapsed", flows=(Flow.LAPSED,), of_closing=True)
_HANDED_ON: Final = amount("handed_on", flows=(Flow.HANDED_ON,), of_closing=True)
_WITHHELD: Final = Figure(
    "withheld",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    flows=(Flow.HANDED_ON,),
    of_closing=True,
    while_open=True,
)
_REFUNDED: Final = amount(
    "refunded", narrowest=Width.PAGE, flows=(Flow.REFUNDED,), is_rare=True
)
_AVAILABLE: Final = amount(
    "available",
    parts=(+_CURRENT_BUDGET, -_DISBURSED, -OPEN, -_CARRIED_OVER, -_LAPSED, -_WITHHELD),
)
_FREE: Final = amount(
    "free",
    unlike=_AVAILABLE,
    flows=tuple(flow for flow in Flow if flow.sign),
    grounds=frozenset({Ground.AHEAD}),
)
_EXECUTION_RATE: Final = Figure(
    "execution_rate",
    FigureKind.RATE,
    scope=Scope.SOURCE,
    narrowest=Width.LIST,
    exact="exact_rate",
    ratio=(_DISBURSED, _CURRENT_BUDGET),
)
_COMMITMENT_RATE: Final = Figure(
    "commitment_rate",
    FigureKind.RATE,
    scope=Scope.SOURCE,
    narrowest=Width.PAGE,
    exact="exact_commitment_rate",
    ratio=(_COMMITTED, _CURRENT_BUDGET),
    of_commitments=True,
)
_PLAN_RATE: Final = Figure(
    "plan_rate", FigureKind.RATE, narrowest=Width.SHEET, ratio=(_DISBURSED, _PLANNED)
)
_VARIANCE: Final = Figure(
    "variance", FigureKind.MONEY, narrowest=Width.LIST, parts=(+_DISBURSED, -_PLANNED)
)
_TIME_PROGRESS: Final = Figure(
    "time_progress", FigureKind.RATE, narrowest=Width.PAGE, exact="elapsed"
)
_CLOSED: Final = frozenset({Ground.CLOSURE})
_STATUS: Final = Figure(
    "status",
    FigureKind.STATUS,
    scope=Scope.PROJECT,
    flows=(Flow.BUDGET, Flow.DISBURSED),
    grounds=_JUDGED | _EASED | _ROWS | _PLANS | _POLICY | _CLOSED,
)
_MONEY_STATUS: Final = Figure(
    "money_status",
    FigureKind.STATUS,
    scope=Scope.LINE,
    narrowest=Width.PAGE,
    flows=(Flow.BUDGET, Flow.DISBURSED),
    grounds=_PLANS | _POLICY | _CLOSED,
)
_CALENDAR_STATUS: Final = Figure(
    "calendar_status",
    FigureKind.STATUS,
    scope=Scope.LINE,
    narrowest=Width.PAGE,
    flows=(Flow.BUDGET, Flow.DISBURSED),
    grounds=_POLICY,
)

MONEY: tuple[Figure, ...] = (
    _ORIGINAL_BUDGET,
    *_PARTS,
    _CURRENT_BUDGET,
    _NEW_MONEY,
    _PLANNED,
    _PLAN_REASON,
    _ORIGINAL_PLANNED,
    _DISBURSED,
    RESERVED,
    CONTRACTED,
    OPEN,
    _COMMITTED,
    *OVERDUE,
    _CLOSED_ON,
    _CARRIED_OVER,
    _LAPSED,
    _HANDED_ON,
    _WITHHELD,
    _AVAILABLE,
    _REFUNDED,
    _FREE,
    _EXECUTION_RATE,
    _COMMITMENT_RATE,
    _PLAN_RATE,
    _VARIANCE,
    _TIME_PROGRESS,
    _STATUS,
    _MONEY_STATUS,
    _CALENDAR_STATUS,
)
"""Figures of a project and its funding sources; parts come before what uses them."""

MONTHS: tuple[Figure, ...] = (
    Figure("planned", FigureKind.MONEY, plan=PlanFollowed.IN_FORCE),
    Figure("disbursed", FigureKind.MONEY, flows=(Flow.DISBURSED,)),
    Figure(
        "cumulative_planned",
        FigureKind.MONEY,
        plan=PlanFollowed.IN_FORCE,
        cumulative=True,
    ),
    Figure(
        "cumulative_disbursed",
        FigureKind.MONEY,
        flows=(Flow.DISBURSED,),
        cumulative=True,
    ),
)
"""Figures of a month, of one project or of all."""


INDICATORS: tuple[Figure, ...] = indicator_figures.INDICATORS
"""Figures of an indicator and its target."""

GROUPS: tuple[Figure, ...] = (
    Figure("scored", FigureKind.COUNT),
    Figure("score", FigureKind.POINTS),
    Figure("possible_score", FigureKind.POINTS),
    Figure("score_rate", FigureKind.RATE),
)
"""Figures of the indicators of all projects under one level 1."""


def money(scope: Scope = Scope.TOTAL, width: Width = Width.DATA) -> tuple[Figure, ...]:
    """Return the figures of money that *scope* has, and a place of *width* shows."""
    return tuple(row for row in _shown(MONEY, width) if row.scope <= scope)


def of_list(whole: object) -> tuple[Figure, ...]:
    """Return what lists of projects show, and what came back where something did."""
    rows = money(width=Width.LIST)
    return reading((*rows, _REFUNDED) if is_told(_REFUNDED, whole) else rows)


def listed(scope: Scope = Scope.TOTAL, width: Width = Width.DATA) -> tuple[Figure, ...]:
    """Return figures of sums of money in the order of JSON: those of sources first."""
    return _listed(MONEY, scope, width)


def of_sums() -> tuple[Figure, ...]:
    """Return the figures of sums of projects that no source has, in that order."""
    return tuple(row for row in listed() if row.scope is not Scope.SOURCE)


def reading(rows: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures as people read them: amounts, what closings left, days, rates."""
    return tuple(sorted(rows, key=_reading_rank))


def with_parts(key: str) -> tuple[Figure, ...]:
    """Return a figure of money, after those that it is made of."""
    (row,) = (row for row in MONEY if row.key == key)
    return (*(part for part in MONEY if part in row.made_of), row)


def budget_parts() -> tuple[Figure, ...]:
    """Return the figures that make the current budget with the original one."""
    return _PARTS


def has_closing(line: object) -> bool:
    """Return whether a closing left something, in a line, a source or a sum."""
    return any(row.of(line) for row in MONEY if row.of_closing)


def rare_by(row: Figure) -> tuple[Figure, ...]:
    """Return the figures without which people are not shown a row; none, always."""
    if row.is_rare or row.budget_part is not None or row.kind is FigureKind.REASON:
        return (row,)
    if row.shown_with is not None:
        return (row.shown_with,)
    return tuple(figure for figure in row.made_of if figure.budget_part is not None)


def is_told(row: Figure, line: object) -> bool:
    """Return whether people are shown a figure: where there is something of it."""
    if row.of_closing:
        return has_closing(line)
    if row.unlike is not None:
        return bool(row.of(line) != row.unlike.of(line))
    told_by = rare_by(row)
    if told_by:
        return any(figure.of(line) for figure in told_by)
    return not row.of_commitments or any(
        each.of(line) for each in MONEY if each.flows and each.of_commitments
    )


def told(line: object, scope: Scope = Scope.TOTAL) -> tuple[Figure, ...]:
    """Return the figures of a line that people are shown of it, as they read them."""
    rows = money(scope, Width.PAGE)
    return reading(row for row in rows if is_told(row, line))


def of_project() -> tuple[Figure, ...]:
    """Return a project's figures that are no sums: its statuses, then its days."""
    return _of_project(MONEY)


def months() -> tuple[Figure, ...]:
    """Return the figures of a month."""
    return MONTHS


def groups() -> tuple[Figure, ...]:
    """Return the figures of a group of indicators."""
    return GROUPS


def indicators(
    width: Width = Width.DATA, lines: Iterable[object] = ()
) -> tuple[Figure, ...]:
    """
    Return the figures of an indicator that a place of *width* shows.

    Args:
        lines: Of the rare figures only those are shown that one of them has.
    """
    usual, rare = _by_rarity(INDICATORS, width)
    if not lines:
        return usual
    among = list(lines)
    return (*usual, *(row for row in rare if any(map(row.of, among))))


@lru_cache(maxsize=16)
def _shown(rows: tuple[Figure, ...], width: Width) -> tuple[Figure, ...]:
    return tuple(row for row in rows if row.narrowest >= width)


@lru_cache(maxsize=16)
def _by_rarity(
    rows: tuple[Figure, ...], width: Width
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Return what a place shows always, and what only where there is some of it."""
    shown = _shown(rows, width)
    usual = tuple(row for row in shown if not row.is_rare)
    return usual, tuple(row for row in shown if row.is_rare)


@lru_cache(maxsize=16)
def _listed(rows: tuple[Figure, ...], scope: Scope, width: Width) -> tuple[Figure, ...]:
    """Return them of a table: a report asks for each of its lines."""
    shown = [row for row in _shown(rows, width) if row.scope <= scope]
    of_source = reading(row for row in shown if row.scope is Scope.SOURCE)
    return (*of_source, *(row for row in shown if row.scope is not Scope.SOURCE))


@lru_cache(maxsize=16)
def _of_project(rows: tuple[Figure, ...]) -> tuple[Figure, ...]:
    own = [row for row in rows if row.scope > Scope.TOTAL]
    return tuple(sorted(own, key=lambda row: row.kind is not FigureKind.STATUS))


def _reading_rank(row: Figure) -> tuple[int, bool]:
    kinds = _KINDS_READ
    place = kinds.index(row.kind) if row.kind in kinds else len(kinds)
    return place, row.of_closing
