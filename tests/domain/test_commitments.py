"""Commitments: what each rule refuses and by how much, and what facts store of others."""

from datetime import date

import pytest

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.errors import (
    AfterClosure,
    BeforeCommitment,
    BudgetExceeded,
    CommitmentEnded,
    CommitmentExceeded,
    CommitmentsOpen,
    CommitmentUsed,
    UnknownCommitment,
    UnknownSource,
)
from ledger.events import ContinuedCommitment, Disbursed
from support import approval, day

END = date(2023, 12, 31)
BOTH = (
    Funding(source="fiscal", amount=100_000),
    Funding(source="other", amount=500_00),
)


@pytest.fixture
def ledger():
    """Approve a project of 1,000.00 of fiscal money and 500.00 of other."""
    with Ledger(":memory:", actor="t", settings=Settings(language="en")) as made:
        made.append(approval("P", amounts=BOTH))
        yield made


def figures(ledger, through=END, source="fiscal"):
    """Return what is disbursed, reserved, contracted and available."""
    part = ledger.view(through=through).project("P").by_source[source]
    names = "disbursed reserved contracted available".split()
    return tuple(int(getattr(part, name)) for name in names)


def test_what_is_committed_is_not_available(ledger):
    """From its day on; what is free is so from the day before, for it would be short."""
    ledger.commit("P", "C-1", 800, source="fiscal", on=day(3))
    assert figures(ledger, day(2)) == (0, 0, 0, 1000)
    assert figures(ledger, day(3)) == (0, 0, 800, 200)
    with pytest.raises(
        BudgetExceeded, match=r"2023-02-01; available on 2023-03-01: 200"
    ):
        ledger.disburse("P", 201, voucher="1", source="fiscal", on=day(2))


def test_a_payment_on_a_contract_leaves_what_is_available(ledger):
    """But for what a final one releases."""
    ledger.commit("P", "C-1", 800, source="fiscal", on=day(3))
    ledger.disburse("P", 300, voucher="1", commitment="c—1", on=day(4))
    assert figures(ledger) == (300, 0, 500, 200)
    last = ledger.disburse(
        "P", 400, voucher="2", commitment="C-1", on=day(5), final=True
    )
    assert last.event.released == (Funding(source="fiscal", amount=100_00),)
    assert figures(ledger) == (700, 0, 0, 300)


def test_a_contract_takes_over_its_reservation(ledger):
    """1,000: reserve 300, contract 200 of it, pay 200, reserve 50."""
    ledger.commit("P", "R", 300, stage="reserved", source="fiscal", on=day(2))
    contract = ledger.commit("P", "C", 200, of="r", source="fiscal", on=day(3))
    assert contract.event.taken_over == (Funding(source="fiscal", amount=200_00),)
    assert figures(ledger) == (0, 100, 200, 700)
    ledger.disburse("P", 200, voucher="1", commitment="C", on=day(4))
    ledger.commit("P", "R-2", 50, stage="采购计划", source="fiscal", on=day(5))
    assert figures(ledger) == (200, 150, 0, 650)


def test_a_contract_that_names_no_source_has_that_of_its_reservation(ledger):
    """Not the budget's usual one, of which nothing was reserved."""
    ledger.commit("P", "R", 300, stage="reserved", source="other", on=day(2))
    contract = ledger.commit("P", "C", 200, of="R", on=day(3))
    taken = (Funding(source="other", amount=200_00),)
    assert contract.event.amounts == contract.event.taken_over == taken
    both = {"fiscal": 10, "other": 10}
    ledger.commit("P", "R-2", both, stage="reserved", on=day(2))
    with pytest.raises(InvalidInput, match="source"):
        ledger.commit("P", "C-2", 10, of="R-2", on=day(3))


def test_a_contract_above_its_reservation_takes_the_rest_of_what_is_free(ledger):
    """As long as it is free."""
    ledger.commit("P", "R", 300, stage="reserved", source="fiscal", on=day(2))
    ledger.commit("P", "X", 600, source="fiscal", on=day(2))
    with pytest.raises(BudgetExceeded, match=r"commit CNY 101|commit 101\.00 CNY"):
        ledger.commit("P", "C", 401, of="R", source="fiscal", on=day(3))
    ledger.commit("P", "C", 400, of="R", source="fiscal", on=day(3))
    assert figures(ledger) == (0, 0, 1000, 0)


