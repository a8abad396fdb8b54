"""Each method, each argument changed: the conflict names that argument's field."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger, Objective, Settings
from ledger.errors import KeyConflict
from ledger.events import SpendingException
from support import Clock, approval, day, form, forms, indicator

NAME = indicator().name
NOW = datetime(2024, 6, 30, 9, tzinfo=UTC)
IN_2024 = date(2024, 3, 1)
FEE = SpendingException(allowed_by="a", reason="b")

FIELDS = {
    "source_project": "project",
    "target_project": "project",
    "amount": "amounts",
    "source": "amounts",
    "checkpoints": "plan",
    "through": "on",
}
"""Fields of events that arguments of methods have another name for."""

REQUESTS = {
    "disburse": (
        {"project": "A", "amount": 1, "voucher": "9", "on": day(4), "payee": "p"},
        {
            "project": "B",
            "amount": 2,
            "voucher": "8",
            "on": day(4, 2),
            "payee": "q",
            "source": "other",
            "description": "d",
            "exception": FEE,
        },
    ),
    "reverse_disbursement": (
        {"project": "A", "amount": 1, "of": "1", "voucher": "9", "on": day(4)},
        {
            "project": "B",
            "amount": 2,
            "of": "2",
            "voucher": "8",
            "on": day(4, 2),
            "source": "fiscal",
            "reason": "r",
        },
    ),
    "adjust_budget": (
        {"project": "A", "kind": "supplement", "amount": 1, "on": day(4)},
        {
            "project": "B",
            "kind": "reduction",
            "amount": 2,
            "on": day(4, 2),
            "source": "other",
            "document": "d",
            "reason": "r",
            "new_source": True,
        },
    ),
    "transfer": (
        {"source_project": "A", "target_project": "B", "amount": 1, "on": day(4)},
        {
            "source_project": "C",
            "target_project": "C",
            "amount": 2,
            "on": day(4, 2),
            "source": "other",
            "document": "d",
            "reason": "r",
        },
    ),
    "revise_plan": (
        {"project": "A", "checkpoints": {day(12): 1001}, "on": day(4)},
        {
            "project": "B",
            "checkpoints": {day(11): 1001},
            "on": day(4, 2),
            "reason": "r",
        },
    ),
    "commit": (
        {"project": "A", "commitment": "C-9", "amount": 1, "on": day(4)},
        {
            "project": "B",
            "commitment": "C-8",
            "amount": 2,
            "on": day(4, 2),
            "stage": "reserved",
            "source": "other",
            "payee": "p",
            "document": "d",
            "due_on": day(5),
        },
    ),
    "adjust_commitment": (
        {
            "project": "A",
            "commitment": "C-1",
            "kind": "increase",
            "amount": 1,
            "on": day(4),
            "reason": "r",
        },
        {
            "project": "B",
            "commitment": "C-2",
            "kind": "decrease",
            "amount": 2,
            "on": day(4, 2),
            "reason": "s",
            "document": "d",
        },
    ),
    "release_commitment": (
        {"project": "A", "commitment": "C-1", "on": day(4), "why": "finished"},
        {
            "project": "B",
            "commitment": "C-2",
            "amount": 1,
            "on": day(4, 2),
            "why": "cancelled",
        },
    ),
    "close_project": (
        {"project": "A", "year": 2023, "carried_over": {"fiscal": 1}},
        {
            "project": "B",
            "on": IN_2024,
            "year": 2022,
            "carried_over": {"fiscal": 2},
            "reason": "r",
        },
    ),
    "reopen_project": (
        {"project": "OLD", "year": 2023, "reason": "r"},
        {"project": "B", "year": 2022, "reason": "s"},
    ),
    "carry_over": (
        {"project": "OLD", "on": IN_2024},
        {
            "project": "B",
            "on": date(2024, 3, 2),
            "to_project": "NEW",
            "amounts": {"fiscal": 300},
            "year": 2022,
            "document": "d",
            "reason": "r",
        },
    ),
    "withdraw_approval": (
        {"project": "C", "on": day(4), "reason": "r"},
        {"project": "B", "on": day(4, 2), "reason": "s", "year": 2022},
    ),
    "revise_form": (
        {"project": "A", "on": day(4), "name": "n"},
        {
            "project": "B",
            "on": day(4, 2),
            "name": "m",
            "correction": True,
            "to_unit": "U-3",
            "purpose": "p",
            "goals": ["g"],
            "reason": "r",
        },
    ),
    "report_result": (
        {"project": "A", "indicator": NAME, "value": 1, "on": day(4)},
        {"project": "B", "indicator": "x", "value": 2, "on": day(4, 2), "text": "t"},
    ),
    "retract_result": (
        {"project": "A", "indicator": NAME, "of": "k-1", "on": day(4), "reason": "r"},
        {
            "project": "B",
            "indicator": "x",
            "of": "k-2",
            "on": day(4, 2),
            "reason": "s",
        },
    ),
    "revise_target": (
        {"project": "A", "indicator": NAME, "target": "≥12次", "on": day(4)},
        {
            "project": "B",
            "indicator": "x",
            "target": "≥13次",
            "on": day(4, 2),
            "reason": "r",
        },
    ),
    "explain_variance": (
        {"project": "A", "category": "other", "text": "t", "on": day(4)},
        {
            "project": "B",
            "category": "staffing",
            "text": "u",
            "on": day(4, 2),
            "indicator": NAME,
            "remedy": "r",
        },
    ),
    "order_rectification": (
        {
            "project": "A",
            "number": "1",
            "requirement": "q",
            "due": day(9),
            "on": day(4),
        },
        {
            "project": "B",
            "number": "2",
            "requirement": "p",
            "due": day(10),
            "on": day(4, 2),
        },
    ),
    "report_rectification": (
        {"project": "A", "number": "Z-1", "text": "t", "on": day(4)},
        {"project": "B", "number": "Z-2", "text": "u", "on": day(4, 2)},
    ),
    "close_rectification": (
        {"project": "A", "number": "Z-1", "on": day(4)},
        {"project": "B", "number": "Z-2", "on": day(4, 2), "reason": "r"},
    ),
    "assess_goal": (
        {"project": "A", "goal": 1, "achieved": "partly", "text": "t", "on": day(4)},
        {
            "project": "B",
            "goal": 2,
            "achieved": "attained",
            "text": "u",
            "on": day(4, 2),
        },
    ),
    "state_outlook": (
        {"project": "A", "amount": 10, "on": day(4)},
        {
            "project": "B",
            "on": day(4, 2),
            "indicator": NAME,
            "value": 3,
            "likelihood": "certain",
            "reason": "r",
        },
    ),
    "report_score": (
        {"project": "A", "score": 1, "on": day(4)},
        {
            "project": "B",
            "score": 2,
            "on": day(4, 2),
            "indicator": NAME,
            "reason": "r",
        },
    ),
    "set_objectives": (
        {
            "unit": "U-8",
            "name": "n",
            "objectives": (Objective(title="t"),),
            "fiscal_year": 2023,
            "on": day(4),
        },
        {
            "unit": "U-7",
            "name": "m",
            "objectives": (Objective(title="u"),),
            "on": day(4, 2),
            "overall_goal": "g",
            "execution_weight": 20,
        },
    ),
    "return_carry": (
        {"project": "OLD", "on": IN_2024, "amounts": {"fiscal": 1}},
        {
            "project": "B",
            "on": date(2024, 3, 2),
            "from_project": "NEW",
            "amounts": {"fiscal": 2},
            "year": 2022,
            "document": "d",
            "reason": "r",
        },
    ),
    "correct_adjustment": (
        {"of": "adjusted A", "reason": "r"},
        {"of": "adjusted B", "reason": "s", "on": day(4)},
    ),
    "reopen_period": (
        {"since": day(1), "through": day(2), "until": date(2024, 6, 30), "reason": "r"},
        {
            "since": day(1, 2),
            "through": day(2, 2),
            "until": date(2024, 7, 1),
            "reason": "s",
            "unit": "U-1",
            "for_actor": "a",
        },
    ),
    "close_period": (
        {"through": day(2, 28)},
        {"through": day(3, 31), "unit": "U-1", "year_end": True},
    ),
}
"""Arguments of each method that records, and others instead of them."""

CHANGES = [
    pytest.param(method, name, id=f"{method}-{name}")
    for method, (_, others) in REQUESTS.items()
    for name in others
]


@pytest.fixture(scope="module")
def made():
    """Record each request with the method's name as its key, in a ledger of its own."""

    def ledger_of(method):
        if method not in known:
            known[method] = _recorded(method)
        return known[method]

    known = {}
    yield ledger_of
    for each in known.values():
        each.close()


