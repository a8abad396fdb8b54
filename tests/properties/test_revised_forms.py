"""What a corrected form changes is what it says otherwise than the form before it."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, LedgerError
from support import Clock, form, forms

CODE = "P-1"
TARGETS = ("≥10次", "≥12次", "≥15次", "≥20次")

texts = st.sampled_from(TARGETS)
wan = st.integers(10, 40)
versions = st.tuples(wan, st.integers(0, 10), texts)
facts = st.lists(
    st.tuples(
        st.sampled_from(["supplement", "reduction", "in", "out", "plan", "target"]),
        st.integers(1, 5),
        st.integers(1, 9),
        st.sampled_from(["fiscal", "other"]),
        texts,
    ),
    max_size=6,
)


def stated(version):
    """Return a form of the interchange kind, money in 万元."""
    fiscal, other, target = version
    rows = form()["indicators"]
    whole = fiscal + other
    return forms(
        form(
            project_code=CODE,
            budget=f"{whole}",
            fiscal_funds=f"{fiscal}",
            other_funds=f"{other}",
            plan_row=[None, f"{whole / 2}", None, f"{whole}"],
            indicators=[{**rows[0], "target": target}, rows[1]],
        )
    )


def founded(ledger, version):
    """Record a form's approval, and a project that virements come from and go to."""
    ledger.import_forms(stated(version))
    ledger.import_forms(
        forms(
            form(
                project_code="P-2",
                budget="40",
                fiscal_funds="30",
                other_funds="10",
                plan_row=[None, None, None, "40"],
            )
        )
    )


def lived(ledger, drawn):
    """Record what the rules allow of facts of the first half of the year."""
    for kind, month, amount, source, target in drawn:
        on, yuan = date(2023, month, 15), amount * 10_000
        with suppress(LedgerError):
            if kind == "target":
                ledger.revise_target(CODE, "开展就业培训数", target, on=on)
            elif kind == "plan":
                whole = ledger.view(through=on).project(CODE).current_budget
                days = {date(2023, 8, 31): whole / 2, date(2023, 12, 31): whole}
                ledger.revise_plan(CODE, days, on=on)
            elif kind in {"in", "out"}:
                pair = ("P-2", CODE) if kind == "in" else (CODE, "P-2")
                ledger.transfer(*pair, yuan, on=on, source=source)
            else:
                ledger.adjust_budget(CODE, kind, yuan, on=on, source=source)


def seen(ledger):
    """Return money by source, the plan and the target at the end of the year."""
    view = ledger.view(through=date(2023, 12, 31))
    line = view.project(CODE)
    money = {s: part.current_budget for s, part in line.by_source.items()}
    return money, line.checkpoints, view.attainment(CODE)[0].target


def revised(ledger, version, on):
    """Take a corrected form, and return the codes of what is said."""
    said = ledger.import_forms(stated(version), revise=True, on=on, new_source=True)
    return {each.code for each in said}


@given(versions, facts, versions)
def test_a_corrected_form_adds_what_it_says_otherwise(first, drawn, second):
    """Of each source the forms' difference, unless the ledger says so already."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        founded(ledger, first)
        lived(ledger, drawn)
        before, plan, target = seen(ledger)
        with suppress(LedgerError):  # A cut below what is left is refused whole.
            codes = revised(ledger, second, date(2023, 6, 30))
            after, new_plan, new_target = seen(ledger)
            for place, source in enumerate(("fiscal", "other")):
                old, new = before.get(source, 0), after.get(source, 0)
                said = Decimal(second[place] * 10_000)
                change = Decimal((second[place] - first[place]) * 10_000)
                assert new == (old if old == said else old + change)
            assert new_target == (target if first[2] == second[2] else second[2])
            if first[:2] == second[:2]:
                assert new_plan == plan
            elif first[0] + first[1] != second[0] + second[1]:
                whole = sum(second[:2]) * 10_000
                assert [a for _, a in new_plan] == [Decimal(whole) / 2, whole]
            if first == second:
                assert "form.already_recorded" in codes
        assert ledger.verify().ok


@given(versions, facts, versions)
def test_a_form_that_goes_back_brings_back_what_was(first, drawn, second):
    """There and back, but for money of which the ledger said the same already."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        founded(ledger, first)
        lived(ledger, [each for each in drawn if each[0] not in {"target", "plan"}])
        before = seen(ledger)
        with suppress(LedgerError):
            revised(ledger, second, date(2023, 6, 30))
            between = seen(ledger)
            revised(ledger, first, date(2023, 7, 1))
            after = seen(ledger)
            assert after[2] == before[2]
            for place, source in enumerate(("fiscal", "other")):
                steps = [each[0].get(source, 0) for each in (before, between, after)]
                forms_said = [10_000 * each[place] for each in (second, first)]
                agreed = steps[0] == forms_said[0] or steps[1] == forms_said[1]
                assert agreed or steps[2] == steps[0]
        assert ledger.verify().ok


@given(versions, versions)
def test_the_same_correction_twice_is_recorded_once(first, second):
    """By the form in force on its day, whatever it changed."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        founded(ledger, first)
        revised(ledger, second, date(2023, 6, 30))
        position = ledger.position
        codes = revised(ledger, second, date(2023, 6, 30))
        assert ledger.position == position
        assert "form.already_recorded" in codes
