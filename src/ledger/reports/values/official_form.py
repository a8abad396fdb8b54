"""What the official forms share: whose form it is, its money, its explanations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve as replace
from attrs import frozen

from ledger.domain.about import AskedPeriod
from ledger.domain.codes import is_within
from ledger.domain.events import ObjectivesSet
from ledger.domain.exact_numbers import percent, summed
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import OFFICIAL_ROWS, official_row
from ledger.domain.goals import goals_of
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.money import Currency
from ledger.domain.results import Indicators, VarianceExplanation
from ledger.domain.statement_events import ConclusionStated, GoalAssessed, OutlookStated
from ledger.domain.status import Status, badness
from ledger.messages import Message, message
from ledger.projections.amounts import Money, no_money
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.forecast import at_pace, forecast

TOTAL: Final = "total"
BASIC: Final = "basic"
"""The row of 基本支出: the money of personnel and operation."""

PROJECTS: Final = "project"
"""The row of 项目支出: the money of all other projects."""

UNIT_ROWS: Final = (BASIC, PROJECTS)
"""The rows of a unit's money that are no sources."""


@frozen(kw_only=True)
class FormSubject:
    """
    Whose form it is.

    Attributes:
        code: Of the project, or of the unit.

        unit: The name of the unit that spends (实施单位), or its code.

        authority: The name of the unit above that answers for it (主管部门).

        authority_code: The code of that unit.

        goals: As approved, one text each.
    """

    code: str
    name: str
    unit: str
    authority: str
    authority_code: str
    goals: tuple[str, ...]


@frozen
class GoalLine:
    """
    A goal of a form.

    Attributes:
        assessed: What a person says became of it.
    """

    goal: str
    assessed: GoalAssessed | None


@frozen
class MoneyRow:
    """
    A row of a form's money.

    Attributes:
        forecast: By the year's end at the pace so far; ``None`` before the year begins.

        stated: What a person says of that; ``None`` where nobody did of all of it.

        exists: Whether there is a source that it holds; without one it is blank: in
            forms, ``None`` in JSON and in rows for data frames.
    """

    money: Money
    forecast: Decimal | None
    exists: bool = True
    stated: Decimal | None = None


@frozen(kw_only=True)
class FormCase:
    """
    What a form is made from: a project or a unit at a date.

    Attributes:
        line: Its money, or that of its projects.

        indicators: Its own.

        explanation: Of its money.

        parts: The money of a unit by row of its form, each of ``UNIT_ROWS``; ``None``
            where it has no project of that kind.

        goals: Each with what became of it.

        outlooks: What a person says that the year ends with, by indicator; of the money
            under ``None``.

        stated: The same of the money by source, in minor units, where it holds what is
            spent; of a unit the sum of its projects.

        parts_stated: Of a unit the same by row of its form.

        at_plan: What its plan, or all of them, end at.

        asked: What people answer for in the form, the first choice first.

        before: Returns the status of an indicator, or of the money, in the month before
            that was explained last; ``None`` where there is none.

        conclusion: What a person concluded.

        is_basic: Of a project: whether its money is of 基本支出.
    """

    subject: FormSubject
    line: ExecutionTotal
    state: Indicators
    indicators: Sequence[AttainmentLine]
    explanation: VarianceExplanation | None
    asked: tuple[AskedPeriod, ...]
    before: Callable[[IndicatorLabel | None], Status | None]
    conclusion: ConclusionStated | None = None
    is_basic: bool = False
    goals: tuple[GoalLine, ...] = ()
    outlooks: Mapping[IndicatorLabel | None, OutlookStated] = {}
    stated: Mapping[str, int] | None = None
    parts_stated: Mapping[str, Decimal | None] = {}
    at_plan: Decimal | None = None
    parts: Mapping[str, ExecutionTotal | None] = {}

    @property
    def rows(self) -> dict[str, MoneyRow]:
        """The rows of its money: in all, by source, and of a unit by part."""
        nothing = MoneyRow(no_money(self.line.currency), None, exists=False)
        parts = {
            name: nothing
            if part is None
            else MoneyRow(part, forecast(part), stated=self.parts_stated.get(name))
            for name, part in self.parts.items()
        }
        return {**money_rows(self.line, stated=self.stated), **parts}


def project_subject(
    line: ExecutionLine, goals: tuple[str, ...], units: Mapping[str, str]
) -> FormSubject:
    """
    Say whose form a project's is.

    Args:
        goals: Of its approval, if there is one.

        units: Names by code of the units that have set objectives; the nearest one
            above the project's unit is its authority, else the unit itself.
    """
    unit = line.unit_name or line.unit
    above = [code for code in units if is_within(line.unit, code)]
    authority = max(above, key=len) if above else line.unit
    return FormSubject(
        code=line.project,
        name=line.name,
        unit=unit,
        authority=units.get(authority, unit),
        authority_code=authority,
        goals=goals,
    )


def unit_subject(objectives: ObjectivesSet) -> FormSubject:
    """Say whose form a unit's own is."""
    return FormSubject(
        code=objectives.unit,
        name=objectives.name,
        unit=objectives.name,
        authority=objectives.name,
        authority_code=objectives.unit,
        goals=goals_of(objectives),
    )