def test_a_contract_takes_something_over_of_its_reservation(ledger):
    """Nothing of one that is released later, or has money of another source."""
    ledger.commit("P", "CG", 300, source="fiscal", on=day(2), stage="reserved")
    ledger.release_commitment("P", "CG", why="cancelled", on=day(5))
    before = ledger.position
    for source, on in (("fiscal", day(3)), ("other", day(3))):
        with pytest.raises(InvalidInput, match=r"of: found 'CG'.*on every day from"):
            ledger.commit("P", "HT", 100, source=source, on=on, of="CG")
    assert ledger.position == before


def test_a_commitment_is_due_from_its_own_day_on(ledger):
    """One that goes on with that of an earlier year may be overdue since then."""
    with pytest.raises(InvalidInput, match=r"due on: found .*2023-02-28"):
        ledger.commit("P", "HT", 1, source="fiscal", on=day(3), due_on=day(2, 28))
    earlier = ContinuedCommitment(year=2022, commitment="HT-1")
    ledger.commit(
        "P", "HT", 1, source="fiscal", on=day(3), due_on=day(2, 28), continues=earlier
    )
    ledger.commit("P", "HT-2", 1, source="fiscal", on=day(3), due_on=day(3))


def test_releasing_a_contract_frees_the_money_and_not_the_reservation(ledger):
    """What the contract took over does not come back to it."""
    ledger.commit("P", "R", 300, stage="reserved", source="fiscal", on=day(2))
    ledger.commit("P", "C", 200, of="R", source="fiscal", on=day(3))
    ledger.release_commitment("P", "C", on=day(4), why="cancelled")
    assert figures(ledger) == (0, 100, 0, 900)


def test_a_payment_on_a_reservation_liquidates_it(ledger):
    """Small purchases need no contract."""
    ledger.commit("P", "R", 300, stage="reserved", source="fiscal", on=day(2))
    ledger.disburse("P", 120, voucher="1", commitment="R", on=day(3))
    assert figures(ledger) == (120, 180, 0, 700)


def test_a_reversal_gives_back_to_a_commitment_that_goes_on(ledger):
    """To one that has ended it frees the money."""
    ledger.commit("P", "C", 500, source="fiscal", on=day(2))
    ledger.disburse("P", 200, voucher="1", commitment="C", on=day(3))
    back = ledger.reverse_disbursement("P", 50, of="1", voucher="2", on=day(4))
    assert back.event.restores == "C"
    assert figures(ledger) == (150, 0, 350, 500)
    ledger.release_commitment("P", "C", on=day(5), why="finished")
    again = ledger.reverse_disbursement("P", 50, of="1", voucher="3", on=day(5))
    assert again.event.restores is None
    assert figures(ledger) == (100, 0, 0, 900)


def test_an_increase_opens_an_ended_commitment_from_its_day(ledger):
    """Not before."""
    ledger.commit("P", "C", 500, source="fiscal", on=day(2))
    ledger.disburse("P", 200, voucher="1", commitment="C", on=day(3), final=True)
    with pytest.raises(CommitmentEnded, match="ended on 2023-03-01; found 2023-04-01"):
        ledger.disburse("P", 1, voucher="2", commitment="C", on=day(4))
    ledger.adjust_commitment("P", "C", "increase", 90, on=day(5), reason="more")
    ledger.disburse("P", 90, voucher="2", commitment="C", on=day(5))
    with pytest.raises(CommitmentEnded):
        ledger.disburse("P", 1, voucher="3", commitment="C", on=day(4))


def test_what_is_increased_on_the_day_of_its_end_goes_on(ledger):
    """Order within a day does not matter: what is open at its end is not ended."""
    ledger.commit("P", "C", 500, source="fiscal", on=day(2))
    ledger.release_commitment("P", "C", on=day(3), why="finished")
    ledger.adjust_commitment("P", "C", "increase", 90, on=day(3), reason="more")
    ledger.disburse("P", 90, voucher="1", commitment="C", on=day(4))
    assert figures(ledger) == (90, 0, 0, 910)


