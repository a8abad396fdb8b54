"""A stateful machine drives a ledger with any request, against a plain model."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ledger import Funding, Ledger, LedgerError
from ledger.events import (
    CommitmentAdjusted,
    CommitmentAdjustmentKind,
    CommitmentEntered,
    CommitmentReleased,
    CommitmentStage,
    Disbursed,
    DisbursementReversed,
)
from model import commitments
from support import Clock, approval, disbursement, indicator

JANUARY = date(2023, 1, 1)
PROJECTS = ("A", "B")
days = st.integers(-2, 366).map(lambda n: JANUARY + timedelta(n))
amounts = st.integers(1, 70_000)
vouchers = st.integers(1, 6).map(str)
numbers = st.integers(1, 3).map(lambda n: f"C-{n}")
projects = st.sampled_from([*PROJECTS, "C"])


def money(amount):
    """Return an amount of the only source."""
    return (Funding(source="fiscal", amount=amount),)


class Model:
    """What a ledger must answer, as plain lists and sums over days."""

    def __init__(self):
        self.changes = {}  # project: [(day, change of what is available)]
        self.budget = {}  # project: [(day, change of the budget)]
        self.paid = {}  # (project, voucher): [day, left]
        self.used = set()  # (project, voucher)
        self.results = {}  # key: (project, day, value)
        self.facts = {}  # project: [facts of commitments, as they are stored]

    def approve(self, project, amount):
        if project in self.budget:
            return False
        self.budget[project] = [(JANUARY, amount)]
        self.changes[project] = [(JANUARY, amount)]
        self.facts[project] = []
        return True

    def fits(self, project, on, amount):
        ends = {on, *(day for day, _ in self.changes[project] if day > on)}
        return all(self.available(project, day) >= amount for day in ends)

    def available(self, project, on):
        return sum(change for day, change in self.changes[project] if day <= on)

    def known(self, project, on):
        return project in self.budget and on.year == 2023

    def pay(self, project, on, amount, voucher):
        new = (project, voucher) not in self.used
        if not (self.known(project, on) and new and self.fits(project, on, amount)):
            return False
        self.changes[project].append((on, -amount))
        self.paid[project, voucher] = [on, amount]
        self.used.add((project, voucher))
        self.facts[project].append(disbursement(amount, voucher, on, project))
        return True

    def commitment(self, event):
        """Take a fact about a commitment, or money paid on one."""
        project, on = event.project, event.on
        if not self.known(project, on):
            return False
        facts, voucher = self.facts[project], getattr(event, "voucher", None)
        if (project, voucher) in self.used or commitments.refused(facts, event):
            return False
        made = commitments.completed(facts, event)
        moved = commitments.moves([*facts, made])[len(commitments.moves(facts)) :]
        taken = sum(move.amount for move in moved)
        if isinstance(made, Disbursed):
            taken += made.amount
        if taken > 0 and not self.fits(project, on, taken):
            return False
        facts.append(made)
        self.changes[project].append((on, -taken))
        if voucher is not None:
            self.paid[project, voucher] = [on, made.amount]
            self.used.add((project, voucher))
        return True

    def reverse(self, project, on, amount, voucher, of):
        day, left = self.paid.get((project, of), (date.max, 0))
        new = (project, voucher) not in self.used
        if not (self.known(project, on) and new and day <= on and amount <= left):
            return False
        event = DisbursementReversed(
            project=project, on=on, voucher=voucher, of=of, amount=amount
        )
        facts = self.facts[project]
        if commitments.refused(facts, event):
            return False
        made = commitments.completed(facts, event)
        facts.append(made)
        self.changes[project].append((on, 0 if made.restores else amount))
        self.paid[project, of][1] -= amount
        self.used.add((project, voucher))
        return True

    def adjust(self, project, on, change):
        if not self.known(project, on) or not self.fits(project, on, -change):
            return False
        self.changes[project].append((on, change))
        self.budget[project].append((on, change))
        return True

    def transfer(self, giver, taker, on, amount):
        both = self.known(giver, on) and self.known(taker, on)
        if giver == taker or not both or not self.fits(giver, on, amount):
            return False
        return self.adjust(giver, on, -amount) and self.adjust(taker, on, amount)


class LedgerMachine(RuleBasedStateMachine):
    """Requests of every kind, valid and invalid; after each, the ledger is whole."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "machine.ledger"
        self.ledger = Ledger.open(self.path, actor="machine", clock=Clock())
        self.ledger._parts.states.every = 5
        self.model = Model()

    def teardown(self):
        self.ledger.close()
        self.folder.cleanup()

    def agree(self, allowed, request):
        """Hold the ledger's answer to the model's; a refusal leaves no trace."""
        before = self.ledger.root
        try:
            request()
        except LedgerError as refused:
            assert not allowed, f"refused what is allowed: {refused}"
            assert self.ledger.root == before
        else:
            assert allowed, "took what is not allowed"

    @rule(project=st.sampled_from(PROJECTS), budget=amounts)
    def approve(self, project, budget):
        event = approval(project, budget, indicators=(indicator(),))
        allowed = self.model.approve(project, budget)
        self.agree(allowed, lambda: self.ledger.append(event))

    @rule(project=projects, on=days, amount=amounts, voucher=vouchers)
    def pay(self, project, on, amount, voucher):
        allowed = self.model.pay(project, on, amount, voucher)
        self.agree(
            allowed,
            lambda: self.ledger.disburse(
                project, Decimal(amount).scaleb(-2), voucher=voucher, on=on
            ),
        )

    @rule(project=projects, on=days, amount=amounts, voucher=vouchers, of=vouchers)
    def reverse(self, project, on, amount, voucher, of):
        allowed = self.model.reverse(project, on, amount, voucher, of)
        self.agree(
            allowed,
            lambda: self.ledger.reverse_disbursement(
                project, Decimal(amount).scaleb(-2), of=of, voucher=voucher, on=on
            ),
        )

    @rule(project=projects, on=days, amount=amounts, more=st.booleans())
    def adjust(self, project, on, amount, more):
        allowed = self.model.adjust(project, on, amount if more else -amount)
        kind = "supplement" if more else "recall"
        self.agree(
            allowed,
            lambda: self.ledger.adjust_budget(
                project, kind, Decimal(amount).scaleb(-2), on=on
            ),
        )

    @rule(giver=projects, taker=projects, on=days, amount=amounts)
    def transfer(self, giver, taker, on, amount):
        if giver == taker:
            return
        allowed = self.model.transfer(giver, taker, on, amount)
        self.agree(
            allowed,
            lambda: self.ledger.transfer(
                giver, taker, Decimal(amount).scaleb(-2), on=on
            ),
        )

    @rule(
        project=projects,
        on=days,
        amount=amounts,
        number=numbers,
        stage=st.sampled_from(CommitmentStage),
        of=st.none() | numbers,
    )
    def commit(self, project, on, amount, number, stage, of):
        event = CommitmentEntered(
            project=project,
            on=on,
            commitment=number,
            amounts=money(amount),
            stage=stage,
            of=of,
        )
        self.agree(self.model.commitment(event), lambda: self.ledger.append(event))

    @rule(
        project=projects,
        on=days,
        amount=amounts,
        number=numbers,
        voucher=vouchers,
        final=st.booleans(),
    )
    def pay_on_commitment(self, project, on, amount, number, voucher, final):
        event = evolve(
            disbursement(amount, voucher, on, project), commitment=number, final=final
        )
        self.agree(self.model.commitment(event), lambda: self.ledger.append(event))

    @rule(
        project=projects,
        on=days,
        amount=amounts,
        number=numbers,
        kind=st.sampled_from(CommitmentAdjustmentKind),
    )
    def adjust_commitment(self, project, on, amount, number, kind):
        event = CommitmentAdjusted(
            project=project,
            on=on,
            commitment=number,
            kind=kind,
            amounts=money(amount),
            reason="amended",
        )
        self.agree(self.model.commitment(event), lambda: self.ledger.append(event))

    @rule(project=projects, on=days, amount=st.none() | amounts, number=numbers)
    def release(self, project, on, amount, number):
        event = CommitmentReleased(
            project=project,
            on=on,
            commitment=number,
            why="finished",
            amounts=() if amount is None else money(amount),
        )
        self.agree(self.model.commitment(event), lambda: self.ledger.append(event))

    @rule(project=projects, on=days, value=st.integers(-1, 20))
    def report(self, project, on, value):
        allowed = self.model.known(project, on) and value >= 0
        key = f"r{len(self.model.results)}"
        if allowed:
            self.model.results[key] = (project, on, value)
        self.agree(
            allowed,
            lambda: self.ledger.report_result(
                project, "开展就业培训数", value, on=on, key=key
            ),
        )

    @precondition(lambda self: self.model.results)
    @rule(data=st.data())
    def retract(self, data):
        key = data.draw(st.sampled_from(sorted(self.model.results)))
        project, on, _ = self.model.results[key]
        again = data.draw(st.booleans())
        del self.model.results[key]
        self.model.results[f"{key}-retracted"] = (project, on, 0)

        def ask():
            name = "开展就业培训数"
            self.ledger.retract_result(project, name, key, on=on, reason="wrong")

        self.agree(allowed=not key.endswith("-retracted"), request=ask)
        if again:
            self.agree(allowed=False, request=ask)

    @rule()
    def reopen(self):
        """Close the file and open it again: nothing depends on the process."""
        self.ledger.close()
        self.ledger = Ledger.open(self.path, actor="machine", clock=Clock())

    @invariant()
    def figures_are_the_models(self):
        for through in (date(2023, 6, 30), date(2023, 12, 31)):
            view = self.ledger.view(through=through)
            lines = {line.project: line for line in view.execution()}
            assert set(lines) == set(self.model.budget)
            for project, line in lines.items():
                budget = [c for on, c in self.model.budget[project] if on <= through]
                available = self.model.available(project, through)
                assert self.ledger.minor(line.current_budget) == sum(budget)
                assert line.available == Decimal(available).scaleb(-2)
                facts = self.model.facts[project]
                still_open = commitments.open_in(facts, None, through)
                assert line.open == Decimal(still_open).scaleb(-2)
                (done,) = view.attainment(project)
                values = [
                    value
                    for where, on, value in self.model.results.values()
                    if where == project and on <= through
                ]
                assert (done.result or 0) == sum(values)

    @invariant()
    def snapshots_are_whole(self):
        assert self.ledger.stale_snapshots() == []


TestLedgerMachine = LedgerMachine.TestCase
