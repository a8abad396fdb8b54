import pytest

from .histories import draw
from .tally import Differs, Tally


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
