"""What is expected of an indicator by a day that has milestones, or builds up."""

from datetime import date
from fractions import Fraction

from ledger.domain.course import expected_on
from ledger.domain.exact_numbers import Exact, exactly, in_integers
from ledger.domain.plan import Convention
from ledger.domain.results import Standard, Tracked


def expected_by(
    one: Tracked,
    standard: Standard,
    wanted: Exact,
    through: date,
    usual: Convention,
    elapsed: Fraction,
) -> Exact | None:
    """
    Return what is expected by a day; ``None`` where nothing is.

    Before the first milestone that is the baseline, and of what grows from nothing 0.

    Args:
        usual: How it goes from one milestone to the next, where that is not said.

        elapsed: The share of the year by which what builds up has grown.
    """
    course, start = standard.course, _start(one, standard)
    assert course is not None
    if course.milestones:
        return expected_on(course, through, start, usual)
    if start is None:
        return wanted
    return exactly(start + (wanted - start) * elapsed)


def keeping_pace(
    one: Tracked, standard: Standard, result: Exact, expected: Exact | None
) -> tuple[int, int]:
    """
    Return how much of what is expected is there, as a part and a whole.

    It is the way from where it began; of a ceiling without a beginning, what is
    expected of what there is. All is there where nothing is expected.
    """
    if expected is None or (standard.ceiling and result <= expected):
        return 1, 1
    start = _start(one, standard)
    if start is None:
        return in_integers(expected, result) if expected > 0 else (0, 1)
    gone, due = result - start, expected - start
    if standard.ceiling:
        gone, due = -gone, -due
    return in_integers(gone, due) if due > 0 else (1, 1)


def _start(one: Tracked, standard: Standard) -> Exact | None:
    """Return where it began; ``None`` of a ceiling of which nobody said."""
    if one.baseline is not None:
        return exactly(one.baseline)
    return None if standard.ceiling else 0
