"""The figures of a report at two dates, in the shape of the report as JSON."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.events import ScoreReported, VarianceExplained

from . import (
    due,
    judged,
    money,
    money_judged,
    points,
    printing,
    result_parts,
    revised,
    told,
)
from .combined import computed
from .commitments import days_late, open_in, overdue
from .cut import Cut
from .monthly import by_months, is_monthly
from .spelling import Exact, within
from .statements import answer, explanation
from .verdict import AT_END, WORST


def rate(part: int, whole: int) -> str | None:
    """Print a share with six decimals, half up."""
    return None if whole == 0 else fixed(Fraction(part, whole))


def fixed(exact: Fraction) -> str:
    """Print a number with six decimals, half up."""
    millionths = money.half_up(exact * 10**6)
    return f"{Decimal(millionths).scaleb(-6):f}"


def source_figures(cut: Cut, facts: Iterable[list[Any]], source: str | None) -> Any:
    """Return the figures of one source, or of all, over several projects."""
    first = spent = now = left = over = lost = reserved = contracted = 0
    gone = held = late = rest = back = 0
    parts = dict.fromkeys(money.PART_NAMES, 0)
    for own in facts:
        reserved += open_in(own, source, cut.through, "reserved")
        contracted += open_in(own, source, cut.through, "contracted")
        for name, amount in money.parts(own, source, cut.through).items():
            parts[name] += amount
        over += money.closed_with(own, source, cut.through, "carried_over")
        lost += money.closed_with(own, source, cut.through, "lapsed")
        late += overdue(own, source, cut.through)
        rest += free_of(cut, own, source)
        gone += money.handed_on(own, source, cut.through)
        held += money.withheld(own, source, cut.through)
        back += money.refunded(own, source, cut.through)
        first += money.original(own, source, cut.through)
        now += money.current(own, source, cut.through)
        spent += money.disbursed(own, source, cut.through)
        left += money.available(own, source, cut.through)
    return {
        "original_budget": cut.amount(first),
        **{name: cut.amount(amount) for name, amount in parts.items()},
        "current_budget": cut.amount(now),
        "new_money": cut.amount(now - parts["carried_in"] + parts["carry_returned"]),
        "disbursed": cut.amount(spent),
        "reserved": cut.amount(reserved),
        "contracted": cut.amount(contracted),
        "open": cut.amount(reserved + contracted),
        "committed": cut.amount(spent + reserved + contracted),
        "overdue_open": cut.amount(late),
        "available": cut.amount(left),
        "free": cut.amount(rest),
        "refunded": cut.amount(back),
        "carried_over": cut.amount(over),
        "lapsed": cut.amount(lost),
        "handed_on": cut.amount(gone),
        "withheld": cut.amount(held),
        "execution_rate": rate(spent, now),
        "commitment_rate": rate(spent + reserved + contracted, now),
    }


def money_figures(
    cut: Cut, projects: list[list[Any]], *, alone: bool = False
) -> dict[str, Any]:
    """
    Return the figures of some projects together.

    Args:
        alone: Whether it is one project, which has no sums above its sources.
    """
    named = {s for own in projects for s in effective_sources(cut, own)}
    if not alone:
        for source in [*named]:
            parts = source.split("/")
            named |= {"/".join(parts[:i]) for i in range(1, len(parts))}
    names = sorted(named)
    spent = sum(money.disbursed(own, None, cut.through) for own in projects)
    budgets = [own for own in projects if alone or cut.has_budget(own)]
    plans = [planned_of(cut, own) for own in budgets]
    first = money.known_sum(first_planned(cut, own) for own in budgets)
    due = money.known_sum(plans)
    return {
        **source_figures(cut, projects, None),
        "overdue_commitments": sum(
            len(days_late(own, cut.through)) for own in projects
        ),
        "planned": cut.amount(due),
        "plan_reason": money.plan_reason(plans.count(None), alone=alone),
        "original_planned": cut.amount(first),
        "plan_rate": None if due is None else rate(spent, due),
        "variance": cut.amount(None if due is None else spent - due),
        "time_progress": fixed(cut.progress),
        "by_source": {name: source_figures(cut, projects, name) for name in names},
    }


def effective_sources(cut: Cut, own: list[Any]) -> list[str]:
    """Return the sources that a project has by then."""
    return money.sources_shown(own, cut.through)


def planned_of(cut: Cut, own: list[Any]) -> int | None:
    """Return what a project had to have spent by then."""
    plan = money.plan_at(own, cut.through)
    return money.planned(plan, cut.through, cut.year, cut.book.convention)


def first_planned(cut: Cut, own: list[Any]) -> int | None:
    """Return what the plan that came first says."""
    plan = money.first_plan(own, cut.through)
    return money.planned(plan, cut.through, cut.year, cut.book.convention)


def project_figures(cut: Cut, project: str) -> dict[str, Any]:
    """Return one project's entry of the report."""
    own = cut.money_of(project)
    begun: Any = cut.title(project)
    status = money_judged.status(cut, own)
    rows = [
        dict(zip(("month", "planned", "disbursed", "to", "by"), row, strict=True))
        for row in money.months(own, cut.through, cut.year, cut.book.convention)
    ]
    judgements = project_judgements(cut, project)
    return {
        "project": project,
        "name": begun.name,
        "unit": begun.unit,
        "unit_name": begun.unit_name,
        "fiscal_year": cut.year.name,
        **money_figures(cut, [own], alone=True),
        "status": worst([status, *(j.status for j in judgements)], cut),
        "money_status": status,
        "calendar_status": money_judged.by_time(cut, own),
        "days_overdue": max(days_late(own, cut.through), default=0),
        "closed_on": closed_on(own, cut.through),
        "months": [
            {
                "month": row["month"],
                "planned": cut.amount(row["planned"]),
                "disbursed": cut.amount(row["disbursed"]),
                "cumulative_planned": cut.amount(row["to"]),
                "cumulative_disbursed": cut.amount(row["by"]),
            }
            for row in rows
        ],
        "indicators": indicator_rows(cut, cut.stream(project), judgements),
    }


