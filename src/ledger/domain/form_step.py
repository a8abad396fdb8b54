"""A revision of the indicators of a form, and the day from which it holds."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ledger.domain.approval_events import FormRevised
from ledger.domain.indicator import IndicatorLabel


class FormStep(NamedTuple):
    """
    A revision of a form's indicators, and the day from which it holds.

    Attributes:
        added: What the indicator that it adds is kept under, if it adds one.

        back: Whether that was there before, and was removed.
    """

    since: date
    event: FormRevised
    added: IndicatorLabel | None = None
    back: bool = False

    def measured(
        self, labels: Mapping[IndicatorLabel, IndicatorLabel]
    ) -> IndicatorLabel | None:
        """Return what is kept of which it says the measure again, if it does."""
        label = self.event.indicator
        if label is not None and self.event.measure is not None:
            return labels.get(label, label)
        return self.added if self.back else None


def since_of_step(step: FormStep) -> date:
    """Return the day from which a step holds, to sort by."""
    return step.since
