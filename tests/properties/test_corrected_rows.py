"""Corrected forms: what changed upstream is what the ledger then says, and once."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import LedgerError
from support import Clock, form, forms

CODE = form()["project_code"]
HEADINGS = {"level1": "产出指标", "level2": "数量指标"}
ROWS = st.fixed_dictionaries(
    {
        "level3": st.sampled_from(["甲", "乙", "丙", "丁"]),
        "target": st.sampled_from(["≥10次", "≥12次", "≥10分"]),
        "weight": st.sampled_from([None, 20, 30]),
        "measure": st.sampled_from([None, "sum", "max"]),
        "basis": st.sampled_from([None, "计划"]),
    }
)
FORMS = st.lists(ROWS, min_size=1, max_size=4, unique_by=lambda row: row["level3"])
BY_HAND = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(["甲", "乙", "丙", "丁"]),
        "renamed": st.sampled_from([None, "另称"]),
        "weight": st.sampled_from([None, 25]),
        "removed": st.booleans(),
    }
)


def said(rows):
    """Return what a form, or the ledger, says of each indicator."""
    return {row["level3"]: (row["target"], row["weight"], row["basis"]) for row in rows}


def before(base, rows):
    """
    Return what the form before said of each row.

    Where one row is gone and one has come with its target, it has another name.
    """
    was, now = said(base), said(rows)
    gone, come = ([*a.keys() - b.keys()] for a, b in ((was, now), (now, was)))
    if len(gone) == len(come) == 1 and was[gone[0]][0] == now[come[0]][0]:
        was[come[0]] = was[gone[0]]
    return was


def document(rows):
    """Return a file with one form of some rows."""
    return forms(form(indicators=[HEADINGS | row for row in rows]))


def recorded(ledger, rows, on):
    """Import a corrected form; return whether it was taken."""
    try:
        ledger.import_forms(document(rows), revise=True, on=on)
    except LedgerError:
        return False
    return True


def row(name, weight):
    """Return a row of which nothing else is said."""
    rest = {"target": "≥10次", "measure": None, "basis": None}
    return {"level3": name, "weight": weight, **rest}


@settings(deadline=None)
@example(
    [row("甲", None), row("丙", 30)],
    [
        {"indicator": "丙", "renamed": None, "weight": 25, "removed": False},
        [row("甲", None), row("乙", 30)],  # Another name, and the same weight.
    ],
)
@given(FORMS, st.lists(st.one_of(FORMS, BY_HAND), max_size=5))
def test_a_corrected_form_is_recorded_once_and_can_be_taken_back(first, later):
    """Whatever people revised by hand between."""
    clock = Clock(datetime(2023, 12, 1, tzinfo=UTC))
    with Ledger(":memory:", actor="t", clock=clock) as ledger:
        ledger.import_forms(document(first))
        base, on = first, date(2023, 2, 1)
        for each in later:
            on += timedelta(days=20)
            if isinstance(each, dict):
                try:
                    ledger.revise_form(CODE, on=on, **each)
                except LedgerError:
                    continue
            elif recorded(ledger, each, on):
                was = before(base, each)
                changed = {n for n, row in said(each).items() if was.get(n) != row}
                lines = ledger.view(through=on).attainment(CODE)
                shown = {line.name: (line.target, line.weight) for line in lines}
                weighed = any(row["weight"] is not None for row in each)
                for name in changed:
                    target, weight, _ = said(each)[name]
                    last = was.get(name)
                    own = name if name in shown else "另称"  # A person's name for it.
                    if last is None or last[0] != target:
                        assert shown[own][0] == target
                    if weighed and (last is None or last[1] != weight):
                        assert shown[own][1] == weight
                size = ledger.position
                assert recorded(ledger, each, on)
                assert ledger.position == size
                base = each
        assert ledger.verify().ok
        ledger.rebuild()
        assert ledger.stale_snapshots() == []
