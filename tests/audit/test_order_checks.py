"""Order: rows checked together are checked as one by one."""

from itertools import count

import pytest

from ledger.audit.order_checks import Order
from ledger.audit.protocol import Check, Protocol

FIRST, SECOND = "2023-01-01T00:00:00.000000Z", "2023-01-01T00:00:01.000000Z"


def faults(instants, ids, together):
    """Return the positions that are wrong, of rows taken together or one by one."""
    protocol = Protocol()
    order = Order(protocol)
    rows = list(zip(count(1), instants, ids, strict=False))
    for part in [rows] if together else [[row] for row in rows]:
        order.take(*zip(*part, strict=True))
    return protocol.wrong[Check.ORDER], [at for at, _ in protocol.found]


def event_id(milliseconds):
    """Return an id of so many milliseconds after the first instant."""
    start = f"{1_672_531_200_000 + milliseconds:012x}"
    return f"{start[:8]}-{start[8:]}-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("instants", "milliseconds", "wrong"),
    [
        ([FIRST, FIRST, SECOND], [-2, -1, 0], []),
        ([FIRST, SECOND, FIRST], [-3, -2, -1], [3]),
        ([FIRST, FIRST, SECOND], [-1, 500, 501], [2]),
        ([FIRST, SECOND, SECOND], [-1, 999, 2_000], [3]),
        ([FIRST, FIRST, SECOND], [-1, -2, 0], [2]),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_instants_never_run_backwards_and_no_id_is_later(
    instants, milliseconds, wrong, together
):
    ids = [event_id(each) for each in milliseconds]
    assert faults(instants, ids, together) == (len(wrong), wrong)
