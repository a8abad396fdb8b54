"""The monthly attainment report as values: one entry a project, worst first."""

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO

from attrs import frozen

from ledger.domain.finding import Finding
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine, ExecutionTotal, total
from ledger.projections.policy import BADNESS, Policy, Status
from ledger.projections.scoring import ScoringRule

_NO_RESULT = Status.NO_RESULT


@frozen
class ProjectReport:
    """
    One project at the end of a month.

    Attributes:
        status: The worst of its money and its indicators; an indicator whose result is
            not due yet does not count.
    """

    execution: ExecutionLine
    indicators: Sequence[AttainmentLine]
    status: Status
    findings: tuple[Finding, ...]

    @classmethod
    def of(
        cls, execution: ExecutionLine, indicators: Sequence[AttainmentLine]
    ) -> "ProjectReport":
        """Put a project's money and its indicators together."""
        status, findings = execution.status, execution.findings
        badness = BADNESS[status]
        for line in indicators:
            if BADNESS[line.status] > badness and (
                line.due or line.status != _NO_RESULT
            ):
                status = line.status
                badness = BADNESS[status]
            if line.findings:
                findings += line.findings
        return cls(execution, indicators, status, findings)

    @property
    def counts(self) -> dict[Status, int]:
        """How many indicators have each status."""
        return counted(self.indicators)


@frozen(kw_only=True)
class UnitReport:
    """A unit's own objectives at the end of a month."""

    unit: str
    name: str
    indicators: Sequence[AttainmentLine]

    @classmethod
    def of(
        cls, unit: str, state: Indicators, indicators: Sequence[AttainmentLine]
    ) -> "UnitReport":
        """Name the unit whose *indicators* these are."""
        return cls(unit=unit, name=state.name, indicators=indicators)


@frozen(kw_only=True)
class MonthlyReport:
    """
    Spending against plan and attainment against target at the end of a month.

    Attributes:
        projects: Worst first.

        known_at: The cut of recorded facts that was asked for, if any.

        position: Facts recorded up to this position are in it.

        root: The root over the lines up to there, in hex: a fingerprint of the record.

        origin: The name of the log.

        settings, policy, scoring: The conventions and thresholds that the figures
            follow.
    """

    through: date
    known_at: str | None
    position: int
    root: str
    origin: str
    settings: Settings
    policy: Policy
    scoring: ScoringRule
    totals: ExecutionTotal
    projects: Sequence[ProjectReport]
    units: Sequence[UnitReport]
    findings: Sequence[Finding]

    @classmethod
    def of(
        cls,
        through: date,
        projects: Sequence[ProjectReport],
        units: Sequence[UnitReport],
        *,
        known_at: str | None,
        position: int,
        root: str,
        origin: str,
        settings: Settings,
        policy: Policy,
        scoring: ScoringRule,
    ) -> "MonthlyReport":
        """Put the report together: totals from sums, projects worst first."""
        lines = [project.execution for project in projects]
        findings = [f for project in projects for f in project.findings]
        findings += [
            f for unit in units for line in unit.indicators for f in line.findings
        ]
        return cls(
            through=through,
            known_at=known_at,
            position=position,
            root=root,
            origin=origin,
            settings=settings,
            policy=policy,
            scoring=scoring,
            totals=total(lines, through, settings),
            projects=sorted(projects, key=_worst_first),
            units=units,
            findings=findings,
        )

    @property
    def month(self) -> str:
        """The month as ``YYYY-MM``."""
        return f"{self.through:%Y-%m}"

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the figures, in hex; in its receipt."""
        from ledger.reports.render import json as as_json

        return as_json.digest(as_json.figures(self))

    def to_dict(self) -> dict[str, object]:
        """Return the report in the stable shape of its JSON form."""
        from ledger.reports.render import json as as_json

        return as_json.report(self)

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the report as JSON text, and write it to *path* if there is one."""
        from ledger.reports.render import json as as_json

        text = as_json.text(as_json.report(self))
        if path is not None:
            Path(path).write_text(text + "\n", encoding="utf-8")
        return text

    def to_text(self, width: int = 100) -> str:
        """Return the report as plain text of at most *width* columns."""
        from ledger.reports.render import terminal

        return terminal.text(self, width)

    def print(self, file: IO[str] | None = None, width: int | None = None) -> None:
        """Print the report to a terminal, or to *file*."""
        from ledger.reports.render import terminal

        terminal.show(self, file, width)


def counted(indicators: Sequence[AttainmentLine]) -> dict[Status, int]:
    """Return how many indicators have each status that occurs."""
    statuses = [line.status for line in indicators]
    return {status: statuses.count(status) for status in Status if status in statuses}


def _worst_first(project: ProjectReport) -> tuple[int, int, Decimal, str]:
    line = project.execution
    return -BADNESS[project.status], -BADNESS[line.status], line.pace, line.project
