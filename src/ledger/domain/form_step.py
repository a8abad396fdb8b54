"""A revision of the indicators of a form, and the day from which it holds."""

from datetime import date
from typing import NamedTuple

from ledger.domain.approval_events import FormRevised
from ledger.domain.indicator import IndicatorLabel


class FormStep(NamedTuple):
    """
    A revision of a form's indicators, and the day from which it holds.

    Attributes:
        added: What the indicator that it adds is kept under, if it adds one.
    """

    since: date
    event: FormRevised
    added: IndicatorLabel | None = None


def since_of_step(step: FormStep) -> date:
    """Return the day from which a step holds, to sort by."""
    return step.since
