"""
What a voucher moved: its lines, what came back of it, and what is left to come back.

A disbursement may have several lines, each from a source of its own. A reversal takes
from the lines of one source; a reversal of that one lets the money leave again.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from ledger.domain.catalogue import document_of, undone_voucher
from ledger.domain.events import Event
from ledger.domain.identity import voucher_identity

SETTLED: Final = "\0"
"""
Behind the identity of a disbursement that was reversed wholly and booked again since:
nothing of it can change any more.
"""


class Movement(NamedTuple):
    """
    Money that left (positive) or came back (negative), in minor units.

    Attributes:
        voucher: Its identity.

        of: The identity of the voucher that a reversal takes back.

        paid: The identity of the disbursement whose money it is, its own for one.
    """

    on: date
    source: str
    amount: int
    voucher: str
    paid: str
    of: str | None = None

    @property
    def liquidation(self) -> str:
        """What its commitment is known by: its voucher, and whose money it moves."""
        own, paid = self.voucher, self.paid
        return own if own == paid else f"{own}\n{paid}"


def movement_of(event: Event, source: str, amount: int) -> Movement:
    """Return what *event* moves of a source."""
    voucher, of = voucher_identity(document_of(event) or ""), undone_voucher(event)
    if of is None:
        return Movement(event.on, source, amount, voucher, voucher)
    taken = voucher_identity(of)
    root: str | None = getattr(event, "disbursement", None)
    paid = taken if root is None else voucher_identity(root)
    return Movement(event.on, source, amount, voucher, paid, taken)


def relatives(movements: Iterable[Movement], voucher: str) -> list[Movement]:
    """
    Return the movements of the money that a voucher, by its identity, moved.

    It is that of the sources that the voucher names: what another line of the same
    disbursement paid from elsewhere is other money.
    """
    every = list(movements)
    moved = {(one.paid, one.source) for one in every if one.voucher == voucher}
    return [one for one in every if (one.paid, one.source) in moved]


def settled(movement: Movement, voucher: str) -> Movement:
    """Return a movement as it is once the disbursement *voucher* is booked again."""
    if movement.paid != voucher:
        return movement
    done = f"{voucher}{SETTLED}"
    own = done if movement.of is None else movement.voucher
    of = done if movement.of == voucher else movement.of
    return movement._replace(voucher=own, paid=done, of=of)


def most_reversible(
    movements: Sequence[Movement], voucher: str, on: date
) -> tuple[int, date]:
    """
    Return the most that can be taken back of a voucher from a day on.

    On no later day may more have been taken back of it, or of what it let leave again
    or come back again, than it moved.

    Args:
        movements: Those of one source and one disbursement, the voucher's among them,
            each behind what it takes back.

    Returns:
        The amount in minor units, and the first day on which no more is left of the
        voucher itself.
    """
    days = sorted({on, *(each.on for each in movements if each.on > on)})
    most, day = min((left_of(movements, voucher, each), each) for each in days)
    bearing = _bearing(movements, voucher)

    def is_above(amount: int) -> bool:
        """Return whether so much more would be above what one of them moved."""
        return any(
            left_of(movements, name, day, more=(voucher, amount)) < 0
            for day in days
            for name in bearing
        )

    if bearing and most > 0 and is_above(most):
        most = bisect_left(range(most), True, key=lambda less: is_above(less + 1))
    return most, day


def left_of(
    movements: Sequence[Movement],
    voucher: str,
    through: date,
    *,
    more: tuple[str, int] | None = None,
) -> int:
    """
    Return what of a voucher's amount is not taken back by a day, in minor units.

    What takes back one that took back several takes the last of its lines first.

    Args:
        movements: Those of one source and one disbursement, the voucher's among them,
            each behind what it takes back.

        more: A voucher and how much more is taken back of it.
    """
    moved, taken = 0, Counter(dict([more] if more else []))
    undone = taken.copy()
    for each in reversed(movements):
        if each.on > through:
            continue
        amount = abs(each.amount)
        moved += amount if each.voucher == voucher else 0
        if each.of is not None:
            gone = min(undone[each.voucher], amount)
            undone[each.voucher] -= gone
            undone[each.of] += amount - gone
            taken[each.of] += amount - gone
    return moved - taken[voucher]


def _bearing(movements: Sequence[Movement], voucher: str) -> set[str]:
    """Return the vouchers whose money a voucher let leave, or come back, again."""
    found, names = set[str](), {voucher}
    while names:
        back = {each.of for each in movements if each.voucher in names}
        above = {each.of for each in movements if each.voucher in back}
        names = {each for each in above if each is not None} - found
        found |= names
    return found


def reversed_wholly_on(movements: Iterable[Movement]) -> date | None:
    """
    Return the day from which nothing is left of a disbursement; ``None``: something is.

    Args:
        movements: All that moved its money, from whatever source.
    """
    sums: dict[str, int] = {}
    last = date.min
    for each in movements:
        sums[each.source] = sums.get(each.source, 0) + each.amount
        last = max(last, each.on)
    return None if any(sums.values()) else last


def still_stands(rows: Iterable[Movement], voucher: str, through: date) -> bool:
    """
    Return whether something is left by a day of what was paid with a voucher.

    Args:
        rows: All that moved the money of it.
    """
    own = voucher_identity(voucher)
    known = [each for each in rows if each.on <= through]
    sources = {each.source for each in known if each.voucher == own}
    return any(
        left_of([row for row in known if row.source == source], own, through)
        for source in sources
    )
