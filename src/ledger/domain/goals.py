"""The goals of a form (年度总体目标): which hold on a day, and which one is named."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from ledger.domain.approval_events import FormRevised
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.in_force import in_force
from ledger.messages import message

_LONGEST: Final = 40
"""Characters of each goal where all of them are listed."""


class FormGoals(NamedTuple):
    """The goals of a form, as they hold from a day on."""

    since: date
    goals: tuple[str, ...]


def since_of_goals(goals: FormGoals) -> date:
    """Return the day from which goals hold, to sort by."""
    return goals.since


def goals_of(event: BudgetApproved | ObjectivesSet) -> tuple[str, ...]:
    """Return the goals of a form; of a unit the one over all, then each of its own."""
    if isinstance(event, BudgetApproved):
        return event.goals
    goals = (event.overall_goal, *(one.title for one in event.objectives))
    return tuple(goal for goal in goals if goal)


def founded_goals(
    known: Sequence[FormGoals], event: BudgetApproved | ObjectivesSet
) -> tuple[FormGoals, ...]:
    """Return all goals with those that a form is approved with."""
    return _sorted([*known, FormGoals(event.on, goals_of(event))])


def revised_goals(
    known: Sequence[FormGoals], event: FormRevised, approved_on: date | None
) -> tuple[FormGoals, ...]:
    """Return all goals with those that a revision says; as known where it says none."""
    if event.goals is None:
        return tuple(known)
    since = approved_on if event.correction else None
    return _sorted([*known, FormGoals(since or event.on, event.goals)])


def goals_on(known: Sequence[FormGoals], on: date) -> tuple[str, ...]:
    """Return the goals in force on a day; before the first day those of it."""
    return in_force(known, on, since_of_goals).goals if known else ()


def alike(goal: str) -> str:
    """Return what two spellings of a goal have in common."""
    text = unicodedata.normalize("NFKC", goal)
    return "".join(filter(str.isalnum, text)).casefold()


def named_goal(goal: str, goals: Sequence[str]) -> str:
    """Return the goal that a text or a number names, else that itself."""
    number = int(goal) if goal.isascii() and goal.isdecimal() else 0
    return goals[number - 1] if 0 < number <= len(goals) else goal


def check_goal(known: Sequence[FormGoals], goal: str, on: date) -> None:
    """
    Check that a text or a number names a goal of the form, by its day or by the last.

    Raises:
        InvalidInput: It names none; the goals of the day are listed.
    """
    goals = goals_on(known, on)
    for among in (goals, goals_on(known, date.max)):
        if alike(named_goal(goal, among)) in map(alike, among):
            return
    numbered = [
        message("found.goal", number=number, goal=_shortened(text))
        for number, text in enumerate(goals, start=1)
    ]
    expected = message("expected.goal_of_form", goals=numbered)
    if not numbered:
        expected = message("expected.form_with_goals")
    raise InvalidInput("goal", goal, expected)


def _shortened(goal: str) -> str:
    return goal if len(goal) <= _LONGEST else f"{goal[:_LONGEST]}…"


def _sorted(goals: list[FormGoals]) -> tuple[FormGoals, ...]:
    return tuple(sorted(goals, key=since_of_goals))
