"""The command that sets how figures are judged."""

from datetime import date
from typing import Any

from ledger.app.ledger import Ledger
from ledger.cli.help import argument
from ledger.cli.options import FILE, ON, RecordedEvents, command, records
from ledger.intake.stated_terms import both_stated


@command("set-policy")
@FILE
@argument("stated", nargs=-1, metavar="NAME=VALUE")
@ON
@records(key="key.once")
def set_policy(
    ledger: Ledger, stated: tuple[str, ...], on: date, **envelope: Any
) -> RecordedEvents:
    """Record by what figures are judged from a day on, as a whole."""
    policy, scoring = both_stated(stated)
    return ledger.set_policy(policy, on=on, scoring=scoring, **envelope)


COMMANDS = (set_policy,)
"""The command that sets how figures are judged."""
