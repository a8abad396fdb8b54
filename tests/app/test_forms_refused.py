"""What a revised form may not say: of carried-over money."""

import pytest

from ledger import Funding, InvalidInput
from ledger.events import FormRevised
from support_carries import CARRIED, MARCH, approved, figures, opened, sound


def printed(ledger, *parts):
    """Record that the form prints other amounts of the year before, in fen."""
    carried = tuple(Funding(source=source, amount=amount) for source, amount in parts)
    ledger.append(FormRevised(project="P", on=MARCH, carried=carried))


def test_a_form_may_print_other_amounts_of_the_year_before():
    """None at all, too: what was announced is then not expected any more."""
    with opened() as ledger:
        ledger.append(approved(fiscal=100, carried=300))
        printed(ledger, (CARRIED, 200_00))
        assert figures(ledger)[2] == 200
        printed(ledger, (CARRIED, 0))
        assert figures(ledger)[2] == 0
        sound(ledger)


@pytest.mark.parametrize(
    "parts",
    [
        [("fiscal", 100)],
        [(CARRIED, 100), ("fiscal", 100)],
        [("上年结转", 100)],
        [(CARRIED, -1)],
    ],
)
def test_what_it_prints_is_of_the_year_before(parts):
    """In the names that are stored; nothing is recorded of what is refused."""
    with opened() as ledger:
        ledger.append(approved(fiscal=100, carried=300))
        root = ledger.root
        with pytest.raises(InvalidInput, match=r"carried|amount|source"):
            printed(ledger, *parts)
        assert ledger.root == root


def test_what_printed_nothing_of_the_year_before_prints_nothing_of_it_later():
    """Its approval says so: the money comes as an adjustment."""
    with opened() as ledger:
        ledger.append(approved(fiscal=100))
        with pytest.raises(InvalidInput, match="carried"):
            printed(ledger, (CARRIED, 100))
