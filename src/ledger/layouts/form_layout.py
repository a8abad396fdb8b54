"""What a layout is: the columns, the rows and the words of forms."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput
from ledger.messages import Language, message

IN_BRACES: Final = re.compile(r"\{(\w+)\}")
"""A field, or a label, in words of a layout."""

TEXTS: Final = ("year", "money_unit", "months", "quarter")
"""Fields that may stand within words."""


@frozen(kw_only=True)
class FormColumn:
    """
    A column of a form's table of indicators; the rows above it are ruled by it too.

    Attributes:
        key: What it shows, and what rows name it by.

        label: Its head.

        width: In characters.

        group: The head above it, shared with its neighbours.

        part_of: The column of the national form that it is a part of.
    """

    key: str
    label: str
    width: float
    group: str = ""
    part_of: str = ""


@all_checked
@frozen(kw_only=True)
class Layout:
    """
    One form.

    A row is text: cells separated by ``|``, each the column or columns that it takes
    (``first`` or ``first-last``) and then its words, with fields in braces. A cell that
    is one field alone holds its value, as a number where it is one.

    Attributes:
        columns: From left to right; the first holds the names of the blocks.

        identity: Rows above the money.

        money, goals: Rows of these blocks, to the right of their names.

        closing: Rows below the indicators.

        notes: What is printed under the table, without a frame.

        landscape: Whether the sheet lies on its side.
    """

    title: str
    period: str
    columns: tuple[FormColumn, ...]
    identity: tuple[str, ...]
    money_label: str
    money: tuple[str, ...]
    goals_label: str
    goals: tuple[str, ...]
    indicators_label: str
    closing: tuple[str, ...]
    notes: tuple[str, ...] = ()
    landscape: bool = False


def asks_for(form: Layout, name: str) -> bool:
    """Return whether a row of a form has a cell for a field."""
    rows = (*form.identity, *form.money, *form.goals, *form.closing)
    return any(f"{{{name}}}" in row for row in rows)


@all_checked
@frozen(kw_only=True)
class Layouts:
    """
    The forms of one finance bureau.

    Attributes:
        language: Of the forms.

        coded: How a unit stands there, with ``{code}`` and ``{name}``.

        ratings: What is printed for ``attained``, ``partly`` and ``not_attained``.

        level2: Words of level 2, in the order in which its indicators stand.

        sources: The rows of the money: which paths of funding sources each holds. The
            one without any holds the others.
    """

    language: Language = Language.CHINESE
    coded: str = "{code}-{name}"
    ratings: Mapping[str, str]
    level2: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, ...]]
    self_evaluation: Layout
    unit_self_evaluation: Layout
    monitoring: Layout
    unit_monitoring: Layout

    @property
    def has_points(self) -> bool:
        """Whether a self-evaluation has a column of the points to be earned."""
        return any(column.key == "possible" for column in self.self_evaluation.columns)

    def place_of(self, level2: str) -> int:
        """Return where an indicator of *level2* stands among those of its level 1."""
        places = (place for place, word in enumerate(self.level2) if word in level2)
        return next(places, len(self.level2))

    def unit_of(self, code: str, name: str) -> str:
        """Return how a unit stands in a form; one without a name is its code."""
        if not code or code == name:
            return name
        return self.coded.replace("{code}", code).replace("{name}", name)


@frozen
class FormCell:
    """
    A cell of a row: the first and the last column that it takes, and its words.

    Attributes:
        name: The field that it holds, where it is one alone.
    """

    first: int
    last: int
    words: str
    name: str | None = field(init=False)

    @name.default
    def _one_field(self) -> str | None:
        alone = IN_BRACES.fullmatch(self.words)
        return None if alone is None or alone[1] in TEXTS else alone[1]


def cells_of(row: str, columns: Sequence[FormColumn]) -> list[FormCell]:
    """
    Return the cells of a row of a layout.

    Raises:
        InvalidInput: It names a column that there is not, or one twice.
    """
    cells = []
    free = 0
    for part in row.split("|"):
        span, _, words = part.strip(" ").partition(" ")
        start, _, end = span.partition("-")
        first = _places(start, columns)[0]
        last = _places(end or start, columns)[-1]
        if first < free or last < first:
            raise InvalidInput("layout", row, message("expected.columns_in_order"))
        cells.append(FormCell(first, last, words.strip(" ")))
        free = last + 1
    return cells


def _places(key: str, columns: Sequence[FormColumn]) -> list[int]:
    places = [
        index
        for index, column in enumerate(columns)
        if key in {column.key, column.part_of} and key
    ]
    if not places:
        raise unknown(key, [column.key for column in columns])
    return places


def in_texts(words: str, texts: Mapping[str, str]) -> str:
    """
    Return words with the fields in them filled in.

    Raises:
        InvalidInput: Braces hold something else.
    """
    if set(IN_BRACES.sub("", words)) & set("{}"):
        raise unknown(words, texts)
    for name in IN_BRACES.findall(words):
        if name not in texts:
            raise unknown(f"{{{name}}}", texts)
    return IN_BRACES.sub(lambda found: texts[found[1]], words)


def unknown(name: str, known: Sequence[str] | Mapping[str, object]) -> InvalidInput:
    """Return the refusal of a column or a field that there is not."""
    expected = message("expected.with_names", names=[*known])
    return InvalidInput("layout", name, expected)
