"""
What every document is handed out as, and how: one way for all of them.

A document names a rendering for each format that it has. Scripts call the methods of
documents; the command line calls the functions below, which these methods call too.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Literal,
    TypedDict,
    Unpack,
    overload,
)

from attrs import frozen

from ledger.domain.choice_words import LanguageWord
from ledger.domain.choices import not_among
from ledger.domain.errors import InvalidInput
from ledger.domain.one_line import OneLine
from ledger.domain.progress import Progress
from ledger.domain.settings import Settings
from ledger.loading import load
from ledger.messages import Language, message
from ledger.output import write
from ledger.reports.documents.formats import FORMATS, check_format, format_of

if TYPE_CHECKING:
    from ledger.layouts.form_layout import Layouts

RENDERERS: Final = {
    "alerts_text": "ledger.reports.render.alerts_text",
    "calendar": "ledger.reports.render.calendar",
    "html": "ledger.reports.render.html",
    "json": "ledger.reports.render.json",
    "monthly_table": "ledger.reports.render.monthly_table",
    "monthly_text": "ledger.reports.render.monthly_text",
    "monthly_workbook": "ledger.reports.render.monthly_workbook",
    "notebook": "ledger.reports.render.notebook",
    "outline": "ledger.reports.render.outline",
    "official_json": "ledger.reports.render.official_json",
    "official_text": "ledger.reports.render.official_text",
    "official_workbook": "ledger.reports.render.official_workbook",
    "portfolio_json": "ledger.reports.render.portfolio_json",
    "portfolio_sheets": "ledger.reports.render.portfolio_sheets",
    "portfolio_text": "ledger.reports.render.portfolio_text",
    "register_json": "ledger.reports.render.register_json",
    "register_page": "ledger.reports.render.register_page",
    "register_text": "ledger.reports.render.register_text",
    "register_workbook": "ledger.reports.render.register_workbook",
    "review": "ledger.reports.render.review",
    "review_workbook": "ledger.reports.render.review_workbook",
    "terminal": "ledger.reports.render.terminal",
}
"""The module of each renderer: it loads when it is used, to start fast."""

_ALWAYS: Final = "progress"
"""The option that changes nothing of what is made: any format takes it."""


@frozen
class Rendering:
    """
    How a document is made in one format.

    Attributes:
        renderer: The name of the module; ``None`` for the document itself.

        function: The name of its function, which is given the document and options,
            or of the document's method.

        options: What one may ask of the function.
    """

    renderer: str | None
    function: str
    options: frozenset[str] = frozenset()


def rendering(renderer: str | None, function: str, *options: str) -> Rendering:
    """Return the row of a format."""
    return Rendering(renderer, function, frozenset(options))


def renderer(name: str) -> Any:
    """Return the module of a renderer."""
    return load(RENDERERS, name)


class DocumentOptions(TypedDict, total=False):
    """
    What one may ask of a document in a format; what has no effect there is refused.

    Attributes:
        language: ``zh`` or ``en``; by default the ledger's. In a table without one,
            heads and statuses are those of the JSON. In a workbook of official forms it
            is that of the layout too, or is refused. The JSON of reports has none.

        width: Of a text: columns at most.

        project: Of the text of a monthly report: the one project that is shown, in
            detail.

        table: Of CSV: which of its tables.

        layout: Of a workbook of official forms: the name of one, such as ``split``,
            the file of one's own, or the layout itself; by default the national forms
            in the language.

        quarter: Of the workbook of a monitoring: whether the titles of its forms name
            the quarter of the fiscal year that ends with the month.

        progress: Called with how many more projects or sheets were written, of how
            many.
    """

    language: Language | LanguageWord | None
    width: int
    project: str | None
    table: str
    layout: "str | os.PathLike[str] | Layouts | None"
    quarter: bool
    progress: Progress


class Document(OneLine):
    """A value that is handed out: shown, printed, or written to a file."""

    __slots__ = ()

    renderings: ClassVar[Mapping[str, Rendering]]
    """How it is made in each format that it has."""

    @overload
    def render(
        self, format: Literal["xlsx"], **options: Unpack[DocumentOptions]
    ) -> bytes: ...
    @overload
    def render(
        self,
        format: Literal["text", "json", "csv", "html", "ics"],
        **options: Unpack[DocumentOptions],
    ) -> str: ...
    @overload
    def render(
        self, format: str, **options: Unpack[DocumentOptions]
    ) -> str | bytes: ...
    def render(self, format: str, **options: Unpack[DocumentOptions]) -> str | bytes:
        """
        Return the document in one of the formats that :attr:`renderings` names.

        A page needs nothing else, and runs nothing of what was recorded. Totals and
        rates of a workbook of a report are formulas.

        Raises:
            InvalidInput: There is no such format, language, table or layout, or an
                option has no effect in the format.
            LogError: A page lists events of the ledger, which was closed and is in no
                file, or in one that is another now.
            UnknownProject: The project is not in the report.
        """
        return whole(self, format, options)

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        format: str | None = None,
        **options: Unpack[DocumentOptions],
    ) -> None:
        """
        Write the document to a file, whole or not at all, as :meth:`render` makes it.

        Args:
            format: By default that of the ending of *path*.

        Raises:
            InvalidInput: The ending is that of no format, the file cannot be written,
                or as :meth:`render`.
            LogError, UnknownProject: As :meth:`render`.
        """
        written(self, path, format, options)

    def print(
        self,
        file: IO[str] | None = None,
        width: int | None = None,
        *,
        language: Language | LanguageWord | None = None,
    ) -> None:
        """
        Print the document to a terminal, or to *file*.

        Raises:
            InvalidInput: There is no such language.
        """
        printed(self, file, width, {"language": language})

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it."""
        found: str = renderer("notebook").html(made(self, "text", {}))
        return found