REFUSED = {
    "entered twice": (
        CommitmentUsed,
        "entered already, on 2023-03-01",
        lambda led: led.commit("P", "Ｃ－1", 1, source="fiscal", on=day(5)),
    ),
    "unknown": (
        UnknownCommitment,
        "'C-9'; known: C-1",
        lambda led: led.disburse("P", 1, voucher="9", commitment="C-9", on=day(5)),
    ),
    "before it was entered": (
        BeforeCommitment,
        "2023-02-28 is before .* 2023-03-01",
        lambda led: led.disburse("P", 1, voucher="9", commitment="C-1", on=day(2, 28)),
    ),
    "another source": (
        UnknownSource,
        "P, C-1",
        lambda led: led.disburse(
            "P", 1, voucher="9", commitment="C-1", source="other", on=day(5)
        ),
    ),
    "above what is open": (
        CommitmentExceeded,
        r"open on 2023-04-01: 500",
        lambda led: led.disburse("P", 501, voucher="9", commitment="C-1", on=day(3)),
    ),
    "decreased below what is liquidated": (
        CommitmentExceeded,
        "cannot take",
        lambda led: led.adjust_commitment(
            "P", "C-1", "decrease", 501, on=day(5), reason="less"
        ),
    ),
    "released above what is open": (
        CommitmentExceeded,
        "cannot release",
        lambda led: led.release_commitment("P", "C-1", 501, on=day(5), why="cancelled"),
    ),
    "increased above what is free": (
        BudgetExceeded,
        "available on 2023-05-01: 200",
        lambda led: led.adjust_commitment(
            "P", "C-1", "increase", 201, on=day(5), reason="more"
        ),
    ),
    "ended before a later payment": (
        InvalidInput,
        "a day from 2023-04-01 on",
        lambda led: led.release_commitment("P", "C-1", on=day(3), why="finished"),
    ),
    "a final payment before a later one": (
        InvalidInput,
        "a day from 2023-04-01 on",
        lambda led: led.disburse(
            "P", 10, voucher="9", commitment="C-1", on=day(3), final=True
        ),
    ),
    "a reduction that eats open money": (
        BudgetExceeded,
        "available on 2023-05-01: 200",
        lambda led: led.adjust_budget(
            "P", "reduction", 201, source="fiscal", on=day(5)
        ),
    ),
    "a closing with open money": (
        CommitmentsOpen,
        r"'C-1' \(500",
        lambda led: led.close_project("P", on=END),
    ),
    "final without a commitment": (
        InvalidInput,
        "final",
        lambda led: led.disburse(
            "P", 1, voucher="9", source="fiscal", on=day(5), final=True
        ),
    ),
    "of a contract": (
        InvalidInput,
        "the number of a reservation",
        lambda led: led.commit("P", "C-2", 1, of="C-1", source="fiscal", on=day(5)),
    ),
    "a reservation of a reservation": (
        InvalidInput,
        "stage",
        lambda led: led.commit(
            "P", "C-2", 1, of="C-1", stage="reserved", source="fiscal", on=day(5)
        ),
    ),
    "continuing the same year": (
        InvalidInput,
        "a fiscal year before 2023",
        lambda led: led.commit(
            "P",
            "C-2",
            1,
            source="fiscal",
            on=day(5),
            continues=ContinuedCommitment(commitment="C-0", year=2023),
        ),
    ),
    "continuing what has no number": (
        InvalidInput,
        "continues",
        lambda led: led.commit(
            "P",
            "C-2",
            1,
            source="fiscal",
            on=day(5),
            continues=ContinuedCommitment(commitment="\u200b", year=2022),
        ),
    ),
    "a number that is too long": (
        InvalidInput,
        "commitment",
        lambda led: led.commit("P", "9" * 10_001, 1, source="fiscal", on=day(5)),
    ),
    "entered a fen above what is free": (
        BudgetExceeded,
        "available on 2023-05-01: 200",
        lambda led: led.commit("P", "C-2", "200.01", source="fiscal", on=day(5)),
    ),
    "entered from a source that is none of the budget": (
        UnknownSource,
        "special",
        lambda led: led.commit("P", "C-2", 1, source="special_account", on=day(5)),
    ),
    "released from a source of the budget that it has not": (
        UnknownSource,
        "P, C-1",
        lambda led: led.release_commitment(
            "P", "C-1", {"other": 1}, on=day(5), why="cancelled"
        ),
    ),
    "increased from a source that is none of the budget": (
        UnknownSource,
        "special",
        lambda led: led.adjust_commitment(
            "P", "C-1", "increase", {"special_account": 1}, on=day(5), reason="r"
        ),
    ),
    "adjusted for no reason": (
        InvalidInput,
        "reason",
        lambda led: led.adjust_commitment(
            "P", "C-1", "decrease", 1, on=day(5), reason=" "
        ),
    ),
    "paid with nothing": (
        InvalidInput,
        "amount",
        lambda led: led.append(
            Disbursed(
                project="P",
                on=day(5),
                voucher="9",
                amount=0,
                source="fiscal",
                commitment="C-1",
            )
        ),
    ),
    "released for no known reason": (
        InvalidInput,
        "one of finished",
        lambda led: led.release_commitment("P", "C-1", on=day(5), why="done"),
    ),
}


