import random

import pytest

from .histories import draw
from .tally import Differs, Tally
from .trials import many, summed, trial


def test_a_few_short_histories_agree_with_the_model_in_every_figure():
    """No figure differs."""
    seeds = [1, 8, 23, 42]

    total = summed(trial(seed, length=16, cuts=1) for seed in seeds)

    assert not total.differences, total.text()
    assert total.figures > 3_000


@pytest.mark.long
def test_a_million_figures_agree_with_the_model():
    """As many histories as a million figures need, from a seed nobody used before."""
    first = random.randrange(10**9)

    total = summed(many(range(first, first + 5000)), enough=1_000_000)

    print(f"\nseeds from {first}: {total.text()}")
    assert not total.differences, total.text()
    assert total.figures >= 1_000_000


def test_a_comparison_can_fail():
    """A figure that is off by one in the last place is a difference."""
    tally = Tally()
    tally.one("disbursed", "48600.00", "48600.00")

    with pytest.raises(Differs, match=r"48600\.01"):
        tally.one("disbursed", "48600.01", "48600.00")


def test_numbers_that_are_equal_but_of_another_type_differ():
    """A float is no amount, even where it has the same value."""
    with pytest.raises(Differs):
        Tally().one("disbursed", 1.0, 1)


def test_the_same_seed_draws_the_same_history():
    """What differs can be shown again from its seed."""
    assert draw(3) == draw(3)
