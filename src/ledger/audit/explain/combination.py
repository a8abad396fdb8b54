"""A figure that is the sum or the quotient of others, explained by these."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial

from attrs import frozen

from ledger.audit.explain.explanation import (
    Explanation,
    Value,
    check_sum,
    named_figure,
    shown,
)
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.finding import Text
from ledger.domain.money import share
from ledger.figures import registry
from ledger.figures.figure import Figure, SignedFigure
from ledger.messages import Message, message


@frozen
class Combination:
    """
    What a figure is made of, in one line of a report.

    Attributes:
        figures: The figures, in order.

        signs: What stands before each in a formula, the first one's left out.

        value: What they come to; ``None`` for a share of nothing.
    """

    figures: tuple[Figure, ...]
    signs: tuple[str, ...]
    value: Decimal | None

    @classmethod
    def of(cls, row: Figure, line: object) -> "Combination":
        """
        Return what a figure is made of, which the row says.

        What a closing left, and what is open, is named only where there is some.
        """
        if row.ratio:
            values = [figure.of(line) for figure in row.ratio]
            whole = None if None in values else share(*values)
            return cls(row.ratio, ("", "÷"), whole)
        parts = row.parts
        if not row.of_commitments:
            parts = tuple(part for part in parts if registry.is_told(part.figure, line))
        values = [figure.of(line) for figure, _ in parts]
        signs = ["+" if part.sign > 0 else "−" for part in parts]
        return cls(
            tuple(figure for figure, _ in parts),
            (signs[0].replace("+", ""), *signs[1:]),
            None if None in values else _signed_sum(zip(values, parts, strict=True)),
        )

    def nothing(self, line: object) -> str:
        """Return the key of the figure for which there is no value, or no share."""
        lacking = (each for each in self.figures if each.of(line) is None)
        return next(lacking, self.figures[-1]).key

    def written(self, values: Sequence[Text | None]) -> Message:
        """Return the formula with a value in the place of each figure."""
        absent, made = message("formula.absent"), None
        for sign, value in zip(self.signs, values, strict=True):
            own = absent if value is None else value
            made = message("formula.part", before=made, sign=sign, value=own)
        assert made is not None
        return made


def _signed_sum(parts: Iterable[tuple[Decimal, SignedFigure]]) -> Decimal:
    """Return the exact sum of values, those that are taken away negative."""
    total = Decimal(0)
    for value, part in parts:
        total = (EXACTLY.add if part.sign > 0 else EXACTLY.subtract)(total, value)
    return total


def _as_it_is(_row: Figure, value: Value) -> Text | None:
    return shown(value)


def combined(
    name: str,
    row: Figure,
    line: object,
    explain: Callable[[Figure], Explanation],
    read: Callable[[Figure, Value], Text | None] = _as_it_is,
    *,
    sums: bool = False,
) -> Explanation:
    """
    Explain a figure by those that it is made of, once it is what they come to.

    Args:
        name: The way to the figure.

        explain: Explains one that it is made of.

        read: Returns the value of one as people read it.

        sums: Whether these are sums over projects.

    Raises:
        LogCorrupted: They come to something else.
    """
    value: Decimal | None = row.of(line)
    made = Combination.of(row, line)
    check_sum(name, value, made.value, partial(read, row))
    nothing = None if value is not None else named_figure(made.nothing(line))
    return Explanation(
        figure=name,
        value=value,
        formula=message(
            "formula.combined_sums" if sums else "formula.combined",
            figures=made.written([named_figure(each.key) for each in made.figures]),
            values=made.written([read(each, each.of(line)) for each in made.figures]),
            nothing=nothing,
        ),
        words=read(row, value),
        terms=tuple(explain(figure) for figure in made.figures),
    )
