"""The official forms as workbooks: a summary, then a sheet for each form."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, Final

from ledger.domain.indicator import Rating
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.results import VarianceExplanation
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.units import canonical
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.projections.amounts import Money
from ledger.projections.attainment import AttainmentLine
from ledger.reports import vocabulary as words
from ledger.reports.render import official_lists
from ledger.reports.render.form_sheet import Filling, FormSheet, FormValue
from ledger.reports.render.form_words import (
    ChosenLayout,
    FormWords,
    made_from,
    prescribed,
    texts_of,
    words_of,
)
from ledger.reports.render.official_lists import SheetWords
from ledger.reports.values.monitoring import MonitoredProject, MonitoringValues
from ledger.reports.values.official_form import (
    TOTAL,
    UNIT_ROWS,
    FormSubject,
    money_rows,
)
from ledger.reports.values.outlooks import MonitoredIndicator
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

_TICK: Final = "√"
_STATED: Final = ("conclusion", "problems", "measures")
"""Fields that a person fills in."""


def self_evaluation(
    evaluation: SelfEvaluationValues,
    layout: ChosenLayout = None,
    language: str | None = None,
    progress: Progress = silent,
) -> bytes:
    """
    Return the workbook of a self-evaluation.

    Args:
        layout: The forms; by default the national ones, in the language.

        language: Of everything; by default that of the ledger, and that of the layout
            for the forms.

    Raises:
        InvalidInput: There is no such layout, or no such language, or the layout is
            in another.
    """
    own, of_form = words_of(layout, language, evaluation.settings)
    chosen, settings = of_form.forms, evaluation.settings
    book = Book(settings)
    summary, check = book.sheet(own.of("summary")), book.sheet(own.of("check"))
    names = []
    forms = [
        *((one, chosen.unit_self_evaluation) for one in evaluation.units),
        *((one, chosen.self_evaluation) for one in evaluation.projects),
    ]
    texts = texts_of(evaluation, of_form)
    shown = watched(forms, progress, len(forms))
    for number, (one, form) in enumerate(shown, start=1):
        sheet = book.sheet(f"{number} {one.subject.name}")
        names.append(sheet.name)
        filling = Filling(
            texts=texts,
            values=_evaluated(one, evaluation, of_form),
            rows=list(_scored_rows(one, of_form)),
            footer=made_from(evaluation, of_form),
        )
        FormSheet(form, filling).write(sheet)
    projects = names[len(evaluation.units) :]
    note = prescribed(chosen, own)
    official_lists.points(summary, evaluation, projects, own, note)
    official_lists.check(check, evaluation, own, made_from(evaluation, own))
    return book.close()


def monitoring(
    monitored: MonitoringValues,
    layout: ChosenLayout = None,
    language: str | None = None,
    progress: Progress = silent,
    *,
    quarter: bool = False,
) -> bytes:
    """
    Return the workbook of a month's monitoring.

    Args:
        layout: The forms; by default the national ones, in the language.

        language: Of everything; by default that of the ledger, and that of the layout
            for the forms.

        quarter: Whether the titles name the quarter that the month ends.

    Raises:
        InvalidInput: There is no such layout, or no such language, or the layout is
            in another, or the month ends no quarter.
    """
    own, of_form = words_of(layout, language, monitored.settings)
    chosen, settings = of_form.forms, monitored.settings
    book = Book(settings)
    summary, check = book.sheet(own.of("summary")), book.sheet(own.of("check"))
    months = monitored.months.said(chosen.language)
    texts = {**texts_of(monitored, of_form), "months": months}
    if quarter:
        texts["quarter"] = of_form.of(f"quarter.{monitored.quarter}")
    names = []
    forms = [
        *((one, chosen.unit_monitoring) for one in monitored.units),
        *((one, chosen.monitoring) for one in monitored.projects),
    ]
    shown = watched(forms, progress, len(forms))
    for number, (one, form) in enumerate(shown, start=1):
        sheet = book.sheet(f"{number} {one.subject.name}")
        names.append(sheet.name)
        lines = _grouped(one.indicators, attrgetter("line"), of_form)
        filling = Filling(
            texts=texts,
            values=_monitored(one, of_form),
            rows=[_watched(line, of_form) for line in lines],
            footer=made_from(monitored, of_form),
        )
        FormSheet(form, filling).write(sheet)
    projects = names[len(monitored.units) :]
    note = prescribed(chosen, own)
    official_lists.outlook(summary, monitored, projects, own, note)
    official_lists.unexplained(check, monitored, own, made_from(monitored, own))
    return book.close()


# What the forms share


def _subject(subject: FormSubject, form: FormWords) -> dict[str, FormValue]:
    authority = form.forms.unit_of(subject.authority_code, subject.authority)
    return {
        "name": FormValue(subject.name),
        "code": FormValue(subject.code),
        "authority": FormValue(authority),
        "unit": FormValue(subject.unit),
        "goals": FormValue("\n".join(subject.goals)),
    }


def _grouped(
    each: Iterable[Any], line: Callable[[Any], AttainmentLine], form: FormWords
) -> Iterator[Any]:
    """Yield indicators so that those under one level stand together, in order."""
    levels: dict[str, dict[str, list[Any]]] = {}
    for one in each:
        of = line(one)
        levels.setdefault(of.level1, {}).setdefault(of.level2, []).append(one)
    for level1 in levels.values():
        for level2 in sorted(level1, key=form.forms.place_of):
            yield from level1[level2]


def _money(one: Evaluation | MonitoredProject, form: FormWords) -> dict[str, FormValue]:
    """
    Return the fields of the money: the total's are formulas over the other rows.

    These are of a unit its parts, of a project the sources.
    """
    stated = one.stated if isinstance(one, MonitoredProject) else None
    rows = money_rows(one.execution, form.forms.sources, stated)
    parts = [name for name in rows if name != TOTAL]
    own = {name: row for name, row in one.rows.items() if name in UNIT_ROWS}
    if own:
        parts, rows = [*own], {**rows, **own}
    fields: dict[str, FormValue] = {}
    for name, row in rows.items():
        ending = "" if name == TOTAL else f"_{name}"
        amounts = {
            "original": row.money.original_budget,
            "current": row.money.current_budget,
            "disbursed": row.money.disbursed,
            "ahead": row.stated,
        }
        for key, amount in amounts.items():
            summed = ",".join(f"{{{key}_{part}}}" for part in parts)
            formula = None if ending else f"=SUM({summed})"
            shown = amount if row.exists else None
            if amount is None:  # Nobody said it: blank, and no sum of blanks.
                formula = None
            fields[key + ending] = FormValue(shown, "money", formula)
        fields[f"rate{ending}"] = _rate(row.money, ending)
    return fields


def _rate(money: Money, ending: str) -> FormValue:
    disbursed, current = f"{{disbursed{ending}}}", f"{{current{ending}}}"
    formula = f'=IF({current}=0,"",ROUND({disbursed}/{current},6))'
    return FormValue(money.execution_rate, "rate", formula)


def _levels(line: AttainmentLine, level1: str, form: FormWords) -> dict[str, FormValue]:
    """Return an indicator's names, and its target as printed and in three parts."""
    target = PrintedTarget.of(line)
    number = target.number
    return {
        "level1": FormValue(level1, "label"),
        "level2": FormValue(words.level(line.level2, form.language), "label"),
        "level3": FormValue(line.name),
        "target": FormValue(line.target, "center"),
        "nature": FormValue(target.sign or form.of("in_words"), "center"),
        "value": FormValue(number.value, "number")
        if number
        else FormValue(line.target, "center"),
        "measured_in": FormValue(number and number.unit, "center"),
    }


