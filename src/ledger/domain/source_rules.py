"""Which funding sources a request about a project's money may name."""

from collections.abc import Collection, Sequence

from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.characters import check_filled
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import (
    FISCAL,
    ONLY_SOURCE,
    FundingSource,
    SourceRoot,
    canonical_source,
    is_carried_over,
    misspelt_source,
    named_source,
    nearest_source,
    spent_as,
)
from ledger.domain.refusals import SourceLevelsMixed, UnknownSource
from ledger.messages import message


def sources_of(budget: Budget) -> list[str]:
    """Return the funding sources of a budget, in order of their names."""
    return sorted(budget.original.keys() | {a.source for a in budget.adjustments})


def stated_source(budget: Budget, source: str) -> str:
    """
    Return the source that a request names, else the only one that the budget has.

    Where there are several, it is fiscal money without a level if that is one of them.
    A form states fiscal money of 0 as well; that is a source only where there is none.

    Raises:
        InvalidInput: It names none, and there are several others.
    """
    if source != ONLY_SOURCE:
        return checked_source(source)
    known = sorted(filled_sources(budget)) or sources_of(budget)
    if len(known) == 1:
        return known[0]
    if FISCAL in known:
        return FISCAL
    words = [named_source(each) for each in known]
    right = message("expected.choice", words=words, nearest=None)
    raise InvalidInput("source", None, right)


def checked_source(source: object) -> str:
    """Return the one spelling of a source."""
    check_filled("source", source, LONGEST_TEXT)
    canonical = canonical_source(str(source))
    if not all(any(map(str.isalnum, part)) for part in canonical.split("/")):
        raise InvalidInput("source", source, message("expected.funding_source"))
    own = spent_as(canonical)
    if is_carried_over(own) and own != canonical:
        right = message("expected.carried_once", source=own)
        raise InvalidInput("source", source, right)
    return canonical


def check_added(
    sources: Sequence[str], project: str, known: Collection[str], *, meant: bool
) -> None:
    """
    Check what a budget gets: that each source has a root, and none is misspelt.

    Args:
        known: The sources that the project has.

        meant: Whether the request says that the name is new on purpose.

    Raises:
        UnknownSource: A name begins with none of the roots, or is like another one.
        SourceLevelsMixed: One of them stands above or below another.
    """
    for source in () if meant else sources:
        own = spent_as(source)
        nearest = misspelt_source(own, [*map(spent_as, known)])
        if own and FundingSource(own).root is None:
            nearest = nearest or nearest_source(own.partition("/")[0], SourceRoot)
            names = [*SourceRoot]
        elif nearest is not None:
            names = [nearest]
        else:
            continue
        raise UnknownSource(
            source, within=project, known=names, nearest=nearest, addable=True
        )
    check_levels(project, {*known, *sources})


def filled_sources(budget: Budget) -> set[str]:
    """Return the sources from which a budget has or had money, or an exception paid."""
    moved = {each.source for each in budget.adjustments}
    moved |= {each.source for each in budget.exceptions}
    return moved | {name for name, amount in budget.original.items() if amount}


def check_levels(project: str, sources: Collection[str]) -> None:
    """
    Check that no source stands above or below another.

    Raises:
        SourceLevelsMixed: One does.
    """
    for lower in sorted(sources):
        upper = lower.rpartition("/")[0]
        while upper:
            if upper in sources:
                raise SourceLevelsMixed(project, upper, lower)
            upper = upper.rpartition("/")[0]


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


def chosen_source(
    project: str, of: str, source: str | None, known: Sequence[str]
) -> str:
    """
    Return the source that is named of those of a thing, else its only one.

    Raises:
        InvalidInput: There are several, and none is named.
        UnknownSource: The one named is none of them.
    """
    if source is None:
        if len(known) == 1:
            return known[0]
        words = [named_source(each) for each in known]
        right = message("expected.choice", words=words, nearest=None)
        raise InvalidInput("source", None, right)
    source = checked_source(source)
    if source not in known:
        within, nearest = f"{project}, {of}", nearest_source(source, known)
        raise UnknownSource(source, within=within, known=known, nearest=nearest)
    return source
