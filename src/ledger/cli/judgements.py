"""Commands that record what a person says of a year: why it deviates, what it earns."""

from typing import Any

from ledger.app.ledger import Ledger
from ledger.cli.choices import MemberOf
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    PROJECT,
    Day,
    RecordedEvents,
    command,
    of_unit,
    records,
)
from ledger.domain.indicator import Rating
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.intake.source_amounts import amounts_named


@command()
@FILE
@PROJECT
@argument("category", type=MemberOf(VarianceCategory))
@argument("text")
@option("--on", type=Day(), required=True, help="on.said")
@option("--about", help="about")
@option("--indicator", help="indicator")
@option("--unit", is_flag=True, help="unit")
@option("--remedy", help="remedy")
@records(key="key")
def explain_variance(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record why the spending of PROJECT, or an indicator of it, deviates."""
    return ledger.explain_variance(**of_unit(project, unit=unit), **fields)


@command()
@FILE
@PROJECT
@argument("amount", required=False)
@option("--on", type=Day(), required=True, help="on.said")
@option("--about", help="about")
@option("--indicator", help="indicator.outlook")
@option("--unit", is_flag=True, help="unit")
@option("--value", help="value.outlook")
@option("--text", help="text.outlook")
@option("--likelihood", type=MemberOf(Likelihood), help="likelihood")
@option("--reason", help="reason.outlook")
@option("--as-planned", is_flag=True, help="as_planned")
@records(key="key")
def state_outlook(
    ledger: Ledger,
    project: str,
    unit: bool,
    amount: str | None,
    **fields: Any,
) -> RecordedEvents:
    """Record what the year will end with: AMOUNT yuan of PROJECT, or an indicator."""
    pairs = amounts_named(amount, "amount")
    given = amount if pairs is None else dict(pairs)
    return ledger.state_outlook(**of_unit(project, unit=unit), amount=given, **fields)


@command()
@FILE
@PROJECT
@argument("score")
@option("--on", type=Day(), required=True, help="on.said")
@option("--about", help="about")
@option("--indicator", help="indicator.score")
@option("--unit", is_flag=True, help="unit")
@option("--reason", help="reason.score")
@records(key="key")
def score(ledger: Ledger, project: str, unit: bool, **fields: Any) -> RecordedEvents:
    """Record the points that a person gives to an indicator, or to spending."""
    return ledger.report_score(**of_unit(project, unit=unit), **fields)


@command()
@FILE
@PROJECT
@argument("goal")
@argument("achieved", type=MemberOf(Rating))
@argument("text")
@option("--on", type=Day(), required=True, help="on.said")
@option("--about", help="about")
@option("--unit", is_flag=True, help="unit")
@records(key="key")
def assess_goal(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record what became of a GOAL of PROJECT."""
    return ledger.assess_goal(**of_unit(project, unit=unit), **fields)


@command()
@FILE
@PROJECT
@argument("conclusion")
@option("--on", type=Day(), required=True, help="on.said")
@option("--about", help="about")
@option("--unit", is_flag=True, help="unit")
@option("--problems", help="problems")
@option("--measures", help="measures")
@records(key="key")
def state_conclusion(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record what the self-evaluation of PROJECT concludes."""
    return ledger.state_conclusion(**of_unit(project, unit=unit), **fields)


COMMANDS = (explain_variance, state_outlook, score, assess_goal, state_conclusion)
