"""One project as text: its money by source, adjustments, months and indicators."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.settings import Settings
from ledger.figures import registry
from ledger.figures.figure import Scope
from ledger.messages import Language
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.months import Month
from ledger.reports import vocabulary as words
from ledger.reports.render.terminal import (
    closing,
    execution_bar,
    heads,
    legend,
    money,
    percent,
    printable,
    prose,
    sparkline,
    status,
    table,
)
from ledger.reports.render.text_figures import (
    figure_cells,
    figure_heads,
    indicators,
)
from ledger.reports.values.monthly import ProjectReport


def project(
    report: ProjectReport, settings: Settings, language: Language | str | None = None
) -> RenderableType:
    """
    Return one project, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, settings)
    say = words.words(spoken)
    line = report.execution
    parts: list[RenderableType] = [
        _heading(report, settings, say),
        *unplanned(line, spoken),
        sources(line, settings, spoken),
    ]
    if line.closed_on is not None:
        parts.append(closing(line, settings, say))
    if line.adjustments:
        parts.append(_adjustments(line, settings, spoken))
    parts.append(monthly(line.months, settings, say))
    if report.indicators:
        parts.append(indicators(report.indicators, say))
    texts = [words.finding_text(finding, spoken) for finding in report.findings]
    parts += [prose(f"! {text}") for text in texts]
    parts += [Text(), legend(settings, say, "bar", "spark")]
    return Group(*parts)


def _heading(
    report: ProjectReport, settings: Settings, say: Mapping[str, str]
) -> RenderableType:
    line = report.execution
    unit = printable(f"{line.unit} {line.unit_name or ''}".strip())
    figures = (
        f"{say['execution_rate']} {percent(line.exact_rate)}",
        f"{say['time_progress']} {percent(line.time_progress)}",
        f"{say['planned']} {money(line.planned, settings)}",
        f"{say['variance']} {money(line.variance, settings)}",
        f"{say['money_status']} {say[line.status.value]}",
        f"{say['calendar_status']} {say[line.calendar_status.value]}",
        f"{say['status']} ",
    )
    months = [month.disbursed for month in line.months]
    return Group(
        Text(style="bold").append_text(printable(f"{line.project} {line.name}")),
        unit.append(say["comma"] + say["through"].format(through=line.through)),
        Text(say["comma"].join(figures)).append_text(status(report.status, say)),
        Text.assemble(execution_bar(line), f"  {say['months']} ", sparkline(months)),
    )


def unplanned(whole: ExecutionTotal, language: Language) -> list[RenderableType]:
    """Return why nothing is known of what is planned, where that is so."""
    reason = whole.plan_reason
    return [] if reason is None else [prose(f"! {reason.said(language)}")]


def sources(
    whole: ExecutionTotal, settings: Settings, language: Language
) -> RenderableType:
    """Return the money of each funding source, and of all, as a table."""
    say = words.words(language)
    figures = [r for r in registry.told(whole, Scope.SOURCE) if not r.of_closing]
    made = table(heads(["source"], say), figures=figure_heads(figures, say))
    by_source = whole.by_source.items()
    parts = [(words.source_name(name, language), part) for name, part in by_source]
    for name, part in [*parts, (say["total"], whole)]:
        made.add_row(printable(name), *figure_cells(figures, part, settings))
    return made


def _adjustments(
    line: ExecutionLine, settings: Settings, language: Language
) -> RenderableType:
    say = words.words(language)
    made = table(
        heads(["on", "adjustment", "source"], say), figures=heads(["amount"], say)
    )
    for on, kind, source, amount in line.adjustments:
        made.add_row(
            f"{on}",
            say[kind.value],
            printable(words.source_name(source, language)),
            money(amount, settings),
        )
    return made


def monthly(
    months: Sequence[Month], settings: Settings, say: Mapping[str, str]
) -> RenderableType:
    """Return what was planned and disbursed in each month as a table."""
    figures = registry.months()
    made = table(heads(["month"], say), figures=figure_heads(figures, say))
    for month in months:
        made.add_row(month.month, *figure_cells(figures, month, settings))
    return made
