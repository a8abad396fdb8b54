"""What is asked about money and results that the rules forbid."""

from datetime import date
from decimal import Decimal

import test_guards as guards
from ledger import Funding, Ledger, Objective, Rating, Settings
from ledger.events import BudgetAdjusted, SpendingException
from support import approval, day, indicator

UNIT = "701"
IN_JUNE = day(6)
FEE = SpendingException(allowed_by="director Wang", reason="taken by the bank")


def pay(amount, voucher="9", on=IN_JUNE, project="P", **more):
    return lambda ledger: ledger.disburse(
        project, amount, voucher=voucher, on=on, **more
    )


def _reverse(amount, of="1", on=IN_JUNE):
    return lambda ledger: ledger.reverse_disbursement(
        "A", amount, of=of, voucher="R", on=on
    )


def _back_dated(ledger):
    ledger.disburse("P", 40, voucher="1", on=day(7))
    ledger.disburse("P", 20, voucher="2", on=day(4))


def _adjust(kind, amount, source="fiscal", **more):
    return lambda ledger: ledger.adjust_budget(
        "P", kind, amount, on=day(6), source=source, **more
    )


def _legs(*parts):
    return lambda ledger: ledger.append(
        *(
            BudgetAdjusted(
                project=project,
                on=day(6),
                kind=kind,
                amounts=(Funding(source="fiscal", amount=amount),),
            )
            for project, kind, amount in parts
        )
    )


def _plan(checkpoints):
    days = {date.fromisoformat(day): amount for day, amount in checkpoints.items()}
    return lambda ledger: ledger.revise_plan("P", days, on=day(6))


def _close(on=IN_JUNE, **carried):
    return lambda ledger: ledger.close_project("P", on=on, carried_over=carried)


def _twice(ledger):
    one = Funding(source="fiscal", amount=50_000)
    ledger.append(approval("C", amounts=(one, one)))


def _corrected_twice(ledger):
    _adjust("supplement", 1, key="k")(ledger)
    ledger.correct_adjustment("k", reason="twice")
    ledger.correct_adjustment("k", reason="again")


def _overspent(ledger):
    settings = Settings(allow_exceptions=True, language=ledger.settings.language)
    with Ledger.open(":memory:", actor="a", settings=settings) as allowing:
        allowing.append(approval("P", 1))
        pay(1, exception=FEE)(allowing)
        _close()(allowing)


MONEY = {
    "an exception where none is allowed": pay(1, exception=FEE),
    "a closing of what is overspent": _overspent,
    "more than the budget": pay("50.01"),
    "more on a later day": _back_dated,
    "nothing from a source without money": pay("0.01", source="other"),
    "a voucher used": pay(1, "1", project="A"),
    "a voucher used, spelled otherwise": pay(1, "１", project="A"),
    "a blank voucher": pay(1, "  "),
    "an unknown voucher": _reverse(1, of="x"),
    "a reversal of too much": _reverse("1.01"),
    "a reversal before its payment": _reverse(1, on=day(2)),
    "a float": pay(0.1),
    "not a number": pay(Decimal("NaN")),
    "an exponent": pay("1e3"),
    "a percent": pay("12%"),
    "full-width digits": pay("１２"),
    "a part of a fen": pay("1.005"),
    "a negative amount": pay(-1),
    "a large amount": pay(10**18),
    "a reduction below what is spent": _adjust("reduction", "50.01"),
    "an adjustment corrected twice": _corrected_twice,
    "a kind of another name": _adjust("suplement", 1),
    "a leg alone": _adjust("virement_in", 1),
    "a source like another": _adjust("supplement", 1, source="othr"),
    "a blank source": _adjust("supplement", 1, source=" "),
    "a virement to itself": lambda ledger: ledger.transfer("P", "P", 1, on=day(6)),
    "legs that differ": _legs(("A", "virement_out", 2), ("P", "virement_in", 1)),
    "a virement of too much": lambda ledger: ledger.transfer("P", "A", 51, on=day(6)),
    "a plan that ends elsewhere": _plan({"2023-12-31": 49}),
    "a plan that falls": _plan({"2023-06-30": 40, "2023-09-30": 30, "2023-12-31": 50}),
    "a plan outside the year": _plan({"2024-01-31": 50}),
    "a source twice": _twice,
    "carried over more than is left": _close(fiscal="50.01"),
    "closed twice": lambda ledger: [_close()(ledger), _close()(ledger)],
    "closed before the last fact": lambda ledger: [
        pay(1, on=day(7))(ledger),
        _close()(ledger),
    ],
    "approved twice": lambda ledger: ledger.append(approval("P")),
    "a code with a wrong check character": pay(1, project="13052923P00584010949D"),
    "a commitment of a number that is used": lambda ledger: [
        ledger.commit("P", "C", 1, on=day(3)),
        ledger.commit("P", "c", 1, on=day(3)),
    ],
    "a payment above its commitment": lambda ledger: [
        ledger.commit("P", "C", 1, on=day(3)),
        ledger.disburse("P", 2, voucher="9", on=day(6), commitment="C"),
    ],
    "a payment before its commitment": lambda ledger: [
        ledger.commit("P", "C", 1, on=day(7)),
        ledger.disburse("P", 1, voucher="9", on=day(6), commitment="C"),
    ],
    "a payment after the end of its commitment": lambda ledger: [
        ledger.commit("P", "C", 1, on=day(3)),
        ledger.release_commitment("P", "C", on=day(4), why="finished"),
        ledger.disburse("P", 1, voucher="9", on=day(6), commitment="C"),
    ],
    "a closing with open commitments": lambda ledger: [
        ledger.commit("P", "C", 1, on=day(3)),
        _close()(ledger),
    ],
    "sources of two levels": _adjust("supplement", 1, "fiscal/county", new_source=True),
    "more than was carried over": lambda ledger: [
        ledger.append(approval("N", fiscal_year=2022, on=date(2022, 1, 1))),
        ledger.append(approval("N", on=day(1))),
        ledger.close_project("N", on=date(2022, 12, 31), carried_over={"fiscal": 1}),
        ledger.carry_over("N", amounts={"fiscal": 2}, on=day(2)),
    ],
    "a hand-over of a year that is open": lambda ledger: [
        ledger.append(approval("N", fiscal_year=2022, on=date(2022, 1, 1))),
        ledger.append(approval("N", on=day(1))),
        ledger.carry_over("N", amounts={"fiscal": 2}, on=day(2)),
    ],
    "a payment in a closed period": lambda ledger: [
        ledger.close_period(day(6)),
        pay(1)(ledger),
    ],
    "a code with a blank": pay(1, project="a b"),
}


