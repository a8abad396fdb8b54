"""The official forms as workbooks: a summary, then a sheet for each form."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, Final

from ledger.domain import exact_numbers
from ledger.domain.exact_numbers import rounded
from ledger.domain.funding import OFFICIAL_ROWS
from ledger.domain.indicator import Rating
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.results import VarianceExplanation
from ledger.domain.units import canonical
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.domain.weights import ScoringRule
from ledger.messages import Language
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution_total import ExecutionTotal, Money
from ledger.reports import vocabulary as words
from ledger.reports.official_layouts import Layouts, layouts
from ledger.reports.render import official_lists
from ledger.reports.render.form_sheet import Filling, FormSheet, FormValue
from ledger.reports.render.official_lists import NOT_APPLICABLE
from ledger.reports.values.monitoring import MonitoredProject, MonitoringValues
from ledger.reports.values.official_form import TOTAL, FormSubject, MoneyRow
from ledger.reports.values.printed_number import (
    PrintedNumber,
    PrintedShare,
    PrintedTarget,
    printed_result,
)
from ledger.reports.values.self_evaluation import (
    Evaluation,
    Points,
    SelfEvaluationValues,
)
from ledger.spreadsheet import cells as sheets
from ledger.spreadsheet.cells import Book, rate_look

_SAY: Final = words.words(Language.CHINESE)
"""The forms are prescribed in Chinese."""

_TICK: Final = "√"
_IN_WORDS: Final = "文字描述"
_SUM: Final = f"=SUM({','.join(f'{{{{{{0}}_{key}}}}}' for key in OFFICIAL_ROWS)})"


def self_evaluation(
    evaluation: SelfEvaluationValues,
    layout: str | Layouts = "national",
    progress: Progress = silent,
) -> bytes:
    """
    Return the workbook of a self-evaluation.

    Raises:
        InvalidInput: There is no such layout.
    """
    chosen = layouts(layout)
    book = Book(evaluation.settings)
    summary, check = book.sheet("汇总"), book.sheet("评分核对")
    names = []
    forms = [
        *((one, chosen.unit_self_evaluation) for one in evaluation.units),
        *((one, chosen.self_evaluation) for one in evaluation.projects),
    ]
    texts = _texts(evaluation)
    shown = watched(forms, progress, len(forms))
    for number, (one, form) in enumerate(shown, start=1):
        sheet = book.sheet(f"{number} {one.subject.name}")
        names.append(sheet.name)
        filling = Filling(
            texts=texts,
            values=_evaluated(one, evaluation),
            rows=list(_scored_rows(one)),
            note=_note(evaluation),
        )
        FormSheet(form, filling).write(sheet)
    projects = names[len(evaluation.units) :]
    official_lists.points(summary, evaluation, projects)
    official_lists.check(check, evaluation)
    return book.close()


def monitoring(
    monitored: MonitoringValues,
    layout: str | Layouts = "national",
    progress: Progress = silent,
) -> bytes:
    """
    Return the workbook of a month's monitoring.

    Raises:
        InvalidInput: There is no such layout.
    """
    chosen = layouts(layout)
    book = Book(monitored.settings)
    summary = book.sheet("汇总")
    texts = {**_texts(monitored), "months": monitored.months}
    names = []
    projects = watched(monitored.projects, progress, len(monitored.projects))
    for number, one in enumerate(projects, start=1):
        sheet = book.sheet(f"{number} {one.subject.name}")
        names.append(sheet.name)
        filling = Filling(
            texts=texts,
            values=_monitored(one, monitored),
            rows=[_watched(line) for line in _grouped(one.indicators, _itself)],
            note=_note(monitored),
        )
        FormSheet(chosen.monitoring, filling).write(sheet)
    official_lists.outlook(summary, monitored, names)
    return book.close()


# What the forms share


def _texts(report: SelfEvaluationValues | MonitoringValues) -> dict[str, str]:
    unit = words.money_unit(report.settings, _SAY)
    return {"year": str(report.fiscal_year), "money_unit": unit, "months": ""}


def _note(report: SelfEvaluationValues | MonitoringValues) -> str:
    kept = _SAY["position_root"].format(position=report.position, root=report.root)
    return f"截至{report.through}。{kept}"


def _itself(line: AttainmentLine) -> AttainmentLine:
    return line


def _subject(subject: FormSubject) -> dict[str, FormValue]:
    return {
        "name": FormValue(subject.name),
        "code": FormValue(subject.code),
        "authority": FormValue(subject.authority),
        "unit": FormValue(subject.unit),
        "goals": FormValue("\n".join(subject.goals)),
    }


def _grouped(
    each: Iterable[Any], line: Callable[[Any], AttainmentLine]
) -> Iterator[Any]:
    """Yield indicators so that those under one level stand together."""
    levels: dict[str, dict[str, list[Any]]] = {}
    for one in each:
        of = line(one)
        levels.setdefault(of.level1, {}).setdefault(of.level2, []).append(one)
    for level1 in levels.values():
        for level2 in level1.values():
            yield from level2


def _money(rows: Mapping[str, MoneyRow]) -> dict[str, FormValue]:
    """Return the fields of the money: the total's are formulas over the rows."""
    fields: dict[str, FormValue] = {}
    for name, row in rows.items():
        ending = "" if name == TOTAL else f"_{name}"
        amounts = {
            "original": row.money.original_budget,
            "current": row.money.current_budget,
            "disbursed": row.money.disbursed,
            "ahead": row.forecast,
        }
        for key, amount in amounts.items():
            formula = None if ending else _SUM.format(key)
            shown = amount if row.exists else None
            fields[key + ending] = FormValue(shown, "money", formula)
        fields[f"rate{ending}"] = _rate(row.money, ending)
    return fields


