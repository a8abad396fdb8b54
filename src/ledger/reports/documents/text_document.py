"""Documents that are text and JSON, in the language that is asked for."""

import os
from typing import IO, Literal, TypedDict, Unpack, overload

from ledger.reports.documents.base import Document, printed, whole, written


class TextOptions(TypedDict, total=False):
    """
    What one may ask of such a document in a format.

    Attributes:
        language: ``zh`` or ``en``; by default the ledger's.

        width: Of a text: columns at most.
    """

    language: str | None
    width: int


class TextDocument(Document):
    """A document of two formats, ``text`` and ``json``."""

    __slots__ = ()

    @overload
    def render(
        self, format: Literal["text", "json"], **options: Unpack[TextOptions]
    ) -> str: ...
    @overload
    def render(self, format: str, **options: Unpack[TextOptions]) -> str | bytes: ...
    def render(self, format: str, **options: Unpack[TextOptions]) -> str | bytes:
        """
        Return the document as ``text`` or ``json``.

        Raises:
            InvalidInput: There is no such format or language, or an option has no
                effect in the format.
        """
        return whole(self, format, options)

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        format: str | None = None,
        **options: Unpack[TextOptions],
    ) -> None:
        """
        Write the document to a file, as :meth:`render` makes it.

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
        Print the document to a terminal, or to *file*.

        Raises:
            InvalidInput: There is no such language.
        """
        printed(self, file, width, {"language": language})
