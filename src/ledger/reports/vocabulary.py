"""Every word that reports say, in Chinese and in English."""

from collections.abc import Mapping
from typing import Final

from ledger.domain.errors import InvalidInput
from ledger.domain.funding import SourceRoot
from ledger.domain.settings import Language, Scale, Settings

_SOURCES: Final = {
    root.value: root.row.words for root in SourceRoot if root.row.words is not None
}
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # Money
    "original_budget": ("年初预算数", "original budget"),
    "current_budget": ("全年预算数", "current budget"),
    "planned": ("计划支出", "planned"),
    "original_planned": ("原计划支出", "originally planned"),
    "disbursed": ("已支出", "disbursed"),
    "available": ("可用余额", "available"),
    "carried_forward": ("结转下年", "carried over to the next year"),
    "lapsed": ("结余收回", "lapsed"),
    "closed_on": ("结项日期", "closed on"),
    "closed": (
        "{name}：{on} 已结项，结转下年 {carried}，结余收回 {lapsed}",
        "{name}: closed on {on}, carried over {carried}, lapsed {lapsed}",
    ),
    "execution_rate": ("执行率", "execution rate"),
    "plan_rate": ("计划完成率", "disbursed of planned"),
    "variance": ("偏差", "variance"),
    "time_progress": ("序时进度", "time progress"),
    # Attainment
    "indicator": ("指标", "indicator"),
    "target": ("指标值", "target"),
    "result": ("完成值", "result"),
    "expected": ("序时目标", "expected to date"),
    "attainment": ("完成率", "attainment"),
    "status": ("状态", "status"),
    "weight": ("分值", "weight"),
    "score": ("得分", "score"),
    # Statuses
    "attained": ("已完成", "attained"),
    "exceeded": ("超额完成", "exceeded"),
    "on track": ("正常", "on track"),
    "at risk": ("存在风险", "at risk"),
    "behind": ("滞后", "behind"),
    "missed": ("未完成", "missed"),
    "no result": ("无结果", "no result"),
    "partly": ("部分完成", "partly"),
    "not_attained": ("未完成", "not attained"),
    # Who and what
    "project": ("项目编码", "project"),
    "name": ("项目名称", "name"),
    "project_name": ("项目", "project"),
    "unit": ("单位编码", "unit"),
    "unit_name": ("单位名称", "unit name"),
    "fiscal_year": ("年度", "fiscal year"),
    "money_status": ("资金状态", "status of the money"),
    "by_source": ("资金来源", "funding source"),
    "source": ("资金来源", "funding source"),
    **_SOURCES,
    "adjustment": ("预算调整", "adjustment"),
    "amount": ("金额", "amount"),
    "in_unit": ("{word}（{unit}）", "{word} ({unit})"),
    "on": ("日期", "on"),
    "supplement": ("追加", "supplement"),
    "reduction": ("追减", "reduction"),
    "virement_in": ("调剂（调入）", "virement in"),
    "virement_out": ("调剂（调出）", "virement out"),
    "recall": ("收回", "recall"),
    "total": ("合计", "total"),
    # Months
    "month": ("月份", "month"),
    "months": ("各月支出", "months"),
    "cumulative_planned": ("累计计划", "planned to date"),
    "cumulative_disbursed": ("累计支出", "disbursed to date"),
    # Indicators, as columns
    "level1": ("一级指标", "level 1"),
    "level2": ("二级指标", "level 2"),
    "level3": ("三级指标", "level 3"),
    "unit_of_measure": ("计量单位", "unit of measure"),
    "measure": ("计量方式", "measure"),
    "sum": ("累计", "sum"),
    "latest": ("最新", "latest"),
    "level": ("水平", "level"),
    "ratio": ("比率", "ratio"),
    "mean": ("平均", "mean"),
    "max": ("最大", "max"),
    "min": ("最小", "min"),
    "results": ("结果数", "results"),
    "capped_attainment": ("完成率（不超过1）", "attainment, at most 1"),
    "due": ("已到期", "due"),
    "True": ("是", "yes"),
    "False": ("否", "no"),
    "reason": ("无数值的原因", "why there is none"),
    "reported_score": ("自报得分", "reported score"),
    "explanation": ("偏差说明", "explanation"),
    "explanation.on": ("说明日期", "explained on"),
    "explanation.category": ("偏差原因", "category"),
    "explanation.text": ("原因说明", "why it deviates"),
    "explanation.likelihood": ("完成目标可能性", "likelihood"),
    "explanation.forecast": ("全年预计完成情况", "forecast"),
    "explanation.remedy": ("改进措施", "remedy"),
    "funding": ("经费保障", "funding"),
    "institutional": ("制度保障", "institutional"),
    "staffing": ("人员保障", "staffing"),
    "facilities": ("硬件条件保障", "facilities"),
    "certain": ("确定能", "certain"),
    "possible": ("有可能", "possible"),
    "impossible": ("完全不可能", "impossible"),
    # The portfolio
    "projects": ("项目数", "projects"),
    "indicators": ("指标数", "indicators"),
    "group": ("一级指标", "level-1 group"),
    "cost": ("成本指标", "cost"),
    "output": ("产出指标", "output"),
    "benefit": ("效益指标", "benefit"),
    "satisfaction": ("满意度指标", "satisfaction"),
    "scored": ("已计分指标数", "scored"),
    "possible_score": ("已计分指标分值", "possible score"),
    "score_rate": ("得分率", "score of possible"),
    "rank": ("名次", "rank"),
    # The official forms
    "grade": ("等级", "grade"),
    "forecast": ("全年预计执行数", "by the year's end"),
    "to_mend": ("待补充", "to mend"),
    "points_notes": ("分值说明", "notes on points"),
    "monitoring": (
        "绩效运行监控，{year}年度，截至{through}",
        "Monitoring of fiscal year {year}, through {through}",
    ),
    "self_evaluation": (
        "绩效自评，{year}年度，截至{through}",
        "Self-evaluation of fiscal year {year}, through {through}",
    ),
    "forecast_note": (
        "全年预计执行数：已支出 ÷ 序时进度，按来源以预算为限。",
        "By the year's end: disbursed ÷ time progress, within each source's budget.",
    ),
    "execution_rate_rank": ("执行率名次", "rank by execution rate"),
    "variance_rank": ("偏差名次", "rank by variance"),
    # Heads of columns where there is little room
    "short.project": ("项目编码", "code"),
    "short.unit": ("单位", "unit"),
    "short.projects": ("项目数", "number"),
    "short.original_budget": ("年初预算数", "original"),
    "short.current_budget": ("全年预算数", "budget"),
    "short.execution_rate": ("执行率", "rate"),
    "short.source": ("资金来源", "source"),
    "short.possible_score": ("分值", "possible"),
    "short.score_rate": ("得分率", "share"),
    "short.expected": ("序时目标", "expected"),
    "short.attainment": ("完成率", "attained"),
    # Sentences and titles of reports as text
    "comma": ("，", ", "),
    "monthly_report": (
        "月度报告 {month}，截至{through}",
        "Monthly report {month}, through {through}",
    ),
    "portfolio": (
        "项目汇总 {month}，截至{through}",
        "Portfolio {month}, through {through}",
    ),
    "through": ("截至{through}", "through {through}"),
    "as_known_at": ("，按{known_at}所知", ", as known at {known_at}"),
    "tally": ("{status}{count}个", "{count} {status}"),
    "none": ("无", "none"),
    "summary": (
        "{count}个项目：{tally}。执行率{rate}，序时进度{progress}。",
        "{count} projects: {tally}. Execution {rate} at {progress} of the year.",
    ),
    "unit_indicators": ("单位 {unit} {name}", "Unit {unit} {name}"),
    "need_attention": ("需要关注的指标", "Indicators that need attention"),
    "by_rate": ("按执行率，由低到高", "By execution rate, lowest first"),
    "by_variance": ("按偏差，落后在前", "By variance, furthest behind plan first"),
    "by_unit": ("按单位", "By unit"),
    "by_level1": ("按一级指标", "By level-1 group of indicators"),
    "source_totals": ("按资金来源", "By funding source"),
    "by_month": ("按月", "By month"),
    "bar": (
        "条形：█ 已支出，┃ 计划支出，┆ 序时进度，均为占全年预算数的比重。",
        "Bar: █ disbursed, ┃ planned, ┆ time, as shares of the current budget.",
    ),
    "spark": (
        "各月支出：█ 为该行支出最多的月份，· 为没有支出的月份。",
        "Months: █ is the row's month with most disbursed, · one with nothing.",
    ),
    "conventions": (
        "金额单位：{unit}。节点之间的计划：{convention}。",
        "Amounts in {unit}. Plan between checkpoints: {convention}.",
    ),
    "linear": ("按日线性", "linear"),
    "step": ("按节点", "step"),
    "position_root": ("位置 {position}，根 {root}", "Position {position}, root {root}"),
    # The page
    "html.report_title": ("{month} 绩效与支出月报", "Monthly report {month}"),
    "html.lead": (
        "{count}个项目，截至{through}，按轻重排列。",
        "{count} projects, through {through}, worst first.",
    ),
    "html.known_at": ("按所知时点", "as known at"),
    "html.projects": ("项目", "Projects"),
    "html.filter": ("筛选", "Filter"),
    "html.bar": ("支出 | 计划 ┆ 序时", "spent | plan ┆ time"),
    "html.bar_note": (
        "条形：已支出；实线：计划；虚线：序时进度；均为占全年预算数的比重。",
        "Bar: disbursed; solid mark: planned; dashed mark: time; of the budget.",
    ),
    "html.bar_label": (
        "已支出{done}，计划{plan}，序时{time}",
        "disbursed {done}, planned {plan}, time {time}",
    ),
    "html.curve_label": (
        "{name}：累计支出与计划（虚线）",
        "{name}: cumulative spending against the plan (dashed)",
    ),
    "html.curve_note": (
        "实线：累计支出；虚线：计划，圆圈为节点；点线：预计。单位：{unit}。",
        "Line: disbursed; dashes: plan; circles: checkpoints; dots: forecast; {unit}.",
    ),
    "html.forecast_note": (
        "按目前进度（已支出 ÷ 序时进度），全年预计支出 {amount}，以预算为限。",
        "At the pace so far (disbursed ÷ time progress), within the budget: {amount}.",
    ),
    "html.months": ("各月", "Months"),
    "html.unit_objectives": ("单位整体目标", "Objectives of the unit"),
    "html.findings": ("提示", "Findings"),
    "html.rests_on": ("依据", "Rests on"),
    "html.kind": ("事件", "event"),
    "html.amount_in": ("金额（{unit}）", "amount ({unit})"),
    "html.document": ("凭证或文号", "document"),
    "html.says": ("内容", "what it says"),
    "html.position": ("位置", "position"),
    "html.root": ("根", "root"),
    "html.digest": ("数字摘要", "digest of the figures"),
    "html.footer": (
        "每个数字都由账本中的事件得出；位置和根可用来核对。",
        "Every figure follows from the log; position and root let anybody check it.",
    ),
    "event.BudgetApproved": ("预算批复", "approved"),
    "event.BudgetAdjusted": ("预算调整", "adjusted"),
    "event.SpendingPlanRevised": ("计划修订", "plan revised"),
    "event.ProjectClosed": ("项目结项", "closed"),
    "event.Disbursed": ("支出", "disbursed"),
    "event.DisbursementReversed": ("退回", "reversed"),
    "event.TargetRevised": ("指标值修订", "target revised"),
    "event.ResultReported": ("完成值", "result"),
    "event.ResultRetracted": ("撤回", "retracted"),
    "event.VarianceExplained": ("偏差说明", "explained"),
    "event.ScoreReported": ("自报得分", "score"),
    "event.ObjectivesSet": ("单位目标", "objectives"),
}
"""Key → Chinese, English. Keys of figures are those of the JSON report."""


