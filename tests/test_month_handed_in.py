"""March is handed in on 10 April; a payment of March arrives on the 12th."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger import Ledger, Settings
from ledger.errors import InClosedPeriod
from support import approval

MARCH, FIFTEENTH = date(2023, 3, 31), date(2023, 3, 15)


class Days:
    """A clock that stands in April, on the day that is set."""

    def __init__(self):
        self.now = datetime(2023, 4, 10, 9, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now

    def go(self, number):
        """Go on to a day of April."""
        self.now = datetime(2023, 4, number, 9, tzinfo=UTC)


@pytest.fixture
def days():
    """Return the clock of the ledger."""
    return Days()


@pytest.fixture
def ledger(days):
    """Pay 100 in March, and close March on 10 April."""
    settings = Settings(language="en", scale="1")
    with Ledger(":memory:", actor="t", settings=settings, clock=days) as ledger:
        ledger.append(approval("P", 100_000))
        ledger.disburse("P", 100, voucher="1", on=date(2023, 3, 5))
        ledger.close_period(MARCH, actor="chief")
        days.go(12)
        yield ledger


def late(ledger, voucher="2", amount=50, **more):
    """Pay what arrived late."""
    return ledger.disburse("P", amount, voucher=voucher, on=FIFTEENTH, **more)


def reopened(ledger, days):
    """Open March for lin until the 14th."""
    days.go(13)
    return ledger.reopen_period(
        "2023-03-01",
        MARCH,
        for_actor="lin",
        until="2023-04-14",
        reason="a late invoice",
        actor="chief",
    )


def spent(ledger, through, known_at=None):
    """Return what is disbursed by a day."""
    return ledger.view(through=through, known_at=known_at).project("P").disbursed


def test_a_payment_of_march_is_refused(ledger):
    """The lock and who set it are named, whoever asks."""
    for actor in ("lin", "wu", "chief"):
        with pytest.raises(InClosedPeriod, match=r"chief.*2023-03-31.*2023-04-10"):
            late(ledger, actor=actor)


def test_a_reversal_dated_in_april_is_taken(ledger):
    """It changes April, and March stays."""
    on = date(2023, 4, 12)
    ledger.reverse_disbursement("P", 10, of="1", voucher="R", on=on)
    assert spent(ledger, MARCH) == 100
    months = ledger.view(through=on).project("P").months
    assert [month.disbursed for month in months[:4]] == [0, 0, 100, -10]


def test_the_reopening_is_for_one_person_and_a_while(ledger, days):
    """It takes the payment of lin, not that of wu, and none after its last day."""
    closed = ledger.position
    reopened(ledger, days)
    with pytest.raises(InClosedPeriod):
        late(ledger, actor="wu")
    late(ledger, actor="lin")
    days.go(14)
    late(ledger, "3", 1, actor="lin")
    days.go(15)
    with pytest.raises(InClosedPeriod, match="chief"):
        late(ledger, "4", actor="lin")
    assert spent(ledger, MARCH) == 151
    assert spent(ledger, MARCH, closed) == 100
    assert ledger.verify().ok


def test_what_was_restated_names_its_one_event(ledger, days):
    """The difference of March since it was closed is that payment."""
    closed = ledger.position
    reopened(ledger, days)
    payment = late(ledger, actor="lin")
    cells = ledger.differences(closed, ledger.position, through=MARCH)
    changed = {cell.path: cell for cell in cells}
    cell = changed["projects.P.disbursed"]
    assert (str(cell.issued), str(cell.computed)) == ("100.00", "150.00")
    assert cell.positions == (payment.position,)


def test_closing_march_again_ends_the_reopening(ledger, days):
    """The days that it named are closed for lin too."""
    reopened(ledger, days)
    ledger.close_period(MARCH, actor="chief")
    with pytest.raises(InClosedPeriod):
        late(ledger, actor="lin")
