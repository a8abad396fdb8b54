"""Reports made from the log alone, at two positions in one pass over it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from fractions import Fraction
from itertools import groupby, islice, starmap
from operator import itemgetter
from typing import Any, Final, NamedTuple

import msgspec
from attrs import evolve as replace
from attrs import field, frozen

from ledger.app.earlier_orders import earlier_orders
from ledger.app.replaying import PAYS, SharedReplay
from ledger.audit.report_figures import named
from ledger.domain.envelope import RecordedEvent
from ledger.domain.finding import Finding
from ledger.domain.policies import Judging, judging, policy_facts
from ledger.domain.policy import Policy
from ledger.domain.results import Indicators
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.subject import LEDGER, Stream, SubjectKind, code_of
from ledger.parallel.helper_process import HelperProcess
from ledger.parallel.saying import say
from ledger.projections.execution_total import ExecutionTotal, settled, total
from ledger.reports.render import json as as_json
from ledger.reports.values.lines import Lines
from ledger.reports.values.monthly import MonthlyValues
from ledger.reports.values.supporting_events import NoRecord
from ledger.store.line import UNREADABLE
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, BOTH

_MOST_KEPT: Final = 1_000
"""How many streams' indicators are held for the units that are computed from them."""

_TOGETHER: Final = 8
"""
Streams that are folded before they are looked at.

To do one thing some times and then the other is faster by a tenth than in turns.
"""

_encode = msgspec.json.Encoder().encode
_canonical = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Asked(msgspec.Struct, frozen=True):
    """
    Which reports are made: to one day, at two positions.

    Attributes:
        policy, scoring: A caller's own; ``None`` for what the ledger had set on the
            day, as known at each position.

        first, last: Facts recorded up to these positions; the later is at least the
            earlier.

        selection: The projects and units that they are of.
    """

    through: date
    policy: Policy | None
    scoring: ScoringRule | None
    first: int
    last: int
    selection: Selection = EVERYTHING


class ProjectSide(msgspec.Struct, array_like=True, frozen=True):
    """
    A project in one report.

    Attributes:
        figures: Its line in the report as canonical JSON.

        findings: Each in JSON.

        money: For the totals.
    """

    figures: bytes
    findings: list[bytes]
    money: ExecutionTotal


class RefoldedProject(msgspec.Struct, array_like=True, frozen=True):
    """
    A stream in both reports.

    Attributes:
        before: ``None`` where the earlier report does not have it.

        again: In the later report, where that may differ.

        moved: Whether events came between the positions, or another policy.
    """

    stream: Stream
    before: ProjectSide | None = None
    again: ProjectSide | None = None
    moved: bool = False

    @property
    def after(self) -> ProjectSide | None:
        """Return it in the later report."""
        return self.again if self.moved else self.before


class ReportRemainder(NamedTuple):
    """
    What a report says outside its projects.

    Attributes:
        head: What is no list, and the totals.

        units: By code.

        findings: Of the units and of fiscal years before, each in JSON.
    """

    head: dict[str, Any]
    units: dict[str, dict[str, Any]]
    findings: list[bytes]


class _FoldedTwice(NamedTuple):
    """The last states of a stream, and what it was before where that is another."""

    stream: Stream
    states: Sequence[Any]
    before: ProjectSide | None
    moved: bool