def _rate(money: Money, ending: str) -> FormValue:
    disbursed, current = f"{{disbursed{ending}}}", f"{{current{ending}}}"
    formula = f'=IF({current}=0,"",ROUND({disbursed}/{current},6))'
    return FormValue(money.execution_rate, "rate", formula)


def _levels(line: AttainmentLine, level1: str) -> dict[str, FormValue]:
    """Return an indicator's names, and its target as printed and in three parts."""
    target = PrintedTarget.of(line)
    number = target.number
    return {
        "level1": FormValue(level1, "label"),
        "level2": FormValue(line.level2, "label"),
        "level3": FormValue(line.name),
        "target": FormValue(line.target, "center"),
        "nature": FormValue(target.sign or _IN_WORDS, "center"),
        "value": FormValue(number.value, "number")
        if number
        else FormValue(line.target, "center"),
        "measured_in": FormValue(number and number.unit, "center"),
    }


def _result(line: AttainmentLine) -> FormValue:
    """Return a result: a number with its unit, a share as a percentage, or words."""
    match printed_result(line):
        case PrintedShare() as share:
            return FormValue(share.value, rate_look(share.exact, share.bounds))
        case PrintedNumber(value, unit):
            return FormValue(value, f"count:{unit}" if unit else "number")
    match line.result:
        case None:
            return FormValue(None, "center")
        case Rating() as rating:
            return FormValue(_SAY.get(rating.value, rating.value), "center")
        case date() as day:
            return FormValue(day, "date")
        case _ as text:
            return FormValue(text, "text")


def _why(explanation: VarianceExplanation | None) -> list[str]:
    if explanation is None:
        return []
    said = [_SAY[explanation.category] + "：" + explanation.text]
    if explanation.remedy:
        said.append(f"改进措施：{explanation.remedy}")
    return said


# 自评表


def _evaluated(one: Evaluation, whole: SelfEvaluationValues) -> dict[str, FormValue]:
    total = (
        f'=IF(COUNT({{money_score}},{{all_score}})<{one.applicable},"",'
        "SUM({money_score},{all_score}))"
    )
    return {
        **_subject(one.subject),
        "achieved": FormValue(
            "\n".join([_achieved(one, whole), *_why(one.explanation)])
        ),
        **_money(one.rows),
        "money_possible": _possible(one.money_points),
        "money_score": _money_score(one.money_points),
        "total_possible": FormValue(
            one.possible, "points", "=SUM({money_possible},{all_possible})"
        ),
        "total": FormValue(one.total, "points", None if one.is_capped else total),
        "grade": _grade(one, whole.scoring),
    }


