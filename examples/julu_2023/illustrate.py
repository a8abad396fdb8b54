"""
An *illustrative* year for the 19 real projects of Julu 2023.

The published document holds budgets, plans and targets, and no execution data. What is
recorded here is made up, the same on every run, and says so in every event. Money
follows each plan at a pace; results follow each target at the same pace.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from ledger import (
    Indicator,
    Language,
    Ledger,
    Likelihood,
    Rating,
    Settings,
    TargetKind,
    VarianceCategory,
    yuan,
)
from ledger.domain.calendar import month_end
from ledger.errors import BudgetExceeded
from ledger.events import BudgetApproved

FORMS = Path(__file__).with_name("forms.json")
LABEL = "illustrative"
SETTINGS = Settings(
    title="Julu 2023: real budgets, ILLUSTRATIVE payments and results",
    language=Language.ENGLISH,
)

TRAINING = "13052923P00584010933T"  # 就业工作经费
RECRUITING = "13052923P005840109475"  # 事业单位公开招聘经费: behind
TALENT = "13052923P00584010934E"  # 人事人才经费
NETWORK = "13052923P00584010950P"  # 运行经费: ahead
INSPECTION = "13052923P00584010941F"  # 劳动监察执法经费
ARBITRATION = "13052923P00584010946H"  # 劳动仲裁经费

PACE = {RECRUITING: Decimal("0.4"), NETWORK: Decimal("1.25")}
USUAL_PACE = Decimal("0.98")


class Clock:
    """A clock that shows the day of what is being recorded, at 09:00 UTC."""

    def __init__(self) -> None:
        self.now = datetime(2023, 1, 3, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the instant that it shows."""
        return self.now

    def show(self, day: date) -> None:
        """Turn the clock to *day*."""
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def create(path: Path) -> list[str]:
    """Make the illustrative ledger at *path*; return what happened in the year."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    clock = Clock()
    with Ledger.open(path, actor=LABEL, clock=clock, settings=SETTINGS) as ledger:
        return record_year(ledger, clock)


def record_year(ledger: Ledger, clock: Clock) -> list[str]:
    """Record the forms and the year in an empty ledger; return what happened in it."""
    ledger.import_forms(FORMS)
    notes: list[str] = []
    for month in range(1, 13):
        notes += [special(ledger, clock) for special in SPECIAL.get(month, ())]
        record_month(ledger, clock, month)
    notes.append(judge(ledger, clock))
    return notes


def record_month(ledger: Ledger, clock: Clock, month: int) -> None:
    """Pay what the plan says at each project's pace, and report what was reached."""
    end = month_end(2023, month)
    clock.show(end)
    view = ledger.view(through=end)
    for line in view.execution():
        pace = PACE.get(line.project, USUAL_PACE)
        wanted = line.planned * pace - line.disbursed
        amount = min(wanted, line.available).quantize(yuan("1.00"), ROUND_DOWN)
        if amount > 0:
            ledger.disburse(
                line.project,
                amount,
                voucher=f"2023-{month:02}-01",
                on=end - timedelta(days=6),
                description=f"{LABEL}: month {month}",
            )
    clock.show(end + timedelta(days=3))
    for project, indicators in approved(ledger).items():
        pace = PACE.get(project, USUAL_PACE)
        for indicator in indicators:
            report(ledger, project, indicator, month, pace)
    if month % 3 == 0:
        people = 80 * month // 3
        report_unit(ledger, "享受就业补助人数", people, end)


def approved(ledger: Ledger) -> dict[str, tuple[Indicator, ...]]:
    """Return the indicators of each project, as approved."""
    events = (recorded.event for recorded in ledger.events(types=["BudgetApproved"]))
    return {
        event.project: event.indicators
        for event in events
        if isinstance(event, BudgetApproved)
    }


