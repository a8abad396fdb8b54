"""The portfolio as text for a terminal, or for a file."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from rich.cells import cell_len
from rich.console import Group as Parts
from rich.console import RenderableType
from rich.text import Text

from ledger.domain.settings import Settings
from ledger.domain.weights import Group
from ledger.projections.execution import ExecutionLine
from ledger.reports import vocabulary as words
from ledger.reports.render.json import plain
from ledger.reports.render.monthly_text import position, summary, title
from ledger.reports.render.project_text import monthly, sources
from ledger.reports.render.terminal import (
    heads,
    legend,
    money,
    percent,
    printable,
    section,
    table,
    tally,
)
from ledger.reports.values.portfolio import GroupTotal, PortfolioValues, UnitTotal

_AMOUNTS: Final = ("current_budget", "planned", "disbursed", "variance")
_RATE: Final = ("current_budget", "disbursed", "execution_rate")
_PLAN: Final = ("planned", "disbursed", "variance")
_CODE: Final = 21
"""Columns of a project's code that are never parted."""
_ENDS: Final = 5
"""How many projects are shown at either end of a ranking."""


def portfolio(made: PortfolioValues, language: str | None = None) -> RenderableType:
    """
    Return the portfolio, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    report, settings = made.report, made.report.settings
    say = words.words(words.language_of(language, settings))
    return Parts(
        title("portfolio", report, say),
        summary(report, say),
        section(say["by_unit"], _units(made.by_unit, settings, say)),
        section(say["source_totals"], sources(made.totals, settings, say)),
        section(say["by_level1"], _groups(made.by_level1, say)),
        section(say["by_rate"], _ranking(made.by_execution_rate, _RATE, settings, say)),
        section(say["by_variance"], _ranking(made.by_variance, _PLAN, settings, say)),
        section(say["by_month"], monthly(made.months, settings, say)),
        Text(),
        legend(settings, say),
        position(report, say),
    )


def _units(
    units: Sequence[UnitTotal], settings: Settings, say: Mapping[str, str]
) -> RenderableType:
    made = table(
        heads(["unit"], say),
        figures=heads(["projects", *_AMOUNTS, "execution_rate"], say),
    )
    for unit in units:
        name = printable(f"{unit.unit} {unit.unit_name or ''}".strip())
        made.add_row(
            name.append(f"\n{tally(unit.statuses, say)}", style="dim"),
            f"{unit.projects}",
            *(money(getattr(unit.money, key), settings) for key in _AMOUNTS),
            percent(unit.money.exact_rate),
        )
    return made


def _groups(groups: Sequence[GroupTotal], say: Mapping[str, str]) -> RenderableType:
    made = table(
        heads(["group"], say),
        figures=heads(
            ["indicators", "scored", "score", "possible_score", "score_rate"], say
        ),
    )
    made.add_column(say["status"], overflow="fold")
    for group in groups:
        made.add_row(
            _group(group.group, say),
            f"{group.indicators}",
            f"{group.scored}",
            plain(group.score),
            plain(group.possible_score),
            percent(group.score_rate),
            tally(group.statuses, say),
        )
    return made


def _group(group: str, say: Mapping[str, str]) -> Text:
    return Text(say[group.value]) if isinstance(group, Group) else printable(group)


def _ranking(
    lines: Sequence[ExecutionLine],
    figures: Sequence[str],
    settings: Settings,
    say: Mapping[str, str],
) -> RenderableType:
    """Return both ends of a ranking, or all of a short one."""
    made = table(
        heads(["rank", "project", "project_name"], say), figures=heads(figures, say)
    )
    short_codes = all(cell_len(line.project) <= _CODE for line in lines)
    made.columns[1].no_wrap = short_codes
    for rank, line in enumerate(lines, 1):
        if _ENDS < rank <= len(lines) - _ENDS:
            if rank == _ENDS + 1:
                made.add_row("…")
            continue
        shown = (_figure(getattr(line, key), key, settings) for key in figures)
        made.add_row(f"{rank}", printable(line.project), printable(line.name), *shown)
    return made


def _figure(value: Decimal | None, key: str, settings: Settings) -> str:
    return percent(value) if key.endswith("_rate") else money(value, settings)
