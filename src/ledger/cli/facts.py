"""Commands that record facts."""

from pathlib import Path
from typing import Any, Final

from ledger.cli.choices import Between, MemberOf
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    ON,
    PROJECT,
    Day,
    Input,
    command,
    one_of,
    opened,
    print_recorded,
    recording,
)
from ledger.cli.printing import misused, say, say_json
from ledger.cli.progress import progress_bar
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.evidence import Evidence
from ledger.domain.indicator import Rating
from ledger.domain.spending_exception import SpendingException
from ledger.intake import bulk
from ledger.messages import message
from ledger.reports.render import json as as_json

_LEGS: Final = [kind for kind in AdjustmentKind if kind.is_virement or kind.is_carry]


@command()
@FILE
@argument("events", type=Input())
@option("--batch", type=Between(1, 10**9), metavar="N", help="batch")
@option("--again", is_flag=True, help="again")
@recording(key=None)
def record(
    file: Path,
    events: Path,
    batch: int | None,
    again: bool,
    actor: str | None,
    form: str,
    **envelope: Any,
) -> None:
    """Record EVENTS (JSON Lines, CSV or a template filled in), all or none."""
    with (
        opened(file, actor=actor, create=False) as ledger,
        progress_bar("event", bulk.length(events)) as progress,
    ):
        done = ledger.record(
            events, batch=batch, again=again, progress=progress, **envelope
        )
    if form == "json":
        say_json(as_json.text(done.to_dict()))
        return
    say(
        message(
            "line.batch",
            count=done.new,
            empty=not (done.new or done.already or done.undone) or None,
            already=done.already or None,
            position=done.position,
        )
    )
    for undone in done.undone:
        say(message("line.undone", undone=undone))


@command()
@FILE
@PROJECT
@argument("amount")
@option("--voucher", required=True, help="voucher")
@option("--on", type=Day(), required=True, help="on.value")
@option("--source", help="source")
@option("--payee", help="payee")
@option("--description", help="description")
@option("--commitment", help="commitment")
@option("--final", is_flag=True, help="final")
@option("--allowed-by", help="allowed_by")
@option("--reason", help="reason.exception")
@recording(key="key.once")
def disburse(
    file: Path,
    project: str,
    amount: str,
    allowed_by: str | None,
    reason: str | None,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that AMOUNT yuan of PROJECT left the account."""
    exception = SpendingException.stated(allowed_by, reason)
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.disburse(project, amount, exception=exception, **fields)
        print_recorded([recorded], form)


@command()
@FILE
@PROJECT
@argument("amount")
@option("--of", required=True, help="of")
@option("--voucher", required=True, help="voucher.reversal")
@ON
@option("--source", help="source.voucher")
@option("--disbursement", help="disbursement")
@option("--reason", help="reason")
@recording(key="key")
def reverse(
    file: Path, project: str, amount: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Record that AMOUNT yuan of a disbursement came back."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.reverse_disbursement(project, amount, **fields)], form)


@command()
@FILE
@PROJECT
@argument("amount")
@option("--of", required=True, help="of.refund")
@option("--of-year", help="of_year")
@option("--voucher", required=True, help="voucher.refund")
@option("--on", type=Day(), required=True, help="on.refund")
@option("--source", help="source.refund")
@option("--payee", help="payee.refund")
@option("--reason", help="reason")
@recording(key="key")
def refund(
    file: Path, project: str, amount: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Record that AMOUNT yuan of an earlier year's payment came back."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.refund(project, amount, **fields)], form)


@command()
@FILE
@PROJECT
@argument("kind", type=MemberOf(AdjustmentKind, without=_LEGS))
@argument("amount")
@ON
@option("--source", help="source")
@option("--new-source", is_flag=True, help="new_source")
@option("--document", help="document")
@option("--reason", help="reason")
@recording(key="key")
def adjust(
    file: Path,
    project: str,
    kind: AdjustmentKind,
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
@argument("source_project", shell_complete=one_of("project"))
@argument("target_project", shell_complete=one_of("project"))
@argument("amount")
@ON
@option("--source", help="source")
@option("--new-source", is_flag=True, help="new_source")
@option("--document", help="document")
@option("--reason", help="reason")
@recording(key="key.once")
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
@PROJECT
@argument("indicator")
@argument("value", required=False)
@option("--on", type=Day(), required=True, help="on.result")
@option("--unit", is_flag=True, help="unit")
@option("--numerator", help="numerator")
@option("--denominator", help="denominator")
@option("--rating", type=MemberOf(Rating), help="rating")
@option("--share", help="share")
@option("--date", "reached_on", type=Day(), help="date")
@option("--text", help="text")
@option("--evidence", metavar="URI", help="evidence")
@option("--note", help="note")
@recording(key="key")
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
    given = [result for result in (value, rating, reached_on) if result is not None]
    other = fields["text"], fields["numerator"], fields["denominator"]
    if len(given) > 1 or not (given or any(other)):
        raise misused("one_value")
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


@command()
@FILE
@PROJECT
@argument("indicator")
@argument("of", metavar="RESULT")
@ON
@option("--unit", is_flag=True, help="unit")
@option("--reason", required=True, help="reason")
@recording(key="key.once")
def retract(
    file: Path,
    project: str,
    indicator: str,
    of: str,
    unit: bool,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that RESULT, by its key or event id, does not count any more."""
    code, whole = (None, project) if unit else (project, None)
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.retract_result(code, indicator, of, unit=whole, **fields)
        print_recorded([recorded], form)


COMMANDS = (record, disburse, reverse, refund, adjust, transfer, result, retract)
