"""Each way to read a figure, held to the model's."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from . import (
    announced,
    answers,
    money_judged,
    printing,
    rectifications,
    renderings,
)
from . import money as model_money
from .cut import Cut
from .report import indicator_rows, money_figures, project_judgements, report

if TYPE_CHECKING:
    from .compare import Trial

NUMBER = re.compile(r"-?[0-9]+([.][0-9]{1,6})?")
"""A figure of an indicator as JSON spells it."""

Known = int | datetime | None


def keyed(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return rows by what names them, so that their order is judged apart."""
    return {str(row[name]): row for row in rows}


FIGURES = ("result", "expected", "attainment", "capped_attainment")


def spelled(row: dict[str, Any]) -> dict[str, Any]:
    """Spell the figures of an indicator in one way: up to six decimals, none idle."""
    for name in FIGURES:
        if row[name] is not None and NUMBER.fullmatch(row[name]):
            row[name] = printing.printed(Decimal(row[name]))
    return row


def month(trial: "Trial", month: tuple[int, int], known: Known, position: int) -> None:
    """Compare the monthly report and its renderings."""
    made = trial.ledger.monthly_report(*month, known_at=known)
    cut = Cut(trial.book, trial.book.calendar.month_end(*month), position)
    model = report(cut)
    ours = json.loads(made.render("json"))
    trial.tally.place = "report"
    trial.tally.one("position", ours["position"], position)
    unfollowed = found_of(ours, "plan.not_revised")
    trial.tally.one("unfollowed plans", unfollowed, plans_not_revised(cut))
    trial.tally.one("ahead", found_of(ours, "money.ahead"), ahead(cut))
    orders = sorted(
        (finding["code"], finding["place"])
        for finding in ours["findings"]
        if finding["code"].startswith("rectification.")
    )
    trial.tally.one("orders", orders, rectifications.open_at(cut))
    trial.tally.one("overspent", found_of(ours, "budget.overspent"), overspent(cut))
    for rows, name in (("projects", "project"), ("units", "unit")):
        order = [[row[name] for row in several[rows]] for several in (ours, model)]
        if rows == "projects":
            trial.tally.one("worst first", *order)
        ours[rows], model[rows] = keyed(ours[rows], name), keyed(model[rows], name)
        trial.tally.one(rows, sorted(ours[rows]), sorted(model[rows]))
        for row in ours[rows].values():
            row["indicators"] = [spelled(one) for one in row["indicators"]]
    trial.tally.tree(f"{month}@{position}", ours, model)
    cny = trial.ledger.settings.currency.code == "CNY"
    scale, places = (10_000, 2) if cny else (1, trial.book.digits)
    renderings.as_csv(trial.tally, made, model)
    renderings.as_records(trial.tally, made, model)
    renderings.as_workbook(trial.tally, made, model, scale)
    renderings.as_page(trial.tally, made, model, scale, places)


def found_of(ours: dict[str, Any], code: str) -> list[str]:
    """Return the projects about which a report has findings of a code."""
    return sorted(
        finding["place"].split(" ")[0]
        for finding in ours["findings"]
        if finding["code"] == code
    )


def ahead(cut: Cut) -> list[str]:
    """Return the projects of which far more is spent than is planned."""
    own = {project: cut.money_of(project) for project in cut.projects()}
    return sorted(n for n in own if money_judged.is_ahead(cut, own[n]))


def overspent(cut: Cut) -> list[str]:
    """Return the projects of sources that are below nothing after an exception."""
    found = []
    for project in cut.projects():
        own = cut.money_of(project)
        known = {
            f.source
            for f in own
            if getattr(f, "exception", None) is not None and f.on <= cut.through
        }
        ends = cut.through >= cut.book.year_of(cut.through).last
        for source in sorted(known):
            left = model_money.available(own, source, cut.through)
            if ends:  # What later days take of it stands in no report of another day.
                left = min(left, model_money.least(own, source, date.max))
            found += [project] if left < 0 else []
    return found


def owed(cut: Cut, project: str) -> dict[str, int]:
    """Return what forms announce of the year before and did not come by then."""
    known = announced.forms(cut.facts, project, cut.year.name)
    return announced.owed(cut.money_of(project), known, cut.through)


def plans_not_revised(cut: Cut) -> list[str]:
    """Return the projects whose plan does not end at their current budget."""
    found = []
    for project in cut.projects():
        own = cut.money_of(project)
        plan = model_money.plan_at(own, cut.through)
        now = model_money.current(own, None, cut.through)
        now += sum(owed(cut, project).values())
        if plan is not None and plan.checkpoints[-1].amount != now:
            found.append(project)
    return found


