"""What Python itself would not take is refused in words, with the field."""

from datetime import date

import pytest

from ledger import Evidence, Ledger
from ledger.domain.arguments import misfit
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
        (lambda own: own.disburse(5, 1, voucher="1", on=MARCH), "project", "1 to 100"),
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


def test_an_instant_may_be_text_as_on_the_command_line(ledger):
    """With its zone; a refusal says all that is taken."""
    (event,) = ledger.events()
    at = event.recorded_at
    text = at if isinstance(at, str) else at.isoformat()
    assert ledger.view(known_at=text).position == 1
    assert ledger.view(known_at="2000-01-01T00:00:00Z").position == 0
    assert len(list(ledger.events(known_at=text))) == 1
    for wrong in ("yesterday", "2023-07-10T12:00:00"):
        with pytest.raises(InvalidInput, match="from 0 to 1, or an instant with its"):
            ledger.view(known_at=wrong)


def test_evidence_may_be_a_uri_alone(ledger):
    """A script need not wrap it."""
    name = "开展就业培训数"
    uri = "https://example.org/1"
    recorded = ledger.report_result(PROJECT, name, "5", on=MARCH, evidence=uri)
    assert recorded.event.evidence == Evidence(uri=uri)
