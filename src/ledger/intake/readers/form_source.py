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

        findings: What the reader has to say, by path.
    """

    name: str
    content: dict[str, Any] = field(factory=dict)
    places: dict[str, Text] = field(factory=dict)
    findings: list[tuple[str, Finding]] = field(factory=list)

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
