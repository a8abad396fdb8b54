"""What a name of an option or a command that does not exist may have meant."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final

_NEAR: Final = 0.75
"""How much of a name must be that of another, of 1: of ``thruogh`` that of through."""

SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "add": ("record",),
    "amount": ("source",),
    "as-of": ("through", "known-at"),
    "audit": ("verify",),
    "by": ("through", "actor"),
    "cancel": ("reverse", "withdraw"),
    "category": ("type",),
    "comment": ("note", "reason", "description"),
    "contract": ("commitment", "commit"),
    "create": ("init",),
    "date": ("on", "through", "month", "until"),
    "day": ("on", "through", "month", "until"),
    "delete": ("reverse", "withdraw"),
    "department": ("unit",),
    "due": ("due-on",),
    "end": ("through", "until"),
    "file": ("out", "document"),
    "fund": ("source",),
    "history": ("events",),
    "invoice": ("voucher",),
    "language": ("lang",),
    "list": ("projects", "show"),
    "load": ("import", "record"),
    "memo": ("note", "reason", "description"),
    "month": ("through", "on", "year"),
    "new": ("init",),
    "note": ("reason", "description"),
    "number": ("voucher", "of"),
    "output": ("out",),
    "overwrite": ("force",),
    "pay": ("disburse",),
    "payment": ("disburse", "voucher"),
    "print": ("report", "show"),
    "reason": ("why", "description"),
    "spend": ("disburse",),
    "start": ("after", "first-day"),
    "supplier": ("payee",),
    "supplement": ("adjust",),
    "to": ("through", "until", "to-project"),
    "undo": ("reverse",),
    "until": ("through",),
    "user": ("actor",),
    "validate": ("check", "verify"),
    "vendor": ("payee",),
    "virement": ("transfer",),
    "when": ("on", "through"),
    "who": ("actor",),
    "why": ("reason",),
}
"""Other words for what options and commands are called, the likeliest first."""


def meant(name: str, known: Collection[str]) -> list[str]:
    """
    Return the names that *name* may stand for: begun, misspelt, or in another word.

    >>> meant("--month", ["--out", "--through", "--year"])
    ['--through']
    >>> meant("reprot", ["export", "report"]), meant("--day", ["--key"])
    (['report'], [])
    """
    bare = {word.lstrip("-"): word for word in known}
    word = name.lstrip("-").casefold()
    near = [other for other in bare if other.startswith(word)][:3]
    near = near or get_close_matches(word, bare, 1, _NEAR)
    near = near or [other for other in SAME.get(word, ()) if other in bare][:1]
    return [bare[other] for other in near]
