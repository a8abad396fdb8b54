"""The law of locks: what is closed stays as it was known then."""

from datetime import UTC, datetime
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from ledger import IndicatorReference, Ledger, Objective
from ledger.errors import LedgerError
from support import PROJECT, Clock, approval, day, indicator

NAME = "人数"
DAYS = st.dates(day(1, 2), day(12, 31))
FACTS = st.one_of(
    st.tuples(st.just("disburse"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("reverse"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("adjust"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("commit"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("result"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("retract"), DAYS, st.integers(0, 3)),
    st.tuples(st.just("close"), DAYS, st.booleans()),
)


def record(ledger, number, fact):
    """Ask for a fact; whether it is refused does not matter."""
    kind, on, amount = fact
    name = str(number)
    try:
        match kind:
            case "disburse":
                ledger.disburse(PROJECT, amount, voucher=name, on=on)
            case "reverse":
                of = str(max(0, number - 1))
                ledger.reverse_disbursement(
                    PROJECT, amount, of=of, voucher=f"R{name}", on=on
                )
            case "adjust":
                ledger.adjust_budget(PROJECT, "supplement", amount, on=on)
            case "commit":
                ledger.commit(PROJECT, name, amount, on=on)
            case "result":
                ledger.report_result(PROJECT, NAME, amount, on=on, key=f"k{name}")
            case "retract":
                of = f"k{amount}"
                ledger.retract_result(PROJECT, NAME, of, on=on, reason="x")
            case "close":
                ledger.close_period(on, year_end=amount)
    except LedgerError:
        pass


@given(st.lists(FACTS, max_size=8), DAYS, st.lists(FACTS, max_size=12), st.data())
def test_a_closed_day_says_today_what_it_said_when_it_was_closed(
    before, locked, after, data
):
    """Each figure at a closed day, as known at the lock, equals today's."""
    clock = Clock(datetime(2024, 1, 5, tzinfo=UTC))
    with Ledger(":memory:", actor="t", clock=clock) as ledger:
        ledger.append(approval(indicators=(indicator(NAME, "≥100人"),)))
        for number, fact in enumerate(before):
            record(ledger, number, fact)
        record(ledger, 90, ("close", locked, False))
        for number, fact in enumerate(after, start=len(before)):
            record(ledger, number, fact)
        closed = ledger._parts.states.known_periods().locks(None)
        through = data.draw(st.dates(day(1, 1), max(e.closed.on for e in closed)))
        then = max(e.position for e in closed if e.closed.on >= through)
        assert ledger.verify().ok
        known, now = (
            ledger.view(through=through, known_at=at).monthly_report().to_dict()
            for at in (then, None)
        )
        for key in ("projects", "totals", "units", "months"):
            assert looking_back(known.get(key)) == looking_back(now.get(key))


def looking_back(value):
    """Return what a report says without `free`, which looks ahead of its day."""
    if isinstance(value, dict):
        return {k: looking_back(v) for k, v in value.items() if k != "free"}
    return [looking_back(v) for v in value] if isinstance(value, list) else value


UNIT_FACTS = st.one_of(
    st.tuples(st.just("result"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("other"), DAYS, st.integers(1, 50)),
    st.tuples(st.just("retract"), DAYS, st.integers(0, 8)),
    st.tuples(st.just("target"), DAYS, st.sampled_from(["≥5人", "≥5%", "显著"])),
    st.tuples(st.just("measure"), DAYS, st.sampled_from(["sum", "max", "latest"])),
    st.tuples(st.just("renamed"), DAYS, st.sampled_from([NAME, "另称"])),
    st.tuples(st.just("removed"), DAYS, st.booleans()),
    st.tuples(st.just("added"), DAYS, st.sampled_from(["新增", "别的"])),
    st.tuples(st.just("approve"), DAYS, st.booleans()),
    st.tuples(st.just("withdraw"), DAYS, st.booleans()),
)


def record_of_part(ledger, number, fact):
    """Ask for a fact of a project of another unit; it may be refused."""
    kind, on, what = fact
    revise = partial(ledger.revise_form, PROJECT, on=on)
    try:
        match kind:
            case "result" | "other":
                name = NAME if kind == "result" else "别的"
                ledger.report_result(PROJECT, name, what, on=on, key=f"k{number}")
            case "retract":
                name = f"k{what}"
                ledger.retract_result(PROJECT, NAME, name, on=on, reason="x")
            case "target":
                ledger.revise_target(PROJECT, NAME, what, on=on)
            case "measure":
                revise(indicator=NAME, measure=what, correction=number % 2 > 0)
            case "renamed":
                revise(indicator=NAME, renamed=what)
            case "removed":
                revise(indicator=NAME, removed=True, correction=what)
            case "added":
                revise(added=indicator(what, "≥1人"))
            case "approve":
                rows = (indicator(NAME, "≥100人"), indicator("别的", "≥1人"))
                ledger.append(approval(on=on, unit="U-2", indicators=rows))
            case "withdraw":
                ledger.withdraw_approval(PROJECT, on=on, reason="x")
    except LedgerError:
        pass


@given(
    st.lists(UNIT_FACTS, max_size=6), DAYS, st.lists(UNIT_FACTS, max_size=8), st.data()
)
def test_a_closed_unit_keeps_what_it_computes_from_projects_of_others(
    before, locked, after, data
):
    """Each figure of its own indicators too, whatever becomes of their parts."""
    clock = Clock(datetime(2024, 1, 5, tzinfo=UTC))
    with Ledger(":memory:", actor="t", clock=clock) as ledger:
        parts = [
            IndicatorReference(project=PROJECT, indicator=name)
            for name in (NAME, "数量指标/别的", "新增")
        ]
        rows = [
            indicator(f"汇总{count}", "≥100人", computed_from=tuple(own))
            for count, own in enumerate(([parts[0]], parts[1:2], parts[2:], parts))
        ]
        goal = Objective(title="g", indicators=tuple(rows))
        ledger.set_objectives("U-1", "甲", [goal], fiscal_year=2023, on=day(1, 20))
        record_of_part(ledger, 80, ("approve", day(1, 10), True))
        for number, fact in enumerate(before):
            record_of_part(ledger, number, fact)
        ledger.close_period(locked, unit="U-1")
        then = ledger.position
        for number, fact in enumerate(after, start=len(before)):
            record_of_part(ledger, number, fact)
        through = data.draw(st.dates(day(1, 20), max(locked, day(1, 20))))
        assert ledger.verify().ok
        known, now = (
            ledger.view(through=through, known_at=at)
            .monthly_report()
            .to_dict()["units"]
            for at in (then, None)
        )
        if through <= locked:
            assert known == now