def _result(line: AttainmentLine, form: FormWords) -> FormValue:
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
            return FormValue(form.forms.ratings[rating.value], "center")
        case date() as day:
            return FormValue(day, "date")
        case _ as text:
            return FormValue(text, "text")


def _why(explanation: VarianceExplanation | None, form: SheetWords) -> list[str]:
    if explanation is None:
        return []
    category = form.word(explanation.category.value)
    reasons = [form.of("why", category=category, text=explanation.text)]
    if explanation.remedy:
        reasons.append(form.of("remedy", remedy=explanation.remedy))
    return reasons


# 自评表


def _evaluated(
    one: Evaluation, whole: SelfEvaluationValues, form: FormWords
) -> dict[str, FormValue]:
    total = (
        f'=IF(COUNT({{money_score}},{{all_score}})<{one.applicable},"",'
        "SUM({money_score},{all_score}))"
    )
    return {
        **_subject(one.subject, form),
        "achieved": FormValue(
            "\n".join(goal.assessed.text for goal in one.goals if goal.assessed)
        ),
        **{name: FormValue(getattr(one.conclusion, name, None)) for name in _STATED},
        **_money(one, form),
        "money_possible": _possible(one.money_points, form),
        "money_score": _money_score(one.money_points, form),
        "total_possible": FormValue(
            one.possible, "points", "=SUM({money_possible},{all_possible})"
        ),
        "total": FormValue(one.total, "points", None if one.is_capped else total),
        "grade": _grade(one, whole.scoring, form),
    }


