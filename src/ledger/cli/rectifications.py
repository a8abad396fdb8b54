"""Commands that record what is to be put right."""

from typing import Any

from ledger.app.ledger import Ledger
from ledger.cli.help import argument, option
from ledger.cli.options import (
    ABOUT,
    FILE,
    OF_UNIT,
    ON_SAID,
    PROJECT,
    Day,
    RecordedEvents,
    command,
    of_unit,
    records,
)


@command()
@FILE
@PROJECT
@argument("number")
@argument("requirement")
@option("--due", type=Day(), required=True, help="due")
@ON_SAID
@ABOUT
@OF_UNIT
@records(key="key")
def order_rectification(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record that REQUIREMENT is to be put right."""
    return ledger.order_rectification(**of_unit(project, unit=unit), **fields)


@command()
@FILE
@PROJECT
@argument("number")
@argument("text")
@ON_SAID
@ABOUT
@OF_UNIT
@records(key="key")
def report_rectification(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record what was done about the order NUMBER."""
    return ledger.report_rectification(**of_unit(project, unit=unit), **fields)


@command()
@FILE
@PROJECT
@argument("number")
@ON_SAID
@ABOUT
@OF_UNIT
@option("--reason", help="reason")
@records(key="key")
def close_rectification(
    ledger: Ledger, project: str, unit: bool, **fields: Any
) -> RecordedEvents:
    """Record that the order NUMBER is put right."""
    return ledger.close_rectification(**of_unit(project, unit=unit), **fields)


COMMANDS = (order_rectification, report_rectification, close_rectification)