class LedgerDocument(Document):
    """A document that has the settings of its ledger, and speaks its language."""

    __slots__ = ()

    settings: Settings

    @property
    def language(self) -> Language:
        """The ledger's."""
        return self.settings.language


def made(document: Document, format: str, options: Mapping[str, object]) -> Any:
    """
    Return what the rendering of a format returns, before it is finished.

    Raises:
        InvalidInput: There is no such format, or an option has no effect in it.
    """
    row = document.renderings[check_format(format, document.renderings)]
    taken = row.options | FORMATS[format].options
    for name, value in options.items():
        if name not in taken and name != _ALWAYS:
            raise _without_effect(document, name, value)
    own = {name: value for name, value in options.items() if name in row.options}
    if row.renderer is None:
        return getattr(document, row.function)(**own)
    return getattr(renderer(row.renderer), row.function)(document, **own)


def _without_effect(document: Document, name: str, value: object) -> InvalidInput:
    """Return the refusal of an option that the rendering of a format does not take."""
    having = {
        form: row.options | FORMATS[form].options
        for form, row in document.renderings.items()
    }
    known = sorted({_ALWAYS}.union(*having.values()))
    if name not in known:
        return not_among(known, "keyword", name)
    forms = [form for form, options in having.items() if name in options]
    right = message("expected.no_option", forms=forms)
    if name == "language":
        right = message("expected.language_json")
    return InvalidInput(name, value, right)


def parts(
    document: Document, format: str, options: Mapping[str, object]
) -> Iterator[str | bytes]:
    """
    Return a document in a format, in parts.

    Raises:
        InvalidInput: There is no such format, or an option has no effect in it.
    """
    row, found = FORMATS.get(format), made(document, format, options)
    if row is not None and row.finished_by is not None:
        module, function = row.finished_by
        own = {name: value for name, value in options.items() if name in row.options}
        found = getattr(renderer(module), function)(found, **own)
    return iter([found] if isinstance(found, str | bytes) else found)


def whole(
    document: Document, format: str, options: Mapping[str, object]
) -> str | bytes:
    """Return a document in a format, as :func:`parts`."""
    found = list(parts(document, format, options))
    texts = [part for part in found if isinstance(part, str)]
    if texts:
        return "".join(texts)
    return b"".join(part for part in found if isinstance(part, bytes))


def written(
    document: Document,
    path: str | os.PathLike[str],
    format: str | None,
    options: Mapping[str, object],
    like: str | os.PathLike[str] | None = None,
) -> None:
    """
    Write a document to a file, whole or not at all.

    Args:
        like: The file that this is a copy of: nobody may read more of the copy.

    Raises:
        InvalidInput: The file cannot be written, or its ending is that of no format;
            or as :func:`parts`.
    """
    chosen = format_of(path, document.renderings, format)
    found: Iterable[str | bytes] = parts(document, chosen, options)
    write(path, chain(filter(None, [FORMATS[chosen].mark]), found), like=like)


def printed(
    document: Document,
    file: IO[str] | None,
    width: int | None,
    options: Mapping[str, object],
) -> None:
    """Print a document to a terminal, or to *file* as plain text."""
    terminal = renderer("terminal")
    terminal.put(made(document, "text", options), file, width)
