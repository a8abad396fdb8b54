"""
What comes in: forms of approval and bulk files of events.

Public here is what a ledger returns that reads a file or a target, and a file to try.
"""

from typing import TYPE_CHECKING, Final

from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger.domain.target_parser import ParsedTarget as ParsedTarget
    from ledger.intake.forms import Forms as Forms
    from ledger.intake.outcomes import Recorded as Recorded
    from ledger.intake.sample import SAMPLE as SAMPLE

MODULES: Final = {
    "Forms": "ledger.intake.forms",
    "ParsedTarget": "ledger.domain.target_parser",
    "Recorded": "ledger.intake.outcomes",
    "SAMPLE": "ledger.intake.sample",
}
"""The module of each public name: it loads when the name is asked for."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES)
