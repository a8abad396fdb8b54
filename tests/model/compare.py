"""One history through the public surface, and every figure held to the model."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import attrs

from ledger import Currency, Ledger, LedgerError, Settings
from ledger.events import (
    AdjustmentCorrected,
    BudgetAdjusted,
    CarriedOver,
    ResultRetracted,
)

from . import alerts, audits, forms, readings
from .book import Book
from .cut import Cut
from .form_steps import essence, interchange
from .histories import Answer, History, Step, answer
from .tally import Differs, Tally


def leg_of(event: Any) -> Any:
    """Return what makes two legs the same; ``None`` of what is none."""
    if not isinstance(event, CarriedOver | BudgetAdjusted):
        return None
    parts = sorted((part.source, part.amount) for part in event.amounts)
    return type(event), event.project, event.on, event.document, parts


class Trial:
    """A ledger and a book that are told the same."""

    def __init__(
        self, history: History, tally: Tally, path: Path | str = ":memory:"
    ) -> None:
        terms = history.terms
        given = terms.standards
        self.tally = tally
        self.rng = Random(history.seed)
        self.book = Book(
            terms.calendar,
            terms.convention,
            terms.digits,
            terms.standards,
            allow_exceptions=terms.allow_exceptions,
        )
        self.now = history.steps[0].now
        self.money_unit = "元" if terms.currency == "CNY" else terms.currency
        self.ids: dict[str, str] = {}
        self.ledger = Ledger.open(
            path,
            actor="model",
            settings=Settings(
                currency=Currency(terms.currency),
                first_month=terms.calendar.month,
                first_day=terms.calendar.day,
                year_named_for="end" if terms.calendar.of_end else "start",
                convention=terms.convention,
                allow_exceptions=terms.allow_exceptions,
            ),
            clock=self.clock,
            policy=given and given.policy(),
            scoring=given and given.scoring(),
        )

    def clock(self) -> datetime:
        """Return the instant of the step that is sent."""
        return self.now

    def send(self, step: Step) -> None:
        """Send a request to both; both take it, or both refuse it alike."""
        self.now = step.now
        if step.form is not None:
            self.send_form(step)
            return
        said = answer(self.book, step)
        self.tally.place = "request"
        shown = f"step {step.number} {step.events}"
        before = self.ledger.position
        try:
            recorded = self.ledger.append(
                *(self.resolved(event) for event in step.events), key=step.key
            )
        except LedgerError as error:
            name = type(error).__name__
            if name not in said.errors:
                raise Differs(shown, f"{name}: {error}", said) from error
            self.tally.one(shown, self.ledger.position, before)
            return
        except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
            raise Differs(f"request: {shown}", repr(error), said) from error
        self.taken(step, said, recorded, shown)

    def send_form(self, step: Step) -> None:
        """Send a form to both, and compare the facts that they make of it."""
        form = step.form
        assert form is not None
        self.tally.place = "form"
        shown = f"step {step.number} {form} revise={step.revise}"
        year = self.book.year_of(form.on).name
        content = interchange(form, year, self.book.digits, self.money_unit)
        said = answer(self.book, step)
        size = self.ledger.position
        try:
            self.ledger.import_forms(content, on=form.on, revise=step.revise)
        except LedgerError as error:
            name = type(error).__name__
            if name not in said.errors:
                raise Differs(shown, f"{name}: {error}", said) from error
            self.tally.one(shown, self.ledger.position, size)
            return
        if said.errors:
            raise Differs(shown, "recorded", said.errors)
        made = list(self.ledger.events(after=size))
        right = [fact.event for fact in self.book.facts[size:]]
        self.tally.one(shown, essence([one.event for one in made]), essence(right))
        self.book.facts[size:] = [
            self.book.fact(one.position, step.now, one.id, one.event) for one in made
        ]

    def taken(self, step: Step, said: Answer, recorded: list[Any], shown: str) -> None:
        """Hold what was recorded to what the model recorded."""
        if said.errors:
            raise Differs(shown, "recorded", said.errors)
        recorded = list({one.position: one for one in recorded}.values())
        recorded = self.without_legs(said, recorded, shown)
        positions = [one.position for one in recorded]
        if said.repeated:
            self.tally.one(shown, positions, said.positions)
        else:
            self.tally.one(shown, len(positions), len(said.positions))
            said.positions[:] = positions  # What waits for others comes after them.
            self.book.ordered([*positions, *(said.legs or ())])
        self.tally.one(shown, self.ledger.position, len(self.book.facts))
        for index, one in enumerate(recorded):
            self.ids.setdefault(f"@{step.number}.{index}", one.id)

    def without_legs(self, said: Answer, recorded: list[Any], shown: str) -> list[Any]:
        """Return what was asked for; legs that were not are held to the model's."""
        rest, legs = list(recorded), said.legs or []
        for place, fact in enumerate(self.book.facts[-len(legs) :] if legs else ()):
            alike = [one for one in rest if leg_of(one.event) == leg_of(fact.event)]
            self.tally.one(shown, bool(alike), True)
            legs[place] = alike[-1].position
            rest.remove(alike[-1])
        return rest

    def resolved(self, event: Any) -> Any:
        """Name the real id of a fact where the model has its own."""
        if isinstance(event, ResultRetracted | AdjustmentCorrected):
            return attrs.evolve(event, of=self.ids.get(event.of, event.of))
        return event


