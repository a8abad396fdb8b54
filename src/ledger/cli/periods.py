"""Commands that close periods, open them again and list what is closed."""

from datetime import date
from pathlib import Path
from typing import Any

from ledger.app.ledger import Ledger
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    Day,
    Input,
    RecordedEvents,
    command,
    opened,
    print_recorded,
    recording,
    records,
)
from ledger.store.signing import PrivateKey


@command("close-period")
@FILE
@option("--through", type=Day(), required=True, help="through.closed")
@option("--unit", help="unit.period")
@option("--year-end", is_flag=True, help="year_end")
@option("--signing-key", "key_file", type=Input(dir_okay=False), help="key.private")
@recording(key="key.once")
def close_period(
    file: Path,
    through: date,
    key_file: Path | None,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that the figures of all days up to one are final; seal the log."""
    signed_by = None if key_file is None else PrivateKey.read(key_file)
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.close_period(through, signed_by=signed_by, **fields)
        print_recorded(recorded, form)


@command("reopen-period")
@FILE
@argument("since", type=Day())
@argument("through", type=Day())
@option("--until", type=Day(), required=True, help="until.recorded")
@option("--reason", required=True, help="reason")
@option("--unit", help="unit.period")
@option("--for-actor", help="for_actor")
@records(key="key.once")
def reopen_period(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record that facts of closed days are taken again for a while."""
    return ledger.reopen_period(**fields)


COMMANDS = (close_period, reopen_period)
