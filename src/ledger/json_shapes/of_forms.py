"""The shapes of the official forms in JSON."""

from typing import TypedDict

from ledger.json_shapes.of_reports import (
    FindingJson,
    IndicatorJson,
    ReportHeadJson,
    SourceJson,
    VarianceJson,
)


class FormMoneyJson(SourceJson):
    """A row of money on an official form: at the pace so far, and as stated."""

    forecast: str | None
    stated: str | None


class PointsJson(TypedDict):
    """Points of an indicator or of execution, computed and as a person gave them."""

    possible: str | None
    computed: str | None
    reported: str | None
    difference: str | None
    reason: str | None
    score: str | None


class FormJson(TypedDict):
    """An official form: its project or unit, its money by row, and why it deviates."""

    code: str
    name: str
    unit: str
    authority: str
    authority_code: str
    goals: list[str]
    money: dict[str, FormMoneyJson | None]
    explanation: VarianceJson | None


class MoneyOutlookJson(TypedDict):
    """When a person said what the year ends with, and about what."""

    on: str
    about: str
    reason: str | None


class OutlookJson(MoneyOutlookJson):
    """What a person said that an indicator comes to."""

    value: str | None
    text: str | None


class MonitoredIndicatorJson(IndicatorJson):
    """An indicator with its outlook, and whether its target will be reached."""

    outlook: OutlookJson | None
    likelihood: str | None


class MonitoredJson(FormJson):
    """The monitoring of one project."""

    outlook: MoneyOutlookJson | None
    at_plan: str | None
    indicators: list[MonitoredIndicatorJson]


class EvaluatedIndicatorJson(IndicatorJson):
    """An indicator with its points."""

    points: PointsJson


class ConclusionJson(TypedDict):
    """What a person concluded of a year."""

    on: str
    about: str | None
    conclusion: str
    problems: str | None
    measures: str | None


class GoalJson(TypedDict):
    """A goal, and what a person said became of it."""

    goal: str
    on: str | None
    about: str | None
    text: str | None
    achieved: str | None


class EvaluatedJson(FormJson):
    """The self-evaluation of one project or unit."""

    execution: PointsJson
    conclusion: ConclusionJson | None
    achieved: list[GoalJson]
    indicators: list[EvaluatedIndicatorJson]
    total: str | None
    grade: str | None


class FormsHeadJson(ReportHeadJson):
    """What official forms were made from."""

    fiscal_year: int
    origin: str


class MonitoringJson(FormsHeadJson):
    """The monitoring of a month."""

    projects: list[MonitoredJson]
    units: list[MonitoredJson]
    findings: list[FindingJson]


class SelfEvaluationJson(FormsHeadJson):
    """The self-evaluation of a year."""

    projects: list[EvaluatedJson]
    units: list[EvaluatedJson]
    findings: list[FindingJson]
