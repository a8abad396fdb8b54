"""Free by source, what is overdue, and new money: in every figure's place."""

import json
from datetime import date
from decimal import Decimal

import pytest

from ledger import Ledger, Settings
from support import approval

MARCH = date(2024, 3, 31)
OLD = "carried_over/fiscal"


@pytest.fixture
def ledger(path):
    """Keep carried-in money, a contract that is late, and a payment that lies ahead."""
    settings = Settings(language="en")
    with Ledger(path, actor="t", settings=settings) as made:
        made.append(approval("P", 100_000))
        made.close_project("P", year=2023, carried_over={"fiscal": 200})
        made.append(approval("P", 70_000, on=date(2024, 1, 1), fiscal_year=2024))
        made.append(approval("Q", 9_000, on=date(2024, 1, 1), fiscal_year=2024))
        made.carry_over("P", on="2024-02-01", amounts={"fiscal": 150})
        both = {"fiscal": 10, OLD: 20}
        made.commit("P", "HT-1", both, on=date(2024, 2, 2), due_on="2024-03-01")
        made.commit("P", "HT-2", {OLD: 1}, on=date(2024, 2, 2), due_on="2024-03-21")
        made.commit("Q", "HT-1", 5, on=date(2024, 2, 2), due_on="2024-04-01")
        made.disburse("P", 100, voucher="1", source=OLD, on=date(2024, 5, 2))
        yield made


def test_they_are_in_the_json_and_add_up(ledger):
    """Of each source, project and sum; a commitment of two sources counts once."""
    report = json.loads(ledger.monthly_report(2024, 3).render("json"))
    one = next(each for each in report["projects"] if each["project"] == "P")
    keys = ("new_money", "overdue_open", "available", "free")
    own = {name: [each[key] for key in keys] for name, each in one["by_source"].items()}
    assert own["fiscal"] == ["700.00", "10.00", "690.00", "690.00"]
    assert own[OLD] == ["0.00", "21.00", "129.00", "29.00"]
    assert [one[key] for key in keys] == ["700.00", "31.00", "819.00", "719.00"]
    assert (one["overdue_commitments"], one["days_overdue"]) == (2, 30)
    totals = report["totals"]
    assert [totals[key] for key in keys] == ["790.00", "31.00", "904.00", "804.00"]
    assert totals["overdue_commitments"] == 2
    assert totals["by_source"]["carried_over"]["free"] == "29.00"


def test_they_are_in_rows_texts_and_pages(ledger):
    """People are shown them where there is something of them."""
    report = ledger.monthly_report(2024, 3)
    rows = {(r["project"], r["figure"]): r["value"] for r in report.to_records()}
    assert rows["P", "overdue_open"] == Decimal(31)
    assert rows["P", "overdue_commitments"] == 2
    page = report.render("html", language="en")
    words = ("overdue and not paid", "overdue commitments", "days overdue", "new money")
    for word in words:
        assert word in page
    before = ledger.monthly_report(2024, 1).render("html", language="en")
    assert not any(word in before for word in words)


@pytest.mark.parametrize(
    ("figure", "value", "named"),
    [
        (f"by_source.{OLD}.free", "29.00", [10]),
        ("free", "719.00", [10]),
        (f"by_source.{OLD}.overdue_open", "21.00", [7, 8]),
        ("overdue_open", "31.00", [7, 8]),
        ("by_source.fiscal.overdue_open", "10.00", [7]),
        ("overdue_commitments", "2", [7, 8]),
        ("days_overdue", "30", [7, 8]),
    ],
)
def test_they_are_explained_by_what_they_rest_on(ledger, figure, value, named):
    """What lies ahead, and the commitments that are late."""
    found = ledger.explain("P", figure, through=MARCH)
    assert f"{found.value}" == value
    assert [each.position for each in found.events] == named


def test_new_money_is_explained_by_its_parts(ledger):
    """The budget, and what came in."""
    found = ledger.explain("P", "new_money", through=MARCH)
    assert [(each.figure, f"{each.value}") for each in found.terms] == [
        ("current_budget", "850.00"),
        ("carried_in", "150.00"),
    ]
    total = ledger.explain("totals", "overdue_open", through=MARCH)
    assert f"{total.value}" == "31.00"
    count = ledger.explain("totals", "overdue_commitments", through=MARCH)
    assert [f"{each.value}" for each in (count, *count.terms)] == ["2", "2", "0"]


def test_what_changes_them_is_named(ledger):
    """Payments that lie ahead bear on what is free, each of its source alone."""
    known = ledger.position
    ledger.disburse("P", 7, voucher="2", source="fiscal", on=date(2024, 4, 9))
    ledger.disburse("P", 8, voucher="3", source=OLD, on=date(2024, 4, 9))
    found = {each.path: each for each in ledger.differences(known, through=MARCH)}
    both = (known + 1, known + 2)
    of = {"": both, "by_source.fiscal.": both[:1], f"by_source.{OLD}.": both[1:]}
    for owner in ("totals", "projects.P"):
        for way, positions in of.items():
            assert found[f"{owner}.{way}free"].positions == positions
    assert {path.rpartition(".")[2] for path in found} == {"free"}
