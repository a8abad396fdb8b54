"""Words for one of a few things: taken, or refused by name."""

from functools import partial

import pytest

from ledger import (
    AdjustmentKind,
    Funding,
    Indicator,
    InvalidInput,
    Policy,
    Rating,
    Settings,
    parse_target,
)
from ledger.events import (
    BudgetAdjusted,
    OutlookStated,
    ResultReported,
    VarianceExplained,
)
from support import PROJECT, approval, day

ADJUSTED = partial(
    BudgetAdjusted,
    project=PROJECT,
    on=day(6),
    amounts=(Funding(source="fiscal", amount=100),),
)
EXPLAINED = partial(VarianceExplained, project=PROJECT, on=day(6), text="why")
OUTLOOK = partial(OutlookStated, project=PROJECT, on=day(6), indicator="次数")
INDICATOR = partial(
    Indicator,
    level1="产出指标",
    level2="数量指标",
    name="次数",
    target=parse_target("≥10次", fiscal_year=2023).target,
)
# What takes a word, the field, a misspelt word and the right one.
WORDS = [
    (ADJUSTED, "kind", "suplement", "supplement"),
    (EXPLAINED, "category", "fundings", "funding"),
    (OUTLOOK, "likelihood", "posible", "possible"),
    (
        partial(ResultReported, project=PROJECT, on=day(6), indicator="次数"),
        "rating",
        "atained",
        "attained",
    ),
    (INDICATOR, "measure", "som", "sum"),
    (INDICATOR, "direction", "higer", "higher"),
    (Settings, "convention", "liner", "linear"),
    (Settings, "language", "zhh", "zh"),
    (Settings, "scale", "1000", "10000"),
    (Policy, "ceiling", "deviations", "deviation"),
    (Policy, "proration", "tim", "time"),
]


@pytest.mark.parametrize(("make", "name", "wrong", "right"), WORDS)
def test_a_word_is_taken_and_a_misspelt_one_is_named(make, name, wrong, right):
    """The field, what was found, the words and the nearest one are in the message."""
    assert getattr(make(**{name: right}), name).value == right
    with pytest.raises(
        InvalidInput, match=f"^{name}: .*one of.*did you mean '{right}'"
    ):
        make(**{name: wrong})


@pytest.mark.parametrize("value", [1, b"supplement", ["supplement"], "", None])
def test_what_is_no_word_is_refused(value):
    """Whatever stands there, the error is the library's own."""
    with pytest.raises(InvalidInput, match="kind"):
        ADJUSTED(kind=value)


def test_words_are_recorded_as_what_they_stand_for(ledger):
    """An event with words is the event without."""
    ledger.append(approval())
    (recorded,) = ledger.append(ADJUSTED(kind="supplement"))
    assert recorded.event.kind is AdjustmentKind.SUPPLEMENT
    assert recorded.event == ADJUSTED(kind=AdjustmentKind.SUPPLEMENT)


def test_methods_take_words_and_name_misspelt_ones(ledger):
    """Nothing is recorded, and no error of another kind is raised."""
    ledger.append(approval())
    with pytest.raises(InvalidInput, match="did you mean 'supplement'"):
        ledger.adjust_budget(PROJECT, "suplement", 5, on=day(6))
    with pytest.raises(InvalidInput, match="category"):
        ledger.explain_variance(PROJECT, "money", "why", on=day(6))
    with pytest.raises(InvalidInput, match="likelihood"):
        ledger.state_outlook(PROJECT, on=day(6), likelihood=Rating.PARTLY)
    assert ledger.position == 1
