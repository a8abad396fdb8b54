"""Spellings of one name: vouchers and funding sources as people write them."""

import unicodedata
from random import Random
from typing import Any

import attrs

from ledger import Funding

DASHES = "‐‑‒–—―−－﹣"
INVISIBLE = "\u200b\u200c\u200d\ufeff\u00ad"
BRACKETS = ["〔〕", "【】", "〖〗"]
ALIASES = {
    "财政资金": "fiscal",
    "其他资金": "other",
    "上年结转": "carried_over",
    "中央": "fiscal/central",
}
BY_SOURCE = {
    "fiscal": ["Fiscal", " ＦＩＳＣＡＬ ", "财政资金", "FISCAL"],
    "other": ["其他资金", "Other "],
    "fiscal/central": ["中央", "Fiscal/Central"],
    "carried_over": ["上年结转", "CARRIED_OVER"],
}


class Exact(str):
    """A source without what stands below it, as a project has it alone."""

    __slots__ = ()


def within(own: str, source: str | None) -> bool:
    """Return whether *own* is a source or stands below it; ``None`` is all money."""
    if isinstance(source, Exact):
        return own == source
    return source is None or own == source or own.startswith(f"{source}/")


def same(text: str) -> str:
    """Return what two spellings of one number have in common."""
    text = unicodedata.normalize("NFKC", text)
    for sign in DASHES:
        text = text.replace(sign, "-")
    for sign in INVISIBLE:
        text = text.replace(sign, "")
    for opens, closes in BRACKETS:
        text = text.replace(opens, "[").replace(closes, "]")
    return " ".join(text.split()).casefold()


def alike(text: str) -> str:
    """Return what two spellings of an indicator's name have in common."""
    return "".join(same(text).split())


def source(text: str) -> str:
    """Return the one spelling of a source."""
    plain = same(text)
    return ALIASES.get(plain, plain)


def canonical(event: Any) -> Any:
    """Return an event with its sources in their one spelling."""
    if getattr(event, "source", None) is not None:
        return attrs.evolve(event, source=source(event.source))
    changed = {
        name: tuple(
            Funding(source=source(a.source), amount=a.amount)
            for a in getattr(event, name)
        )
        for name in ("amounts", "carried_over", "lapsed")
        if hasattr(event, name)
    }
    return attrs.evolve(event, **changed) if changed else event


VOUCHERS = ("voucher", "of", "commitment", "disbursement", "takes_back")


def compared(event: Any) -> Any:
    """Return what a request with a key asks by an event: numbers of papers alike."""
    event = canonical(event)
    return attrs.evolve(
        event,
        **{
            name: same(number)
            for name in VOUCHERS
            if isinstance(number := getattr(event, name, None), str)
        },
    )


def other_source(rng: Random, name: str) -> str:
    """Spell a source in another way."""
    return rng.choice(BY_SOURCE.get(name, [name]))


def other_name(rng: Random, name: str) -> str:
    """Spell the name of an indicator in another way."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    return rng.choice([wide, f" {name}", f"{name[:1]} {name[1:]}", name.upper()])


def other_voucher(rng: Random, voucher: str) -> str:
    """Spell a voucher number in another way."""
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in voucher)
    return rng.choice(
        [wide, voucher.lower(), f" {voucher}  ", voucher.replace("-", "－")]
    )
