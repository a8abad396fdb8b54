"""The same facts in hledger, by double entry: both books agree to the fen."""

from contextlib import suppress
from datetime import UTC, date, datetime
from random import Random

import pytest
from attrs import evolve

from ledger import Funding, Ledger, Settings
from ledger.domain.catalogue import BY_CLASS
from model import compare, histories
from model.tally import Differs, Tally
from support import Clock, approval, disbursement
from support_journal import POSTED, balances, written

pytestmark = pytest.mark.hledger

GIVEN = (
    "original_budget",
    "in_year_budget",
    "supplements",
    "virements_in",
    "carried_in",
    "reductions",
    "virements_out",
    "recalls",
    "carry_returned",
)
TAKEN = ("reductions", "virements_out", "recalls", "carry_returned")
CITY, OWN = "fiscal/city", "other/own"


def kept(path):
    """Keep two years of two units: every kind of fact about money, one after another."""
    now = datetime(2025, 2, 1, 9, tzinfo=UTC)
    ledger = Ledger(path, actor="t", settings=Settings(language="en"), clock=Clock(now))
    for year in (2023, 2024):
        for code, unit, more in (
            ("A", "301", {}),
            ("B", "301", {}),
            ("C", "302", {"origin": "in_year", "on": date(year, 7, 3)}),
        ):
            amounts = (
                Funding(source=CITY, amount=1_000_003),
                Funding(source=OWN, amount=500_001),
            )
            given = {"on": date(year, 1, 1), **more}
            ledger.append(
                approval(code, amounts=amounts, unit=unit, fiscal_year=year, **given)
            )
        spent(ledger, year)
    ended(ledger)
    return ledger


def spent(ledger, year):
    """Pay, commit, give back, change the budget: nine months of a year."""
    on = [date(year, month, 9) for month in range(1, 13)]
    paid = {"source": CITY, "on": on[1]}
    ledger.disburse("A", "1234.56", voucher="1", payee="邮政", **paid)
    ledger.disburse("A", "0.01", voucher="2", source=OWN, on=on[1])
    ledger.reverse_disbursement("A", "34.5", of="1", voucher="R", on=on[2])
    ledger.commit("A", "Y-1", 3000, on=on[2], stage="reserved", source=CITY)
    ledger.commit("A", "HT-1", 2500, on=on[3], of="y-1", source=CITY)
    ledger.disburse("A", "999.99", voucher="3", on=on[4], commitment="HT-1")
    ledger.reverse_disbursement("A", "0.99", of="3", voucher="R3", on=on[5])
    ledger.adjust_commitment("A", "HT-1", "increase", 10, on=on[5], reason="r")
    ledger.adjust_commitment("A", "HT-1", "decrease", 5, on=on[5], reason="r")
    ledger.disburse("A", 700, voucher="4", on=on[6], commitment="HT-1", final=True)
    ledger.release_commitment("A", "Y-1", 100, on=on[6], why="cancelled")
    ledger.release_commitment("A", "Y-1", on=on[7], why="year_end")
    ledger.commit("B", "HT-1", {CITY: 80, OWN: 20}, on=on[3])
    ledger.disburse(
        "B", 60, voucher="1", on=on[4], commitment="HT-1", source=CITY, final=True
    )
    ledger.adjust_budget("B", "supplement", "77.77", source=OWN, on=on[4])
    more = {"source": "external/world_bank", "new_source": True}
    ledger.adjust_budget("B", "supplement", 900, on=on[5], **more)
    ledger.adjust_budget("A", "reduction", 55, source=OWN, on=on[5])
    ledger.adjust_budget("A", "recall", "0.07", source=OWN, on=on[8])
    ledger.transfer("A", "B", "123.45", on=on[6], source=CITY, document="No 7")
    ledger.transfer("B", "C", 5, on=on[8], source=OWN)
    ledger.disburse("C", 40, voucher="1", on=on[9], source=OWN)
    mistaken(ledger, on[9])


def mistaken(ledger, on):
    """Undo what was wrong: an approval, an adjustment, a virement, a reversal."""
    year = on.year
    gone = approval("D", 700, fiscal_year=year, on=date(year, 1, 1))
    ledger.append(gone)
    ledger.withdraw_approval("D", on=on, reason="of another county")
    ledger.append(evolve(gone, on=on, origin="in_year"))
    slip = ledger.adjust_budget("B", "supplement", 1000, source=OWN, on=on)
    ledger.correct_adjustment(slip.id, on=on, reason="a digit too many")
    legs = ledger.transfer("A", "B", 1, on=on, source=OWN, document="No 9")
    ledger.correct_adjustment(legs[0].id, on=on, reason="the wrong project")
    lines = [
        disbursement(amount, "17", on, "B", source=source, payee="Supplier")
        for source, amount in ((CITY, 600), (OWN, 400))
    ]
    ledger.append(*lines)
    back = {"of": "17", "on": on}
    ledger.reverse_disbursement("B", 2, voucher="R17", source=OWN, **back)
    ledger.reverse_disbursement("B", 1, of="R17", voucher="RR17", on=on)


