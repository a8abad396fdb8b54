"""The facts that people state of a month or a year, in the past tense."""

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from ledger.domain.about import about_given
from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.given_fields import achieved_given, category_given, likelihood_given
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.stored_fields import SPARSE
from ledger.domain.subject import about_one
from ledger.domain.variance import Likelihood, VarianceCategory


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class VarianceExplained:
    """
    Somebody explained why an indicator, or the money, deviates.

    Attributes:
        on: At most the last day of what it is about.

        about: The month, such as ``2023-06``, or the fiscal year, such as ``2023``,
            that it answers for; ``None`` is the month of *on*.

        indicator: Absent where it is the money.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    indicator: IndicatorLabel | None = None
    category: VarianceCategory = field(converter=category_given)
    text: str
    remedy: str | None = None


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class OutlookStated:
    """
    What a person says that the year will end with (全年预计), and how likely it is.

    Attributes:
        on: At most the last day of what it is about.

        about: The month or the fiscal year in whose form it stands; ``None`` is the
            month of *on*.

        amounts: What the project will have disbursed, by funding source; one that is
            not named will have disbursed nothing.

        indicator: What else it is about; absent where it is the money.

        value: What a numeric indicator will come to; else it is a *text*.

        likelihood: Whether the target of the indicator will be reached.

        reason: Why more will be disbursed than the budget has; else a remark.

        as_planned: Whether what is left out is as planned: the budget, or the target,
            reached for certain.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    amounts: tuple[Funding, ...] = ()
    indicator: IndicatorLabel | None = None
    value: Decimal | None = None
    text: str | None = None
    likelihood: Likelihood | None = field(default=None, converter=likelihood_given)
    reason: str | None = None
    as_planned: bool = field(default=False, metadata=SPARSE)


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class ScoreReported:
    """
    A person's score for an indicator, or for execution where none is named.

    It is shown next to the computed score; neither overwrites the other.

    Attributes:
        on: At most the last day of what it is about.

        about: The month or the fiscal year that was scored; ``None`` is the month of
            *on*.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    indicator: IndicatorLabel | None = None
    score: Decimal
    reason: str | None = None


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class GoalAssessed:
    """
    What became of a goal of a project, or of a unit (年度总体目标, 实际完成情况).

    Attributes:
        on: At most the last day of what it is about.

        about: The fiscal year or the month that it assesses; ``None`` is the month of
            *on*.

        goal: As the form says it, or its number there, from 1.

        achieved: Whether it was achieved.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    goal: str
    text: str
    achieved: Rating = field(converter=achieved_given)


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class ConclusionStated:
    """
    What a self-evaluation concludes (评价结论), of a project or of a unit.

    Attributes:
        on: At most the last day of what it is about.

        about: The fiscal year or the month that it concludes; ``None`` is the month of
            *on*.

        problems: What was found wrong (存在问题).

        measures: What is done about that (改进措施).
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    conclusion: str
    problems: str | None = None
    measures: str | None = None
