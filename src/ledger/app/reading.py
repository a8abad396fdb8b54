"""What a ledger shows: views, reports, events and replays."""

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from ledger.app.open_ledger import OpenLedger
from ledger.app.register_rows import RegisterRow
from ledger.app.services import service
from ledger.domain.arguments import check_type
from ledger.domain.budget import opened_on
from ledger.domain.calendar import DateLike, parse_given
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.choices import member_named
from ledger.domain.codes import checked_code, unknown_project
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.progress import Progress, silent
from ledger.domain.refusals import UnknownUnit
from ledger.domain.subject import (
    ProjectCode,
    Stream,
    Subject,
    SubjectKind,
    code_of,
    year_of,
)
from ledger.domain.titles import titled
from ledger.exchange.event_table import write_events
from ledger.intake.column_heads import event_type
from ledger.messages import message
from ledger.projections.projection import Projection
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.values.known_project import KnownProject
from ledger.store.protocol import EventStore
from ledger.store.state.packed import EXECUTION
from ledger.store.state.snapshot_reader import load

if TYPE_CHECKING:
    from ledger.reports.documents.alerts import AlertList
    from ledger.reports.documents.monitoring import Monitoring
    from ledger.reports.documents.self_evaluation import SelfEvaluation

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
S = TypeVar("S")


def monthly_report(
    ledger: OpenLedger,
    /,
    year: int,
    month: int,
    *,
    known_at: datetime | int | str | None = None,
    unit: str | None = None,
    project: str | None = None,
    progress: Progress = silent,
) -> MonthlyReport:
    """
    Return the report of a calendar month: spending and attainment.

    It is short for :meth:`View.monthly_report` of the view at the month's end. The
    report of a quarter is that of its last month.

    Args:
        unit, project: As :meth:`view` takes them: the report is of these alone.

        progress: Called with how many more projects were looked at.
    """
    through = ledger.settings.month_end(year, month)
    view = ledger.view(through=through, known_at=known_at, unit=unit, project=project)
    return view.monthly_report(progress)


def self_evaluation(
    ledger: OpenLedger,
    /,
    fiscal_year: int | str,
    *,
    known_at: datetime | int | str | None = None,
    unit: str | None = None,
    project: str | None = None,
) -> "SelfEvaluation":
    """
    Return points, grades and what is missing at the end of a fiscal year.

    It is short for :meth:`View.self_evaluation` of the view at the year's end.

    Args:
        unit, project: As :meth:`view` takes them: the forms are of these alone.
    """
    year = ledger.settings.year_named(fiscal_year)
    through = ledger.settings.year(year).end
    view = ledger.view(through=through, known_at=known_at, unit=unit, project=project)
    return view.self_evaluation()


def monitoring(
    ledger: OpenLedger,
    /,
    year: int,
    month: int,
    *,
    known_at: datetime | int | str | None = None,
    unit: str | None = None,
    project: str | None = None,
) -> "Monitoring":
    """
    Return the monitoring through the end of a calendar month.

    It is short for :meth:`View.monitoring` of the view at the month's end.

    Args:
        unit, project: As :meth:`view` takes them: the forms are of these alone.
    """
    through = ledger.settings.month_end(year, month)
    view = ledger.view(through=through, known_at=known_at, unit=unit, project=project)
    return view.monitoring()


def alerts(
    ledger: OpenLedger,
    /,
    year: int,
    month: int,
    *,
    since: datetime | DateLike | None = None,
    known_at: datetime | int | str | None = None,
    unit: str | None = None,
    project: str | None = None,
) -> "AlertList":
    """
    Return what is wrong at the end of a calendar month and nobody explained.

    It is short for :meth:`View.alerts` of the view at the month's end.

    Args:
        since: As :meth:`View.alerts` takes it.

        unit, project: As :meth:`view` takes them: the list is of these alone.
    """
    through = ledger.settings.month_end(year, month)
    view = ledger.view(through=through, known_at=known_at, unit=unit, project=project)
    return view.alerts(since=since)


class _RegisterOfLedger(Protocol[R_co]):
    """What returns something of a fiscal year at a day."""

    def __call__(
        self,
        ledger: OpenLedger,
        /,
        *,
        through: DateLike | None = None,
        known_at: datetime | int | str | None = None,
        year: int | None = None,
        unit: str | None = None,
        project: str | None = None,
    ) -> R_co: ...


def of_register(row: RegisterRow[R]) -> _RegisterOfLedger[R]:
    """Return what returns a register: it is short for the view's at that day."""

    def register(
        ledger: OpenLedger,
        /,
        *,
        through: DateLike | None = None,
        known_at: datetime | int | str | None = None,
        year: int | None = None,
        unit: str | None = None,
        project: str | None = None,
    ) -> R:
        view = ledger.view(
            through=through, known_at=known_at, unit=unit, project=project
        )
        made: R = getattr(view, row.name)(year=year)
        return made

    return row.method(register)


_TYPES: Final = [row.name for row in CATALOGUE]


