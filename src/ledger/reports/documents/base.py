"""What every report can be shown as: JSON values, JSON text, and text."""

import os
from abc import ABC, abstractmethod
from typing import IO, TYPE_CHECKING, Any, Final

from ledger.loading import load
from ledger.output import write

if TYPE_CHECKING:
    from rich.console import RenderableType

RENDERERS: Final = {
    "html": "ledger.reports.render.html",
    "json": "ledger.reports.render.json",
    "monthly_table": "ledger.reports.render.monthly_table",
    "monthly_text": "ledger.reports.render.monthly_text",
    "monthly_workbook": "ledger.reports.render.monthly_workbook",
    "official_json": "ledger.reports.render.official_json",
    "official_text": "ledger.reports.render.official_text",
    "official_workbook": "ledger.reports.render.official_workbook",
    "portfolio_json": "ledger.reports.render.portfolio_json",
    "portfolio_text": "ledger.reports.render.portfolio_text",
    "table": "ledger.reports.render.table",
    "terminal": "ledger.reports.render.terminal",
}
"""The module of each renderer: it loads when it is used, to start fast."""


def renderer(name: str) -> Any:
    """Return the module of a renderer."""
    return load(RENDERERS, name)


class Rendered(ABC):
    """A report that is values; it says how these look as JSON and as text."""

    __slots__ = ()

    @abstractmethod
    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON values; keys may be added, never renamed."""

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str:
        """
        Return the report as JSON text, and write it to *path* if there is one.

        Raises:
            InvalidInput: It cannot be written.
        """
        as_json = renderer("json")
        text: str = as_json.text(self.to_dict())
        if path is not None:
            write(path, [text, "\n"])
        return text


class Printed(Rendered):
    """A report that can be printed whole."""

    __slots__ = ()

    @abstractmethod
    def _shown(self, language: str | None) -> "RenderableType":
        """Return the report in a language, as a terminal shows it."""

    def to_text(self, width: int = 100, *, language: str | None = None) -> str:
        """
        Return the report as plain text of at most *width* columns.

        Args:
            language: ``zh`` or ``en``; by default the ledger's.

        Raises:
            InvalidInput: There is no such language.
        """
        terminal = renderer("terminal")
        text: str = terminal.rendered(self._shown(language), width)
        return text

    def print(
        self,
        file: IO[str] | None = None,
        width: int | None = None,
        *,
        language: str | None = None,
    ) -> None:
        """
        Print the report to a terminal, or to *file*.

        Raises:
            InvalidInput: There is no such language.
        """
        terminal = renderer("terminal")
        terminal.put(self._shown(language), file, width)
