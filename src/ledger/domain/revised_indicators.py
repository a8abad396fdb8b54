"""The indicators of a form as its revisions leave them on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve as replace
from attrs import frozen

from ledger.domain.course import joined
from ledger.domain.in_force import in_force
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorLabel,
    IndicatorReference,
)
from ledger.domain.indicator_rows import approved_rows, rows_after, target_of
from ledger.domain.plain_results import PlainRemarks, PlainStandard
from ledger.domain.result_series import Series
from ledger.domain.results import (
    Indicators,
    Remarks,
    Standard,
    Tracked,
    holds_from,
    kept_under,
    label_among,
    labelled,
)
from ledger.domain.target_kind import QUANTITIES
from ledger.domain.units import may_be_one


def as_kept(one: Tracked) -> Tracked:
    """Return an indicator as it is kept, whatever form it is under."""
    return one.one if isinstance(one, RevisedTracked) else one


def _standard(
    standard: Standard, row: Indicator, measured: date | None, held: Standard
) -> PlainStandard:
    """
    Return a standard as it is for the indicator of a revised form.

    A target in another unit than that which was *held* when the form was given its
    measure has the measure that it brought itself.
    """
    own, since = row.measure, standard.holds_from
    alike = held.kind in QUANTITIES and may_be_one(held.unit, standard.unit)
    if since is not None and not alike and (measured is None or measured < since):
        own = standard.measure
    target = target_of(standard)
    course = joined(target, standard.course, row.course)
    now = replace(row, measure=own, target=target, course=course)
    return PlainStandard.of(target, now, since)


@frozen
class RevisedTracked:
    """
    An indicator with all that was reported of it, under a revised form.

    Attributes:
        measured: The day from which its measure is a revised one.
    """

    one: Tracked
    row: Indicator
    measured: date | None = None

    @property
    def level1(self) -> str:
        """Its heading."""
        return self.row.level1

    @property
    def level2(self) -> str:
        """Its heading under level 1."""
        return self.row.level2

    @property
    def name(self) -> str:
        """Its own name."""
        return self.row.name

    @property
    def weight(self) -> Decimal | None:
        """The points that the form gives it."""
        return self.row.weight

    @property
    def baseline(self) -> Decimal | None:
        """Where it stood before."""
        return self.row.baseline

    @property
    def direction(self) -> Direction | None:
        """Which way is better, where that was declared."""
        return self.row.direction

    @property
    def computed_from(self) -> tuple[IndicatorReference, ...]:
        """The project indicators that it is computed from."""
        return self.row.computed_from

    @property
    def original(self) -> PlainStandard:
        """The target that it was approved with."""
        return self._standard(self.one.original)

    @property
    def results(self) -> Series:
        """Its results that stand."""
        return self.one.results

    @property
    def remarks(self) -> Remarks | None:
        """What was recorded other than results."""
        told = self.one.remarks
        if told is None:
            return None
        return PlainRemarks(
            tuple(map(self._standard, told.revisions)),
            frozenset(told.suspect),
            tuple(told.explanations),
            tuple(told.scores),
            told.parts,
        )

    def standard(self, through: date) -> Standard:
        """Return the standard in force on *through*."""
        remarks = self.remarks
        later: Sequence[Standard] = () if remarks is None else remarks.revisions
        return in_force((self.original, *later), through, holds_from)

    def _standard(self, standard: Standard) -> PlainStandard:
        given = self.measured
        held = self.one.original if given is None else self.one.standard(given)
        return _standard(standard, self.row, given, held)


@frozen
class RevisedIndicators:
    """The indicators of a project as a revised form has them on a day."""

    state: Indicators
    tracked: Mapping[IndicatorLabel, Tracked]
    current: Mapping[IndicatorLabel, IndicatorLabel]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.state, name)

    def label(self, name: str) -> IndicatorLabel | None:
        """Return the label that *name* stands for, an earlier one among them."""
        found = label_among(self.tracked, name)
        if found is None:
            key = kept_under(self.state.labels, name)
            found = None if key is None else self.current.get(key)
        return found


def on_day(state: Indicators, on: date) -> Indicators:
    """Return the indicators as the form in force on a day has them."""
    if isinstance(state, RevisedIndicators) or not state.steps:
        return state
    rows = rows_after(approved_rows(state), state.steps, state.labels, on)
    labels = labelled(tuple(rows.values()))
    measured = {
        step.measured(state.labels): step.since
        for step in state.steps
        if step.since <= on
    }
    current = dict(zip(rows, labels, strict=True))
    revised: Any = RevisedIndicators(
        state,
        {
            label: RevisedTracked(state.tracked[key], rows[key], measured.get(key))
            for key, label in current.items()
        },
        current,
    )
    found: Indicators = revised
    return found
