"""Reports compared with the log, and what changed between two of its positions."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from attrs import define, field

from ledger.app.refolding import Asked, Refolding, ReportRemainder, canonical
from ledger.app.replaying import SharedReplay
from ledger.app.stated_differences import StatedDifferences
from ledger.audit.attribution import Attribution
from ledger.audit.changes import Difference, DifferingFigure, attributed
from ledger.audit.differences import Differences
from ledger.audit.issued_report import Issued, Terms
from ledger.audit.report_figures import Change, differing
from ledger.audit.report_receipts import ReportCheck
from ledger.audit.stream_changes import StreamChanges
from ledger.domain.about import asked_at
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.periods import Periods
from ledger.domain.policies import Judging, differing_terms, judging, policy_facts
from ledger.domain.policy import Policy, Proration
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import Selection
from ledger.domain.subject import LEDGER, ProjectCode, Stream, Subject, code_of
from ledger.messages import Message, message
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.reports.render import json as as_json
from ledger.reports.values.monthly import closed_periods
from ledger.store.protocol import EventStore

_HEAD = frozenset({"receipt", "position", "root", "known_at", "closed"})
"""Keys of a report's head that are compared with the receipt, or are no figures."""


_JUDGED_BY = "judged_by."
"""How the paths begin of what set the terms: what it changes of them is named."""

MOST_ALTERED = 10_000
"""How many altered figures are listed; the others are counted."""


def check(log: EventStore, issued: Issued) -> ReportCheck:
    """
    Compare an issued report with the log at its position, and with the log now.

    Both are folded from the events in one pass; no snapshot is read.

    Raises:
        InvalidInput: A part of the report cannot be read.
    """
    terms, head = issued.terms, log.head()
    receipt, problems = terms.receipt, _of_receipt(log, issued)
    if not 0 <= receipt.position <= head.size:
        problems.append(
            message("report.beyond_log", position=receipt.position, size=head.size)
        )
        _hold_digest(issued, problems)
        return ReportCheck(
            receipt=receipt,
            problems=tuple(problems),
            altered=(),
            restated=(),
            others=(),
            settings=log.settings,
        )
    if log.root_at(receipt.position).hex() != receipt.root:
        problems.append(message("report.root_of_log"))
    facts = list(log.read_stream(LEDGER, until=receipt.position))
    closed = closed_periods(Periods.of(facts), terms.through, log.settings)
    own = judging(policy_facts(facts), terms.through)
    if issued.head["closed"] != as_json.closed(closed):
        problems.append(message("report.closed_differs"))
    asked = _asked(terms, own, head.size)
    found = _Comparison(Refolding(log, asked), issued)
    found.run(lambda: _hold_digest(issued, problems))
    if found.more:
        problems.append(message("report.more_altered", count=found.more))
    if issued.findings() != sorted(found.findings):
        problems.append(message("report.findings"))
    return ReportCheck(
        receipt=receipt,
        problems=tuple(problems),
        altered=tuple(
            DifferingFigure(path=c.path, issued=c.before, computed=c.after)
            for c in found.altered
        ),
        restated=found.attributed(),
        others=differing_terms(terms.policy, terms.scoring, own),
        settings=log.settings,
    )


def _asked(terms: Terms, own: Judging, last: int) -> Asked:
    """Return which reports are made: a report by the ledger's terms is so at both."""
    given: tuple[Policy | None, ScoringRule | None] = terms.policy, terms.scoring
    if given == own[:2]:
        given = None, None
    part = Selection(unit=terms.unit, project=terms.project)
    return Asked(terms.through, *given, terms.receipt.position, last, part)


def _of_receipt(log: EventStore, issued: Issued) -> list[Message]:
    """Return what a receipt says otherwise than its report, or than the log."""
    terms, problems = issued.terms, list[Message]()
    receipt = terms.receipt
    if receipt.origin != log.origin:
        problems.append(
            message("report.other_log", origin=receipt.origin, own=log.origin)
        )
    for key, right in (("position", receipt.position), ("root", receipt.root)):
        if issued.head[key] != right:
            problems.append(message(f"report.{key}_differs"))
    if (terms.unit, terms.project) != (receipt.unit, receipt.project):
        problems.append(message("report.part_differs"))
    return problems


def _hold_digest(issued: Issued, problems: list[Message]) -> None:
    if issued.digest() != issued.terms.receipt.digest:
        problems.insert(0, message("report.digest"))


def differences(log: EventStore, asked: Asked) -> Differences:
    """Return the figures that differ between two positions, each with its causes."""
    refolding = Refolding(log, asked)
    found = _Comparison(refolding)
    found.run()
    return Differences(
        through=asked.through,
        earlier=asked.first,
        later=asked.last,
        figures=(*found.attributed(), *StatedDifferences(refolding)),
        settings=log.settings,
    )


