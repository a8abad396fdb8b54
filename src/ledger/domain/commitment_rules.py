"""What the rules allow of commitments, and of money paid on them."""

from datetime import date
from typing import Final, TypeVar

from attrs import evolve as replace

from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.characters import check_filled
from ledger.domain.commitment import (
    Commitment,
    CommitmentAdjustmentKind,
    CommitmentMovement,
    CommitmentStage,
    CommitmentStep,
)
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.commitment_refusals import (
    BeforeCommitment,
    CommitmentEnded,
    CommitmentExceeded,
    CommitmentsOpen,
    CommitmentUsed,
)
from ledger.domain.continued_commitments import (
    check_earlier,
    checked_number,
    commitment_numbered,
)
from ledger.domain.errors import InvalidInput
from ledger.domain.events import Disbursed, DisbursementReversed
from ledger.domain.funding import ONLY_SOURCE, Funding, named_source
from ledger.domain.money_guards import (
    by_source,
    check_amount,
    check_available,
    check_open,
    checked_amounts,
)
from ledger.domain.settings import Settings
from ledger.domain.source_rules import check_known, chosen_source
from ledger.messages import Message, Value, message

_COMMIT: Final = message("found.commit")
_DECREASE: Final = message("found.decrease")
_DISBURSE: Final = message("found.disburse")
_RELEASE: Final = message("found.release")


def decide_commitment(
    budget: Budget, event: CommitmentEntered, settings: Settings
) -> CommitmentEntered:
    """Commit money that is free, or that a reservation holds."""
    year = check_open(budget, event.project, event.on, settings)
    identity = checked_number("commitment", event.commitment)
    used = budget.commitments.get(identity)
    if used is not None:
        raise CommitmentUsed(event.project, event.commitment, used.since)
    check_earlier(event, year.year)
    _check_due(event)
    amounts = _amounts_entered(budget, event)
    taken = _taken_over(budget, event, amounts)
    for part in amounts:
        rest = part.amount - taken.get(part.source, 0)
        check_available(budget, part.source, rest, event.on, _COMMIT, settings)
    decided = replace(event, amounts=amounts, taken_over=by_source(taken))
    return as_stored(event, decided)


def _amounts_entered(budget: Budget, event: CommitmentEntered) -> tuple[Funding, ...]:
    """Return the amounts of a new commitment, of the sources of its reservation."""
    number = None if event.of is None else checked_number("of", event.of)
    reservation = None if number is None else budget.commitments.get(number)
    if reservation is not None:
        return _amounts_of(budget, reservation, event.amounts, within=True)
    amounts = checked_amounts(event.amounts, of=budget)
    for part in amounts:
        check_known(budget, part.source)
    return amounts


def _check_due(event: CommitmentEntered) -> None:
    """
    Check that a commitment is due from its own day on.

    One that goes on with that of an earlier year may be overdue since then.
    """
    if event.due_on is not None and event.due_on < event.on and not event.continues:
        right = message("expected.day_from_commitment", on=event.on)
        raise InvalidInput("due_on", event.due_on, right)


def _taken_over(
    budget: Budget, event: CommitmentEntered, amounts: tuple[Funding, ...]
) -> dict[str, int]:
    """Return what a contract takes of its reservation: at most its least open."""
    if event.of is None:
        return {}
    if event.stage is not CommitmentStage.CONTRACTED:
        right = message("expected.contract_of_reservation")
        raise InvalidInput("stage", event.stage, right)
    reservation = _going_on(budget, event.project, event.of, event.on)
    if reservation.stage is not CommitmentStage.RESERVED:
        raise InvalidInput("of", event.of, message("expected.reservation"))
    taken = {}
    for part in amounts:
        least, _ = reservation.least_open(part.source, event.on)
        taken[part.source] = min(part.amount, least)
    movements = [
        CommitmentMovement(event.on, source, -amount, CommitmentStep.TAKEN_OVER)
        for source, amount in taken.items()
        if amount
    ]
    if not movements:
        right = message("expected.open_reservation", on=event.on)
        raise InvalidInput("of", event.of, right)
    check_fits(reservation.moved(*movements), "on", event.on)
    return taken


