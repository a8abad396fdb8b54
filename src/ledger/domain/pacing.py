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
    if standard.unit not in COUNTED_WHOLE or standard.ceiling:
        return False
    value = standard.value
    if value is None or not standard.measure.row.adds_up:
        return False
    return type(value) is int or type(exactly(value)) is int


def follows_time(standard: Standard) -> bool:
    """Return whether what is expected grows evenly with time, or with the plan."""
    course = standard.course
    return is_paced(standard) or (course is not None and not course.milestones)
