"""Several processes write at once, and want the same: the rules hold for all of them."""

from datetime import timedelta

import pytest

from ledger import Ledger
from ledger.errors import BudgetExceeded, VoucherUsed
from support import approval, day, disbursement
from support_faults import FORK, begun, verified

CLERKS = 4
LAST = 10_000
"""100 yuan in fen: what is left of each contested project."""


def prepared(path, contests):
    """Make a ledger: a roomy project for each clerk, and contested ones."""
    with Ledger.open(path, actor="tester") as ledger:
        ledger.append(*[approval(f"OWN-{i}", 10**9) for i in range(CLERKS)])
        ledger.append(approval("SHARED", 10**9))
        ledger.append(*[approval(f"LAST-{i}", LAST) for i in range(contests)])
        return ledger.position


def clerk(path, number, appends, contests):
    """Record many facts of one's own, and some that the others record as well."""
    name, won, keyed = f"clerk{number}", [], {}
    contested = [appends * (i + 1) // (contests + 1) for i in range(contests)]
    with Ledger.open(path, actor=name, timeout=60) as ledger:
        ledger._parts.states.every = 50
        for i in range(appends):
            own = [
                disbursement(
                    1 + i % 9,
                    f"{name}-{i}-leg{leg}",
                    on=day(1) + timedelta(days=i * 7 % 300),
                    project=f"OWN-{(number + leg) % CLERKS}",
                )
                for leg in range(1 + i % 2)
            ]
            ledger.append(*own)
            if i in contested:
                n = contested.index(i)
                won += contest(ledger, n, name)
                keyed[n] = ledger.append(
                    disbursement(3, f"K-{n}", project="SHARED"), key=f"key-{n}"
                )[0].position
    return won, keyed


def contest(ledger, n, name):
    """Want the last money of a project and a shared voucher; say what was had."""
    had = []
    try:
        ledger.append(disbursement(LAST, name, project=f"LAST-{n}"))
        had.append(("money", n))
    except BudgetExceeded as refused:
        assert refused.available == 0
    try:
        ledger.append(disbursement(2, f"S-{n}", project="SHARED"))
        had.append(("voucher", n))
    except VoucherUsed:
        pass
    return had


def reader(path, stop):
    """Report again and again; return what each report said of itself."""
    seen = {}
    with Ledger.open(path, read_only=True, actor="reader") as ledger:
        while not stop.is_set():
            report = ledger.monthly_report(2023, 12)
            seen[report.position] = report.root, report.totals.disbursed
    return seen


def at_once(path, appends, contests):
    """Run the clerks and a reader at once; return what each says."""
    stop = FORK.Event()
    reading = begun(reader, path, stop)
    working = [begun(clerk, path, i, appends, contests) for i in range(CLERKS)]
    try:
        clerks = [answer() for answer in working]
    finally:
        stop.set()
    return clerks, reading()


@pytest.fixture(
    scope="module",
    params=[(60, 12), pytest.param((2_000, 300), marks=pytest.mark.long)],
    ids=["quick", "long"],
)
def day_of_work(request, tmp_path_factory):
    """Let four clerks work at once beside a reader."""
    appends, contests = request.param
    path = tmp_path_factory.mktemp("clerks") / "shared.ledger"
    first = prepared(path, contests)
    clerks, seen = at_once(path, appends, contests)
    return path, first, appends, contests, clerks, seen


def test_of_those_who_want_the_same_exactly_one_has_it(day_of_work):
    """The last 100 yuan are spent once, and a voucher number is used once."""
    *_, contests, clerks, _ = day_of_work
    had = sorted(each for won, _ in clerks for each in won)
    wanted = [(what, n) for what in ("money", "voucher") for n in range(contests)]
    assert had == wanted


def test_the_same_key_from_all_is_one_event(day_of_work):
    """Whoever asks second is handed the event that is there."""
    path, *_, contests, clerks, _ = day_of_work
    for n in range(contests):
        assert len({keyed[n] for _, keyed in clerks}) == 1
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        keys = [e.key for e in ledger.events(types=["Disbursed"]) if e.key]
    assert sorted(keys) == sorted(f"key-{n}" for n in range(contests))


def test_no_event_is_lost_and_sums_are_conserved(day_of_work):
    """Positions are gapless, and what was spent is what the clerks spent."""
    path, first, appends, contests, *_ = day_of_work
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        events = list(ledger.events())
        spent = ledger.monthly_report(2023, 12).totals.disbursed
        assert ledger.stale_snapshots() == []
    own = CLERKS * sum(1 + i % 2 for i in range(appends))
    amounts = CLERKS * sum((1 + i % 2) * (1 + i % 9) for i in range(appends))
    assert [e.position for e in events] == list(range(1, len(events) + 1))
    assert len(events) == first + own + 3 * contests
    assert spent * 100 == amounts + contests * (LAST + 2 + 3)
    assert verified(path).ok


def test_a_reader_always_sees_one_moment(day_of_work):
    """Each report is that of its position, which is the end of somebody's append."""
    path, first, *_, seen = day_of_work
    assert seen
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        events = list(ledger.events())
        chosen = sorted(seen)[:: max(1, len(seen) // 40)]
        for position in chosen:
            root, disbursed = seen[position]
            spent = sum(e.event.amount for e in events[first:position])
            assert disbursed * 100 == spent
            assert ledger._parts.log.root_at(position).hex() == root
            if position < len(events):
                assert not events[position].event.voucher.endswith("leg1")


def twice(path):
    """Append two legs; look at the log from elsewhere before it is done."""
    with Ledger.open(path, actor="a") as writer, Ledger.open(path, actor="b") as other:
        before = other.position
        with writer._parts.log.writing() as right:
            for leg in range(2):
                event = disbursement(1, f"leg-{leg}", project="SHARED")
                right.append("project:2023:SHARED", event, actor="a")
                right.flush()
                assert other.position == before
        return other.position - before


def test_half_of_a_batch_is_seen_by_nobody(path):
    """Until a batch is whole, another connection sees none of it."""
    prepared(path, 0)
    assert twice(path) == 2


def test_what_is_being_read_does_not_move(path):
    """While somebody reads, what others record meanwhile comes after."""
    prepared(path, 0)
    with Ledger.open(path, actor="a") as writer, Ledger.open(path, actor="b") as other:
        with other._parts.log.reading():
            before, root = other.position, other.root
            writer.append(disbursement(1, "meanwhile", project="SHARED"))
            assert (other.position, other.root) == (before, root)
        assert other.position == before + 1
