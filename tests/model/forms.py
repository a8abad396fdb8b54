"""The official forms and the portfolio, recomputed."""

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ledger.events import BudgetApproved, ScoreReported

from . import judged, money, pairs, points, told
from .cut import Cut
from .outlooks import indicator_outlook, row_stated
from .readings import spelled
from .report import (
    effective_sources,
    indicator_rows,
    money_figures,
    project_figures,
    project_judgements,
    unit_judgements,
)
from .revised import steps
from .spelling import Exact
from .standards import share as hundredths
from .statements import answer

if TYPE_CHECKING:
    from .compare import Trial

ROWS: dict[str, Callable[[str], bool]] = {
    "fiscal": lambda source: source.split("/")[0] == "fiscal",
    "carried_over": lambda source: source.split("/")[0] == "carried_over",
    "other": lambda source: source.split("/")[0] not in {"fiscal", "carried_over"},
}


def money_rows(cut: Cut, projects: list[list[Any]]) -> dict[str, Any]:
    """Return the rows of money of a form: in all, and by kind of source there is."""
    rows: dict[str, Any] = {"total": form_row(cut, projects, lambda _: True)}
    known = {source for own in projects for source in effective_sources(cut, own)}
    for name, belongs in ROWS.items():
        there = any(map(belongs, known))
        rows[name] = form_row(cut, projects, belongs) if there else None
    return rows


def is_basic(cut: Cut, project: str) -> bool:
    """Say whether a project is of personnel or operation, by its form or its code."""
    stream = cut.stream(project)
    own = [f.event for f in cut.facts if f.stream == stream]
    said = [(f.on, f.project_category) for f in own if isinstance(f, BudgetApproved)]
    said += [
        (one.since, one.event.project_category) for one in steps(cut.facts, stream)
    ]
    given = [
        word
        for since, word in sorted(said, key=lambda pair: pair[0])
        if word is not None and since <= cut.through
    ]
    if given:
        return given[-1] in {"personnel", "operating"}
    return len(project) == 21 and project[8] in "RY"


def unit_rows(cut: Cut, unit: str) -> dict[str, Any]:
    """Return the rows of a unit's money: also of basic spending and of projects."""
    own = below(cut, unit)
    rows = money_rows(cut, [cut.money_of(project) for project in own])
    basic = [one for one in own if is_basic(cut, one)]
    others = [one for one in own if one not in basic]
    for name, part in {"basic": basic, "project": others}.items():
        held = [cut.money_of(project) for project in part]
        rows[name] = form_row(cut, held, lambda _: True) if held else None
    return rows


def form_row(
    cut: Cut, projects: list[list[Any]], belongs: Callable[[str], bool]
) -> dict[str, Any]:
    """Return the figures of a row, and what the year will end with at this pace."""
    day = cut.through
    first = now = spent = left = over = lost = 0
    outlook = 0
    for source in map(Exact, sorted({s for p in projects for s in money.sources(p)})):
        if not belongs(source):
            continue
        holders = [own for own in projects if source in money.sources(own)]
        for own in holders:
            over += money.closed_with(own, source, day, "carried_over")
            lost += money.closed_with(own, source, day, "lapsed")
            first += money.original(own, source, day)
            left += money.available(own, source, day)
        ended, going = [], []
        for own in holders:
            closed = money.closing(own)
            (ended if closed and closed.on <= day else going).append(own)
        budget = sum(money.current(own, source, day) for own in holders)
        paid = sum(money.disbursed(own, source, day) for own in holders)
        final = sum(money.disbursed(own, source, day) for own in ended)
        most = sum(money.current(own, source, day) for own in going)
        most = max(most, paid - final)  # No less than an exception spent above it.
        now, spent = now + budget, spent + paid
        pace = Fraction(paid - final) / cut.progress
        outlook += final + money.half_up(min(pace, Fraction(most)))
    rate = Fraction(spent, now) if now else None
    return {
        "original_budget": cut.amount(first),
        "current_budget": cut.amount(now),
        "disbursed": cut.amount(spent),
        "available": cut.amount(left),
        "carried_over": cut.amount(over),
        "lapsed": cut.amount(lost),
        "execution_rate": None if rate is None else judged_rate(rate),
        "forecast": cut.amount(outlook),
    }


def judged_rate(rate: Fraction) -> str:
    """Print a rate with six decimals."""
    return f"{money.half_up(rate * 10**6) / 10**6:.6f}"


