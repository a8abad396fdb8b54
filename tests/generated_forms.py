"""
Performance-target forms (绩效目标表) as text that was extracted from a PDF.

``generate`` draws what forms say and prints them the way a published document reads
after extraction: cells wrapped at the width of their column, one after the other,
tables broken over pages. What they say is kept with the text, so that a reader of
such text can be compared with it.

The extractor goes through a row cell by cell. Cells are centred between the rules of
their row, and the distance of two cells' baselines says what parts them: a blank, a
new line, or a blank line. Cells merged over rows stand before their first row. Where
a page ends inside a row, both parts of it are aligned to their top.
"""

from collections import Counter
from random import Random
from typing import Any

import attrs

from generated_authors import Author
from generated_printing import Layout, Printer


@attrs.frozen
class Generated:
    """A document: its extracted text, what its forms say, and how often what occurs."""

    text: str
    content: dict[str, Any]
    occurs: Counter[str]


def generate(seed: int, *, forms: int = 1) -> Generated:
    """Draw a document of *forms* forms; the same *seed* draws the same document."""
    rng = Random(seed)
    author = Author(rng)
    printer = Printer(rng, Layout.drawn(rng))
    first = rng.choice([1, 1, 1, rng.randint(10, 99), rng.randint(100, 999)])
    projects = [
        printer.form(author.form(first + number), author.money_unit)
        for number in range(forms)
    ]
    document = {"fiscal_year": author.year, "money_unit": author.money_unit}
    content = {"document": document, "projects": projects}
    return Generated(printer.finished(), content, printer.occurs)
