"""Commitments, recomputed from the list of facts for every question."""

from datetime import date
from typing import Any, NamedTuple

import attrs

from ledger import Funding
from ledger.events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
    Disbursed,
    DisbursementReversed,
)

from . import vouchers
from .spelling import same, within
from .vouchers import signed

OF_COMMITMENTS = (CommitmentEntered, CommitmentAdjusted, CommitmentReleased)


class Move(NamedTuple):
    """What a fact changes of what is open of a commitment, in minor units."""

    on: date
    number: str
    stage: str
    source: str
    amount: int
    opens: bool = False


def moves(facts: list[Any]) -> list[Move]:
    """Return what the facts of one project change, as they say it themselves."""
    found: list[Move] = []
    for f in facts:
        if isinstance(f, CommitmentEntered):
            number, stage = same(f.commitment), str(f.stage)
            found += [_move(f.on, number, stage, a, 1, opens=True) for a in f.amounts]
            of = same(f.of or "")
            found += [_move(f.on, of, "reserved", a, -1) for a in f.taken_over]
        elif isinstance(f, CommitmentAdjusted):
            number, stage, adds = same(f.commitment), str(f.stage), f.kind == "increase"
            sign = 1 if adds else -1
            found += [
                _move(f.on, number, stage, a, sign, opens=adds) for a in f.amounts
            ]
        elif isinstance(f, (CommitmentReleased, Disbursed)) and f.commitment:
            number, stage = same(f.commitment), str(f.stage)
            if isinstance(f, Disbursed):
                found.append(Move(f.on, number, stage, f.source, -f.amount))
            found += [_move(f.on, number, stage, a, -1) for a in f.released or ()]
        elif isinstance(f, DisbursementReversed) and f.restores:
            number, stage, amount = same(f.restores), str(f.stage), -signed(f)
            found.append(Move(f.on, number, stage, f.source or "", amount))
    return found


def _move(
    on: date, number: str, stage: str, part: Funding, sign: int, *, opens: bool = False
) -> Move:
    return Move(on, number, stage, part.source, sign * part.amount, opens)


def entered(facts: list[Any], number: str) -> CommitmentEntered | None:
    """Return the fact that entered a commitment."""
    return next(
        (
            f
            for f in facts
            if isinstance(f, CommitmentEntered) and same(f.commitment) == same(number)
        ),
        None,
    )


def sources(facts: list[Any], number: str) -> list[str]:
    """Return the sources that a commitment ever had money of."""
    return sorted({m.source for m in moves(facts) if m.number == same(number)})


def open_of(facts: list[Any], number: str, source: str | None, day: date) -> int:
    """Return what is open of one commitment by a day."""
    return sum(
        m.amount
        for m in moves(facts)
        if m.number == same(number) and m.on <= day and within(m.source, source)
    )


def open_in(
    facts: list[Any], source: str | None, day: date, stage: str | None = None
) -> int:
    """Return what is open of all commitments, or of those of a stage."""
    return sum(
        m.amount
        for m in moves(facts)
        if m.on <= day and within(m.source, source) and stage in {None, m.stage}
    )


def overdue(facts: list[Any], source: str | None, day: date) -> int:
    """Return what is open by a day of what was due before it."""
    return sum(
        open_of(facts, f.commitment, source, day)
        for f in facts
        if isinstance(f, CommitmentEntered) and f.due_on and f.due_on < day
    )


def days_late(facts: list[Any], day: date) -> list[int]:
    """Return of each commitment that is overdue since how many days it is."""
    return [
        (day - f.due_on).days
        for f in facts
        if isinstance(f, CommitmentEntered)
        and f.due_on
        and f.due_on < day
        and any(
            open_of(facts, f.commitment, source, day)
            for source in sources(facts, f.commitment)
        )
    ]


def ends(facts: list[Any], number: str) -> list[date]:
    """Return the days on which a commitment was to end."""
    return [
        f.on
        for f in facts
        if (isinstance(f, CommitmentReleased) and not f.amounts)
        or (isinstance(f, Disbursed) and f.final)
        if same(f.commitment or "") == same(number)
    ]


def ended(facts: list[Any], number: str, day: date) -> bool:
    """Return whether a commitment had ended by a day and was not opened again."""
    past = [on for on in ends(facts, number) if on <= day]
    if not past:
        return False
    last = max(past)
    if any(open_of(facts, number, s, last) for s in sources(facts, number)):
        return False
    return not any(
        m.opens and m.number == same(number) and last < m.on <= day
        for m in moves(facts)
    )


