"""The monthly report as one HTML page that needs nothing else."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from ledger.domain.characters import visible
from ledger.domain.exact_numbers import EXACTLY, Exact, percent, quotient, rounded
from ledger.domain.indicator import Rating
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.settings import Language, Settings
from ledger.domain.status import Colour, Status, badness
from ledger.domain.subject import Subject
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.forecast import forecast
from ledger.projections.scoring import capped
from ledger.reports import vocabulary as words
from ledger.reports.render.json import digest, figures, number, plain
from ledger.reports.render.table import word_of
from ledger.reports.values.monthly import MonthlyValues, ProjectReport
from ledger.reports.values.supporting_events import Entry

Cell = tuple[str, str]
"""What is shown, and what it sorts by."""

Shown = list[dict[str, Any]]
"""Events as the page lists them."""

_STYLES: Final[Mapping[Colour, str]] = {
    Colour.GREEN: "good",
    Colour.YELLOW: "warn",
    Colour.RED: "bad",
    Colour.STRONG_RED: "bad",
    Colour.PURPLE: "over",
    Colour.GREY: "none",
}
_WIDTH, _LEFT, _TOP, _BOTTOM = 590, 40, 10, 180
"""Of the curve's plane, in its own units."""


def page(
    monthly: MonthlyValues,
    language: str | None = None,
    progress: Progress = silent,
) -> Iterator[str]:
    """
    Yield the page in parts.

    Args:
        progress: Is told how many more projects were written, of how many.
    """
    made = _Page(monthly, words.language_of(language, monthly.settings))
    projects = watched(monthly.projects, progress, len(monthly.projects))
    environment = _environment()
    parts: Any = environment.get_template("parts.html.j2").module
    details = (
        Markup(parts.project(made.project(n, each), made.say))
        for n, each in enumerate(projects, start=1)
    )
    template = environment.get_template("monthly.html.j2")
    yield from template.generate(**made.head(), details=details)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ledger.reports.render"),
        autoescape=True,
        trim_blocks=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """Return a value with marks for what would turn around the order of the page."""
    return visible(value) if type(value) is str else value


def _asset(name: str) -> tuple[Markup, str]:
    """Return a part of the page that is ours, and its hash for the page's policy."""
    folder = resources.files("ledger.reports.render") / "templates"
    text = (folder / name).read_text("utf-8").strip()
    hashed = b64encode(sha256(text.encode()).digest()).decode()
    return Markup(text), hashed


