"""How the status of an indicator comes about, in words."""

from ledger.audit.explain.asked_of_forms import due_note
from ledger.audit.explain.explanation import Explanation, or_nothing, thresholds
from ledger.domain.measure import Measure
from ledger.domain.pacing import counts_whole, is_paced
from ledger.domain.policy import Policy
from ledger.domain.results import Standard
from ledger.domain.status import Status
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine


def status_formula(
    line: AttainmentLine, standard: Standard, result: str | None, expected: str | None
) -> Message:
    """
    Return what the status follows from.

    Args:
        result: As it is shown.

        expected: As it is shown.
    """
    if line.status is Status.NOT_DUE:
        return message("formula.status_not_due", reason=line.reason)
    if line.measure is Measure.WORST_MONTH:
        return message("formula.status_by_months")
    if standard.kind in DATES:
        return message("formula.status_by_date")
    if standard.kind is TargetKind.NONE:
        return message("formula.status_without_target")
    if standard.kind not in QUANTITIES:
        return message("formula.status_by_rating")
    if line.result is None or not (standard.measure.row.adds_up or standard.course):
        attainment = or_nothing(line.attainment)
        return message("formula.status_by_attainment", attainment=attainment)
    if standard.course is not None and not standard.eased:
        code = "formula.status_by_course"
        return message(code, result=result, expected=expected)
    if not is_paced(standard):
        return message("formula.status_under_ceiling", result=result)
    return message(
        "formula.status_by_expected",
        result=result,
        expected=expected,
        upper=line.target if standard.upper is not None else None,
    )


def status_limits(standard: Standard, policy: Policy) -> Message | None:
    """Return the thresholds that bear on the status, if any does."""
    if standard.kind not in QUANTITIES:
        return None
    if is_paced(standard) or standard.course is not None:
        whole = message("note.what_is_expected")
        limits = thresholds(policy.result_thresholds, whole)
    elif standard.measure.row.adds_up:
        return None
    else:
        limits = message("note.short_of_target", share=policy.level_behind_below)
    if standard.ceiling or standard.upper is not None:
        return limits
    return message("note.exceeded_from", limits=limits, share=policy.exceeded_from)


def status_notes(
    line: AttainmentLine, standard: Standard, closing: Explanation | None
) -> list[Message]:
    """Return what else bears on the status: a due day, whole things, a closing."""
    notes = [due_note(line)]
    if counts_whole(standard):
        notes.append(message("note.one_thing_short", unit=standard.unit))
    if closing is not None:
        notes.append(message("note.judged_at_closing", on=closing.value))
    return notes
