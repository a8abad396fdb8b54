"""What the rules allow of a disbursement that the budget does not cover."""

from ledger.domain.budget import LONGEST_TEXT
from ledger.domain.characters import check_filled
from ledger.domain.errors import InvalidInput
from ledger.domain.events import Disbursed
from ledger.domain.exception_refusals import ExceptionNotAllowed
from ledger.domain.settings import Settings
from ledger.messages import message


def check_exception(event: Disbursed, settings: Settings) -> None:
    """
    Check that a disbursement may exceed the budget as an exception.

    It is whole, and no payment on a commitment: that takes what is open of it, and
    nothing that is available.

    Raises:
        InvalidInput: It is not whole, or on a commitment.
        ExceptionNotAllowed: The settings of the ledger allow none.
    """
    assert event.exception is not None
    check_filled("allowed_by", event.exception.allowed_by, LONGEST_TEXT)
    check_filled("reason", event.exception.reason, LONGEST_TEXT)
    if event.commitment is not None:
        right = message("expected.no_exception_of_commitment")
        raise InvalidInput("exception", event.commitment, right)
    if not settings.allow_exceptions:
        raise ExceptionNotAllowed(event.project, event.voucher)
