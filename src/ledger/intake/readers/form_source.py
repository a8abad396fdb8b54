"""What a reader of forms hands on: interchange content, places and findings."""

import os
from typing import Any

from attrs import define, field

from ledger.domain.finding import Finding, Text
from ledger.messages import Message, message


@define
class Source:
    """
    The content of one file in the interchange form, whatever it was read from.

    Attributes:
        places: Where parts of the content stand, by path: ``projects/0`` →
            ``line 104``.

        columns: Of the tables of a workbook the letters of the first column and of the
            last that hold a field, by sheet and field.

        keyed: Whether people see the keys of the content, as in JSON, and no heads.

        findings: What the reader has to say, by path.

        year_of_name: The year that a project's name has, where no other is printed.
    """

    name: str
    content: dict[str, Any] = field(factory=dict)
    places: dict[str, Text] = field(factory=dict)
    columns: dict[tuple[str, str], tuple[str, str]] = field(factory=dict)
    keyed: bool = False
    findings: list[tuple[str, Finding]] = field(factory=list)
    year_of_name: int | None = None

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> "Source":
        """Name the file that is to be read."""
        return cls(os.fspath(path))

    def place(self, path: str) -> Text:
        """Return where the part at *path* stands, or what holds it."""
        while path and path not in self.places:
            path = path.rpartition("/")[0]
        part = self.places[path] if path else ""
        if isinstance(part, Message):
            return message("place.in_file", file=self.name, part=part)
        return f"{self.name}:{part}" if part else self.name

    def cell(self, path: str, name: str) -> str:
        """
        Return the cell, or cells, of a field of the part at *path*; empty for none.

        >>> places = {"projects/0": "Forms!2", "projects/0/goals": "Forms!3"}
        >>> columns = {("Forms", "goals"): ("J", "J"), ("Forms", "plan"): ("M", "P")}
        >>> source = Source("a.xlsx", places=places, columns=columns)
        >>> source.cell("projects/0", "goals"), source.cell("projects/0", "plan")
        ('Forms!J3', 'Forms!M2:P2')
        """
        place = self.places.get(f"{path}/{name}", self.places.get(path, ""))
        sheet, _, row = place.rpartition("!") if isinstance(place, str) else ("",) * 3
        first, last = self.columns.get((sheet, name), ("", ""))
        if not first:
            return ""
        cells = dict.fromkeys((f"{first}{row}", f"{last}{row}"))
        return f"{sheet}!{':'.join(cells)}"

    def say(self, path: str, finding: Finding) -> None:
        """Add a finding about the part at *path*."""
        self.findings.append((path, finding))

    def findings_of(self, path: str) -> list[Finding]:
        """Return the findings about the part at *path* and within it, with places."""
        inside = f"{path}/"
        return [
            finding.at(self._line(where)) if where != path else finding
            for where, finding in self.findings
            if where == path or (path and where.startswith(inside))
        ]

    def _line(self, path: str) -> Text:
        return self.places.get(path, "")