def _recorded(method):
    settings = Settings(language="en", allow_exceptions=True)
    ledger = Ledger.open(":memory:", actor="t", settings=settings, clock=Clock(NOW))
    for code in ("A", "B", "C", "OLD"):
        given = {} if code == "C" else {"indicators": (indicator(),)}
        ledger.append(approval(code, 100_000, goals=("g", "h"), **given))
    for code in ("A", "B"):
        ledger.disburse(code, 5, voucher="1", on=day(3), payee="p")
        ledger.disburse(code, 1, voucher="0", on=day(4), payee="p")
        more = {"on": day(3), "document": "d", "key": f"adjusted {code}"}
        ledger.adjust_budget(code, "supplement", 1, **more)
        ledger.commit(code, "C-1", 5, on=day(3))
    ledger.report_result("A", NAME, 1, on=day(3), key="k-1")
    ledger.order_rectification("A", "Z-1", "q", due=day(9), on=day(3))
    ledger.close_project("OLD", year=2023, carried_over={"fiscal": 300})
    if method == "close_project":
        ledger.release_commitment("A", "C-1", on=day(6), why="finished")
    if method == "return_carry":
        ledger.carry_over("OLD", on=IN_2024)
    if method == "reopen_period":
        ledger.close_period(day(2, 28))
    getattr(ledger, method)(**REQUESTS[method][0], key=method)
    return ledger


