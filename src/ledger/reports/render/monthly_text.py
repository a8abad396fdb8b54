"""The monthly report as text for a terminal, or for a file."""

from collections.abc import Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.subject import Subject
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Width
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.reports import vocabulary as words
from ledger.reports.render.closed_periods import closed_periods
from ledger.reports.render.folding_table import room as room_of
from ledger.reports.render.judged_by import judged_by
from ledger.reports.render.part_title import part_title
from ledger.reports.render.project_text import project, unplanned
from ledger.reports.render.standings import standing_words
from ledger.reports.render.terminal import (
    Fitted,
    closing,
    execution_bar,
    heads,
    legend,
    percent,
    printable,
    prose,
    section,
    sparkline,
    status,
    table,
    tally,
)
from ledger.reports.render.text_figures import (
    add_judged_columns,
    figure_cells,
    figure_heads,
    indicators,
    judged_cells,
)
from ledger.reports.values.monthly import (
    MonthlyValues,
    ProjectReport,
    UnitReport,
    counted,
)

_ATTENDED: Final = {
    FigureKind.TARGET,
    FigureKind.RESULT,
    FigureKind.NUMBER,
    FigureKind.STATUS,
}
"""Kinds of figures that say why an indicator needs attention."""

_DATED: Final = 100
"""So many indicators that need attention are looked up in the record at most."""

_NAME: Final = 15
"""Columns kept for the names of projects before anything is drawn after them."""
_BARS: Final = 9, 18
"""Columns that a bar takes, at least and at most."""


def shown(
    monthly: MonthlyValues, language: str | None = None, project: str | None = None
) -> RenderableType:
    """
    Return the report, or one *project* of it in detail.

    Raises:
        InvalidInput: There is no such language.
        UnknownProject: It is not in the report.
    """
    if project is None:
        return report(monthly, language)
    return detail(monthly, monthly.project(project), language)


def report(monthly: MonthlyValues, language: str | None = None) -> RenderableType:
    """
    Return the report, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, monthly.settings)
    say = words.words(spoken)
    parts: list[RenderableType] = [
        title("monthly_report", monthly, say),
        summary(monthly, say),
        *(prose(line) for line in closed_periods(monthly, say)),
        *(prose(line) for line in judged_by(monthly, say)),
        Fitted(lambda width: _projects(monthly, say, width)),
        *unplanned(monthly.totals, spoken),
    ]
    lines = [each.execution for each in monthly.projects]
    closed = [line for line in lines if line.closed_on is not None]
    parts += [closing(line, monthly.settings, say) for line in closed]
    parts += [_unit(unit, say) for unit in monthly.units]
    attention = [
        (project.execution, line)
        for project in monthly.projects
        for line in project.indicators
        if line.status.row.needs_attention
    ]
    if attention:
        parts.append(_attention(monthly, attention, say))
    texts = [words.finding_text(finding, spoken) for finding in monthly.findings]
    parts += [prose(f"! {text}") for text in texts]
    return Group(*parts, Text(), position(monthly, say))


def detail(
    monthly: MonthlyValues, one: ProjectReport, language: str | None = None
) -> RenderableType:
    """
    Return one project of the report, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    settings = monthly.settings
    say = words.words(words.language_of(language, settings))
    told = registry.told(one.execution)
    return Group(
        title("monthly_report", monthly, say),
        *(prose(line) for line in closed_periods(monthly, say, told)),
        *(prose(line) for line in judged_by(monthly, say)),
        Text(),
        project(one, settings, language),
        position(monthly, say),
    )


def title(key: str, monthly: MonthlyValues, say: Mapping[str, str]) -> Text:
    """Return the title of a report made of *monthly*, under that of the ledger."""
    said = say[key].format(month=monthly.month, through=monthly.through)
    if monthly.known_at:
        said += say["comma"] + words.as_known(monthly.known_at, say)
    parts = [monthly.settings.title, part_title(monthly.part, say), said]
    return Text("\n".join(filter(None, parts)), style="bold")