def money_rows(
    line: ExecutionTotal,
    sources: Mapping[str, tuple[str, ...]] = OFFICIAL_ROWS,
    stated: Mapping[str, int] | None = None,
) -> dict[str, MoneyRow]:
    """
    Return the rows of a form's money by name: ``total``, and one for each of *sources*.

    Each source counts in the row that names it or one above it, else in that of the
    others.

    Args:
        stated: What will have been spent by the year's end, by source, in minor units.
    """
    nothing = no_money(line.currency)
    zero = None if forecast(line) is None else line.currency.major(0)
    rows = {name: MoneyRow(nothing, zero, exists=False) for name in sources}
    for source, part in line.by_path.items():
        name = official_row(source, sources)
        row, ahead = rows[name], at_pace(part, line.elapsed)
        known = [part for part in (row.forecast, ahead) if part is not None]
        both = summed(known) if len(known) == 2 else None
        rows[name] = MoneyRow(row.money.plus(part), both)
    rows = {TOTAL: MoneyRow(line, forecast(line)), **rows}
    if stated is None:
        return rows
    sums = dict.fromkeys(rows, 0)
    for source, amount in stated.items():
        for name in (TOTAL, official_row(source, sources)):
            sums[name] += amount
    return {
        name: replace(row, stated=line.currency.major(sums[name]))
        if row.exists
        else row
        for name, row in rows.items()
    }


def summed_rows(rows: Iterable[MoneyRow], currency: Currency) -> MoneyRow:
    """
    Return the sum of rows; its forecast is that of those that have one.

    Something is stated of it where something is of each of them.
    """
    money, forecasts, stated = no_money(currency), [], []
    for row in rows:
        money = money.plus(row.money)
        stated.append(row.stated)
        if row.forecast is not None:
            forecasts.append(row.forecast)
    known = [amount for amount in stated if amount is not None]
    whole = summed(known) if known and len(known) == len(stated) else None
    return MoneyRow(money, summed(forecasts), stated=whole)


def unanswered(case: FormCase) -> Iterable[Finding]:
    """Yield what a person has not said of a year: of goals, and of what deviates."""
    yield from without_goals(case)
    yield from _unassessed(case)
    yield from unexplained(case)


def without_goals(case: FormCase) -> Iterable[Finding]:
    """Yield that a form has no goals: it may not be handed in with a blank cell."""
    if not case.goals:
        expected = message("expected.goals")
        yield finding("goal.missing", place=case.subject.code, expected=expected)


def _unassessed(case: FormCase) -> Iterable[Finding]:
    """Yield the goals of which nobody said what became of them."""
    expected = message("expected.assessment")
    for number, line in enumerate(case.goals, start=1):
        if line.assessed is None:
            yield finding(
                "goal.unassessed",
                place=case.subject.code,
                found=line.goal,
                expected=expected,
                number=number,
                goal=line.goal,
            )


def unexplained(case: FormCase) -> Iterable[Finding]:
    """
    Yield what deviates and has no explanation; 财预〔2020〕10号 asks for one of each.

    That is an indicator at risk, behind, missed, or exceeded, and money that is behind.
    """
    line, code = case.line, case.subject.code
    if isinstance(line, ExecutionLine) and _asks_why(
        case, line.status, case.explanation
    ):
        status = status_word(line.status)
        what = message("found.money_is", status=status, rate=_rate(line))
        yield _unexplained(what, status, code)
    for indicator in case.indicators:
        label = indicator.indicator
        why = indicator.explanation
        if _asks_why(case, indicator.status, why, label):
            status = status_word(indicator.status)
            what = message("found.target_is", target=indicator.target, status=status)
            yield _unexplained(what, status, code, label)


def overdue_results(case: FormCase) -> Iterable[Finding]:
    """Yield the results that were due and did not come."""
    for line in case.indicators:
        if line.status is Status.OVERDUE:
            yield finding(
                "result.overdue",
                place=(case.subject.code, line.indicator),
                found=line.target,
                expected=message("expected.result_due"),
                on=line.due_on,
                after=line.due_after,
            )


def _asks_why(
    case: FormCase,
    status: Status,
    why: VarianceExplanation | None,
    label: IndicatorLabel | None = None,
) -> bool:
    """
    Return whether something, or the money where no label is given, is to be explained.

    An explanation of an earlier month still answers where things are better since.
    """
    if not status.row.asks_why or why is not None:
        return False
    before = case.before(label)
    return before is None or badness(status) >= badness(before)


def status_word(status: Status) -> Message:
    """Return the word that reports have for a status."""
    return message(f"word.{status.value}")


def _unexplained(what: Message, status: Message, *place: str) -> Finding:
    return finding(
        "variance.unexplained",
        place=place,
        found=status,
        expected=message("expected.explanation_of_variance"),
        what=what,
    )


def _rate(line: ExecutionTotal) -> Message:
    rate = line.exact_rate
    if rate is None:
        return message("found.no_budget")
    return message("found.rate_of_budget", rate=percent(rate))
