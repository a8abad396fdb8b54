"""Events that cannot have changed a figure are not named for it."""

from ledger import Funding, Ledger
from support import approval, day, indicator

CODE = "a.b/c"
JUNE = day(6, 30)


def test_an_event_of_another_source_month_or_day_is_not_named():
    """A reversal moves its disbursement's source; a retraction what was effective."""
    parts = (Funding(source="fiscal", amount=50_000), Funding(source="other", amount=9))
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(CODE, amounts=parts, indicators=(indicator("x.y"),)))
        ledger.disburse(CODE, 10, voucher="1", on=day(3, 1))
        ledger.disburse(CODE, "0.05", voucher="2", source="other", on=day(3, 1))
        later = ledger.report_result(CODE, "x.y", 9, on=day(7, 1))
        first = ledger.position
        back = ledger.reverse_disbursement(CODE, 4, of="1", voucher="3", on=day(4, 1))
        own = ledger.reverse_disbursement(
            CODE, "0.02", of="2", voucher="4", on=day(5, 1)
        )
        ledger.retract_result(CODE, "x.y", later.id, on=day(7, 2), reason="mistake")
        result = ledger.report_result(CODE, "x.y", 2, on=day(6, 1))
        found = {
            each.path.removeprefix(f"projects.{CODE}."): each.positions
            for each in ledger.differences(first, through=JUNE)
        }
    assert found["by_source.fiscal.disbursed"] == (back.position,)
    assert found["by_source.other.disbursed"] == (own.position,)
    assert found["months.2023-04.disbursed"] == (back.position,)
    assert found["disbursed"] == (back.position, own.position)
    assert found["indicators.x.y.result"] == (result.position,)
