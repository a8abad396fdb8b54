"""The goals of a form: those of a day, and whether one is named."""

from datetime import date

from ledger.events import BudgetApproved, FormRevised, GoalAssessed, ObjectivesSet

from .book import Fact


def refused(facts: list[Fact], stream: str, event: GoalAssessed) -> set[str]:
    """Return the errors in which an assessment of a goal may end."""
    found: set[str] = set() if event.text.strip() else {"InvalidInput"}
    forms = _forms([f.event for f in facts if f.stream == stream])
    for day in (event.on, date.max):
        goals = _held(forms, day)
        numbers = [str(number + 1) for number in range(len(goals))]
        if event.goal in numbers or event.goal in goals:
            return found
    return {"InvalidInput"}


def _forms(events: list[object]) -> list[tuple[date, tuple[str, ...]]]:
    """Return the goals of a form and of its revisions, each with its first day."""
    found: list[tuple[date, tuple[str, ...]]] = []
    approved: date | None = None
    for event in events:
        if isinstance(event, BudgetApproved):
            approved = event.on
            found.append((event.on, event.goals))
        elif isinstance(event, ObjectivesSet):
            own = [event.overall_goal, *(goal.title for goal in event.objectives)]
            found.append((event.on, tuple(goal for goal in own if goal)))
        elif isinstance(event, FormRevised) and event.goals is not None:
            corrects = event.correction and approved is not None
            found.append((approved if corrects else event.on, event.goals))
    return sorted(found, key=lambda form: form[0])


def _held(forms: list[tuple[date, tuple[str, ...]]], on: date) -> tuple[str, ...]:
    """Return the goals of the last form by a day, else those of the first."""
    by_then = [goals for day, goals in forms if day <= on]
    if by_then:
        return by_then[-1]
    return forms[0][1] if forms else ()
