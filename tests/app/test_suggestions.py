"""What a refusal of a name that stands for nothing says that may be meant."""

from datetime import date

import pytest

from ledger import Language, Ledger, Objective
from ledger.errors import (
    InvalidBatch,
    LedgerError,
    UnknownCommitment,
    UnknownProject,
    UnknownUnit,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.events import Disbursed
from support import approval, indicator


@pytest.fixture
def ledger():
    """Give a project called Clinics with two payments, and a unit with objectives."""
    with Ledger(":memory:", actor="a") as ledger:
        ledger.append(approval("P-1", name="Clinics", indicators=(indicator("n"),)))
        goals = (Objective(title="t", indicators=(indicator("m"),)),)
        ledger.set_objectives("323", "Unit", goals, fiscal_year=2023, on="2023-01-01")
        for number in ("2023-01", "2023-02"):
            ledger.disburse("P-1", 5, voucher=number, on="2023-02-01")
        yield ledger


@pytest.mark.parametrize("name", ["Clinics", "Clinic"])
def test_the_code_of_a_project_called_so_is_named(ledger, name):
    """Who writes the name of a project, or almost, is told its code."""
    with pytest.raises(UnknownProject, match="the code of 'Clinics' is P-1"):
        ledger.disburse(name, 5, voucher="3", on="2023-02-01")


def test_who_means_no_project_is_told_what_lists_them(ledger):
    """No name is like it."""
    with pytest.raises(UnknownProject, match="`projects` lists them"):
        ledger.disburse("x", 5, voucher="3", on="2023-02-01")


def test_the_unit_above_one_without_objectives_is_named(ledger):
    """Objectives are those of the parent, whose projects belong to its parts."""
    view = ledger.view(through="2023-06-30")
    with pytest.raises(UnknownUnit, match="its parent '323' has objectives"):
        view.unit_attainment("323001")
    with pytest.raises(UnknownUnit, match="known: 323"):
        view.unit_attainment("9")


def test_vouchers_that_there_are_are_listed(ledger):
    """All of a few, else the three that are most like it; none, where none is."""
    refusal = "no disbursement with voucher '2023-03'; known: 2023-01, 2023-02"
    with pytest.raises(UnknownVoucher, match=refusal):
        ledger.reverse_disbursement(
            "P-1", 5, of="2023-03", voucher="R", on="2023-03-01"
        )
    for number in range(20):
        ledger.disburse("P-1", 1, voucher=f"V-{number}", on="2023-02-01")
    with pytest.raises(UnknownVoucher, match=r"the nearest are V-1, V-\d+, V-\d+$"):
        ledger.reverse_disbursement("P-1", 5, of="V-1x", voucher="R", on="2023-03-01")
    ledger.append(approval("P-2"))
    with pytest.raises(UnknownVoucher, match="it has no disbursement yet"):
        ledger.reverse_disbursement("P-2", 5, of="V-1", voucher="R", on="2023-03-01")


def test_the_position_that_used_a_voucher_is_named(ledger):
    """With amount and day, and what to do."""
    refusal = (
        "voucher '2023-02' is used already, by 5.00 CNY on 2023-02-01, position 4; "
        "give another number, or reverse the other one first"
    )
    with pytest.raises(VoucherUsed, match=refusal):
        ledger.disburse("P-1", 9, voucher="2023-02", on="2023-03-01")


def test_lines_of_one_payment_that_come_apart_are_told_how_they_come_together(ledger):
    """Of the day of the other payment alone: on another they are no lines of one."""
    with pytest.raises(VoucherUsed) as refused:
        ledger.disburse("P-1", 9, voucher="2023-02", on="2023-02-01")
    assert refused.value.apart
    for language, told in (
        (Language.ENGLISH, "recorded together, by one file (`record`) or one append"),
        (Language.CHINESE, "请写在同一个文件里，用 `record` 一次登记"),
    ):
        assert refused.value.message.said(language).endswith(told)
    line = Disbursed(
        project="P-1", on=date(2023, 2, 9), amount=9, voucher="9", source="fiscal"
    )
    for again in (
        lambda: ledger.append(line, line),
        lambda: ledger.disburse("P-1", 9, voucher="2023-02", on="2023-02-02"),
        lambda: ledger.reverse_disbursement(
            "P-1", 1, of="2023-02", voucher="2023-02", on="2023-02-01"
        ),
    ):
        with pytest.raises(LedgerError) as refused:
            again()
        assert "is used already" in str(refused.value)
        assert "one append" not in str(refused.value)


def test_a_project_without_commitments_says_so(ledger):
    """A payment on a contract that nobody entered."""
    with pytest.raises(UnknownCommitment, match="none yet: `commit` records one"):
        ledger.disburse("P-1", 5, voucher="3", on="2023-02-01", commitment="HT-1")


def test_lines_of_a_file_are_told_what_may_be_meant(ledger, tmp_path):
    """Each of the first ones that are wrong."""
    file = tmp_path / "facts.csv"
    file.write_text(
        "type,project,on,voucher,amount\n"
        "Disbursed,Clinics,2023-02-01,7,1\n"
        "Disbursed,P-1,2023-02-01,2023-01,1\n"
    )
    with pytest.raises(InvalidBatch) as refused:
        ledger.record(file)
    name, voucher = refused.value.problems
    assert "the code of 'Clinics' is P-1" in name
    assert "position 3" in voucher


def test_the_position_is_that_of_the_line_that_is_named(ledger):
    """One voucher of two lines: the refusal tells one, with its own position."""
    lines = [
        Disbursed(project="P-1", on=date(2023, 2, 1), voucher="7", amount=amount)
        for amount in (300, 200)
    ]
    ledger.append(*lines)
    with pytest.raises(VoucherUsed) as refused:
        ledger.disburse("P-1", 9, voucher="7", on="2023-03-01")
    recorded = ledger.events(types=("Disbursed",))
    told = next(
        each for each in recorded if f"position {each.position};" in str(refused.value)
    )
    assert f"by {told.event.amount / 100:.2f} CNY" in str(refused.value)


def test_what_a_refused_file_wrote_has_no_position(ledger, tmp_path):
    """Its lines are not recorded, so none of them has a position to look up."""
    file = tmp_path / "facts.csv"
    file.write_text(
        "type,project,on,voucher,amount\n"
        "Disbursed,P-1,2023-02-01,8,1\n"
        "Disbursed,P-1,2023-02-02,8,2\n"
    )
    with pytest.raises(InvalidBatch) as refused:
        ledger.record(file)
    (problem,) = refused.value.problems
    assert "is used already" in problem
    assert "position" not in problem


def test_a_name_is_looked_for_once_in_a_file_of_many_mistakes(ledger, tmp_path):
    """Amounts that are none do not use up what is said of names; each line says it."""
    wrong = [f"Disbursed,P-1,2023-02-01,V{i},abc" for i in range(30)]
    lost = [f"Disbursed,P-11,2023-02-01,W{i},1" for i in range(30)]
    file = tmp_path / "many.csv"
    head = "type,project,on,voucher,amount"
    file.write_text("\n".join([head, *wrong, *lost]), "utf-8")
    with pytest.raises(InvalidBatch) as refused:
        ledger.record(file)
    said = [str(line) for line in refused.value.bad if "'P-11'" in str(line)]
    assert len(said) == 30
    assert all("the nearest is 'P-1'" in line for line in said)


def test_a_unit_of_a_project_is_known_without_objectives(ledger):
    """It is not said that there is none, of whatever year is asked."""
    unit = approval("P-1").unit
    with pytest.raises(UnknownUnit, match=f"^unit '{unit}' has no objectives in 2023;"):
        ledger.explain(f"单位：{unit}", "attainment_rate", through="2023-06-30")
    with pytest.raises(UnknownUnit, match=f"^unit '{unit}' has no objectives;"):
        ledger.events(stream=f"单位:{unit}")
    with pytest.raises(UnknownUnit, match=r"^no unit with objectives '9' in 2023"):
        ledger.explain("unit:9", "attainment_rate", through="2023-06-30")


def test_a_unit_that_is_closed_needs_no_objectives(ledger):
    """What is refused is that the ledger has no such unit; those it has are named."""
    unit = approval("P-1").unit
    with pytest.raises(UnknownUnit) as refused:
        ledger.close_period("2023-01-31", unit="9")
    assert str(refused.value) == f"the ledger has no unit '9'; known: 323, {unit}"
    told = refused.value.message.said(Language.CHINESE)
    assert told.startswith("账本中没有单位“9”；已有")