def summary(monthly: MonthlyValues, say: Mapping[str, str]) -> Text:
    """Return how many projects have which status, and the execution of all."""
    counts = counted(project.status for project in monthly.projects)
    said = say["summary"].format(
        projects=words.projects_counted(len(monthly.projects), say),
        tally=tally(counts, say) or say["none"],
        rate=percent(monthly.totals.exact_rate),
        progress=percent(monthly.totals.time_progress),
    )
    return Text(said, style="bold")


def position(monthly: MonthlyValues, say: Mapping[str, str]) -> Text:
    """Return what identifies the record that the report was made from."""
    said = say["position_root"].format(position=monthly.position, root=monthly.root)
    return Text(said, style="dim")


def _projects(
    monthly: MonthlyValues, say: Mapping[str, str], width: int
) -> RenderableType:
    """Return the table of projects; bars and months only where they have room."""
    settings = monthly.settings
    lines = [project.execution for project in monthly.projects]
    sums: list[ExecutionTotal] = [*lines, monthly.totals]
    listed = registry.of_list(monthly.totals)
    figures = [figure_cells(listed, line, settings) for line in sums]
    heads_ = figure_heads(listed, say)
    states = [status(project.status, say) for project in monthly.projects]
    months = [*(line.months for line in lines), monthly.months]
    sparks = [sparkline([month.disbursed for month in each]) for each in months]

    taken = map(
        room_of, [*zip(heads_, *figures, strict=True), [say["status"], *states]]
    )
    room = width - 1 - _NAME - 2 - sum(taken)
    beside = room - room_of([say["months"], *sparks])
    drawn: list[tuple[str, list[Text]]] = [(say["status"], [*states, Text()])]
    signs = []
    if room >= _BARS[0]:
        spare = (beside if beside >= _BARS[0] else room) - _BARS[0]
        bar = min(_BARS[0] + spare // 2, _BARS[1]) - 2  # Names take what is left.
        bars = [execution_bar(line, bar) for line in sums]
        drawn.insert(0, ("█ ┃ ┆", bars))
        signs.append("bar")
    if beside >= _BARS[0]:
        drawn.append((say["months"], sparks))
        signs.append("spark")

    made = table([say["project_name"]], figures=heads_)
    for head, _ in drawn:
        made.add_column(head, no_wrap=True)
    names = [*(printable(line.name) for line in lines), Text(say["total"])]
    for i, (name, row) in enumerate(zip(names, figures, strict=True)):
        if i == len(lines):
            made.add_section()
        style = "bold" if i == len(lines) else None
        made.add_row(name, *row, *(column[i] for _, column in drawn), style=style)
    return Group(made, legend(settings, say, *signs))


def _unit(unit: UnitReport, say: Mapping[str, str]) -> RenderableType:
    head = say["unit_indicators"].format(unit=unit.unit, name=unit.name)
    return Group(Text(), printable(head), indicators(unit.indicators, say))


def _attention(
    monthly: MonthlyValues,
    rows: list[tuple[ExecutionLine, AttainmentLine]],
    say: Mapping[str, str],
) -> RenderableType:
    """Return indicators that need attention; of few, since when and who owes what."""
    figures = [r for r in registry.indicators(Width.LIST) if r.kind in _ATTENDED]
    dated = len(rows) <= _DATED
    texts = heads(["project_name", "indicator"], say)
    made = table(texts)
    add_judged_columns(made, figures, say)
    asked = [
        (Subject.project(money.project, money.fiscal_year), line.indicator)
        for money, line in rows
        if dated
    ]
    standings = monthly.supporting_events.standings(asked) or [None] * len(rows)
    if dated:
        made.add_column(say["since_month"], no_wrap=True)
        made.add_column(say["owed_by"])
    for (money, line), standing in zip(rows, standings, strict=True):
        since, owes = standing_words(standing, line.status, say)
        is_owed = standing is not None and standing.is_owed
        owing = printable(money.unit_name or money.unit) if is_owed else owes
        made.add_row(
            printable(money.name),
            printable(line.indicator),
            *judged_cells(figures, line, say),
            *((since, owing) if dated else ()),
        )
    return section(say["need_attention"], made)
