"""The money of a published form: its total of the year, and what that is made of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from attrs import define, field

from ledger.domain.exact_numbers import EXACTLY, summed
from ledger.domain.finding import Finding, finding
from ledger.intake.readers import published_words as words
from ledger.messages import listed

_AMOUNT: Final = re.compile(
    r"(?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,30})?)"
    r"(?P<unit>(?:万|亿)?元?)"
)
MANY: Final[dict[str, int]] = {
    "": 1,
    "元": 1,
    "万": 10_000,
    "万元": 10_000,
    "亿": 10**8,
    "亿元": 10**8,
}
"""How many yuan each unit of money has."""

_SOURCES: Final = {
    "fiscal": "fiscal",
    "several": "fiscal",
    "part_of_level": "fiscal",
    "part_from_above": "fiscal",
    "carried": "carried_over",
    "other": "other",
}
_ADJUSTED: Final = re.compile(r"调整|全年")
_OF_YEAR: Final = re.compile(r"年度|当年|本年|全年|20[0-9]{2}年")
_EXECUTION: Final = Decimal(10)
_UNITS: Final = ("元", "万元", "亿元")


class LabelCell(NamedTuple):
    """A cell above the table: where it stands, and what."""

    row: int
    column: int
    text: str

    @property
    def label(self) -> str:
        """The label as it is looked up."""
        return words.word(self.text)


class PrintedAmount(NamedTuple):
    """A printed amount, with the unit that stands behind it, and its cell."""

    number: Decimal
    unit: str
    cell: LabelCell


@define
class PrintedMoney:
    """
    Reads the money of one form.

    Attributes:
        cells: Above its tables.

        unit: That of the form; ``None`` where none is printed.

        read: The cells that were read.
    """

    cells: Sequence[LabelCell]
    unit: str | None = None
    read: set[LabelCell] = field(factory=set)
    findings: list[Finding] = field(factory=list)

    def form(self) -> dict[str, Any]:
        """Return the budget, its sources and the points of its execution."""
        self._find_unit()
        total = self._total()
        if total is None:
            return self._by_level()
        label, amount = total
        form: dict[str, Any] = {"budget": self._printed(amount)}
        sources = self._made_of(amount, self._sources(label))
        rest = self._rest(amount, sources)
        if rest:
            sources["other"] = rest
        if sources:
            form["sources"] = sources
        points = self._points(label)
        if points is not None and points != _EXECUTION:
            form["execution_weight"] = f"{points}"
        return form

    def _find_unit(self) -> None:
        for cell in self.cells:
            unit = words.bracket(cell.text)
            if self.unit is None and unit in _UNITS:
                self.unit = unit

    def _total(self) -> tuple[LabelCell, PrintedAmount] | None:
        """Return the total of the year, by the label that says so most plainly."""
        known = [c for c in self.cells if _key(c) in {"total", "column", "block"}]
        for cell in sorted(known, key=_rank):
            amount = self._amount_of(cell)
            if amount is not None:
                return cell, amount
        return None

    def _amount_of(self, label: LabelCell) -> PrintedAmount | None:
        """Return the amount to the right of a label: under the best head of one."""
        heads = self._heads_over(label)
        by_column = {
            cell.column: amount
            for cell in self._right(label)
            if (amount := printed_amount(cell))
        }
        if heads:
            budgets = [by_column[c] for c in heads if c in by_column]
            for other in budgets[1:]:
                self.read.add(other.cell)
                if other.number != budgets[0].number:
                    self._say_differing(label, heads, by_column)
            amount = budgets[0] if budgets else None
        else:
            amount = self._next(label)
        if amount is not None:
            self.read |= {label, amount.cell}
        return amount

    def _next(self, label: LabelCell) -> PrintedAmount | None:
        right = next(self._right(label), None)
        return None if right is None else printed_amount(right)

    def _right(self, label: LabelCell) -> Iterator[LabelCell]:
        place = self.cells.index(label)
        yield from (cell for cell in self.cells[place + 1 :] if cell.row == label.row)

    def _heads_over(self, label: LabelCell) -> list[int]:
        """Return the columns of budgets that have heads above a label, best first."""
        rows = sorted({c.row for c in self.cells if c.row < label.row}, reverse=True)
        for row in rows:
            own = [c for c in self.cells if c.row == row and c.column > label.column]
            heads = [cell for cell in own if _is_column(cell)]
            if heads and all(printed_amount(cell) is None for cell in own):
                self.read |= set(heads)
                heads.sort(key=_rank)
                return [cell.column for cell in heads]
        return []

    def _say_differing(
        self, label: LabelCell, heads: list[int], amounts: Mapping[int, PrintedAmount]
    ) -> None:
        above = [cell for cell in self.cells if cell.row < label.row]
        named = {cell.column: cell.text for cell in above if cell.column in heads}
        shown = [f"{named[c]} {amounts[c].cell.text}" for c in heads if c in amounts]
        several = finding("published.budgets", found=listed(shown), understood=shown[0])
        self.findings.append(several)

    def _sources(self, total: LabelCell) -> dict[str, list[PrintedAmount]]:
        """Return the amounts of sources below a total, or next to it, in order."""
        times = [
            cell
            for cell in self.cells
            if words.time_of(cell.text) == words.OTHER and cell.row == total.row
        ]
        sources: dict[str, list[PrintedAmount]] = {}
        for cell in self.cells:
            source = _SOURCES.get(_key(cell))
            beside = cell.row == total.row and cell.column > total.column
            below = cell.row > total.row and cell.column == total.column
            if source is None or not (beside or below or not times):
                continue
            if times and cell.column < total.column:
                continue
            amount = self._amount_of(cell)
            if amount is not None:
                sources.setdefault(source, []).append(amount)
        return sources

    def _made_of(
        self, total: PrintedAmount, sources: dict[str, list[PrintedAmount]]
    ) -> dict[str, str]:
        """
        Return an amount for each source.

        Several that make the total together are added up; else the first of a source
        is its amount, and those below it are what it is made of.
        """
        own = Decimal(self._printed(total))
        numbers = {
            name: [Decimal(self._printed(amount)) for amount in amounts]
            for name, amounts in sources.items()
        }
        whole = {name: summed(amounts) for name, amounts in numbers.items()}
        if summed(whole.values()) != own:
            whole = {name: amounts[0] for name, amounts in numbers.items()}
        return {name: f"{amount}" for name, amount in whole.items()}

    def _rest(self, total: PrintedAmount, sources: dict[str, str]) -> str | None:
        """Return what no source was printed for, which is of others; say so."""
        own = Decimal(self._printed(total))
        rest = EXACTLY.subtract(
            own, summed([Decimal(amount) for amount in sources.values()])
        )
        if not sources or rest <= 0 or "other" in sources:
            return None
        note = finding(
            "published.money_rest", found=f"{own}", understood=f"{rest}", rest=f"{rest}"
        )
        self.findings.append(note)
        return f"{rest}"

    def _by_level(self) -> dict[str, Any]:
        """Return the sum of a form that prints its own money and that from above."""
        parts: list[PrintedAmount] = []
        for key in ("part_of_level", "part_from_above"):
            labels = [cell for cell in self.cells if _key(cell) == key]
            parts += filter(None, map(self._amount_of, labels[:1]))
        if not parts:
            return {}
        return {"budget": f"{summed([Decimal(self._printed(p)) for p in parts])}"}

    def _points(self, total: LabelCell) -> Decimal | None:
        """Return the points that stand in the row of a total."""
        named = words.words()["money"]["execution"]
        heads = [c for c in self.cells if c.label in named and c.row < total.row]
        for cell in self._right(total):
            if any(cell.column == head.column for head in heads):
                amount = printed_amount(cell)
                self.read |= {cell, *heads}
                return None if amount is None else amount.number
        return None

    def _printed(self, amount: PrintedAmount) -> str:
        """Return an amount in the unit of the form, which its own may make."""
        if not amount.unit:
            return f"{amount.number}"
        if self.unit is None:
            self.unit = amount.unit if amount.unit in _UNITS else f"{amount.unit}元"
        many, own = Decimal(MANY[amount.unit]), Decimal(MANY[self.unit])
        whole = EXACTLY.multiply(amount.number, many)
        return f"{amount.number if many == own else EXACTLY.divide(whole, own):f}"


def _key(cell: LabelCell) -> str:
    """Return what a label of money says; nothing of another cell."""
    label = words.label(cell.text)
    return label.key if label is not None and label.table == "money" else ""


def _is_column(cell: LabelCell) -> bool:
    """Return whether a cell heads a column of budgets."""
    return _key(cell) == "column" or cell.label in words.words()["money"]["column"]


def _rank(cell: LabelCell) -> tuple[int, int]:
    """Return how plainly a label says that it is of the budget of the year."""
    money = words.words()["money"]
    order = [*money["column"]] if _is_column(cell) else [*money["total"]]
    first = {"total": 0, "column": 2, "block": 4}.get(_key(cell), 3)
    if first == 2 and _ADJUSTED.search(cell.label):
        first = 1
    if cell.label in order:
        return (first, order.index(cell.label))
    year = _OF_YEAR.search(cell.label) or _ADJUSTED.search(cell.label)
    return (first, -1 if year else len(order))


def printed_amount(cell: LabelCell) -> PrintedAmount | None:
    """Return the amount that stands in a cell, with its unit; ``None`` for none."""
    match = _AMOUNT.fullmatch(words.one_line(cell.text))
    if match is None:
        return None
    return PrintedAmount(Decimal(match["number"].replace(",", "")), match["unit"], cell)