def closed_on(own: list[Any], through: date) -> str | None:
    """Return the day of a closing that holds by then."""
    closing = money.closing(own)
    if closing is None or closing.on > through:
        return None
    return closing.on.isoformat()


def worst(statuses: list[str], cut: Cut) -> str:
    """Return the worst of some statuses."""
    order = AT_END if cut.progress == 1 else WORST
    return min(statuses, key=order.index)


def project_judgements(cut: Cut, project: str) -> list[judged.Judgement]:
    """Judge each indicator of a project."""
    approved = money.approval(cut.money_of(project))
    if approved is None or approved.on > cut.through:
        return []
    return judged_rows(cut, cut.stream(project))


def unit_judgements(cut: Cut, unit: str) -> list[judged.Judgement]:
    """Judge each indicator of a unit."""
    return judged_rows(cut, cut.unit_stream(unit))


def judged_rows(cut: Cut, stream: str) -> list[judged.Judgement]:
    """Judge each indicator that a form has by then."""
    rows = revised.rows_at(cut.facts, stream, cut.through) or []
    names = revised.labels(rows)
    return [
        judge_one(cut, stream, row, label)
        for row, label in zip(rows, names, strict=True)
    ]


def judge_one(cut: Cut, stream: str, row: revised.Row, label: str) -> judged.Judgement:
    """Judge one indicator."""
    one, target = judged.standard(cut.facts, stream, label, row, cut.through)
    found = told.standing(cut.facts, stream, label, cut.through)
    reading = judged.read(found, one, target)
    if one.computed_from:
        found, reading = [], computed(cut, one, target)
    closed = due.closed_on(cut, stream)
    each_month = due.is_each_month(one, target)
    days = due.days(cut, stream, one, target)
    asked_on = due.of_closed(days, cut.through, closed, each_month=each_month)
    passed = [day for day in asked_on if day <= cut.through]
    if is_monthly(one, target):
        said = by_months(cut, stream, row, label)
        return said._replace(due_on=passed[-1] if passed else None)
    came = max((f.event.on for f in found), default=due.NEVER)
    paced_on = max(*passed, came, due.NEVER)
    eased = due.share_by(cut, stream, paced_on)
    terms = eased, cut.by, cut.book.convention, paced_on
    over = cut.progress == 1 or (closed is not None and bool(passed))
    said = judged.judge(one, target, reading, over, *terms)
    if reading.reason == "part":
        said = _undecided(said)
    return due.asked(said, asked_on, came, cut.through)


