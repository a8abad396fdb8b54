"""What an import is under its key: its digest, and what another one differs in."""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetApproved
from ledger.store.request_digest import together


def digest_of_import(day: date | None, contents: Iterable[str], *, revise: bool) -> str:
    """Return the digest of an import: how, from which day, and the digests of forms."""
    terms = str(day) if revise else None, revise
    return together("import", *terms, *contents)


def differing_in_import(
    contents: Sequence[str],
    facts: Sequence[RecordedEvent],
    digest: str | None,
    *,
    revise: bool,
) -> str:
    """Name what an import differs in from the one that recorded some facts."""
    events = [each.event for each in facts]
    if not any(
        isinstance(each, BudgetApproved) or getattr(each, "form", None)
        for each in events
    ):
        return "type"
    days = (None, *dict.fromkeys(each.on for each in events))
    for name, how in (("on", revise), ("revise", not revise)):
        if any(digest_of_import(day, contents, revise=how) == digest for day in days):
            return name
    return "forms"
