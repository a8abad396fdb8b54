"""What an approval says of the year before is decided again by the whole log."""

import json

import pytest

from ledger import Ledger
from support_carries import DAY, approved, opened
from support_tampering import reseal, rewrite


def handed_over(path):
    """Return a file in which P prints 200.00 that Q carried over, and takes them."""
    with opened("P", "Q", "R", path=path) as ledger:
        ledger.close_project("Q", year=2023, carried_over={"fiscal": 300})
        ledger.append(approved("P", 2024, DAY, "Q", fiscal=100, carried=200))


def announced(path):
    """Return a file in which P prints 200.00 of its own year, which is closed later."""
    with opened("P", "R", path=path) as ledger:
        ledger.append(approved("P", 2024, DAY, fiscal=100, carried=200))
        ledger.close_project("P", year=2023, carried_over={"fiscal": 300})


def changed(path, change, year=2024):
    """Change the payload of an approval of a year, or drop rows; return the checks."""

    def rows_changed(rows):
        for row in rows:
            payload = json.loads(row[-2])
            if row[4] == "BudgetApproved" and payload["fiscal_year"] == year:
                change(payload)
                row[-2] = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        return rows

    rewrite(path, rows_changed)
    reseal(path)
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        return ledger.verify()


def _not_at_all(payload):
    """Leave a payload as it is."""


def _less(payload):
    payload["carried"][0]["amount"] //= 2


def _of_nobody(payload):
    payload["carried_from"] = "S"


def _of_another(payload):
    """Name a giver that the ledger has, and that is open."""
    payload["carried_from"] = "R"


@pytest.mark.parametrize("build", [handed_over, announced])
@pytest.mark.parametrize(
    "change",
    [lambda payload: payload.pop("carried"), _less, _of_nobody, _of_another],
    ids=["taken_away", "less", "of_nobody", "of_another"],
)
def test_a_changed_approval_is_seen(tmp_path, build, change):
    path = tmp_path / "b.ledger"
    build(path)
    assert changed(path, _not_at_all).ok
    done = changed(path, change)
    texts = [each.text("en") for each in done.findings]
    assert any("of the year before" in t or "did not call for" in t for t in texts)


@pytest.mark.parametrize("build", [handed_over, announced])
def test_legs_that_had_to_come_are_missed(tmp_path, build):
    """Neither leg is there: nothing else is unbalanced."""
    path = tmp_path / "b.ledger"
    build(path)
    legs = {"CarriedOver", "BudgetAdjusted"}
    rewrite(path, lambda rows: [row for row in rows if row[4] not in legs])
    (finding,) = changed(path, _not_at_all).findings
    assert "of the year before" in finding.text("en")


def test_legs_that_the_rules_forbid_are_not_missed(tmp_path):
    """The new year was closed before: the closing of the old one hands nothing on."""
    path = tmp_path / "b.ledger"
    with opened("P", path=path) as ledger:
        ledger.append(approved("P", 2024, DAY, fiscal=100, carried=200))
        ledger.close_project("P", year=2024)
        ledger.close_project("P", year=2023, carried_over={"fiscal": 300})
        assert ledger.view().project("P", year=2023).handed_on == 0
    assert changed(path, _not_at_all).ok


@pytest.mark.parametrize("half", [True, False])
def test_legs_that_bring_less_than_the_approval_says_are_seen(tmp_path, half):
    path = tmp_path / "b.ledger"
    handed_over(path)

    def legs(rows):
        kept = []
        for row in rows:
            payload = json.loads(row[-2])
            if row[4] in {"CarriedOver", "BudgetAdjusted"}:
                payload["amounts"][0]["amount"] //= 2
                row[-2] = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
                if not half:
                    continue
            kept.append(row)
        return kept

    rewrite(path, legs)
    done = changed(path, _not_at_all)
    assert {each.code for each in done.findings} == {"log.rules"}


def test_money_of_a_year_that_nobody_has_comes_alone(tmp_path):
    path = tmp_path / "b.ledger"
    with opened("P", path=path) as ledger:
        ledger.append(approved("Q", 2026, DAY.replace(year=2026), carried=200))
    assert changed(path, _not_at_all, 2026).ok
