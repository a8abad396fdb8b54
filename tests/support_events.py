"""One event of each type, for golden lines."""

from datetime import date
from decimal import Decimal

from ledger import (
    AdjustmentKind,
    Checkpoint,
    Direction,
    Evidence,
    Funding,
    IndicatorReference,
    Likelihood,
    Measure,
    Objective,
    SpendingPlan,
    VarianceCategory,
    parse_target,
)
from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.finding import finding
from ledger.domain.plan import Reading
from ledger.domain.revised_form import RevisedForm
from ledger.events import (
    AdjustmentCorrected,
    ApprovalWithdrawn,
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
    CommitmentStage,
    ContinuedCommitment,
    Disbursed,
    DisbursementReversed,
    FormRevised,
    ObjectivesSet,
    PeriodClosed,
    PeriodReopened,
    ProjectClosed,
    ProjectReopened,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingException,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)
from ledger.messages import message
from support import approval, day, indicator

CODE = "13052923P00584010933T"

ONE_OF_EACH = (
    approval(
        CODE,
        2_000_000,
        indicators=(
            indicator(weight=Decimal("12.5")),
            indicator("满意率", "≥98百分比"),
        ),
        goals=("健全就业服务体系。",),
        document="财预〔2023〕1号",
        findings=(
            finding(
                "plan.instalments",
                place=message("place.form", number=1, code=CODE),
                found="5 5 5 5",
                understood="5 10 15 20",
                reading=Reading.INSTALMENTS,
            ),
            finding("indicator.target_repeats_name", found="满意率\t≥98"),
        ),
    ),
    BudgetAdjusted(
        project=CODE,
        on=day(6),
        kind=AdjustmentKind.SUPPLEMENT,
        amounts=(Funding(source="fiscal", amount=500_000),),
        document="财预〔2023〕9号",
    ),
    SpendingPlanRevised(
        project=CODE,
        on=day(6),
        plan=SpendingPlan(checkpoints=(Checkpoint(date(2023, 12, 31), 2_500_000),)),
    ),
    Disbursed(
        project=CODE,
        on=day(3, 20),
        source="fiscal",
        voucher="2023-0311",
        amount=4_860_000,
        payee="“A”\\B",
    ),
    DisbursementReversed(
        project=CODE, on=day(4, 2), voucher="R-1", of="2023-0311", amount=100
    ),
    TargetRevised(
        project=CODE,
        on=day(7),
        indicator="开展就业培训数",
        target=parse_target("≥7.24 万人").target,
        reason="more people",
    ),
    ResultReported(
        project=CODE,
        on=day(3, 31),
        indicator="开展就业培训数",
        value=Decimal("3.5"),
        evidence=Evidence(uri="档案/3.pdf", sha256="00" * 32),
    ),
    ResultRetracted(
        project=CODE,
        on=day(4),
        indicator="开展就业培训数",
        of="01890000-0000-7000-8000-000000000007",
        version=7,
        reason="counted twice",
    ),
    VarianceExplained(
        unit="323",
        on=day(8),
        indicator="举办招聘会",
        category=VarianceCategory.STAFFING,
        text="两人调离",
        likelihood=Likelihood.POSSIBLE,
    ),
    ScoreReported(
        project=CODE, on=date(2023, 12, 31), score=Decimal("9.5"), reason="see note"
    ),
    ObjectivesSet(
        unit="323",
        on=day(1),
        name="人力资源和社会保障局",
        fiscal_year=2023,
        objectives=(
            Objective(
                title="就业",
                indicators=(
                    indicator(
                        "就业培训次数",
                        "10次",
                        computed_from=(
                            IndicatorReference(
                                project=CODE, indicator="开展就业培训数"
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    ProjectClosed(
        project=CODE,
        on=date(2023, 12, 31),
        carried_over=(Funding(source="fiscal", amount=100),),
        lapsed=(Funding(source="fiscal", amount=40),),
    ),
    CommitmentEntered(
        project=CODE,
        on=day(3, 5),
        commitment="HT-2023-014",
        amounts=(Funding(source="fiscal", amount=800_000),),
        payee="某公司",
        document="采〔2023〕8号",
        due_on=date(2023, 11, 30),
        continues=ContinuedCommitment(commitment="HT-2022-101", year=2022),
    ),
    CommitmentAdjusted(
        project=CODE,
        on=day(5),
        commitment="HT-2023-014",
        kind="increase",
        amounts=(Funding(source="fiscal", amount=50_000),),
        reason="增项",
        stage=CommitmentStage.CONTRACTED,
    ),
    CommitmentReleased(
        project=CODE,
        on=day(12),
        commitment="HT-2023-014",
        why="finished",
        released=(Funding(source="fiscal", amount=850_000),),
        stage=CommitmentStage.CONTRACTED,
    ),
    ProjectReopened(
        project=CODE,
        on=date(2023, 12, 31),
        reason="迟到的发票",
        carried_over=(Funding(source="fiscal", amount=100),),
        lapsed=(Funding(source="fiscal", amount=40),),
    ),
    PeriodClosed(on=day(6, 30), unit="U-1", year_end=True),
    PeriodReopened(
        on=day(6, 30),
        since=day(6),
        until=date(2023, 7, 20),
        for_actor="chief",
        reason="一张迟到的发票",
    ),
    CarriedOver(
        project=CODE,
        on=date(2024, 2, 1),
        year=2023,
        amounts=(Funding(source="fiscal", amount=100),),
        document="财预〔2024〕2号",
    ),
    CarryReturned(
        project=CODE,
        on=date(2024, 3, 1),
        year=2023,
        from_project="P-2",
        amounts=(Funding(source="fiscal", amount=60),),
    ),
    ApprovalWithdrawn(
        project=CODE,
        on=date(2022, 12, 27),
        year=2023,
        reason="批复有误",
        amounts=(Funding(source="fiscal", amount=2_000_000),),
        origin=BudgetOrigin.ANNUAL,
    ),
    AdjustmentCorrected(
        project=CODE,
        on=day(6),
        of="01890000-0000-7000-8000-000000000002",
        reason="多记一个零",
        kind="supplement",
        amounts=(Funding(source="fiscal", amount=500_000),),
        adjusted_on=day(6),
        document="财预〔2023〕9号",
        version=2,
    ),
    FormRevised(
        project=CODE,
        on=day(7),
        correction=True,
        name="就业服务经费",
        to_unit="323002",
        unit_name="就业服务中心",
        goals=("健全服务体系。", "扩大培训。"),
        purpose="培训",
        carried=(Funding(source="carried_over/fiscal", amount=300_000),),
        indicator="满意率",
        renamed="群众满意率",
        basis="问卷调查",
        description="满意人数占比",
        weight=Decimal("7.50"),
        measure=Measure.LATEST,
        baseline=Decimal("81.5"),
        direction=Direction.HIGHER,
        cleared=("weight", "basis"),
        removed=True,
        added=indicator("新增指标", "≥2个", weight=Decimal(3)),
        form=RevisedForm(
            name="就业服务经费",
            unit="323002",
            unit_name="就业服务中心",
            goals=("健全服务体系。",),
            purpose="培训",
            amounts=(Funding(source="fiscal", amount=2_500_000),),
            plan=SpendingPlan(checkpoints=(Checkpoint(date(2023, 12, 31), 2_500_000),)),
            indicators=(indicator("新增指标", "≥2个", weight=Decimal(3)),),
        ),
        reason="更正申报表",
    ),
    Disbursed(
        project=CODE,
        on=day(3, 21),
        voucher="手-1",
        amount=350,
        source="fiscal",
        exception=SpendingException(allowed_by="王局长", reason="银行已扣手续费"),
    ),
)
