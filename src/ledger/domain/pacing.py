"""Of which targets less is expected within the year, and of which whole things."""

from ledger.domain.exact_numbers import exactly
from ledger.domain.results import Standard
from ledger.domain.units import COUNTED_WHOLE


def is_paced(standard: Standard) -> bool:
    """Return whether less is expected within the year: of a sum, up to a floor."""
    return standard.eased or (
        standard.upper is not None and standard.measure.row.adds_up
    )


def counts_whole(standard: Standard) -> bool:
    """Return whether a sum is to reach a whole number of things or people."""
    value = standard.value
    return (
        value is not None
        and not standard.ceiling
        and type(exactly(value)) is int
        and standard.unit in COUNTED_WHOLE
        and standard.measure.row.adds_up
    )


def follows_time(standard: Standard) -> bool:
    """Return whether what is expected grows evenly with time, or with the plan."""
    course = standard.course
    return is_paced(standard) or (course is not None and not course.milestones)
