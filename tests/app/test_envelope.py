"""What every method that records takes next to its own arguments."""

import inspect
from typing import get_type_hints

import pytest

from ledger import Envelope, InvalidInput, Ledger, LedgerError
from ledger.app.ledger import Opening
from ledger.errors import VersionConflict
from support import PROJECT, approval, day, forms
from support import form as form_

RECORDERS = {
    "disburse": ((PROJECT, 5), {"voucher": "V", "on": day(3)}),
    "reverse_disbursement": ((PROJECT, 5), {"of": "1", "voucher": "V", "on": day(3)}),
    "refund": ((PROJECT, 5), {"of": "1", "voucher": "V", "on": day(3)}),
    "adjust_budget": ((PROJECT, "supplement", 5), {"on": day(3)}),
    "transfer": ((PROJECT, "P-2", 5), {"on": day(3)}),
    "revise_plan": ((PROJECT, {day(12): 1_000}), {"on": day(3)}),
    "correct_adjustment": (("mistaken",), {"reason": "x"}),
    "revise_form": ((PROJECT,), {"on": day(3), "name": "x"}),
    "withdraw_approval": ((PROJECT,), {"on": day(3), "reason": "x"}),
    "close_project": ((PROJECT,), {"on": day(3)}),
    "reopen_project": ((PROJECT,), {"year": 2023, "reason": "x"}),
    "carry_over": ((PROJECT,), {"on": day(3)}),
    "return_carry": ((PROJECT,), {"on": day(3)}),
    "revise_target": ((PROJECT, "培训人数", "≥5人"), {"on": day(3)}),
    "report_result": ((PROJECT, "培训人数", 3), {"on": day(3)}),
    "retract_result": ((PROJECT, "培训人数"), {"of": "r", "reason": "x", "on": day(3)}),
    "explain_variance": ((PROJECT,), {"category": "other", "text": "x", "on": day(3)}),
    "report_score": ((PROJECT, 5), {"on": day(3)}),
    "order_rectification": (
        (PROJECT, "1", "q"),
        {"due": day(9), "on": day(3)},
    ),
    "report_rectification": ((PROJECT, "Z", "t"), {"on": day(3)}),
    "close_rectification": ((PROJECT, "Z"), {"on": day(3)}),
    "assess_goal": ((PROJECT, 1, "partly", "t"), {"on": day(3)}),
    "state_outlook": ((PROJECT,), {"as_planned": True, "on": day(3)}),
    "state_conclusion": ((PROJECT, "good"), {"on": day(3)}),
    "set_objectives": (("U", "Unit", ()), {"fiscal_year": 2023, "on": day(3)}),
    "close_period": ((day(3, 31),), {}),
    "reopen_period": (
        (day(1), day(2)),
        {"until": "2099-01-01", "reason": "r"},
    ),
    "set_policy": ((), {"on": day(3)}),
    "append": ((approval("P-3"),), {}),
    "commit": ((PROJECT, "HT-2", 5), {"on": day(3)}),
    "adjust_commitment": (
        (PROJECT, "HT-1", "increase", 5),
        {"on": day(3), "reason": "r"},
    ),
    "release_commitment": ((PROJECT, "HT-1"), {"on": day(3), "why": "finished"}),
    "import_forms": ((forms(),), {}),
    "record": (("facts.jsonl",), {}),
}


@pytest.fixture
def ledger():
    with Ledger(":memory:", actor="clerk") as ledger:
        ledger.append(approval(), approval("P-2"))
        ledger.disburse(PROJECT, 50, voucher="1", on=day(2))
        yield ledger


def test_every_recorder_is_listed():
    """Those whose signature ends in the envelope."""
    found = {
        name
        for name, method in vars(Ledger).items()
        if inspect.isfunction(method)
        and "envelope" in inspect.signature(method).parameters
    }
    assert found == set(RECORDERS)


MISSPELT = {
    "kye": "key",
    "causes": "cause",
    "acter": "actor",
    "expected_verson": "expected_version",
}
SLIPS = [
    (name, wrong, right)
    for name in RECORDERS
    for wrong, right in MISSPELT.items()
    if (name, right) != ("record", "key")  # The lines of a file have their own keys.
]


@pytest.mark.parametrize(("name", "wrong", "right"), SLIPS)
def test_a_misspelt_keyword_is_refused_with_the_nearest(ledger, name, wrong, right):
    """It would else record without what was meant."""
    args, own = RECORDERS[name]
    before = ledger.root
    with pytest.raises(InvalidInput, match=rf"{wrong}.*did you mean .{right}") as said:
        getattr(ledger, name)(*args, **own, **{wrong: "x"})
    assert said.value.field == "keyword"
    assert ledger.root == before


