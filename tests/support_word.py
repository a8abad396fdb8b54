"""Word documents for tests, written as Word stores them."""

import zipfile
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def line(text):
    """Return a paragraph, its lines apart."""
    breaks = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")
    )
    return f"<w:p><w:r>{breaks}</w:r></w:p>"


def cell(inner, *properties):
    """Return a cell of what stands in it."""
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{inner}</w:tc>"


def row(*cells):
    """Return a row of cells."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows):
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def plain(rows):
    """Return a table of rows of texts."""
    return table(*(row(*(cell(line(text)) for text in texts)) for texts in rows))


def saved(path, *parts):
    """Save a document of paragraphs and tables."""
    document = f"<w:document {SPACES}><w:body>{''.join(parts)}</w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return path
