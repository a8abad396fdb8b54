"""What the rules forbid of money above the budget; the tree is that of the errors."""

from ledger.domain.refusals import Refused
from ledger.messages import Message


class ExceptionNotAllowed(Refused):
    """A disbursement as an exception, in a ledger whose settings allow none."""

    code = "error.exception_not_allowed"

    def __init__(self, project: str, voucher: str) -> None:
        self.voucher = voucher
        super().__init__(project=project, voucher=voucher)


class SourceOverspent(Refused):
    """
    A closing of a project-year of which a source is overspent.

    Attributes:
        source: The funding source.

        amount: By how much, in minor units.
    """

    code = "error.source_overspent"

    def __init__(self, message: Message | str, *, source: str, amount: int) -> None:
        self.source, self.amount = source, amount
        super().__init__(message)