def _grade(one: Evaluation, rule: ScoringRule, form: FormWords) -> FormValue:
    if one.grade is None and one.total is not None:
        return FormValue("", "center")  # Its points do not make 100.
    spoken = form.language
    ladder = [(words.grade(name, spoken), least) for name, least in rule.grades]
    grade = None if one.grade is None else words.grade(one.grade, spoken)
    return FormValue(grade, "center", sheets.nested("{total}", ladder))


def _possible(points: Points, form: SheetWords) -> FormValue:
    if points.possible is None:
        return FormValue(form.of("not_applicable"), "center")
    return FormValue(points.possible, "points")


def _money_score(points: Points, form: SheetWords) -> FormValue:
    """Return the points of execution: a formula, unless a person gave others."""
    if points.possible is None:
        return FormValue(form.of("not_applicable"), "center")
    if points.reported is not None:
        return FormValue(points.reported, "points")
    return FormValue(
        points.computed,
        "points",
        '=IF({current}=0,"",'
        "ROUND({money_possible}*MAX(0,MIN(1,{disbursed}/{current})),2))",
    )


def _scored_rows(one: Evaluation, form: FormWords) -> Iterator[dict[str, FormValue]]:
    points = one.possible_by_level1
    for each in _grouped(one.indicators, attrgetter("line"), form):
        line, own = each.line, each.points
        level1 = words.level(line.level1, form.language)
        if line.level1 in points and form.forms.has_points:
            given = f"{canonical(points[line.level1]):f}"
            level1 = form.of("level_points", level=level1, points=given)
        yield {
            **_levels(line, level1, form),
            "result": _result(line, form),
            "possible": _possible(own, form),
            "score": FormValue(own.score, "points"),
            "why": FormValue("\n".join(_why(line.explanation, form))),
        }


# 监控表


def _monitored(one: MonitoredProject, form: FormWords) -> dict[str, FormValue]:
    why = _why(one.explanation, form)
    if one.outlook is not None and one.outlook.reason:
        why.append(one.outlook.reason)
    return {
        **_subject(one.subject, form),
        **_money(one, form),
        "money_why": FormValue("\n".join(why)),
    }


def _watched(one: MonitoredIndicator, form: FormWords) -> dict[str, FormValue]:
    line, explained, outlook = one.line, one.line.explanation, one.outlook
    category = None if explained is None else explained.category
    ticked = {category, one.likelihood}
    ticks = {
        each.value: FormValue(_TICK if each in ticked else None, "center")
        for each in (*VarianceCategory, *Likelihood)
    }
    remarks = [
        None if outlook is None else outlook.reason,
        None if explained is None else explained.remedy,
    ]
    return {
        **_levels(line, words.level(line.level1, form.language), form),
        "result": _result(line, form),
        "forecast": _forecast(one),
        **ticks,
        "text": FormValue(None if explained is None else explained.text),
        "remark": FormValue("\n".join(filter(None, remarks)) or None),
    }


def _forecast(one: MonitoredIndicator) -> FormValue:
    """Return what a person says that an indicator will come to."""
    if one.outlook is None or one.outlook.value is None:
        return FormValue(one.outlook and one.outlook.text, "center")
    unit = one.line.unit
    return FormValue(one.outlook.value, f"count:{unit}" if unit else "number")