def _grade(one: Evaluation, rule: ScoringRule) -> FormValue:
    if one.grade is None and one.total is not None:
        return FormValue("", "center")  # Its points do not make 100.
    return FormValue(one.grade, "center", sheets.nested("{total}", rule.grades))


def _possible(points: Points) -> FormValue:
    if points.possible is None:
        return FormValue(NOT_APPLICABLE, "center")
    return FormValue(points.possible, "points")


def _money_score(points: Points) -> FormValue:
    """Return the points of execution: a formula, unless a person gave others."""
    if points.possible is None:
        return FormValue(NOT_APPLICABLE, "center")
    if points.reported is not None:
        return FormValue(points.reported, "points")
    return FormValue(
        points.computed,
        "points",
        '=IF({current}=0,"",'
        "ROUND({money_possible}*MAX(0,MIN(1,{disbursed}/{current})),2))",
    )


def _achieved(one: Evaluation, whole: SelfEvaluationValues) -> str:
    """Say in a sentence what the indicators and the money came to."""
    tally = "，".join(
        _SAY["tally"].format(status=_SAY[status.value], count=count)
        for status, count in one.statuses.items()
    )
    said = f"截至{whole.through}，指标{len(one.indicators)}项"
    said += f"：{tally}" if tally else ""
    return f"{said}。{_SAY['execution_rate']}{_percent(one.execution)}。"


def _percent(line: ExecutionTotal) -> str:
    rate = line.exact_rate
    return NOT_APPLICABLE if rate is None else exact_numbers.percent(rate, 2)


def _scored_rows(one: Evaluation) -> Iterator[dict[str, FormValue]]:
    points = one.possible_by_level1
    for each in _grouped(one.indicators, attrgetter("line")):
        line, own = each.line, each.points
        level1 = line.level1
        if level1 in points:
            level1 = f"{level1}\n（{canonical(points[level1]):f}分）"
        why = _why(line.explanation)
        if own.difference:
            reason = f"：{own.reason}" if own.reason else ""
            why.append(f"自评{own.reported}分，按公式{own.computed}分{reason}")
        yield {
            **_levels(line, level1),
            "result": _result(line),
            "possible": _possible(own),
            "score": FormValue(own.score, "points"),
            "why": FormValue("\n".join(why)),
        }


# 监控表


def _monitored(one: MonitoredProject, whole: MonitoringValues) -> dict[str, FormValue]:
    line = one.execution
    why = _why(one.explanation)
    if one.adjusted_by:
        scale, digits = whole.settings.scale, whole.settings.shown_digits
        current = rounded(scale.of(line.current_budget), digits)
        by = rounded(scale.of(one.adjusted_by), digits)
        adjusted = f"全年预算数{current:,f}（年中调整{by:+,f}）"
        why.insert(0, f"{adjusted}，执行率按全年预算数")
    return {
        **_subject(one.subject),
        **_money(one.rows),
        "money_why": FormValue("\n".join(why)),
    }


def _watched(line: AttainmentLine) -> dict[str, FormValue]:
    said = line.explanation
    ticked = set() if said is None else {said.category, said.likelihood}
    if line.status.row.is_met and (said is None or said.likelihood is None):
        ticked.add(Likelihood.CERTAIN)
    forecast = said.forecast if said is not None else None
    ticks = {
        each.value: FormValue(_TICK if each in ticked else None, "center")
        for each in (*VarianceCategory, *Likelihood)
    }
    return {
        **_levels(line, line.level1),
        "result": _result(line),
        "forecast": FormValue(forecast, "center"),
        **ticks,
        "text": FormValue(said.text if said is not None else None),
        "remark": FormValue(said.remedy if said is not None else None),
    }