def events(
    ledger: OpenLedger,
    /,
    *,
    stream: str | None = None,
    after: int = 0,
    types: Sequence[str] = (),
    known_at: datetime | int | str | None = None,
) -> Iterator[RecordedEvent]:
    """
    Yield recorded events in order of position.

    Args:
        stream: A project's code, or ``unit:CODE``, for all its fiscal years; or one
            stream, as ``project:2023:CODE``.

        after: Only positions above it.

        types: Only these types, such as ``Disbursed``, or words for them, such as 支出.

    Raises:
        InvalidInput: There is no such type.
        UnknownProject, UnknownUnit: Nothing was ever recorded of it.
    """
    _check_after(after)
    types = (types,) if isinstance(types, str) else tuple(types)
    types = tuple(map(_type_named, types))
    until = ledger.position_at(known_at)
    if stream is None:
        return ledger.log.read(after=after, until=until, types=types)
    own = _streams(ledger.log, Subject.named(stream))
    return (
        recorded
        for recorded in _by_position(ledger.log, own, until)
        if recorded.position > after and (not types or recorded.type in types)
    )


def _type_named(word: object) -> str:
    """
    Return the type of event that a name or a word means.

    Raises:
        InvalidInput: There is none; all are named, and the nearest one.
    """
    name = event_type(word) if isinstance(word, str) else ""
    if name in _TYPES:
        return name
    words = [member_named(each, message(f"event.{each}")) for each in _TYPES]
    close = get_close_matches(name, _TYPES, 1)
    meant = words[_TYPES.index(close[0])] if close else None
    right = message("expected.choice", words=words, nearest=meant)
    raise InvalidInput("types", word, right)


def _streams(log: EventStore, subject: Subject) -> list[Stream]:
    """Return the streams of a subject: that of its fiscal year, or of each."""
    if subject.kind is SubjectKind.LEDGER:
        return [subject.stream]
    checked_code(subject.code, name=subject.kind.value)
    if subject.year is not None:
        found = [subject.stream] if log.version(subject.stream) else []
    else:
        every = log.streams(subject.kind)
        found = [each for each in every if code_of(each) == subject.code]
    if found:
        return found
    if subject.kind is SubjectKind.UNIT:
        raise UnknownUnit(subject.code)
    raise unknown_project(subject.code)


def _by_position(
    log: EventStore, streams: Sequence[Stream], until: int
) -> Iterator[RecordedEvent]:
    """Yield the events of some streams in order of position."""
    each_own = [log.read_stream(stream, until=until) for stream in streams]
    return merge(*each_own, key=attrgetter("position"))


def projects(ledger: OpenLedger, /) -> list[KnownProject]:
    """Return code, name and fiscal years of each project that has any, by code."""
    log = ledger.log
    with log.reading():
        years: dict[str, list[Stream]] = {}
        for stream in log.streams(SubjectKind.PROJECT):
            years.setdefault(code_of(stream), []).append(stream)
        found = []
        for code, own in sorted(years.items()):
            states = [(each, load(log, EXECUTION, each)[0]) for each in own]
            opened = [(s, state) for s, state in states if opened_on(state)]
            if opened:
                found.append(
                    KnownProject(
                        project=ProjectCode(code),
                        name=titled(opened[-1][1], date.max).name,
                        years=tuple(year_of(stream) or 0 for stream, _ in opened),
                    )
                )
        return found


def lines(
    ledger: OpenLedger,
    /,
    *,
    after: int = 0,
    known_at: datetime | int | str | None = None,
) -> Iterator[bytes]:
    """
    Yield the canonical lines of the log, without line ends, in order of position.

    Args:
        after: Only positions above it.
    """
    _check_after(after)
    return ledger.log.lines(after=after, until=ledger.position_at(known_at))


def _check_after(after: int) -> None:
    """Check that *after* is a number: text compared with positions finds nothing."""
    check_type("after", after, int)


def export_table(
    ledger: OpenLedger,
    /,
    path: str | os.PathLike[str],
    *,
    known_at: datetime | int | str | None = None,
    progress: Progress = silent,
) -> int:
    """
    Write all events as Parquet, with typed columns, a file for each fiscal year.

    Other engines answer their own questions from it; see the how-to on queries.

    Args:
        path: A folder that is not there yet.

        progress: Called with how many more events were written.

    Returns:
        How many events were written.

    Raises:
        InvalidInput: There is something at *path*, it cannot be written, or the
            extra ``parquet`` is not installed.
    """
    every = events(ledger, known_at=known_at)
    return write_events(path, every, ledger.settings, progress, like=ledger.log.path)


def replay(
    ledger: OpenLedger,
    /,
    projection: Projection[S],
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
) -> Iterator[tuple[str, S]]:
    """
    Fold the log from nothing: yield each stream with its state.

    A long log is folded by a second process as well, if the projection is built in.

    Args:
        through: Only facts effective by this day.

        known_at: Only facts recorded by this instant, or up to this position.
    """
    check_type("projection", projection, Projection)
    until, day = ledger.position_at(known_at), parse_given(through, name="through")
    states: Iterator[tuple[str, S]] = service("replaying").replay(
        ledger.log, projection, until=until, through=day
    )
    return states


def stale_snapshots(ledger: OpenLedger, /) -> list[tuple[str, str]]:
    """
    Fold the log from nothing and compare every stored state with the outcome.

    Returns:
        Projection and stream of each that is missing or differs; none is expected.
    """
    return list(ledger.states.differing())


def rebuild(ledger: OpenLedger, /) -> int:
    """
    Store the snapshots of every projection again; return the number of streams.

    Nothing is lost without them; with them a report need not read the log.
    """
    return ledger.states.rebuild()