def expected_rows(
    cut: Cut, rows: dict[str, Any], projects: list[str]
) -> dict[str, Any]:
    """Return rows of money with what is stated of the end of the year."""
    basic = [one for one in projects if is_basic(cut, one)]
    others = [one for one in projects if one not in basic]
    of_each: dict[str, tuple[list[str], Callable[[str], bool]]] = {
        "total": (projects, lambda _: True),
        **{name: (projects, belongs) for name, belongs in ROWS.items()},
        "basic": (basic, lambda _: True),
        "project": (others, lambda _: True),
    }
    return {
        name: None
        if row is None
        else {**row, "stated": row_stated(cut, *of_each[name])}
        for name, row in rows.items()
    }


def watched_rows(
    cut: Cut, stream: str, judgements: list[judged.Judgement]
) -> list[dict[str, Any]]:
    """Return the entries of indicators with what they will come to."""
    rows = indicator_rows(cut, stream, judgements)
    return [
        {**row, **indicator_outlook(cut, stream, row["indicator"], one)}
        for row, one in zip(rows, judgements, strict=True)
    ]


def monitoring(trial: "Trial", month: tuple[int, int], position: int) -> None:
    """Compare the monitoring form of a month."""
    made = json.loads(trial.ledger.monitoring(*month, known_at=position).render("json"))
    cut = Cut(trial.book, trial.book.calendar.month_end(*month), position)
    trial.tally.place = "monitoring"
    model = {
        project: {
            "money": expected_rows(
                cut, money_rows(cut, [cut.money_of(project)]), [project]
            ),
            "indicators": watched_rows(
                cut, cut.stream(project), project_judgements(cut, project)
            ),
        }
        for project in cut.budgeted()
    }
    compare_forms(trial, made["projects"], model, f"{month}@{position}")
    units = {
        unit: {
            "money": expected_rows(cut, unit_rows(cut, unit), below(cut, unit)),
            "indicators": watched_rows(
                cut, cut.unit_stream(unit), unit_judgements(cut, unit)
            ),
        }
        for unit in cut.units()
    }
    compare_forms(trial, made["units"], units, f"units {month}@{position}")


def compare_forms(
    trial: "Trial", made: list[dict[str, Any]], model: dict[str, Any], where: str
) -> None:
    """Compare the forms of projects or units."""
    ours = {one["code"]: one for one in made}
    trial.tally.one(f"{where} forms", sorted(ours), sorted(model))
    for one in ours.values():
        one["indicators"] = [spelled(row) for row in one["indicators"]]
        for row in (
            one.get("execution"),
            *(i.get("points") for i in one["indicators"]),
        ):
            for name, value in (row or {}).items():
                if value is not None and name != "reason":
                    row[name] = points.hundredths(Fraction(value))
        if one.get("total") is not None:
            one["total"] = points.hundredths(Fraction(one["total"]))
    trial.tally.tree(where, ours, model)


def evaluation(trial: "Trial", year: int, position: int) -> None:
    """Compare the self-evaluation of a year."""
    made = json.loads(
        trial.ledger.self_evaluation(year, known_at=position).render("json")
    )
    cut = Cut(trial.book, trial.book.year(year).last, position)
    trial.tally.place = "evaluation"
    projects = {
        project: evaluated(
            cut,
            cut.stream(project),
            [cut.money_of(project)],
            project_judgements(cut, project),
        )
        for project in cut.budgeted()
    }
    compare_forms(trial, made["projects"], projects, f"{year}@{position}")
    units = {
        unit: {
            **evaluated(
                cut,
                cut.unit_stream(unit),
                [cut.money_of(project) for project in below(cut, unit)],
                unit_judgements(cut, unit),
            ),
            "money": unit_rows(cut, unit),
        }
        for unit in cut.units()
    }
    compare_forms(trial, made["units"], units, f"units {year}@{position}")


def below(cut: Cut, unit: str) -> list[str]:
    """Return the projects of a unit and of the units below it."""
    found = []
    for project in cut.budgeted():
        begun = cut.title(project)
        if begun is not None and begun.unit.startswith(unit):
            found.append(project)
    return found


