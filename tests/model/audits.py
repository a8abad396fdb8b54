"""Explanations, differences and receipts, held to the model's."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from ledger.events import BudgetApproved, FormRevised

from . import commitments, judged, money, printing, revised, told
from .book import Fact
from .cut import Cut
from .monthly import is_monthly
from .report import fixed, planned_of, project_figures, report

if TYPE_CHECKING:
    from .compare import Trial

PLAIN = (
    "original_budget",
    *money.PART_NAMES,
    "current_budget",
    "new_money",
    "overdue_open",
    "overdue_commitments",
    "planned",
    "disbursed",
    "reserved",
    "contracted",
    "open",
    "committed",
    "available",
    "carried_over",
    "lapsed",
    "handed_on",
    "withheld",
    "refunded",
    "original_planned",
    "execution_rate",
    "commitment_rate",
    "plan_rate",
    "variance",
    "time_progress",
    "free",
    "days_overdue",
    "money_status",
    "calendar_status",
    "status",
)
OF_INDICATOR = ("result", "target", "expected", "attainment", "capped_attainment")
SAID = ("status", "weight", "score", "reported_score")


def spelled(value: Any) -> Any:
    """Spell a figure in one way, whatever it is made of."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (Decimal, Fraction)):
        return printing.printed(Decimal(value) if isinstance(value, Decimal) else value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    try:
        return printing.printed(Decimal(text))
    except ArithmeticError:
        return text


def explained(trial: "Trial", through: date, known: Any, position: int) -> None:
    """Compare explanations: the figure, and what its events alone add up to."""
    cut = Cut(trial.book, through, position)
    projects = cut.projects()
    if not projects:
        return
    project = trial.rng.choice(projects)
    model = project_figures(cut, project)
    trial.tally.place = "explain"

    def ask(subject: str, figure: str) -> Any:
        return trial.ledger.explain(subject, figure, through=through, known_at=known)

    for figure, right in asked(model):
        said = ask(project, figure)
        where = f"{through}@{position} {project}.{figure}"
        trial.tally.one(where, spelled(said.value), spelled(right))
        alone = folded(cut, project, figure, {e.position for e in said.rests_on()})
        if alone is not MISSING:
            trial.tally.one(f"{where} adds up", spelled(said.value), spelled(alone))
    totals = report(cut)["totals"]
    for figure in PLAIN[:28]:
        said = ask("totals", figure)
        trial.tally.one(
            f"totals.{figure}", spelled(said.value), spelled(totals[figure])
        )


def asked(model: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name every figure of a project, with the model's value."""
    for figure in PLAIN:
        yield figure, model[figure]
    for source, figures in model["by_source"].items():
        for name, value in figures.items():
            yield f"by_source.{source}.{name}", value
    for row in model["months"]:
        for name, value in row.items():
            if name != "month":
                yield f"months.{row['month']}.{name}", value
    for one in model["indicators"]:
        for name in (*OF_INDICATOR, *SAID):
            yield f"indicators.{one['indicator']}.{name}", one[name]


MISSING = object()


def folded(cut: Cut, project: str, figure: str, positions: set[int]) -> Any:
    """Return what some events alone make of a figure."""
    facts = [fact for fact in cut.facts if fact.position in positions]
    if figure.startswith("indicators."):
        return _folded_indicator(cut, project, figure, facts)
    own = money.of_project(facts, project, cut.year.name)
    source, day, name = None, cut.through, figure
    if figure.startswith("by_source."):
        source, name = figure.removeprefix("by_source.").rsplit(".", 1)
    if figure.startswith("months."):
        return MISSING
    made = {
        "original_budget": money.original,
        "current_budget": money.current,
        "disbursed": money.disbursed,
        "open": commitments.open_in,
        "reserved": partial(commitments.open_in, stage="reserved"),
        "contracted": partial(commitments.open_in, stage="contracted"),
        "available": money.available,
    }
    every = cut.money_of(project)
    stages = ("reserved", "contracted")
    if name == "available" and not any(
        commitments.open_in(every, source, day, stage) for stage in stages
    ):  # What is not open is not named, nor what it was made of.
        left = money.available(own, source, day)
        return cut.amount(left + commitments.open_in(own, source, day))
    if name in made:
        return cut.amount(made[name](own, source, day))
    if name in money.PART_NAMES:
        return cut.amount(money.parts(own, source, day)[name])
    if name == "execution_rate":
        whole = money.current(own, source, day)
        spent = money.disbursed(own, source, day)
        return fixed(Fraction(spent, whole)) if whole else None
    if name == "planned":
        return cut.amount(planned_of(cut, own))
    return MISSING


def _folded_indicator(cut: Cut, project: str, figure: str, facts: list[Fact]) -> Any:
    label, name = figure.removeprefix("indicators.").rsplit(".", 1)
    if name != "result":
        return MISSING
    stream = cut.stream(project)
    row = revised.on_day(cut.facts, stream, label, cut.through)
    assert row is not None
    one, target = judged.standard(cut.facts, stream, label, row, cut.through)
    if is_monthly(one, target):  # Of some months none is whole.
        return MISSING
    of_form = BudgetApproved | FormRevised
    forms = [f for f in cut.facts if isinstance(f.event, of_form)]
    facts = [*forms, *(f for f in facts if not isinstance(f.event, of_form))]
    found = told.standing(facts, stream, label, cut.through)
    return judged.read(found, one, target).value


def flat(model: dict[str, Any]) -> dict[str, Any]:
    """Name every figure of a report by its path."""
    found: dict[str, Any] = {}

    def walk(path: str, value: Any) -> None:
        if isinstance(value, dict) and not path.endswith(".plan_reason"):
            for key, inner in value.items():
                walk(f"{path}.{key}" if path else str(key), inner)
        elif isinstance(value, list):
            for row in value:
                name = next(row[k] for k in ("month", "indicator") if k in row)
                walk(f"{path}.{name}", row)
        else:
            found[path] = value

    walk("totals", model["totals"])
    for project, one in model["projects"].items():
        walk(f"projects.{project}", one)
    for one in model["units"]:
        walk(f"units.{one['unit']}", one)
    return found


def keyed(model: dict[str, Any]) -> dict[str, Any]:
    """Return a report with its projects by code."""
    return {**model, "projects": {p["project"]: p for p in model["projects"]}}


def differences(trial: "Trial", through: date, earlier: int, later: int) -> None:
    """Compare what changed between two positions."""
    trial.tally.place = "diff"
    cuts = [Cut(trial.book, through, position) for position in (earlier, later)]
    was, now = (flat(keyed(report(cut))) for cut in cuts)
    right = {
        path: (spelled(was.get(path)), spelled(now.get(path)))
        for path in {*was, *now}
        if spelled(was.get(path)) != spelled(now.get(path))
    }
    cells = trial.ledger.differences(earlier, later, through=through)
    ours = {
        cell.path: (spelled(cell.issued), spelled(cell.computed))
        for cell in cells
        if cell.path in was or cell.path in now
    }
    where = f"{through} {earlier}→{later}"
    both = [path for path in was if path in now]
    for path in both:
        trial.tally.one(f"{where} {path}", ours.get(path), right.get(path))
    named = {cell.path: set(cell.positions) for cell in cells}
    since = set(range(earlier + 1, later + 1))
    for path in both:
        if path in named:
            known = named[path] <= since and bool(named[path])
            trial.tally.one(f"{where} {path} names events", known, True)


def receipt(trial: "Trial", month: tuple[int, int], issued: int) -> None:
    """Compare what a report that was issued says later of itself."""
    made = trial.ledger.monthly_report(*month, known_at=issued)
    trial.tally.place = "receipt"
    document = json.loads(made.render("json"))
    check = trial.ledger.verify_report(document)
    trial.tally.one(f"{month}@{issued} holds", check.ok, True)
    trial.tally.one(f"{month}@{issued} altered", list(check.altered), [])
    day = trial.book.calendar.month_end(*month)
    size = len(trial.book.facts)
    was, now = (
        flat(keyed(report(Cut(trial.book, day, position))))
        for position in (issued, size)
    )
    ours = {c.path: (spelled(c.issued), spelled(c.computed)) for c in check.restated}
    for path in {*was, *now}:
        if path in was and path in now:
            pair = (spelled(was[path]), spelled(now[path]))
            right = pair if pair[0] != pair[1] else None
            trial.tally.one(f"{month}@{issued} {path}", ours.get(path), right)
    if was.get("totals.disbursed"):
        own = document["totals"]["disbursed"]
        document["totals"]["disbursed"] = "7" if own != "7" else "8"
        wrong = trial.ledger.verify_report(document)
        trial.tally.one(f"{month}@{issued} a changed figure", wrong.ok, False)
