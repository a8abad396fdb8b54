"""What forms take of a person's conclusion."""

import pytest

from ledger import Ledger
from support import PROJECT, approval


@pytest.mark.parametrize(("length", "noted"), [(200, False), (201, True)])
def test_a_conclusion_that_no_form_has_room_for_is_noted(length, noted):
    """Forms such as that of Sichuan take two hundred characters of each."""
    with Ledger(":memory:", actor="t") as ledger:
        ledger.append(approval())
        ledger.state_conclusion(
            PROJECT, "好", problems="题" * length, on="2023-12-31", about=2023
        )
        evaluation = ledger.self_evaluation(2023)
    codes = [each.code for each in evaluation.findings]
    assert ("conclusion.too_long" in codes) is noted
    assert "conclusion.too_long" not in [each.code for each in evaluation.missing]
