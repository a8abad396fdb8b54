"""The register of contracts as users hold it: its values, and what it is shown as."""

import os
from collections.abc import Iterable, Mapping
from typing import IO, Any, ClassVar, Literal, TypedDict, Unpack, overload

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_contracts import ContractRegisterJson
from ledger.messages import Language, Message, message
from ledger.reports.documents.base import (
    Document,
    Rendering,
    printed,
    renderer,
    rendering,
    whole,
    written,
)
from ledger.reports.values.contracts import ContractRegisterValues
from ledger.reports.values.summaries import counted
from ledger.reports.values.tidy_rows import whole_rows


class ContractOptions(TypedDict, total=False):
    """
    What one may ask of a register in a format.

    Attributes:
        language: ``zh`` or ``en``; by default the ledger's. JSON has none.

        width: Of a text: columns at most.

        table: Of CSV: ``contracts`` or ``units``.
    """

    language: str | None
    width: int
    table: str


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ContractRegister(Document, ContractRegisterValues):
    """
    The commitments of a fiscal year: payee, amount, paid, open, due, days overdue.

    Its figures are those of :class:`ContractRegisterValues`.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("contracts_text", "register", "language"),
        "json": rendering(None, "to_dict"),
        "csv": rendering("contracts_json", "csv", "language", "table"),
    }

    @property
    def language(self) -> Language:
        """The ledger's."""
        return self.settings.language

    def summary(self) -> Iterable[Message | str]:
        """Return the day, how many contracts there are and what is open."""
        yield message("summary.through", on=self.through)
        yield counted("contracts", len(self.contracts))

    def to_dict(self) -> ContractRegisterJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        contracts_json = renderer("contracts_json")
        found: ContractRegisterJson = contracts_json.register(self)
        return found

    def to_records(
        self, table: str = "contracts", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each contract, for data frames.

        Args:
            table: ``contracts``.

            wide: Changes nothing: each row has all that there is of its thing.

        Raises:
            InvalidInput: There is no such table.
        """
        shown = self.to_dict()
        return whole_rows({"contracts": lambda: shown["contracts"]}, table, wide=wide)

    @overload
    def render(
        self,
        format: Literal["text", "json", "csv"],
        **options: Unpack[ContractOptions],
    ) -> str: ...
    @overload
    def render(
        self, format: str, **options: Unpack[ContractOptions]
    ) -> str | bytes: ...
    def render(self, format: str, **options: Unpack[ContractOptions]) -> str | bytes:
        """
        Return the register as ``text``, ``json`` or ``csv``.

        Raises:
            InvalidInput: There is no such format, language or table, or an option has
                no effect in the format.
        """
        return whole(self, format, options)

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        format: str | None = None,
        **options: Unpack[ContractOptions],
    ) -> None:
        """
        Write the register to a file, as :meth:`render` makes it.

        Args:
            format: By default that of the ending of *path*.

        Raises:
            InvalidInput: The ending is that of no format, the file cannot be written,
                or as :meth:`render`.
        """
        written(self, path, format, options)

    def print(
        self,
        file: IO[str] | None = None,
        width: int | None = None,
        *,
        language: str | None = None,
    ) -> None:
        """
        Print the register to a terminal, or to *file*.

        Raises:
            InvalidInput: There is no such language.
        """
        printed(self, file, width, {"language": language})
