"""Commands that record facts."""

from pathlib import Path
from typing import Any

import click

from ledger.cli.options import (
    ACTOR,
    FILE,
    FORMAT,
    Day,
    Input,
    command,
    opened,
    print_recorded,
)
from ledger.cli.printing import say, say_json
from ledger.cli.progress import progress_bar
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.events import Evidence
from ledger.domain.funding import FISCAL
from ledger.domain.indicator import Rating
from ledger.intake import bulk
from ledger.reports.render import json as as_json


@command()
@FILE
@click.argument("events", type=Input())
@click.option(
    "--batch",
    type=click.IntRange(1, 10**9),
    metavar="N",
    help="Append N events at a time, instead of the whole file or nothing.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Record lines without a key although equal ones are there.",
)
@ACTOR
@FORMAT
def record(
    file: Path,
    events: Path,
    batch: int | None,
    again: bool,
    actor: str | None,
    form: str,
) -> None:
    """Record EVENTS (JSON Lines, CSV or a template filled in), all or none."""
    with (
        opened(file, actor=actor, create=False) as ledger,
        progress_bar("events", bulk.length(events)) as progress,
    ):
        done = ledger.record(events, batch=batch, again=again, progress=progress)
    if form == "json":
        say_json(as_json.text(done._asdict()))
        return
    already = f", {done.already} were there already" if done.already else ""
    say(f"{done.new} events recorded{already}; position {done.position}")
    for said in done.undone:
        say(f"{said}; --again records its line again")


@command()
@FILE
@click.argument("project")
@click.argument("amount")
@click.option("--voucher", required=True, help="Voucher number, unique in the project.")
@click.option("--on", type=Day(), required=True, help="Value date.")
@click.option("--source", default=FISCAL, show_default=True, help="Funding source.")
@click.option("--payee")
@click.option("--description")
@click.option("--key", help="Your own id of the fact; the same twice records once.")
@ACTOR
@FORMAT
def disburse(
    file: Path,
    project: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that AMOUNT yuan of PROJECT left the account."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.disburse(project, amount, **fields)], form)


@command()
@FILE
@click.argument("project")
@click.argument("amount")
@click.option("--of", required=True, help="Voucher of the disbursement.")
@click.option("--voucher", required=True, help="Voucher of the reversal.")
@click.option("--on", type=Day(), required=True)
@click.option("--reason")
@click.option("--key", help="Your own id of the fact.")
@ACTOR
@FORMAT
def reverse(
    file: Path, project: str, amount: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Record that AMOUNT yuan of a disbursement came back."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.reverse_disbursement(project, amount, **fields)], form)


@command()
@FILE
@click.argument("project")
@click.argument(
    "kind", type=click.Choice([k.value for k in AdjustmentKind if not k.is_virement])
)
@click.argument("amount")
@click.option("--on", type=Day(), required=True)
@click.option("--source", default=FISCAL, show_default=True, help="Funding source.")
@click.option("--new-source", is_flag=True, help="The source is a new one, no slip.")
@click.option("--document")
@click.option("--reason")
@click.option("--key", help="Your own id of the fact.")
@ACTOR
@FORMAT
def adjust(
    file: Path,
    project: str,
    kind: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record a supplement, a reduction or a recall of AMOUNT yuan."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.adjust_budget(project, kind, amount, **fields)], form)


@command()
@FILE
@click.argument("source_project")
@click.argument("target_project")
@click.argument("amount")
@click.option("--on", type=Day(), required=True)
@click.option("--source", default=FISCAL, show_default=True, help="Funding source.")
@click.option("--new-source", is_flag=True, help="The source is a new one, no slip.")
@click.option("--document")
@click.option("--reason")
@click.option("--key", help="Your own id of the fact; the same twice records once.")
@ACTOR
@FORMAT
def transfer(
    file: Path,
    source_project: str,
    target_project: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record a virement of AMOUNT yuan from one project to another."""
    with opened(file, actor=actor, create=False) as ledger:
        legs = ledger.transfer(source_project, target_project, amount, **fields)
        print_recorded(legs, form)


@command()
@FILE
@click.argument("project")
@click.argument("indicator")
@click.argument("value", required=False)
@click.option("--on", type=Day(), required=True, help="Day it speaks of.")
@click.option("--unit", is_flag=True, help="PROJECT is a unit's code.")
@click.option("--numerator")
@click.option("--denominator")
@click.option("--rating", type=click.Choice([each.value for each in Rating]))
@click.option("--share", help="With a rating: the share claimed.")
@click.option("--date", "reached_on", type=Day(), help="For a target that is a date.")
@click.option("--text")
@click.option("--evidence", metavar="URI")
@click.option("--note")
@click.option("--key", help="Your own id of the fact.")
@ACTOR
@FORMAT
def result(
    file: Path,
    project: str,
    indicator: str,
    value: str | None,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record one measurement of INDICATOR: VALUE, or one of the options."""
    rating, reached_on = fields.pop("rating"), fields.pop("reached_on")
    given = [each for each in (value, rating, reached_on) if each is not None]
    if len(given) > 1:
        raise click.UsageError("give one of VALUE, --rating and --date")
    figure = Rating(rating) if rating else reached_on or value
    unit = project if fields.pop("unit") else None
    evidence = fields.pop("evidence")
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.report_result(
            None if unit else project,
            indicator,
            figure,
            unit=unit,
            evidence=Evidence(uri=evidence) if evidence else None,
            **fields,
        )
        print_recorded([recorded], form)


COMMANDS = (record, disburse, reverse, adjust, transfer, result)
