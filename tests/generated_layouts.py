"""
Published forms as sheets, drawn at random: other words, columns and rows each time.

``generate`` draws what some forms say and one way to print them: heads and labels that
are published somewhere, columns in any order, cells merged or not, a target in one
cell or in three, points in a column or in headings, rows that nobody filled in, notes
and signatures. What the forms say is kept with the cells, so that a reader of such
sheets can be compared with it.
"""

import csv
import io
from random import Random

import attrs
import xlsxwriter

from generated_layout_forms import Style, drawn_form
from generated_layout_tables import Table
from generated_layout_tops import print_top


@attrs.define
class Paper:
    """
    The cells of one sheet.

    Attributes:
        cells: By row and column: the text, and over how many rows and columns it goes.

        asides: Texts that no approval has a field for, which a reader has to tell.
    """

    merged: bool
    left: int
    cells: dict = attrs.field(factory=dict)
    asides: list = attrs.field(factory=list)
    row: int = 0

    def put(self, column, text, *, down=1, right=1, aside=False, row=None):
        """Print a text from a column on, in the row that is printed now."""
        at = self.row if row is None else row
        if text != "":
            self.cells[at, column + self.left] = (text, down, right)
            if aside:
                self.asides.append(text)

    def as_rows(self):
        """Return the cells as a table of text has them."""
        last = max(row for row, _ in self.cells)
        wide = 1 + max(column for _, column in self.cells)
        rows = [[""] * wide for _ in range(last + 1)]
        for (row, column), (text, _, _) in self.cells.items():
            rows[row][column] = str(text)
        return rows

    def write(self, sheet):
        """Write the cells into a sheet of a workbook."""
        for (row, column), (text, down, right) in self.cells.items():
            if self.merged and down * right > 1:
                sheet.merge_range(row, column, row + down - 1, column + right - 1, text)
            else:
                sheet.write(row, column, text)


@attrs.define
class Generated:
    """Sheets, and what their forms say."""

    sheets: list
    forms: list
    style: Style

    def workbook(self):
        """Return the sheets as a workbook."""
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
        for paper in self.sheets:
            paper.write(book.add_worksheet())
        book.close()
        return file.getvalue()

    def table(self):
        """Return the first sheet as a table of text."""
        file = io.StringIO()
        csv.writer(file).writerows(self.sheets[0].as_rows())
        return file.getvalue()


def generate(seed):
    """Draw a document; the same *seed* draws the same one."""
    rng = Random(seed)
    style = Style.drawn(rng)
    forms = [drawn_form(rng, style, number) for number in range(style.forms)]
    sheets = []
    for form in forms:
        if not sheets or not style.together:
            sheets.append(Paper(style.merged, style.left))
        paper = sheets[-1]
        table = Table(rng, style, form, paper)
        print_top(rng, style, form, paper, len(table.columns))
        table.print()
        paper.row += rng.choice([0, 1, 2])
    return Generated(sheets, forms, style)
