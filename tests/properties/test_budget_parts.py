"""The law: on every day the current budget is the sum of the ways it came about."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, Policy, Settings
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.plain_budget import PlainBudget, after
from ledger.events import BudgetAdjusted
from ledger.figures import registry
from ledger.projections.execution import execution_line
from ledger.projections.execution_total import total
from ledger.store.state.packed_budget import _FOLLOWED_BY, PackedBudget
from support import approval

SIGNS = {row.key: 1 for row in registry.MONEY if row.key == "original_budget"} | {
    row.key: getattr(row.budget_part, "sign", 1)
    for row in registry.MONEY
    if row.budget_part
}
SOURCES = st.sampled_from(["fiscal", "other", "carried_over/fiscal"])
START, SETTINGS, POLICY = date(2023, 1, 1), Settings(), Policy()
DAYS = st.integers(0, 364).map(lambda number: START + timedelta(number))


@st.composite
def histories(draw):
    """Draw an approval and adjustments of every kind, whatever the rules would say."""
    amounts = st.dictionaries(SOURCES, st.integers(0, 10**6), min_size=1)
    first = approval(
        on=draw(DAYS),
        origin=draw(st.sampled_from(["annual", "in_year"])),
        amounts=tuple(
            Funding(source=source, amount=amount)
            for source, amount in draw(amounts).items()
        ),
    )
    adjustments = st.builds(
        BudgetAdjusted,
        project=st.just("P-1"),
        on=DAYS,
        kind=st.sampled_from(AdjustmentKind),
        amounts=st.builds(Funding, source=SOURCES, amount=st.integers(1, 10**6)).map(
            lambda one: (one,)
        ),
    )
    return [first, *draw(st.lists(adjustments, max_size=8))]


def line(events, through):
    """Return the money of the plain fold, which is that of the packed one."""
    plain, packed = (
        PlainBudget(project="P-1", fiscal_year=2023),
        PackedBudget("P-1", fiscal_year=2023),
    )
    for event in events:
        plain = after(plain, event)
        _FOLLOWED_BY[type(event)](packed, event)
    one, two = (
        execution_line(state, through, SETTINGS, POLICY) for state in (plain, packed)
    )
    for row in registry.listed():
        assert one is None or row.of(one) == row.of(two)
    return one


def came_about(money):
    """Return what the ways of change come to with the original budget."""
    parts = (sign * getattr(money, key) for key, sign in SIGNS.items())
    return sum(parts, Decimal(0))


@given(st.lists(histories(), min_size=1, max_size=3), DAYS)
def test_the_current_budget_is_the_sum_of_its_parts(projects, through):
    """Of each project, of each source, and of all; no part is negative."""
    lines = [one for each in projects if (one := line(each, through)) is not None]
    whole = total(lines, through, SETTINGS)
    for money in (*lines, whole, *whole.by_source.values()):
        assert came_about(money) == money.current_budget
        assert all(getattr(money, key) >= 0 for key in SIGNS)
    for one in lines:
        for part in one.by_source.values():
            assert came_about(part) == part.current_budget
        for key in SIGNS:
            parts = (getattr(part, key) for part in one.by_source.values())
            assert sum(parts, Decimal(0)) == getattr(one, key)


def test_every_change_has_a_figure():
    """One of its own, with the sign that the change has."""
    assert {row.budget_part for row in registry.MONEY if row.budget_part} == {
        *AdjustmentKind,
        "in_year",
    }
