"""One line of a bulk file: its fields, and all that is wrong with them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeVar

from attrs import field, frozen

from ledger.domain.calendar import printed_date
from ledger.domain.choices import member_named, one_of
from ledger.domain.codes import checked_code
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import ONLY_SOURCE, Funding, canonical_source
from ledger.domain.money import YUAN, exact
from ledger.domain.settings import Settings
from ledger.intake.fields import yes_or_no
from ledger.intake.source_amounts import by_source
from ledger.intake.typed_cells import day_typed, number_typed, yuan_typed
from ledger.messages import Message, message, named

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

_DAY: Final = date(2000, 1, 1)
"""Stands in the place of a date that cannot be taken."""


def type_named(name: str, heads: Mapping[str, str]) -> Message:
    """Return what a type of event is called; in English by its key where keys are."""
    word = message(f"event.{name}")
    return word if heads else member_named(name, word)


@frozen
class Fields:
    """
    The fields of one line, taken one by one so that none is left unread.

    Attributes:
        problems: What cannot be taken; a value that can stands in its place meanwhile.

        notes: How cells were read.
    """

    values: dict[str, Any]
    settings: Settings
    problems: list[LedgerError] = field(factory=list)
    notes: list[Finding] = field(factory=list)

    def _read(self, name: str, typed: str, meant: str) -> None:
        """Note how a cell was read."""
        note = finding(
            "lines.cell_read", place=named(name), found=typed, understood=meant
        )
        self.notes.append(note)

    def _bad(self, problem: LedgerError, instead: T) -> T:
        """Note a problem, so that those of the other fields are found too."""
        self.problems.append(problem)
        return instead

    def text(self, name: str, word: Message | None = None) -> str:
        """
        Take a text that must be there.

        Args:
            word: What the field is called, where not by its name.
        """
        value = self.values.pop(name, None)
        if not isinstance(value, str) or not value.strip():
            right = message("expected.text")
            return self._bad(InvalidInput(word or name, value, right), "-")
        return value

    def maybe(self, name: str) -> str | None:
        """Take a text that may be absent."""
        return None if self.values.get(name) is None else self.text(name)

    def day(self, name: str) -> date:
        """Take a date that must be there."""
        try:
            return printed_date(day_typed(self.values.pop(name, None)), name=name)
        except InvalidInput as problem:
            return self._bad(problem, _DAY)

    def maybe_day(self, name: str) -> date | None:
        """Take a date that may be absent."""
        return None if self.values.get(name) is None else self.day(name)

    def year(self, name: str) -> int:
        """Take the name of a fiscal year."""
        try:
            return self.settings.year_named(self.values.pop(name, None))
        except InvalidInput as problem:
            return self._bad(problem, _DAY.year)

    def maybe_year(self, name: str) -> int | None:
        """Take the name of a fiscal year that may be absent."""
        return None if self.values.get(name) is None else self.year(name)

    def amount(self, name: str = "amount") -> int:
        """Take an amount of money, as minor units."""
        value = self.values.pop(name, None)
        if value is None:
            right = message("expected.amount")
            return self._bad(InvalidInput(name, value, right), 1)
        currency = self.settings.currency
        try:
            return currency.minor(value, field=name)
        except InvalidInput as problem:
            typed = yuan_typed(value) if isinstance(value, str) else None
            if typed is None or currency.code != YUAN:
                return self._bad(problem, 1)
        try:
            amount = currency.minor(typed, field=name)
        except InvalidInput as problem:
            return self._bad(problem, 1)
        self._read(name, value, f"{typed:f}")
        return amount

    def source(self) -> str:
        """Take the funding source, by default the only one of the project."""
        return canonical_source(self.maybe("source") or ONLY_SOURCE)

    def parts(self, name: str = "amount") -> tuple[Funding, ...]:
        """Take an amount, or amounts by funding source."""
        try:
            found = by_source(self.values, self.settings, name)
        except InvalidInput as problem:
            self.values.pop("source", None)
            self.values.pop(name, None)
            return self._bad(problem, ())
        if found is None:
            return (Funding(source=self.source(), amount=self.amount(name)),)
        return found

    def yes(self, name: str) -> bool:
        """Take whether something is so: true or yes, false or no, or nothing."""
        value = self.values.pop(name, None)
        try:
            return bool(yes_or_no(value, name))
        except InvalidInput as problem:
            return self._bad(problem, instead=False)

    def number(self, name: str) -> Decimal | None:
        """Take an exact number that may be absent."""
        value = self.values.pop(name, None)
        if value is None:
            return None
        try:
            return exact(value, field=name)
        except InvalidInput as problem:
            typed = number_typed(value) if isinstance(value, str) else ""
            try:
                number = exact(typed, field=name)
            except InvalidInput:
                return self._bad(problem, Decimal())
            self._read(name, value, typed)
            return number

    def choice(self, name: str, kind: type[E]) -> E:
        """Take one of a set of words that must be there."""
        value: str = self.values.pop(name, None)
        try:
            return one_of(kind, name, value)
        except InvalidInput as problem:
            return self._bad(problem, next(iter(kind)))

    def maybe_choice(self, name: str, kind: type[E]) -> E | None:
        """Take one of a set of words that may be absent."""
        return None if self.values.get(name) is None else self.choice(name, kind)

    def subject(self) -> dict[str, str]:
        """Take the project or the unit, exactly one."""
        both = {name: self.maybe(name) for name in ("project", "unit")}
        named = {name: code for name, code in both.items() if code is not None}
        if len(named) != 1:
            right = message("expected.project_or_unit")
            problem = InvalidInput("project", both["project"], right)
            return self._bad(problem, {"project": "-"})
        return {name: self._code(code, name) for name, code in named.items()}

    def project(self) -> str:
        """Take the project."""
        return self._code(self.values.pop("project", None), "project")

    def _code(self, code: object, name: str) -> str:
        try:
            bare = code.strip() if isinstance(code, str) else code
            return checked_code(bare, name=name)
        except InvalidInput as problem:
            return self._bad(problem, "-")