@frozen
class Refolding:
    """
    Folds a log once for two reports; the states of one stream at a time are held.

    Attributes:
        judged: What the earlier report is judged by, and the later one.

        judged_anew: Whether those differ.

        both: The lines of the earlier report, and those of the later one.
    """

    log: EventStore
    asked: Asked
    judged: tuple[Judging, Judging] = field(init=False, repr=False, eq=False)
    judged_anew: bool = field(init=False, repr=False, eq=False)
    both: tuple[Lines, Lines] = field(init=False, repr=False, eq=False)

    @judged.default
    def _judged_at_both(self) -> tuple[Judging, Judging]:
        asked = self.asked
        # As attrs makes them: msgspec leaves out what they convert and check.
        policy = None if asked.policy is None else replace(asked.policy)
        scoring = None if asked.scoring is None else replace(asked.scoring)
        facts = policy_facts(self.log.read_stream(LEDGER, until=asked.last))
        before = [fact for fact in facts if fact.position <= asked.first]
        return (
            judging(before, asked.through, policy, scoring),
            judging(facts, asked.through, policy, scoring),
        )

    @judged_anew.default
    def _by_other_terms(self) -> bool:
        before, after = self.judged
        return before[:2] != after[:2]

    @both.default
    def _at_both_positions(self) -> tuple[Lines, Lines]:
        asked = self.asked

        def lines(position: int, judged: Judging) -> Lines:
            return Lines(
                through=asked.through,
                settings=self.log.settings,
                policy=judged.policy,
                scoring=judged.scoring,
                find=_IndicatorsAt(self.log, position).of,
            )

        first, last = self.judged
        return lines(asked.first, first), lines(asked.last, last)

    def new_policies(self) -> list[RecordedEvent]:
        """Return what set the policy of the later report, where that is new."""
        before, after = (judged.set_by for judged in self.judged)
        return [] if after is None or after == before else [after]

    @property
    def year(self) -> int:
        """The fiscal year of the reports."""
        return self.log.settings.year_of(self.asked.through).year

    def start(self) -> SharedReplay | None:
        """Have a second process fold as well; ``None`` where it does not pay."""
        if self.log.path is None or self.asked.last < PAYS:
            return None
        arguments = [str(self.log.path), _encode(self.asked).decode()]
        beside = HelperProcess.start(__name__, arguments)
        streams = self.log.streams(SubjectKind.PROJECT, self.year)
        return None if beside is None else SharedReplay(beside, streams)

    def projects(self, behind: SharedReplay | None = None) -> Iterator[RefoldedProject]:
        """
        Yield the projects that are in either report, in order of code.

        Args:
            behind: From :meth:`start`; whoever called that ends it.
        """
        if behind is None:
            streams = self.log.streams(SubjectKind.PROJECT, self.year)
            yield from filter(_shown, self.refolded(streams))
            return
        yield from filter(_shown, self.refolded(behind.ahead()))
        for stream, raw in behind.rest():
            found = _read(raw, stream)
            yield from filter(_shown, [found] if found else self.refolded([stream]))

    def refolded(self, streams: Iterable[Stream]) -> Iterator[RefoldedProject]:
        """Fold streams, and look at each at both positions."""
        parts = self.log.read_by_stream(
            until=self.asked.last, envelope=False, streams=streams
        )
        folded = starmap(self._folded, groupby(parts, key=itemgetter(0)))
        while some := list(islice(folded, _TOGETHER)):
            yield from map(self._looked_at, some)

    def _folded(
        self, stream: Stream, parts: Iterable[tuple[Stream, Sequence[RecordedEvent]]]
    ) -> _FoldedTwice:
        first = self.asked.first
        states, before, moved = BOTH.initial(stream), None, False
        for _, events in parts:
            rest: Sequence[RecordedEvent] = events
            if not moved and events[-1].position > first:
                known = sum(each.position <= first for each in events)
                states = BOTH.continued(states, events[:known])
                before, moved, rest = self._side(0, states), True, events[known:]
            states = BOTH.continued(states, rest)
        return _FoldedTwice(stream, states, before, moved)

    def _looked_at(self, folded: _FoldedTwice) -> RefoldedProject:
        stream, states, before, moved = folded
        if not moved and not self.judged_anew:
            return RefoldedProject(stream, self._side(0, states))
        before = before if moved else self._side(0, states)
        return RefoldedProject(stream, before, self._side(1, states), moved=True)

    def rest(
        self, sums: Sequence[ExecutionTotal]
    ) -> tuple[ReportRemainder, ReportRemainder]:
        """
        Return what both reports say outside their projects.

        Args:
            sums: Of the projects of the earlier report, and of those of the later.
        """
        positions = self.asked.first, self.asked.last
        before, after = map(self._rest, self.both, self.judged, sums, positions)
        return before, after

    def _side(self, place: int, states: Sequence[Any]) -> ProjectSide | None:
        lines = self.both[place]
        money, indicators = states
        one = lines.project(money, indicators)
        if one is None:
            return None
        line = one.execution
        if not self.asked.selection.takes(line.project, line.unit):
            return None
        one = msgspec.structs.replace(one, execution=settled(one.execution))
        return ProjectSide(
            canonical(as_json.project(one)),
            self._findings(one.findings),
            total([one.execution], self.asked.through, self.log.settings),
        )

    def _rest(
        self, lines: Lines, judged: Judging, sums: ExecutionTotal, position: int
    ) -> ReportRemainder:
        units = [
            unit
            for stream in self.log.streams(SubjectKind.UNIT, self.year)
            if self.asked.selection.takes_unit(code_of(stream))
            and (unit := lines.unit(lines.find(stream))) is not None
        ]
        report = MonthlyValues(
            through=self.asked.through,
            known_at=None,
            position=0,
            root="",
            origin=self.log.origin,
            settings=self.log.settings,
            judging=judged,
            totals=sums,
            projects=(),
            units=units,
            findings=(),
            supporting_events=NoRecord(),
            selection=self.asked.selection,
        )
        shown = _decode(_encode(as_json.figures(report)))
        own = {name: dict(each) for name, each in named(shown.pop("units"), "units")}
        found = [f for unit in units for f in unit.every_finding]
        found += earlier_orders(self.log, lines, position, self.asked.selection)
        for key in ("projects", "findings", "closed", "known_at", "position", "root"):
            del shown[key]
        return ReportRemainder(shown, own, self._findings(found))

    def _findings(self, findings: Iterable[Finding]) -> list[bytes]:
        language = self.log.settings.language
        return [canonical(as_json.finding(each, language)) for each in findings]


