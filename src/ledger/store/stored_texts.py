"""Which texts stand in the values of an event, and what characters they may hold."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple, Self, get_args

import attrs

from ledger.domain.characters import checked_text
from ledger.domain.commitment import (
    CommitmentAdjustmentKind,
    CommitmentStage,
    ReleaseReason,
)
from ledger.domain.funding import Funding
from ledger.domain.indicator import Rating
from ledger.domain.variance import Likelihood, VarianceCategory

PROSE: Final = frozenset(
    "basis description expected found goals note objective overall_goal "
    "purpose reason remedy text understood values where".split()
)
"""Fields that people write longer texts in, or that quote one: with line ends and tabs;
of an event, or of a finding in it."""


FLAT: Final = frozenset(
    {str, int, bool, Decimal, date, type(None)}
    | {Rating, Likelihood, VarianceCategory}
    | {CommitmentStage, CommitmentAdjustmentKind, ReleaseReason}
)
"""Types of values that hold no others."""

_NO_TEXTS: Final = FLAT - {str}

_PLAIN: Final = bytes(range(32, 127))
"""The characters of ASCII but its controls."""

Kinds = tuple[type, ...]
"""The types of the values of an event, in order."""


class FlatValues(NamedTuple):
    """
    What is known of values of the same types that hold no others, or amounts alone.

    Attributes:
        texts: Which are texts, by their place.

        amounts: Which are tuples of amounts.

        empty: Which are other tuples; of those that hold something nothing is known.
    """

    texts: list[int]
    amounts: list[int]
    empty: list[int]

    @classmethod
    def of(cls, values: tuple[Any, ...]) -> Self:
        """Return what is known of values of the same types as these, which are flat."""
        texts = [place for place, value in enumerate(values) if type(value) is str]
        tuples = [place for place, value in enumerate(values) if type(value) is tuple]
        amounts = [place for place in tuples if values[place]]
        return cls(texts, amounts, [place for place in tuples if not values[place]])

    @classmethod
    def of_any(
        cls, known: Mapping[Kinds, Self], types: AbstractSet[Kinds]
    ) -> Self | None:
        """
        Return what is known of values of any of these types.

        ``None`` is where nothing is known of some, or texts may stand among others.
        """
        if not types <= known.keys():
            return None
        shapes = [known[kinds] for kinds in types]
        if len(shapes) == 1:
            return shapes[0]
        joined = cls(
            *(sorted(set().union(*places)) for places in zip(*shapes, strict=True))
        )
        fit = (joined.texts, str), ([*joined.amounts, *joined.empty], tuple)
        for places, kind in fit:
            for place in places:
                if not {kinds[place] for kinds in types} <= {kind, type(None)}:
                    return None
        return joined

    def are_sound(self, columns: Sequence[Sequence[Any]]) -> bool:
        """
        Return whether values of these types can be stored, without a closer look.

        Args:
            columns: Values of one or more events, those of each place together.
        """
        for place in self.texts:
            if not "".join(filter(None, columns[place])).isprintable():
                return False
        for place in self.amounts:
            if not all(map(_are_amounts, filter(None, columns[place]))):
                return False
        return not (self.empty and any(any(columns[place]) for place in self.empty))


def are_flat(values: Iterable[Any]) -> bool:
    """Return whether each value holds no others, or is a tuple of amounts alone."""
    return all(
        type(value) in FLAT or (type(value) is tuple and _are_amounts(value))
        for value in values
    )


def _are_amounts(parts: tuple[Any, ...]) -> bool:
    """Return whether all are amounts of sources, whose names are printable."""
    for part in parts:
        if type(part) is not Funding or type(part.amount) is not int:
            return False
        if type(part.source) is not str or not part.source.isprintable():
            return False
    return True


def check_texts(value: Any, name: str = "") -> None:
    """
    Check the characters of every text within *value*, however deep it stands.

    Raises:
        InvalidInput: One has another.
    """
    if isinstance(value, str):
        if type(value) is str:
            checked_text(name, value, prose=name in PROSE)
    elif isinstance(value, tuple | list):
        for each in value:
            check_texts(each, name)
    elif isinstance(value, dict):
        for key, each in value.items():
            checked_text(name, key)
            check_texts(each, name)
    else:
        for own in _holding(value.__class__):
            check_texts(getattr(value, own), own)


@cache
def _holding(kind: type) -> tuple[str, ...]:
    """Return the fields of a class of our own whose values may be or hold texts."""
    if not attrs.has(kind):
        return ()
    fields = attrs.fields(kind)
    return tuple(a.name for a in fields if not _NO_TEXTS.issuperset(kinds(a.type)))


def kinds(hint: Any) -> tuple[Any, ...]:
    """Return the types of a hint, a label or a code as the text that it is."""
    found = get_args(hint) or (hint,)
    return tuple(getattr(kind, "__supertype__", kind) for kind in found)


def are_plain_texts(payloads: Iterable[bytes]) -> bool:
    """
    Return whether no text in payloads can have a character that facts may not hold.

    Where it is not sure, :func:`check_texts` checks the texts of an event one by one.
    """
    # JSON has an escape for each control that is not fit, and marks for others.
    together = b"".join(payloads)
    if b"\\" in together:
        return False
    # Most is in ASCII, and seen to be; to ask each character costs more.
    return together.translate(None, _PLAIN).decode(errors="replace").isprintable()
