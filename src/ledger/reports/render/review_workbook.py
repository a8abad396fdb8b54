"""What would be recorded of a file, as a copy of it: its findings in their cells."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final, Protocol

from ledger.domain.finding import Finding, Severity, tally
from ledger.domain.settings import Settings
from ledger.messages import Language, message, said
from ledger.reports import vocabulary as words
from ledger.reports.values.reviewed_sheets import ReviewedSheet, SheetCell
from ledger.spreadsheet.cells import Book, Link, ListHead, Sheet, wide, write_list


class ReviewedFiles(Protocol):
    """What would be recorded of files."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What there is to note."""

    @property
    def settings(self) -> Settings:
        """Those of the ledger."""

    def marked(self, language: Language) -> Sequence[ReviewedSheet]:
        """Return the sheets of the files, with what is wrong in their cells."""


_LOOKS: Final = {
    Severity.ERROR: ("marked_error", "#FFC7CE", "#9C0006"),
    Severity.WARNING: ("marked_warning", "#FFEB9C", "#7F6000"),
    Severity.NOTE: ("marked_note", "#DDEBF7", "#1F4E79"),
}
_WORST: Final = list(Severity)
_NARROWEST: Final = 8
_WIDEST: Final = 40
_MOST_COMMENTS: Final = 2_000
_LONGEST_COMMENT: Final = 2_000


def workbook(review: ReviewedFiles, language: str | None = None) -> bytes:
    """
    Return the workbook, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, review.settings)
    book = Book(review.settings)
    for look, ground, colour in _LOOKS.values():
        book.shapes[look] = {
            **book.shapes["text"],
            "bg_color": ground,
            "font_color": colour,
        }
    listed = book.sheet(words.words(spoken)["findings"])
    sheets = [(read, book.sheet(read.name)) for read in review.marked(spoken)]
    _list(listed, review, sheets, spoken)
    for reviewed, sheet in sheets:
        _copy(reviewed, sheet, spoken)
    return book.close()


def _list(
    sheet: Sheet,
    review: ReviewedFiles,
    sheets: Sequence[tuple[ReviewedSheet, Sheet]],
    language: Language,
) -> None:
    """Write what there is to note, the worst first, each with its place."""
    say = words.words(language)
    heads = [
        ListHead(label=say["severity"], width=9, look="center"),
        ListHead(label=say["place"], width=44, look="text"),
        ListHead(label=say["what"], width=60, look="text"),
        ListHead(label=say["right"], width=36, look="text"),
    ]
    stands = {
        told.placed(language): copy.name
        for reviewed, copy in sheets
        for marked in reviewed.marks.values()
        for told in marked
    }
    rows = []
    for told in sorted(review.findings, key=lambda one: _WORST.index(one.severity)):
        place = told.placed(language)
        linked = stands.get(place)
        expected = "" if told.expected is None else said(told.expected, language)
        rows.append(
            [
                message("line.severity", severity=told.severity).said(language),
                place if linked is None else Link(linked, place),
                told.content.said(language),
                expected,
            ]
        )
    sheet.entitle(tally(review.findings).said(language), len(heads))
    last = write_list(sheet, heads, rows, start=1)
    sheet.sheet.freeze_panes(2, 0)
    sheet.paper(landscape=True, last=(last, len(heads) - 1))


def _copy(reviewed: ReviewedSheet, sheet: Sheet, language: Language) -> None:
    """Write the cells of a sheet as they were read, those with findings in colour."""
    for column in range(max(map(len, reviewed.rows), default=0)):
        width = _width(row[column] for row in reviewed.rows if column < len(row))
        sheet.sheet.set_column(column, column, width)
    for place, last in reviewed.merged.items():
        sheet.merge(place, last, _look(reviewed.marks.get(place, ())))
    covered = set(_covered(reviewed))
    for number, cells in enumerate(reviewed.rows):
        for column, text in enumerate(cells):
            marked = reviewed.marks.get((number, column), ())
            if (number, column) not in covered and (text or marked):
                sheet.put(number, column, text, _look(marked))
    for (number, column), marked in islice(reviewed.marks.items(), _MOST_COMMENTS):
        text = "\n".join(told.content.said(language) for told in marked)
        comment = text[:_LONGEST_COMMENT]
        sheet.sheet.write_comment(number, column, comment, {"x_scale": 2})


def _width(texts: Iterable[str]) -> int:
    """Return how wide a column is printed."""
    lines = (wide(line) for text in texts for line in text.split("\n"))
    return min(max(max(lines, default=0) + 2, _NARROWEST), _WIDEST)


def _covered(reviewed: ReviewedSheet) -> list[SheetCell]:
    """Return the cells of merged areas but the first of each."""
    return [
        (row, column)
        for first, last in reviewed.merged.items()
        for row in range(first[0], min(last[0], len(reviewed.rows) - 1) + 1)
        for column in range(first[1], last[1] + 1)
        if (row, column) != first
    ]


def _look(marked: Sequence[Finding]) -> str:
    """Return the look of a cell: that of the worst finding about it."""
    if not marked:
        return "text"
    return _LOOKS[min((told.severity for told in marked), key=_WORST.index)][0]
