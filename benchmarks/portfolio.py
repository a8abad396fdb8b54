"""
A seeded portfolio of projects over two years, about 128 events for each and its year.

Every fourth is the year before of the next one, with the same code. One payment in five
is on a contract; each month but the last is closed 25 days after its end.
"""

import random
from collections.abc import Iterator, Sequence
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
from ledger.domain.streams import code_about
from ledger.events import (
    BudgetApproved,
    CommitmentEntered,
    Disbursed,
    DisbursementReversed,
    Event,
    PeriodClosed,
    ResultReported,
)

SIZES = {"S": 19, "M": 800, "L": 8_000}
SEED = 20230707
YEAR = FiscalYear(2023)
BEFORE = FiscalYear(2022)
_EVERY = 4
_CLOSED_AFTER = timedelta(25)
_PER_CONTRACT = 5
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


def year_of(number: int) -> FiscalYear:
    """Return the fiscal year of a project."""
    return YEAR if number % _EVERY else BEFORE


def code_of(number: int) -> str:
    """Return the code of a project: that of the next one, if it is its year before."""
    return f"P{number if number % _EVERY else number + 1:05}"


def current(projects: int) -> list[str]:
    """Return the codes of the projects of the last year."""
    return [code_of(i) for i in range(projects) if year_of(i) is YEAR]


def account(event: Event) -> str:
    """Return what other tools call the project of an event: its code and year."""
    if isinstance(event, PeriodClosed):
        return ""
    return f"{code_about(event)}-{event.on.year}"


def closings() -> list[PeriodClosed]:
    """Return the closings of all months but the last."""
    ends = [*BEFORE.month_ends(), *YEAR.month_ends()]
    return [PeriodClosed(on=end) for end in ends[:-1]]


def events(projects: int) -> Iterator[Event]:
    """Yield two years of *projects* in the order in which they would be recorded."""
    dated: list[tuple[date, int, int, Event]] = [
        (each.on + _CLOSED_AFTER, projects, 0, each) for each in closings()
    ]
    for number in range(projects):
        dated += [
            (recorded_on, number, i, event)
            for i, (recorded_on, event) in enumerate(project(number))
        ]
    dated.sort(key=lambda each: each[:3])
    return (event for *_, event in dated)


def batches(events: Sequence[Event], size: int) -> Iterator[slice]:
    """Yield the places of *size* events at a time; one that closes a month is alone."""
    start = 0
    for place, event in enumerate(events):
        alone = isinstance(event, PeriodClosed)
        if place > start and (alone or place - start == size):
            yield slice(start, place)
            start = place
        if alone:
            yield slice(place, place + 1)
            start = place + 1
    if start < len(events):
        yield slice(start, len(events))


def project(number: int) -> list[tuple[date, Event]]:
    """Return one project's events, each with the day on which it is recorded."""
    draw = random.Random(SEED * 1_000_003 + number)
    code, year = code_of(number), year_of(number)
    budget = int(draw.lognormvariate(17.7, 1.2)) + 500_000
    approved = date(year.year, 1, draw.randint(3, 9))
    goals = [draw.randint(20, 3000), draw.randint(10, 800), draw.randint(4, 60)]
    steps = (
        draw.uniform(0.15, 0.3),
        draw.uniform(0.42, 0.55),
        draw.uniform(0.72, 0.88),
    )
    out: list[tuple[date, Event]] = [
        (approved, _approval(code, number, year, budget, approved, goals, steps))
    ]
    count = draw.randint(34, 46)
    days = sorted(
        draw.randint((approved - year.start).days + 1, 364) for _ in range(count)
    )
    weights = [draw.expovariate(1) + 0.05 for _ in range(count)]
    whole = budget * draw.uniform(0.82, 0.99)
    amounts = [max(100, int(whole * weight / sum(weights))) for weight in weights]
    out += _payments(draw, code, number, year, days, amounts)
    for end in year.month_ends():
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


def _payments(
    draw: random.Random,
    code: str,
    number: int,
    year: FiscalYear,
    days: list[int],
    amounts: list[int],
) -> list[tuple[date, Event]]:
    """Return payments with their contracts and reversals, with days of recording."""
    contracts = _contracts(code, number, year, days, amounts)
    out: list[tuple[date, Event]] = []
    paid: list[Disbursed] = []
    for k, (day, amount) in enumerate(zip(days, amounts, strict=True)):
        on = year.start + timedelta(day)
        voucher = f"JZ{number:05}-{k:03}"
        late = draw.randint(1, 20) if draw.random() < 0.05 else 0
        event: Event
        contract = contracts.get(k)
        if contract is not None and k == int(contract.commitment[-2:]):
            out.append((contract.on, contract))
        if contract is None and k > 2 and paid and draw.random() < 0.02:
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
                amount=amount,
                source="fiscal",
                payee=contract.payee if contract else draw.choice(_PAYEES),
                description="拨付工程进度款",
                commitment=contract.commitment if contract else None,
            )
            if (
                not late and not contract
            ):  # A reversal must follow its disbursement in the record.
                paid.append(event)
        out.append((on + timedelta(late), event))
    return out


def _contracts(
    code: str, number: int, year: FiscalYear, days: list[int], amounts: list[int]
) -> dict[int, CommitmentEntered]:
    """Return the contracts by the places of the payments on them: every fifth is."""
    places = range(4, len(days), 5)
    found: dict[int, CommitmentEntered] = {}
    for first in range(0, len(places), _PER_CONTRACT):
        own = places[first : first + _PER_CONTRACT]
        contract = CommitmentEntered(
            project=code,
            on=year.start + timedelta(days[own[0]]),
            commitment=f"HT{number:05}-{own[0]:02}",
            amounts=(
                Funding(source="fiscal", amount=sum(amounts[place] for place in own)),
            ),
            payee=_PAYEES[number % len(_PAYEES)],
            document=f"合同〔{year.year}〕{number}号",
        )
        found |= dict.fromkeys(own, contract)
    return found


def _approval(
    code: str,
    number: int,
    year: FiscalYear,
    budget: int,
    on: date,
    goals: list[int],
    steps: tuple[float, ...],
) -> BudgetApproved:
    marks = [*(int(budget * step) for step in steps), budget]
    ends = [year.month_end(month) for month in (3, 6, 10, 12)]
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
        fiscal_year=year.year,
        amounts=(Funding(source="fiscal", amount=budget),),
        plan=SpendingPlan(
            checkpoints=tuple(map(Checkpoint, ends, marks)), reading=Reading.CUMULATIVE
        ),
        indicators=tuple(indicators),
        document=f"财预〔{year.year}〕{number}号",
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
