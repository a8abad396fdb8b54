"""No number is held against a target in another unit, in whatever order it came."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger
from ledger.errors import WrongResult
from support import PROJECT, approval, day, indicator

UNITS = {"≥10次": "次", "≥12次": "次", "≥95%": "%", "≤8天": "天", "效果显著": None}
STEPS = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(list(UNITS)) | st.integers(0, 20)),
    max_size=8,
)
SUGGESTED = {"次": "sum", "%": "latest", "天": "max"}


@settings(max_examples=60)
@given(st.sampled_from(list(UNITS)), STEPS)
@example("≥95%", [(1, 0), (1, "效果显著"), (1, "≥10次")])
def test_numbers_count_in_the_unit_that_they_were_reported_in(first, steps):
    """Else the result, or the target, is refused; a new unit has its own measure."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("x", first),)))
        targets, numbers = [(day(1), first)], []
        for month, step in steps:
            on = day(month)
            try:
                if isinstance(step, str):
                    ledger.revise_target(PROJECT, "x", step, on=on, reason="r")
                    targets.append((on, step))
                else:
                    ledger.report_result(PROJECT, "x", step, on=on)
                    numbers.append((on, step, UNITS[in_force(targets, on)]))
            except (InvalidInput, WrongResult):
                pass
        for month in range(1, 8):
            (line,) = ledger.view(through=day(month, 28)).attainment(PROJECT)
            unit = UNITS[in_force(targets, day(month, 28))]
            held = [own for on, _, own in numbers if on <= day(month, 28)]
            if unit is not None:
                assert set(held) <= {unit}
                assert str(line.measure) == SUGGESTED[unit]


def in_force(targets, on):
    """Return the target in force: the last effective, the last recorded of a day."""
    known = [(since, n) for n, (since, _) in enumerate(targets) if since <= on]
    return targets[max(known)[1]][1]
