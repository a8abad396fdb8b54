"""Lists that go with the official forms: summaries with totals, scores compared."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from ledger.messages import Language
from ledger.projections.execution_total import Money
from ledger.reports import vocabulary as words
from ledger.reports.values.monitoring import MonitoredProject, MonitoringValues
from ledger.reports.values.official_form import TOTAL
from ledger.reports.values.self_evaluation import (
    Evaluation,
    Points,
    SelfEvaluationValues,
)
from ledger.spreadsheet import cells as sheets
from ledger.spreadsheet.cells import (
    Formula,
    Link,
    ListHead,
    NumberWithLook,
    Sheet,
    place,
    rate_look,
)

NOT_APPLICABLE: Final = "不适用"
"""The text in place of points that do not apply."""

_SAY: Final = words.words(Language.CHINESE)
_HEAD_ROW: Final = 1
_ORIGINAL, _CURRENT, _DISBURSED, _RATE, _FORECAST = 3, 4, 5, 6, 7
"""Columns of the lists of projects that have a total; points have none."""
_FIRST: Final = (
    ListHead(label="序号", width=6, look="link"),
    ListHead(label="项目编码", width=24, look="text"),
    ListHead(label="项目名称", width=34, look="text"),
)


def points(sheet: Sheet, whole: SelfEvaluationValues, names: Sequence[str]) -> None:
    """Write points and grades of all projects, with totals."""
    unit = words.money_unit(whole.settings, _SAY)
    heads = (
        *_FIRST,
        _amount(f"年初预算数（{unit}）"),
        _amount(f"全年预算数（{unit}）"),
        _amount(f"全年执行数（{unit}）"),
        ListHead(label="执行率", width=11, look="rate"),
        ListHead(label="得分", width=9, look="points"),
        ListHead(label="等级", width=7, look="center"),
        ListHead(label="待补充", width=8, look="center"),
    )
    rows = [
        (
            *_first(number, one, name),
            one.execution.original_budget,
            one.execution.current_budget,
            one.execution.disbursed,
            one.execution.execution_rate,
            one.total,
            one.grade,
            len(one.missing),
        )
        for number, (one, name) in enumerate(
            zip(whole.projects, names, strict=True), start=1
        )
    ]
    title = f"{whole.fiscal_year}年度项目支出绩效自评汇总"
    _summary(sheet, title, heads, rows, _spent(whole.totals.money))


def check(sheet: Sheet, whole: SelfEvaluationValues) -> None:
    """List computed and reported points side by side, with the reasons."""
    heads = (
        ListHead(label="项目编码", width=24, look="text"),
        ListHead(label="指标", width=30, look="text"),
        ListHead(label="指标值", width=16, look="center"),
        ListHead(label="完成率", width=10, look="rate"),
        ListHead(label="分值", width=8, look="points"),
        ListHead(label="计算得分", width=10, look="points"),
        ListHead(label="自评得分", width=10, look="points"),
        ListHead(label="差异", width=8, look="points"),
        ListHead(label="理由", width=36, look="text"),
    )

    def row(code: str, what: str, target: str, share: object, own: Points) -> Any:
        scores = own.computed, own.reported, own.difference
        possible = NOT_APPLICABLE if own.possible is None else own.possible
        return code, what, target, share, possible, *scores, own.reason

    rows = []
    for one in (*whole.units, *whole.projects):
        code, rate = one.subject.code, one.execution.execution_rate
        rows.append(row(code, "预算执行率", "", rate, one.money_points))
        for each in one.indicators:
            line = each.line
            look = rate_look(line.exact_capped, (1,))
            share = NumberWithLook(line.capped_attainment, look)
            rows.append(row(code, line.indicator, line.target, share, each.points))
    _listed(sheet, "评分核对：按公式计算的得分与自评得分", heads, rows)


def outlook(sheet: Sheet, whole: MonitoringValues, names: Sequence[str]) -> None:
    """Write money and forecasts of all projects, with totals."""
    unit = words.money_unit(whole.settings, _SAY)
    heads = (
        *_FIRST,
        _amount(f"年初预算数（{unit}）"),
        _amount(f"全年预算数（{unit}）"),
        _amount(f"{whole.months}执行数（{unit}）"),
        ListHead(label=f"{whole.months}执行率", width=11, look="rate"),
        _amount(f"全年预计执行数（{unit}）"),
        ListHead(label="指标数", width=8, look="center"),
        ListHead(label="待说明", width=8, look="center"),
    )
    rows = [
        (
            *_first(number, one, name),
            one.execution.original_budget,
            one.execution.current_budget,
            one.execution.disbursed,
            one.execution.execution_rate,
            one.rows[TOTAL].forecast,
            len(one.indicators),
            len(one.findings),
        )
        for number, (one, name) in enumerate(
            zip(whole.projects, names, strict=True), start=1
        )
    ]
    title = f"{whole.fiscal_year}年{whole.months}项目支出绩效目标执行监控汇总"
    totals = whole.totals
    sums = {**_spent(totals.money), _FORECAST: totals.forecast}
    _summary(sheet, title, heads, rows, sums)


def _amount(label: str) -> ListHead:
    return ListHead(label=label, width=15, look="money")


def _first(
    number: int, one: "Evaluation | MonitoredProject", sheet: str
) -> tuple[object, ...]:
    return Link(sheet, f"{number}"), one.subject.code, one.subject.name


def _spent(money: Money) -> dict[int, Decimal | None]:
    """Return sums by the column that they stand under."""
    return {
        _ORIGINAL: money.original_budget,
        _CURRENT: money.current_budget,
        _DISBURSED: money.disbursed,
        _RATE: money.execution_rate,
    }


def _summary(
    sheet: Sheet,
    title: str,
    heads: Sequence[ListHead],
    rows: Sequence[Sequence[object]],
    totals: Mapping[int, Decimal | None],
) -> None:
    """Write a list of projects with a row of totals by formula."""
    last = _listed(sheet, title, heads, rows, closing=1)
    sheet.put(last, 0, None, "head")
    sheet.put(last, 1, None, "head")
    sheet.put(last, 2, _SAY["total"], "head")
    for column, head in enumerate(heads[3:], start=3):
        if column not in totals or not rows:
            sheet.put(last, column, None, "head")
            continue
        first = place(_HEAD_ROW + 1, column)
        text = f"=SUM({first}:{place(max(last - 1, _HEAD_ROW + 1), column)})"
        if column == _RATE:
            whole, part = place(last, _CURRENT), place(last, _DISBURSED)
            text = f'=IF({whole}=0,"",ROUND({part}/{whole},6))'
        sheet.put(last, column, Formula(text, totals[column]), head.look)


def _listed(
    sheet: Sheet,
    title: str,
    heads: Sequence[ListHead],
    rows: Sequence[Sequence[object]],
    *,
    closing: int = 0,
) -> int:
    """Write a titled list, ready to print, and return the row after its last."""
    right = len(heads) - 1
    sheet.merge((0, 0), (0, right), "title")
    sheet.put(0, 0, title, "title")
    sheet.sheet.set_row(0, 30)
    last = sheets.write_list(sheet, heads, rows, start=_HEAD_ROW)
    sheet.sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.sheet.repeat_rows(_HEAD_ROW)
    sheet.paper(landscape=True, last=(last - 1 + closing, right))
    return last
