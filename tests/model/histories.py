"""Random histories: requests as a careless office sends them, from one seed."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import attrs

from ledger import Funding
from ledger.events import BudgetApproved, ProjectClosed

from . import announced, announcements, money, withdrawals
from .book import Book, Fact, approvals
from .calendar import Calendar, Year
from .commitment_facts import CommitmentDraws
from .form_facts import FormDraws
from .form_steps import Form, approval_of, corrected, drawn, revised
from .judged_facts import JudgedDraws
from .period_facts import PeriodDraws
from .rules import completed, one_fact, refusals
from .shapes import Shapes
from .spelling import canonical, compared
from .standards import Standards
from .standards import drawn as drawn_standards
from .texts import with_texts
from .turns import as_taken
from .unstated import with_source, without_source

FORMS = 0.94
"""Up to here from 0.9 a draw is a form."""


class Step(NamedTuple):
    """One request: facts with a key, or a form, and when they are sent."""

    number: int
    now: datetime
    events: tuple[Any, ...] = ()
    key: str | None = None
    form: Form | None = None
    revise: bool = False


class Terms(NamedTuple):
    """What is fixed when the ledger is created."""

    currency: str
    digits: int
    calendar: Calendar
    convention: str
    standards: Standards | None
    allow_exceptions: bool


class History(NamedTuple):
    """All requests of one seed."""

    seed: int
    terms: Terms
    steps: list[Step]


class Answer(NamedTuple):
    """What the model says to a request."""

    errors: set[str]
    positions: list[int]
    repeated: bool = False
    legs: list[int] | None = None


def answer_form(book: Book, step: Step) -> Answer:
    """Let the model take or refuse a form of approval, first or corrected."""
    form = step.form
    assert form is not None
    before = [one for one in book.forms if one.project == form.project]
    if not before:
        events: list[Any] | None = [approval_of(form, book.year_of(form.on).name)]
    elif step.revise:
        events = revised(book, form)
    else:
        events = [] if form in before else None
    if events is None:
        return Answer({"ImportRefused"}, [])
    asked = Step(step.number, step.now, tuple(events))
    said = take(book, asked, waived={"InvalidPlan"} if before else set())
    if said.errors:
        return Answer({"ImportRefused", "InvalidBatch", *said.errors}, [])
    if said.positions or not before:  # A form that changes nothing leaves no trace.
        book.forms.append(form)
    return said


def answer(book: Book, step: Step) -> Answer:
    """Let the model take or refuse a request."""
    if step.form is not None:
        return answer_form(book, step)
    if step.key is not None:
        step = step._replace(events=once(step.events))
    asked = [compared(event) for event in step.events]
    if step.key is not None and step.key in book.keys:
        events, positions = book.keys[step.key]
        if asked == events:
            return Answer(set(), positions, repeated=True)
        return Answer({"KeyConflict"}, [])
    said = take(book, step)
    if step.key is not None and not said.errors:
        book.keys[step.key] = (asked, said.positions)
    return said


def once(events: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the events of a keyed request: one that stands in it twice is one."""
    asked = [compared(event) for event in events]
    return tuple(e for i, e in enumerate(events) if asked[i] not in asked[:i])


def take(book: Book, step: Step, waived: AbstractSet[str] = frozenset()) -> Answer:
    """
    Record what the rules allow.

    Args:
        waived: Errors that do not count: the plan of a corrected form ends at the
            budget of the form, whatever the year has added to it.
    """
    size = len(book.facts)
    said = [with_source(book, canonical(event)) for event in step.events]
    facts = [
        book.fact(size + i + 1, step.now, f"@{step.number}.{i}", event)
        for i, (event, _) in enumerate(said)
    ]
    book.now = step.now
    errors = refusals(book, book.facts, facts, step.now.date()) - waived
    errors = errors.union(*(wrong for _, wrong in said))
    if errors:
        return Answer(errors, [])
    today = step.now.date()
    for fact in as_taken(book, book.facts, facts, today, one_fact, completed):
        event = completed(book, book.facts, fact.event)
        book.facts.append(fact._replace(event=event))
    book.facts[size:] = sorted(book.facts[size:], key=lambda fact: fact.position)
    for place in range(size, len(book.facts)):  # A leg may stand before the other.
        fact = book.facts[place]
        if getattr(fact.event, "kind", None) == "carried_in":
            made = completed(book, book.facts, fact.event)
            book.facts[place] = fact._replace(event=made)
    positions = [fact.position for fact in facts]
    known, asked = list(book.facts), [event for event, _ in said]
    legs, _ = announcements.called(book, known, asked, step.now.date(), one_fact)
    for leg in legs:
        place = len(book.facts) + 1
        book.facts.append(book.fact(place, step.now, f"@{step.number}.leg", leg))
    return Answer(set(), positions, legs=[0 for _ in legs])


def drawn_calendar(rng: Random) -> Calendar:
    """Draw when years begin, mostly with a month, and which end names them."""
    first = rng.choice([1, 1, 1, rng.randint(2, 28)])
    return Calendar(rng.randint(1, 12), first, of_end=rng.random() < 0.3)


