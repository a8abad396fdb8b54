"""What a name that stands for nothing in a ledger may have meant."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final

from attrs import define, field

from ledger.app.known_units import units_of
from ledger.domain.budget import opened_on
from ledger.domain.choices import few_or_nearest
from ledger.domain.codes import is_within
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError
from ledger.domain.identity import voucher_identity
from ledger.domain.refusals import (
    UnknownProject,
    UnknownUnit,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.domain.revised_indicators import on_day
from ledger.domain.streams import stream_of
from ledger.domain.subject import Stream, SubjectKind, code_of, year_of
from ledger.domain.titles import titled
from ledger.domain.unread_results import UnreadResult
from ledger.messages import Message, Value, message
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION
from ledger.store.state.snapshot_reader import load

_OF_NAMES: Final = (UnknownProject, UnknownUnit, UnknownVoucher, VoucherUsed)
"""Refusals of a name that may have meant another."""

_MOST_NAMES: Final = 1_000
"""Project-years whose names are compared: a refusal does not wait for more."""

_MOST_EVENTS: Final = 20_000
"""Events of a project in which vouchers are looked for."""

_MOST_SUGGESTED: Final = 10
"""Names that are looked for in one append, however often each is refused."""


@define
class Suggestions:
    """
    What names may have meant that one append refuses, line by line.

    Attributes:
        told: What was said of each refusal, by what it says without a suggestion.
    """

    told: dict[str, Message | str] = field(factory=dict)

    def tell(
        self, problem: LedgerError, log: EventStore, before: Mapping[Stream, int]
    ) -> None:
        """Name in *problem* what its name may have meant, as :func:`suggest` does."""
        if isinstance(problem, UnreadResult):
            suggest(problem, log, before)
        elif isinstance(problem, _OF_NAMES):
            refused = repr(problem.message)
            if refused not in self.told and len(self.told) < _MOST_SUGGESTED:
                suggest(problem, log, before)
                self.told[refused] = problem.message
            problem.message = self.told.get(refused, problem.message)


def suggest(
    problem: LedgerError, log: EventStore, before: Mapping[Stream, int] | None = None
) -> None:
    """
    Name in *problem* what its name may have meant, where it is of such a kind.

    A code or a name of a project, other fiscal years of it, the parent of a unit, the
    numbers of vouchers that there are, or the position that used one.

    Args:
        before: The versions of the streams that a refused append wrote to: what it
            wrote has no position.
    """
    match problem:
        case UnknownProject():
            _suggest_project(problem, log)
        case UnknownUnit():
            _suggest_unit(problem, log)
        case UnknownVoucher() if not problem.known:
            vouchers = [*dict.fromkeys(each for _, _, each in _vouchers(problem, log))]
            names = few_or_nearest(problem.name, vouchers)
            _tell(problem, none=not vouchers or None, **names)
        case UnreadResult():
            _suggest_result(problem, log)
        case VoucherUsed():
            _tell(problem, position=_position(problem, log, before or {}))


def _position(
    problem: VoucherUsed, log: EventStore, before: Mapping[Stream, int]
) -> int | None:
    """Return the position of the line that a refusal names, if it was recorded."""
    identity = voucher_identity(problem.voucher)
    for stream, recorded, voucher in _vouchers(problem, log):
        event = recorded.event
        line = event.on, abs(getattr(event, "amount", 0))
        if voucher_identity(voucher) == identity and line == problem.line:
            kept = recorded.version <= before.get(stream, recorded.version)
            return recorded.position if kept else None
    return None


def _tell(problem: LedgerError, code: str = "", /, **values: Value) -> None:
    """Fill in more places of the message of *problem*, or of one that says more."""
    assert isinstance(problem.message, Message)
    told = message(code or problem.message.code, **values)
    problem.message = Message(told.code, {**problem.message.values, **told.values})


def _suggest_project(problem: UnknownProject, log: EventStore) -> None:
    years: dict[str, set[int]] = {}
    streams = [*log.streams(SubjectKind.PROJECT)]
    for stream in streams:
        year = year_of(stream)
        years.setdefault(code_of(stream), set()).update([] if year is None else [year])
    own = sorted(years.get(problem.name, set()) - {problem.year})
    if problem.name not in years:
        close = get_close_matches(problem.name, years, 1)
        problem.nearest = close[0] if close else None
    problem.years = tuple(own)
    nearest = None if problem.nearest == problem.right else problem.nearest
    _tell(problem, nearest=nearest, years=[*map(str, own)])
    if nearest is None and not own and problem.right is None:
        titles = _titles(streams, log)
        title = next(iter(get_close_matches(problem.name, titles, 1)), None)
        codes = [] if title is None else titles[title]
        listing, none = (years and not codes) or None, not years or None
        _tell(problem, title=title, codes=codes, listing=listing, none=none)


def _suggest_result(problem: UnreadResult, log: EventStore) -> None:
    about = problem.about
    if type(about.on) is date and (about.project or about.unit):
        stream = stream_of(about, log.settings)
        state = on_day(load(log, ATTAINMENT, stream)[0], about.on)
        label = state.label(about.indicator)
        if label is not None:
            problem.judged_by(state.tracked[label].standard(about.on))


def _titles(streams: list[Stream], log: EventStore) -> dict[str, list[str]]:
    """Return the codes of the projects by their names, if there are not too many."""
    titles: dict[str, list[str]] = {}
    for stream in streams if len(streams) <= _MOST_NAMES else ():
        budget = load(log, EXECUTION, stream)[0]
        if opened_on(budget):
            codes = titles.setdefault(titled(budget, date.max).name, [])
            if code_of(stream) not in codes:
                codes.append(code_of(stream))
    return titles


def _suggest_unit(problem: UnknownUnit, log: EventStore) -> None:
    if not isinstance(problem.name, str):
        return  # The argument is refused for its type.
    known = units_of(log)
    units = sorted(set(map(code_of, log.streams(SubjectKind.UNIT, problem.year))))
    parents = [unit for unit in units if is_within(problem.name, unit)]
    if problem.name in known:
        _tell(problem, "error.unknown_unit.without_objectives")
    elif problem.year is None:
        _tell(problem, "error.unknown_unit.of_ledger")
        units = sorted(known)
    if parents:
        _tell(problem, parent=parents[-1])
    else:
        _tell(problem, **few_or_nearest(problem.name, units))


def _vouchers(
    problem: UnknownVoucher | VoucherUsed, log: EventStore
) -> Iterable[tuple[Stream, RecordedEvent, str]]:
    """Yield what recorded each voucher of the project, with its stream and number."""
    project = problem.within if isinstance(problem, UnknownVoucher) else problem.project
    for stream in log.streams(SubjectKind.PROJECT):
        if code_of(stream) == project and log.version(stream) <= _MOST_EVENTS:
            for recorded in log.read_stream(stream):
                voucher = getattr(recorded.event, "voucher", None)
                if isinstance(voucher, str):
                    yield stream, recorded, voucher
