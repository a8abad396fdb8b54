"""The forms in a PDF, read in a process that may die of it."""

from ledger.domain.errors import InvalidInput
from ledger.domain.progress import Progress, silent
from ledger.intake.readers import isolated, sheet, unit_section
from ledger.intake.readers.form_source import Source
from ledger.messages import message


def read(source: Source, raw: bytes, progress: Progress = silent) -> None:
    """
    Read all forms of a PDF into *source*, in a process that may die of it.

    Raises:
        InvalidInput: It is encrypted, damaged or too large, has pages without text, or
            no form; or the extra is not installed.
    """
    if not isolated.is_installed("pdf"):
        right = message("expected.package", package="pdfplumber")
        raise InvalidInput(source.name, message("found.pdf_without_reader"), right)
    for part in isolated.read("pdf", source, raw, progress):
        if part.grid is None or not sheet.has_form(part.grid):
            right = message("expected.ruled_form")
            raise InvalidInput(source.name, message("found.pdf_without_form"), right)
        sheet.read(source, part.grid)
        source.content["department"] = unit_section.read(part.prose)
