"""
An *illustrative* year for the 19 real projects of Julu 2023.

The published document holds budgets, plans and targets, and no execution data. What is
recorded here is made up, the same on every run, and says so in every event. Money
follows each plan at a pace; results follow each target at the same pace.
The year after stands in ``second_year.py``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import count
from pathlib import Path
from typing import Any

from ledger import (
    Funding,
    Indicator,
    Language,
    Ledger,
    Measure,
    Rating,
    TargetKind,
    VarianceCategory,
    yuan,
)
from ledger.domain.calendar import month_end
from ledger.errors import BudgetExceeded
from ledger.events import BudgetApproved, Disbursed
from ledger.intake import SAMPLE
from stated import complete, watch
from story import say, settings, words

LABEL = words(Language.ENGLISH, "label")
SETTINGS = settings(Language.ENGLISH)

TRAINING = "13052923P00584010933T"  # 就业工作经费
RECRUITING = "13052923P005840109475"  # 事业单位公开招聘经费: behind
TALENT = "13052923P00584010934E"  # 人事人才经费
NETWORK = "13052923P00584010950P"  # 运行经费: ahead
INSPECTION = "13052923P00584010941F"  # 劳动监察执法经费
ARBITRATION = "13052923P00584010946H"  # 劳动仲裁经费
AIRCON = "13052923P00584010949C"  # 办公楼更换空气源热泵中央空调资金

ARCHIVE = "建设高标准档案室"
"""What the unit is to build: a result is due at the end of each quarter."""

RECRUITED = 11
"""The month of the only recruitment of the year."""
NEEDS_RECRUITS = {"满意率", "招聘人员在单位的作用"}
"""What nothing is known of until then."""
OF_RECRUITING = {"招聘次数", "招聘费用标准", "招聘率", "资金使用率"}

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


Special = Callable[[Ledger, Clock], str]
"""Something that happens once, which returns what is said of it."""

NOTHING_MORE: Mapping[int, Sequence[Special]] = {}


def create(path: Path) -> list[str]:
    """Make the illustrative ledger at *path*; return what happened in the year."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    clock = Clock()
    with Ledger.open(path, actor=LABEL, clock=clock, settings=SETTINGS) as ledger:
        return record_year(ledger, clock)


def record_year(
    ledger: Ledger, clock: Clock, more: Mapping[int, Sequence[Special]] = NOTHING_MORE
) -> list[str]:
    """
    Record the forms and the year in an empty ledger; return what happened in it.

    *more* has, by month, what happens besides.
    """
    ledger.import_forms(SAMPLE)
    notes: list[str] = []
    for month in range(1, 13):
        specials = (*SPECIAL.get(month, ()), *more.get(month, ()))
        notes += [special(ledger, clock) for special in specials]
        record_month(ledger, clock, month)
        if month not in {6, 12}:  # See explain() and judge().
            watch(ledger, month_end(2023, month), less_than_budget(ledger, month))
    notes.append(judge(ledger, clock))
    return notes


def record_month(ledger: Ledger, clock: Clock, month: int, year: int = 2023) -> None:
    """Pay what the plan says at each project's pace, and report what was reached."""
    end = month_end(year, month)
    clock.show(end)
    view = ledger.view(through=end)
    number = count(1)  # A unit numbers its vouchers month by month, over all projects.
    for line in view.execution():
        pace = PACE.get(line.project, USUAL_PACE)
        assert line.planned is not None
        wanted = line.planned * pace - line.disbursed
        amount = min(wanted, line.available).quantize(yuan("1.00"), ROUND_DOWN)
        if amount > 0:
            ledger.disburse(
                line.project,
                amount,
                voucher=f"{year}-{month:02}-{next(number):03}",
                on=end - timedelta(days=6),
                description=say(ledger, "month", month=month),
            )
    clock.show(end + timedelta(days=3))
    for project, indicators in approved(ledger, year).items():
        pace = PACE.get(project, USUAL_PACE)
        for indicator in indicators:
            report(ledger, project, indicator, end, pace)
    if month % 3 == 0:
        receiving = 300 + 2 * month  # A level: how many people have it by now.
        report_unit(ledger, "享受就业补助人数", end, receiving)
    if year == 2023 and month in {3, 6, 9}:  # December: see judge().
        report_unit(ledger, ARCHIVE, end, Rating.ATTAINED, share="0.85")


