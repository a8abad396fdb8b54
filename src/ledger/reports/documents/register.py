"""Registers as users hold them: their values, and what each is shown as."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from ledger.messages import Message, message
from ledger.reports.documents.base import LedgerDocument, Rendering, renderer, rendering
from ledger.reports.values.register import RegisterValues, table_of
from ledger.reports.values.summaries import counted

J = TypeVar("J")


class Register(LedgerDocument, RegisterValues, Generic[J]):
    """
    Rows by unit and in all, in every format.

    Its tables are those of its values; a workbook has a sheet for each. Its JSON is of
    the shape *J*.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("register_text", "register", "language"),
        "json": rendering(None, "to_dict"),
        "csv": rendering("register_json", "csv", "language", "table"),
        "html": rendering("register_page", "page", "language"),
        "xlsx": rendering("register_workbook", "workbook", "language"),
    }

    def summary(self) -> Iterable[Message | str]:
        """Return the day, and how many rows its first table has."""
        table = self.tables[0]
        yield message("summary.through", on=self.through)
        yield counted(table.key, len(table.rows))

    def to_dict(self) -> J:
        """Return the register as JSON values; keys may be added, never renamed."""
        shown: J = renderer("register_json").register(self)
        return shown

    def to_records(
        self, table: str | None = None, *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each row of a table, for data frames.

        Args:
            table: By default the first.

            wide: Amounts and rates as numbers (``Decimal``), days as dates; else as in
                the JSON. Each row has all that there is of its thing either way.

        Raises:
            InvalidInput: There is no such table.
        """
        as_json, shown = renderer("register_json"), table_of(self, table)
        rows: list[dict[str, Any]]
        rows = as_json.typed_rows(shown) if wide else as_json.rows(shown)
        return rows