@pytest.mark.parametrize(("method", "name"), CHANGES)
def test_the_conflict_names_the_argument_that_changed(made, method, name):
    """Whatever the fact holds beside: what lapsed, was carried over or resembles it."""
    ledger = made(method)
    right, others = REQUESTS[method]
    before = ledger.position
    getattr(ledger, method)(**right, key=method)
    assert ledger.position == before
    with pytest.raises(KeyConflict) as caught:
        getattr(ledger, method)(**(right | {name: others[name]}), key=method)
    moves = method in {"disburse", "reverse_disbursement"}
    own = name if moves else FIELDS.get(name, name)
    assert caught.value.field == own
    assert ledger.position == before


def test_an_import_names_what_differs_of_it():
    """The day, whether it revises, or the forms; of another request its type."""
    clock = Clock(NOW)
    with Ledger.open(":memory:", settings=Settings(language="en"), clock=clock) as made:

        def budget(amount):
            return forms(form("P", budget=amount, fiscal_funds=amount, plan_row=None))

        def field(amount, key, **how):
            with pytest.raises(KeyConflict) as caught:
                made.import_forms(budget(amount), key=key, **how)
            return caught.value.field

        made.import_forms(budget("1.00"), on=day(1), key="a")
        made.import_forms(budget("2.00"), on=day(2), revise=True, key="b")
        made.adjust_budget("P", "supplement", 1, on=day(3), key="c")
        made.import_forms(budget("2.00"), on=day(2), revise=True, key="b")
        assert field("3.00", "a", on=day(1)) == "forms"
        assert field("3.00", "b", on=day(2), revise=True) == "forms"
        assert field("2.00", "b", on=day(3), revise=True) == "on"
        assert field("2.00", "b") == "revise"
        assert field("2.00", "c") == "type"
