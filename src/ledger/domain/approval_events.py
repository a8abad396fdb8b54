"""
What happens to a form of approval itself.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.given_fields import (
    baseline_given,
    cleared_given,
    direction_given,
    measure_given,
    origin_given,
    project_category_given,
    weight_given,
)
from ledger.domain.indicator import ClearedField, Direction, Indicator, IndicatorLabel
from ledger.domain.measure import Measure
from ledger.domain.project_category import ProjectCategory
from ledger.domain.revised_form import RevisedForm
from ledger.domain.stored_fields import SPARSE


@all_checked
@frozen(kw_only=True)
class ApprovalWithdrawn:
    """
    The approval of a project-year does not hold any more, from this day on.

    The project-year may be approved again, from the same day on.

    Attributes:
        year: The fiscal year of the approval, where that of the day is another one.

        amounts: What was approved, computed.

        origin: Of that approval, computed.
    """

    project: str
    on: date
    reason: str
    amounts: tuple[Funding, ...] = ()
    origin: BudgetOrigin | None = field(default=None, converter=origin_given)
    year: int | None = field(default=None, metadata=SPARSE)


@all_checked
@frozen(kw_only=True)
class FormRevised:
    """
    What a form of approval says other than money, plan and targets was changed.

    A field that is left out stays as it was.

    Attributes:
        correction: Whether it holds from the approval on; else from its own day.

        to_unit: The code of the unit that the project belongs to from then on.

        unit_name: Of that unit.

        form: The corrected form that led to it, on one event of those it led to.

        indicator: The label of the one that the fields below it are of; results follow
            a *renamed* one, and another *measure* judges all of them again.

        carried: All that the form prints of the year before, which comes by legs.

        cleared: Fields of that indicator of which the form says nothing any more.

        removed: Whether the form has that indicator no more.

        added: An indicator that the form has from then on; one that was removed comes
            back with its results.
    """

    project: str
    on: date
    reason: str | None = None
    correction: bool = field(default=False, metadata=SPARSE)
    form: RevisedForm | None = field(default=None, metadata=SPARSE)
    name: str | None = field(default=None, metadata=SPARSE)
    to_unit: str | None = field(default=None, metadata=SPARSE)
    unit_name: str | None = field(default=None, metadata=SPARSE)
    goals: tuple[str, ...] | None = field(default=None, metadata=SPARSE)
    purpose: str | None = field(default=None, metadata=SPARSE)
    project_category: ProjectCategory | None = field(
        default=None, converter=project_category_given, metadata=SPARSE
    )
    carried: tuple[Funding, ...] | None = field(default=None, metadata=SPARSE)
    indicator: IndicatorLabel | None = field(default=None, metadata=SPARSE)
    renamed: str | None = field(default=None, metadata=SPARSE)
    basis: str | None = field(default=None, metadata=SPARSE)
    description: str | None = field(default=None, metadata=SPARSE)
    weight: Decimal | None = field(
        default=None, converter=weight_given, metadata=SPARSE
    )
    measure: Measure | None = field(
        default=None, converter=measure_given, metadata=SPARSE
    )
    baseline: Decimal | None = field(
        default=None, converter=baseline_given, metadata=SPARSE
    )
    direction: Direction | None = field(
        default=None, converter=direction_given, metadata=SPARSE
    )
    cleared: tuple[ClearedField, ...] | None = field(
        default=None, converter=cleared_given, metadata=SPARSE
    )
    builds_up: bool | None = field(default=None, metadata=SPARSE)
    removed: bool = field(default=False, metadata=SPARSE)
    added: Indicator | None = field(default=None, metadata=SPARSE)
