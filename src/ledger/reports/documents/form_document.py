"""What both official documents are handed out as, and how."""

import os
from typing import IO, Literal, TypedDict, Unpack, overload

from ledger.domain.progress import Progress
from ledger.reports.documents.base import Document, printed, whole, written
from ledger.reports.official_layouts import Layouts


class FormOptions(TypedDict, total=False):
    """
    What one may ask of the official forms in a format.

    Attributes:
        language: ``zh`` or ``en``; by default the ledger's. In the workbook it is that
            of the sheets around the forms, which keep the language of their layout, and
            the summary says so. JSON has no language.

        width: Of a text: columns at most.

        layout: Of the workbook: ``national``, ``split``, or a province's own.

        progress: Called with how many more sheets were written, of how many.
    """

    language: str | None
    width: int
    layout: str | Layouts
    progress: Progress


class FormDocument(Document):
    """Official forms of many projects: a workbook, a list as text, and JSON."""

    __slots__ = ()

    @overload
    def render(
        self, format: Literal["xlsx"], **options: Unpack[FormOptions]
    ) -> bytes: ...
    @overload
    def render(
        self, format: Literal["text", "json"], **options: Unpack[FormOptions]
    ) -> str: ...
    @overload
    def render(self, format: str, **options: Unpack[FormOptions]) -> str | bytes: ...
    def render(self, format: str, **options: Unpack[FormOptions]) -> str | bytes:
        """
        Return the forms as ``text``, ``json`` or ``xlsx``.

        The workbook has a summary, and a sheet for each form.

        Raises:
            InvalidInput: There is no such format, language or layout, or an option has
                no effect in the format.
        """
        return whole(self, format, options)

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        format: str | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        """
        Write the forms to a file, whole or not at all, as :meth:`render` makes them.

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
        Print a list of the forms to a terminal, or to *file*.

        Raises:
            InvalidInput: There is no such language.
        """
        printed(self, file, width, {"language": language})
