"""What people state of a month or a year, as facts: one function for each."""

from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.app.stated_amounts import Amounts, fundings
from ledger.domain.about import about_given
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.choice_words import LikelihoodWord, RatingWord, VarianceCategoryWord
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.money import Amount, exact
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.variance import Likelihood, VarianceCategory


def explain_variance(
    ledger: OpenLedger,
    /,
    project: str | None,
    category: VarianceCategory | VarianceCategoryWord,
    text: str,
    *,
    on: DateLike,
    about: str | int | None = None,
    indicator: str | None = None,
    unit: str | None = None,
    remedy: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record why an indicator, or the money where none is named, deviates.

    Args:
        about: The month, as ``2023-06``, or the fiscal year, as ``2023``, that it
            answers for; by default the month of *on*. Given later, it counts from
            the last day of that.

    Raises:
        InvalidInput: The text is blank, or what it is about begins after *on*.
        UnknownIndicator, UnknownProject, UnknownUnit: As their names say.
    """
    event = VarianceExplained(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        indicator=_asked(indicator),
        category=category,
        text=text,
        remedy=remedy,
    )
    return ledger.append(event, **envelope)[0]


def state_outlook(
    ledger: OpenLedger,
    /,
    project: str | None,
    amount: Amounts | None = None,
    *,
    on: DateLike,
    about: str | int | None = None,
    indicator: str | None = None,
    unit: str | None = None,
    value: Amount | None = None,
    text: str | None = None,
    likelihood: Likelihood | LikelihoodWord | None = None,
    reason: str | None = None,
    as_planned: bool = False,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record what a person says that the year will end with (全年预计).

    It is about the money of a project, or about an *indicator*.

    Args:
        amount: What will have been disbursed, in all or by funding source.

        about: The month or the fiscal year in whose form it stands; by default the
            month of *on*.

        value: What a numeric indicator will come to; else say it in a *text*.

        likelihood: Whether the target will be reached. It may be all that is said: then
            what the indicator will come to is still asked for.

        reason: Why more is disbursed than the budget has; else a remark.

        as_planned: Confirm what is left out: the budget will be spent, or the target
            be reached for certain.

    Raises:
        InvalidInput: Less is stated than was disbursed, or more than the budget has and
            no *reason*; or it is both about money and an indicator, or about neither.
        UnknownIndicator, UnknownProject, UnknownUnit: As their names say.
    """
    event = OutlookStated(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        amounts=() if amount is None else fundings(ledger, None, amount),
        indicator=_asked(indicator),
        value=None if value is None else exact(value, field="value"),
        text=text,
        likelihood=likelihood,
        reason=reason,
        as_planned=as_planned,
    )
    return ledger.append(event, **envelope)[0]


def report_score(
    ledger: OpenLedger,
    /,
    project: str | None,
    score: Amount,
    *,
    on: DateLike,
    about: str | int | None = None,
    indicator: str | None = None,
    unit: str | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record a person's score; the computed one is kept too.

    Args:
        about: The month or the fiscal year that is scored, as for an explanation; by
            default the month of *on*.

    Raises:
        InvalidInput: It is not between 0 and the weight, or what it is about begins
            after *on*.
        UnknownIndicator, UnknownProject, UnknownUnit: As their names say.
    """
    event = ScoreReported(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        indicator=_asked(indicator),
        score=exact(score, field="score"),
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def assess_goal(
    ledger: OpenLedger,
    /,
    project: str | None,
    goal: str | int,
    achieved: Rating | RatingWord,
    text: str,
    *,
    on: DateLike,
    about: str | int | None = None,
    unit: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record what became of a goal, for the self-evaluation (年度总体目标).

    Args:
        goal: As the form says it, or its number there, from 1.

        about: The fiscal year, or the month, that is assessed; by default the month of
            *on*.

    Raises:
        InvalidInput: A text is blank, or what it is about begins after *on*.
        UnknownProject, UnknownUnit: As their names say.
    """
    event = GoalAssessed(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        goal=str(goal) if isinstance(goal, int) else goal,
        text=text,
        achieved=achieved,
    )
    return ledger.append(event, **envelope)[0]


def state_conclusion(
    ledger: OpenLedger,
    /,
    project: str | None,
    conclusion: str,
    *,
    on: DateLike,
    about: str | int | None = None,
    unit: str | None = None,
    problems: str | None = None,
    measures: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record what the self-evaluation of a project, or of a unit, concludes.

    Args:
        about: The fiscal year, or the month, that it concludes; by default the month
            of *on*.

        problems: What was found wrong.

        measures: What is done about that.

    Raises:
        InvalidInput: A text is blank, or what it is about begins after *on*.
        UnknownProject, UnknownUnit: As their names say.
    """
    event = ConclusionStated(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        conclusion=conclusion,
        problems=problems,
        measures=measures,
    )
    return ledger.append(event, **envelope)[0]


def _asked(indicator: str | None) -> IndicatorLabel | None:
    return None if indicator is None else IndicatorLabel(indicator)
