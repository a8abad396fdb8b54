"""What a target asks of each month is judged by the worst of the whole months."""

from datetime import date

import pytest

from ledger import Ledger, Measure, Status
from ledger.errors import WrongResult
from support import PROJECT, approval, indicator

PATROLS, PAID = "巡查次数", "工资发放"
ENDS = [
    date(2023, month, day)
    for month, day in enumerate([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 1)
]


def opened(tmp_path, on=date(2023, 1, 1)):
    """Return a ledger whose project has a target for each month, and a day of each."""
    rows = indicator(PATROLS, "≥4次/月"), indicator(PAID, "25日")
    ledger = Ledger.open(tmp_path / "a.ledger", actor="t")
    ledger.append(approval(budget=100_000, on=on, indicators=rows))
    return ledger


def judged(ledger, month, name=PATROLS):
    """Return status, attainment, result and whether one is due at a month's end."""
    lines = ledger.view(through=ENDS[month - 1]).attainment(PROJECT)
    one = next(line for line in lines if line.indicator == name)
    return one.status, one.attainment, one.result, one.due


def counted(ledger, *numbers):
    """Report a number for each month from January on; ``None`` stands for nothing."""
    for end, number in zip(ENDS, numbers, strict=False):
        if number is not None:
            ledger.report_result(PROJECT, PATROLS, number, on=end)


def test_what_was_done_in_a_month_is_added(tmp_path):
    """Three and one make four; the other months are not added to them."""
    with opened(tmp_path) as ledger:
        ledger.report_result(PROJECT, PATROLS, 3, on="2023-01-10")
        ledger.report_result(PROJECT, PATROLS, 1, on="2023-01-31")
        assert judged(ledger, 1) == (Status.ON_TRACK, 1, 4, True)
        counted(ledger, None, 5)
        assert judged(ledger, 2) == (Status.ON_TRACK, 1, 4, True)


def test_the_last_month_short_is_behind_and_an_earlier_one_at_risk(tmp_path):
    """The attainment stays that of the worst month."""
    with opened(tmp_path) as ledger:
        counted(ledger, 4, 3, 8)
        assert judged(ledger, 1)[:2] == (Status.ON_TRACK, 1)
        assert judged(ledger, 2)[:3] == (Status.BEHIND, pytest.approx(0.75), 3)
        assert judged(ledger, 3)[:3] == (Status.AT_RISK, pytest.approx(0.75), 3)


def test_a_month_without_a_result_is_due_and_missing(tmp_path):
    """
    Though the months around it are well; it is not taken for nothing done.

    Within a month of the approval, none is asked for.
    """
    with opened(tmp_path) as ledger:
        assert judged(ledger, 1) == (Status.NOT_DUE, None, None, False)
        assert judged(ledger, 2) == (Status.OVERDUE, None, None, True)
        counted(ledger, 4, None, 4)
        assert judged(ledger, 3) == (Status.OVERDUE, 1, 4, True)


def test_months_before_the_approval_do_not_exist(tmp_path):
    """Nor does the month that it falls into, which was no whole one."""
    with opened(tmp_path, on=date(2023, 3, 15)) as ledger:
        assert judged(ledger, 3) == (Status.NOT_DUE, None, None, False)
        counted(ledger, *[None] * 3, 4)
        assert judged(ledger, 4) == (Status.ON_TRACK, 1, 4, True)


def test_the_year_ends_attained_missed_or_missing(tmp_path):
    """Attained where each month was; one short month is missed."""
    with opened(tmp_path) as ledger:
        counted(ledger, *[4] * 11)
        assert judged(ledger, 12)[0] is Status.OVERDUE
        ledger.report_result(PROJECT, PATROLS, 4, on=ENDS[11], key="r")
        assert judged(ledger, 12)[0] is Status.ATTAINED
        ledger.retract_result(PROJECT, PATROLS, "r", on=ENDS[11], reason="错")
        ledger.report_result(PROJECT, PATROLS, 2, on=ENDS[11])
        assert judged(ledger, 12)[:2] == (Status.MISSED, pytest.approx(0.5))


def test_a_day_of_each_month_belongs_to_its_own_month(tmp_path):
    """Reported later, it is still of the month in which it was reached."""
    with opened(tmp_path) as ledger:
        ledger.report_result(PROJECT, PAID, date(2023, 1, 25), on="2023-01-25")
        ledger.report_result(PROJECT, PAID, date(2023, 2, 27), on="2023-03-02")
        assert judged(ledger, 1, PAID)[:2] == (Status.ON_TRACK, 1)
        assert judged(ledger, 2, PAID)[:2] == (Status.OVERDUE, 1)
        ledger.report_result(PROJECT, PAID, date(2023, 3, 24), on="2023-03-24")
        late = date(2023, 2, 27)
        assert judged(ledger, 3, PAID) == (Status.AT_RISK, 0, late, True)


def test_each_month_is_judged_by_the_target_at_its_end(tmp_path):
    """A target that was raised since does not make earlier months short."""
    with opened(tmp_path) as ledger:
        counted(ledger, 4, 6)
        ledger.revise_target(PROJECT, PATROLS, "≥6次/月", on="2023-02-01")
        assert judged(ledger, 2)[:2] == (Status.ON_TRACK, 1)


def test_numerators_are_no_months_work(tmp_path):
    """The measure takes plain numbers alone, and is what such a target suggests."""
    with opened(tmp_path) as ledger:
        with pytest.raises(WrongResult):
            ledger.report_result(
                PROJECT, PATROLS, on=ENDS[0], numerator=1, denominator=2
            )
        lines = ledger.view(through=ENDS[0]).attainment(PROJECT)
        assert {line.measure for line in lines} == {Measure.WORST_MONTH}


def test_a_ceiling_of_each_month_is_passed_by_one(tmp_path):
    """And another unit is judged by the last figure of the month."""
    rows = (
        indicator("停机", "≤2小时", measure=Measure.WORST_MONTH),
        indicator("事故", "≤1次/月"),
    )
    with Ledger.open(tmp_path / "a.ledger", actor="t") as ledger:
        ledger.append(approval(budget=100_000, indicators=rows))
        for name, numbers in {"停机": [5, 2], "事故": [1, 1]}.items():
            for number in numbers:
                ledger.report_result(PROJECT, name, number, on=ENDS[0])
        assert judged(ledger, 1, "停机")[:3] == (Status.ON_TRACK, 1, 2)
        assert judged(ledger, 1, "事故")[::2] == (Status.BEHIND, 2)


def test_its_figures_are_explained(tmp_path):
    """The result names its measure, and the status says months."""
    with opened(tmp_path) as ledger:
        counted(ledger, 4, 3)
        asked = {"through": ENDS[1]}
        explained = ledger.explain(PROJECT, f"indicators.{PATROLS}.result", **asked)
        assert explained.value == 3
        assert "the worst of the whole months" in str(explained.formula)
        status = ledger.explain(PROJECT, f"indicators.{PATROLS}.status", **asked)
        assert "the last month" in str(status.formula)
