"""Which funding sources a request about a project's money may name."""

from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.characters import check_filled
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import (
    ONLY_SOURCE,
    canonical_source,
    named_source,
    nearest_source,
)
from ledger.domain.refusals import UnknownSource
from ledger.messages import message


def sources_of(budget: Budget) -> list[str]:
    """Return the funding sources of a budget, in order of their names."""
    return sorted(budget.original.keys() | {a.source for a in budget.adjustments})


def stated_source(budget: Budget, source: str) -> str:
    """
    Return the source that a request names, else the only one that the budget has.

    A form states fiscal money of 0 as well; that is a source only where there is none.

    Raises:
        InvalidInput: It names none, and there are several.
    """
    if source != ONLY_SOURCE:
        return checked_source(source)
    moved = {each.source for each in budget.adjustments}
    filled = moved | {name for name, amount in budget.original.items() if amount}
    known = sorted(filled) or sources_of(budget)
    if len(known) == 1:
        return known[0]
    words = [named_source(each) for each in known]
    right = message("expected.choice", words=words, nearest=None)
    raise InvalidInput("source", None, right)


def checked_source(source: object) -> str:
    """Return the one spelling of a source."""
    check_filled("source", source, LONGEST_TEXT)
    canonical = canonical_source(str(source))
    if not canonical:
        raise InvalidInput("source", source, message("expected.funding_source"))
    return canonical


def check_known(budget: Budget, source: str, *, addable: bool = False) -> None:
    """
    Check that a source is one of the project's.

    Args:
        addable: Whether the request may bring a new one, if it says so.
    """
    known = sources_of(budget)
    if source not in known:
        raise UnknownSource(
            source,
            within=budget.project,
            known=known,
            nearest=nearest_source(source, known),
            addable=addable,
        )
