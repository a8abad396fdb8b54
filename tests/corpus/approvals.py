"""What is approved in the small year: four projects, and objectives of their unit."""

from datetime import date
from decimal import Decimal

from ledger import (
    Checkpoint,
    Funding,
    Indicator,
    IndicatorReference,
    Objective,
    SpendingPlan,
    parse_target,
)
from ledger.domain.finding import finding
from ledger.events import BudgetApproved

ROADS, SCHOOL, WELLS, CLINIC = "ROADS-1", "学校-2", "WELLS-3", "CLINIC-4"
UNIT = "701"
START = date(2023, 4, 1)


def indicator(level1, level2, name, target, **more):
    """Return an indicator whose target is read as it is printed."""
    parsed = parse_target(target, fiscal_year=2023).target
    return Indicator(level1=level1, level2=level2, name=name, target=parsed, **more)


def approval(code, name, unit, amounts, indicators, **more):
    """Return an approval whose plan has four quarters, a half in the last one."""
    whole = sum(amounts.values())
    shares = ((6, 2023, 1), (9, 2023, 2), (12, 2023, 3), (3, 2024, 6))
    ends = {6: 30, 9: 30, 12: 31, 3: 31}
    return BudgetApproved(
        project=code,
        on=START,
        name=name,
        unit=unit,
        fiscal_year=2023,
        amounts=tuple(Funding(source=s, amount=a) for s, a in amounts.items()),
        plan=SpendingPlan(
            checkpoints=tuple(
                Checkpoint(date(year, month, ends[month]), whole * share // 6)
                for month, year, share in shares
            )
        ),
        indicators=indicators,
        **more,
    )


_ROADS = (
    indicator("产出指标", "数量指标", "Roads repaired 修路", "≥12公里", measure="sum"),
    indicator("产出指标", "质量指标", "Accepted at first", "≥90%", measure="ratio"),
    indicator("产出指标", "时效指标", "Done by", "12月底前"),
    indicator("成本指标", "经济成本指标", "Cost per km", "≤3.5万元/公里"),
    indicator("满意度指标", "服务对象满意度指标", "满意率", "≥95%", measure="mean"),
)
_SCHOOL = (
    indicator("产出指标", "数量指标", "学位", "300个", weight=Decimal(40)),
    indicator("效益指标", "社会效益指标", "环境改善", "明显改善", weight=Decimal(30)),
    indicator(
        "效益指标",
        "社会效益指标",
        "Dropout rate",
        "2%-4%",
        weight=Decimal("12.5"),
        direction="lower",
    ),
    indicator("效益指标", "经济效益指标", "水位", "20米", baseline=Decimal(14)),
)
_WELLS = (
    indicator("产出指标", "数量指标", "Wells", "＞5口", measure="max"),
    indicator("产出指标", "数量指标", "Depth", "≥80米", measure="min"),
)
_OBJECTIVES = (
    Objective(
        title="Roads",
        objective="所有道路",
        indicators=(
            indicator(
                "产出指标",
                "数量指标",
                "All roads",
                "≥12公里",
                measure="sum",
                computed_from=(
                    IndicatorReference(project=ROADS, indicator="Roads repaired 修路"),
                ),
            ),
            indicator("效益指标", "社会效益指标", "Trust", "≥80分"),
        ),
    ),
)


def approve(ledger, days):
    """Approve four projects, and set the objectives of the unit above them."""
    days.show(4, 3)
    ledger.append(
        approval(
            ROADS,
            "Roads 道路",
            "701001",
            {"fiscal": 90_000_000, "other": 10_000_500, "专项 fund": 7},
            _ROADS,
            unit_name="Works 工程处",
            document="Order 1/2023",
            goals=("Repair roads.", "修好道路。"),
            purpose="材料费",
            new_source=True,
            findings=(finding("plan.instalments", found="5 5", understood="5 10"),),
        ),
        approval(
            SCHOOL,
            "School 学校",
            "701002",
            {"fiscal": 45_000_123},
            _SCHOOL,
            execution_weight=Decimal("17.5"),
        ),
        key="approvals",
    )
    ledger.append(approval(WELLS, "Wells <b>", "701001", {"other": 6_000_001}, _WELLS))
    ledger.append(approval(CLINIC, "Clinic", "802", {"fiscal": 0}, ()))
    ledger.set_objectives(
        UNIT,
        "Ministry 部",
        _OBJECTIVES,
        fiscal_year=2023,
        on=START,
        overall_goal="Everything works 都好",
        execution_weight=15,
    )
