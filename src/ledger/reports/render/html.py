"""The monthly report as one HTML page that needs nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup

from ledger.domain.exact_numbers import rounded
from ledger.domain.indicator import Rating
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.result_parts import spelled
from ledger.domain.settings import Settings
from ledger.domain.status import Colour, Status, badness
from ledger.domain.subject import Subject
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope, Width
from ledger.messages import Language, Message, listed
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.reports import vocabulary as words
from ledger.reports.render import drawings, overview
from ledger.reports.render.axis import worded
from ledger.reports.render.closed_periods import closed_periods
from ledger.reports.render.drawings import percent_or_dash
from ledger.reports.render.json import digest, figures, plain
from ledger.reports.render.judged_by import judged_by
from ledger.reports.render.page_events import ListedEvents, under_figures
from ledger.reports.render.page_parts import asset, environment
from ledger.reports.render.part_title import part_title
from ledger.reports.render.register_page import table_shown
from ledger.reports.values.monthly import MonthlyValues, ProjectReport
from ledger.reports.values.printed_number import in_its_unit
from ledger.reports.values.report_registers import registers_of

SortableCell = tuple[str, str]
"""The text shown, and the text that it sorts by."""

_STYLES: Final[Mapping[Colour, str]] = {
    Colour.GREEN: "good",
    Colour.YELLOW: "warn",
    Colour.RED: "bad",
    Colour.STRONG_RED: "bad",
    Colour.PURPLE: "over",
    Colour.GREY: "none",
}
_LONG: Final = 40
"""A list of more projects, of several units, is folded by unit."""

_DRAWN: Final = {FigureKind.RATE, FigureKind.STATUS}
"""Kinds of figures of indicators that are more than a number."""


def page(
    monthly: MonthlyValues,
    language: str | None = None,
    progress: Progress = silent,
) -> Iterator[str]:
    """
    Yield the page in parts.

    Args:
        progress: Called with how many more projects were written, of how many.
    """
    made = _Page(monthly, words.language_of(language, monthly.settings))
    projects = watched(monthly.projects, progress, len(monthly.projects))
    templates = environment()
    parts: Any = templates.get_template("parts.html.j2").module
    details = (
        Markup(parts.project(made.project(n, each), made.say))
        for n, each in enumerate(projects, start=1)
    )
    template = templates.get_template("monthly.html.j2")
    yield from template.generate(**made.head(), details=details)


class _Page:
    """What the templates show of one report, in one language."""

    def __init__(self, monthly: MonthlyValues, language: Language) -> None:
        self.monthly = monthly
        self.settings: Settings = monthly.settings
        self.language = language
        shown = registry.reading(registry.money(width=Width.LIST))
        self.listed = [row for row in shown if not row.parts]
        self.differences = [row for row in shown if row.parts]
        every = words.words(language)
        own = {
            key.removeprefix("html."): text
            for key, text in every.items()
            if key.startswith("html.")
        }
        unit = words.main_unit(self.settings, every)
        own["amount_in"] = own["amount_in"].format(unit=unit)
        scale = words.money_unit(self.settings, every)
        for note in ("curve_note", "whole_note"):
            own[note] = own[note].format(unit=scale)
        self.say: Mapping[str, str] = {**every, **own}

    def head(self) -> dict[str, Any]:
        """Return what stands around the projects."""
        monthly, say, totals = self.monthly, self.say, self.monthly.totals
        style, style_hash = asset("report.css")
        script, script_hash = asset("report.js")
        name = say["report_title"].format(month=monthly.month)
        part = part_title(monthly.part, say)
        statuses = [project.status for project in monthly.projects]
        count = words.projects_counted(len(statuses), say)
        lead = say["lead"].format(projects=count, through=monthly.through)
        known = monthly.known_at and words.as_known(monthly.known_at, say)
        return {
            "lang": "zh-Hans" if self.language is Language.CHINESE else "en",
            "title": " ".join(filter(None, [self.settings.title, part, name])),
            "who": _who(monthly, self.language),
            "lead": " · ".join(filter(None, [lead, known])),
            "closed": [
                *closed_periods(monthly, say, self._told()),
                *judged_by(monthly, say),
            ],
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
            **self._overview(),
            "columns": [say[row.word] for row in self.listed],
            "differences": [say[row.word] for row in self.differences],
            "groups": self._groups(),
            "total_cells": self._cells(self.listed, totals),
            "total_bar": drawings.bar(totals, say["bar_label"]),
            "total_differences": self._cells(self.differences, totals),
            "units": self._units(),
            "findings": [
                words.finding_text(finding, self.language)
                for finding in monthly.findings
            ],
            "registers": [
                table_shown(table, self.settings, self.language)
                for table in registers_of(monthly)
            ],
            "position": monthly.position,
            "root": monthly.root,
            "digest": digest(figures(monthly)),
        }

    def _overview(self) -> dict[str, Any]:
        """Return what the page begins with: a curve, a picture, and a list."""
        monthly, say = self.monthly, self.say
        return {
            "whole": self._whole() if monthly.projects else None,
            "fields": self._dotted(overview.fields(monthly, say)),
            "attention": self._dotted(overview.attention(monthly, say)),
        }

    def _whole(self) -> dict[str, Any]:
        """Return the curve of all projects, with the words for its lines."""
        curve = drawings.curve_of_all(self.monthly)
        rows = {row.key: row for row in registry.money()}
        return {
            **curve,
            "label": self.say["curve_label"].format(name=self.say["total"]),
            **worded(curve, self.settings, self.say),
            "ends": [
                {
                    "x": x,
                    "y": y,
                    "word": self.say[rows[key].word],
                    "amount": self._money(amount)[0],
                    "key": key,
                }
                for key, (x, y, amount) in curve["ends"].items()
            ],
        }

    def _dotted(self, shown: dict[str, Any]) -> dict[str, Any]:
        """Return dots, or rows, with the words and the styles of their statuses."""
        return {
            key: [*map(self._styled, value)] if isinstance(value, list) else value
            for key, value in shown.items()
        }

    def _styled(self, row: dict[str, Any]) -> dict[str, Any]:
        status = row["status"]
        return {**row, "style": _style(status), "word": self.say[status.value]}

    def _units(self) -> list[dict[str, Any]]:
        """Return the section of each unit with objectives of its own."""
        year = self.settings.year_of(self.monthly.through).year
        return [
            {
                "name": unit.name,
                "indicators": self._indicators(unit.indicators),
                "under": self._supporting(Subject.unit(unit.unit, year))[1],
            }
            for unit in self.monthly.units
        ]

    def project(self, number_: int, project: ProjectReport) -> dict[str, Any]:
        """Return one project's section."""
        line, say = project.execution, self.say
        money, under = self._supporting(Subject.project(line.project, line.fiscal_year))
        ahead = project.forecast
        shown_ahead = "–" if ahead is None else self._money(ahead)[0]
        of_month = registry.months()
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
            "month_heads": [say[row.word] for row in of_month],
            "months": [
                [month.month, *(self._cell(row, month)[0] for row in of_month)]
                for month in line.months
            ],
            "money": money,
            "indicators": self._indicators(project.indicators),
            "under": under,
        }

    def _supporting(
        self, subject: Subject
    ) -> tuple[ListedEvents, dict[str, ListedEvents]]:
        """Return the events under the money, and those under each indicator."""
        events = self.monthly.supporting_events(subject)
        return under_figures(events, self.say, self.language)

    def _groups(self) -> list[dict[str, Any]]:
        """Return the list of projects: a long one by unit, the worst unit first."""
        projects = self.monthly.projects
        rows = [self._row(n, each) for n, each in enumerate(projects, start=1)]
        units: dict[str, list[int]] = {}
        for place, project in enumerate(projects):
            units.setdefault(project.execution.unit, []).append(place)
        if len(rows) <= _LONG or len(units) < 2:
            return [{"name": "", "rows": rows}]
        groups = []
        for places in units.values():
            lines = [projects[place].execution for place in places]
            first = projects[places[0]]  # The worst of the unit.
            name = first.execution.unit_name or first.execution.unit
            money = total(lines, self.monthly.through, self.settings)
            own = [rows[place] for place in places]
            status = self._of_status(first.status)
            groups.append({"rows": own, **status, **self._of_money(money, name)})
        return groups

    def _row(self, number_: int, project: ProjectReport) -> dict[str, Any]:
        line = project.execution
        return {
            "number": number_,
            "order": badness(project.status),
            **self._of_status(project.status),
            **self._of_money(line, line.name),
        }

    def _of_status(self, status: Status) -> dict[str, str]:
        return {"status": self.say[status.value], "style": _style(status)}

    def _of_money(self, line: ExecutionTotal, name: str) -> dict[str, Any]:
        """Return the cells of a row of the list, of a project or of a unit."""
        return {
            "name": name,
            "rate": percent_or_dash(line.exact_rate),
            "cells": self._cells(self.listed, line),
            "bar": drawings.bar(line, self.say["bar_label"]),
            "differences": self._cells(self.differences, line),
        }

    def _cells(
        self, rows: Sequence[Figure], line: ExecutionTotal
    ) -> list[SortableCell]:
        return [self._cell(row, line) for row in rows]

    def _cell(self, row: Figure, line: object) -> SortableCell:
        value = row.of(line)
        if row.kind is FigureKind.RATE:
            return percent_or_dash(row.exactly_of(line)), str(value or 0)
        if value is None:
            return "–", ""
        if row.kind is FigureKind.MONEY:
            return self._money(value)
        if isinstance(value, Message):
            return value.said(self.language), ""
        if row.kind is FigureKind.STATUS:
            return self.say[value.value], ""
        return f"{value}", f"{value}"

    def _told(self) -> Iterator[Figure]:
        """Yield the figures that the page has of all projects, or of one."""
        monthly = self.monthly
        lines = (monthly.totals, *(each.execution for each in monthly.projects))
        for line in lines:
            yield from registry.told(line)

    def _figures(self, line: ExecutionTotal) -> list[SortableCell]:
        """Return heads and values; a day that there is not is left out."""
        unit = words.money_unit(self.settings, self.say)
        scope = Scope.LINE if isinstance(line, ExecutionLine) else Scope.TOTAL
        shown = []
        for row in registry.told(line, scope):
            if row.kind is FigureKind.DATE and row.of(line) is None:
                continue
            word = self.say[row.word]
            in_unit = self.say["in_unit"].format(word=word, unit=unit)
            head = in_unit if row.kind is FigureKind.MONEY else word
            shown.append((head, self._cell(row, line)[0]))
        return shown

    def _curve(self, line: ExecutionLine, ahead: Decimal | None) -> dict[str, Any]:
        """Return the lines of cumulative spending against the plan, in words."""
        curve = drawings.curve(line, ahead, self.settings)
        return {
            **curve,
            **worded(curve, self.settings, self.say),
            "label": self.say["curve_label"].format(name=line.name),
        }

    def _indicators(self, lines: Sequence[AttainmentLine]) -> dict[str, Any]:
        figures = registry.indicators(Width.LIST)
        heads = [
            {"word": self.say[row.word], "numeric": row.kind not in _DRAWN}
            for row in figures
        ]
        rows = [
            {
                "key": line.indicator,
                "name": line.indicator,
                "cells": [self._judged(row, line) for row in figures],
                "explanation": line.explanation.text if line.explanation else None,
                "parts": spelled(line.parts),
            }
            for line in lines
        ]
        return {"heads": heads, "rows": rows}

    def _judged(self, row: Figure, line: AttainmentLine) -> dict[str, Any]:
        """Return the cell of an indicator's figure: its text, and how it is drawn."""
        value, exact = row.of(line), row.exactly_of(line)
        cell = {"kind": row.kind.value}
        match row.kind:
            case FigureKind.STATUS:
                return {**cell, "text": self.say[value.value], "style": _style(value)}
            case FigureKind.RATE:
                done = None if exact is None else drawings.hundredths(exact)
                return {**cell, "text": percent_or_dash(exact), "done": done}
            case FigureKind.RESULT:
                rated = isinstance(exact, Rating)
                text = self.say[exact] if rated else in_its_unit(exact, line)
                return {**cell, "text": text}
            case FigureKind.NUMBER:
                return {**cell, "text": in_its_unit(exact, line)}
        text = plain(value) or "–"
        if row.out_of:
            text += f"/{plain(row.out_of.of(line)) or '–'}"
        return {**cell, "text": text}

    def _money(self, amount: Decimal) -> SortableCell:
        shown = self.settings.scale.of(amount)
        digits = self.settings.shown_digits
        return f"{rounded(shown, digits):,f}", f"{amount:f}"


def _style(status: Status) -> str:
    """Return the class that the style sheet draws a status by."""
    return _STYLES[status.row.colour]


def _who(monthly: MonthlyValues, language: Language) -> str:
    """Return whose report it is: units with objectives, else the only unit."""
    names = [unit.name for unit in monthly.units]
    lines = [project.execution for project in monthly.projects]
    alone = {line.unit_name or line.unit for line in lines}
    if names:
        return listed(names).said(language)
    return alone.pop() if len(alone) == 1 else ""
