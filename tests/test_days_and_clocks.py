"""Facts of days to come, and clocks that contradict the record."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from click.testing import CliRunner

from ledger import AdjustmentKind, Funding, InvalidInput, Ledger
from ledger.cli import main
from ledger.errors import DatedAhead
from ledger.events import (
    BudgetAdjusted,
    DisbursementReversed,
    ProjectClosed,
    ResultReported,
)
from support import PROJECT, Clock, approval, disbursement, form, forms

NOON = datetime(2023, 2, 20, 12, tzinfo=UTC)
TODAY = NOON.date()
AHEAD = TODAY + timedelta(2)
TOMORROW = TODAY + timedelta(1)


@pytest.fixture
def ledger():
    """Open a ledger in which something was paid on the first of February."""
    with Ledger.open(":memory:", actor="a", clock=Clock(NOON)) as opened:
        opened.append(approval(), disbursement(1_000, "paid", date(2023, 2, 1)))
        yield opened


def happened(on):
    """Return the facts that cannot lie ahead, dated *on*."""
    back = DisbursementReversed(
        project=PROJECT, on=on, voucher="back", of="paid", amount=1
    )
    closing = ProjectClosed(project=PROJECT, on=on)
    return [disbursement(1, "new", on), back, closing]


@pytest.mark.parametrize("place", range(3))
def test_what_happened_is_dated_at_most_a_day_ahead(ledger, place):
    """Both days are named; tomorrow is allowed, since days begin elsewhere earlier."""
    with pytest.raises(DatedAhead, match=rf"{AHEAD}.*{TODAY}"):
        ledger.append(happened(AHEAD)[place])
    ledger.append(happened(TOMORROW)[place])
    assert ledger.verify().ok


def test_the_day_of_recording_is_that_of_utc():
    """A clock of another zone is asked for the same instant."""
    zone = datetime.fromisoformat("2023-02-21T07:00:00+08:00")
    with Ledger.open(":memory:", actor="a", clock=lambda: zone) as other:
        other.append(approval())
        with pytest.raises(DatedAhead, match="2023-02-20"):
            other.append(disbursement(1, "1", date(2023, 2, 22)))


def test_today_is_that_of_utc_whatever_the_zone_of_the_clock():
    """A view without a day, and a corrected form, take the day of recording."""
    zone = timezone(timedelta(hours=8))
    early = datetime(2023, 2, 20, 1, tzinfo=zone)  # 17:00 of the day before, in UTC.
    with Ledger.open(":memory:", actor="a", clock=lambda: early) as opened:
        opened.import_forms(forms())
        code = form()["project_code"]
        more = {"fiscal_funds": "25.00", "plan_row": ["5", "10", "15", "25"]}
        opened.import_forms(forms(form(budget="25.00", **more)), revise=True)
        opened.adjust_budget(code, "supplement", 1, on=date(2023, 12, 1))
        revised = [each.on for each in opened.events(types=["SpendingPlanRevised"])]
        assert revised == [date(2023, 2, 19)]
        assert opened.view().through == date(2023, 2, 19)


@pytest.mark.parametrize("day", [NOON, "20 February", 20230220])
def test_a_view_takes_no_day_that_is_no_date(ledger, day):
    """A moment or another text is refused before anything is compared with it."""
    with pytest.raises(InvalidInput, match="through"):
        ledger.view(through=day)


@pytest.mark.parametrize("cut", ["2", True, 2.0])
def test_a_view_takes_no_cut_that_is_no_position(ledger, cut):
    """What is neither a moment nor a position is refused."""
    with pytest.raises(InvalidInput, match="known_at"):
        ledger.view(known_at=cut)


def test_what_is_decided_may_lie_ahead(ledger):
    """Approvals, adjustments, plans and targets speak of days to come."""
    ledger.append(
        approval("P-2", on=date(2023, 12, 31)),
        BudgetAdjusted(
            project=PROJECT,
            on=date(2023, 12, 31),
            kind=AdjustmentKind.SUPPLEMENT,
            amounts=(Funding(source="fiscal", amount=1),),
        ),
    )
    ledger.revise_target(PROJECT, "开展就业培训数", "≥11次", on=date(2023, 11, 1))
    ledger.revise_plan(PROJECT, {date(2023, 12, 31): 1000}, on=date(2023, 10, 1))
    assert ledger.view().through == TODAY
    assert ledger.findings == ()


def test_a_result_ahead_is_taken_and_said(ledger):
    """When it is recorded, and in `verify`, which still holds."""
    ledger.append(
        ResultReported(
            project=PROJECT,
            on=AHEAD,
            indicator="开展就业培训数",
            value=approval().indicators[0].target.value,
        )
    )
    assert [each.code for each in ledger.findings] == ["result.dated_ahead"]
    checked = ledger.verify()
    assert checked.ok
    assert [each.code for each in checked.findings] == ["result.dated_ahead"]


def test_a_result_ahead_that_was_retracted_is_no_longer_said(ledger):
    """It is about a result that stands; the next one of the stream is said as well."""
    given = {"project": PROJECT, "indicator": "开展就业培训数", "value": Decimal(1)}
    wrong, _ = ledger.append(
        *(ResultReported(on=on, **given) for on in (AHEAD, AHEAD + timedelta(1)))
    )
    assert len(ledger.verify().findings) == 2
    ledger.retract_result(PROJECT, "开展就业培训数", wrong.id, on=AHEAD, reason="r")
    (found,) = ledger.verify().findings
    assert str(AHEAD + timedelta(1)) in str(found)


def test_what_is_refused_leaves_nothing_to_say(ledger):
    """A result ahead beside a payment that is refused was never recorded."""
    result = ResultReported(
        project=PROJECT,
        on=AHEAD,
        indicator="开展就业培训数",
        value=approval().indicators[0].target.value,
    )
    with pytest.raises(DatedAhead):
        ledger.append(result, disbursement(1, "new", AHEAD))
    assert ledger.findings == ()


def test_a_view_without_a_day_never_lies_ahead(ledger):
    """The last effective day, at most today by the clock."""
    assert ledger.view().through == date(2023, 2, 1)
    ledger.append(disbursement(1, "new", TOMORROW))
    assert ledger.view().through == TODAY
    assert ledger.view(through=TOMORROW).through == TOMORROW


@pytest.mark.parametrize(
    ("behind", "code"),
    [(timedelta(minutes=5), "clock.behind"), (timedelta(days=400), "clock.day_behind")],
)
def test_a_clock_behind_the_record_is_said(path, behind, code):
    """At opening, when it records, and in `verify`; instants still rise."""
    with Ledger.open(path, actor="a", clock=Clock(NOON)) as ledger:
        ledger.append(approval())
    with Ledger.open(path, actor="a", clock=Clock(NOON - behind)) as ledger:
        assert [each.code for each in ledger.findings] == [code]
        ledger.append(approval("P-2", on=date(2022, 12, 1)))
        assert [each.code for each in ledger.findings] == [code]
        checked = ledger.verify()
        assert checked.ok
        assert [each.code for each in checked.findings] == [code]
        first, second = (each.recorded_at for each in ledger.events())
        assert first < second
        with pytest.raises(DatedAhead):
            ledger.append(disbursement(1, "1", date(2023, 3, 1)))


def test_a_clock_set_back_while_a_ledger_is_open_is_said(path):
    """At the next fact, not only at the next opening."""
    clock = Clock(NOON)
    with Ledger.open(path, actor="a", clock=clock) as ledger:
        ledger.append(approval())
        assert ledger.findings == ()
        clock.now = NOON - timedelta(days=3)
        ledger.append(approval("P-2"))
        assert [each.code for each in ledger.findings] == ["clock.day_behind"]


def test_the_command_line_says_that_its_clock_is_behind(path):
    """On the error stream, whatever it prints, and it goes on."""
    with Ledger.open(path, actor="a", clock=Clock(NOON.replace(year=2999))) as ledger:
        ledger.append(approval())
    ran = CliRunner().invoke(main, ["--lang", "en", "events", f"{path}", PROJECT])
    assert ran.exit_code == 0
    assert "clock.day_behind" in ran.stderr
    assert "approval" in ran.stdout
