"""The shapes of the JSON of those who check: explanations, differences, proofs."""

from typing import TypedDict

from ledger.domain.choice_words import SeverityKey
from ledger.json_shapes.of_reports import MessageJson, ReceiptJson


class BasisJson(TypedDict):
    """An event that a figure rests on, or why it was left out."""

    position: int
    type: str
    on: str
    recorded_at: str
    actor: str
    says: str
    amount: str | None
    document: str | None
    left_out: str | None


class ExplanationJson(TypedDict):
    """Where a figure comes from; the figures in its formula are terms."""

    figure: str
    value: str | None
    formula: str
    notes: list[str]
    events: list[BasisJson]
    terms: list["ExplanationJson"]


class CauseJson(TypedDict):
    """An event that changed a figure."""

    position: int
    type: str
    on: str
    recorded_at: str
    actor: str
    document: str | None
    why: str


class DifferingFigureJson(TypedDict):
    """A figure that is not as it was issued, with the events that changed it."""

    path: str
    issued: str | int | bool | MessageJson | None
    computed: str | int | bool | MessageJson | None
    positions: list[int]


class DifferenceJson(DifferingFigureJson):
    """A figure that changed, and by what."""

    causes: list[CauseJson]


class DifferencesJson(TypedDict):
    """The figures about a day that changed between two positions."""

    through: str
    earlier: int
    later: int
    figures: list[DifferenceJson]


class ReportCheckJson(TypedDict):
    """An issued report compared with the log."""

    ok: bool
    receipt: ReceiptJson
    problems: list[str]
    altered: list[DifferingFigureJson]
    restated: list[DifferenceJson]
    others: list[str]


class CheckJson(TypedDict):
    """What one check came to."""

    number: int
    check: str
    examined: int
    wrong: int


class CheckFindingJson(TypedDict):
    """What a check found."""

    code: str
    severity: SeverityKey
    place: str
    message: str


class VerificationJson(TypedDict):
    """Whether a log is whole, unchanged and by the rules."""

    ok: bool
    events: int
    root: str
    first_wrong: int | None
    checks: list[CheckJson]
    findings: list[CheckFindingJson]


class ProofJson(TypedDict):
    """The file that proves that a line is in a log."""

    format: str
    line: str
    path: list[str]
    checkpoint: str


class ConsistencyJson(TypedDict):
    """The file that proves that a later checkpoint extends an earlier one."""

    format: str
    old: str
    path: list[str]
    checkpoint: str
