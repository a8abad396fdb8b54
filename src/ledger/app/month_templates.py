"""What the workbook of a month shows of a ledger's projects and units."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from ledger.domain.indicator import Rating
from ledger.domain.refusals import UnknownUnit
from ledger.intake.templates.shown import TemplateIndicator, TemplateProject
from ledger.messages import Language, message, said
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.printed_number import in_its_unit


class MonthView(Protocol):
    """A ledger at the end of a month."""

    def execution(self) -> list[ExecutionLine]:
        """Return the money of each project."""

    def attainment(self, project: str, /) -> list[AttainmentLine]:
        """Return a project's indicators."""

    def unit_attainment(self, unit: str, /) -> list[AttainmentLine]:
        """Return a unit's own indicators."""


def shown_projects(
    view: MonthView, units: Iterable[str], language: Language
) -> Iterator[TemplateProject]:
    """Yield the projects of a view, then those of *units* that have objectives."""
    for line in view.execution():
        own = _shown(view.attainment(line.project), language)
        yield TemplateProject(line.project, line.name, own, line.by_source)
    for unit in units:
        with suppress(UnknownUnit):  # It sets them later in the year.
            own = _shown(view.unit_attainment(unit), language)
            yield TemplateProject(unit, "", own, is_unit=True)


def _shown(
    lines: Iterable[AttainmentLine], language: Language
) -> list[TemplateIndicator]:
    """Return what a template shows of indicators."""
    return [
        TemplateIndicator(
            label=line.indicator,
            target=line.target,
            measure=line.measure.value,
            unit=line.unit,
            so_far=_so_far(line, language),
        )
        for line in lines
    ]


def _so_far(line: AttainmentLine, language: Language) -> str:
    """Return what the results of an indicator come to, as people read it."""
    if isinstance(line.figure, Rating):
        return said(message(f"word.{line.figure.value}"), language)
    return "" if line.figure is None else in_its_unit(line.figure, line)


def mark_of(moment: datetime, position: int) -> str:
    """Return what tells a workbook from every other one of its month."""
    return hashlib.sha256(f"{moment.isoformat()} {position}".encode()).hexdigest()
