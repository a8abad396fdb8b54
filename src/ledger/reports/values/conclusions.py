"""What forms take of a person's conclusion."""

from collections.abc import Iterator
from typing import Final

from ledger.domain.finding import Finding, finding
from ledger.domain.statement_events import ConclusionStated
from ledger.messages import message, named

_LONGEST: Final = 200
"""Characters that forms take of a conclusion, its problems or its measures."""


def too_long(conclusion: ConclusionStated | None, code: str) -> Iterator[Finding]:
    """Yield a note where a text of a conclusion is longer than forms take."""
    for name in ("conclusion", "problems", "measures"):
        count = len(getattr(conclusion, name, None) or "")
        if count > _LONGEST:
            yield finding(
                "conclusion.too_long",
                place=code,
                expected=message("expected.text_of_form", most=_LONGEST),
                field=named(name),
                count=count,
                most=_LONGEST,
            )
