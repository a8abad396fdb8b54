"""Text that is no Unicode, as a broken terminal hands it over, is refused in words."""

import pytest

from ledger import InvalidInput
from support import approval, day, disbursement

BROKEN = "x\udcff"
"""What Python makes of a byte that is no UTF-8 in an argument."""

USES = {
    "a key": lambda ledger: ledger.append(disbursement(), key=BROKEN),
    "a cause": lambda ledger: ledger.append(disbursement(), cause=BROKEN),
    "a voucher": lambda ledger: ledger.append(disbursement(1, BROKEN)),
    "a project": lambda ledger: ledger.append(approval(BROKEN)),
    "a payee": lambda ledger: ledger.append(disbursement(payee=BROKEN)),
    "a result": lambda ledger: ledger.retract_result(
        "P-1", "开展就业培训数", BROKEN, on=day(3), reason="r"
    ),
    "a project to look at": lambda ledger: ledger.view().project(BROKEN),
    "a unit to look at": lambda ledger: ledger.view().unit_attainment(BROKEN),
    "a stream": lambda ledger: list(ledger.events(stream=BROKEN)),
    "a type": lambda ledger: list(ledger.events(types=[BROKEN])),
}


@pytest.mark.parametrize("name", USES)
def test_text_that_is_no_unicode_is_refused(ledger, name):
    """It is named, nothing is recorded, and the ledger goes on."""
    ledger.append(approval())
    with pytest.raises(InvalidInput):
        USES[name](ledger)
    assert ledger.position == 1
    ledger.append(disbursement())
    assert ledger.verify().ok