def evaluated(
    cut: Cut, stream: str, own: list[list[Any]], judgements: list[judged.Judgement]
) -> dict[str, Any]:
    """Return a form with its points."""
    day = cut.through
    now = sum(money.current(one, None, day) for one in own)
    spent = sum(money.disbursed(one, None, day) for one in own)
    among = tuple(j.indicator for j in judgements)
    by = cut.by
    rows = indicator_rows(cut, stream, judgements, of_year=True)
    applies = [bool(now)]
    for row, j in zip(rows, judgements, strict=True):
        found = told.standing(cut.facts, stream, row["indicator"], day)
        measured = j.reading.reason != pairs.NOTHING
        applies.append(measured and pairs.applies(found, j.target))
    whole, possible = points.possible(
        among, applies, by, points.execution_of(cut.facts, stream)
    )
    share = Fraction(spent, now) if now else None
    earned = [point_row(cut, stream, None, possible[0], share)]
    for row, j, most in zip(rows, judgements, possible[1:], strict=True):
        part = j.attainment
        if part is not None and j.status == "exceeded":
            part = min(part, Fraction(1)) * (1 - hundredths(by.deduction))
        row["points"] = point_row(cut, stream, row["indicator"], most, part)
        earned.append(row["points"])
    total = total_of(earned)
    if total is not None and share is not None:
        caps = [most for rate, most in by.caps if share < hundredths(rate)]
        total = min([total, *map(Fraction, caps)])
    return {
        "money": money_rows(cut, own),
        "execution": earned[0],
        "indicators": rows,
        "total": points.hundredths(total) if total is not None else None,
        "grade": None if total is None or whole != 100 else points.grade(total, by),
    }


def point_row(
    cut: Cut,
    stream: str,
    label: str | None,
    possible: Fraction | None,
    share: Fraction | None,
) -> dict[str, Any]:
    """Return points computed and reported."""
    computed = points.score(possible, share)
    at = cut.year, cut.through
    said = answer(cut.facts, ScoreReported, stream, label, at, of_year=True)
    reported = None if said is None or possible is None else Fraction(said[0].score)
    difference = None
    if computed is not None and reported is not None:
        difference = points.hundredths(reported - computed)
    return {
        "computed": points.hundredths(computed),
        "reported": points.hundredths(reported),
        "difference": difference,
        "score": points.hundredths(computed if reported is None else reported),
        "possible": points.hundredths(possible),
    }


def total_of(earned: list[dict[str, Any]]) -> Fraction | None:
    """Sum the printed points; a missing one makes the total wait."""
    asked = [one for one in earned if one["possible"] is not None]
    if not asked or any(one["score"] is None for one in asked):
        return None
    if any(Fraction(one["score"]) > Fraction(one["possible"]) for one in asked):
        return None
    return sum((Fraction(one["score"]) for one in asked), Fraction(0))


def portfolio(trial: "Trial", month: tuple[int, int], position: int) -> None:
    """Compare the portfolio of a month."""
    report = trial.ledger.monthly_report(*month, known_at=position)
    made = json.loads(report.portfolio().render("json"))
    cut = Cut(trial.book, trial.book.calendar.month_end(*month), position)
    trial.tally.place = "portfolio"
    where = f"{month}@{position}"
    figures = {project: project_figures(cut, project) for project in cut.projects()}
    own = {project: cut.money_of(project) for project in figures}
    trial.tally.tree(where, made["totals"], money_figures(cut, list(own.values())))
    by_unit = {row["unit"]: row for row in made["by_unit"]}
    units = sorted({one["unit"] for one in figures.values()})
    trial.tally.one(f"{where} units", sorted(by_unit), units)
    for unit in units:
        mine = [project for project, one in figures.items() if one["unit"] == unit]
        statuses: dict[str, int] = {}
        for project in mine:
            status = figures[project]["status"]
            statuses[status] = statuses.get(status, 0) + 1
        right = {
            **money_figures(cut, [own[project] for project in mine]),
            "projects": len(mine),
            "statuses": statuses,
        }
        trial.tally.tree(f"{where} unit {unit}", by_unit[unit], right)
    months(trial, made["months"], list(figures.values()), where)
    for name, rows in made["ranking"].items():
        ranked(trial, rows, name, figures, where)


def ranked(
    trial: "Trial", rows: list[Any], name: str, figures: dict[str, Any], where: str
) -> None:
    """Compare a ranking: every project that has the figure once, the lowest first."""
    found = sorted(row["project"] for row in rows)
    there = sorted(p for p, one in figures.items() if one[name] is not None)
    trial.tally.one(f"{where} ranked by {name}", found, there)
    for row in rows:
        one = figures[row["project"]]
        for figure in ("execution_rate", "variance"):
            trial.tally.one(f"{where} {figure}", row[figure], one[figure])
    known = [Decimal(row[name]) for row in rows if row[name] is not None]
    trial.tally.one(f"{where} in order", known, sorted(known))


def months(
    trial: "Trial", made: list[dict[str, Any]], figures: list[Any], where: str
) -> None:
    """Compare the year by month of all projects together."""
    for index, row in enumerate(made):
        for name in ("planned", "disbursed", "cumulative_planned"):
            parts = [one["months"][index][name] for one in figures]
            if not parts or any(part is None for part in parts):
                continue
            right = str(sum(Decimal(part) for part in parts))
            trial.tally.one(f"{where} {row['month']}.{name}", row[name], right)
