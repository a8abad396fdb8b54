"""The portfolio as text for a terminal, or for a file."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Group as Parts
from rich.console import RenderableType
from rich.text import Text

from ledger.domain.scoring_rule import WeightGroup
from ledger.domain.settings import Settings
from ledger.figures import registry
from ledger.figures.figure import Width
from ledger.reports import vocabulary as words
from ledger.reports.render.monthly_text import position, summary, title
from ledger.reports.render.project_text import monthly, sources, unplanned
from ledger.reports.render.terminal import (
    heads,
    legend,
    printable,
    section,
    table,
    tally,
)
from ledger.reports.render.text_figures import figure_cells, figure_heads
from ledger.reports.values.portfolio import GroupTotal, PortfolioValues, UnitTotal

_ENDS: Final = 5
"""How many projects are shown at either end of a ranking."""


def portfolio(made: PortfolioValues, language: str | None = None) -> RenderableType:
    """
    Return the portfolio, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    report, settings = made.report, made.report.settings
    spoken = words.language_of(language, settings)
    say = words.words(spoken)
    return Parts(
        title("portfolio", report, say),
        summary(report, say),
        *unplanned(made.totals, spoken),
        section(say["by_unit"], _units(made.by_unit, settings, say)),
        section(say["source_totals"], sources(made.totals, settings, spoken)),
        section(say["by_level1"], _groups(made.by_level1, settings, say)),
        section(say["by_rate"], _ranking(made, "execution_rate", say)),
        section(say["by_variance"], _ranking(made, "variance", say)),
        section(say["by_month"], monthly(made.months, settings, say)),
        *(printable(f"! {words.finding_text(move, spoken)}") for move in made.moves),
        Text(),
        legend(settings, say),
        position(report, say),
    )


def _units(
    units: Sequence[UnitTotal], settings: Settings, say: Mapping[str, str]
) -> RenderableType:
    figures = registry.reading(registry.money(width=Width.LIST))
    made = table(
        heads(["unit"], say),
        figures=[*heads(["projects"], say), *figure_heads(figures, say)],
    )
    for unit in units:
        name = printable(f"{unit.unit} {unit.unit_name or ''}".strip())
        made.add_row(
            name.append(f"\n{tally(unit.statuses, say)}", style="dim"),
            f"{unit.projects}",
            *figure_cells(figures, unit.money, settings),
        )
    return made


def _groups(
    groups: Sequence[GroupTotal], settings: Settings, say: Mapping[str, str]
) -> RenderableType:
    figures = registry.groups()
    made = table(
        heads(["group"], say),
        figures=[*heads(["indicators"], say), *figure_heads(figures, say)],
    )
    made.add_column(say["status"])
    for group in groups:
        made.add_row(
            _group(group.group, say),
            f"{group.indicators}",
            *figure_cells(figures, group, settings),
            tally(group.statuses, say),
        )
    return made


def _group(group: WeightGroup | str, say: Mapping[str, str]) -> Text:
    return (
        Text(say[group.value]) if isinstance(group, WeightGroup) else printable(group)
    )


def _ranking(made: PortfolioValues, by: str, say: Mapping[str, str]) -> RenderableType:
    """Return both ends of a ranking by a figure, or all of a short one."""
    lines, settings = made.rankings[by], made.report.settings
    figures = registry.with_parts(by)
    shown = table(
        heads(["rank", "project", "project_name"], say),
        figures=figure_heads(figures, say),
    )
    shown.columns[1].no_wrap = True
    for rank, line in enumerate(lines, 1):
        if _ENDS < rank <= len(lines) - _ENDS:
            if rank == _ENDS + 1:
                shown.add_row("…")
            continue
        names = printable(line.project), printable(line.name)
        shown.add_row(f"{rank}", *names, *figure_cells(figures, line, settings))
    return shown
