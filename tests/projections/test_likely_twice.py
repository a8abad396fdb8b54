"""What looks as if it was recorded twice is a note, while both stand; no refusal."""

from datetime import date

import attrs
import pytest

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.events import BudgetAdjusted, Disbursed
from support import PROJECT, Clock, approval, day

MAY, END = day(5, 3), date(2023, 12, 31)


@pytest.fixture
def ledger():
    """Return a ledger with one project."""
    settings = Settings(language="en", scale="1")
    with Ledger.open(":memory:", actor="a", clock=Clock(), settings=settings) as opened:
        opened.append(approval())
        yield opened
        assert opened.verify().ok


def pay(ledger, voucher, amount="59.90", on=MAY, payee="县中医院", **more):
    """Pay once more."""
    return ledger.disburse(PROJECT, amount, voucher=voucher, on=on, payee=payee, **more)


def codes(document):
    """Return the codes of what looks wrong."""
    return [each.code for each in document.findings]


def notes(ledger, through=END):
    """Return the codes of what a report notes, which verify notes as well."""
    report = ledger.view(through=through).monthly_report()
    found = [code for code in codes(report) if code.endswith("likely_twice")]
    if through == END:
        assert codes(ledger.verify()) == found
    return found


@pytest.mark.parametrize(
    ("second", "noted"),
    [
        ({}, True),
        ({"on": day(5, 8)}, True),
        ({"on": day(4, 28)}, True),
        ({"payee": " 县中医院"}, True),
        ({"on": day(5, 9)}, False),
        ({"on": day(4, 27)}, False),
        ({"payee": "县医院"}, False),
        ({"payee": None}, False),
        ({"amount": "59.91"}, False),
    ],
)
def test_one_payee_and_one_amount_within_five_days(ledger, second, noted):
    """Whatever came between, and in whatever order they were recorded."""
    pay(ledger, "1")
    pay(ledger, "2", amount="1.00", on=day(7))
    pay(ledger, "3", **second)
    assert notes(ledger) == ["disbursement.likely_twice"] * noted


def test_the_note_says_what_it_is_about(ledger):
    """With both vouchers, and no doubt before the second was effective."""
    pay(ledger, "v-1")
    made = pay(ledger, "v-2", on=day(5, 4))
    assert made.event.resembles == ("v-1",)
    (note,) = ledger.view(through=END).project(PROJECT).findings
    assert (note.severity, note.place) == ("note", PROJECT)
    assert "59.90" in note.message
    assert "v-1" in note.message
    assert "v-2" in note.message
    assert notes(ledger, day(5, 3)) == []


def test_vouchers_are_named_as_they_are_printed(ledger):
    """Whoever looks for them has the paper; one in another spelling is the same."""
    pay(ledger, "记 ０１号")
    made = pay(ledger, "Ｊ－２", on=day(5, 4))
    assert made.event.resembles == ("记 ０１号",)
    (note,) = ledger.view(through=END).project(PROJECT).findings
    assert "记 ０１号" in note.message
    assert "Ｊ－２" in note.message
    assert ledger.verify().ok
    again = attrs.evolve(made.event, voucher="J-3", resembles=("记 01号", "j-2"))
    assert ledger.append(again)[0].event.resembles == ("记 ０１号", "Ｊ－２")
    assert ledger.verify().ok


def test_what_came_back_is_no_doubt_any_more(ledger):
    """A reversal of either ends it from its day on; the reversal of that opens it."""
    pay(ledger, "1")
    pay(ledger, "2")
    back = {"of": "1", "voucher": "R", "on": day(6)}
    ledger.reverse_disbursement(PROJECT, "59.90", **back)
    assert notes(ledger, day(5, 31)) == ["disbursement.likely_twice"]
    assert notes(ledger) == []
    ledger.reverse_disbursement(PROJECT, "1", of="R", voucher="RR", on=day(7))
    assert notes(ledger) == ["disbursement.likely_twice"]


def test_lines_of_one_voucher_resemble_nothing(ledger):
    """They are one payment."""
    line = Disbursed(
        project=PROJECT, on=day(5), voucher="1", amount=5, source="fiscal", payee="Li"
    )
    ledger.append(line, attrs.evolve(line, description="second invoice"))
    assert notes(ledger) == []


def test_an_adjustment_of_one_document_kind_and_amount(ledger):
    """Another document, kind or amount is another; a correction ends the doubt."""
    own = {"on": day(3), "document": "财预〔2023〕 9号"}
    ledger.adjust_budget(PROJECT, "supplement", 5, **own)
    ledger.adjust_budget(PROJECT, "supplement", 6, **own)
    ledger.adjust_budget(PROJECT, "reduction", 5, **own)
    ledger.adjust_budget(PROJECT, "supplement", 5, on=day(3), document="财预 10号")
    ledger.adjust_budget(PROJECT, "supplement", 5, on=day(3))
    assert notes(ledger) == []
    twice = ledger.adjust_budget(
        PROJECT, "supplement", 5, on=day(8), document="财预［2023］ 9号"
    )
    assert notes(ledger) == ["adjustment.likely_twice"]
    found = ledger.view(through=END).monthly_report().findings
    noted = next(each for each in found if each.code == "adjustment.likely_twice")
    assert "财预［2023］ 9号追加 5.00 元" in noted.text("zh")
    ledger.correct_adjustment(twice.id, reason="recorded twice")
    assert notes(ledger) == []


@pytest.mark.parametrize("kind", [Disbursed, BudgetAdjusted])
def test_it_is_computed(ledger, kind):
    """Nobody can say that one resembles another."""
    parts = (Funding(source="fiscal", amount=5),)
    more = (
        {"voucher": "1", "amount": 5, "payee": "Li"}
        if kind is Disbursed
        else {"kind": "supplement", "amounts": parts, "document": "d"}
    )
    with pytest.raises(InvalidInput, match="resembles"):
        ledger.append(kind(project=PROJECT, on=day(3), resembles=("x",), **more))


def test_a_refused_append_leaves_nothing_to_resemble(ledger):
    """What it had written is not there; the next one is compared with what is."""
    pay(ledger, "1")
    wrong = Disbursed(project=PROJECT, on=day(5, 4), voucher="2", amount=10**9)
    same = Disbursed(
        project=PROJECT, on=day(5, 4), voucher="3", amount=5990, payee="县中医院"
    )
    with pytest.raises(Exception, match="2023-05-04"):
        ledger.append(same, wrong)
    pay(ledger, "4", amount="7")
    assert pay(ledger, "5", on=day(5, 5)).event.resembles == ("1",)
