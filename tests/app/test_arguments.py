"""What Python itself would not take is refused in words, with the field."""

from datetime import date

import pytest

from ledger import Ledger
from ledger.app.arguments import misfit
from ledger.errors import InvalidInput
from support import PROJECT, Clock, approval

MARCH = date(2023, 3, 31)


@pytest.fixture
def ledger():
    """Return a ledger with a project."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as opened:
        opened.append(approval())
        yield opened


@pytest.mark.parametrize(
    ("call", "field", "expected"),
    [
        (lambda own: own.view("2023-03-31"), "argument", "by its name: through"),
        (lambda own: own.disburse(5, 1, voucher="1", on=MARCH), "project", "str"),
        (lambda own: own.disburse(None, 1, voucher="1", on=MARCH), "project", "str"),
        (lambda own: own.disburse(PROJECT, voucher="1", on=MARCH), "amount", "int"),
        (
            lambda own: own.retract_result(PROJECT, "i", 5, on=MARCH, reason="r"),
            *("of", "str"),
        ),
        (
            lambda own: own.close_project(PROJECT, on=MARCH, carried_over=5),
            *("carried_over", "Mapping"),
        ),
        (lambda own: own.revise_plan(PROJECT, [], on=MARCH), "checkpoints", "Mapping"),
        (lambda own: own.seal("k.key"), "key", "PrivateKey"),
        (lambda own: own.append([approval("P-2")]), "events", "BudgetApproved"),
        (lambda own: own.import_forms(None), "sources", "PathLike"),
        (lambda own: setattr(own, "policy", 5), "policy", "Policy"),
        (lambda _: Ledger(":memory:", settings={}), "settings", "Settings"),
        (lambda _: Ledger.open(":memory:", actr="a"), "keyword", "actor"),
    ],
)
def test_what_python_would_not_take_is_refused_in_words(ledger, call, field, expected):
    """The field is named, and what would be right; nothing is recorded."""
    before = ledger.position
    with pytest.raises(InvalidInput, match=expected) as refused:
        call(ledger)
    assert refused.value.field == field
    assert ledger.position == before


def test_an_error_of_what_was_given_rightly_stays_what_it_is(ledger):
    """Only what was given wrongly is called so; ours may hide no slip of our own."""
    assert misfit(type(ledger).view, (ledger,), {"through": MARCH}) is None
