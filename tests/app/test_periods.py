"""Periods that are closed: what may still change, through which door, and for whom."""

from datetime import UTC, date, datetime

import pytest

from ledger import InvalidInput, Ledger, Objective
from ledger.domain.periods import Periods
from ledger.errors import InClosedPeriod, InvalidBatch, UnknownUnit
from ledger.events import FormRevised
from support import PROJECT, Clock, approval, day, indicator

NAME = "开展就业培训数"
NOW = datetime(2023, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def ledger(path):
    """Return a ledger of two units' projects in which June is closed."""
    with Ledger(path, actor="finance", clock=Clock(NOW)) as ledger:
        ledger.append(approval(), approval("P-2", unit="U-2"))
        ledger.disburse(PROJECT, 10, voucher="1", on=day(3))
        ledger.report_result(PROJECT, NAME, 2, on=day(3), key="first")
        ledger.close_period("2023-06-30")
        yield ledger


MAY = day(5, 31)
DOORS = {
    "a payment": lambda led: led.disburse(PROJECT, 1, voucher="9", on=MAY),
    "a reversal": lambda led: led.reverse_disbursement(
        PROJECT, 1, of="1", voucher="R", on=MAY
    ),
    "a supplement": lambda led: led.adjust_budget(PROJECT, "supplement", 1, on=MAY),
    "a virement": lambda led: led.transfer(PROJECT, "P-2", 1, on=MAY),
    "a plan": lambda led: led.revise_plan(PROJECT, {day(12, 31): 1000}, on=MAY),
    "a commitment": lambda led: led.commit(PROJECT, "C", 1, on=MAY),
    "a target": lambda led: led.revise_target(PROJECT, NAME, "≥11次", on=MAY),
    "a result": lambda led: led.report_result(PROJECT, NAME, 1, on=MAY),
    "an explanation": lambda led: led.explain_variance(PROJECT, "other", "x", on=MAY),
    "a score": lambda led: led.report_score(PROJECT, 1, on=MAY),
    "an approval": lambda led: led.append(approval("P-3", on=day(1))),
    "a retraction of today": lambda led: led.retract_result(
        PROJECT, NAME, "first", on=day(8, 1), reason="a slip"
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_closed_day_takes_no_fact(ledger, door):
    """It names the day, who closed it and when; a retraction is of its result's day."""
    before = ledger.position
    with pytest.raises(InClosedPeriod, match=r"finance.*2023-06-30.*2023-08-01"):
        DOORS[door](ledger)
    assert ledger.position == before


def test_the_day_after_is_open(ledger):
    """Only days up to the one that was closed are."""
    ledger.disburse(PROJECT, 1, voucher="2", on=day(7, 1))
    assert ledger.verify().ok


def test_a_bulk_file_goes_through_the_same_place(ledger, tmp_path):
    """Its line is named, and nothing of it is recorded."""
    file = tmp_path / "facts.csv"
    file.write_text(
        "type,project,on,voucher,amount\n"
        f"Disbursed,{PROJECT},2023-07-01,7,1\nDisbursed,{PROJECT},2023-06-30,8,1\n"
    )
    before = ledger.position
    with pytest.raises(InvalidInput, match=r"line 3.*2023-06-30 is closed"):
        ledger.record(file)
    assert ledger.position == before


@pytest.mark.parametrize(("language", "many"), [("en", "25 lines"), ("zh", "共 25 处")])
def test_what_a_lock_refuses_of_a_file_is_said_once(ledger, tmp_path, language, many):
    """With how many and where; each line has its problem, as data."""
    file = tmp_path / "facts.csv"
    paid = [f"Disbursed,{PROJECT},2023-06-{n:02},A{n},1\n" for n in range(5, 30)]
    bad = "Disbursed,NOBODY,2023-07-01,B,1\n"
    file.write_text("".join(["type,project,on,voucher,amount\n", bad, *paid]))
    with pytest.raises(InvalidBatch) as caught:
        ledger.record(file)
    _, unknown, locked = caught.value.lines(language)
    assert "NOBODY" in unknown
    for part in (many, "3", "22", "5", "2023-06-05", "2023-06-30"):
        assert part in locked
    assert len(caught.value.problems) == 26


def test_a_correction_of_today_changes_closed_days(ledger):
    """It holds from the approval on, whatever its own day is; a revision does not."""
    with pytest.raises(InClosedPeriod):
        ledger.revise_form(PROJECT, on=day(7, 1), name="right", correction=True)
    ledger.revise_form(PROJECT, on=day(7, 1), name="new")


def reopened(ledger, **more):
    """Open May again."""
    given = {"until": "2023-08-10", "reason": "a late invoice", **more}
    return ledger.reopen_period("2023-05-01", "2023-05-31", **given)


def test_a_reopened_period_takes_facts_again(ledger):
    """Of its days alone; the audit agrees."""
    reopened(ledger)
    ledger.disburse(PROJECT, 1, voucher="2", on=MAY)
    with pytest.raises(InClosedPeriod):
        ledger.disburse(PROJECT, 1, voucher="3", on=day(4, 30))
    assert ledger.verify().ok


def test_a_reopening_may_be_for_one_person(ledger):
    """Others are refused as before."""
    reopened(ledger, for_actor="chief")
    with pytest.raises(InClosedPeriod):
        ledger.disburse(PROJECT, 1, voucher="2", on=MAY)
    ledger.disburse(PROJECT, 1, voucher="2", on=MAY, actor="chief")
    assert ledger.verify().ok


def test_a_reopening_ends_with_its_last_day_of_recording(path):
    """The day after, the same is refused."""
    clock = Clock(NOW)
    with Ledger(path, actor="finance", clock=clock) as ledger:
        ledger.append(approval())
        ledger.close_period("2023-06-30")
        reopened(ledger, until="2023-08-01")
        ledger.disburse(PROJECT, 1, voucher="1", on=MAY)
        clock.now = datetime(2023, 8, 2, tzinfo=UTC)
        with pytest.raises(InClosedPeriod):
            ledger.disburse(PROJECT, 1, voucher="2", on=MAY)


def test_a_later_closing_of_the_same_scope_ends_a_reopening(ledger):
    """It may be of the same day, as the period was open meanwhile."""
    reopened(ledger)
    ledger.close_period("2023-06-30")
    with pytest.raises(InClosedPeriod):
        ledger.disburse(PROJECT, 1, voucher="2", on=MAY)


def test_a_unit_may_be_closed_alone(ledger):
    """Its own closing takes the place of the one before for it, and of it alone."""
    ledger.close_period("2023-03-31", unit="U-2")
    ledger.disburse("P-2", 1, voucher="1", on=MAY)
    with pytest.raises(InClosedPeriod):
        ledger.disburse("P-2", 1, voucher="2", on=day(3, 31))
    with pytest.raises(InClosedPeriod):
        ledger.disburse(PROJECT, 1, voucher="3", on=MAY)
    ledger.close_period("2023-07-31")
    with pytest.raises(InClosedPeriod):
        ledger.disburse("P-2", 1, voucher="4", on=day(7, 31))
    assert ledger.verify().ok


def test_what_closes_the_year_passes_until_the_year_is_closed(path):
    """A closing of 31 December is recorded in January, after December was closed."""
    clock = Clock(datetime(2024, 1, 9, tzinfo=UTC))
    end = date(2023, 12, 31)
    with Ledger(path, actor="finance", clock=clock) as ledger:
        ledger.append(approval(), approval("P-2"))
        ledger.close_period(end)
        with pytest.raises(InClosedPeriod):
            ledger.disburse(PROJECT, 1, voucher="1", on=end)
        ledger.close_project(PROJECT, on=end)
        ledger.close_period(end, year_end=True)
        with pytest.raises(InClosedPeriod):
            ledger.close_project("P-2", on=end)
        assert ledger.verify().ok


def test_what_closes_a_year_does_not_pass_the_lock_of_a_later_day(path):
    """Else a figure of February would change after February was closed."""
    clock = Clock(datetime(2024, 4, 1, tzinfo=UTC))
    with Ledger(path, actor="finance", clock=clock) as ledger:
        ledger.append(approval())
        ledger.close_period("2024-02-29")
        with pytest.raises(InClosedPeriod):
            ledger.close_project(PROJECT, on=date(2023, 12, 31))


def test_what_closes_a_project_within_the_year_passes_no_lock(ledger):
    """It is dated on a day that is closed, and closes no year."""
    with pytest.raises(InClosedPeriod):
        ledger.close_project(PROJECT, on=MAY)


def test_a_unit_that_nobody_knows_is_not_closed(ledger):
    """A misspelt code would close nothing; one with objectives alone is known."""
    for asked in (
        lambda: ledger.close_period("2023-07-31", unit="U-9"),
        lambda: reopened(ledger, unit="U-9"),
    ):
        with pytest.raises(UnknownUnit, match="U-9"):
            asked()
    objective = Objective(title="g", indicators=(indicator(NAME, "≥1人"),))
    ledger.set_objectives("U-9", "nine", [objective], fiscal_year=2023, on=day(7))
    ledger.close_period("2023-07-31", unit="U-9")
    moved = FormRevised(project="P-2", on=day(7, 31), to_unit="U-8", unit_name="8")
    ledger.append(moved)
    ledger.close_period("2023-07-30", unit="U-8")


REFUSED = [
    (lambda led: led.close_period("2023-07-31", year_end=True), "through"),
    (lambda led: led.close_period("2023-08-02"), "through"),
    (lambda led: led.close_period("2023-06-30"), "through"),
    (lambda led: led.close_period("2023-05-31"), "through"),
    (lambda led: reopened(led, until="2023-07-31"), "until"),
    (lambda led: reopened(led, reason=" "), "reason"),
    (
        lambda led: led.reopen_period(
            "2023-06-01", "2023-05-01", until="2023-08-10", reason="r"
        ),
        "since",
    ),
    (
        lambda led: led.reopen_period(
            "2023-07-01", "2023-07-02", until="2023-08-10", reason="r"
        ),
        "through",
    ),
    (
        lambda led: led.append(
            *[each.event for each in led.events(types=["PeriodClosed"])],
            approval("P-9", on=day(7)),
        ),
        "through",
    ),
]


@pytest.mark.parametrize(("ask", "field"), REFUSED)
def test_what_makes_no_sense_of_periods_is_refused(ledger, ask, field):
    """The field is named; nothing is recorded."""
    before = ledger.position
    with pytest.raises(InvalidInput) as refused:
        ask(ledger)
    assert refused.value.field == field
    assert ledger.position == before


def test_a_fact_about_periods_is_an_append_of_its_own(ledger):
    """Else it would be a question which came first."""
    (closed,) = [each.event for each in ledger.events(types=["PeriodClosed"])]
    july = type(closed)(on=day(7, 31))
    with pytest.raises(InvalidInput, match="append of its own"):
        ledger.append(july, approval("P-9", on=day(8, 1)))


def test_closing_seals_the_log(ledger):
    """Whoever keeps the checkpoint can tell what was recorded after it."""
    assert [size for _, size, _, _ in ledger._parts.log.checkpoints()] == [5]


def test_an_audit_names_what_was_recorded_in_a_closed_period(ledger):
    """As if somebody had taken the lock away while he wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Periods, "check", lambda *_, **__: False)
        ledger.disburse(PROJECT, 1, voucher="2", on=MAY)
        ledger.retract_result(PROJECT, NAME, "first", on=day(8, 1), reason="a slip")
    found = ledger.verify().findings
    assert [each.code for each in found] == ["log.rules", "log.rules"]
    for position, finding in zip((6, 7), found, strict=True):
        assert f"position {position}" in finding.text("en")
