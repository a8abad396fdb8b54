"""The events that an explanation lists give the figure again."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger import ATTAINMENT, EXECUTION, Ledger, Policy, Settings
from ledger.projections.execution import execution_line
from properties.strategies import days, first, requests, taken
from support import PROJECT

MONEY = st.sampled_from(
    [
        "original_budget",
        "current_budget",
        "planned",
        "disbursed",
        "available",
        "execution_rate",
        "plan_rate",
        "variance",
    ]
)


@given(requests(), days, MONEY, st.data())
def test_the_events_that_count_give_the_money_again(drawn, through, figure, data):
    """Folded alone, with the approval, they come to the same figure."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        taken(ledger, drawn)
        at = data.draw(st.integers(1, ledger.position), label="known_at")
        why = ledger.explain(PROJECT, figure, through=through, known_at=at)
        counted = {each.position for each in why.rests_on()} | {1}
        events = [e for e in ledger.events() if e.position in counted]
    state = EXECUTION.fold(f"project:{PROJECT}", events)
    line = execution_line(state, date.max, Settings(), Policy())
    if figure in {"planned", "plan_rate", "variance"}:
        line = execution_line(state, through, Settings(), Policy())
    assert getattr(line, figure) == why.value


@given(requests(), days)
def test_no_event_that_counts_could_be_left_out(drawn, through):
    """Without any one of them another sum would come out."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        taken(ledger, drawn)
        why = ledger.explain(PROJECT, "disbursed", through=through)
        counted = [each.position for each in why.rests_on()]
        events = [e for e in ledger.events() if e.position in {1, *counted}]
    whole = sum(abs(e.event.amount) for e in events if e.position != 1)
    says = sum(abs(float(each.says)) for each in why.rests_on())
    assert round(says * 100) == whole


@given(requests(), days)
def test_the_events_that_count_give_the_result_again(drawn, through):
    """Results that were left out play no part in the indicator's figure."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        taken(ledger, drawn)
        name = "开展就业培训数"
        why = ledger.explain(PROJECT, f"indicators.{name}.result", through=through)
        counted = {each.position for each in why.rests_on()} | {1}
        events = [e for e in ledger.events() if e.position in counted]
    tracked = ATTAINMENT.fold(f"project:{PROJECT}", events).tracked[name]
    results = [each.value for each in tracked.results]
    assert (sum(map(int, results)) if results else None) == why.value
