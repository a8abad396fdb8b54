"""Every method that takes a day takes a date or its ISO text, and nothing else."""

import inspect
from datetime import UTC, date, datetime

import pytest

from ledger import Checkpoint, InvalidInput, Ledger, Rating
from ledger.app.register_rows import REGISTERS
from ledger.errors import LedgerError, WrongResult
from ledger.events import Disbursed, ResultReported
from support import PROJECT, approval, day, disbursement, forms, indicator

TEXT, DATE = "2023-03-31", date(2023, 3, 31)
CLOCK = datetime(2023, 3, 31, 8, 30, tzinfo=UTC)

DOORS = {
    "disburse": lambda led, on: led.disburse(PROJECT, 5, voucher="V", on=on),
    "reverse_disbursement": lambda led, on: led.reverse_disbursement(
        PROJECT, "0.05", of="V-1", voucher="V", on=on
    ),
    "adjust_budget": lambda led, on: led.adjust_budget(PROJECT, "supplement", 5, on=on),
    "transfer": lambda led, on: led.transfer(PROJECT, "P-2", 5, on=on),
    "correct_adjustment": lambda led, on: led.correct_adjustment(
        "a", reason="r", on=on
    ),
    "revise_form": lambda led, on: led.revise_form(PROJECT, on=on, name="n"),
    "withdraw_approval": lambda led, on: led.withdraw_approval(
        "P-9", on=on, reason="r"
    ),
    "revise_plan": lambda led, on: led.revise_plan(PROJECT, {on: 1_000}, on=on),
    "close_project": lambda led, on: led.close_project(PROJECT, on=on),
    "revise_target": lambda led, on: led.revise_target(PROJECT, NAME, "≥5人", on=on),
    "report_result": lambda led, on: led.report_result(PROJECT, NAME, 3, on=on),
    "retract_result": lambda led, on: led.retract_result(
        PROJECT, NAME, of="r", reason="x", on=on
    ),
    "explain_variance": lambda led, on: led.explain_variance(
        PROJECT, category="other", text="x", on=on
    ),
    "report_score": lambda led, on: led.report_score(PROJECT, 5, on=on),
    "order_rectification": lambda led, on: led.order_rectification(
        PROJECT, "1", "q", due="2023-12-31", on=on
    ),
    "report_rectification": lambda led, on: led.report_rectification(
        PROJECT, "0", "t", on=on
    ),
    "close_rectification": lambda led, on: led.close_rectification(PROJECT, "0", on=on),
    "assess_goal": lambda led, on: led.assess_goal(PROJECT, 1, "partly", "t", on=on),
    "state_outlook": lambda led, on: led.state_outlook(PROJECT, on=on, as_planned=True),
    "state_conclusion": lambda led, on: led.state_conclusion(PROJECT, "good", on=on),
    "set_objectives": lambda led, on: led.set_objectives(
        "U", "Unit", (), fiscal_year=2023, on=on
    ),
    "commit": lambda led, on: led.commit("P-2", "C-2", 5, on=on),
    "adjust_commitment": lambda led, on: led.adjust_commitment(
        "P-2", "C", "increase", 5, on=on, reason="r"
    ),
    "release_commitment": lambda led, on: led.release_commitment(
        "P-2", "C", on=on, why="finished"
    ),
    **{
        row.name: lambda led, on, name=row.name: getattr(led, name)(
            through=on
        ).to_dict()
        for row in REGISTERS
    },
    "close_period": lambda led, on: led.close_period(on),
    "set_policy": lambda led, on: led.set_policy(on=on),
    "import_forms": lambda led, on: led.import_forms(forms(), on=on),
    "review_forms": lambda led, on: led.review_forms(forms(), on=on),
    "read_forms": lambda led, on: led.read_forms(forms(), on=on),
    "view": lambda led, on: led.view(through=on).execution(),
    "explain": lambda led, on: led.explain(PROJECT, "disbursed", through=on),
    "differences": lambda led, on: led.differences(0, through=on),
}
NAME = "培训人数"
OF_TWO_DAYS = {
    "refund": lambda led, on: led.refund(PROJECT, 1, of="V-1", voucher="V", on=on),
    "carry_over": lambda led, on: led.carry_over(PROJECT, on=on),
    "return_carry": lambda led, on: led.return_carry(PROJECT, on=on),
    "reopen_period": lambda led, on: led.reopen_period(
        on, on, until="2023-12-31", reason="r"
    ),
}
"""Doors of facts that need another year or a closed period first."""


@pytest.fixture
def make():
    """Return what makes ledgers that are alike."""

    def made():
        ticks = iter(range(1, 10**6))
        led = Ledger(
            ":memory:",
            actor="clerk",
            clock=lambda: datetime(2023, 12, 1, tzinfo=UTC),
            entropy=lambda size: next(ticks).to_bytes(size, "big"),
        )
        led.append(
            approval(goals=("g",), indicators=(indicator(name=NAME, target="≥10人"),)),
            approval("P-2"),
            approval("P-9"),
            disbursement(10),
        )
        led.adjust_budget("P-2", "supplement", 5, on=day(2), key="a")
        led.report_result(PROJECT, NAME, 1, on=day(2), key="r")
        led.order_rectification(PROJECT, "0", "q", due=day(12), on=day(2))
        led.commit("P-2", "C", 5, on=day(2))
        return led

    return made