def ended(ledger):
    """Close 2023 and hand on; then open it again for a late invoice."""
    ledger.close_project("A", year=2023, carried_over={CITY: 2000, OWN: "100.02"})
    ledger.close_project("B", year=2023, carried_over={CITY: 500})
    ledger.close_project("C", year=2023)
    ledger.carry_over("A", on=date(2024, 1, 15))
    ledger.carry_over("B", on=date(2024, 8, 1), to_project="C", amounts={CITY: 300})
    carried = {"source": f"carried_over/{CITY}", "on": date(2024, 3, 5)}
    ledger.disburse("A", "1500.5", voucher="9", **carried)
    ledger.reopen_project("A", year=2023, reason="a late invoice")
    ledger.return_carry("A", on=date(2024, 3, 9), amounts={CITY: 400})
    late = {"voucher": "late", "source": CITY, "on": date(2023, 12, 20)}
    ledger.disburse("A", "390.1", **late)
    ledger.close_project(
        "A", year=2023, carried_over={CITY: 1605, OWN: "100.02"}, reason="again"
    )
    ledger.carry_over("A", on=date(2024, 4, 1), document="the rest")
    ledger.reopen_project("B", year=2023, reason="never closed again")
    refund = {"of": "late", "on": date(2024, 5, 6)}
    ledger.refund("A", "90.1", voucher="RF-1", **refund)
    ledger.refund("A", 12, voucher="RF-2", source=CITY, **refund)
    ledger.reverse_disbursement("A", 12, of="RF-2", voucher="RF-3", on=date(2024, 5, 7))
    carried = {CITY: 11, f"carried_over/{OWN}": 10}
    ledger.close_project("A", on=date(2024, 12, 31), carried_over=carried)


def agrees(ledger, book, through):
    """Hold every figure of every project-year and source to the balances of hledger."""
    own = {name: amount for name, amount in book.items() if ":=" in name}
    view, told = ledger.view(through=through), set()
    years = {int(name.split(":")[1]) for name in own}
    for year in years:
        codes = {
            name.split(":=")[1]
            for name, amount in own.items()
            if name.split(":")[1] == str(year) and amount
        }
        for code in codes:
            line = view.project(code, year=year)
            for source, part in line.by_source.items():
                for kind, amount in figures(part, ledger).items():
                    name = f"{kind}:{year}:{source.replace('/', ':')}:"
                    below = [
                        each
                        for each in own
                        if each.startswith(name) and each.endswith(f":={code}")
                    ]
                    assert amount == sum(own[n] for n in below), (name, through)
                    told.update(below)
    assert {name for name, amount in own.items() if amount} <= told
    assert not any(a for name, a in book.items() if name.startswith("Clearing:"))


def figures(part, ledger):
    """Return what each account of a source must hold, by the ledger's own figures."""

    def minor(amount):
        return int(amount.scaleb(ledger.settings.currency.digits))

    given = {n: (1 if n in TAKEN else -1) * minor(getattr(part, n)) for n in GIVEN}
    rest = {
        "free": part.available + part.withheld,
        "claimed": part.carried_over - part.handed_on,
        "handed_on": part.handed_on,
        "disbursed": part.disbursed,
        "reserved": part.reserved,
        "contracted": part.contracted,
        "lapsed": part.lapsed,
        "refunded": part.refunded,
        "repaid": -part.refunded,
    }
    return given | {name: minor(amount) for name, amount in rest.items()}


def test_every_fact_of_money_is_entered():
    """A new one would be missing in both books."""
    moving = {event for event, row in BY_CLASS.items() if row.moves}
    assert moving == POSTED.keys()


def test_two_years_agree_to_the_fen(tmp_path):
    """On each day of a fact, by project, year and source; the tables of a month too."""
    with kept(":memory:") as ledger:
        journal = written(ledger, tmp_path / "two.journal")
        days = {recorded.event.on for recorded in ledger.events()}
        for through in sorted(days | {date(2023, 12, 31), date(2025, 1, 31)}):
            agrees(ledger, balances(journal, through), through)
        for year in (2023, 2024):
            totals(ledger, journal, year)


def totals(ledger, journal, year):
    """Hold the table of December to the sums over projects, by path."""
    report = ledger.monthly_report(year, 12)
    book = balances(journal, date(year, 12, 31))
    for path, part in [(None, report.totals), *report.totals.by_source.items()]:
        for kind, amount in figures(part, ledger).items():
            start = f"{kind}:{year}:"
            if path is not None:
                start += path.replace("/", ":") + ":"
            summed = sum(a for name, a in book.items() if name.startswith(start))
            assert summed == amount, (kind, path)


@pytest.mark.parametrize("seed", range(9_100, 9_106))
def test_drawn_histories_agree_to_the_fen(tmp_path, seed):
    """Those of the naive model: careless requests of which the rules take some."""
    trial = compare.Trial(histories.draw(seed), Tally())
    with trial.ledger as ledger:
        for step in histories.draw(seed).steps:
            with suppress(Differs):  # What the model says is judged elsewhere.
                trial.send(step)
        journal = written(ledger, tmp_path / "drawn.journal")
        days = sorted({recorded.event.on for recorded in ledger.events()})
        for through in Random(seed).sample(days, min(6, len(days))):
            agrees(ledger, balances(journal, through), through)