@define
class _Comparison:
    """
    An issued report, the one before and the one after, compared item by item.

    Attributes:
        issued: ``None`` where only what changed is asked for.

        altered: Figures of the issued report that the one before has not.

        restated: Figures of the one before that the one after has not.

        more: How many altered figures are not listed.

        findings: Of the one before, each in JSON.
    """

    refolding: Refolding
    issued: Issued | None = None
    altered: list[Change] = field(factory=list)
    restated: list[Change] = field(factory=list)
    more: int = 0
    findings: list[bytes] = field(factory=list)
    projects: set[ProjectCode] = field(factory=set)

    def run(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """
        Compare the projects, then what is left.

        Args:
            meanwhile: Done while a second process begins.
        """
        behind = self.refolding.start()
        try:
            meanwhile()
            self._projects(behind)
        finally:
            if behind is not None:
                behind.close()

    def _projects(self, behind: SharedReplay | None) -> None:
        sums: tuple[list[ExecutionTotal], list[ExecutionTotal]] = ([], [])
        for each in self.refolding.projects(behind):
            code = ProjectCode(code_of(each.stream))
            self.projects.add(code)
            for side, own in zip((each.before, each.after), sums, strict=True):
                if side is not None:
                    own.append(side.money)
            if each.before is not None:
                self.findings += each.before.findings
            before = b"" if each.before is None else each.before.figures
            self._compare("projects", code, before)
            after = b"" if each.after is None else each.after.figures
            if before != after:
                where = ("projects", code)
                self.restated += differing(_item(before), _item(after), where)
        self._rest(sums)

    def _rest(self, sums: Iterable[list[ExecutionTotal]]) -> None:
        """Compare the heads and the units, and what the issued report has alone."""
        through, settings = self.refolding.asked.through, self.refolding.log.settings
        before, after = self.refolding.rest(
            [total(own, through, settings) for own in sums]
        )
        self.findings += before.findings
        self.restated += [
            change
            for change in differing(before.head, after.head)
            if not change.path.startswith(_JUDGED_BY)
        ]
        for unit in dict.fromkeys([*before.units, *after.units]):
            own = before.units.get(unit, {})
            where = ("units", unit)
            self.restated += differing(own, after.units.get(unit, {}), where)
            self._compare("units", unit, canonical(own) if own else b"")
        if self.issued is not None:
            self._alone(self.issued, before)

    def _alone(self, issued: Issued, before: ReportRemainder) -> None:
        shown = {key: each for key, each in issued.head.items() if key not in _HEAD}
        self._alter(differing(shown, before.head))
        for key, known in (("projects", self.projects), ("units", before.units)):
            for name in issued.names(key):
                if name not in known:
                    self._compare(key, name, b"")

    def _compare(self, key: str, name: str, right: bytes) -> None:
        """
        Compare an item of the issued report with what it should be.

        Args:
            right: Canonical JSON; empty where the report should have no such item.
        """
        issued = self.issued
        if issued is not None and not issued.agrees(key, name, right):
            said = issued.item(key, name) or {}
            self._alter(differing(said, _item(right), (key, name)))

    def _alter(self, changes: Iterable[Change]) -> None:
        for each in changes:
            if len(self.altered) < MOST_ALTERED:
                self.altered.append(each)
            else:
                self.more += 1

    def attributed(self) -> tuple[Difference, ...]:
        """Return what was restated, with the events that bear on each figure."""
        if not self.restated:
            return ()
        asked, known = self.refolding.asked, _EventsBetween(self.refolding)
        attribution = Attribution(
            by_plan=any(
                judged.policy.proration is Proration.PLAN
                for judged in self.refolding.judged
            ),
            policies=self.refolding.new_policies(),
            year=self.refolding.year,
            projects=self.projects,
            changes=known.changes,
            parts_of=known.parts_of,
            month_of=self.refolding.log.settings.month_of,
        )
        return attributed(self.restated, attribution, asked.through)


@define
class _EventsBetween:
    """
    What the log says of the events between both positions.

    Attributes:
        found: What came to the streams that were asked for.
    """

    refolding: Refolding
    found: dict[Stream, StreamChanges] = field(factory=dict)
    _changed: set[str] = field(init=False)

    @_changed.default
    def _streams(self) -> set[Stream]:
        """Return the streams with events that may bear on a figure."""
        asked = self.refolding.asked
        events = self.refolding.log.read(after=asked.first, until=asked.last)
        return {each.stream for each in events}  # What is free rests on days ahead.

    def changes(self, stream: Stream) -> StreamChanges:
        """Return what came to a stream between both positions."""
        if stream not in self._changed:
            return _NOTHING
        if stream not in self.found:
            asked = self.refolding.asked
            events = list(self.refolding.log.read_stream(stream, until=asked.last))
            settings = self.refolding.log.settings
            year = settings.year(Subject.of(stream).year or 0)
            answers = asked_at(asked.through, year, settings)
            found = StreamChanges.of(events, asked.first, asked.through, answers)
            self.found[stream] = found
        return self.found[stream]

    def parts_of(
        self, stream: Stream, label: IndicatorLabel
    ) -> Iterator[tuple[Stream, IndicatorLabel]]:
        """Yield the project indicators that one is computed from: stream and label."""
        earlier, later = self.refolding.both
        one = later.in_force(later.find(stream)).tracked.get(label)
        for reference in () if one is None else one.computed_from:
            part = Subject.project(reference.project, self.refolding.year).stream
            for lines in (later, earlier):  # It may have gone since.
                own = lines.in_force(lines.find(part)).label(reference.indicator)
                if own is not None:
                    yield part, own
                    break


_NOTHING = StreamChanges((), (), {})


def _item(figures: bytes) -> dict[str, Any]:
    """Return the values of an item's canonical JSON; none of no item."""
    return msgspec.json.decode(figures, type=dict[str, Any]) if figures else {}
