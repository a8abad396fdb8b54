"""
A stateful machine asks a ledger for anything, and holds its answers to the naive model.

Every type of event, valid and invalid, keyed and repeated; two years, several projects,
units and sources; after each step the ledger is whole and every law holds.
"""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from ledger import Ledger
from ledger.domain.catalogue import BY_CLASS
from ledger.events import (
    BudgetApproved,
    CarriedOver,
    Disbursed,
    DisbursementReversed,
    FormRevised,
    ProjectClosed,
)
from model import periods, readings
from model.compare import Trial
from model.histories import Author, History, Step
from model.shapes import Shapes
from model.tally import Tally
from support_identities import check_identities, lines

UNITS = ("301", "301001", "302")
MONEY = ("payment", "reversal", "adjustment", "virement", "correction", "plan")
COMMITTED = ("entry", "on_commitment")
YEARS = (
    *("closing", "passing_on", "reopening", "passing_on", "refund"),
    *("approval", "withdrawal"),
)
TOLD = (
    "indicator target measure results result expected attainment status due weight score"
    " reported_score explanation"
).split()
OTHERWISE = ("several", "several", "repeat", "form", "period", "again", "look")
SAID = (
    *("result", "retraction", "target", "variance", "score", "conclusion"),
    *("outlook", "goal", "order", "order", "objectives"),
)
FORMS = ("form_revision", "form_revision", "approval")
seeds = st.integers(0, 2**32)


class Asking(Author):
    """Draws requests as the model's author does; a trial sends them to both."""

    trial: Trial

    def begin(self):
        """Ask a ledger from now on."""
        history = History(self.seed, self.terms, [Step(0, self.now)])
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "machine.ledger"
        self.trial = Trial(history, Tally(), self.path)
        self.trial.ledger._parts.states.every = 5
        self.book = self.trial.book

    def tell(self, step):
        """Send a step to the ledger and to the model, which must agree."""
        before = self.trial.ledger.root, self.trial.ledger.position
        self.trial.send(step)
        self.steps.append(step)
        if self.trial.ledger.position == before[1]:
            assert self.trial.ledger.root == before[0]

    def chosen_by(self, seed):
        """Draw what comes next from a seed."""
        self.rng = Random(seed)
        self.shapes = Shapes(self.rng, self.year)
        self.pass_time()


