"""
What two spellings of one name have in common: of vouchers, and of funding sources.

People and systems write one number in full width, with a long dash or with a blank too
many. What is compared is made plain here, at one place for every door.
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from ledger.domain.money import CARRIED_OVER, FISCAL, OTHER

_DASHES: Final = frozenset("−⁃˗➖")
"""Those that Unicode does not call dashes (its category Pd) but people do."""


def _words(table: dict[str, str]) -> dict[str, str]:
    """Return word → name of a table of words by name."""
    return {
        word.strip(): name for name, row in table.items() for word in row.split(",")
    }


_LEVELS: Final = _words(
    {
        "central": "中央, 中央级, 中央资金, 中央财政, 中央财政资金",
        "province": "省, 省级, 省级资金, 省级财政, 省级财政资金, provincial",
        "city": "市, 市级, 市级资金, 市级财政, 市级财政资金",
        "county": "县, 县级, 县级资金, 县级财政, 县级财政资金",
        "government_fund": "政府性基金, government fund",
        "state_capital": "国有资本, 国有资本经营, state capital",
    }
)
"""Words for what stands below :data:`~ledger.domain.money.FISCAL`."""

_FIRST: Final = _words(
    {
        FISCAL: "财政, 财政资金, 其中:财政资金, 财政拨款, 当年财政拨款, fiscal funds, "
        "fiscal fund, fiscal_funds",
        OTHER: "其他, 其它, 其他资金, 其它资金, other funds, other_funds",
        CARRIED_OVER: "上年结转, 上年结转资金, 上年结转结余, 结转资金, carried over, "
        "carried-over, carry over, carryover",
        "special_account": "财政专户, 财政专户资金, 财政专户管理资金, 专户资金, "
        "special account, special-account",
        "external": "外部资金, external funds",
    }
) | {word: f"{FISCAL}/{level}" for word, level in _LEVELS.items()}
"""Words for the first component of a path, or for its first two."""

KNOWN: Final = (FISCAL, "special_account", "external", OTHER, CARRIED_OVER)
"""What the first component of a source is where it is one of the official ones."""


def voucher_identity(voucher: str) -> str:
    """
    Return what all spellings of one voucher number have in common.

    Width, case, dashes, blanks at the ends, blanks in a row and what is invisible do
    not count.

    >>> voucher_identity(" Ｊ－２０２３—0311 ")
    'j-2023-0311'
    """
    plain = voucher.lower() if voucher.isascii() else _plain(voucher)
    return " ".join(plain.split()) if " " in plain else plain


@lru_cache(maxsize=1024)
def canonical_source(source: str) -> str:
    """
    Return the one name of a funding source, a path such as ``fiscal/central``.

    Width, case and blanks do not count, and names in use are known in both languages;
    any other name stays, made plain.

    >>> canonical_source("财政资金"), canonical_source(" Fiscal／中央 ")
    ('fiscal', 'fiscal/central')
    >>> canonical_source("上年结转/其他资金")
    'carried_over/other'
    """
    plain = " ".join(_plain(source).split())
    parts = [part.strip() for part in plain.split("/") if part.strip()]
    if not parts:
        return ""
    first = _FIRST.get(parts[0], parts[0])
    if first == CARRIED_OVER and len(parts) > 1:
        rest = canonical_source("/".join(parts[1:]))
        return f"{CARRIED_OVER}/{rest}"
    below = parts[1:]
    if first == FISCAL:
        below = [_LEVELS.get(part, part) for part in below]
    return "/".join([first, *below])


def nearest_source(source: str, known: Iterable[str]) -> str | None:
    """
    Return that of *known* which is spelled most like *source*, if there is any.

    >>> nearest_source("fiscla", ["other", "fiscal"])
    'fiscal'
    """
    close = get_close_matches(source, sorted(known), n=1, cutoff=0.0)
    return close[0] if close else None


def _plain(text: str) -> str:
    """Return *text* in half width and lower case, every dash a hyphen."""
    seen = unicodedata.normalize("NFKC", text)
    shown = "".join(
        "-" if c in _DASHES or unicodedata.category(c) == "Pd" else c
        for c in seen
        if unicodedata.category(c) != "Cf"
    )
    return unicodedata.normalize("NFKC", shown.casefold())
