"""Characters that no text of a fact may hold."""

import pytest

from ledger import InvalidInput
from ledger.domain.characters import in_json, in_line, visible
from support import approval, day, disbursement, indicator

CONTROLS = [
    *map(chr, [*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0)]),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e",
    *"\u2066\u2067\u2068\u2069\ud800\udfff",
]
FIELDS = {
    "payee": lambda text: disbursement(payee=text),
    "description": lambda text: disbursement(description=text),
    "voucher": lambda text: disbursement(voucher=text),
    "name": lambda text: approval("P-2", name=text),
    "goals": lambda text: approval("P-2", goals=(text,)),
    "an indicator": lambda text: approval("P-2", indicators=(indicator(text),)),
    "its basis": lambda text: approval("P-2", indicators=(indicator(basis=text),)),
    "findings": lambda text: approval("P-2", findings=(text,)),
    "document": lambda text: approval("P-2", document=text),
}


@pytest.mark.parametrize("field", FIELDS)
def test_no_control_enters_by_any_field(ledger, field):
    """Each is refused, nested fields too, and nothing is recorded."""
    ledger.append(approval())
    ledger.append(disbursement(2, "V-0"))
    for control in CONTROLS:
        with pytest.raises(InvalidInput):
            ledger.append(FIELDS[field](f"before{control}after"))
    assert ledger.position == 2


def test_longer_texts_have_line_ends_and_tabs(ledger):
    """A reason of two lines is taken; a payee is on one line."""
    ledger.append(approval())
    ledger.append(disbursement(description="one\n\ttwo"))
    with pytest.raises(InvalidInput, match=r"on one line: U\+000A is its character 4"):
        ledger.append(disbursement(2, "V-2", payee="one\ntwo", on=day(4)))


@pytest.mark.parametrize("control", CONTROLS)
def test_what_is_shown_has_no_control(control):
    """As a line, as lines and as JSON."""
    assert visible(f"a{control}b\n") == "a\N{REPLACEMENT CHARACTER}b\n"
    assert in_line(f"a{control}b\n") == "a\N{REPLACEMENT CHARACTER}b "
    if control >= "\x7f":
        assert in_json(f'"{control}"') == f'"\\u{ord(control):04x}"'
