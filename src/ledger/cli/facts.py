"""Commands that record facts."""

from pathlib import Path
from typing import Any, Final

from ledger.app.ledger import Ledger
from ledger.cli.choices import Between, LayoutOf, MemberOf
from ledger.cli.documents import show_review
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    OF_UNIT,
    ON,
    PROJECT,
    Day,
    Input,
    Output,
    RecordedEvents,
    command,
    of_unit,
    one_of,
    opened,
    print_recorded,
    recording,
    records,
)
from ledger.cli.printing import misused, say, say_json
from ledger.cli.progress import progress_bar
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.evidence import Evidence
from ledger.domain.indicator import Rating
from ledger.domain.spending_exception import SpendingException
from ledger.intake import bulk
from ledger.layouts.shipped import LAYOUTS
from ledger.messages import message
from ledger.reports.render import json as as_json

_LEGS: Final = [kind for kind in AdjustmentKind if kind.is_virement or kind.is_carry]


@command()
@FILE
@argument("events", type=Input())
@option("--batch", type=Between(1, 10**9), metavar="N", help="batch")
@option("--again", is_flag=True, help="again")
@option("--mapping", type=Input(), help="mapping")
@option("--layout", type=LayoutOf(list(LAYOUTS), words="layout"), help="layout.record")
@option("--check", is_flag=True, help="check.record")
@option("--out", type=Output(dir_okay=False), help="out.check")
@recording(key=None)
def record(
    file: Path,
    events: Path,
    batch: int | None,
    again: bool,
    mapping: Path | None,
    layout: str | None,
    check: bool,
    out: Path | None,
    actor: str | None,
    form: str,
    **envelope: Any,
) -> None:
    """Record EVENTS (JSON Lines, CSV, a template or a form filled in), all or none."""
    if out is not None and not check:
        raise misused("out_check")
    if check:
        given: Any = {"again": again, "mapping": mapping, "layout": layout}
        with opened(file, create=False, read_only=True) as ledger:
            show_review(ledger.review_record(events, **given), form, out)
        return
    with (
        opened(file, actor=actor, create=False) as ledger,
        progress_bar("event", bulk.length(events)) as progress,
    ):
        done = ledger.record(
            events,
            batch=batch,
            again=again,
            mapping=mapping,
            layout=layout,
            progress=progress,
            **envelope,
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
            left_out=done.left_out or None,
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
        print_recorded(recorded, form)


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
@records(key="key")
def reverse(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record that AMOUNT yuan of a disbursement came back."""
    return ledger.reverse_disbursement(**fields)


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
@records(key="key")
def refund(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record that AMOUNT yuan of an earlier year's payment came back."""
    return ledger.refund(**fields)


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
@records(key="key")
def adjust(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record a supplement, a reduction or a recall of AMOUNT yuan."""
    return ledger.adjust_budget(**fields)


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
@records(key="key.once")
def transfer(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record a virement of AMOUNT yuan from one project to another."""
    return ledger.transfer(**fields)


@command()
@FILE
@PROJECT
@argument("indicator")
@argument("value", required=False)
@option("--on", type=Day(), required=True, help="on.result")
@OF_UNIT
@option("--numerator", help="numerator")
@option("--denominator", help="denominator")
@option("--rating", type=MemberOf(Rating), help="rating")
@option("--share", help="share")
@option("--to-date", is_flag=True, help="to_date")
@option("--date", "reached_on", type=Day(), help="date")
@option("--text", help="text")
@option("--evidence", metavar="URI", help="evidence")
@option("--note", help="note")
@option("--parts", help="parts")
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
    about, evidence = of_unit(project, unit=fields.pop("unit")), fields.pop("evidence")
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.report_result(
            **about,
            indicator=indicator,
            value=figure,
            evidence=Evidence(uri=evidence) if evidence else None,
            **fields,
        )
        print_recorded(recorded, form)


@command()
@FILE
@PROJECT
@argument("indicator")
@argument("of", metavar="RESULT")
@ON
@OF_UNIT
@option("--reason", required=True, help="reason")
@records(key="key.once")
def retract(ledger: Ledger, project: str, unit: bool, **fields: Any) -> RecordedEvents:
    """Record that RESULT, by its key or event id, does not count any more."""
    return ledger.retract_result(**of_unit(project, unit=unit), **fields)


COMMANDS = (record, disburse, reverse, refund, adjust, transfer, result, retract)
