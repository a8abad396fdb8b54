"""
The words that enums are given by, for type checkers: keys, and words of languages.

A word in another case or width is taken too, where nothing checks types. A test
compares these with the members and the tables of texts.
"""

from typing import Literal

AdjustmentKindKey = Literal[
    "supplement",
    "reduction",
    "virement_in",
    "virement_out",
    "recall",
    "carried_in",
    "carry_returned",
]
AdjustmentKindWord = (
    AdjustmentKindKey
    | Literal[
        "virement in",
        "virement out",
        "carried in",
        "carry returned",
        "追加",
        "追减",
        "调剂（调入）",
        "调剂（调出）",
        "收回",
        "上年结转转入",
        "退回上年结转",
    ]
)
BudgetOriginWord = Literal["annual", "in_year", "in year", "年初预算", "年中下达"]
CeilingFormulaWord = Literal["deviation", "ratio", "按超出比例扣减", "指标值除以完成值"]
ClearedFieldWord = Literal[
    "weight",
    "baseline",
    "direction",
    "basis",
    "description",
    "分值",
    "基期值",
    "指标方向",
    "指标值确定依据",
    "绩效指标描述",
]
CommitmentAdjustmentKindWord = Literal["increase", "decrease", "增加", "减少"]
CommitmentStageWord = Literal["reserved", "contracted", "采购计划", "合同"]
ConventionKey = Literal["linear", "step"]
ConventionWord = ConventionKey | Literal["两个节点之间按日均匀推算", "到节点当日才计入"]
DirectionWord = Literal["higher", "lower", "越高越好", "越低越好"]
LanguageKey = Literal["zh", "en"]
LanguageWord = LanguageKey | Literal["Chinese", "English", "中文", "英文"]
LikelihoodWord = Literal[
    "certain", "possible", "impossible", "确定能", "有可能", "完全不可能"
]
MeasureKey = Literal[
    "sum", "level", "latest", "ratio", "mean", "max", "min", "worst_month"
]
MeasureWord = (
    MeasureKey
    | Literal["累计", "水平", "最新", "比率", "平均", "最大", "最小", "最差月"]
)
MoneyAgainstWord = Literal["plan", "time", "both", "支出计划", "序时进度", "两者从严"]
ProrationWord = Literal["time", "plan", "序时进度", "支出计划"]
ProjectCategoryWord = Literal[
    "personnel",
    "operating",
    "specific",
    "specific target",
    "人员类",
    "运转类",
    "特定目标类",
]
RatingWord = Literal[
    "attained", "partly", "not_attained", "not attained", "已完成", "部分完成", "未完成"
]
ReleaseReasonWord = Literal[
    "finished", "cancelled", "year_end", "year end", "履行完毕", "取消", "年终清理"
]
ScaleKey = Literal["1", "10000"]
ScaleWord = ScaleKey | Literal["元", "万元"]
SeverityKey = Literal["error", "warning", "note"]
StatusKey = Literal[
    "attained",
    "on track",
    "at risk",
    "behind",
    "overdue",
    "missed",
    "exceeded",
    "not due",
    "closed",
    "no target",
]
TargetKindWord = Literal[
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "exactly",
    "between",
    "by_date",
    "within_period",
    "day_of_month",
    "qualitative",
    "none",
    "at least",
    "at most",
    "more than",
    "less than",
    "by date",
    "within period",
    "day of month",
    "不低于",
    "不高于",
    "高于",
    "低于",
    "等于",
    "范围",
    "期限",
    "期间",
    "每月某日",
    "定性描述",
    "没有指标值",
]
DueEveryWord = Literal["month", "quarter", "year", "每月末", "每季度末", "年末"]
UnequalPartsWord = Literal["kept", "refused", "登记并提示", "不予登记"]
VarianceCategoryWord = Literal[
    "funding",
    "institutional",
    "staffing",
    "facilities",
    "other",
    "经费保障",
    "制度保障",
    "人员保障",
    "硬件条件保障",
    "其他",
]
WeightGroupWord = Literal[
    "cost",
    "output",
    "benefit",
    "satisfaction",
    "成本指标",
    "产出指标",
    "效益指标",
    "满意度指标",
]
YearNamingKey = Literal["start", "end"]
YearNamingWord = YearNamingKey | Literal["起始年份", "结束年份"]
