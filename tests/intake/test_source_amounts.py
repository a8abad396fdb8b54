"""Amounts by funding source in one field of a bulk line."""

import json
from decimal import Decimal

import pytest

from ledger import Funding
from ledger.errors import InvalidBatch
from support import approval, counts, day

TWO = (
    Funding(source="fiscal", amount=60_000),
    Funding(source="other", amount=40_000),
)
AMOUNTS = [
    {"fiscal": "10.00", "other": "5.00"},
    {"其他资金": 5, " 财政资金 ": "10"},
    "fiscal=10.00; other=5.00",
    "其他资金=5;财政资金=10;",
]


@pytest.fixture
def two(ledger):
    """Approve two projects of two sources."""
    ledger.append(*(approval(name, amounts=TWO) for name in "AB"))
    return ledger


def lines(amount):
    """Return the legs of a virement as JSON Lines."""
    legs = {"A": "virement_out", "B": "virement_in"}
    rows = (
        {"type": "BudgetAdjusted", "project": project, "on": str(day(4)), "kind": kind}
        for project, kind in legs.items()
    )
    return "".join(json.dumps({**row, "amount": amount}) + "\n" for row in rows)


def test_one_line_adjusts_several_sources(two, tmp_path):
    """An object and a text mean the same: one virement, in whatever order and words."""
    for number, amount in enumerate(AMOUNTS):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(lines(amount), encoding="utf-8")
        assert counts(two.record(file)) == ((0, 2) if number else (2, 0))
    file = tmp_path / "lines.csv"
    head, row = "type,project,on,kind,amount\n", "BudgetAdjusted,{},{},{},{}\n"
    legs = ("A", "virement_out"), ("B", "virement_in")
    rows = (row.format(name, day(4), kind, AMOUNTS[2]) for name, kind in legs)
    file.write_text(head + "".join(rows))
    assert counts(two.record(file)) == (0, 2)
    sources = two.view(through=day(5)).project("A").by_source
    assert {name: each.current_budget for name, each in sources.items()} == {
        "fiscal": Decimal("590.00"),
        "other": Decimal("395.00"),
    }
    assert two.verify().ok


@pytest.mark.parametrize(
    ("amount", "more", "words"),
    [
        ({}, {}, "amounts by source"),
        ("=5", {}, "amounts by source"),
        ("fiscal=", {}, "amounts by source"),
        ("fiscal=1; 5", {}, "amounts by source"),
        ("fiscal=x", {}, "plain number"),
        ({"fiscal": 1.5}, {}, "never exact"),
        ({"fiscal": "1.00", "财政资金": "1.00"}, {}, "each funding source once"),
        ({"fiscla": "1.00"}, {}, "nearest is 'fiscal'"),
        ({"fiscal": "1.00"}, {"source": "fiscal"}, "none with"),
        ({"fiscal": "1.00"}, {"type": "Disbursed", "voucher": "1"}, "amount"),
    ],
)
def test_what_is_no_amount_by_source_is_refused(two, tmp_path, amount, more, words):
    """The line is named, with what would be right."""
    kind = {} if "type" in more else {"kind": "supplement"}
    row = {"type": "BudgetAdjusted", "project": "A", "on": str(day(4)), **kind}
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps({**row, "amount": amount, **more}), encoding="utf-8")
    with pytest.raises(InvalidBatch, match=f"line 1: .*{words}"):
        two.record(file)
    assert two.position == 2