OF_PROJECTS = (
    "planned original_planned plan_rate variance time_progress overdue_commitments"
).split()
"""Figures that no funding source has."""

VIEWED = (
    "original_budget",
    *model_money.PART_NAMES,
    "current_budget",
    "new_money",
    "overdue_open",
    "overdue_commitments",
    "free",
    "planned",
    "disbursed",
    "available",
    "execution_rate",
    "commitment_rate",
    "plan_rate",
    "variance",
    "time_progress",
    "original_planned",
    "carried_over",
    "lapsed",
    "handed_on",
    "withheld",
    "refunded",
    "reserved",
    "contracted",
    "open",
    "committed",
)


def text(value: Any) -> Any:
    """Print a figure of a view; a count is what it is."""
    return value if value is None or isinstance(value, int) else str(value)


def money(line: Any) -> dict[str, Any]:
    """Return the figures of a line of a view as the report says them."""
    found: dict[str, Any] = {name: text(getattr(line, name)) for name in VIEWED}
    why = line.plan_reason
    found["plan_reason"] = why and {"code": why.code, "values": why.values}
    names = [name for name in VIEWED if name not in OF_PROJECTS]
    found["by_source"] = {
        source: {name: text(getattr(part, name)) for name in names}
        for source, part in line.by_source.items()
    }
    return found


def day(trial: "Trial", through: date, known: Known, position: int) -> None:
    """Compare the views of any day."""
    view = trial.ledger.view(through=through, known_at=known)
    cut = Cut(trial.book, through, position)
    tally = trial.tally
    tally.place = "view"
    where = f"{through}@{position}"
    lines = {line.project: line for line in view.execution()}
    tally.one(f"{where} projects", sorted(lines), cut.projects())
    own = {project: cut.money_of(project) for project in cut.projects()}
    for project, line in lines.items():
        tally.tree(project, money(line), money_figures(cut, [own[project]], alone=True))
        attained(trial, view, cut, project)
        due = {s: cut.amount(amount) for s, amount in owed(cut, project).items()}
        ours = {source: str(amount) for source, amount in line.announced.items()}
        tally.tree(f"{where} {project} announced", ours, due)
    register = answers.said_by(view.completeness())
    for name, answered in answers.of_all(cut).items():
        tally.one(f"{where} {name} answered", register.pop(name, None), answered)
    tally.one(f"{where} other answers", register, {})
    tally.tree("totals", money(view.total()), money_figures(cut, list(own.values())))
    by_unit = view.by_unit()
    units = {line.unit for line in lines.values()}
    tally.one("units", sorted(by_unit), sorted(units))
    for unit, total in by_unit.items():
        mine = [own[line.project] for line in lines.values() if line.unit == unit]
        tally.tree(f"unit {unit}", money(total), money_figures(cut, mine))
    for name in sorted({f.year for f in trial.book.facts if f.year < cut.year.name}):
        earlier(trial, view, Cut(trial.book, through, position, name))


def earlier(trial: "Trial", view: Any, cut: Cut) -> None:
    """Compare the money of a year that is over, as it stands on a later day."""
    trial.tally.place = "years"
    for project in cut.projects():
        line = view.project(project, year=cut.year.name)
        model = money_figures(cut, [cut.money_of(project)], alone=True)
        where = f"{cut.through}@{cut.facts[-1].position} {cut.year.name} {project}"
        trial.tally.tree(where, money(line), model)


def attained(trial: "Trial", view: Any, cut: Cut, project: str) -> None:
    """Compare the indicators of a project."""
    stream = cut.stream(project)
    rows = indicator_rows(cut, stream, project_judgements(cut, project))
    lines = view.attainment(project)
    trial.tally.one(f"{project} indicators", len(lines), len(rows))
    for line, row in zip(lines, rows, strict=True):
        where = f"{project}.{row['indicator']}"
        for name in ("indicator", "level1", "level2", "results", "due"):
            trial.tally.one(f"{where}.{name}", getattr(line, name), row[name])
        for name in ("status", "measure"):
            trial.tally.one(f"{where}.{name}", str(getattr(line, name)), row[name])
        for name in ("weight", "score", "reported_score"):
            trial.tally.one(f"{where}.{name}", text(getattr(line, name)), row[name])
        for name in ("attainment", "capped_attainment", "expected", "result"):
            ours = text(getattr(line, name))
            if isinstance(getattr(line, name), (Decimal, Fraction)):
                ours = printing.printed(getattr(line, name))
            trial.tally.one(f"{where}.{name}", ours, row[name])
