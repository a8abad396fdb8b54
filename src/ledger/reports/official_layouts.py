"""The official forms as data: columns, rows, words; a province's variant is another."""

from typing import Final

from attrs import evolve, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import OFFICIAL_ROWS
from ledger.messages import Language, message


@frozen(kw_only=True)
class FormColumn:
    """
    A column of a form's table of indicators; the rows above it are ruled by it too.

    Attributes:
        key: What it shows, and what rows name it by.

        label: Its head.

        width: In characters.

        group: The head above it, shared with its neighbours.

        part_of: The column of the national form that it is a part of.
    """

    key: str
    label: str
    width: float
    group: str = ""
    part_of: str = ""


@all_checked
@frozen(kw_only=True)
class Layout:
    """
    One form.

    A row is text: cells separated by ``|``, each the column or columns that it takes
    (``first`` or ``first-last``) and then its words, with fields in braces. A cell that
    is one field alone holds its value, as a number where it is one.

    Attributes:
        columns: From left to right; the first holds the names of the blocks.

        identity: Rows above the money.

        money, goals: Rows of these blocks, to the right of their names.

        closing: Rows below the indicators.

        landscape: Whether the sheet lies on its side.
    """

    title: str
    period: str
    columns: tuple[FormColumn, ...]
    identity: tuple[str, ...]
    money_label: str
    money: tuple[str, ...]
    goals_label: str
    goals: tuple[str, ...]
    indicators_label: str
    closing: tuple[str, ...]
    landscape: bool = False


@all_checked
@frozen(kw_only=True)
class Layouts:
    """
    The forms of one finance bureau.

    Attributes:
        language: Of the forms, whatever language the sheets of ours speak.
    """

    language: Language = Language.CHINESE
    self_evaluation: Layout
    unit_self_evaluation: Layout
    monitoring: Layout


def _column(key: str, label: str, width: float, group: str = "") -> FormColumn:
    return FormColumn(key=key, label=label, width=width, group=group)


_SCORED: Final = (
    _column("block", "绩效指标", 5),
    _column("level1", "一级指标", 11),
    _column("level2", "二级指标", 11),
    _column("level3", "三级指标", 19),
    _column("target", "年度指标值", 14),
    _column("result", "实际完成值", 14),
    _column("possible", "分值", 9),
    _column("score", "得分", 10),
    _column("why", "偏差原因分析及改进措施", 20),
)
_SCORED_HEAD: Final = (
    "level1-level2 | level3 年初预算数 | target 全年预算数（A） | "
    "result 全年执行数（B） | possible 分值 | score 执行率（B/A） | why 得分"
)
_SCORED_TOTAL: Final = (
    "level3 {original} | target {current} | result {disbursed} | "
    "possible {money_possible} | score {rate} | why {money_score}"
)
_SCORED_ROW: Final = (
    "level3 {{original_{0}}} | target {{current_{0}}} | result {{disbursed_{0}}} | "
    "possible — | score {{rate_{0}}} | why —"
)


def _first(source: str) -> str:
    """Return the words before the label of a source; those of the first row differ."""
    return "其中：" if source == next(iter(OFFICIAL_ROWS)) else "　　　"


SELF_EVALUATION: Final = Layout(
    title="项目支出绩效自评表",
    period="（{year}年度）",
    columns=_SCORED,
    identity=(
        "block-level1 项目名称 | level2-why {name}",
        (
            "block-level1 主管部门 | level2-target {authority} | "
            "result 实施单位 | possible-why {unit}"
        ),
    ),
    money_label="项目资金（{money_unit}）",
    money=(
        _SCORED_HEAD,
        f"level1-level2 年度资金总额 | {_SCORED_TOTAL}",
        *(
            f"level1-level2 {_first(key)}{row.self_evaluation} | "
            f"{_SCORED_ROW.format(key)}"
            for key, row in OFFICIAL_ROWS.items()
        ),
    ),
    goals_label="年度总体目标",
    goals=(
        "level1-target 预期目标 | result-why 实际完成情况",
        "level1-target {goals} | result-why {achieved}",
    ),
    indicators_label="绩效指标",
    closing=(
        "block-result 总分 | possible {total_possible} | score {total} | why {grade}",
    ),
)
"""财预〔2020〕10号, 附件: 项目支出绩效自评表."""

