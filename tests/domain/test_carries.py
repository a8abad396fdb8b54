"""The rules of money that passes from a closed year into the next, asked alone."""

from datetime import date

import pytest

from ledger import Funding, InvalidInput, Settings
from ledger.domain.carry_rules import (
    decide_carry,
    decide_hand_over,
    decide_return,
    left_to_hand_on,
)
from ledger.errors import CarryExceeded, UnknownProject, UnknownSource
from ledger.events import (
    BudgetAdjusted,
    CarriedOver,
    CarriedPart,
    CarryReturned,
    ProjectClosed,
)
from ledger.projections.execution import EXECUTION
from properties.test_plain_fold import recorded
from support import PROJECT, approval

END, NEXT = date(2023, 12, 31), date(2024, 2, 1)
OLD, OTHER = "carried_over/fiscal", "carried_over/other"
SETTINGS = Settings()


def parts(**amounts):
    """Return amounts by source; a double underscore is a slash."""
    return tuple(
        Funding(source=name.replace("__", "/"), amount=amount)
        for name, amount in amounts.items()
    )


def money(*events):
    """Return the money of a project-year after its events."""
    return EXECUTION.fold(f"project:2023:{PROJECT}", recorded(events))


def carried_in(amounts, **more):
    """Return the leg of the year after."""
    return BudgetAdjusted(
        project=PROJECT, on=date(2023, 2, 1), kind="carried_in", amounts=amounts, **more
    )


def closed():
    """Return a year with money of two earlier years, closed, all of it carried on."""
    both = parts(carried_over__fiscal=50, carried_over__other=40)
    since = (
        CarriedPart(source=OLD, since=2021, amount=20),
        CarriedPart(source=OLD, since=2022, amount=30),
        CarriedPart(source=OTHER, since=2022, amount=40),
    )
    return money(
        approval(),
        carried_in(both, since=since),
        ProjectClosed(project=PROJECT, on=END, carried_over=both),
    )


def handed(kind, on=NEXT, **amounts):
    """Return the leg of the closed year."""
    return kind(project=PROJECT, on=on, year=2023, amounts=parts(**amounts))


@pytest.mark.parametrize("on", [END, date(2025, 1, 1)])
@pytest.mark.parametrize(
    ("kind", "decide"),
    [(CarriedOver, decide_hand_over), (CarryReturned, decide_return)],
)
def test_money_passes_within_the_next_year(kind, decide, on):
    """Both ways; and only where there was a year."""
    gone = handed(CarriedOver, carried_over__fiscal=50)
    state = EXECUTION.evolve(closed(), recorded([gone])[0])
    with pytest.raises(InvalidInput, match="2024-01-01"):
        decide(state, handed(kind, on, carried_over__fiscal=1), SETTINGS)
    with pytest.raises(UnknownProject):
        decide(money(), handed(kind, carried_over__fiscal=1), SETTINGS)


def test_the_year_that_money_is_of_is_counted_source_by_source():
    """What went of one source makes the money of another no younger."""
    state = closed()
    for asked, since in (
        ({"carried_over__other": 40}, [(OTHER, 2022, 40)]),
        ({"carried_over__fiscal": 30}, [(OLD, 2021, 20), (OLD, 2022, 10)]),
        ({"carried_over__fiscal": 20}, [(OLD, 2022, 20)]),
    ):
        leg = decide_hand_over(state, handed(CarriedOver, **asked), SETTINGS)
        assert [(p.source, p.since, p.amount) for p in leg.since] == since
        state = EXECUTION.evolve(state, recorded([leg])[0])


def test_what_is_given_back_is_a_source_of_the_new_year_and_is_spelled_alike():
    """Another is unknown, and not only short."""
    state = money(approval(), carried_in(parts(carried_over__fiscal=50)))
    asked = {"project": PROJECT, "on": date(2023, 3, 1), "kind": "carry_returned"}
    back = BudgetAdjusted(amounts=parts(carried_over__other=1), **asked)
    with pytest.raises(UnknownSource):
        decide_carry(state, back, SETTINGS)
    spelled = (Funding(source="上年结转/财政资金", amount=5),)
    back = decide_carry(state, BudgetAdjusted(amounts=spelled, **asked), SETTINGS)
    assert back.amounts == parts(carried_over__fiscal=5)


def test_the_last_fen_is_handed_on_and_then_nothing_is_left():
    """Whether amounts are named or not."""
    ended = ProjectClosed(project=PROJECT, on=END, carried_over=parts(fiscal=1))
    state = money(approval(), ended)
    leg = decide_hand_over(state, handed(CarriedOver), SETTINGS)
    assert leg.amounts == parts(fiscal=1)
    state = EXECUTION.evolve(state, recorded([leg])[0])
    with pytest.raises(CarryExceeded) as over:
        decide_hand_over(state, handed(CarriedOver), SETTINGS)
    assert (over.value.requested, over.value.left) == (0, 0)


def test_a_part_of_several_sources_says_of_which_it_is():
    """What is asked for without one is named as it was asked."""
    both = parts(fiscal=5, other=4)
    ended = ProjectClosed(project=PROJECT, on=END, carried_over=both)
    state = money(approval(amounts=both), ended)
    with pytest.raises(InvalidInput, match="source: found carried over"):
        decide_hand_over(state, handed(CarriedOver, carried_over=8), SETTINGS)
    leg = decide_hand_over(state, handed(CarriedOver, carried_over=9), SETTINGS)
    assert leg.amounts == both


def test_money_of_the_year_before_has_the_name_that_it_had():
    """Also where that is like one of the new year: nobody has misspelt it."""
    state = money(approval(amounts=parts(fiscal__central=100)))
    leg = carried_in(parts(carried_over__fiscal__centra=50))
    assert decide_carry(state, leg, SETTINGS) == leg


def test_a_source_that_is_handed_on_wholly_is_none_that_has_something_left():
    """Nor is one that came back wholly among those that something comes back from."""
    both = parts(fiscal=5, other=4)
    ended = ProjectClosed(project=PROJECT, on=END, carried_over=both)
    state = money(approval(amounts=both), ended)
    gone = handed(CarriedOver, fiscal=5, other=3)
    state = EXECUTION.evolve(state, recorded([gone])[0])
    assert left_to_hand_on(state, NEXT) == {"other": 1}
    came = handed(CarryReturned, fiscal=5)
    state = EXECUTION.evolve(state, recorded([came])[0])
    unnamed = CarryReturned(
        project=PROJECT, on=NEXT, year=2023, amounts=(Funding(source="", amount=2),)
    )
    assert decide_return(state, unnamed, SETTINGS).amounts == parts(other=2)