def _undecided(said: judged.Judgement) -> judged.Judgement:
    """Judge nothing while a part is missing, unless the sum is past its target."""
    if said.attainment is None:
        return said
    if said.reading.measure == "ratio":
        past = False
    elif said.target.kind == "between":
        past = said.reading.value > said.target.upper
    elif judged.is_ceiling(said.indicator, said.target):
        past = said.reading.value > said.target.value
    else:
        met = said.status in {"attained", "exceeded"}
        past = judged.is_sum(said.indicator) and met
    return said if past else said._replace(attainment=None, status="not due")


def value_text(value: Any, target: Any) -> str | None:
    """Print a result, never across its target."""
    if value is None or isinstance(value, str):
        return value
    bounds = [b for b in (target.value, target.upper) if b is not None]
    return (
        printing.printed(value, bounds)
        if isinstance(value, Fraction)
        else value.isoformat()
    )


def indicator_rows(
    cut: Cut, stream: str, judgements: list[judged.Judgement], *, of_year: bool = False
) -> list[dict[str, Any]]:
    """Return the entries of the indicators of one project or unit."""
    among = tuple(j.indicator for j in judgements)
    weights = points.weights(among, cut.by, points.execution_of(cut.facts, stream))
    return [
        indicator_row(cut, stream, judgement, among, weight, of_year=of_year)
        for judgement, weight in zip(judgements, weights, strict=True)
    ]


def indicator_row(
    cut: Cut,
    stream: str,
    one: judged.Judgement,
    among: Any,
    weight: Fraction | None,
    *,
    of_year: bool,
) -> dict[str, Any]:
    """Return the entry of one indicator."""
    label = revised.label_of(one.indicator, among)
    share = one.attainment
    at = cut.year, cut.through
    reported = answer(cut.facts, ScoreReported, stream, label, at, of_year=of_year)
    said = answer(cut.facts, VarianceExplained, stream, label, at, of_year=of_year)
    capped = None if share is None else min(max(share, Fraction(0)), Fraction(1))
    return {
        "level1": one.indicator.level1,
        "level2": one.indicator.level2,
        "name": one.indicator.name,
        "indicator": label,
        "target": one.target.text,
        "unit": one.target.unit,
        "measure": one.reading.measure,
        "result": value_text(one.reading.value, one.target),
        "results": one.reading.count,
        "expected_on": due.text_of(one.expected_on),
        "expected": None if one.expected is None else printing.printed(one.expected),
        "attainment": None if share is None else printing.printed(share, [1]),
        "capped_attainment": None if capped is None else printing.printed(capped, [1]),
        "status": one.status,
        "due": one.due,
        "due_on": due.text_of(one.due_on),
        "weight": points.weight_text(one.indicator, weight),
        "score": points.hundredths(points.score(weight, share)),
        "reported_score": None if reported is None else str(reported[0].score),
        "explanation": None if said is None else explanation(*said),
        **result_parts.shown(cut, stream, label, one),
    }


def report(cut: Cut) -> dict[str, Any]:
    """Return all figures of the monthly report."""
    projects = cut.projects()
    facts = [cut.money_of(project) for project in projects]
    return {
        "month": cut.year.month_of(cut.through),
        "through": cut.through.isoformat(),
        "totals": money_figures(cut, facts),
        "projects": worst_first([project_figures(cut, code) for code in projects]),
        "units": [unit_figures(cut, unit) for unit in cut.units()],
    }


def worst_first(projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Order projects: by status, by money, by disbursed ÷ planned, then by code."""

    def key(one: dict[str, Any]) -> Any:
        due = Fraction(one["planned"] or 0)
        pace = Fraction(one["disbursed"]) / due if due else Fraction(1)
        ranks = WORST.index(one["status"]), WORST.index(one["money_status"])
        return *ranks, pace, one["project"]

    return sorted(projects, key=key)


def unit_figures(cut: Cut, unit: str) -> dict[str, Any]:
    """Return one unit's entry of the report."""
    rows = indicator_rows(cut, cut.unit_stream(unit), unit_judgements(cut, unit))
    return {"unit": unit, "name": cut.objectives(unit).name, "indicators": rows}


def free_of(cut: Cut, own: list[Any], source: str | None) -> int:
    """Return the least available of each source from the day on, as it was known."""
    return sum(
        money.least(own, Exact(name), cut.through)
        for name in effective_sources(cut, own)
        if within(name, source)
    )