def decide_commitment_adjustment(
    budget: Budget, event: CommitmentAdjusted, settings: Settings
) -> CommitmentAdjusted:
    """
    Increase a commitment by what is free, or decrease it by what is open.

    An increase opens one again that had ended.
    """
    check_open(budget, event.project, event.on, settings)
    check_filled("reason", event.reason, LONGEST_TEXT)
    adds = event.kind is CommitmentAdjustmentKind.INCREASE
    commitment = (
        _entered(budget, event.project, event.commitment, event.on)
        if adds
        else _going_on(budget, event.project, event.commitment, event.on)
    )
    amounts = _amounts_of(budget, commitment, event.amounts, within=adds)
    for part in amounts:
        source, amount = part.source, part.amount
        if adds:
            check_available(budget, source, amount, event.on, _COMMIT, settings)
        else:
            asked = event.project, event.on, _DECREASE, settings
            check_is_open(commitment, source, amount, *asked)
    decided = replace(event, amounts=amounts, stage=commitment.stage)
    return as_stored(event, decided)


def decide_release(
    budget: Budget, event: CommitmentReleased, settings: Settings
) -> CommitmentReleased:
    """Free what is open of a commitment: what is asked, else all, and end it."""
    check_open(budget, event.project, event.on, settings)
    commitment = _going_on(budget, event.project, event.commitment, event.on)
    amounts = released = event.amounts
    if amounts:
        amounts = released = _amounts_of(budget, commitment, amounts, within=False)
        for part in amounts:
            asked = event.project, event.on, _RELEASE, settings
            check_is_open(commitment, part.source, part.amount, *asked)
    else:
        released = by_source(commitment.open(event.on))
        check_fits(_ended(commitment, event.on, released), "on", event.on)
    decided = replace(event, amounts=amounts, released=released, stage=commitment.stage)
    return as_stored(event, decided)


def decide_liquidation(
    budget: Budget, event: Disbursed, settings: Settings
) -> Disbursed:
    """
    Pay on a commitment at most what is open of it on every day from then on.

    Nothing must be free for it: that was so when the money was committed.
    """
    assert event.commitment is not None
    commitment = _going_on(budget, event.project, event.commitment, event.on)
    source = _source_of(commitment, event.source, event.project)
    check_amount(event.amount, least=1)
    asked = event.project, event.on, _DISBURSE, settings
    check_is_open(commitment, source, event.amount, *asked)
    released: tuple[Funding, ...] = ()
    if event.final:
        step = CommitmentStep.DISBURSED
        paid = CommitmentMovement(event.on, source, -event.amount, step)
        commitment = commitment.moved(paid)
        released = by_source(commitment.open(event.on))
        check_fits(_ended(commitment, event.on, released), "on", event.on)
    computed = source, released or None, commitment.stage
    if computed == (event.source, event.released, event.stage):
        return event
    source, freed, stage = computed
    decided = replace(event, source=source, released=freed, stage=stage)
    check_computed(event, decided)
    return decided


def check_uncommitted(event: Disbursed) -> None:
    """
    Check that a disbursement without a commitment says nothing of one.

    Raises:
        InvalidInput: It does.
    """
    for name in ("final", "released", "stage"):
        if getattr(event, name):
            right = message("expected.commitment_named")
            raise InvalidInput(name, _shown(getattr(event, name)), right)


def check_nothing_open(budget: Budget, on: date, settings: Settings) -> None:
    """
    Check that no commitment has money open on a day, before a closing.

    Raises:
        CommitmentsOpen: Some have; each is named with its amount.
    """
    still_open = [
        (each.number, sum(each.open(on).values()))
        for each in budget.commitments.values()
        if each.open(on)
    ]
    if still_open:
        parts = [
            message("found.commitment_open", commitment=number, amount=amount)
            for number, minor in still_open
            for amount in (settings.money(minor),)
        ]
        raise CommitmentsOpen(budget.project, on, parts)


