"""What goes into the official forms: each with its layout, cell by cell."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final

from attrs import frozen

from ledger.domain.indicator import Rating
from ledger.domain.results import VarianceExplanation
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.units import canonical
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.layouts.form_layout import Layout
from ledger.projections.amounts import Money
from ledger.projections.attainment import AttainmentLine
from ledger.reports import vocabulary as words
from ledger.reports.render.form_sheet import Filling, FormValue
from ledger.reports.render.form_words import FormWords, made_from, texts_of
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
    EvaluatedIndicator,
    Evaluation,
    Points,
    SelfEvaluationValues,
)
from ledger.spreadsheet import cells as sheets
from ledger.spreadsheet.cells import rate_look

TICK: Final = "√"
STATED: Final = ("conclusion", "problems", "measures")
"""Fields that a person fills in."""


@frozen(kw_only=True)
class OfficialForm:
    """
    One form: a project or a unit, with its layout and what goes into it.

    Attributes:
        kind: Which of the forms of a layout it is.

        indicators: In the order of the rows.
    """

    of: Evaluation | MonitoredProject
    kind: str
    layout: Layout
    filling: Filling
    indicators: Sequence[EvaluatedIndicator | MonitoredIndicator]


def evaluated_forms(
    evaluation: SelfEvaluationValues, form: FormWords
) -> Iterator[OfficialForm]:
    """Yield the forms of a self-evaluation, those of the units first."""
    texts, footer = texts_of(evaluation, form), made_from(evaluation, form)
    for one, kind in (
        *((one, "unit_self_evaluation") for one in evaluation.units),
        *((one, "self_evaluation") for one in evaluation.projects),
    ):
        ordered = list(_grouped(one.indicators, attrgetter("line"), form))
        yield OfficialForm(
            of=one,
            kind=kind,
            layout=getattr(form.forms, kind),
            filling=Filling(
                texts=texts,
                values=_evaluated(one, evaluation, form),
                rows=list(_scored_rows(one, ordered, form)),
                footer=footer,
            ),
            indicators=ordered,
        )


def monitored_forms(
    monitored: MonitoringValues, form: FormWords, *, quarter: bool = False
) -> Iterator[OfficialForm]:
    """
    Yield the forms of a monitoring, those of the units first.

    Args:
        quarter: Whether the titles name the quarter that the month ends.

    Raises:
        InvalidInput: The month ends no quarter.
    """
    months = monitored.months.said(form.language)
    texts = {**texts_of(monitored, form), "months": months}
    if quarter:
        texts["quarter"] = form.of(f"quarter.{monitored.quarter}")
    footer = made_from(monitored, form)
    for one, kind in (
        *((one, "unit_monitoring") for one in monitored.units),
        *((one, "monitoring") for one in monitored.projects),
    ):
        ordered = list(_grouped(one.indicators, attrgetter("line"), form))
        yield OfficialForm(
            of=one,
            kind=kind,
            layout=getattr(form.forms, kind),
            filling=Filling(
                texts=texts,
                values=_monitored(one, form),
                rows=[_watched(line, form) for line in ordered],
                footer=footer,
            ),
            indicators=ordered,
        )


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


def why_lines(explanation: VarianceExplanation | None, form: SheetWords) -> list[str]:
    """Return why something deviates, as a cell says it: reason, then remedy."""
    if explanation is None:
        return []
    reasons = [explanation.text]
    if explanation.category is not VarianceCategory.OTHER:
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
        **{name: FormValue(getattr(one.conclusion, name, None)) for name in STATED},
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


def _scored_rows(
    one: Evaluation, ordered: Iterable[EvaluatedIndicator], form: FormWords
) -> Iterator[dict[str, FormValue]]:
    points = one.possible_by_level1
    for each in ordered:
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
            "why": FormValue("\n".join(why_lines(line.explanation, form))),
        }


# 监控表


def _monitored(one: MonitoredProject, form: FormWords) -> dict[str, FormValue]:
    why = why_lines(one.explanation, form)
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
        each.value: FormValue(TICK if each in ticked else None, "center")
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
