"""The facts about a form of approval that people record."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.app.stated_amounts import fundings
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.choice_words import (
    ClearedFieldWord,
    DirectionWord,
    MeasureWord,
    ProjectCategoryWord,
)
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.indicator import ClearedField, Direction, Indicator, IndicatorLabel
from ledger.domain.measure import Measure
from ledger.domain.money import Amount
from ledger.domain.project_category import ProjectCategory


def withdraw_approval(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    on: DateLike,
    reason: str,
    year: int | str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that the approval of a project-year does not hold any more, from *on* on.

    Nothing may rest on it: no payment, commitment, adjustment or carry-over was
    recorded, and no result stands. It may be approved again, from the same day on.

    Args:
        year: The fiscal year of the approval; by default that of *on*.

    Raises:
        ApprovalInUse: Something rests on it.
        UnknownProject, BeforeApproval, AfterClosure, OutsideFiscalYear: As their names
            say.
    """
    event = ApprovalWithdrawn(
        project=project,
        on=parse_date(on),
        reason=reason,
        year=None if year is None else ledger.settings.year_named(year),
    )
    return ledger.append(event, **envelope)[0]


def revise_form(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    on: DateLike,
    correction: bool = False,
    name: str | None = None,
    to_unit: str | None = None,
    unit_name: str | None = None,
    goals: Iterable[str] | None = None,
    purpose: str | None = None,
    project_category: ProjectCategory | ProjectCategoryWord | None = None,
    carried: Mapping[str, Amount] | None = None,
    indicator: str | None = None,
    renamed: str | None = None,
    basis: str | None = None,
    description: str | None = None,
    weight: Decimal | int | str | None = None,
    measure: Measure | MeasureWord | None = None,
    baseline: Decimal | int | str | None = None,
    direction: Direction | DirectionWord | None = None,
    cleared: Iterable[ClearedField | ClearedFieldWord] = (),
    builds_up: bool | None = None,
    removed: bool = False,
    added: Indicator | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that a project's form says something else other than money, plan and targets.

    Args:
        on: From which it holds.

        correction: It holds from the approval on: the form was wrong from the start.

        to_unit: The unit that the project belongs to from then on. Figures by unit at a
            day are those of the projects that belong to it then, whole.

        unit_name: Of that unit.

        goals: All of them.

        carried: All that the form prints of the year before, by source, where its
            approval printed some; it comes by legs of carry-overs.

        indicator: By its label; what follows is of it. Results follow one that is
            *renamed*; another *measure* judges all of them again.

        builds_up: Whether it grows to its target over the year, as counts do.

        cleared: Fields of it of which the form says nothing any more.

        removed: The form has that indicator no more.

        added: The form has this indicator from then on. One that was removed comes
            back with its results, under the target that it had.

    Raises:
        InvalidInput: Nothing is revised, or the form would make no sense.
        UnknownIndicator, UnknownProject, BeforeApproval: As their names say.
    """
    event = FormRevised(
        project=project,
        on=parse_date(on),
        correction=correction,
        name=name,
        to_unit=to_unit,
        unit_name=unit_name,
        goals=None if goals is None else tuple(goals),
        purpose=purpose,
        project_category=project_category,
        carried=None if carried is None else fundings(ledger, None, carried),
        indicator=None if indicator is None else IndicatorLabel(indicator),
        renamed=renamed,
        basis=basis,
        description=description,
        weight=weight,
        measure=measure,
        baseline=baseline,
        direction=direction,
        cleared=tuple(cleared),
        builds_up=builds_up,
        removed=removed,
        added=added,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]
