"""What a form asks of an indicator, explained: its due days, and its points."""

from collections.abc import Sequence
from decimal import Decimal

from ledger.audit.explain.explanation import Basis
from ledger.audit.explain.form_fields import is_revised
from ledger.audit.explain.judging import set_by
from ledger.domain.policies import Judging
from ledger.domain.weight_groups import group_of
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine


def due_note(line: AttainmentLine) -> Message:
    """Return which result was due last."""
    if line.due_on is None:
        return message("note.not_due")
    return message("note.due_day", on=line.due_on, after=line.due_after)


def weighed(
    line: AttainmentLine,
    given: Decimal | None,
    forms: Sequence[Basis],
    judging: Judging,
) -> tuple[Message, tuple[Basis, ...]]:
    """
    Return how an indicator has its points, and what set the steps of computed ones.

    Args:
        given: The points that the form in force gives it.

        forms: What forms say of its points.
    """
    group = line.level1
    if given is not None:
        code = "revised" if is_revised(forms) else "given"
        return message(f"formula.weight.{code}"), ()
    if line.weight is None:
        if group_of(group) is not None:
            return message("formula.weight.none_given"), ()
        return message("formula.weight.no_group", group=group), ()
    says = message("says.weight_unit", step=judging.scoring.weight_unit)
    return message("formula.weight.shared", group=group), set_by(judging, says)
