"""The indicators of a form, row by row: of the form before, the form, the ledger."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final, NamedTuple

from attrs import evolve as replace
from attrs import fields

from ledger.domain.course import Course, course_spelled, joined, ways
from ledger.domain.identity import indicator_identity
from ledger.domain.indicator import ClearedField, Indicator, IndicatorLabel
from ledger.domain.results import kept_under, labelled
from ledger.intake.differing_field import DifferingField, spelled
from ledger.messages import message, named

_FIXED: Final = frozenset({"level1", "level2", "computed_from"})
_KEPT: Final = frozenset({"horizons", "parts"})
"""Fields that stay as they were approved: they change nothing that is judged."""

_FIELDS: Final = tuple(
    field.name for field in fields(Indicator) if field.name not in _KEPT
)


class Agreement(Enum):
    """How a change of a form compares with the ledger: before, already, otherwise."""

    CHANGED = auto()
    AGREED = auto()
    CONTESTED = auto()


class RowRevision(NamedTuple):
    """
    What a form changes in one indicator.

    Attributes:
        label: The indicator's in the ledger; in the form where it is new there.

        said: What records it: fields of a revised form, or a ``target``.
    """

    differing: DifferingField
    outcome: Agreement
    label: IndicatorLabel
    said: Mapping[str, Any]


class HeldRows(NamedTuple):
    """
    The indicators that the ledger has on a day, with the targets in force.

    Attributes:
        rows: By their labels of that day.

        removed: Those that it had, by what they are kept under.

        kept: What an indicator is kept under, by each label that it ever had.

        labels: The labels of that day, by what indicators are kept under.
    """

    rows: Mapping[IndicatorLabel, Indicator]
    removed: Mapping[IndicatorLabel, Indicator]
    kept: Mapping[IndicatorLabel, IndicatorLabel]
    labels: Mapping[IndicatorLabel, IndicatorLabel]

    def label(self, label: IndicatorLabel, row: Indicator) -> IndicatorLabel | None:
        """Return the label that a row of the form before has in the ledger, if any."""
        key = self.kept.get(label)
        found = None if key is None else self.labels.get(key)
        return self.named(row) if found is None else found

    def named(self, row: Indicator) -> IndicatorLabel | None:
        """Return the label of the one that is called as a row is; no earlier name."""
        own = _identity(row)
        same = (label for label, one in self.rows.items() if _identity(one) == own)
        return next(same, None)

    def returning(self, row: Indicator) -> Indicator:
        """Return a row under the target that it had when it was removed, if it was."""
        keys = (kept_under(self.kept, name) for name in (row.name, row.key))
        gone = (self.removed.get(key) for key in keys if key is not None)
        had = next((one for one in gone if one and one.level2 == row.level2), None)
        if had is None:
            return row
        course = joined(had.target, had.course, row.course)
        return replace(row, target=had.target, course=course)


def paired(
    before: Sequence[Indicator], given: Sequence[Indicator]
) -> list[tuple[Indicator | None, Indicator | None]]:
    """
    Return each indicator of the form before with what it is in the form given.

    It is one of the same name under level 2, in any spelling; else one of the same name
    that stands elsewhere; else, where of a level 2 exactly one is gone and one has come
    with the same target, that one: it has another name. ``None`` stands for none.
    """
    known, now = ({_identity(row) for row in rows} for rows in (before, given))
    gone = [row for row in before if _identity(row) not in now]
    come = [row for row in given if _identity(row) not in known]
    by_identity = {_identity(row): row for row in before}
    for row in come:
        was = _moved(row, gone, come) or _renamed(row, gone, come)
        if was is not None:
            by_identity[_identity(row)] = was
    pairs = [(by_identity.get(_identity(row)), row) for row in given]
    taken = [was for was, _ in pairs]
    return [*pairs, *((row, None) for row in before if row not in taken)]


def _moved(
    row: Indicator, gone: Sequence[Indicator], come: Sequence[Indicator]
) -> Indicator | None:
    """Return the one of the same name that stood under another heading."""
    were, are = ([one for one in rows if _same_name(one, row)] for rows in (gone, come))
    return were[0] if len(were) == len(are) == 1 else None


def _renamed(
    row: Indicator, gone: Sequence[Indicator], come: Sequence[Indicator]
) -> Indicator | None:
    """Return the one that stood in its place, under the same target."""
    heading = row.level1, row.level2
    were, are = (
        [r for r in rows if (r.level1, r.level2) == heading] for rows in (gone, come)
    )
    alone = len(were) == len(are) == 1
    return were[0] if alone and were[0].target == row.target else None


def row_differences(
    before: Sequence[Indicator], given: Sequence[Indicator]
) -> Iterator[DifferingField]:
    """Yield every field in which the indicators of two forms differ."""
    for was, row in paired(before, given):
        label = _label(was, before) if was else _label(row, given)
        if was is None or row is None:
            yield _whole(label, was, row)
        else:
            for name in _differing(was, row):
                yield _field(label, name, was, row)


def row_revisions(
    before: Sequence[Indicator], given: Sequence[Indicator], held: HeldRows
) -> Iterator[RowRevision]:
    """Yield what a form changes in its indicators, compared with the ledger."""
    for was, row in paired(before, given):
        if was is not None:
            own = _label(was, before)
            label = held.label(own, was)
        else:
            assert row is not None
            own, label = _label(row, given), held.named(row)
        now = None if label is None else held.rows[label]
        if was is None or row is None or now is None:
            yield from _come_or_gone(label or own, was, row, now, held)
            continue
        for name in _revisable(was, row):
            outcome = _agreement(*(getattr(each, name) for each in (was, row, now)))
            field = _field(own, name, was, row)
            if outcome is Agreement.CONTESTED:
                field = field._replace(held=_spelled(now, name))
            yield RowRevision(field, outcome, label or own, _said(name, row, was))


def _come_or_gone(
    label: IndicatorLabel,
    was: Indicator | None,
    row: Indicator | None,
    now: Indicator | None,
    held: HeldRows,
) -> Iterator[RowRevision]:
    """Yield what a form changes in an indicator that one of the three has not."""
    if was is not None and row is not None and not _differing(was, row):
        return  # The ledger has it no more, and the form says nothing new.
    outcome, field = _agreement(was, row, now), _whole(label, was, row)
    if outcome is Agreement.CONTESTED:
        field = field._replace(held="" if now is None else now.target.text)
    if row is None:
        yield RowRevision(field, outcome, label, {"removed": True})
    elif now is None:
        back = held.returning(row)
        yield RowRevision(field, outcome, label, {"added": back})
        if back.target != row.target:
            target = _field(label, "target", back, row)
            yield RowRevision(
                target, Agreement.CHANGED, label, _said("target", row, back)
            )
    elif outcome is Agreement.AGREED:
        yield RowRevision(field, outcome, label, {})
    else:
        for name in _revisable(now, row):
            field = _field(label, name, None, row)._replace(held=_spelled(now, name))
            yield RowRevision(field, outcome, label, _said(name, row, now))


def _agreement(before: object, given: object, held: object) -> Agreement:
    if held == given:
        return Agreement.AGREED
    return Agreement.CHANGED if held == before else Agreement.CONTESTED


def _said(name: str, row: Indicator, before: Indicator) -> dict[str, Any]:
    """Return what records that a field of an indicator is as a row has it."""
    if name == "target":
        return _of_target(row)
    if name == "course":
        own, other = row.course or Course(), before.course or Course()
        builds_up = own.builds_up if own.builds_up != other.builds_up else None
        told = {} if builds_up is None else {"builds_up": builds_up}
        return told if ways(own) == ways(other) else told | _of_target(row)
    value = getattr(row, name)
    if value is None:
        return {"cleared": (ClearedField(name),)}
    return {"renamed" if name == "name" else name: value}


def _of_target(row: Indicator) -> dict[str, Any]:
    """Return what a revised target says, with the milestones that lead to it."""
    milestones, between = ways(row.course)
    return {"target": row.target, "milestones": milestones, "between": between}


def _differing(one: Indicator, other: Indicator) -> list[str]:
    """Return the fields that differ; a name in another spelling is none."""
    return [
        name
        for name in _FIELDS
        if getattr(one, name) != getattr(other, name)
        and not (name == "name" and _same_name(one, other))
    ]


def _same_name(one: Indicator, other: Indicator) -> bool:
    return indicator_identity(one.name) == indicator_identity(other.name)


def _identity(row: Indicator) -> str:
    return indicator_identity(row.key)


def _revisable(one: Indicator, other: Indicator) -> list[str]:
    return [name for name in _differing(one, other) if name not in _FIXED]


def _label(row: Indicator | None, rows: Sequence[Indicator]) -> IndicatorLabel:
    return next(label for label, one in labelled(tuple(rows)).items() if one is row)


def _whole(label: str, was: Indicator | None, row: Indicator | None) -> DifferingField:
    """Return an indicator that is in one of two forms."""
    before, given = ("" if one is None else one.target.text for one in (was, row))
    field = message("found.indicator", indicator=label)
    return DifferingField(field, before, given, "row")


def _field(
    label: str, name: str, was: Indicator | None, row: Indicator
) -> DifferingField:
    """Return a field of an indicator that differs."""
    field = message("found.field_of", field=named(name), indicator=label)
    before = "" if was is None else _spelled(was, name)
    kind = "fixed" if name in _FIXED else "row"
    return DifferingField(field, before, _spelled(row, name), kind)


def _spelled(row: Indicator, name: str) -> Any:
    if name == "target":
        return row.target.text
    if name == "course":
        return "" if row.course is None else course_spelled(row.course)
    return spelled(getattr(row, name))