class _Page:
    """What the templates show of one report, in one language."""

    def __init__(self, monthly: MonthlyValues, language: Language) -> None:
        self.monthly = monthly
        self.settings: Settings = monthly.settings
        self.language = language
        every = words.words(language)
        own = {
            key.removeprefix("html."): text
            for key, text in every.items()
            if key.startswith("html.")
        }
        unit = words.main_unit(self.settings)
        own["amount_in"] = own["amount_in"].format(unit=unit)
        scale = words.money_unit(self.settings)
        own["curve_note"] = own["curve_note"].format(unit=scale)
        self.say: Mapping[str, str] = {**every, **own}

    def head(self) -> dict[str, Any]:
        """Return what stands around the projects."""
        monthly, say, totals = self.monthly, self.say, self.monthly.totals
        style, style_hash = _asset("report.css")
        script, script_hash = _asset("report.js")
        name = say["report_title"].format(month=monthly.month)
        statuses = [project.status for project in monthly.projects]
        known = f" · {say['known_at']} {monthly.known_at}" if monthly.known_at else ""
        columns = ("current_budget", "planned", "disbursed", "execution_rate")
        return {
            "lang": "zh-Hans" if self.language is Language.CHINESE else "en",
            "title": " ".join(filter(None, [self.settings.title, name])),
            "who": _who(monthly),
            "lead": say["lead"].format(
                count=len(monthly.projects), through=monthly.through
            )
            + known,
            "w": say,
            "style": style,
            "style_hash": style_hash,
            "script": script,
            "script_hash": script_hash,
            "tally": [
                {"count": statuses.count(s), "word": say[s.value], "style": _style(s)}
                for s in sorted(Status, key=badness, reverse=True)
                if s in statuses
            ],
            "totals": self._figures(totals),
            "columns": [say[name] for name in columns],
            "projects": [
                self._row(n, each) for n, each in enumerate(monthly.projects, start=1)
            ],
            "total_cells": self._cells(totals),
            "total_bar": self._bar(totals),
            "total_variance": self._money(totals.variance),
            "units": [
                {
                    "name": unit.name,
                    "indicators": self._indicators(unit.indicators),
                    "under": self._entries(Subject.unit(unit.unit))[1],
                }
                for unit in monthly.units
            ],
            "findings": [f"{each.place}: {each.message}" for each in monthly.findings],
            "position": monthly.position,
            "root": monthly.root,
            "digest": digest(figures(monthly)),
        }

    def project(self, number_: int, project: ProjectReport) -> dict[str, Any]:
        """Return one project's section."""
        line, say = project.execution, self.say
        money, under = self._entries(Subject.project(line.project))
        ahead = forecast(line)
        shown_ahead = "–" if ahead is None else self._money(ahead)[0]
        heads = ("planned", "disbursed", "cumulative_planned", "cumulative_disbursed")
        return {
            "number": number_,
            "name": line.name,
            "code": line.project,
            "unit": f"{line.unit} {line.unit_name or ''}".strip(),
            "status": say[project.status.value],
            "style": _style(project.status),
            "figures": self._figures(line),
            "curve": self._curve(line, ahead),
            "forecast": say["forecast_note"].format(amount=shown_ahead),
            "month_heads": [say[name] for name in heads],
            "months": [
                [m.month, *("–" if a is None else self._money(a)[0] for a in m[1:])]
                for m in line.months
            ],
            "money": money,
            "indicators": self._indicators(project.indicators),
            "under": under,
        }

    def _entries(self, subject: Subject) -> tuple[Shown, dict[str, Shown]]:
        """Return the events under the money, and those under each indicator."""
        money: Shown = []
        under: dict[str, Shown] = {}
        for entry in self.monthly.entries(subject):
            name = entry.indicator
            where = money if name is None else under.setdefault(name, [])
            where.append(self._entry(entry))
        return money, under

    def _row(self, number_: int, project: ProjectReport) -> dict[str, Any]:
        line = project.execution
        return {
            "number": number_,
            "name": line.name,
            "cells": self._cells(line),
            "bar": self._bar(line),
            "variance": self._money(line.variance),
            "status": self.say[project.status.value],
            "style": _style(project.status),
            "order": badness(project.status),
        }

    def _cells(self, line: ExecutionTotal) -> list[Cell]:
        return [
            self._money(line.current_budget),
            self._money(line.planned),
            self._money(line.disbursed),
            (_percent(line.exact_rate), str(line.execution_rate or 0)),
        ]

    def _figures(self, line: ExecutionTotal) -> list[Cell]:
        say, unit = self.say, words.money_unit(self.settings)
        amounts = ("original_budget", "current_budget", "planned", "disbursed")
        shown = [
            (f"{say[name]} ({unit})", self._money(getattr(line, name))[0])
            for name in (*amounts, "available", "variance")
        ]
        if line.minor_carried_over or line.minor_lapsed:
            shown += [
                (
                    f"{word_of(name, say)} ({unit})",
                    self._money(getattr(line, name))[0],
                )
                for name in ("carried_over", "lapsed")
            ]
        if isinstance(line, ExecutionLine) and line.closed_on is not None:
            shown.append((say["closed_on"], f"{line.closed_on}"))
        rates = {"execution_rate": line.exact_rate, "time_progress": line.elapsed}
        return shown + [(say[name], _percent(rate)) for name, rate in rates.items()]

    def _bar(self, line: ExecutionTotal) -> dict[str, Any]:
        """Return where the bar ends and its marks stand, in hundredths."""
        whole = line.minor_current
        done, plan = (
            max(0, min(1, quotient(part, whole))) if whole else 0
            for part in (line.minor_disbursed, line.minor_planned)
        )
        label = self.say["bar_label"].format(
            done=_percent(line.exact_rate),
            plan=_percent(plan),
            time=_percent(line.elapsed),
        )
        return {
            "done": f"{rounded(done * 100, 1):f}",
            "plan": f"{rounded(plan * 100, 1):f}",
            "time": f"{rounded(line.elapsed * 100, 1):f}",
            "label": label,
        }

    def _curve(self, line: ExecutionLine, ahead: Decimal | None) -> dict[str, Any]:
        """Return the lines of cumulative spending against the plan."""
        months, year = line.months, self.settings.year(line.fiscal_year)
        amounts = [month.cumulative_planned for month in months]
        spent = [
            month.cumulative_disbursed
            for month in months
            if month.cumulative_disbursed is not None
        ]
        top = max([line.current_budget, *amounts, *spent, Decimal(1)])

        def at(month: float, amount: Decimal) -> tuple[float, float]:
            high = float(Fraction(max(Decimal(0), amount)) / Fraction(top))
            across = _LEFT + _WIDTH * month / 12
            return round(across, 1), round(_BOTTOM - (_BOTTOM - _TOP) * high, 1)

        def path(points: list[tuple[float, float]]) -> str:
            return "M" + "L".join(f"{x} {y}" for x, y in points)

        plan = [at(0, Decimal(0)), *(at(n, a) for n, a in enumerate(amounts, 1))]
        done = [at(0, Decimal(0)), *(at(n, a) for n, a in enumerate(spent, 1))]
        rest = len(spent) < 12 and ahead is not None
        return {
            "label": self.say["curve_label"].format(name=line.name),
            "grid": [
                (at(0, part)[1], self._money(part)[0])
                for part in (_quarters(top, n) for n in (1, 2, 3, 4))
            ],
            "months": [
                (at(n, Decimal(0))[0], (self.settings.first_month + n - 2) % 12 + 1)
                for n in (3, 6, 9, 12)
            ],
            "plan": path(plan),
            "checkpoints": [
                at(float(year.elapsed(day) * 12), amount)
                for day, amount in line.checkpoints
            ],
            "spent": path(done),
            "forecast": path([done[-1], at(12, ahead)]) if rest and ahead else "",
        }

    def _indicators(self, lines: Sequence[AttainmentLine]) -> list[dict[str, Any]]:
        return [
            {
                "key": line.indicator,
                "name": line.indicator,
                "target": line.target,
                "result": self._result(line),
                "expected": _figure(line.exact_expected),
                "attainment": _percent(line.exact_attainment),
                "done": None
                if line.exact_attainment is None
                else f"{rounded(capped(line.exact_attainment) * 100, 1):f}",
                "status": self.say[line.status.value],
                "style": _style(line.status),
                "score": f"{plain(line.score) or '–'}/{plain(line.weight) or '–'}",
                "explanation": line.explanation.text if line.explanation else None,
            }
            for line in lines
        ]

    def _entry(self, entry: Entry) -> dict[str, Any]:
        amount = entry.amount
        return {
            "position": entry.position,
            "on": entry.on,
            "kind": self.say[f"event.{entry.kind}"],
            "amount": None if amount is None else f"{amount:+,f}",
            "document": entry.document,
            "says": self._said(entry),
            "undone": entry.undone,
        }

    def _result(self, line: AttainmentLine) -> str:
        if isinstance(line.figure, Rating):
            return self.say[line.figure.value]
        return _figure(line.figure, line.bounds)

    def _said(self, entry: Entry) -> str | None:
        rated = entry.kind == "ResultReported" and entry.says in set(Rating)
        return self.say[entry.says] if rated and entry.says else entry.says

    def _money(self, amount: Decimal) -> Cell:
        shown = self.settings.scale.of(amount)
        digits = self.settings.shown_digits
        return f"{rounded(shown, digits):,f}", f"{amount:f}"


def _style(status: Status) -> str:
    """Return the class that the style sheet draws a status by."""
    return _STYLES[status.row.colour]


def _who(monthly: MonthlyValues) -> str:
    """Return whose report it is: units with objectives, else the only unit."""
    names = [unit.name for unit in monthly.units]
    lines = [project.execution for project in monthly.projects]
    alone = {line.unit_name or line.unit for line in lines}
    return ", ".join(names) or (alone.pop() if len(alone) == 1 else "")


def _quarters(whole: Decimal, count: int) -> Decimal:
    return EXACTLY.divide(EXACTLY.multiply(whole, count), 4)


def _percent(rate: Decimal | Exact | None) -> str:
    return "–" if rate is None else percent(rate)


def _figure(value: Any, against: Sequence[Exact] = ()) -> str:
    """Return a figure with two decimals, or as many as keep it on its side."""
    if isinstance(value, int | Fraction):
        value = rounded(value, 2, against)
    return number(value) or "–"
