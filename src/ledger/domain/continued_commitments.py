"""Commitments by their numbers, and those of earlier years that others go on with."""

from collections.abc import Mapping

from ledger.domain.budget import LONGEST_TEXT, Budget, opened_on
from ledger.domain.characters import check_filled, checked_text
from ledger.domain.commitment import Commitment, commitment_identity
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.errors import InvalidInput
from ledger.domain.refusals import UnknownCommitment
from ledger.messages import message


def checked_number(name: str, number: str) -> str:
    """Return the identity of a commitment's number."""
    check_filled(name, number, LONGEST_TEXT)
    identity = commitment_identity(checked_text(name, number))
    if not identity:
        raise InvalidInput(name, number, message("expected.visible_number"))
    return identity


def commitment_numbered(
    known: Mapping[str, Commitment], number: str, within: str
) -> Commitment:
    """
    Return the commitment that a number names.

    Raises:
        UnknownCommitment: None does; those most like it are named.
    """
    commitment = known.get(number.lower()) if type(number) is str else None
    if commitment is not None and commitment.number == number:
        return commitment  # It is written as it was entered, and fit as that was.
    commitment = known.get(checked_number("commitment", number))
    if commitment is None:
        numbers = [each.number for each in known.values()]
        none = not numbers or None
        raise UnknownCommitment(number, within=within, known=numbers, none=none)
    return commitment


def check_earlier(event: CommitmentEntered, year: int) -> None:
    """Check that what a commitment of a fiscal year goes on with is of one before."""
    earlier = event.continues
    if earlier is None:
        return
    checked_number("continues", earlier.commitment)
    if earlier.year >= year:
        right = message("expected.earlier_year", year=year)
        raise InvalidInput("continues", earlier.year, right)


def check_continued(event: CommitmentEntered, before: Budget) -> None:
    """
    Check that the ledger has what a commitment goes on with.

    Of a year in which the project has no budget here, any may be.

    Args:
        before: The money of that year.

    Raises:
        UnknownCommitment: That year has no commitment with this number.
    """
    if event.continues is not None and opened_on(before) is not None:
        within = f"{event.project} ({before.fiscal_year})"
        commitment_numbered(before.commitments, event.continues.commitment, within)