def test_every_door_is_listed():
    """Methods with an argument that is a day; a replay is tried on its own."""
    found = {
        name
        for name, method in vars(Ledger).items()
        if inspect.isfunction(method)
        and {"on", "through"} & set(inspect.signature(method).parameters)
    }
    assert found == {*DOORS, *OF_TWO_DAYS, "replay"}


@pytest.mark.parametrize("door", DOORS)
def test_a_date_and_its_text_are_alike(make, door):
    """The same is recorded, and the same is returned."""
    by_date, by_text = make(), make()
    one, other = (
        DOORS[door](led, on) for led, on in ((by_date, DATE), (by_text, TEXT))
    )
    assert by_date.root == by_text.root
    assert repr(one) == repr(other)


@pytest.mark.parametrize("door", DOORS)
def test_an_instant_is_no_day(make, door):
    """Its day hangs on the zone that it is read in; the error names the date."""
    led = make()
    before = led.root
    with pytest.raises(InvalidInput, match="expected the date alone, 2023-03-31"):
        DOORS[door](led, CLOCK)
    assert led.root == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("wrong", ["2023/03/31", "2023-02-30", "20230331", 45016, 2.5])
def test_nothing_else_is_a_day(make, door, wrong):
    """Neither other spellings nor what workbooks count days by."""
    led = make()
    before = led.root
    with pytest.raises(InvalidInput, match="expected a date as YYYY-MM-DD"):
        DOORS[door](led, wrong)
    assert led.root == before


def test_a_replay_is_cut_by_a_day(make):
    """As a view is."""
    from ledger import EXECUTION

    led = make()
    assert len(list(led.replay(EXECUTION, through=TEXT))) == 3
    with pytest.raises(InvalidInput, match="the date alone"):
        led.replay(EXECUTION, through=CLOCK)


@pytest.mark.parametrize(
    "event",
    [
        Disbursed(project=PROJECT, on=CLOCK, voucher="V", amount=5),
        Disbursed(project=PROJECT, on=TEXT, voucher="V", amount=5),
        ResultReported(project=PROJECT, on=DATE, indicator=NAME, reached_on=CLOCK),
    ],
    ids=["instant", "text", "reached"],
)
def test_an_event_holds_dates(make, event):
    """What is stored is a date, whoever made the event."""
    with pytest.raises(LedgerError):
        make().append(event)
    with pytest.raises(InvalidInput, match="the date alone"):
        Checkpoint(CLOCK, 100_000)


def test_a_result_may_be_a_date_or_a_rating_by_its_text(make):
    """A number, a date and a word are told apart."""
    led = make()
    led.append(
        approval(
            "P-3",
            indicators=(
                indicator(name="完工", target="2023年6月底前"),
                indicator(name="质量", target="优良"),
            ),
        )
    )
    reached = led.report_result("P-3", "完工", TEXT, on=day(6))
    assert reached.event.reached_on == DATE
    rated = led.report_result("P-3", "质量", "attained", share=1, on=day(6))
    assert rated.event.rating is Rating.ATTAINED
    with pytest.raises(InvalidInput, match="did you mean 'partly'"):
        led.report_result("P-3", "质量", "partley", on=day(6))
    with pytest.raises(InvalidInput, match="the date alone"):
        led.report_result("P-3", "完工", CLOCK, on=day(6))
    with pytest.raises(WrongResult):
        led.report_result(PROJECT, NAME, TEXT, on=day(6))


@pytest.mark.parametrize("year", ["2023.0", 2023.0, None, 0])
def test_years_and_months_are_numbers(make, year):
    """Text would be compared with numbers, which is an error of Python's own."""
    led = make()
    for call in (
        lambda: led.monthly_report(year, 3),
        lambda: led.monitoring(year, 3),
        lambda: led.self_evaluation(year),
        lambda: led.events_template("x.xlsx", year, 3),
        lambda: led.set_objectives("U", "Unit", (), fiscal_year=year, on=DATE),
    ):
        with pytest.raises(InvalidInput):
            call()
    for month in (0, 13, "3", 3.0, True):
        with pytest.raises(InvalidInput, match="month"):
            led.monthly_report(2023, month)


@pytest.mark.parametrize("door", OF_TWO_DAYS)
@pytest.mark.parametrize("wrong", ["2023/03/31", "20230331", 45016])
def test_nothing_else_is_a_day_of_two_years(make, door, wrong):
    """It is refused before anything else is looked at."""
    with pytest.raises(InvalidInput, match="expected a date as YYYY-MM-DD"):
        OF_TWO_DAYS[door](make(), wrong)