def draw(seed: int, length: int | None = None) -> History:
    """Draw the history of a seed."""
    return Author(seed).history(length)


class Author(CommitmentDraws, JudgedDraws, PeriodDraws, FormDraws):
    """Draws requests that mostly fit what is recorded so far."""

    def __init__(self, seed: int, *, turns: bool | None = None) -> None:
        self.seed = seed
        self.rng = Random(seed)
        currency, digits = self.rng.choice([("CNY", 2), ("JPY", 0), ("KWD", 3)])
        calendar = drawn_calendar(self.rng)
        convention = self.rng.choice(["linear", "step"])
        drawn = drawn_standards(self.rng)
        set_in_it = drawn == Standards() or Random(f"{seed} policy").random() < 0.6
        standards = None if set_in_it else drawn
        lax = Random(f"{seed} exceptions").random() < 0.5
        self.terms = Terms(currency, digits, calendar, convention, standards, lax)
        self.book = Book(calendar, convention, digits, standards, allow_exceptions=lax)
        self.year = Year(self.rng.choice([2022, 2023, 2024]), calendar)
        self.shapes = Shapes(self.rng, self.year)
        self.years = [self.year]
        start = self.year.first + timedelta(days=self.rng.randint(0, 40))
        self.turns = self.rng.random() < 0.4 if turns is None else turns
        if self.turns or self.rng.random() < 0.5:
            self.years.append(Year(self.year.name + 1, calendar))
            start += timedelta(days=self.rng.randint(200, 400))
        if self.turns:  # What ends a year, and hands it on, is most of what is asked.
            start = self.year.last - timedelta(days=self.rng.randint(-40, 20))
        self.now = datetime(start.year, start.month, start.day, 9, tzinfo=UTC)
        self.steps: list[Step] = []
        self.years_of: dict[str, int] = {}
        """Of each project the year that was chosen last."""
        self.vouchers = 0

    def history(self, length: int | None) -> History:
        """Draw all steps."""
        rng = self.rng
        wanted = length or rng.randint(25, 70)
        self.send(self.shapes.approval(self.number(0), self.today))
        if self.turns:
            self.both_years()
            if rng.random() < 0.4:
                self.printed()
        while len(self.steps) < wanted:
            self.pass_time()
            for events in self.request():
                self.send(*events)
        return History(self.seed, self.terms, self.steps)

    def both_years(self) -> None:
        """Approve projects for both years, and pay something in the first."""
        for year in self.years:
            for index in range(3):
                shapes = Shapes(self.rng, year)
                self.send(shapes.approval(self.number(index), self.today))
        for _ in range(5):
            self.send(*self.payment())

    def printed(self) -> None:
        """Close a project of the first year, and approve a form that prints of it."""
        first, second = self.years
        code, facts = self.number(self.rng.randrange(3)), self.facts_now()
        own = announcements.own(facts, code, first.name)
        left = {s: money.available(own, s, date.max) for s in money.sources(own)}
        parts = tuple(Funding(source=s, amount=a) for s, a in left.items() if a > 0)
        day = min(self.today, first.last)
        asked = ProjectClosed(project=code, on=day, year=first.name, carried_over=parts)
        self.send(asked)
        made = Shapes(self.rng, second).approval(self.number(3), self.today)
        self.send(self.fitting(made, second))

    @property
    def today(self) -> date:
        """The day of recording."""
        return self.now.date()

    def a_year(self) -> Year:
        """Choose a year that has begun, or the first."""
        begun = [year for year in self.years if year.first <= self.today]
        return self.rng.choice(begun or self.years[:1])

    def number(self, index: int) -> str:
        """Return a project's code."""
        return f"P-{index + 1:03}"

    def pass_time(self) -> None:
        """Let some time pass, more often none."""
        days = self.rng.choice([0, 0, 0, 1, 3, 9, 20])
        self.now += timedelta(days=days, seconds=self.rng.randint(1, 3))

    def send(self, *events: Any, key: str | None = None) -> None:
        """Send a request, and let the model answer."""
        if not events:
            return
        self.now += timedelta(seconds=1)
        number = len(self.steps)
        if key is None or key not in self.book.keys:  # A repeat is as it was.
            named = f"{self.seed} {number} "
            events = tuple(with_texts(e, f"{named}{i}") for i, e in enumerate(events))
        if key is None and len(events) == 1:
            events = (without_source(events[0], f"{self.seed} {number}"),)
        self.tell(Step(number, self.now, events, key))

    def tell(self, step: Step) -> None:
        """Let the model answer a step, and keep it."""
        answer(self.book, step)
        self.steps.append(step)

    def request(self) -> list[tuple[Any, ...]]:
        """Draw a request that may be keyed, repeated or sent with others."""
        rng = self.rng
        kind = rng.random()
        if 0.9 < kind < FORMS:
            self.send_form()
            return []
        if kind < 0.06:
            return self.repeat()
        if kind < 0.12:
            key = f"k{len(self.steps)}"
            self.send(*self.one(), key=key)
            return []
        if kind < 0.2:
            several = [self.one(several=True) for _ in range(rng.randint(2, 4))]
            return [tuple(e for each in several for e in each)]
        return [self.one()]

    def send_form(self) -> None:
        """Send a form: a new one, a corrected one, or the same again."""
        rng = self.rng
        known = sorted({form.project for form in self.book.forms})
        if not known or (len(known) < 2 and rng.random() < 0.2):
            year = self.a_year()
            day = min(max(self.today, year.first), year.last)
            form = drawn(rng, f"F-{len(known) + 1}", day, year.last)
        else:
            project = rng.choice(known)
            forms = [one for one in self.book.forms if one.project == project]
            year = self.book.year_of(forms[0].on)
            day = min(self.today, year.last)
            span = max((day - forms[0].on).days, 0)
            day = forms[0].on + timedelta(days=rng.randint(0, span))
            day = max(day, forms[-1].on) if rng.random() < 0.9 else day
            form = corrected(rng, forms, day, year.last)
        self.now += timedelta(seconds=1)
        revise = rng.random() < 0.9
        self.tell(Step(len(self.steps), self.now, form=form, revise=revise))

    def repeat(self) -> list[tuple[Any, ...]]:
        """Send a keyed request again: as it was, changed, or in part."""
        keyed = [step for step in self.steps if step.key is not None]
        if not keyed:
            return []
        before = self.rng.choice(keyed)
        events = before.events
        how = self.rng.random()
        if how < 0.2:
            events = self.one() or events
        elif how < 0.4 and len(events) > 1:
            events = events[:1]
        self.send(*events, key=before.key)
        return []

    def one(self, *, several: bool = False) -> tuple[Any, ...]:
        """
        Draw the events of one plain request.

        Args:
            several: Whether it is sent with others: what a fact about a commitment
                stores hangs on which of them is taken first.
        """
        draws: list[tuple[int, Callable[[], tuple[Any, ...]]]] = [
            (4, self.approval),
            (2, self.withdrawal),
            (3, self.correction),
            (7, self.form_revision),
            (22, self.payment),
            (10, self.reversal),
            (8, self.adjustment),
            (6, self.virement),
            (5, self.plan),
            (10 if self.turns else 2, self.closing),
            (6 if self.turns else 1, self.reopening),
            (30 if self.turns else 2, self.passing_on),
            (7 if self.turns and not several else 0, self.refund),
            (16 if self.turns and not several else 0, self.announcement),
            *([] if several else [(7, self.entry), (9, self.on_commitment)]),
            (0 if several else 4 if self.turns else 2, self.period),
            *self.judged_draws(),
        ]
        (chosen,) = self.rng.choices([d for _, d in draws], [w for w, _ in draws])
        return chosen()

    def approval(self) -> tuple[Any, ...]:
        """Approve a new project, or one for another year, seldom for the same again."""
        approved = approvals(self.facts_now())
        known = len({one.project for one in approvals(self.facts_events())})
        index = (
            self.rng.randrange(known) if self.rng.random() < 0.4 and known else known
        )
        if len(approved) >= 8:
            return ()
        year, code = self.a_year(), self.number(index)
        taken = {(one.project, one.fiscal_year) for one in approved}
        if (code, year.name) in taken and self.rng.random() < 0.8:
            return ()
        made = Shapes(self.rng, year).approval(code, self.today)
        if announcements.printed(made) and self.rng.random() < 0.3:
            made = attrs.evolve(made, carried_from=self.number(self.rng.randrange(4)))
        made = self.fitting(made, year)
        since = withdrawals.last(self.book, self.book.facts, made)
        if made.on < since and self.rng.random() < 0.9:
            made = attrs.evolve(made, on=since)
        return (made,)

    def fitting(self, made: BudgetApproved, year: Year) -> BudgetApproved:
        """Let a form print what is left of a closed project, or a part, mostly."""
        facts, rng, left = self.facts_now(), self.rng, dict[str, int]()
        for code in sorted({one.project for one in approvals(facts)}):
            gives = announcements.own(facts, code, year.name - 1)
            has = announcements.left(self.book, gives, code, year.first)
            left |= {code: sum(has.values())} if has else {}
        if not left or rng.random() < 0.2:
            return made
        giver = rng.choice(sorted(left))
        share = rng.randint(1, left[giver]) if rng.random() < 0.3 else left[giver]
        printed = [a for a in made.amounts if a.source != announced.BARE]
        amounts = (*printed, Funding(source=announced.BARE, amount=share))
        plan = made.plan and Shapes(rng, year).plan(sum(a.amount for a in amounts))
        return attrs.evolve(made, amounts=amounts, plan=plan, carried_from=giver)

    def facts_events(self) -> list[Fact]:
        """Return what is recorded so far."""
        return self.book.facts
