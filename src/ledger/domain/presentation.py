"""How a ledger speaks to people: in which language, and counting money in what."""

from ledger.domain.choices import by_word_only
from ledger.domain.scale import Scale
from ledger.messages import Language

__all__ = ["Language", "Scale"]

# Where they are defined there are no errors yet: those have texts in languages.
by_word_only(Language)
by_word_only(Scale)