def canonical(value: object) -> bytes:
    """Return *value* as the one spelling of its JSON."""
    return _canonical(value)


def _shown(project: RefoldedProject) -> bool:
    return (project.before or project.after) is not None


def _packed(value: object) -> str:
    """Return a fraction as text: messages have none."""
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(type(value))


def _unpacked(kind: type, packed: object) -> object:
    if kind is Fraction and isinstance(packed, str):
        return Fraction(packed)
    raise TypeError(kind)


_pack = msgspec.msgpack.Encoder(enc_hook=_packed).encode
_unpack = msgspec.msgpack.Decoder(RefoldedProject, dec_hook=_unpacked).decode


def _read(raw: bytes | None, stream: Stream) -> RefoldedProject | None:
    """Return what the other process found for *stream*; ``None`` if nothing."""
    try:
        found = _unpack(raw or b"")
    except (*UNREADABLE, ValueError):
        return None
    return found if found.stream == stream else None


def main(arguments: Sequence[str]) -> None:
    """Fold the projects of a file, the last one first, and write what was found."""
    path, asked = arguments
    with closing(open_store(path, create=False, read_only=True)) as log:
        refolding = Refolding(log, msgspec.json.decode(asked, type=Asked))
        streams = reversed(log.streams(SubjectKind.PROJECT, refolding.year))
        for found in refolding.refolded(streams):
            say(_pack(found))


class _IndicatorsAt:
    """The indicators of streams at a position, folded from the log when asked for."""

    def __init__(self, log: EventStore, position: int) -> None:
        self.log, self.position = log, position
        self.kept: dict[str, Indicators] = {}

    def of(self, stream: Stream) -> Indicators:
        """Return those of *stream*."""
        if stream not in self.kept:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            events = self.log.read_stream(stream, until=self.position)
            self.kept[stream] = ATTAINMENT.fold(stream, events)
        return self.kept[stream]
