"""What an import would do, as users hold it."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, ClassVar, Literal, TypedDict, Unpack, overload

from attrs import field, frozen

from ledger.domain.events import Event
from ledger.domain.finding import Finding, tally
from ledger.domain.settings import Settings
from ledger.json_shapes.of_reports import ReviewJson
from ledger.messages import Language, Message
from ledger.reports.documents.base import (
    Document,
    Rendering,
    printed,
    renderer,
    rendering,
    whole,
    written,
)
from ledger.reports.values.summaries import counted


class ReviewOptions(TypedDict, total=False):
    """
    What one may ask of a review in a format.

    Attributes:
        language: ``zh`` or ``en``; by default the ledger's.

        width: Of a text: columns at most.
    """

    language: str | None
    width: int


@frozen(kw_only=True, repr=False)
class Review(Document):
    """
    What an import would do.

    Attributes:
        events: What would be recorded; nothing where a finding is an error.

        findings: What there is to note.

        settings: Those of the ledger.
    """

    events: Sequence[Event]
    findings: Sequence[Finding]
    settings: Settings = field(eq=False)

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("review", "tables", "language"),
        "json": rendering(None, "to_dict", "language"),
    }

    @property
    def language(self) -> Language:
        """The ledger's."""
        return self.settings.language

    def summary(self) -> Iterable[Message | str]:
        """Return how many events and findings there are."""
        yield counted("events", len(self.events))
        yield tally(self.findings)

    def to_dict(self, language: str | None = None) -> ReviewJson:
        """
        Return the review as JSON values, its words in the ledger's or in *language*.

        Raises:
            InvalidInput: There is no such language.
        """
        review = renderer("review")
        found: ReviewJson = review.values(self, language)
        return found

    def to_records(self) -> list[dict[str, Any]]:
        """Return a row for each event that would be recorded."""
        return [dict(row) for row in self.to_dict()["would_record"]]

    @overload
    def render(
        self, format: Literal["text", "json"], **options: Unpack[ReviewOptions]
    ) -> str: ...
    @overload
    def render(self, format: str, **options: Unpack[ReviewOptions]) -> str | bytes: ...
    def render(self, format: str, **options: Unpack[ReviewOptions]) -> str | bytes:
        """
        Return the review as ``text`` or ``json``.

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
        **options: Unpack[ReviewOptions],
    ) -> None:
        """
        Write the review to a file, as :meth:`render` makes it.

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
        Print the review to a terminal, or to *file*.

        Raises:
            InvalidInput: There is no such language.
        """
        printed(self, file, width, {"language": language})