def test_a_file_takes_no_key(ledger):
    """Its lines have keys of their own."""
    with pytest.raises(InvalidInput, match="keyword: found 'key'"):
        ledger.record("facts.jsonl", key="k")


@pytest.mark.parametrize("name", ["disburse", "append", "transfer", "set_objectives"])
def test_what_it_says_is_recorded(ledger, name):
    """On each event of the request."""
    args, own = RECORDERS[name]
    said = {"key": "k", "cause": "c", "actor": "a"}
    made = getattr(ledger, name)(*args, **own, **said)
    for each in made if isinstance(made, list) else [made]:
        assert (each.key, each.cause, each.actor) == ("k", "c", "a")


def test_what_is_said_of_a_file_is_recorded_with_each_line(ledger, tmp_path):
    """Who stands in a line goes before; lines have keys of their own."""
    said = {"cause": "c", "actor": "a"}
    ledger.import_forms(forms(), **said, key="k")
    (form,) = list(ledger.events(types="BudgetApproved"))[2:]
    assert (form.key, form.cause, form.actor) == ("k", "c", "a")
    file = tmp_path / "facts.jsonl"
    line = '{"type": "Disbursed", "project": "P-1", "on": "2023-03-0%s", "voucher": "V%s", "amount": "1"%s}\n'
    own = ', "actor": "b", "key": "x"'
    file.write_text(line % (1, 1, "") + line % (2, 2, own))
    version = len(list(ledger.events(stream=PROJECT)))
    for wrong in (version - 1, version + 1):
        with pytest.raises(VersionConflict):
            ledger.record(file, **said, expected_version=wrong)
        with pytest.raises(VersionConflict):
            ledger.import_forms(forms(form_(code="P-9")), expected_version=wrong)
    ledger.record(file, **said, expected_version=version)
    made = list(ledger.events(stream=PROJECT))[-2:]
    assert [(m.key, m.cause, m.actor) for m in made] == [
        (None, "c", "a"),
        ("x", "c", "b"),
    ]
    again = ledger.record(file, cause="other", expected_version=0)
    assert (again.new, again.already) == (0, 2)


def test_own_keywords_are_among_the_nearest(ledger):
    """Before Python says which one is missing."""
    with pytest.raises(InvalidInput, match="did you mean 'voucher'"):
        ledger.disburse(PROJECT, 5, vouchr="V", on=day(3))
    with pytest.raises(InvalidInput, match="did you mean 'through'"):
        ledger.view(trough=day(3))
    with pytest.raises(InvalidInput, match="did you mean 'key'"):
        ledger.import_forms({}, kye="k")


@pytest.mark.parametrize("wrong", ["1", -1, True, 1.0])
def test_an_expected_version_is_a_count(ledger, wrong):
    """A text would only look like a conflict."""
    with pytest.raises(InvalidInput, match="expected_version"):
        ledger.disburse(PROJECT, 5, voucher="V", on=day(3), expected_version=wrong)


def test_an_expected_version_is_compared(ledger):
    """With that of the stream."""
    with pytest.raises(VersionConflict):
        ledger.disburse(PROJECT, 5, voucher="V", on=day(3), expected_version=1)
    ledger.disburse(PROJECT, 5, voucher="V", on=day(3), expected_version=2)


@pytest.mark.parametrize("field", ["key", "cause", "actor"])
@pytest.mark.parametrize("wrong", ["", " ", "a\nb", 7])
def test_names_are_names(ledger, field, wrong):
    """Of 1 to 200 printable characters."""
    with pytest.raises(LedgerError, match=field):
        ledger.disburse(PROJECT, 5, voucher="V", on=day(3), **{field: wrong})


def test_a_ledger_is_opened_where_it_is_made(tmp_path):
    """Both ways take the same, and show the path."""
    file = tmp_path / "a.ledger"
    with Ledger(file, actor="clerk") as made:
        made.append(approval())
    with Ledger.open(file, create=False, read_only=True) as opened:
        assert opened.position == 1
        assert repr(opened) == repr(made) == f"Ledger({str(file)!r})"
    with Ledger(":memory:") as ledger:
        assert repr(ledger) == "Ledger(':memory:')"
    both = inspect.signature(Ledger).parameters
    assert set(get_type_hints(Opening)) == set(both) - {"path"}
    with pytest.raises(InvalidInput, match="actr"):
        Ledger.open(":memory:", actr="x")


def test_the_envelope_is_public():
    """So that those who wrap a ledger can pass it on with its types."""
    names = {"key", "cause", "actor", "expected_version"}
    assert set(get_type_hints(Envelope)) == names