def report(
    ledger: Ledger, project: str, indicator: Indicator, month: int, pace: Decimal
) -> None:
    """Report one indicator for one month, in the manner of its target."""
    end, target, name = month_end(2023, month), indicator.target, indicator.name
    note = f"{LABEL}: month {month}"
    quarter = month % 3 == 0

    def say(value: Decimal | date | Rating | None = None, **more: Any) -> None:
        ledger.report_result(project, name, value, on=end, note=note, **more)

    if "结案率" in name:  # Cases closed of cases opened: pooled over the year.
        if quarter:
            say(numerator=Decimal(13 + month // 3), denominator=Decimal(16))
    elif indicator.measure == "sum" and target.value is not None:
        done = _so_far(target.value * pace, month) - _so_far(
            target.value * pace, month - 1
        )
        if done or quarter:
            say(done)
    elif target.kind is TargetKind.DAY_OF_MONTH and target.value is not None:
        say(date(2023, month, int(target.value) - 1))
    elif target.kind is TargetKind.QUALITATIVE:
        if month in {6, 12}:
            share = Decimal("0.85") if pace > Decimal("0.9") else Decimal("0.65")
            rating = Rating.ATTAINED if share > Decimal("0.8") else Rating.PARTLY
            say(rating, share=share)
    elif target.value is not None and quarter:
        reached = min(Decimal(1), Decimal("0.955") + Decimal(month) / 240)
        level = target.value * reached
        whole = target.unit in {"人", "台", "天", "年", "个月"}
        say(level.quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_HALF_UP))


def report_unit(ledger: Ledger, name: str, value: int, on: date) -> None:
    """Report one of the unit's own indicators."""
    ledger.report_result(None, name, value, unit="323", on=on, note=LABEL)


def overspend(ledger: Ledger, clock: Clock) -> str:
    """Try to pay more than is left; the ledger refuses and nothing is recorded."""
    clock.show(date(2023, 4, 12))
    try:
        ledger.disburse(
            TRAINING, yuan("250_000"), voucher="2023-04-99", on=date(2023, 4, 12)
        )
    except BudgetExceeded as refused:
        return f"refused: {refused}"
    raise AssertionError("an overspending was taken")


def correct(ledger: Ledger, clock: Clock) -> str:
    """Take back a part of a payment that was made twice."""
    clock.show(date(2023, 5, 16))
    ledger.reverse_disbursement(
        INSPECTION,
        yuan("1_200.00"),
        of="2023-04-01",
        voucher="2023-05-R1",
        on=date(2023, 5, 15),
        reason=f"{LABEL}: paid twice",
    )
    return "corrected: 1,200.00 yuan of 劳动监察执法经费 came back in May"


def supplement(ledger: Ledger, clock: Clock) -> str:
    """Raise a budget in the year, and its plan with it."""
    clock.show(date(2023, 6, 5))
    on, document = date(2023, 6, 1), "illustrative 2023-17"
    ledger.adjust_budget(
        TRAINING, "supplement", yuan("50_000"), on=on, document=document
    )
    ledger.revise_plan(
        TRAINING,
        {
            date(2023, 3, 31): yuan("50_000"),
            date(2023, 6, 30): yuan("110_000"),
            date(2023, 10, 31): yuan("190_000"),
            date(2023, 12, 31): yuan("250_000"),
        },
        on=on,
        reason=f"{LABEL}: after the supplement",
    )
    return "supplemented: 就业工作经费 by 50,000.00 yuan from 1 June"


def late(ledger: Ledger, clock: Clock) -> str:
    """Record on 12 July a payment of June: views known before do not have it."""
    clock.show(date(2023, 7, 12))
    ledger.disburse(
        ARBITRATION,
        yuan("3_000.00"),
        voucher="2023-06-02",
        on=date(2023, 6, 28),
        description=f"{LABEL}: entered late",
    )
    return "entered late: 3,000.00 yuan of 劳动仲裁经费 of 28 June, on 12 July"


def transfer(ledger: Ledger, clock: Clock) -> str:
    """Move budget from the project that is behind to one that needs it."""
    clock.show(date(2023, 9, 4))
    ledger.transfer(
        RECRUITING,
        TALENT,
        yuan("20_000"),
        on=date(2023, 9, 1),
        document="illustrative 2023-31",
        reason=LABEL,
    )
    return "transferred: 20,000.00 yuan from 事业单位公开招聘经费 to 人事人才经费"


def explain(ledger: Ledger, clock: Clock) -> str:
    """Say why a project is behind at the end of June, for the monitoring form."""
    clock.show(date(2023, 7, 12))
    on = date(2023, 6, 30)
    ledger.explain_variance(
        RECRUITING,
        VarianceCategory.INSTITUTIONAL,
        f"{LABEL}：招聘公告推迟到下半年发布",
        on=on,
        likelihood=Likelihood.POSSIBLE,
        remedy="三季度集中组织招聘",
    )
    ledger.explain_variance(
        RECRUITING,
        VarianceCategory.OTHER,
        f"{LABEL}：上半年未安排考试",
        indicator="招聘次数",
        on=on,
        likelihood=Likelihood.POSSIBLE,
        forecast="2次",
        remedy="9月、11月各组织一次",
    )
    return "explained: why 事业单位公开招聘经费 was behind in June"


def judge(ledger: Ledger, clock: Clock) -> str:
    """Explain what was missed in the year, and give points that differ."""
    clock.show(date(2024, 1, 15))
    on = date(2023, 12, 31)
    ledger.explain_variance(
        TRAINING,
        VarianceCategory.STAFFING,
        f"{LABEL}：第四季度一次培训因讲师变动取消",
        indicator="开展就业培训数",
        on=on,
        remedy="2024年一季度补办",
    )
    ledger.report_score(
        TRAINING, "8.00", indicator="开展就业培训数", on=on, reason="参训人数超出计划"
    )
    return "judged: one indicator of 就业工作经费 scored by a person, with the reason"


SPECIAL: dict[int, tuple[Callable[[Ledger, Clock], str], ...]] = {
    4: (overspend,),
    5: (correct,),
    6: (supplement,),
    7: (late, explain),
    9: (transfer,),
}


def _so_far(target: Decimal, month: int) -> Decimal:
    return (target * month / 12).quantize(Decimal(1), ROUND_DOWN)
