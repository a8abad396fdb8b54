"""Issued reports held to the log: what was altered, and what is restated since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec
from attrs import evolve as replace
from attrs import frozen

from ledger.domain.errors import InvalidInput
from ledger.domain.events import MONEY_EVENTS, ResultRetracted
from ledger.domain.recorded import RecordedEvent
from ledger.domain.weights import ScoringRule
from ledger.projections.policy import Policy

Report = Mapping[str, Any]
"""A monthly report as JSON values."""

_NAMED_BY: Final = {"projects": "project", "units": "unit", "months": "month"}
"""Lists of a report, by what names their entries."""

_NO_FIGURES: Final = frozenset({"position", "root", "known_at", "receipt", "findings"})


class Receipt(msgspec.Struct, frozen=True):
    """
    What a report says of the record that it was made from.

    Attributes:
        digest: Over its figures.
    """

    origin: str
    position: int
    root: str
    digest: str


class Terms(msgspec.Struct, frozen=True):
    """What a report says of how it was made."""

    through: date
    known_at: str | None
    policy: Policy
    scoring: ScoringRule
    receipt: Receipt


class Cell(msgspec.Struct, frozen=True):
    """
    A figure that is not what an issued report says.

    Attributes:
        path: Such as ``projects.CODE.disbursed`` or ``totals.execution_rate``.

        issued: As the report says.

        computed: From the log; ``None`` where it has no such figure.

        positions: Of the events that changed it.
    """

    path: str
    issued: Any
    computed: Any
    positions: tuple[int, ...] = ()


@frozen(kw_only=True)
class ReportCheck:
    """
    An issued report held to the log.

    Attributes:
        problems: Why its receipt does not hold, in words.

        altered: Figures that the log never gave under the report's own terms.

        restated: Figures that would be different today; no fault of the report.

        receipt: What it claims to be made from.
    """

    receipt: Receipt
    problems: tuple[str, ...]
    altered: tuple[Cell, ...]
    restated: tuple[Cell, ...]

    @property
    def ok(self) -> bool:
        """Whether the report is what the log gave when it was issued."""
        return not (self.problems or self.altered)

    def to_dict(self) -> dict[str, Any]:
        """Return the check as JSON values."""
        shown: dict[str, Any] = msgspec.to_builtins(
            {
                "ok": self.ok,
                "receipt": self.receipt,
                "problems": self.problems,
                "altered": self.altered,
                "restated": self.restated,
            }
        )
        return shown


def terms_of(report: Report, name: str = "report") -> Terms:
    """
    Return how and from what a report says that it was made.

    Args:
        name: Of the file that it comes from.

    Raises:
        InvalidInput: It is no report in JSON with a receipt.
    """
    try:
        terms = msgspec.convert(report, type=Terms)
    except msgspec.ValidationError as problem:
        right = "a monthly report in JSON, with its receipt"
        raise InvalidInput(name, str(problem), right) from problem
    # Made by msgspec they lack what attrs does when it makes them.
    return msgspec.structs.replace(
        terms, policy=replace(terms.policy), scoring=replace(terms.scoring)
    )


def differing(issued: Report, computed: Report) -> list[Cell]:
    """Return the figures of which two reports say different things, by path."""
    before, after = dict(_cells(issued)), dict(_cells(computed))
    return [
        Cell(path, before.get(path), after.get(path))
        for path in dict.fromkeys([*before, *after])
        if before.get(path) != after.get(path)
    ]


def attributed(
    cells: Sequence[Cell], since: Sequence[RecordedEvent], through: date
) -> tuple[Cell, ...]:
    """
    Return *cells* with the positions of the events that changed each.

    Args:
        since: The events recorded after the report was made.

        through: The day that the report goes to.
    """
    bearing = [
        event
        for event in since
        if event.on <= through or isinstance(event.event, ResultRetracted)
    ]
    return tuple(
        msgspec.structs.replace(
            cell,
            positions=tuple(e.position for e in bearing if _bears_on(e, cell.path)),
        )
        for cell in cells
    )


def _bears_on(recorded: RecordedEvent, path: str) -> bool:
    """Say whether an event can have changed the figure at *path*."""
    money = type(recorded.event) in MONEY_EVENTS
    part, _, rest = path.partition(".")
    subject, _, figure = rest.partition(".")
    if part == "totals":
        return money
    if part == "units":
        return not money
    if recorded.stream != f"project:{subject}":
        return False
    if figure.startswith("indicators."):
        named = getattr(recorded.event, "indicator", None)
        return named is None or figure.startswith(f"indicators.{named}.")
    return money or figure == "status"


def _cells(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each figure below *value* with its path."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if path or key not in _NO_FIGURES:
                yield from _cells(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
        for name, each in _named(value, path.rpartition(".")[2]):
            yield from _cells(each, f"{path}.{name}")
    else:
        yield path, value


def _named(
    entries: Iterable[Mapping[str, Any]], kind: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    key = _NAMED_BY.get(kind, "indicator")
    for place, each in enumerate(entries):
        yield str(each.get(key, place)), each
