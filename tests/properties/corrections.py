"""Random corrections of adjustments."""

from attrs import evolve
from hypothesis import strategies as st

from ledger.domain.correction_rules import of_adjustment
from ledger.events import BudgetAdjusted


@st.composite
def corrections(draw, events, facts):
    """
    Draw corrections of some adjustments among events: of each once, or not.

    Args:
        facts: Draws a correction of nothing.
    """
    drawn = []
    for version, event in enumerate(events, start=1):
        if isinstance(event, BudgetAdjusted) and draw(st.booleans()):
            correction = draw(facts)
            correction = evolve(correction, on=max(correction.on, event.on))
            of = event, version, f"A-{version}"
            drawn.append(of_adjustment(correction, *of))
    return drawn