E = TypeVar(
    "E",
    CommitmentEntered,
    CommitmentAdjusted,
    CommitmentReleased,
    Disbursed,
    DisbursementReversed,
)

_COMPUTED: Final = (
    *("taken_over", "released", "restores", "stage"),
    *("booked_again", "taken_back"),
)


def as_stored(asked: E, decided: E) -> E:
    """Return what is recorded of a request: *asked* where it is equal to *decided*."""
    check_computed(asked, decided)
    return asked if decided == asked else decided


def check_computed(asked: E, decided: E) -> None:
    """
    Check what a request says of computed fields.

    Raises:
        InvalidInput: Something does not follow.
    """
    for name in _COMPUTED:
        given = getattr(asked, name, None)
        if given and given != (right := getattr(decided, name)):
            expected = message("expected.computed", value=_shown(right))
            raise InvalidInput(name, _shown(given), expected)


def _shown(value: object) -> Value:
    """Return a computed field as a reader sees it."""
    if isinstance(value, tuple):
        return [named_source(part.source) for part in value]
    return value


def _entered(budget: Budget, project: str, number: str, on: date) -> Commitment:
    """Return a commitment that was entered by a day."""
    commitment = commitment_numbered(budget.commitments, number, project)
    if on < commitment.since:
        raise BeforeCommitment(project, number, on, commitment.since)
    return commitment


def _going_on(budget: Budget, project: str, number: str, on: date) -> Commitment:
    """Return a commitment that was entered, and has not ended before a day."""
    commitment = _entered(budget, project, number, on)
    ended = commitment.ended(on)
    if ended is not None:
        raise CommitmentEnded(project, number, on, ended)
    return commitment


def _source_of(commitment: Commitment, source: str, project: str) -> str:
    """Return the source that a request names of a commitment, else its only one."""
    for each in commitment.movements:
        if each.source == source:
            return source  # Those that are have the one right spelling.
    named = None if source == ONLY_SOURCE else source
    return chosen_source(project, commitment.number, named, commitment.sources)


def _amounts_of(
    budget: Budget,
    commitment: Commitment,
    amounts: tuple[Funding, ...],
    *,
    within: bool,
) -> tuple[Funding, ...]:
    """
    Return amounts, each with its source: the commitment's only one where none is named.

    Args:
        within: Whether any source of the budget will do.
    """
    if len(amounts) == 1 and amounts[0].source == ONLY_SOURCE:
        source = _source_of(commitment, ONLY_SOURCE, budget.project)
        amounts = (replace(amounts[0], source=source),)
    checked = checked_amounts(amounts)
    for part in checked:
        if within:
            check_known(budget, part.source)
        else:
            _source_of(commitment, part.source, budget.project)
    return checked


def check_is_open(
    commitment: Commitment,
    source: str,
    amount: int,
    project: str,
    on: date,
    verb: Message,
    settings: Settings,
) -> None:
    """Check that *amount* is open of a source on every day from *on*."""
    least, day = commitment.least_open(source, on)
    if amount > least:
        raise CommitmentExceeded(
            message(
                "error.commitment_exceeded",
                project=project,
                commitment=commitment.number,
                verb=verb,
                amount=settings.money(amount),
                source=named_source(source),
                on=on,
                open=settings.money(least),
                day=day,
            ),
            requested=amount,
            left=least,
            day=day,
        )


def _ended(
    commitment: Commitment, on: date, released: tuple[Funding, ...]
) -> Commitment:
    """Return a commitment that ends on a day, with what is released then."""
    step = CommitmentStep.RELEASED
    movements = [
        CommitmentMovement(on, part.source, -part.amount, step) for part in released
    ]
    return commitment.moved(*movements, end=on)


def check_fits(commitment: Commitment, name: str, on: date) -> None:
    """
    Check that every later day of a commitment follows from those before it.

    Raises:
        InvalidInput: One does not; it is named.
    """
    day = commitment.misfit()
    if day is not None:
        number = commitment.number
        right = message("expected.day_from_last_of", last=day, commitment=number)
        raise InvalidInput(name, on, right)
