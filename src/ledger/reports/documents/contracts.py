"""The register of contracts as users hold it."""

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_registers import ContractRegisterJson
from ledger.reports.documents.register import Register
from ledger.reports.values.contracts import ContractRegisterValues


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ContractRegister(Register, ContractRegisterValues):
    """
    The commitments of a fiscal year: payee, amount, paid, open, due, days overdue.

    Its figures are those of :class:`ContractRegisterValues`.
    """

    def to_dict(self) -> ContractRegisterJson:
        """Return the register as JSON values; keys may be added, never renamed."""
        found: ContractRegisterJson = super().to_dict()
        return found
