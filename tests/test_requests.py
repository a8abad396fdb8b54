"""Requests and their keys: recorded once, whole or not at all, in the whole ledger."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import attrs
import pytest

from ledger import Funding, LedgerError
from ledger.errors import (
    BudgetExceeded,
    KeyConflict,
    VersionConflict,
    VirementUnbalanced,
)
from ledger.events import (
    BudgetAdjusted,
    DisbursementReversed,
    ProjectClosed,
    ResultReported,
    ResultRetracted,
)
from support import approval, counts, day, disbursement, form, forms, indicator

NAME = "开展就业培训数"


@pytest.fixture
def two(ledger):
    """Approve two projects of 1,000.00 with one indicator."""
    ledger.append(*(approval(name, indicators=(indicator(),)) for name in "AB"))
    return ledger


def leg(project, amount, **more):
    """Return a leg of the virement No 1: a negative amount gives."""
    kind = "virement_out" if amount < 0 else "virement_in"
    amounts = (Funding(source="fiscal", amount=abs(amount)),)
    given = {"project": project, "on": day(4), "kind": kind, "amounts": amounts}
    return BudgetAdjusted(**given, document="No 1", **more)


SUPPLEMENT = BudgetAdjusted(
    project="A",
    on=day(5),
    kind="supplement",
    amounts=(Funding(source="fiscal", amount=100),),
)
RESULT = ResultReported(project="A", on=day(3), indicator=NAME, value=Decimal(3))
# Requests of one event or of several.
REQUESTS = {
    "a payment": [disbursement(100, "1", project="A")],
    "a supplement": [SUPPLEMENT],
    "a virement": [leg("A", -100), leg("B", 100)],
    "a closing, of which what lapses is computed": [
        ProjectClosed(project="A", on=date(2023, 12, 31))
    ],
    "a result, by a longer name": [attrs.evolve(RESULT, indicator=f"数量指标/{NAME}")],
    "facts of several streams": [
        SUPPLEMENT,
        disbursement(100, "1", project="B"),
        RESULT,
    ],
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_repeated_request_returns_what_was_recorded(two, name):
    """Nothing is added, the same events come back, and they say so."""
    first = two.append(*REQUESTS[name], key="k", expected_version=1)
    position, root = two.position, two.root
    again = two.append(*REQUESTS[name], key="k", expected_version=1)
    assert again == first
    assert [each.already for each in first] == [False] * len(first)
    assert [each.already for each in again] == [True] * len(first)
    assert (two.position, two.root) == (position, root)
    assert {each.key for each in again} == {"k"}
    assert two.verify().ok


def test_a_request_is_known_after_the_ledger_has_moved(two):
    """What was asked is compared, not what it would come to now."""
    close = ProjectClosed(project="A", on=date(2023, 12, 31))
    retract = ResultRetracted(
        project="A", on=day(3), indicator=NAME, of="r", reason="twice"
    )
    two.append(RESULT, key="r")
    (retracted,) = two.append(retract, key="x")
    (closed,) = two.append(close, key="c")
    two.append(attrs.evolve(RESULT, value=Decimal(4)))
    assert two.append(retract, key="x") == [retracted]
    assert two.append(close, key="c") == [closed]
    with pytest.raises(KeyConflict, match="'reason'"):
        two.append(attrs.evolve(retract, reason="wrong"), key="x")
    with pytest.raises(KeyConflict, match="'of'"):
        two.append(attrs.evolve(retract, of="other"), key="x")


PAID = disbursement(100, "1", project="A")
# What was asked first, what is asked with the same key, and what is named.
CONFLICTS = {
    "another amount": ([PAID], [attrs.evolve(PAID, amount=101)], "amount"),
    "another project": ([PAID], [attrs.evolve(PAID, project="B")], "project"),
    "another day": ([PAID], [attrs.evolve(PAID, on=day(7))], "on"),
    "another type": ([PAID], [RESULT], "type"),
    "one more": ([PAID], [PAID, SUPPLEMENT], "events"),
    "one less": ([leg("A", -100), leg("B", 100)], [leg("A", -100)], "events"),
    "another leg": (
        [leg("A", -100), leg("B", 100)],
        [leg("A", -100), leg("C", 100)],
        "project",
    ),
    "another order": (
        [leg("A", -100), leg("B", 100)],
        [leg("B", 100), leg("A", -100)],
        "project",
    ),
    "another indicator": ([RESULT], [attrs.evolve(RESULT, indicator="x")], "indicator"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_key_with_another_request_is_refused_by_the_field(two, name):
    """Nothing is recorded; part of a request is never replayed."""
    two.append(approval("C"))
    first, second, named = CONFLICTS[name]
    two.append(*first, key="k")
    before = two.root
    with pytest.raises(KeyConflict) as caught:
        two.append(*second, key="k")
    assert (caught.value.key, caught.value.field) == ("k", named)
    assert two.root == before


SAME = {
    "a voucher in full width": (PAID, {"voucher": " １ "}),
    "a source in Chinese": (PAID, {"source": "财政资金"}),
    "a number spelled out": (RESULT, {"value": Decimal("3.00")}),
    "another note": (RESULT, {"note": "as told by phone"}),
    "a text with blanks around": (SUPPLEMENT, {"document": None}),
}


@pytest.mark.parametrize("name", SAME)
def test_values_are_compared_and_not_their_spelling(two, name):
    """Width, blanks, trailing zeros and notes make no other request."""
    event, spelled = SAME[name]
    (first,) = two.append(event, key="k")
    (again,) = two.append(attrs.evolve(event, **spelled), key="k")
    assert again.already
    assert again == first


def test_a_refused_request_leaves_no_key(two):
    """It can be mended and asked again with the same key."""
    with pytest.raises(BudgetExceeded):
        two.disburse("A", 1001, voucher="1", on=day(3), key="k")
    with pytest.raises(VirementUnbalanced):
        two.append(leg("A", -100), leg("B", 99), key="k")
    assert not two.disburse("A", 1000, voucher="1", on=day(3), key="k").already


def test_a_key_is_looked_up_before_the_version(two):
    """A retry after a lost answer finds its event; a new request meets the version."""
    two.append(PAID, key="k", expected_version=1)
    assert two.append(PAID, key="k", expected_version=1)[0].already
    with pytest.raises(VersionConflict):
        two.append(SUPPLEMENT, key="other", expected_version=1)
    with pytest.raises(VersionConflict):
        two.append(SUPPLEMENT, expected_version=1)


def test_a_transfer_sent_twice_moves_the_money_once(two):
    """One key for both legs; another target is another request."""
    for _ in range(2):
        two.transfer("A", "B", 100, on=day(4), document="No 7", key="k")
    two.append(approval("C"))
    with pytest.raises(KeyConflict, match="'project'"):
        two.transfer("A", "C", 100, on=day(4), document="No 7", key="k")
    view = two.view(through=day(5))
    assert view.project("A").current_budget == 900
    assert view.project("C").current_budget == 1000
    assert two.verify().ok


def test_an_event_that_stands_twice_in_a_request_is_recorded_once(two):
    """A line that was copied under one key makes no money."""
    first, again = two.append(SUPPLEMENT, SUPPLEMENT, key="k")
    assert (first, again.already) == (again, True)
    assert two.view(through=day(6)).project("A").current_budget == 1001


def test_a_request_of_which_a_part_had_to_wait_is_known_again(two):
    """A payment that its own request pays for is recorded after the supplement."""
    asked = [
        disbursement(100_050, "1", project="A"),
        attrs.evolve(SUPPLEMENT, on=day(2)),
    ]
    first = two.append(*asked, key="k")
    assert [each.type for each in first] == ["Disbursed", "BudgetAdjusted"]
    assert first[0].position > first[1].position
    again = two.append(*asked, key="k")
    assert [each.already for each in again] == [True, True]
    assert again == first
    with pytest.raises(KeyConflict, match="'amount'"):
        two.append(disbursement(100_051, "1", project="A"), asked[1], key="k")
    with pytest.raises(KeyConflict, match="'events'"):
        two.append(asked[0], key="k")


def test_what_is_returned_is_in_the_order_of_the_request(two):
    """Also where one had to wait for another, and when the request is repeated."""
    two.append(disbursement(100_000, "N-1", project="A", on=day(1)))
    more = [
        disbursement(60, "N-2", project="A", on=day(3)),
        DisbursementReversed(
            project="A", on=day(2), voucher="N-3", of="N-1", amount=100
        ),
        disbursement(40, "N-4", project="A", on=day(3)),
    ]
    for _ in range(2):
        recorded = two.append(*more, key="K-9")
        assert [each.event.voucher for each in recorded] == ["N-2", "N-3", "N-4"]
        assert [each.position for each in recorded] == [6, 4, 5]


def test_an_event_that_waits_twice_in_a_request_is_recorded_once(two):
    """Copies above and below what it waits for are the same event, also when repeated."""
    paid = disbursement(100_050, "1", project="A")
    supplement = attrs.evolve(SUPPLEMENT, on=day(2))
    other = disbursement(1, "2", project="B")
    asked = [paid, paid, supplement, paid, other]
    for _ in range(2):
        two.append(*asked, key="k")
    assert two.position == 5
    with pytest.raises(KeyConflict):
        two.append(*asked[:-1], key="k")


HEAD = "type,project,on,kind,amount,key\n"
KEYLESS, KEYED = (
    f"BudgetAdjusted,A,2023-05-0{n},supplement,{n}.00,{key}\n"
    for n, key in ((1, ""), (2, "k"))
)


@pytest.mark.parametrize("lines", [[KEYED, KEYLESS], [KEYLESS, KEYED]])
def test_a_line_without_a_key_is_known_beside_lines_with_one(two, tmp_path, lines):
    """A new line with a key, of the same project, hides nothing that was there."""
    file = tmp_path / "lines.csv"
    file.write_text(HEAD + KEYLESS)
    two.record(file)
    file.write_text(HEAD + "".join(lines))
    assert counts(two.record(file)) == (1, 1)
    assert counts(two.record(file)) == (0, 2)
    assert two.view(through=day(6)).project("A").current_budget == 1003


def test_blanks_around_a_key_in_a_file_are_no_part_of_it(two, tmp_path):
    """A padded cell names the same request."""
    file = tmp_path / "lines.csv"
    file.write_text(HEAD + KEYED)
    two.record(file)
    file.write_text(HEAD + KEYED.replace(",k", ", k "))
    assert counts(two.record(file)) == (0, 1)


@pytest.mark.parametrize("key", ["", " ", "a\nb", "x" * 201, 7, b"k"])
def test_a_key_that_cannot_be_one_is_refused(two, key):
    """Nothing is recorded without the key that was asked for."""
    with pytest.raises(LedgerError, match="key"):
        two.append(PAID, key=key)
    assert two.position == 2


@pytest.mark.parametrize("revise", [False, True])
def test_an_import_with_a_key_is_recorded_once(ledger, revise):
    """Whatever has happened since; other forms with the key are refused."""
    code = form()["project_code"]
    ledger.import_forms(forms(), key="k", revise=revise)
    ledger.adjust_budget(code, "supplement", 5, on=day(6), key="more")
    before = ledger.root
    said = ledger.import_forms(forms(), key="k", revise=revise)
    assert "form.request_recorded" in {each.code for each in said}
    others = ("k", form(budget="25.00"), "forms"), ("more", form(), "type")
    for key, given, field in others:
        with pytest.raises(KeyConflict, match=f"'{field}'"):
            ledger.import_forms(forms(given), key=key, revise=revise)
    assert ledger.root == before
    assert {each.key for each in ledger.events(types=["BudgetApproved"])} == {"k"}


def test_nothing_depends_on_assertions():
    """The same requests are refused where Python runs with -O."""
    script = (
        "from ledger import *\n"
        "from ledger.errors import *\n"
        "from ledger.events import *\n"
        "from datetime import date\n"
        "led = Ledger.open(':memory:', actor='a')\n"
        "one = ObjectivesSet(unit='U', on=date(2023, 1, 1), name='u', fiscal_year=2023)\n"
        "led.append(one, key='k')\n"
        "try: led.append(ObjectivesSet(unit='U', on=date(2023, 1, 1), name='v', "
        "fiscal_year=2023), key='k')\n"
        "except KeyConflict as found: print(found.field)\n"
    )
    done = subprocess.run(
        [sys.executable, "-O", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "name\n"
