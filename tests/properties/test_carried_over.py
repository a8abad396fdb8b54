"""Laws of the carry-over table, over three years and two projects."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, Ledger, LedgerError
from support import Clock, approval

YEARS = (2021, 2022, 2023)
CODES = ("P", "Q")
SOURCES = ("fiscal", "other", "carried_over/fiscal", "carried_over/other")
CLOCK = datetime(2024, 6, 1, 9, tzinfo=UTC)
MONEY = ("disbursed", "carried_over", "lapsed", "unspent")

AMOUNTS = st.integers(1, 60)
FACTS = st.one_of(
    st.tuples(st.just("pay"), *map(st.sampled_from, (CODES, YEARS, SOURCES)), AMOUNTS),
    st.tuples(
        st.just("close"),
        *map(st.sampled_from, (CODES, YEARS)),
        st.dictionaries(st.sampled_from(SOURCES), AMOUNTS, max_size=3),
    ),
    st.tuples(
        st.just("hand on"),
        *map(st.sampled_from, (CODES, CODES, YEARS, SOURCES)),
        st.none() | AMOUNTS,
    ),
    st.tuples(
        st.just("return"),
        *map(st.sampled_from, (CODES, YEARS, SOURCES)),
        st.none() | AMOUNTS,
    ),
    st.tuples(st.just("reopen"), *map(st.sampled_from, (CODES, YEARS))),
)


def record(ledger, number, kind, code, *rest):
    """Ask for a fact; whether it is refused does not matter."""
    match kind, *rest:
        case "pay", year, source, amount:
            on = date(year, 6, 1)
            ledger.disburse(code, amount, voucher=f"{number}", source=source, on=on)
        case "close", year, carried:
            ledger.close_project(code, year=year, carried_over=carried)
        case "hand on", to, year, source, amount:
            parts = None if amount is None else {source: amount}
            on = date(year + 1, 2, 1)
            ledger.carry_over(code, to_project=to, on=on, amounts=parts)
        case "return", year, source, amount:
            parts = None if amount is None else {source: amount}
            ledger.return_carry(code, on=date(year + 1, 3, 1), amounts=parts)
        case "reopen", year:
            ledger.reopen_project(code, year=year, reason="late")


@given(st.lists(FACTS, max_size=20))
def test_what_came_in_is_what_went_out_over_the_years(facts):
    """Of each row and sum; handed on is what the next year opens with; by age too."""
    with Ledger(":memory:", actor="t", clock=Clock(CLOCK)) as ledger:
        parts = tuple(Funding(source=s, amount=10_000) for s in ("fiscal", "other"))
        ledger.append(
            *(
                approval(code, amounts=parts, on=date(year, 1, 1), fiscal_year=year)
                for code in CODES
                for year in YEARS
            )
        )
        for number, fact in enumerate(facts):
            try:
                record(ledger, number, *fact)
            except LedgerError:
                continue
        assert ledger.verify().ok
        handed = Decimal(0)
        for year in YEARS:
            check(ledger, year)
            through = date(year, 12, 31)
            assert ledger.carried_over(through=through).totals["opening"] == handed
            later = ledger.carried_over(through=date(year + 1, 12, 31), year=year)
            handed = later.totals["handed_on"]


def check(ledger, year):
    """Check the rows of a year at its end."""
    register = ledger.carried_over(through=date(year, 12, 31))
    for row in [*register.to_records(), *register.to_records("units")]:
        came = Decimal(row["opening"]) + Decimal(row["new_money"])
        assert came == sum(Decimal(row[key]) for key in MONEY)
    for source in register.sources:
        left = sum(
            part.amount for part in source.line.left_of_years(source.source.path)
        )
        money = source.money
        assert left == money.minor_current - money.minor_disbursed - money.minor_lapsed
        assert source.closed_on is None or money.unspent == 0
