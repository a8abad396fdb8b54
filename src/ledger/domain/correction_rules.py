"""What the rules allow of the correction of an adjustment."""

from typing import Final

from attrs import evolve as replace

from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.characters import check_filled
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted
from ledger.domain.money_guards import check_available, check_open
from ledger.domain.refusals import AlreadyCorrected
from ledger.domain.settings import Settings
from ledger.messages import message, named

_COMPUTED: Final = "kind", "amounts", "adjusted_on", "document", "version"
_RIGHT: Final = message("expected.of_the_adjustment")


def of_adjustment(
    event: AdjustmentCorrected, adjusted: BudgetAdjusted, version: int, of: str
) -> AdjustmentCorrected:
    """
    Return a correction with what it says of its adjustment.

    Args:
        version, of: Of that one, in its stream, and its event id.

    Raises:
        InvalidInput: The request says something else of it.
    """
    made = replace(
        event,
        of=of,
        kind=adjusted.kind,
        amounts=adjusted.amounts,
        adjusted_on=adjusted.on,
        document=adjusted.document,
        version=version,
    )
    for name in _COMPUTED:
        given = getattr(event, name)
        if given and given != getattr(made, name):
            raise InvalidInput(name, message("found.another"), _RIGHT)
    return made


def of_none(event: AdjustmentCorrected) -> AdjustmentCorrected:
    """Return a correction whose adjustment is none: the rules refuse it."""
    return replace(event, kind=None, adjusted_on=None)


def is_of_adjustment(
    event: AdjustmentCorrected, recorded: RecordedEvent | None
) -> bool:
    """Return whether a correction says what a recorded adjustment does."""
    if recorded is None or not isinstance(recorded.event, BudgetAdjusted):
        return False
    of = recorded.event, recorded.version, recorded.id
    try:
        return of_adjustment(event, *of) == event
    except InvalidInput:
        return False


def decide_correction(
    budget: Budget, event: AdjustmentCorrected, settings: Settings
) -> AdjustmentCorrected:
    """
    Take back what an adjustment gave, or give again what it took, once.

    What it gave must be there still on every day from the correction on.
    """
    check_open(budget, event.project, event.on, settings)
    check_filled("reason", event.reason, LONGEST_TEXT)
    kind, since = event.kind, event.adjusted_on
    if kind is None or since is None:
        raise InvalidInput(
            named("of.adjustment"), event.of, message("expected.adjustment")
        )
    if kind.is_carry:
        found = message("found.adjustment", kind=kind, on=since)
        raise InvalidInput(
            named("of.adjustment"), found, message("expected.carry_to_return")
        )
    corrected = budget.corrections.get(event.of)
    if corrected is not None:
        raise AlreadyCorrected(event.project, event.of, corrected.on)
    if event.on < since:
        right = message("expected.day_from_adjustment", since=since)
        raise InvalidInput("on", event.on, right)
    for part in event.amounts if kind.sign > 0 else ():
        source, amount = part.source, part.amount
        verb = message("found.take_by_correction", kind=kind)
        check_available(budget, source, amount, event.on, verb, settings)
    return event
