"""Shapes of the JSON of the register of completeness."""

from typing import TypedDict

from ledger.json_shapes.of_registers import RegisterHeadJson


class CompletenessTotalJson(TypedDict):
    """How many results were due, how many of those came, and the share."""

    results_due: int
    results_answered: int
    completeness: str | None


class CompletenessUnitJson(CompletenessTotalJson):
    """The projects and the own indicators of a unit."""

    unit: str
    unit_name: str | None


class AnsweredSubjectJson(CompletenessTotalJson):
    """A project, or a unit with its own indicators: its *project* is blank."""

    unit: str
    project: str
    project_name: str
    missing_since: str | None


class AnsweredIndicatorJson(AnsweredSubjectJson):
    """An indicator of a project or a unit."""

    indicator: str


class CompletenessJson(RegisterHeadJson):
    """Completeness, with what identifies the record that it was made from."""

    totals: CompletenessTotalJson
    by_unit: list[CompletenessUnitJson]
    projects: list[AnsweredSubjectJson]
    indicators: list[AnsweredIndicatorJson]