UNIT_SELF_EVALUATION: Final = evolve(
    SELF_EVALUATION,
    title="部门整体支出绩效自评表",
    identity=("block-level1 部门名称 | level2-why {name}",),
    money_label="项目支出（{money_unit}）",
    goals_label="年度总体目标",
)
"""The money is that of the unit's projects; 基本支出 is not in a ledger of projects."""

MONITORING: Final = Layout(
    title="项目支出绩效目标执行监控表",
    period="（{year}年{months}）",
    landscape=True,
    columns=(
        _column("block", "绩效指标", 6),
        _column("level1", "一级指标", 11),
        _column("level2", "二级指标", 12),
        _column("level3", "三级指标", 20),
        _column("target", "年度指标值", 13),
        _column("result", "{months}执行情况", 13),
        _column("forecast", "全年预计完成情况", 13),
        _column("funding", "经费保障", 5, "偏差原因分析"),
        _column("institutional", "制度保障", 5, "偏差原因分析"),
        _column("staffing", "人员保障", 5, "偏差原因分析"),
        _column("facilities", "硬件条件保障", 5, "偏差原因分析"),
        _column("other", "其他", 5, "偏差原因分析"),
        _column("text", "原因说明", 20, "偏差原因分析"),
        _column("certain", "确定能", 5, "完成目标可能性"),
        _column("possible", "有可能", 5, "完成目标可能性"),
        _column("impossible", "完全不可能", 5, "完成目标可能性"),
        _column("remark", "备注", 14),
    ),
    identity=(
        "block-level1 项目名称 | level2-remark {name}",
        (
            "block-level1 主管部门 | level2-target {authority} | "
            "result-forecast 实施单位 | funding-remark {unit}"
        ),
    ),
    money_label="项目资金（{money_unit}）",
    money=(
        (
            "level1-level2 | level3 年初预算数 | target {months}执行数 | "
            "result {months}执行率 | forecast-other 全年预计执行数 | text-remark 说明"
        ),
        (
            "level1-level2 年度资金总额 | level3 {original} | target {disbursed} | "
            "result {rate} | forecast-other {ahead} | text-remark {money_why}"
        ),
        *(
            f"level1-level2 {_first(key)}{row.monitoring} | "
            f"level3 {{original_{key}}} | target {{disbursed_{key}}} | "
            f"result {{rate_{key}}} | forecast-other {{ahead_{key}}} | text-remark"
            for key, row in OFFICIAL_ROWS.items()
        ),
    ),
    goals_label="年度总体目标",
    goals=("level1-remark {goals}",),
    indicators_label="绩效指标",
    closing=(),
)
"""中央部门预算绩效运行监控管理暂行办法, 财预〔2019〕136号, 附件."""


def split(layout: Layout) -> Layout:
    """Return *layout* with the target in three columns: nature, value and unit."""
    three = (
        FormColumn(key="nature", label="指标性质", width=8, part_of="target"),
        FormColumn(key="value", label="指标值", width=14, part_of="target"),
        FormColumn(key="measured_in", label="度量单位", width=8, part_of="target"),
    )
    columns = [
        part
        for column in layout.columns
        for part in (three if column.key == "target" else (column,))
    ]
    return evolve(layout, columns=tuple(columns))


NATIONAL: Final = Layouts(
    self_evaluation=SELF_EVALUATION,
    unit_self_evaluation=UNIT_SELF_EVALUATION,
    monitoring=MONITORING,
)
SPLIT: Final = Layouts(
    self_evaluation=split(SELF_EVALUATION),
    unit_self_evaluation=split(UNIT_SELF_EVALUATION),
    monitoring=split(MONITORING),
)

LAYOUTS: Final = {"national": NATIONAL, "split": SPLIT}
"""The layouts that have a name."""


def layouts(chosen: str | Layouts) -> Layouts:
    """
    Return the forms called *chosen*, or those given.

    Raises:
        InvalidInput: There are none of that name.
    """
    if isinstance(chosen, Layouts):
        return chosen
    if chosen not in LAYOUTS:
        right = message("expected.any_of", names=list(LAYOUTS))
        raise InvalidInput("layout", chosen, right)
    return LAYOUTS[chosen]
