"""Imported forms that print carried-over money, and corrected ones."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from ledger.cli import main
from ledger.errors import (
    LedgerError,
)
from support import form, forms
from support_carries import CARRIED, DAY, MARCH, closed, codes, figures, opened, sound


def form_of(carried, fiscal=100, code="P", **more):
    """Return a file with one form, which prints money of the year before."""
    budget = carried + fiscal
    return forms(
        form(
            code,
            budget=str(budget),
            fiscal_funds=None,
            sources={"财政资金": str(fiscal), "上年结转/财政资金": str(carried)},
            plan_row=["0", str(budget)],
            plan_columns=["6月底", "12月底"],
            **more,
        ),
        fiscal_year=2024,
        money_unit="元",
    )


def test_an_imported_form_hands_on_what_it_prints():
    """The same form again changes nothing, whatever was recorded of it."""
    with closed("OLD", "P") as ledger:
        ledger.import_forms(form_of(300), on=DAY)
        ledger.import_forms(form_of(300, code="NEW", carried_from="OLD"), on=DAY)
        for code in ("P", "NEW"):
            assert figures(ledger, code) == (400, 300, 0, 400)
        size = ledger.position
        for code in ("P", "NEW"):
            [found] = ledger.import_forms(form_of(300, code=code), on=DAY)[-1:]
            assert found.code == "form.already_recorded"
        assert ledger.position == size
        sound(ledger)


@pytest.mark.parametrize(
    ("printed", "figures_after"),
    [(350, (450, 350, 0, 450)), (120, (220, 300, 0, 220)), (0, (100, 300, 0, 100))],
)
def test_a_corrected_form_hands_on_more_or_takes_back(printed, figures_after):
    """Only what changed upstream moves, from the day of the correction on."""
    with closed(left=400) as ledger:
        ledger.import_forms(form_of(300), on=DAY)
        ledger.import_forms(form_of(printed), on=MARCH, revise=True)
        assert figures(ledger, through=date(2024, 3, 30))[:3] == (400, 300, 0)
        assert figures(ledger) == figures_after
        assert codes(ledger) == []
        size = ledger.position
        ledger.import_forms(form_of(printed), on=MARCH, revise=True)
        assert ledger.position == size
        sound(ledger)
        with pytest.raises(LedgerError, match=r"cannot hand on|a carry-over: 2023"):
            ledger.import_forms(form_of(401), on=MARCH, revise=True)


def test_a_corrected_form_announces_more_or_less():
    """While the year before is open nothing moves but what is announced."""
    with opened() as ledger:
        ledger.import_forms(form_of(300), on=DAY)
        ledger.import_forms(form_of(120), on=MARCH, revise=True)
        assert figures(ledger, through=date(2024, 3, 30)) == (100, 0, 300, 100)
        assert figures(ledger) == (100, 0, 120, 100)
        ledger.close_project("P", year=2023, carried_over={"fiscal": 300})
        assert figures(ledger) == (220, 120, 0, 220)
        assert codes(ledger) == []
        sound(ledger)


def test_money_taken_back_must_be_there():
    """A corrected form takes back no more than the year has; nothing is half-written."""
    with closed() as ledger:
        ledger.import_forms(form_of(300), on=DAY)
        ledger.disburse("P", 200, voucher="1", source=CARRIED, on=DAY)
        size = ledger.position
        with pytest.raises(LedgerError, match=r"100\.00"):
            ledger.import_forms(form_of(99), on=MARCH, revise=True)
        assert ledger.position == size


def test_a_form_that_begins_to_print_it_is_told_to_carry_over():
    """The approval announced nothing: the legs are recorded as such."""
    with closed() as ledger:
        ledger.import_forms(form_of(0), on=DAY)
        with pytest.raises(LedgerError, match="a carry-over: 2023 of this project"):
            ledger.import_forms(form_of(300), on=MARCH, revise=True)
        ledger.carry_over("P", on=MARCH)
        ledger.import_forms(form_of(300), on=MARCH, revise=True)
        assert figures(ledger) == (400, 300, 0, 400)


def test_at_the_command_line(tmp_path):
    """A closing names the legs that it calls for; a repeat says what was there."""
    path, file = str(tmp_path / "l.ledger"), tmp_path / "forms.json"
    opened("OLD", path=path).close()
    content = form_of(300, code="NEW", carried_from="OLD")
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    def run(*args):
        return CliRunner().invoke(main, args)

    done = run("import", path, str(file), "--on", "2024-01-15")
    assert done.exit_code == 0, done.output
    closing = ("close", path, "OLD", "--year", "2023", "--carried-over", "fiscal=300")
    said = run(*closing, "--key", "k").output
    assert [each.split(" recorded")[0] for each in said.splitlines()] == [
        "closure", "carry-over", "adjustment",
    ]  # fmt: skip
    assert "carry-over" not in run(*closing, "--key", "k").output
    table = run("carried-over", path, "--through", "2024-03-31", "--format", "json")
    rows = json.loads(table.output)["balances"]
    assert [(one["opening"], one["announced"]) for one in rows] == [
        ("0.00", "0.00"), ("300.00", "0.00"),
    ]  # fmt: skip


def test_a_second_correction_is_held_to_what_is_announced():
    """The ledger agrees with the form before it: that is no dispute of three values."""
    with opened() as ledger:
        ledger.import_forms(form_of(300), on=DAY)
        for printed in (120, 200):
            found = ledger.import_forms(form_of(printed), on=MARCH, revise=True)
            said = {each.code for each in found}
            assert "form.revised" in said
            assert "form.three_values" not in said
        assert figures(ledger) == (100, 0, 200, 100)


def test_what_is_announced_stands_in_reports():
    """As a row of its own, without money, of the carry-over table and of a report."""
    with opened() as ledger:
        ledger.import_forms(form_of(300), on=DAY)
        whole = json.loads(ledger.carried_over(through=MARCH).render("json"))
        [row] = [one for one in whole["balances"] if one["source"] == CARRIED]
        assert (row["opening"], row["announced"], row["free"]) == (
            "0.00", "300.00", "0.00",
        )  # fmt: skip
        assert whole["totals"]["announced"] == "300.00"
        page = ledger.monthly_report(2024, 3).render("html")
        assert page.count("announced") >= 2  # The finding, and the head of a column.