@pytest.mark.parametrize(
    ("error", "words", "request_"), REFUSED.values(), ids=REFUSED.keys()
)
def test_a_rule_refuses_and_names_the_day(ledger, error, words, request_):
    """A contract of 800, of which 300 are paid on 1 April."""
    ledger.commit("P", "C-1", 800, source="fiscal", on=day(3))
    ledger.disburse("P", 300, voucher="1", commitment="C-1", on=day(4))
    root = ledger.root
    with pytest.raises(error, match=words):
        request_(ledger)
    assert ledger.root == root
    assert ledger.verify().ok


def test_nothing_moves_in_a_year_that_is_closed(ledger):
    """A fen is paid, and the rest is released; then it is over."""
    ledger.commit("P", "C", 1, source="fiscal", on=day(3))
    ledger.disburse("P", "0.01", voucher="1", commitment="C", on=day(4))
    ledger.release_commitment("P", "C", on=day(4), why="finished")
    ledger.close_project("P", on=day(6))
    asked = {"on": day(5)}
    with pytest.raises(AfterClosure):
        ledger.adjust_commitment("P", "C", "increase", 1, reason="r", **asked)
    with pytest.raises(AfterClosure):
        ledger.release_commitment("P", "C", why="finished", **asked)


def test_a_contract_ends_no_reservation_before_its_later_facts(ledger):
    """What came back had kept it open at its end; the day that needs it is named."""
    ledger.commit("P", "R", 300, stage="reserved", source="fiscal", on=day(2))
    ledger.disburse("P", 100, voucher="1", commitment="R", on=day(3))
    ledger.disburse("P", 50, voucher="2", commitment="R", on=day(3))
    ledger.release_commitment("P", "R", on=day(5), why="finished")
    ledger.reverse_disbursement("P", 100, of="1", voucher="r-1", on=day(4))
    ledger.reverse_disbursement("P", 50, of="2", voucher="r-2", on=day(6))
    with pytest.raises(InvalidInput, match="2023-06-01"):
        ledger.commit("P", "C", 100, of="R", on=day(4))
    ledger.commit("P", "C", 99, of="R", on=day(4))


def test_computed_fields_are_not_given():
    """What a request says of them must be what follows."""
    with Ledger(":memory:", actor="t", settings=Settings(language="en")) as ledger:
        ledger.append(approval("P"))
        entered = ledger.commit("P", "C", 10, on=day(3)).event
        wrong = type(entered)(
            project="P",
            on=day(3),
            commitment="C-2",
            amounts=entered.amounts,
            taken_over=entered.amounts,
        )
        with pytest.raises(InvalidInput, match="taken over"):
            ledger.append(wrong)
        paid = {"voucher": "9", "amount": 1, "commitment": "C", "stage": "reserved"}
        with pytest.raises(InvalidInput, match="stage"):
            ledger.append(Disbursed(project="P", on=day(3), **paid))