class LedgerMachine(RuleBasedStateMachine):
    """Requests of every kind; after each, the ledger is whole."""

    author: Asking

    @initialize(seed=seeds)
    def open(self, seed):
        self.author = Asking(seed, turns=True)
        self.author.begin()
        self.author.both_years()
        self.carried_in_alone()
        self.day = self.author.today
        self.pins = {unit: {} for unit in UNITS}

    @property
    def ledger(self):
        return self.author.trial.ledger

    def carried_in_alone(self):
        """Open the second year of one more project with money of the first alone."""
        author, shapes = self.author, self.author.shapes
        first, second = author.years
        code = author.number(3)
        approved = shapes.approval(code, author.today)
        self.author.send(approved)
        [*_, part] = approved.amounts
        closing = ProjectClosed(
            project=code, on=first.last, year=first.name, carried_over=(part,)
        )
        self.author.send(closing)
        giver = CarriedOver(project=code, on=second.first, year=first.name)
        self.author.send(
            *author.legs(giver, code, {part.source: part.amount}, whole=True)
        )

    def teardown(self):
        if hasattr(self, "author"):
            self.ledger.close()
            self.author.folder.cleanup()

    def send(self, *events, key=None):
        """Send a request; forget the figures that it may change although closed."""
        size = len(self.author.book.facts)
        self.author.send(*events, key=key)
        self.forget(size)

    def forget(self, size):
        """Forget pinned figures of days that facts since then were let into."""
        book = self.author.book
        for place, fact in enumerate(book.facts[size:], size):
            if not isinstance(fact.event, periods.OF_LEDGER):
                before = book.facts[:place]
                day = periods.judged_day(book, before, fact.event)
                for unit in periods.bound(book, before, fact.event, day):
                    self.unpin(unit, day)

    def unpin(self, unit, since):
        pinned = self.pins.get(unit, {})
        self.pins[unit] = {day: said for day, said in pinned.items() if day < since}

    def ask(self, kind, seed, *, keyed=False):
        self.author.chosen_by(seed)
        key = f"k{len(self.author.steps)}" if keyed else None
        self.send(*getattr(self.author, kind)(), key=key)

    @rule(kind=st.sampled_from(MONEY), seed=seeds, keyed=st.booleans())
    def move(self, kind, seed, keyed):
        """Pay, give back, change a budget or a plan."""
        self.ask(kind, seed, keyed=keyed)

    @rule(kind=st.sampled_from(COMMITTED), seed=seeds, keyed=st.booleans())
    def promise(self, kind, seed, keyed):
        """Commit money, pay on what is committed, release it."""
        self.ask(kind, seed, keyed=keyed)

    @rule(kind=st.sampled_from(YEARS), seed=seeds, keyed=st.booleans())
    def turn(self, kind, seed, keyed):
        """Close a year, open it again, hand on what is left of it."""
        self.ask(kind, seed, keyed=keyed)

    @rule(kind=st.sampled_from(SAID), seed=seeds, keyed=st.booleans())
    def say(self, kind, seed, keyed):
        """Report, retract, explain, score, set a target or objectives."""
        self.ask(kind, seed, keyed=keyed)

    @rule(kind=st.sampled_from(FORMS), seed=seeds, keyed=st.booleans())
    def revise(self, kind, seed, keyed):
        """Say otherwise what a form says, or move its project to another unit."""
        self.ask(kind, seed, keyed=keyed)

    @rule(how=st.sampled_from(OTHERWISE), seed=seeds)
    def otherwise(self, how, seed):
        """Ask in another way, or look at another day."""
        size = len(self.author.book.facts)
        self.author.chosen_by(seed)
        getattr(self, how)()
        self.forget(size)

    def several(self):
        """Send facts together: one that is wrong takes all others with it."""
        chosen = self.author.rng.choices(("approval", *FORMS, *MONEY, *SAID), k=3)
        drawn = [getattr(self.author, kind)() for kind in chosen]
        self.send(*(event for events in drawn for event in events))

    def repeat(self):
        """Send a keyed request again: as it was, changed, or in part."""
        self.author.repeat()

    def form(self):
        """Import a form, or one that corrects it."""
        self.author.send_form()

    def period(self):
        """Close days or open them again; what closed days say now is to stay."""
        self.send(*self.author.period())
        facts = self.author.book.facts
        for unit in UNITS:
            closed = [one.on for one in periods.binding(facts, unit)]
            last = max(closed, default=None)
            kept = self.pins[unit].items()
            self.pins[unit] = {d: said for d, said in kept if last and d <= last}
            for day in {last, *closed} - {None}:
                self.pins[unit].setdefault(day, self.closed_figures(unit, day))

    def closed_figures(self, unit, day):
        """Return what is said of a unit's projects of every year at a day."""
        view, found = self.ledger.view(through=day), {}
        for year, of_year in lines(self.ledger, day).items():
            for line in of_year:
                if line.unit == unit:
                    money = readings.money(line)
                    for part in (money, *money["by_source"].values()):
                        del part["free"]  # It looks ahead of its day.
                    said = money, line.closed_on, line.status
                    done = view.attainment(line.project, year=year)
                    told = [[getattr(one, name) for name in TOLD] for one in done]
                    found[year, line.project] = said, told
        return found

    def again(self):
        """Close the file and open it again: nothing depends on the process."""
        trial, book = self.author.trial, self.author.book
        trial.ledger.close()
        trial.ledger = Ledger.open(
            self.author.path,
            actor=periods.ACTOR,
            clock=trial.clock,
            policy=book.standards and book.standards.policy(),
            scoring=book.standards and book.standards.scoring(),
        )
        trial.ledger._parts.states.every = 5

    def look(self):
        """Look at another day."""
        days = sorted({fact.event.on for fact in self.author.book.facts})
        self.day = self.author.rng.choice(days)

    @invariant()
    def is_sound(self):
        checked = self.ledger.verify()
        assert checked.ok, [str(one) for one in checked.findings]
        assert self.ledger.stale_snapshots() == []

    @invariant()
    def readers_know_every_project(self):
        """See that a view of all, from snapshots, has what a look at each finds."""
        for year in self.author.years:
            execution = self.ledger.view(through=year.last).execution()
            own = lines(self.ledger, year.last).get(year.name, [])
            codes = [{line.project for line in some} for some in (execution, own)]
            assert codes[0] == codes[1]

    @invariant()
    def identities_hold(self):
        for day in {self.day, self.author.years[-1].last}:
            check_identities(self.ledger, day)

    @invariant()
    def closed_days_stay(self):
        for unit, pinned in self.pins.items():
            for day, said in pinned.items():
                assert self.closed_figures(unit, day) == said, (unit, day)


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(
    max_examples=max(settings().max_examples // 12, 1),
    stateful_step_count=40,
    derandomize=True,  # A change is judged by what it does, and not by luck.
    phases=(Phase.generate,),  # What a seed draws does not shrink.
)


SHAPES = {
    "a voucher booked again": (Disbursed, "booked_again"),
    "a reversal of a reversal": (DisbursementReversed, "disbursement"),
    "a move": (FormRevised, "to_unit"),
    "a correction of a form": (FormRevised, "correction"),
    "a row renamed": (FormRevised, "renamed"),
    "a row weighed": (FormRevised, "weight"),
    "a row measured": (FormRevised, "measure"),
    "a row gone": (FormRevised, "removed"),
    "a row come": (FormRevised, "added"),
}
LINES = ("several lines", Disbursed), ("refunds of several", DisbursementReversed)


def shapes(facts):
    """Name the types and the rarer shapes of what was taken."""
    found = {type(fact.event) for fact in facts}
    for name, (kind, field) in SHAPES.items():
        if any(type(f.event) is kind and getattr(f.event, field) for f in facts):
            found.add(name)
    for name, kind in LINES:
        each = [(f.at, f.event.voucher) for f in facts if type(f.event) is kind]
        if len(set(each)) < len(each):
            found.add(name)
    return found


@pytest.mark.long
def test_histories_draw_every_type_of_event():
    """A type that is added is drawn, and taken: what is refused shows no law."""
    wanted = {*BY_CLASS, *SHAPES, *(name for name, _ in LINES)}
    taken, seed = set(), 0
    while (missing := wanted - taken) and seed < 90:
        author = Author(seed, turns=seed % 2 == 0)
        author.history(60)
        taken |= shapes(author.book.facts)
        seed += 1
    assert not missing


LEDGERS_OWN = {
    *("version", "resembles", "since", "form", "carried", "findings", "opens"),
    *("year", "taken_back", "booked_again", "adjusted_on", "stage", "released"),
}
"""What the ledger fills in of a fact, or takes out of it, or a form alone says."""

NOT_DRAWN = {(BudgetApproved, "new_source")}
"""A source that is new to a ledger is for the rules of names, which have own tests."""


@pytest.mark.long
def test_histories_draw_every_field_of_every_event():
    """Each is said by some fact that is taken, in 200 histories."""
    wanted = {
        (kind, one.name)
        for kind in BY_CLASS
        for one in attrs.fields(kind)
        if one.default is not attrs.NOTHING and one.name not in LEDGERS_OWN
    }
    missing, seed = wanted - NOT_DRAWN, 0
    while missing and seed < 200:
        author = Author(seed, turns=seed % 2 == 0)
        author.history(60)
        for fact in author.book.facts:
            for one in attrs.fields(type(fact.event)):
                if getattr(fact.event, one.name):
                    missing.discard((type(fact.event), one.name))
        seed += 1
    assert not missing


def test_the_machine_draws_every_type_of_event():
    """By its rules alone, in whatever order they come."""
    rules = MONEY, COMMITTED, YEARS, YEARS, SAID, FORMS, ("period",)
    taken, seed = set(), 0
    while (missing := set(BY_CLASS) - taken) and seed < 90:
        author, chance = Author(seed, turns=True), Random(seed)
        author.both_years()
        for _ in range(60):
            author.pass_time()
            author.send(*getattr(author, chance.choice(chance.choice(rules)))())
        taken |= {type(fact.event) for fact in author.book.facts}
        seed += 1
    assert not missing
