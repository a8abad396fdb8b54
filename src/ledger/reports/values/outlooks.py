"""What a person says that the year ends with, and what of that nobody has said."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from ledger.domain.finding import Finding, finding
from ledger.domain.statement_events import OutlookStated
from ledger.domain.variance import Likelihood
from ledger.messages import message
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.official_form import FormCase


@frozen
class MonitoredIndicator:
    """
    An indicator of a monitoring.

    Attributes:
        outlook: What a person says that it will come to.
    """

    line: AttainmentLine
    outlook: OutlookStated | None

    @property
    def likelihood(self) -> Likelihood | None:
        """Whether the target will be reached: by what cannot be undone, else stated."""
        decided = self.line.settled
        if decided is not None or self.outlook is None:
            return decided
        return self.outlook.likelihood


def with_outlooks(case: FormCase) -> Sequence[MonitoredIndicator]:
    """Return the indicators of a form, each with its outlook."""
    outlooks = case.outlooks
    return [
        MonitoredIndicator(line, outlooks.get(line.indicator))
        for line in case.indicators
    ]


def unstated(case: FormCase) -> Iterable[Finding]:
    """Yield what nobody said of the end of the year, of the money and indicators."""
    line, code = case.line, case.subject.code
    expected = message("expected.outlook")
    if isinstance(line, ExecutionLine) and case.stated is None:
        outlook = case.outlooks.get(None)
        if outlook is None:
            yield finding("outlook.money_missing", place=code, expected=expected)
        else:
            minor = sum(part.amount for part in outlook.amounts)
            yield finding(
                "outlook.outdated",
                place=code,
                found=str(line.currency.major(minor)),
                expected=expected,
                stated=line.currency.major(minor),
                spent=line.disbursed,
            )
    for indicator in case.indicators:
        label = indicator.indicator
        said = case.outlooks.get(label)
        if said is None:
            yield finding("outlook.missing", place=(code, label), expected=expected)
        elif said.value is None and said.text is None:
            place = code, label
            yield finding("outlook.value_missing", place=place, expected=expected)
