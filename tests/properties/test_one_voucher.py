"""A voucher that was used is used in whatever spelling."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, Ledger, LedgerError
from ledger.errors import UnknownSource, VoucherUsed
from support import PROJECT, Clock, approval

MARCH = date(2023, 3, 1)
DASHES = "-‐‑‒–—―−－﹣"
numbers = st.from_regex(r"[A-Za-z记]{0,2}-?[0-9]{1,4}-[0-9]{1,4}", fullmatch=True)


# Of any width, some of them not to be seen at all.
blanks = st.text(" \N{NO-BREAK SPACE}\u3000\u200b\N{SOFT HYPHEN}\ufeff", max_size=2)


def wide(character):
    """Return an ASCII character in full width."""
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character


@st.composite
def spellings(draw, number):
    """Draw another spelling of a number."""
    made = []
    for character in number:
        ways = [character, character.upper(), character.lower(), wide(character)]
        made.append(draw(st.sampled_from(DASHES if character == "-" else ways)))
    before, after = draw(blanks), draw(blanks)
    return f"{before}{''.join(made)}{after}"


@given(st.data(), numbers)
def test_any_spelling_of_a_used_voucher_is_refused(data, number):
    """Of payments and of reversals; the reversal finds its payment by any of them."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval())
        printed, again, of = (data.draw(spellings(number)) for _ in range(3))
        ledger.disburse(PROJECT, 10, voucher=printed, on=MARCH)
        with pytest.raises(VoucherUsed):
            ledger.disburse(PROJECT, 10, voucher=again, on=MARCH)
        with pytest.raises(VoucherUsed):
            ledger.reverse_disbursement(PROJECT, 1, of=of, voucher=again, on=MARCH)
        back = ledger.reverse_disbursement(PROJECT, 4, of=of, voucher="back", on=MARCH)
        with pytest.raises(LedgerError, match=r"6\.00"):
            ledger.reverse_disbursement(PROJECT, 7, of=again, voucher="b2", on=MARCH)
        line = ledger.view(through=MARCH).project(PROJECT)
        assert line.disbursed == 6
        paid = next(ledger.events(types=["Disbursed"]))
        assert (paid.event.voucher, back.event.of) == (printed, of)
        figure = ledger.explain(PROJECT, "by_source.财政资金.disbursed", through=MARCH)
        assert figure.value == 6
        assert ledger.verify().ok


FISCAL = ["财政资金", "Fiscal", " ＦＩＳＣＡＬ\N{IDEOGRAPHIC SPACE}", "fiscal funds"]


@pytest.mark.parametrize("source", FISCAL)
def test_a_source_is_one_in_any_spelling(source, tmp_path):
    """Approvals, payments, adjustments, virements, closings and bulk files alike."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        parts = (Funding(source=source, amount=100_000),)
        ledger.append(approval(amounts=parts), approval("P-2", amounts=parts))
        ledger.disburse(PROJECT, 1, voucher="1", on=MARCH, source=source)
        ledger.adjust_budget(PROJECT, "supplement", 100, on=MARCH, source=source)
        ledger.transfer(PROJECT, "P-2", 50, on=MARCH, source=source)
        bulk = tmp_path / "bulk.csv"
        bulk.write_text(
            "type,project,on,voucher,amount,source\n"
            f"Disbursed,{PROJECT},2023-03-01,2,9.00,{source}\n",
            "utf-8",
        )
        ledger.record(bulk)
        ledger.close_project(PROJECT, on=date(2023, 6, 1), carried_over={source: 40})
        line = ledger.view(through=date(2023, 6, 1)).project(PROJECT)
        assert list(line.by_source) == ["fiscal"]
        part = line.by_source["fiscal"]
        assert (part.current_budget, part.disbursed) == (1050, 10)
        assert (part.carried_over, part.lapsed, part.available) == (40, 1000, 0)
        assert ledger.verify().ok


def test_a_source_that_the_project_has_not_needs_consent(tmp_path):
    """A slip is refused with the nearest; `new_source` says that it is none."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), approval("P-2"))
        with pytest.raises(UnknownSource, match="known: fiscal") as refused:
            ledger.adjust_budget(PROJECT, "supplement", 1, on=MARCH, source="fiscla")
        assert refused.value.nearest == "fiscal"
        with pytest.raises(UnknownSource):
            ledger.disburse(PROJECT, 1, voucher="1", on=MARCH, source="fiscla")
        more = {"on": MARCH, "source": "lottery"}
        ledger.adjust_budget("P-2", "supplement", 9, new_source=True, **more)
        with pytest.raises(UnknownSource):
            ledger.transfer("P-2", PROJECT, 5, **more)
        ledger.transfer("P-2", PROJECT, 5, new_source=True, **more)
        bulk = tmp_path / "bulk.jsonl"
        row = (
            '{"type":"BudgetAdjusted","project":"P-1","on":"2023-03-01",'
            '"kind":"supplement","amount":"3.00","source":"gift"%s}\n'
        )
        bulk.write_text(row % "", "utf-8")
        with pytest.raises(LedgerError, match="gift"):
            ledger.record(bulk)
        bulk.write_text(row % ',"new_source":true', "utf-8")
        ledger.record(bulk)
        line = ledger.view(through=MARCH).project(PROJECT)
        budgets = {s: part.current_budget for s, part in line.by_source.items()}
        assert budgets == {"fiscal": 1000, "lottery": 5, "gift": 3}