def run(history: History, tally: Tally, *, cuts: int = 3) -> None:
    """
    Compare a history.

    Raises:
        Differs: At the first figure that differs.
    """
    trial = Trial(history, tally)
    with trial.ledger:
        for step in history.steps:
            trial.send(step)
        if not trial.book.facts:
            return
        for _ in range(cuts):
            try:
                look(trial)
            except LedgerError as error:
                raise Differs(f"{tally.place}: raised", repr(error), None) from error


def look(trial: Trial) -> None:
    """Compare everything that is said at two random dates."""
    rng, book = trial.rng, trial.book
    ends = book.ends()
    known, position = moment(trial, ends)
    on = rng.choice([f.event.on for f in book.facts])
    year = book.year_of(on)
    month = rng.choice(year.months)
    readings.month(trial, month, known, position)
    readings.day(trial, on, known, position)
    alerted(trial, month, known, position)
    audits.explained(trial, on, known, position)
    audits.differences(trial, on, *sorted([position, rng.choice(ends)]))
    forms.monitoring(trial, month, position)
    forms.evaluation(trial, year.name, position)
    forms.portfolio(trial, month, position)
    audits.receipt(trial, month, rng.choice(ends))


def alerted(
    trial: Trial, month: tuple[int, int], known: int | datetime | None, position: int
) -> None:
    """Compare the list of alerts, and what of it is new since an instant."""
    book, rng, trial.tally.place = trial.book, trial.rng, "alerts"
    since = rng.choice([fact.at for fact in book.facts])
    ours = trial.ledger.alerts(*month, known_at=known, since=since)
    cut = Cut(book, book.calendar.month_end(*month), position)
    year = book.year_of(since.date())
    ends = [year.first - timedelta(days=1), *year.ends]
    then = Cut(
        book,
        max(end for end in ends if end <= since.date()),
        min(book.position_at(since), position),
    )
    where = f"alerts {month}@{position} since {since}"
    trial.tally.one(where, alerts.said_by(ours), alerts.listed(cut, then))


def moment(trial: Trial, ends: list[int]) -> tuple[int | datetime | None, int]:
    """Choose what is known: all, up to a position, or by an instant."""
    rng, book = trial.rng, trial.book
    kind = rng.random()
    if kind < 0.4:
        return None, ends[-1]
    if kind < 0.7:
        position = rng.choice(ends)
        return position, position
    last = rng.choice(book.facts).at
    instant = last + timedelta(microseconds=rng.choice([-1, 0, 1, 500_000]))
    return instant, book.position_at(instant)
