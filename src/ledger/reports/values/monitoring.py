"""The monitoring of a month (绩效运行监控) as values: money, indicators, outlook."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import summed
from ledger.domain.finding import Finding, spoken
from ledger.domain.results import VarianceExplanation
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.settings import Settings
from ledger.domain.statement_events import OutlookStated
from ledger.messages import Language, Message, message
from ledger.projections.execution_total import ExecutionTotal
from ledger.reports.values.official_form import (
    TOTAL,
    FormCase,
    FormSubject,
    MoneyRow,
    overdue_results,
    summed_rows,
    unexplained,
    without_goals,
)
from ledger.reports.values.outlooks import (
    MonitoredIndicator,
    unstated,
    with_outlooks,
)
from ledger.reports.values.part import WHOLE, ReportPart


@all_checked
@frozen(kw_only=True)
class MonitoredProject:
    """
    The monitoring of one project, or of a unit as a whole.

    Attributes:
        execution: Its money; for a unit the sum of its projects.

        rows: The money by row of the form, each with its forecast.

        explanation: Why the money deviates.

        outlook: What a person says of the money at the end of the year.

        stated: The same by source, in minor units; of a unit the sum of its projects.

        at_plan: What the plan ends at.
    """

    subject: FormSubject
    execution: ExecutionTotal
    rows: dict[str, MoneyRow]
    explanation: VarianceExplanation | None
    outlook: OutlookStated | None
    stated: Mapping[str, int] | None
    at_plan: Decimal | None
    indicators: Sequence[MonitoredIndicator]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, case: FormCase, language: Language) -> "MonitoredProject":
        """Put a project's money, indicators and findings together."""
        return cls(
            subject=case.subject,
            execution=case.line,
            rows=case.rows,
            explanation=case.explanation,
            outlook=case.outlooks.get(None),
            stated=case.stated,
            at_plan=case.at_plan,
            indicators=with_outlooks(case),
            findings=spoken(
                [
                    *without_goals(case),
                    *overdue_results(case),
                    *unexplained(case),
                    *unstated(case),
                ],
                language,
            ),
        )

    @property
    def adjusted_by(self) -> Decimal:
        """What adjustments added to the budget first approved; negative = took."""
        line = self.execution
        return line.currency.major(line.minor_current - line.minor_original)


@frozen(kw_only=True)
class MonitoringValues:
    """
    The monitoring of all projects, and of the units that have objectives.

    Attributes:
        fiscal_year: The year that *through* lies in.

        projects: In order of code.

        position, root: Facts recorded up to there are in it.

        selection: The unit or the project that it is of, where it is of one.

        part: The same, with its name.
    """

    fiscal_year: int
    through: date
    known_at: str | None
    position: int
    root: str
    origin: str
    settings: Settings
    projects: Sequence[MonitoredProject]
    units: Sequence[MonitoredProject]
    selection: Selection = EVERYTHING
    part: ReportPart = WHOLE

    @property
    def months(self) -> Message:
        """The months that it covers, as the form prints them: ``1-6月``."""
        return months_through(self.through, self.settings)

    @property
    def quarter(self) -> int:
        """
        The quarter of the fiscal year that ends with the month.

        Raises:
            InvalidInput: None does.
        """
        ends = self.settings.year(self.fiscal_year).month_ends()[2::3]
        if self.through not in ends:
            expected = message("expected.any_of", names=[f"{end}" for end in ends])
            raise InvalidInput("quarter", self.through, expected)
        return ends.index(self.through) + 1

    @property
    def totals(self) -> MoneyRow:
        """The sums of all projects; a forecast is of those that have one."""
        rows = (one.rows[TOTAL] for one in self.projects)
        return summed_rows(rows, self.settings.currency)

    @property
    def at_plan(self) -> Decimal:
        """The sum of what the plans of all projects end at, of those that have one."""
        return summed(one.at_plan for one in self.projects if one.at_plan is not None)

    @property
    def findings(self) -> list[Finding]:
        """What deviates without an explanation, and what nobody said of the year."""
        return [f for one in (*self.units, *self.projects) for f in one.findings]


def months_through(through: date, settings: Settings) -> Message:
    """Return the months of a fiscal year up to a day, as forms print them."""
    first, last = settings.first_month, int(settings.month_of(through)[-2:])
    names = [message(f"month.{month}") for month in (first, last)]
    if first == last:
        return names[0]
    return message("official.months", number=first, first=names[0], last=names[1])
