"""What those hand out who check: text and JSON, in the language that is asked for."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from ledger.messages import Language
from ledger.reports.documents.base import Document, Rendering, rendering
from ledger.reports.values.outline import Outline


class AuditDocument(Document):
    """A document of those who check."""

    __slots__ = ()

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("outline", "shown", "language"),
        "json": rendering(None, "to_dict", "language"),
    }

    @abstractmethod
    def outline(self, language: Language) -> Outline:
        """Return it as lines below heads, to be said in *language*."""
