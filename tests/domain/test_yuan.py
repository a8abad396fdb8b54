"""A target whose unit of money lacks its 元: what is said to be right."""

import pytest

from ledger import parse_target


@pytest.mark.parametrize(
    ("printed", "right"),
    [("≤6.5 万\\次", "≤6.5 万元/次"), ("≤0.1万/件", "≤0.1万元/件")],
)
def test_what_is_right_has_the_same_value(printed, right):
    """Whoever prints it so means what was read, not a ten-thousandth of it."""
    target, findings = parse_target(printed)
    (found,) = [each for each in findings if each.code == "target.unit_lacks_yuan"]
    assert right in found.text("zh")
    again = parse_target(right)
    assert (again.target.value, again.target.unit) == (target.value, target.unit)
