"""What a user does: a ledger, with one method for each thing."""

from ledger.app.facts import Facts
from ledger.app.files import Files, Recorded, Review
from ledger.app.proofs import Proofs
from ledger.app.reading import Reading

__all__ = ["Ledger", "Recorded", "Review"]


class Ledger(Facts, Files, Reading, Proofs):
    """
    A department's ledger: record facts, look at any date, report.

    Amounts are taken as ``Decimal``, ``int`` or text in the main unit of the currency
    (yuan); a float is refused. Every method that records returns the event with its
    envelope, and takes

    - *key*: the caller's own id of the fact; the same key again with equal content
      returns the event already there;
    - *expected_version*: the version of the stream that the caller has read.
    """

    __slots__ = ()
