"""Commands that record what a person says of a year: why it deviates, what it earns."""

from typing import Any

from ledger.app.ledger import Ledger
from ledger.cli.choices import MemberOf
from ledger.cli.help import argument, option
from ledger.cli.options import (
    ABOUT,
    FILE,
    OF_UNIT,
    ON_SAID,
    PROJECT,
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
@ON_SAID
@ABOUT
@option("--indicator", help="indicator")
@OF_UNIT
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
@ON_SAID
@ABOUT
@option("--indicator", help="indicator.outlook")
@OF_UNIT
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
@ON_SAID
@ABOUT
@option("--indicator", help="indicator.score")
@OF_UNIT
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
@ON_SAID
@ABOUT
@OF_UNIT
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
@ON_SAID
@ABOUT
@OF_UNIT
@option("--problems", help="problems")
@option("--measures", help="measures")
@records(key="key")
def state_conclusion(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record what the self-evaluation of PROJECT concludes."""
    return ledger.state_conclusion(**of_unit(project, unit=unit), **fields)


COMMANDS = (explain_variance, state_outlook, score, assess_goal, state_conclusion)