def approved(ledger: Ledger, year: int) -> dict[str, tuple[Indicator, ...]]:
    """Return the indicators of each project of a year, as approved."""
    events = (recorded.event for recorded in ledger.events(types=["BudgetApproved"]))
    return {
        event.project: event.indicators
        for event in events
        if isinstance(event, BudgetApproved) and event.fiscal_year == year
    }


def report(
    ledger: Ledger, project: str, indicator: Indicator, end: date, pace: Decimal
) -> None:
    """Report one indicator for the month up to *end*, in the manner of its target."""
    month, target, name = end.month, indicator.target, indicator.name
    note = say(ledger, "month", month=month)
    quarter = month % 3 == 0

    def take(value: Decimal | date | Rating | None = None, **more: Any) -> None:
        ledger.report_result(project, name, value, on=end, note=note, **more)

    if project == RECRUITING and name in OF_RECRUITING:
        for given in of_recruiting(ledger, name, end):
            take(**given)
    elif project == RECRUITING and name in NEEDS_RECRUITS and month < RECRUITED:
        return
    elif "结案率" in name:  # Cases closed of cases opened: pooled over the year.
        if quarter:
            take(numerator=Decimal(13 + month // 3), denominator=Decimal(16))
    elif indicator.measure is Measure.SUM and target.value is not None:
        done = _so_far(target.value * pace, month) - _so_far(
            target.value * pace, month - 1
        )
        if done or quarter:
            take(done)
    elif target.kind is TargetKind.DAY_OF_MONTH and target.value is not None:
        take(date(end.year, month, int(target.value) - 1))
    elif target.kind is TargetKind.QUALITATIVE:
        if month in {6, 12}:
            share = Decimal("0.85") if pace > Decimal("0.9") else Decimal("0.65")
            rating = Rating.ATTAINED if share > Decimal("0.8") else Rating.PARTLY
            take(rating, share=share)
    elif target.value is not None and quarter:
        short = pace < Decimal("0.9") and month < 12
        level = target.value * (Decimal("0.95") if short else 1)
        whole = target.unit in {"人", "台", "天", "年", "个月"}
        take(level.quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_HALF_UP))


def of_recruiting(ledger: Ledger, name: str, end: date) -> Iterator[dict[str, Decimal]]:
    """Yield what is reported of a month: the only recruitment was late in the year."""
    late = end.month > RECRUITED
    if name == "招聘次数":
        yield {"value": Decimal(end.month == RECRUITED)}
    elif end.month % 3:
        return
    elif name == "资金使用率":
        rate = ledger.view(through=end).project(RECRUITING).execution_rate
        assert rate is not None
        yield {"value": (rate * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)}
    elif name == "招聘率":  # Those recruited of those wanted: 0 of 0 is nothing yet.
        done, wanted = (19, 20) if late else (0, 0)
        yield {"numerator": Decimal(done), "denominator": Decimal(wanted)}
    else:
        yield {"value": Decimal(65_000 if late else 0)}


def report_unit(
    ledger: Ledger, name: str, on: date, value: int | Rating, **more: Any
) -> None:
    """Report one of the unit's own indicators."""
    note = say(ledger, "label")
    ledger.report_result(None, name, value, unit="323", on=on, note=note, **more)


def overspend(ledger: Ledger, clock: Clock) -> str:
    """Try to pay more than is left; the ledger refuses and nothing is recorded."""
    clock.show(date(2023, 4, 12))
    try:
        ledger.disburse(
            TRAINING, yuan("250_000"), voucher="2023-04-99", on=date(2023, 4, 12)
        )
    except BudgetExceeded as refused:
        return say(ledger, "note.refused", problem=refused)
    raise AssertionError("an overspending was taken")


def correct(ledger: Ledger, clock: Clock) -> str:
    """Take back a part of a payment that was made twice."""
    clock.show(date(2023, 5, 16))
    stream = f"project:2023:{INSPECTION}"
    paid = ledger.events(stream=stream, types=["Disbursed"])
    april = next(each.event for each in paid if each.on.month == 4)
    assert isinstance(april, Disbursed)  # No others were asked for.
    ledger.reverse_disbursement(
        INSPECTION,
        yuan("1_200.00"),
        of=april.voucher,
        voucher="2023-05-R1",
        on=date(2023, 5, 15),
        reason=say(ledger, "reason.twice"),
    )
    return told(ledger, "corrected", INSPECTION, "1_200.00")


def supplement(ledger: Ledger, clock: Clock) -> str:
    """Raise a budget in the year, and its plan with it."""
    clock.show(date(2023, 6, 5))
    on, document = date(2023, 6, 1), say(ledger, "document.supplement")
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
        reason=say(ledger, "reason.plan"),
    )
    return told(ledger, "supplemented", TRAINING, "50_000.00")


