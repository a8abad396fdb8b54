"""Replay equals the snapshots."""

from contextlib import suppress
from datetime import date
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, Projection
from ledger.errors import BudgetExceeded
from ledger.store.state.packed import ATTAINMENT, EXECUTION, MONEY
from ledger.store.state.snapshot_reader import from_snapshots, load, made_of_each
from properties.strategies import first, requests, taken
from support import approval

EVERY = st.sampled_from((1, 2, 5, 10_000))


@given(requests(), requests("P-2"), EVERY)
def test_replay_equals_the_snapshots(one, two, every):
    """Folding from nothing gives the states that were stored, however often."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger._parts.states.every = every
        ledger.append(first(), first("P-2"))
        taken(ledger, [event for pair in zip(one, two, strict=False) for event in pair])

        assert ledger.stale_snapshots() == []
        for projection in (EXECUTION, ATTAINMENT):
            for stream, state in ledger.replay(projection):
                followed = [
                    event
                    for event in ledger.events(stream=stream)
                    if type(event.event) in projection.follows
                ]
                assert load(ledger._parts.log, projection, stream) == (
                    state,
                    len(followed),
                )


@given(requests(), requests("P-2"), EVERY, st.sampled_from((0, 1, 2, 16_384)))
def test_packing_states_changes_nothing(one, two, every, packed):
    """However few states are held, what is recorded and what is stored is the same."""
    drawn = [event for pair in zip(one, two, strict=False) for event in pair]
    reports = []
    for held in (0, 1, 1_024):
        with (
            patch.multiple(
                "ledger.store.state.stream_states", _MOST_HELD=held, _MOST_PACKED=packed
            ),
            Ledger.open(":memory:", actor="a") as ledger,
        ):
            ledger._parts.states.every = every
            ledger.append(first(), first("P-2"), first("P-3"))
            taken(ledger, drawn)
            assert ledger.stale_snapshots() == []
            states = list(ledger.replay(EXECUTION)), list(ledger.replay(ATTAINMENT))
            reports.append((ledger.position, states))
            assert [
                [load(ledger._parts.log, each, stream)[0] for stream, _ in folded]
                for each, folded in zip((EXECUTION, ATTAINMENT), states, strict=True)
            ] == [[state for _, state in folded] for folded in states]

    assert reports[0] == reports[1] == reports[2]


@given(requests(), EVERY, st.sampled_from(["execution", "attainment", "%"]))
def test_deleting_snapshots_changes_no_report(drawn, every, kind):
    """Snapshots are a convenience, of either kind; every figure comes from the log."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger._parts.states.every = every
        ledger.append(first(), first("P-2"))
        taken(ledger, drawn)
        before = ledger.monthly_report(2023, 6).render("json")
        log, size = ledger._parts.log, ledger.position
        money = made_of_each(log, size, 2023, list, MONEY)
        connection = log.file.connection
        connection.execute(
            "DELETE FROM snapshots "
            "WHERE stream = 'project:2023:P-1' AND projection LIKE ?",
            [kind],
        )
        assert ledger.monthly_report(2023, 6).render("json") == before
        assert made_of_each(log, size, 2023, list, MONEY) == money
        connection.execute("DELETE FROM snapshots")
        assert ledger.monthly_report(2023, 6).render("json") == before
        ledger.rebuild()
        assert ledger.stale_snapshots() == []
        assert ledger.monthly_report(2023, 6).render("json") == before


@given(requests(), EVERY, st.lists(st.integers(1, 600), max_size=4), st.booleans())
def test_a_report_is_the_same_however_much_snapshots_cover(
    drawn, every, paid, approved
):
    """
    Snapshots with the events since give what a fold of the whole log gives.

    That holds of a year that has money alone: what was carried in opened it.
    """
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger._parts.states.every = every
        ledger.append(first(), first("P-2"), first("P-4"))
        ledger.close_project("P-4", year=2023, carried_over={"fiscal": 1_000})
        ledger.carry_over("P-4", on=date(2024, 2, 1))
        taken(ledger, drawn)
        on = date(2024, 3, 1)
        for number, amount in enumerate(paid):
            with suppress(BudgetExceeded):
                ledger.disburse("P-4", amount, voucher=f"{number}", on=on)
        if approved:
            ledger.append(approval("P-4", on=on, fiscal_year=2024))
        ledger.append(first("P-3"))
        size = ledger.position
        log = ledger._parts.log
        stored = [
            (stream, [money, rest])
            for year in (2023, 2024)
            for stream, (_, money, rest) in from_snapshots(log, log.head(), year, list)
        ]
        alone = [
            state
            for year in (2023, 2024)
            for _, state in from_snapshots(log, log.head(), year, list, MONEY)
        ]
        both = Projection.together((EXECUTION, ATTAINMENT))

        assert size == log.head().size
        assert stored == list(ledger.replay(both))
        assert alone == [(stream, money) for stream, (money, _) in stored]
        june = ledger.view(through=date(2024, 6, 30))
        assert [line.project for line in june.execution()] == ["P-4"]
        assert ledger.verify_report(june.monthly_report().to_dict()).ok


@given(requests())
def test_figures_at_a_date_need_only_the_facts_effective_by_then(drawn):
    """A replay cut at a date gives the same figures as the whole state at that date."""
    june = date(2023, 6, 30)
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        taken(ledger, drawn)
        whole = ledger.view(through=june).project("P-1")
        cut = dict(ledger.replay(EXECUTION, through=june))["project:2023:P-1"]

        assert ledger.minor(whole.disbursed) == sum(
            disbursements.spent(date.max)
            for disbursements in cut.disbursements.values()
        )
        assert ledger.minor(whole.current_budget) == cut.current(date.max)
