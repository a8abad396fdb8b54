"""What a user does: a ledger, with one method for each thing."""

from ledger.app.files import Recorded, Review
from ledger.app.ledger import Ledger

__all__ = ["Ledger", "Recorded", "Review"]