def late(ledger: Ledger, clock: Clock) -> str:
    """Record on 12 July a payment of June: views known before do not have it."""
    clock.show(date(2023, 7, 12))
    ledger.disburse(
        ARBITRATION,
        yuan("3_000.00"),
        voucher="2023-06-02",
        on=date(2023, 6, 28),
        description=say(ledger, "reason.late"),
    )
    return told(ledger, "entered_late", ARBITRATION, "3_000.00")


def transfer(ledger: Ledger, clock: Clock) -> str:
    """Move budget from the project that is behind to one that needs it."""
    clock.show(date(2023, 9, 4))
    ledger.transfer(
        RECRUITING,
        TALENT,
        yuan("20_000"),
        on=date(2023, 9, 1),
        document=say(ledger, "document.virement"),
        reason=say(ledger, "reason.virement"),
    )
    other = named(ledger, TALENT)
    return told(ledger, "transferred", RECRUITING, "20_000.00", other=other)


def explain(ledger: Ledger, clock: Clock) -> str:
    """Say why a project is behind at the end of June, for the monitoring form."""
    clock.show(date(2023, 7, 12))
    on = date(2023, 6, 30)
    ledger.explain_variance(
        RECRUITING,
        VarianceCategory.INSTITUTIONAL,
        say(ledger, "reason.money"),
        on=on,
        remedy=say(ledger, "reason.money_remedy"),
    )
    ledger.explain_variance(
        RECRUITING,
        VarianceCategory.OTHER,
        say(ledger, "reason.recruiting"),
        indicator="招聘次数",
        on=on,
        remedy=say(ledger, "reason.recruiting_remedy"),
    )
    watch(ledger, on, less_than_budget(ledger, 6))
    return told(ledger, "explained", RECRUITING)


def less_than_budget(ledger: Ledger, month: int) -> dict[str, dict[str, Any]]:
    """Return the outlook of the project that will not spend its budget, once known."""
    line = ledger.view(through=date(2023, 12, 31)).project(RECRUITING)
    if month in {6, 7, 8}:  # Before what is left is moved to another project.
        amount = line.current_budget - yuan("20_000")
    elif month > 9:
        amount = (line.planned or line.current_budget) * PACE[RECRUITING]
    else:
        return {}
    part = Funding(source="fiscal", amount=line.currency.minor(amount))
    return {RECRUITING: {"amounts": (part,), "reason": say(ledger, "reason.outlook")}}


def judge(ledger: Ledger, clock: Clock) -> str:
    """Explain what was missed in the year, and give points that differ."""
    clock.show(date(2024, 1, 15))
    on = date(2023, 12, 31)
    ledger.explain_variance(
        TRAINING,
        VarianceCategory.STAFFING,
        say(ledger, "reason.training"),
        indicator="开展就业培训数",
        on=on,
        about=2023,
        remedy=say(ledger, "reason.training_remedy"),
    )
    ledger.report_score(
        TRAINING,
        "8.00",
        indicator="开展就业培训数",
        on=on,
        about=2023,
        reason=say(ledger, "reason.points"),
    )
    report_unit(ledger, ARCHIVE, on, Rating.ATTAINED, share="0.9")
    complete(ledger, on)
    watch(ledger, on, {})
    return told(ledger, "judged", TRAINING)


def told(
    ledger: Ledger, code: str, project: str, amount: str = "0", **values: object
) -> str:
    """Return a note about a project, with an amount as its reader writes it."""
    return say(
        ledger,
        f"note.{code}",
        project=named(ledger, project),
        amount=written(ledger, yuan(amount)),
        **values,
    )


def written(ledger: Ledger, amount: Decimal) -> str:
    """Return an amount in the language and the scale of a ledger."""
    settings = ledger.settings
    return settings.amount(amount).said(settings.language)


def named(ledger: Ledger, project: str) -> str:
    """Return the name of a project."""
    return next(each.name for each in ledger.projects() if each.project == project)


SPECIAL: dict[int, tuple[Special, ...]] = {
    4: (overspend,),
    5: (correct,),
    6: (supplement,),
    7: (late, explain),
    9: (transfer,),
}


def _so_far(target: Decimal, month: int) -> Decimal:
    return (target * month / 12).quantize(Decimal(1), ROUND_DOWN)
