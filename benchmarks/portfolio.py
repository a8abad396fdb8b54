"""A seeded portfolio of projects: one year of events, about 126 for each project."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ledger import (
    Checkpoint,
    Funding,
    Indicator,
    Measure,
    Rating,
    Reading,
    SpendingPlan,
    parse_target,
)
from ledger.domain.calendar import FiscalYear
from ledger.domain.indicator import IndicatorLabel
from ledger.events import (
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    Event,
    ResultReported,
)

SIZES = {"S": 19, "M": 800, "L": 8_000}
SEED = 20230707
YEAR = FiscalYear(2023)
_PAYEES = (
    "第一建筑有限公司",
    "物资供应站",
    "监理咨询公司",
    "职业技术教育中心",
    "农户补贴专户",
)
_RATINGS = (
    (Rating.ATTAINED, "0.9"),
    (Rating.PARTLY, "0.7"),
    (Rating.NOT_ATTAINED, "0.3"),
)
_ROWS = (
    ("产出指标", "数量指标", "培训人数", "≥{}人次", Measure.SUM),
    ("产出指标", "数量指标", "补贴户数", "≥{}户次", Measure.SUM),
    ("产出指标", "数量指标", "检查次数", "≥{}次", Measure.SUM),
    ("产出指标", "质量指标", "验收合格率", "≥90%", Measure.RATIO),
    ("产出指标", "成本指标", "成本控制数", "≤{}元", Measure.SUM),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥98%", Measure.LATEST),
    ("效益指标", "可持续影响指标", "可持续影响", "效果显著", Measure.LATEST),
)


def events(projects: int) -> Iterator[Event]:
    """Yield a year of *projects* in the order in which it would be recorded."""
    dated = []
    for number in range(projects):
        dated += [
            (recorded_on, number, i, event)
            for i, (recorded_on, event) in enumerate(project(number))
        ]
    dated.sort(key=lambda each: each[:3])
    return (event for *_, event in dated)


def project(number: int) -> list[tuple[date, Event]]:
    """Return one project's events, each with the day on which it is recorded."""
    draw = random.Random(SEED * 1_000_003 + number)
    code = f"P{number:05}"
    budget = int(draw.lognormvariate(17.7, 1.2)) + 500_000
    approved = date(2023, 1, draw.randint(3, 9))
    goals = [draw.randint(20, 3000), draw.randint(10, 800), draw.randint(4, 60)]
    steps = (
        draw.uniform(0.15, 0.3),
        draw.uniform(0.42, 0.55),
        draw.uniform(0.72, 0.88),
    )
    out: list[tuple[date, Event]] = [
        (approved, _approval(code, number, budget, approved, goals, steps))
    ]
    count = draw.randint(34, 46)
    days = sorted(
        draw.randint((approved - YEAR.start).days + 1, 364) for _ in range(count)
    )
    weights = [draw.expovariate(1) + 0.05 for _ in range(count)]
    whole = budget * draw.uniform(0.82, 0.99)
    paid: list[Disbursed] = []
    for k, (day, weight) in enumerate(zip(days, weights, strict=True)):
        on = YEAR.start + timedelta(day)
        voucher = f"JZ{number:05}-{k:03}"
        late = draw.randint(1, 20) if draw.random() < 0.05 else 0
        event: Event
        if k > 2 and paid and draw.random() < 0.02:
            first = paid.pop(draw.randrange(len(paid)))
            event = DisbursementReversed(
                project=code,
                on=on,
                voucher=voucher,
                of=first.voucher,
                amount=draw.randint(1, first.amount),
            )
        else:
            event = Disbursed(
                project=code,
                on=on,
                voucher=voucher,
                amount=max(100, int(whole * weight / sum(weights))),
                source="fiscal",
                payee=draw.choice(_PAYEES),
                description="拨付工程进度款",
            )
            if not late:  # A reversal must follow its disbursement in the record.
                paid.append(event)
        out.append((on + timedelta(late), event))
    for end in YEAR.month_ends():
        for name, shape in _results(draw, goals, budget):
            event = ResultReported(
                project=code,
                on=end,
                indicator=IndicatorLabel(name),
                note=f"{code}-{end:%m}.pdf",
                **shape,
            )
            out.append((end + timedelta(draw.randint(1, 5)), event))
    return sorted(out, key=lambda each: each[0])


def _approval(
    code: str,
    number: int,
    budget: int,
    on: date,
    goals: list[int],
    steps: tuple[float, ...],
) -> BudgetApproved:
    marks = [*(int(budget * step) for step in steps), budget]
    ends = [YEAR.month_end(month) for month in (3, 6, 10, 12)]
    numbers = iter([*goals, budget // 100])
    indicators = []
    for level1, level2, name, printed, measure in _ROWS:
        text = printed.format(next(numbers)) if "{}" in printed else printed
        indicators.append(
            Indicator(
                level1=level1,
                level2=level2,
                name=name,
                target=parse_target(text).target,
                measure=measure,
            )
        )
    return BudgetApproved(
        project=code,
        on=on,
        name=f"项目{number}",
        unit=f"U{number % 37:02}",
        fiscal_year=2023,
        amounts=(Funding(source="fiscal", amount=budget),),
        plan=SpendingPlan(
            checkpoints=tuple(map(Checkpoint, ends, marks)), reading=Reading.CUMULATIVE
        ),
        indicators=tuple(indicators),
        document=f"财预〔2023〕{number}号",
    )


def _results(
    draw: random.Random, goals: list[int], budget: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the results of one month: the indicator, and its figure."""
    for (_, _, name, *_), goal in zip(_ROWS[:3], goals, strict=True):
        yield name, {"value": Decimal(max(0, int(draw.gauss(goal / 12, goal / 40))))}
    whole = draw.randint(5, 60)
    part = sum(draw.random() < 0.94 for _ in range(whole))
    yield _ROWS[3][2], {"numerator": Decimal(part), "denominator": Decimal(whole)}
    yield _ROWS[4][2], {"value": Decimal(int(budget / 1200 * draw.uniform(0.8, 1.1)))}
    yield _ROWS[5][2], {"value": Decimal(draw.randint(9500, 10000)) / 100}
    rating, share = draw.choice(_RATINGS)
    yield _ROWS[6][2], {"rating": rating, "share": Decimal(share)}