def _report(value=None, name=guards.NAME, project="P", **more):
    return lambda ledger: ledger.report_result(project, name, value, on=day(6), **more)


def _retract(of, reason="twice"):
    return lambda ledger: ledger.retract_result(
        "A", guards.NAME, of, on=day(6), reason=reason
    )


def _target(text, name=guards.NAME, project="A"):
    return lambda ledger: ledger.revise_target(project, name, text, on=day(6))


def _score(score, **more):
    return lambda ledger: ledger.report_score("P", score, on=day(6), **more)


def _explain(category, text, **more):
    return lambda ledger: ledger.explain_variance(
        "P", category, text, on=day(6), **more
    )


def _outlook(project="P", amount=None, unit=None, **more):
    return lambda ledger: ledger.state_outlook(
        project, amount, on=day(6), unit=unit, **more
    )


def _objectives(*indicators, unit="702", **more):
    asked = {"fiscal_year": 2023, "on": day(1), **more}
    return lambda ledger: ledger.set_objectives(
        unit, "n", (Objective(title="t", indicators=indicators),), **asked
    )


RESULTS = {
    "nothing given": _report(),
    "two ways": _report(1, text="one"),
    "a date for a number": _report(day(6)),
    "a number for a date": _report(1, "完成时间"),
    "a number for a quality": _report(1, "质量"),
    "a number for a ratio": _report(1, "合格率"),
    "a numerator alone": _report(name="合格率", numerator=1),
    "a denominator of nothing": _report(name="合格率", numerator=1, denominator=0),
    "a negative numerator": _report(name="合格率", numerator=-1, denominator=2),
    "a float": _report(0.5),
    "a long number": _report("1" * 19),
    "a negative part of a sum": _report(-1),
    "a share without a rating": _report(name="质量", text="good", share="0.9"),
    "a share outside the rating": _report(Rating.PARTLY, "质量", share="0.9"),
    "a computed indicator": _report(1, "合计", project=None, unit=UNIT),
    "an unknown indicator": _report(1, "x"),
    "an unknown unit": _report(1, "x", project=None, unit="999"),
    "neither project nor unit": _report(1, project=None),
    "retracted without a reason": _retract("first", " "),
    "retracted, never reported": _retract("never"),
    "retracted twice": lambda ledger: [
        _retract("first")(ledger),
        _retract("first")(ledger),
    ],
    "a target in another unit": _target("≥3公里"),
    "a blank target": _target(" "),
    "a target of an unknown indicator": _target("≥3次", "x"),
    "an empty explanation": _explain("other", " "),
    "a category of another name": _explain("staf", "t"),
    "a likelihood of another name": _outlook(indicator=guards.NAME, likelihood="x"),
    "an outlook of nothing": _outlook(),
    "an outlook of a unit's money": _outlook(None, 1, unit=UNIT),
    "an outlook of both": _outlook(amount=1, indicator=guards.NAME),
    "an outlook without a value": _outlook(indicator=guards.NAME, likelihood="certain"),
    "an outlook of an unknown indicator": _outlook(
        indicator="x", text="t", likelihood="certain"
    ),
    "an outlook above the budget": _outlook(amount=10**9),
    "an outlook below what is spent": _outlook(amount=0),
    "a likelihood of money": _outlook(amount=1, likelihood="certain"),
    "a score above its weight": _score(101),
    "a score above that of an indicator": _score(99, indicator=guards.NAME),
    "a negative score": _score(-1),
    "objectives set twice": _objectives(indicator(), unit=UNIT),
    "indicators of one name": _objectives(indicator(), indicator()),
    "a weight above 100": _objectives(indicator(weight=Decimal(101))),
    "an execution weight above 100": _objectives(indicator(), execution_weight=101),
    "a year that is none": _objectives(indicator(), fiscal_year=1),
    "a measure of another name": lambda _: indicator(measure="summ"),
    "an indicator without a name": _objectives(indicator(" ")),
    "a baseline at the target": _objectives(
        indicator("a", "10次", baseline=Decimal(10))
    ),
}
