"""What the rules allow of revising a form of approval."""

from attrs import fields

from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.budget_rules import check_form
from ledger.domain.characters import check_filled
from ledger.domain.codes import checked_code
from ledger.domain.errors import InvalidInput
from ledger.domain.money_guards import not_approved
from ledger.domain.refusals import BeforeApproval
from ledger.domain.settings import Settings
from ledger.messages import message

_ENVELOPE = frozenset({"project", "on", "reason", "correction", "form"})


def decide_form(budget: Budget, event: FormRevised, settings: Settings) -> FormRevised:
    """
    Revise what a form says other than money, plan and targets.

    It is no money: a project that is closed may be renamed, or move to another unit.
    """
    if budget.approved_on is None:
        raise not_approved(event.project, budget)
    if event.on < budget.approved_on:
        raise BeforeApproval(event.project, event.on, budget.approved_on)
    given = [a.name for a in fields(FormRevised) if a.name not in _ENVELOPE]
    if all(getattr(event, name) is None for name in given):
        right = message("expected.field_of_form")
        raise InvalidInput("fields", message("found.nothing"), right)
    if event.name is not None:
        check_filled("name", event.name, LONGEST_TEXT)
    if event.to_unit is not None:
        checked_code(event.to_unit, name="to_unit")
    if event.form is not None:
        check_form(event.form, settings.year(budget.fiscal_year), settings)
    return event
