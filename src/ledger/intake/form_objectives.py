"""Part one of a form: a unit's own goals, where their indicators are objects."""

from datetime import date
from typing import Any

from ledger.domain.codes import checked_code
from ledger.domain.events import Objective, ObjectivesSet
from ledger.domain.finding import Finding, note
from ledger.intake import execution_weight as execution
from ledger.intake import fields
from ledger.intake import known_keys as keys
from ledger.intake.form_indicators import read_indicator


def read_objectives(
    given: Any, fiscal_year: int, on: date, findings: list[Finding]
) -> ObjectivesSet | None:
    """
    Return a unit's own objectives; ``None`` where they are prose.

    Args:
        on: The day from which they hold.

        findings: Takes what is to be said of them.

    Raises:
        InvalidInput: A field is missing or cannot be taken.
    """
    department = fields.mapping(given, "department")
    goals = [
        fields.mapping(goal, f"goal {number}")
        for number, goal in enumerate(fields.many(department, "goals"), start=1)
    ]
    prose = [
        str(goal.get("title"))
        for goal in goals
        if any(isinstance(i, str) for i in fields.many(goal, "indicators"))
    ]
    findings += keys.unknown(department, "department")
    for number, goal in enumerate(goals, start=1):
        findings += [f.at(f"goal {number}") for f in keys.unknown(goal, "a goal")]
        found = keys.every(goal.get("indicators"), "an indicator")
        findings += [f.at(f"goal {number}, indicator {i}") for i, f in found]
    if prose or not department.get("unit_code"):
        findings.append(
            note(
                "objectives.prose",
                "the unit's goals are prose; they are not recorded as objectives",
                found="; ".join(prose) or None,
                expected="unit_code, and indicators as objects",
            )
        )
        return None
    return ObjectivesSet(
        unit=checked_code(department.get("unit_code"), name="unit_code"),
        on=on,
        name=fields.text(department, "unit_name"),
        fiscal_year=fiscal_year,
        overall_goal=fields.maybe(department, "overall_goal"),
        execution_weight=execution.given(department),
        objectives=tuple(
            Objective(
                title=fields.text(goal, "title"),
                objective=fields.maybe(goal, "objective"),
                indicators=tuple(
                    read_indicator(
                        row, f"goal {number}, indicator {i}", fiscal_year, findings
                    )
                    for i, row in enumerate(fields.many(goal, "indicators"), start=1)
                ),
            )
            for number, goal in enumerate(goals, start=1)
        ),
    )
