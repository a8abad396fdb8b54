"""The shapes of the JSON of reports."""

from typing import NotRequired, TypedDict

from ledger.domain.choice_words import (
    MeasureKey,
    SeverityKey,
    StatusKey,
)
from ledger.json_shapes.of_terms import (
    JudgedByJson,
    PolicyJson,
    ScoringJson,
    SettingsJson,
)


class MessageJson(TypedDict):
    """
    A text as data, the same in every language: a stable code, and its values.

    A value is a text, a number, a text as data, or a list of these.
    """

    code: str
    values: dict[str, "str | int | MessageJson | list[str | int | MessageJson] | None"]


class FindingJson(TypedDict):
    """
    What looks wrong: a stable code, how bad it is, where it stands.

    Its words are in the language of the ledger.
    """

    code: str
    severity: SeverityKey
    place: str
    message: str
    found: str | None
    understood: str | None
    expected: str | None


class VarianceJson(TypedDict):
    """Why a result or spending deviates, as somebody explained it."""

    on: str
    about: str
    category: str
    text: str
    remedy: str | None


class IndicatorJson(TypedDict):
    """An indicator against its target."""

    level1: str
    level2: str
    name: str
    indicator: str
    target: str
    unit: str | None
    measure: MeasureKey
    result: str | None
    results: int
    expected: str | None
    expected_on: str | None
    attainment: str | None
    capped_attainment: str | None
    status: StatusKey
    due: bool
    due_on: str | None
    reason: MessageJson | None
    weight: str | None
    score: str | None
    reported_score: str | None
    explanation: VarianceJson | None


class BudgetPartsJson(TypedDict):
    """The original budget, what changed it, and what it came to."""

    original_budget: str
    in_year_budget: str
    supplements: str
    virements_in: str
    carried_in: str
    reductions: str
    virements_out: str
    recalls: str
    carry_returned: str
    current_budget: str


class SourceJson(BudgetPartsJson):
    """The amounts of a funding source, of a project or of a sum."""

    new_money: str
    disbursed: str
    reserved: str
    contracted: str
    open: str
    committed: str
    overdue_open: str
    available: str
    free: str
    refunded: str
    carried_over: str
    lapsed: str
    handed_on: str
    withheld: str
    execution_rate: str | None
    commitment_rate: str | None


class TotalJson(SourceJson):
    """The money of a project or of a sum of projects, against plan."""

    planned: str | None
    plan_reason: MessageJson | None
    original_planned: str | None
    plan_rate: str | None
    overdue_commitments: int
    variance: str | None
    time_progress: str
    by_source: dict[str, SourceJson]


class MonthJson(TypedDict):
    """A month of the fiscal year; later months have nothing disbursed yet."""

    month: str
    planned: str | None
    disbursed: str | None
    cumulative_planned: str | None
    cumulative_disbursed: str | None


class ProjectJson(TotalJson):
    """A project of a monthly report."""

    project: str
    name: str
    unit: str
    unit_name: str | None
    fiscal_year: int
    status: StatusKey
    money_status: StatusKey
    calendar_status: StatusKey
    days_overdue: int
    closed_on: str | None
    months: list[MonthJson]
    indicators: list[IndicatorJson]


class UnitJson(TypedDict):
    """A unit of a monthly report, with its own indicators."""

    unit: str
    name: str
    indicators: list[IndicatorJson]


class ReceiptJson(TypedDict):
    """
    What a report was made from, and SHA-256 over its other keys.

    Attributes:
        unit, project: In the report of a part alone.
    """

    origin: str
    position: int
    root: str
    digest: str
    unit: NotRequired[str]
    project: NotRequired[str]


class ReopenedPeriodJson(TypedDict):
    """Closed days of which facts were taken again."""

    since: str
    through: str
    until: str
    for_actor: str | None
    reason: str


class ClosedPeriodJson(TypedDict):
    """What is closed, of all units or of one, and what was reopened of it."""

    unit: str | None
    through: str
    recorded_at: str
    actor: str
    year_end: bool
    reopened: list[ReopenedPeriodJson]


class ReportHeadJson(TypedDict):
    """What identifies the record that a document was made from."""

    through: str
    known_at: str | None
    position: int
    root: str
    currency: str


class MonthlyFiguresJson(ReportHeadJson):
    """A monthly report without its receipt."""

    month: str
    title: str
    settings: SettingsJson
    policy: PolicyJson
    scoring: ScoringJson
    judged_by: JudgedByJson
    closed: list[ClosedPeriodJson]
    totals: TotalJson
    projects: list[ProjectJson]
    units: list[UnitJson]
    findings: list[FindingJson]


class MonthlyReportJson(MonthlyFiguresJson):
    """A monthly report; projects are worst first."""

    receipt: ReceiptJson


class UnitTotalJson(TotalJson):
    """The projects of a unit together."""

    unit: str
    unit_name: str | None
    projects: int
    statuses: dict[StatusKey, int]


class GroupJson(TypedDict):
    """The indicators of a level 1 together."""

    group: str
    indicators: int
    statuses: dict[StatusKey, int]
    scored: int
    score: str
    possible_score: str
    score_rate: str | None


class RankedJson(TypedDict):
    """A project in a ranking."""

    rank: int
    project: str
    name: str
    unit: str
    unit_name: str | None
    execution_rate: str | None
    variance: str


class PortfolioJson(ReportHeadJson):
    """All projects of a month together; rankings are by the key of their figure."""

    month: str
    title: str
    totals: TotalJson
    by_unit: list[UnitTotalJson]
    by_source: dict[str, SourceJson]
    by_level1: list[GroupJson]
    ranking: dict[str, list[RankedJson]]
    months: list[MonthJson]
    moves: list[FindingJson]


class RecordedJson(TypedDict):
    """What became of a bulk file."""

    new: int
    already: int
    left_out: int
    position: int
    undone: list[str]


class WouldRecordJson(TypedDict):
    """An event that an import would record, in English."""

    type: str
    subject: str
    on: str
    summary: str


class ReviewJson(TypedDict):
    """What an import would do."""

    would_record: list[WouldRecordJson]
    findings: list[FindingJson]
