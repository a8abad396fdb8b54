"""
The built-in projections as the store folds them: states in few bytes, folded fast.

They answer what the plain states of :mod:`ledger.projections` answer; tests compare
them.
"""

from typing import Any, Final, TypeVar

from ledger.domain.subject import ProjectCode, Stream, code_of, year_of
from ledger.projections import attainment, execution
from ledger.projections.projection import Projection
from ledger.store.state import packed_budget, packed_results
from ledger.store.state.packed_budget import PackedBudget
from ledger.store.state.packed_results import PackedIndicators

S = TypeVar("S")


def _money(stream: Stream) -> PackedBudget:
    return PackedBudget(
        project=ProjectCode(code_of(stream)), fiscal_year=year_of(stream) or 0
    )


def _results(stream: Stream) -> PackedIndicators:
    return PackedIndicators(subject=code_of(stream), fiscal_year=year_of(stream) or 0)


EXECUTION: Final = Projection(
    name=execution.EXECUTION.name,
    version=execution.EXECUTION.version,
    state=PackedBudget,
    initial=_money,
    evolve=packed_budget.evolve,
    envelope=execution.EXECUTION.envelope,
    follows=execution.EXECUTION.follows,
)
"""Each project's money."""

ATTAINMENT: Final = Projection(
    name=attainment.ATTAINMENT.name,
    version=attainment.ATTAINMENT.version,
    state=PackedIndicators,
    initial=_results,
    evolve=packed_results.evolve,
    envelope=attainment.ATTAINMENT.envelope,
    follows=attainment.ATTAINMENT.follows,
)
"""The indicators of each project and unit."""

BOTH: Final = Projection.together((EXECUTION, ATTAINMENT))
"""Money and indicators of a stream, folded in one pass over its events."""

MONEY: Final = Projection.together((EXECUTION,))
"""The money of a stream alone."""

_PACKED: Final[dict[str, tuple[Projection[Any], Projection[Any]]]] = {
    EXECUTION.name: (execution.EXECUTION, EXECUTION),
    ATTAINMENT.name: (attainment.ATTAINMENT, ATTAINMENT),
}


def packed(projection: Projection[S]) -> Projection[S]:
    """Return *projection* with packed states wherever it, or a part, is built in."""
    parts = [_one(part) for part in projection.parts]
    if all(new is old for new, old in zip(parts, projection.parts, strict=True)):
        return projection
    if projection.parts == (projection,):
        return parts[0]
    both: Projection[Any] = Projection.together(parts)
    return both


def _one(projection: Projection[Any]) -> Projection[Any]:
    plain, fast = _PACKED.get(projection.name, (None, projection))
    return fast if projection is plain else projection