def language_of(asked: str | None, settings: Settings) -> Language:
    """
    Return the language that was asked for, else the ledger's.

    Raises:
        InvalidInput: There is no such language.
    """
    if asked is None:
        return settings.language
    try:
        return Language(asked)
    except ValueError:
        right = " or ".join(Language)
        raise InvalidInput("language", asked, right) from None


def words(language: Language) -> Mapping[str, str]:
    """
    Return all words of one language.

    >>> words(Language.CHINESE)["execution_rate"]
    '执行率'
    """
    place = 0 if language is Language.CHINESE else 1
    return {key: both[place] for key, both in _WORDS.items()}


def source_name(source: str, say: Mapping[str, str]) -> str:
    """Return the word for a funding source; one of the ledger's own is its name."""
    return say[source] if source in _SOURCES else source


def money_unit(settings: Settings) -> str:
    """
    Return what the reports of a ledger count money in.

    >>> money_unit(Settings())
    '万元'
    """
    main = main_unit(settings)
    if settings.scale is Scale.ONE:
        return main
    return f"万{main}" if main == "元" else f"10,000 {main}"


def main_unit(settings: Settings) -> str:
    """Return the main unit of a ledger's currency, which CSV and JSON count in."""
    code = settings.currency.code
    return "元" if code == "CNY" else code
