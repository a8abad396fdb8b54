"""Money that left although the budget forbids it: who allowed that, and why."""

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput
from ledger.messages import message


@all_checked
@frozen(kw_only=True)
class SpendingException:
    """
    The permission of a disbursement that the budget does not cover.

    Attributes:
        allowed_by: Who allowed it: a person, an office or a decision.
    """

    allowed_by: str
    reason: str

    @classmethod
    def stated(
        cls, allowed_by: str | None, reason: str | None
    ) -> "SpendingException | None":
        """
        Return the exception that two texts say; ``None`` where neither is given.

        Raises:
            InvalidInput: One is given without the other.
        """
        if allowed_by is None and reason is None:
            return None
        for name, text in (("allowed_by", allowed_by), ("reason", reason)):
            if text is None:
                raise InvalidInput(name, None, message("expected.whole_exception"))
        return cls(allowed_by=allowed_by or "", reason=reason or "")

    def __str__(self) -> str:
        return f"{self.allowed_by}: {self.reason}"
