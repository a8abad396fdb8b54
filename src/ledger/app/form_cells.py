"""The cells of a filled form, each next to what was printed and what would be now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, evolve, field

from ledger.app.printed_cells import number_in, shows, text_of
from ledger.domain.choices import offered
from ledger.domain.errors import InvalidInput
from ledger.domain.indicator import Rating
from ledger.domain.results import VarianceExplanation
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.intake.filled_forms import FilledCell, FilledForm, by_names, plain
from ledger.layouts.fields import is_monitoring
from ledger.layouts.form_layout import Layouts, in_texts
from ledger.messages import Language, Message, message
from ledger.projections.attainment import AttainmentLine
from ledger.reports.render.form_sheet import FormValue
from ledger.reports.render.form_words import FormWords
from ledger.reports.render.official_fillings import OfficialForm, why_lines
from ledger.reports.values.outlooks import MonitoredIndicator
from ledger.reports.values.self_evaluation import EvaluatedIndicator

_BLANK: Final = FormValue(None)
_TICKS: Final = {member.value for member in (*VarianceCategory, *Likelihood)}
_ANSWERED: Final = {
    True: {"ahead", "money_why"},
    False: {"achieved", "conclusion", "problems", "measures", "money_score"},
}
"""Fields that people fill in, of a monitoring and of a self-evaluation."""
_SAID: Final = {"why", "money_why"}
"""Cells of explanations: 其他 (other) goes without saying."""
_BY_ROW: Final = {
    True: {
        *("result", "forecast", "funding", "institutional", "staffing", "facilities"),
        *("other", "text", "certain", "possible", "impossible", "remark"),
    },
    False: {"result", "score", "why"},
}
"""Columns that people fill in, likewise."""


class Unfit(Exception):
    """A cell that cannot be taken, and what would be right."""

    def __init__(
        self, cell: FilledCell, expected: Message, label: str | None = None
    ) -> None:
        super().__init__(cell, expected)
        self.cell, self.expected, self.label = cell, expected, label


@define(kw_only=True)
class FormCells:
    """
    A filled form next to the same form as it was printed, and as it would be now.

    Attributes:
        base: As it was printed.

        head: As it would be printed now.

        words: Of the forms.

        known: Places of cells that were filled in, and are recorded already.

        lacking: Indicators that have no row.
    """

    filled: FilledForm
    base: OfficialForm
    head: OfficialForm
    words: FormWords
    known: set[tuple[int, int]] = field(factory=set)
    _rows: list[tuple[int, int]] = field(init=False, factory=list)
    lacking: list[str] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        other = self.categories[VarianceCategory.OTHER]
        for row in (self.filled.values, *self.filled.rows):
            for key in _SAID & row.keys():
                cell = row[key]
                row[key] = evolve(cell, text=cell.text.removeprefix(other))
        self._rows = list(self._paired())
        there = {index for _, index in self._rows}
        lines = [one.line for one in self.base.indicators]
        self.lacking = [one.name for i, one in enumerate(lines) if i not in there]

    @property
    def layouts(self) -> Layouts:
        """The layouts that its own is one of."""
        return self.filled.layouts

    @property
    def values(self) -> Mapping[str, FilledCell]:
        """The cells that are no indicators', by field."""
        return self.filled.values

    @property
    def is_of_unit(self) -> bool:
        """Whether it is the form of a unit as a whole."""
        return self.filled.kind.startswith("unit_")

    @property
    def subject(self) -> dict[str, Any]:
        """The fields of events that say whose they are."""
        kind = "unit" if self.is_of_unit else "project"
        return {kind: self.head.of.subject.code}

    @property
    def _is_monitoring(self) -> bool:
        return is_monitoring(self.filled.kind)

    def _paired(self) -> Iterator[tuple[int, int]]:
        """Yield each row that has its indicator, with the number of that."""
        printed = [
            (plain(self._shown(row, "level2")), plain(self._shown(row, "level3")))
            for row in self.base.filling.rows
        ]
        free = dict.fromkeys(range(len(printed)))
        left = []
        for index, names in enumerate(by_names(self.filled.rows)):
            own = next((i for i in free if printed[i] == names), None)
            if own is None:
                left.append(index)
                continue
            del free[own]
            yield index, own
        if len(left) == len(free):  # Their names were changed, which is said of each.
            yield from zip(left, list(free), strict=True)

    @staticmethod
    def _shown(row: Mapping[str, FormValue], key: str) -> str:
        value = row.get(key, _BLANK).value
        return "" if value is None else str(value)

    def _now(self, index: int) -> int | None:
        """Return where the indicator of a printed row would stand now."""
        label = self.base.indicators[index].line.indicator
        now = [one.line.indicator for one in self.head.indicators]
        return now.index(label) if label in now else None

    def lines(
        self,
    ) -> Iterator[
        tuple[Mapping[str, FilledCell], EvaluatedIndicator | MonitoredIndicator]
    ]:
        """Yield the rows of indicators, each with its indicator as it is now."""
        for index, printed in self._rows:
            now = self._now(printed)
            if now is not None:
                yield self.filled.rows[index], self.head.indicators[now]

    def unpaired(self) -> Iterator[FilledCell]:
        """Yield the names of indicators that the form did not have."""
        there = {index for index, _ in self._rows}
        for index, row in enumerate(self.filled.rows):
            if index not in there:
                yield row["level3"]

    def changed(
        self, key: str, row: Mapping[str, FilledCell] | None = None
    ) -> FilledCell | None:
        """Return a cell that says something new: not what was printed, nor is now."""
        cell = (self.values if row is None else row).get(key)
        if cell is None or self.filled.is_computed(cell):
            return None
        before, now = self._printed(key, row)
        if self._is(cell, before):
            return None
        if self._is(cell, now):
            self.known.add((cell.row, cell.column))
            return None
        return FilledCell(cell.row, cell.column, text_of(cell.text))

    def _printed(
        self, key: str, row: Mapping[str, FilledCell] | None
    ) -> tuple[FormValue, FormValue]:
        if row is None:
            before, now = self.base.filling.values, self.head.filling.values
            return before.get(key, _BLANK), now.get(key, _BLANK)
        place = next(
            printed for index, printed in self._rows if self.filled.rows[index] is row
        )
        was = self.base.filling.rows[place].get(key, _BLANK)
        current = self._now(place)
        if current is None:
            return was, was
        return was, self.head.filling.rows[current].get(key, _BLANK)

    def _is(self, cell: FilledCell, printed: FormValue) -> bool:
        return shows(cell.text, printed, self.words.settings.scale)

    def shows(self, key: str, cell: FilledCell, line: AttainmentLine | None) -> bool:
        """Return whether the form as it is now shows what a cell says."""
        filling = self.head.filling
        if line is None:
            return self._is(cell, filling.values.get(key, _BLANK))
        for row, one in zip(filling.rows, self.head.indicators, strict=True):
            if one.line.indicator == line.indicator:
                return self._is(cell, row.get(key, _BLANK))
        return False

    def differing(
        self, after: OfficialForm, *, all_cells: bool = True
    ) -> Iterator[Unfit]:
        """
        Yield the cells that show neither what was printed nor what comes of all facts.

        Args:
            after: The form with the facts of the filled one.

            all_cells: Also those that people fill in.
        """
        then = FormCells(
            filled=self.filled, base=self.base, head=after, words=self.words
        )
        monitors = self._is_monitoring
        for key, cell in self.values.items():
            answered = key in _ANSWERED[monitors] or key.startswith("ahead_")
            if all_cells or not answered:
                yield from then._unlike(key, cell, None, answered=answered)
        for index, _ in self._rows:
            row = self.filled.rows[index]
            for key, cell in row.items():
                answered = key in _BY_ROW[monitors]
                if all_cells or not answered:
                    yield from then._unlike(key, cell, row, answered=answered)

    def _unlike(
        self,
        key: str,
        cell: FilledCell,
        row: Mapping[str, FilledCell] | None,
        *,
        answered: bool,
    ) -> Iterator[Unfit]:
        if self.filled.is_computed(cell):
            return
        before, after = self._printed(key, row)
        if self._is(cell, before) or self._is(cell, after):
            return
        ticked = answered and key in _TICKS
        if ticked and bool(cell.text) == bool(after.value):
            return  # Any mark is a tick.
        shown = _text(after, self.words)
        code = "expected.as_it_comes_out" if answered else "expected.as_printed"
        expected = message(code, shown=shown or None, blank=not shown or None)
        yield self.unfit(key, cell, expected)

    def unfit(self, key: str, cell: FilledCell, expected: Message) -> Unfit:
        """Return the refusal of a cell in a column, by the head of that."""
        for column in self.filled.layout.columns:
            if column.key == key:
                label = in_texts(column.label, self.base.filling.texts)
                return Unfit(cell, expected, label)
        return Unfit(cell, expected)

    def minor(self, cell: FilledCell) -> int:
        """
        Return an amount of a cell in minor units: it is in the form's scale.

        Raises:
            Unfit: It is none.
        """
        settings = self.words.settings
        number = number_in(cell.text)
        if number is not None:
            try:
                return settings.currency.minor(settings.scale.whole(number))
            except InvalidInput as problem:
                expected = problem.expected
                assert isinstance(expected, Message)  # As all of amounts are.
                raise Unfit(cell, expected) from None
        raise Unfit(cell, message("expected.number"))

    @property
    def categories(self) -> dict[VarianceCategory, str]:
        """What an explanation of each category begins with, where it names it."""
        return {
            one: self.words.of("why", category=self.words.word(one.value), text="")
            for one in VarianceCategory
        }

    @property
    def remedy_label(self) -> str:
        """What the line of a remedy begins with."""
        return self.words.of("remedy", remedy="")

    def said_of(self, explanation: VarianceExplanation | None) -> str:
        """Return what the form says of why something deviates."""
        return "\n".join(why_lines(explanation, self.words))

    def rating_of(self, text: str, *, whole: bool = False) -> Rating | None:
        """
        Return the rating whose words a text begins with, or is.

        The longest word decides.
        """
        words: Sequence[tuple[str, Rating]] = [
            *((words, Rating(key)) for key, words in self.layouts.ratings.items()),
            *(
                (word.said(language), one)
                for language in Language
                for one, word in zip(Rating, offered(Rating), strict=True)
            ),
        ]
        own = plain(text).casefold()
        for word, rating in sorted(words, key=lambda pair: -len(pair[0])):
            known = plain(word).casefold()
            if own == known or (not whole and own.startswith(known)):
                return rating
        return None


def _text(shown: FormValue, words: FormWords) -> str:
    """Return what a cell shows, for a message."""
    value = shown.value
    if value is None:
        return ""
    if shown.look == "money":
        return f"{words.settings.scale.of(value)}"  # type: ignore[arg-type]
    return str(value)
