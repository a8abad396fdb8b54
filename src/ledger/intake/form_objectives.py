"""Part one of a form: a unit's own goals, where their indicators are objects."""

from datetime import date
from typing import Any

from ledger.domain.codes import checked_code
from ledger.domain.events import ObjectivesSet
from ledger.domain.finding import Finding, finding
from ledger.domain.objective import Objective
from ledger.intake import execution_weight as execution
from ledger.intake import fields
from ledger.intake import known_keys as keys
from ledger.intake.error_collector import ErrorCollector
from ledger.intake.form_indicators import read_indicator
from ledger.messages import Message, message


def read_objectives(
    given: Any, fiscal_year: int, on: date, findings: list[Finding]
) -> ObjectivesSet | None:
    """
    Return a unit's own objectives; ``None`` where they are prose, or cannot be taken.

    Args:
        on: The day from which they hold.

        findings: Takes findings about them, and an error of each field that is
            missing or cannot be taken.

    Raises:
        InvalidInput: It is no object with goals that are objects.
    """
    department = fields.mapping(given, "department")
    goals = [
        fields.mapping(goal, message("place.goal", number=number))
        for number, goal in enumerate(fields.many(department, "goals"), start=1)
    ]
    prose = [
        str(goal.get("title"))
        for goal in goals
        if any(isinstance(i, str) for i in fields.many(goal, "indicators"))
    ]
    findings += keys.unknown(department, "department")
    for number, goal in enumerate(goals, start=1):
        where = message("place.goal", number=number)
        findings += [f.at(where) for f in keys.unknown(goal, "goal")]
        found = keys.every(goal.get("indicators"), "indicator")
        findings += [f.at(_row(number, i)) for i, f in found]
    whole = any(fields.many(goal, "indicators") for goal in goals)
    if prose or not (department.get("unit_code") or whole):
        findings.append(
            finding(
                "objectives.prose",
                found=message("found.several", parts=prose) if prose else None,
                expected=message("expected.objectives"),
            )
        )
        return None
    errors = ErrorCollector(findings)
    unit = errors.take(
        lambda: checked_code(department.get("unit_code"), name="unit_code")
    )
    name = errors.take(lambda: fields.text(department, "unit_name"))
    overall_goal = errors.take(lambda: fields.maybe(department, "overall_goal"))
    points = errors.take(lambda: execution.given(department))
    objectives = [
        _objective(goal, message("place.goal", number=number), fiscal_year, findings)
        for number, goal in enumerate(goals, start=1)
    ]
    if unit is None or name is None or errors.failed or None in objectives:
        return None
    return ObjectivesSet(
        unit=unit,
        on=on,
        name=name,
        fiscal_year=fiscal_year,
        overall_goal=overall_goal,
        execution_weight=points,
        objectives=tuple(one for one in objectives if one is not None),
    )


def _objective(
    goal: dict[str, Any], place: Message, fiscal_year: int, findings: list[Finding]
) -> Objective | None:
    """Return one goal with its indicators; ``None`` where one cannot be taken."""
    errors = ErrorCollector(findings, (place,))
    title = errors.take(lambda: fields.text(goal, "title"))
    objective = errors.take(lambda: fields.maybe(goal, "objective"))
    rows = enumerate(
        errors.take(lambda: fields.many(goal, "indicators")) or (), start=1
    )
    indicators = [
        read_indicator(
            row, ErrorCollector(findings, (place, _indicator(number))), fiscal_year
        )
        for number, row in rows
    ]
    if title is None or errors.failed or None in indicators:
        return None
    return Objective(
        title=title,
        objective=objective,
        indicators=tuple(one for one in indicators if one is not None),
    )


def _indicator(number: int) -> Message:
    """Return where an indicator stands within its goal."""
    return message("place.indicator", number=number)


def _row(goal: int, number: int) -> Message:
    """Return where an indicator of a goal stands, for what its names are."""
    return message("place.goal_indicator", goal=goal, number=number)
