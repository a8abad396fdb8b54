"""Random facts about periods."""

from datetime import date, timedelta
from random import Random
from typing import Any

from ledger.events import PeriodClosed, PeriodReopened, PolicySet

from .book import Book
from .calendar import Year
from .periods import ACTOR
from .standards import drawn


class PeriodDraws:
    """Draws what is closed and opened again."""

    rng: Random
    book: Book
    today: date
    years: list[Year]

    def period(self) -> tuple[Any, ...]:
        """Close a month or any days, or open some again; seldom badly."""
        rng = self.rng
        if rng.random() < 0.3:
            return self.policy()
        closed = [f.event for f in self.book.facts if isinstance(f.event, PeriodClosed)]
        if closed and rng.random() < 0.6:
            return self.opened(rng.choice(closed))
        ends = [end for year in self.years for end in year.ends if end <= self.today]
        day = rng.choice(ends[-4:]) if ends else self.today
        if rng.random() < 0.1:
            day = self.today + timedelta(days=rng.choice([-9, 0, 1]))
        unit = rng.choice([None, None, "301", "302"])
        ends_year = day in {year.last for year in self.years}
        final = rng.random() < (0.4 if ends_year else 0.03)
        return (PeriodClosed(on=day, unit=unit, year_end=final),)

    def policy(self) -> tuple[Any, ...]:
        """Set how figures are judged, from a day of before on; seldom badly."""
        rng = self.rng
        told, days = drawn(rng), rng.choice([0, 0, 30, 200, 400])
        if rng.random() < 0.05:
            days = -1
        day = self.today - timedelta(days=days)
        return (PolicySet(on=day, policy=told.policy(), scoring=told.scoring()),)

    def opened(self, closed: PeriodClosed) -> tuple[Any, ...]:
        """Open days that were closed again, for a while."""
        rng = self.rng
        return (
            PeriodReopened(
                on=closed.on + timedelta(days=rng.random() < 0.03),
                since=closed.on - timedelta(days=rng.choice([-1, 0, 30, 300, 300])),
                until=self.today + timedelta(days=rng.choice([-1, 0, 9, 60, 60])),
                unit=closed.unit if rng.random() < 0.8 else None,
                for_actor=rng.choice([None, ACTOR, "else"]),
                reason="迟到",
            ),
        )
