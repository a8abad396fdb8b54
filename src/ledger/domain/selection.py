"""The part of a ledger that a report is of: one unit, one project, or all of it."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from ledger.domain.codes import checked_code, is_within
from ledger.domain.errors import InvalidInput
from ledger.messages import message


@frozen
class Selection:
    """
    Which projects a report is of: those of a unit, a single one, or all.

    Attributes:
        unit: With the units below it, as codes of budget units show.
    """

    unit: str | None = None
    project: str | None = None

    @classmethod
    def of(cls, unit: object, project: object) -> "Selection":
        """
        Take what was asked for.

        Raises:
            InvalidInput: Both are given, or one is no code.
        """
        if unit is None and project is None:
            return EVERYTHING
        if unit is not None and project is not None:
            raise InvalidInput("project", project, message("expected.one_selection"))
        if project is not None:
            return cls(project=checked_code(project))
        return cls(unit=checked_code(unit, name="unit"))

    @property
    def named(self) -> Mapping[str, str]:
        """The code of the unit or of the project by that word; nothing for all."""
        both = {"unit": self.unit, "project": self.project}
        return {key: code for key, code in both.items() if code is not None}

    def takes(self, project: str, unit: str) -> bool:
        """Return whether a report has the project *project* of the unit *unit*."""
        if self.project is not None:
            return project == self.project
        return self.unit is None or is_within(unit, self.unit)

    def takes_unit(self, unit: str) -> bool:
        """Return whether a report has the objectives of a unit itself."""
        if self.project is not None:
            return False
        return self.unit is None or is_within(unit, self.unit)


EVERYTHING: Final = Selection()
"""All projects and units."""
