"""Whatever is accepted can be exported, restored, proved and checked."""

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger, LedgerError
from ledger.audit.proof import Proof
from ledger.store.line import LONGEST_LINE
from support import Clock, approval, day
from support_events import CODE, ONE_OF_EACH

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["\\", '"', "\u2028", "财", "𠀀", "\x7f", "\n", "<", "{}", "null"]
    ).flatmap(
        lambda one: st.sampled_from([1, 200, 10_000, 400_000]).map(
            lambda count: one * count
        )
    ),
)
DECIMALS = st.one_of(
    st.sampled_from(["0", "-0", "1E+20", "1E-20", "0.10", "9" * 30, "NaN", "Infinity"]),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
).map(Decimal)
WHOLE = st.sampled_from([0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30])
DAYS = st.sampled_from([day(1), day(12, 31), day(12, 31).replace(9999), day(1).min])
EXTREMES = {str: TEXTS, Decimal: DECIMALS, int: WHOLE, type(day(1)): DAYS}


@st.composite
def facts(draw):
    """Draw one event of some type, with extremes in one or two of its fields."""
    event = draw(st.sampled_from(ONE_OF_EACH[1:]))
    for _ in range(draw(st.integers(1, 2))):
        fields = [
            a.name
            for a in attrs.fields(type(event))
            if type(getattr(event, a.name)) in EXTREMES or "str" in str(a.type)
        ]
        name = draw(st.sampled_from(fields))
        kind = type(getattr(event, name))
        value = draw(EXTREMES.get(kind, TEXTS))
        with suppress(InvalidInput):  # A fact of two subjects cannot even be made.
            event = attrs.evolve(event, **{name: value})
    return event


@given(st.lists(st.tuples(facts(), st.none() | TEXTS, st.none() | TEXTS), max_size=5))
def test_whatever_is_accepted_survives_a_journey(drawn):
    """Through export, restore, prove and check, with the same root at the end."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.ledger"
        with Ledger.open(first, actor="tester", clock=Clock()) as ledger:
            ledger.append(approval(CODE, 2_000_000))
            for event, key, cause in [
                *[(e, None, None) for e in ONE_OF_EACH[1:4]],
                *drawn,
            ]:
                try:
                    ledger.append(event, key=key, cause=cause)
                except LedgerError:
                    continue
            kept = ledger.export(folder / "lines.jsonl")
            root, size = ledger.root, ledger.position
        again = folder / "again.ledger"
        done = Ledger.restore(again, folder / "lines.jsonl", kept)
        assert (done.ok, done.root) == (True, root)
        with Ledger.open(again, actor="next", read_only=True) as ledger:
            for recorded in ledger.events():
                (folder / "proof.json").write_text(
                    ledger.prove(recorded.position).render("json"), encoding="utf-8"
                )
                assert Proof.read(folder / "proof.json").check() == recorded
        assert done.events == size


@pytest.mark.parametrize("text", ["a", "\\", "财", "\U00020000"])
def test_a_line_that_no_reader_takes_is_refused_at_the_door(path, text):
    """The longest field is named; just below, all readers take it."""
    with Ledger.open(path, actor="tester", clock=Clock()) as ledger:
        ledger.append(approval(goals=()))
        used = len(next(iter(ledger.lines())))
        each = len(text.encode()) + (text == "\\")
        most = (LONGEST_LINE - used - 2) // each
        for number in (most + 1, most):
            other = approval("P-2", goals=(text * number,))
            if number > most:
                with pytest.raises(InvalidInput, match=r"BudgetApproved\.goals: found"):
                    ledger.append(other)
            else:
                ledger.append(other)
        kept = ledger.export(path.with_suffix(".jsonl"))
        path.with_suffix(".json").write_text(
            ledger.prove(2).render("json"), encoding="utf-8"
        )
    assert Proof.read(path.with_suffix(".json")).check().position == 2
    done = Ledger.restore(path.with_suffix(".again"), path.with_suffix(".jsonl"), kept)
    assert done.ok
