"""Which events bear on which figure, by what its row says that it rests on."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import frozen

from ledger.audit.report_figures import Where
from ledger.audit.stream_changes import StreamChanges
from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Flow
from ledger.domain.indicator import ClearedField, IndicatorLabel
from ledger.domain.subject import ProjectCode, Stream, Subject, SubjectKind
from ledger.figures import registry
from ledger.figures.figure import Figure, Ground, Grounds

_THROUGH_PARTS: Final[Mapping[Ground, Grounds]] = {
    Ground.RESULTS: frozenset({Ground.RESULTS, Ground.APPROVAL, Ground.ROWS}),
    Ground.COUNTED: frozenset(
        {Ground.COUNTED, Ground.READING, Ground.APPROVAL, Ground.ROWS}
    ),
}
"""What a computed indicator rests on in each of its parts, by what it rests on."""

_TITLED: Final[Mapping[str, Sequence[str]]] = {
    "name": ("name",),
    "unit": ("to_unit", "unit"),
    "unit_name": ("to_unit", "unit", "unit_name"),
}
"""What says a project's name, its unit and that one's name, by these."""

_TERMS: Final = frozenset({"policy", "scoring", "judged_by"})
"""The parts of a report that say what it is judged by."""

_KINDS: Final = {"projects": SubjectKind.PROJECT, "units": SubjectKind.UNIT}


@frozen(kw_only=True)
class Attribution:
    """
    Finds the events that bear on a figure, among those between two positions.

    Without the events that it does not name, the figure changes as it did. Each that it
    names is one that the figure rests on by its own rules: the plan and the target in
    force, the results that count, what moved the money of its project, source and
    month. Take one of them away, and the figure is another one, except where values
    meet by chance: a payment that came back, a status or a rounded rate that is the
    same either way, the greatest of results, two targets that are attained alike. Those
    are named as well: they too explain what the figure rests on.

    Attributes:
        by_plan: Whether targets are eased by the spending plan.

        year: The fiscal year of the reports.

        projects: The codes in the reports, for totals.

        policies: What set by what the later report is judged, where that is new.

        changes: Returns what came to a stream.

        parts_of: Returns the project indicators, as stream and label, that an indicator
            of a stream is computed from.

        month_of: Returns the month that a day lies in, as reports name it.
    """

    by_plan: bool
    year: int
    projects: Collection[ProjectCode]
    policies: Sequence[RecordedEvent]
    changes: Callable[[Stream], StreamChanges]
    parts_of: Callable[
        [Stream, IndicatorLabel], Iterable[tuple[Stream, IndicatorLabel]]
    ]
    month_of: Callable[[date], str]

    def on(self, where: Where, *, new: bool = False) -> list[RecordedEvent]:
        """
        Return the events that bear on a figure, by position.

        Args:
            new: Whether one of the reports has no such figure.
        """
        part, *rest = where
        if part in _TERMS:
            return list(self.policies)
        found: list[RecordedEvent] = []
        if part == "totals":
            for project in self.projects:
                changes = self.changes(Subject.project(project, self.year).stream)
                # One that opens may have no plan to add to a sum.
                opens = (
                    changes.bearing(Ground.OPENING) if len(rest) == 1 and new else ()
                )
                found += (*self._of_money(changes, tuple(rest), new=new), *opens)
        elif part in _KINDS and rest:
            code, *figure = rest
            found += self._of_subject(
                Subject(_KINDS[part], code, self.year), figure, new=new
            )
        once = {each.position: each for each in found}
        return [once[position] for position in sorted(once)]

    def _of_subject(
        self, subject: Subject, figure: list[str], *, new: bool
    ) -> Iterator[RecordedEvent]:
        """Yield what bears on a figure of a project or a unit."""
        changes = self.changes(subject.stream)
        for ground in (Ground.APPROVAL, Ground.OPENING):  # All figures are new with it.
            yield from changes.bearing(ground)
        match figure:
            case [name] if name in _TITLED:
                for each in changes.bearing(Ground.TITLE):
                    said = (getattr(each.event, one, None) for one in _TITLED[name])
                    if any(one is not None for one in said):
                        yield each
            case ["indicators", label, name, *_]:
                yield from self._of_indicator(
                    subject.stream, IndicatorLabel(label), name
                )
            case ["months", month, name]:
                yield from self._of_month(changes, month, name)
            case _:
                yield from self._of_money(changes, tuple(figure), new=new)

    def _of_sum(
        self, changes: StreamChanges, figure: Where, *, new: bool
    ) -> Iterator[RecordedEvent]:
        """Yield what bears on a sum over projects: one that opens may have no plan."""
        yield from self._of_money(changes, figure, new=new)
        if new and len(figure) == 1:
            yield from changes.bearing(Ground.OPENING)

    def _of_money(
        self, changes: StreamChanges, figure: Where, *, new: bool
    ) -> Iterator[RecordedEvent]:
        """Yield what bears on an amount, a rate or a status, whole or by source."""
        grounds = _rests_on(registry.MONEY, figure[-1] if figure else "")
        source = None
        if figure[:1] == ("by_source",):
            source = figure[1]
            if new:  # A source is there from the first change of its budget on.
                grounds |= {Flow.BUDGET}
        for ground in self._applied(grounds):
            if isinstance(ground, Flow):
                yield from changes.moving(ground, source)
            elif isinstance(ground, AdjustmentKind | BudgetOrigin):
                yield from changes.adding_to(ground, source)
            elif ground in _OF_INDICATORS:
                yield from changes.bearing_anywhere(ground)
            elif ground is Ground.ROWS:
                yield from filter(_judges, changes.bearing(ground))
            elif ground is Ground.POLICY:
                yield from self.policies
            elif ground is Ground.AHEAD:
                yield from changes.ahead(source)
            elif source is None:
                yield from changes.bearing(ground)
            else:
                own = list(changes.moving(Flow.BUDGET, source))
                yield from (each for each in changes.bearing(ground) if each in own)

    def _of_indicator(
        self, stream: Stream, label: IndicatorLabel, name: str
    ) -> Iterator[RecordedEvent]:
        """Yield what bears on a figure of an indicator, through its parts too."""
        yield from _of_row(self.changes(stream), label)
        for ground in self._applied(_rests_on(registry.INDICATORS, name)):
            assert isinstance(ground, Ground)
            if ground is Ground.POLICY:
                yield from self.policies
            own_label = None if ground is Ground.CLOSURE else label
            yield from self.changes(stream).bearing(ground, own_label)
            if ground in _THROUGH_PARTS:
                for part, own in self.parts_of(stream, label):
                    yield from self._of_part(part, own, _THROUGH_PARTS[ground])

    def _of_part(
        self, stream: Stream, label: IndicatorLabel, grounds: Grounds
    ) -> Iterator[RecordedEvent]:
        changes = self.changes(stream)
        for ground in grounds:
            assert isinstance(ground, Ground)
            if ground is Ground.ROWS:
                yield from _of_row(changes, label)
                continue
            yield from changes.bearing(
                ground, None if ground is Ground.APPROVAL else label
            )

    def _of_month(
        self, changes: StreamChanges, month: str, name: str
    ) -> Iterator[RecordedEvent]:
        """Yield what bears on a month: what was paid in it, or up to it."""
        cumulative = {row.key for row in registry.MONTHS if row.cumulative}
        for ground in _rests_on(registry.MONTHS, name):
            if isinstance(ground, Ground):
                yield from changes.bearing(ground)
            elif isinstance(ground, Flow):
                for each in changes.moving(ground):
                    own = self.month_of(each.on)
                    if own == month or (name in cumulative and own < month):
                        yield each

    def _applied(self, grounds: Grounds) -> Grounds:
        """Return the grounds that the policy gives a figure."""
        return grounds if self.by_plan else grounds - {Ground.EASING}


def _of_row(changes: StreamChanges, label: IndicatorLabel) -> Iterator[RecordedEvent]:
    """Yield the revisions of a form that change a row, or what weight is left to it."""
    for each in changes.bearing(Ground.ROWS):
        event: Any = each.event
        weighs = event.added or event.removed or _says(event, ClearedField.WEIGHT)
        if weighs or label in {event.indicator, event.renamed}:
            yield each


def _judges(recorded: RecordedEvent) -> bool:
    """Return whether a revision of a form changes what is judged, or how."""
    event: Any = recorded.event
    changes = {event.measure, event.added, event.builds_up} != {None}
    changed = event.removed or changes
    judged = ClearedField.BASELINE, ClearedField.DIRECTION
    return changed or any(_says(event, name) for name in judged)


def _says(event: Any, name: ClearedField) -> bool:
    """Return whether a revision gives a field, or takes it away."""
    given = getattr(event, name.value) is not None
    return given or name in (event.cleared or ())


def _rests_on(rows: Iterable[Figure], key: str) -> Grounds:
    """Return what a figure rests on; nothing of a name or a code."""
    return next((row.rests_on for row in rows if row.key == key), frozenset())


_OF_INDICATORS: Final = frozenset({Ground.COUNTED, Ground.TARGET, Ground.EASING})
