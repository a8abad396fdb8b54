"""Parts of the one line that says what a document is about."""

from ledger.domain.exact_numbers import percent
from ledger.domain.settings import Settings
from ledger.messages import Message, message
from ledger.projections.amounts import Money


def counted(what: str, count: int) -> Message:
    """Return how many there are of *what*: ``projects``, ``units`` and others."""
    return message(f"summary.{what}", count=count)


def money(amounts: Money, settings: Settings) -> tuple[Message | str, ...]:
    """Return the budget of all projects, and how much of it is spent."""
    rate = amounts.exact_rate
    return (
        settings.money(amounts.minor_current),
        "" if rate is None else message("summary.executed", rate=percent(rate)),
    )


def position(at: int) -> Message:
    """Return the position up to which facts count."""
    return message("summary.position", position=at)
