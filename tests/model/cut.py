"""A book as it was known at a position, and as it stands on a day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.events import ObjectivesSet, PriorYearRefund

from . import money
from .book import Book, under_approval
from .carries import Opening, known, opening
from .revised import titled
from .spelling import Exact


class Cut:
    """A book at two dates: effective by *through*, recorded up to *position*."""

    def __init__(
        self, book: Book, through: date, position: int, year: int | None = None
    ) -> None:
        self.book, self.through, self.position = book, through, position
        known = book.known(position)
        self.facts = under_approval(known, through)
        self.by = book.standing(known, through)
        own = book.year_of(through)
        self.year = own if year is None else book.year(year)
        ended = self.year.last < through
        self.progress = Fraction(1) if ended else self.year.progress(through)

    def amount(self, minor: int | None) -> str | None:
        """Print minor units in the main unit."""
        if minor is None:
            return None
        return f"{Decimal(minor).scaleb(-self.book.digits):f}"

    def projects(self) -> list[str]:
        """Return the projects of which a budget or a refund is known by then."""
        named = {
            f.event.project
            for f in self.facts
            if isinstance(f.event, money.MONEY) and f.year == self.year.name
        }
        own = {name: self.money_of(name) for name in named}
        return sorted(n for n, o in own.items() if self.has_budget(o) or self.back(o))

    def budgeted(self) -> list[str]:
        """Return the projects of which more than refunds is known by then."""
        return [n for n in self.projects() if self.has_budget(self.money_of(n))]

    def has_budget(self, own: list[Any]) -> bool:
        """Return whether a project-year has a budget by then."""
        begun = opening(own)
        return begun is not None and begun.on <= self.through

    def back(self, own: list[Any]) -> bool:
        """Return whether of some source something came back of earlier years."""
        names = {f.source for f in own if isinstance(f, PriorYearRefund)}
        return any(money.refunded(own, Exact(name), self.through) for name in names)

    def money_of(self, project: str) -> list[Any]:
        """Return the money facts of a project that were known."""
        return money.of_project(self.facts, project, self.year.name)

    def title(self, project: str) -> Opening | None:
        """Return what a project is called by then, and whose it is."""
        begun = known(self.money_of(project))
        return titled(self.facts, self.stream(project), begun, self.through)

    def stream(self, project: str) -> str:
        """Name the stream of a project of the year."""
        return f"project:{self.year.name}:{project}"

    def unit_stream(self, unit: str) -> str:
        """Name the stream of a unit of the year."""
        return f"unit:{self.year.name}:{unit}"

    def units(self) -> list[str]:
        """Return the units whose objectives of the year are in force."""
        return sorted(
            {
                f.event.unit
                for f in self.facts
                if isinstance(f.event, ObjectivesSet)
                and f.event.on <= self.through
                and f.event.fiscal_year == self.year.name
            }
        )

    def objectives(self, unit: str) -> ObjectivesSet:
        """Return the objectives of a unit."""
        return next(
            f.event
            for f in self.facts
            if isinstance(f.event, ObjectivesSet)
            and f.event.unit == unit
            and f.event.fiscal_year == self.year.name
        )
