"""Which projections the store packs."""

from ledger import ATTAINMENT, EXECUTION, Projection
from ledger.store.state.packed import packed
from ledger.store.state.packed_budget import PackedBudget
from ledger.store.state.packed_results import PackedIndicators

OWN = Projection(
    name="own", version=1, state=int, initial=lambda _: 0, evolve=lambda n, _: n + 1
)
NAMESAKE = Projection(
    name="execution", version=1, state=int, initial=lambda _: 0, evolve=lambda n, _: n
)


def test_what_is_built_in_is_packed_wherever_it_is_a_part():
    """The store folds packed states whoever asks for them."""
    states = PackedBudget, PackedIndicators, int
    every = packed(Projection.together((EXECUTION, ATTAINMENT, OWN)))

    assert (packed(EXECUTION).state, packed(ATTAINMENT).state) == states[:2]
    assert tuple(part.state for part in every.parts) == states


def test_a_callers_own_projection_stays_as_it_is():
    """One that is packed, and one that has only the name of a built-in, do as well."""
    own = Projection.together((OWN, NAMESAKE))

    assert packed(OWN) is OWN
    assert packed(own) is own
    assert packed(NAMESAKE) is NAMESAKE
    assert packed(packed(EXECUTION)) is packed(EXECUTION)