def fits(facts: list[Any], number: str) -> bool:
    """Return whether each day of a commitment follows from those before it."""
    own = [m for m in moves(facts) if m.number == same(number)]
    for day in {m.on for m in own} | set(ends(facts, number)):
        if any(open_of(facts, number, s, day) < 0 for s in sources(facts, number)):
            return False
        past = [on for on in ends(facts, number) if on <= day]
        closes = any(m.on == day and not m.opens for m in own)
        if closes and past and max(past) < day and ended(facts, number, day):
            return False
    return True


def refused(facts: list[Any], event: Any) -> set[str]:
    """Return the errors that a fact about a commitment may end in."""
    if isinstance(event, DisbursementReversed):
        made = completed(facts, event)
        if not made.restores or fits([*facts, made], made.restores):
            return set()
        return {"CommitmentExceeded" if signed(made) > 0 else "InvalidInput"}
    if isinstance(event, CommitmentEntered):
        return _entry(facts, event)
    first = entered(facts, event.commitment)
    if first is None:
        return {"UnknownCommitment"}
    if event.on < first.on:
        return {"BeforeCommitment"}
    adds = isinstance(event, CommitmentAdjusted) and event.kind == "increase"
    if not adds and ended(facts, event.commitment, event.on):
        return {"CommitmentEnded"}
    named = _named(event)
    known = sources(facts, event.commitment)
    found: set[str] = set()
    if not adds and any(source not in known for source in named):
        found.add("UnknownSource")
    if any(amount <= 0 for amount in named.values()):
        found |= {"InvalidInput", "InvalidAmount", "CommitmentExceeded"}
    if found:
        return found
    made = completed(facts, event)
    if not fits([*facts, made], event.commitment):
        return {"CommitmentExceeded", "InvalidInput"}
    return set()


def _named(event: Any) -> dict[str, int]:
    """Return the amounts that a request names, by source."""
    if isinstance(event, Disbursed):
        return {event.source: event.amount}
    return {a.source: a.amount for a in event.amounts}


def _entry(facts: list[Any], event: CommitmentEntered) -> set[str]:
    if entered(facts, event.commitment) is not None:
        return {"CommitmentUsed"}
    if any(a.amount <= 0 for a in event.amounts):
        return {"InvalidInput", "InvalidAmount"}
    if event.of is None:
        return set()
    first = entered(facts, event.of)
    if first is None:
        return {"UnknownCommitment"}
    if first.stage != "reserved" or event.stage != "contracted":
        return {"InvalidInput", "BeforeCommitment", "CommitmentEnded"}
    if event.on < first.on:
        return {"BeforeCommitment"}
    if ended(facts, event.of, event.on):
        return {"CommitmentEnded"}
    return set() if _taken_over(facts, event) else {"InvalidInput"}


def completed(facts: list[Any], event: Any) -> Any:
    """Return a fact with what follows from the others, as it is stored."""
    if isinstance(event, DisbursementReversed):
        of = vouchers.taken(facts, event)
        if isinstance(of, set):
            return event
        event, number = vouchers.completed(facts, event), of.commitment
        first = number and entered(facts, number)
        if not number or not first or ended(facts, number, event.on):
            return event
        return attrs.evolve(event, restores=first.commitment, stage=first.stage)
    if isinstance(event, CommitmentEntered):
        return attrs.evolve(event, taken_over=_taken_over(facts, event))
    number = getattr(event, "commitment", None)
    first = number and entered(facts, number)
    if isinstance(event, Disbursed) and vouchers.free_again(facts, event):
        event = attrs.evolve(event, booked_again=True)
    if not number or not first:
        return event
    made = attrs.evolve(event, stage=first.stage)
    if isinstance(event, CommitmentReleased):
        return attrs.evolve(made, released=event.amounts or _rest(facts, made))
    if isinstance(event, Disbursed) and event.final:
        return attrs.evolve(made, released=_rest([*facts, made], made) or None)
    return made


def _rest(facts: list[Any], event: Any) -> tuple[Funding, ...]:
    """Return what is open of a commitment on the day of a fact that ends it."""
    left = {
        source: open_of(facts, event.commitment, source, event.on)
        for source in sources(facts, event.commitment)
    }
    return tuple(Funding(source=s, amount=a) for s, a in left.items() if a > 0)


def _taken_over(facts: list[Any], event: CommitmentEntered) -> tuple[Funding, ...]:
    """Return what a contract takes of its reservation: the least open from its day."""
    if event.of is None:
        return ()
    number, taken = event.of, []
    days = {event.on, *(m.on for m in moves(facts) if m.number == same(number))}
    for part in event.amounts:
        least = min(
            open_of(facts, number, part.source, day) for day in days if day >= event.on
        )
        if min(least, part.amount) > 0:
            amount = min(least, part.amount)
            taken.append(Funding(source=part.source, amount=amount))
    return tuple(taken)
