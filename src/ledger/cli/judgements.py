"""Commands that record what a person says of a year: why it deviates, what it earns."""

from pathlib import Path
from typing import Any

from ledger.cli.choices import MemberOf
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    PROJECT,
    Day,
    command,
    opened,
    print_recorded,
    recording,
)
from ledger.domain.variance import Likelihood, VarianceCategory


@command()
@FILE
@PROJECT
@argument("category", type=MemberOf(VarianceCategory))
@argument("text")
@option("--on", type=Day(), required=True, help="on.said")
@option("--indicator", help="indicator")
@option("--unit", is_flag=True, help="unit")
@option("--likelihood", type=MemberOf(Likelihood), help="likelihood")
@option("--forecast", help="forecast")
@option("--remedy", help="remedy")
@recording(key="key")
def explain_variance(
    file: Path,
    project: str,
    category: VarianceCategory,
    text: str,
    unit: bool,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record why the spending of PROJECT, or an indicator of it, deviates."""
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.explain_variance(
            None if unit else project,
            category,
            text,
            unit=project if unit else None,
            **fields,
        )
        print_recorded([recorded], form)


@command()
@FILE
@PROJECT
@argument("score")
@option("--on", type=Day(), required=True, help="on.said")
@option("--indicator", help="indicator.score")
@option("--unit", is_flag=True, help="unit")
@option("--reason", help="reason.score")
@recording(key="key")
def score(
    file: Path,
    project: str,
    score: str,
    unit: bool,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record the points that a person gives to an indicator, or to spending."""
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.report_score(
            None if unit else project, score, unit=project if unit else None, **fields
        )
        print_recorded([recorded], form)


COMMANDS = (explain_variance, score)
