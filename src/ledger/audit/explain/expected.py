"""What is expected of an indicator by a day, said with the numbers it is made of."""

from datetime import date

from ledger.audit.explain.explanation import shown
from ledger.domain.course import passed_and_next
from ledger.domain.pacing import counts_whole
from ledger.domain.plan import Convention
from ledger.domain.result_series import decimal
from ledger.domain.results import Standard, Tracked
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine


def along_course(
    line: AttainmentLine,
    one: Tracked,
    standard: Standard,
    through: date,
    usual: Convention,
) -> Message:
    """Say what is expected where the share of the year eases nothing from zero."""
    course = standard.course
    start = shown(decimal(one.baseline))
    if course is None:
        nothing = line.expected is None
        return message(f"formula.{'nothing_expected' if nothing else 'not_eased'}")
    if not course.milestones:
        target = shown(decimal(standard.value))
        return message("formula.builds_up", start=start, target=target)
    passed, following = passed_and_next(course, through)
    if passed is None:
        first = course.milestones[0].on
        return message("formula.before_milestones", first=first, start=start)
    between = course.between or usual
    evenly = following is not None and between is Convention.LINEAR
    return message(
        "formula.by_milestones",
        on=passed.on,
        value=shown(passed.value),
        next=following.on if evenly and following else None,
        following=shown(following.value) if evenly and following else None,
        unit=standard.unit if counts_whole(standard) else None,
    )
