"""Funding sources (资金来源): paths from a few roots, each with what is known of it."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.enum_rows import EnumOfRows
from ledger.domain.identity import plain_name
from ledger.messages import Message, message


@frozen(kw_only=True)
class FormField:
    """
    A field of approved forms that gives the amount of a source.

    Attributes:
        name: In the interchange form.

        label: On the published form.

        heads: Of a column that gives it in a flat table.
    """

    name: str
    label: str
    heads: str


@frozen(kw_only=True)
class SourceRow:
    """
    What is known of a root.

    Attributes:
        spellings: What else it is called, made plain.

        children: Sources below it that have words of their own, each by its name, with
            its spellings.

        holds_sources: Whether what stands below it is a source itself.

        official: Whether official forms have a row of its own; a layout names it.

        form: ``None`` where no form gives its amount in a field of its own.
    """

    spellings: tuple[str, ...] = ()
    children: Mapping[str, tuple[str, ...]] = {}
    holds_sources: bool = False
    official: bool = False
    form: FormField | None = None


class SourceRoot(EnumOfRows):
    """The first components that paths of funding sources have, in order of forms."""

    row: SourceRow

    FISCAL = (
        "fiscal",
        SourceRow(
            spellings=(
                *("财政", "财政资金", "其中:财政资金", "财政拨款", "当年财政拨款"),
                *("fiscal funds", "fiscal fund", "fiscal_funds"),
            ),
            children={
                "central": ("中央", "中央级", "中央资金", "中央财政", "中央财政资金"),
                "province": (
                    *("省", "省级", "省级资金", "省级财政", "省级财政资金"),
                    "provincial",
                ),
                "city": ("市", "市级", "市级资金", "市级财政", "市级财政资金"),
                "county": ("县", "县级", "县级资金", "县级财政", "县级财政资金"),
                "government_fund": (
                    *("政府性基金", "政府性基金预算", "政府性基金预算资金"),
                    "government fund",
                ),
                "state_capital": (
                    *("国有资本", "国有资本经营", "国有资本经营预算"),
                    *("国有资本经营预算资金", "state capital"),
                ),
            },
            official=True,
            form=FormField(
                name="fiscal_funds",
                label="其中：财政资金",
                heads="财政资金 其中：财政资金 其中财政资金 fiscalfunds fiscal",
            ),
        ),
    )
    CARRIED_OVER = (
        "carried_over",
        SourceRow(
            spellings=(
                *("上年结转", "上年结转资金", "上年结转结余", "结转资金"),
                *("carried over", "carried-over", "carry over", "carryover"),
            ),
            holds_sources=True,
            official=True,
        ),
    )
    SPECIAL_ACCOUNT = (
        "special_account",
        SourceRow(
            spellings=(
                *("财政专户", "财政专户资金", "财政专户管理资金", "专户资金"),
                *("special account", "special-account"),
            )
        ),
    )
    EXTERNAL = "external", SourceRow(spellings=("外部资金", "external funds"))
    OTHER = (
        "other",
        SourceRow(
            spellings=(
                *("其他", "其它", "其他资金", "其它资金"),
                *("other funds", "other_funds"),
            ),
            official=True,
            form=FormField(
                name="other_funds",
                label="其他资金",
                heads="其他资金 otherfunds other",
            ),
        ),
    )


FISCAL: Final = SourceRoot.FISCAL.value
"""Public money of the budget: 财政资金."""

ONLY_SOURCE: Final = ""
"""What stands for the only funding source of a budget, until a request is decided."""

_CARRIED_OVER: Final = SourceRoot.CARRIED_OVER.value

OTHER: Final = SourceRoot.OTHER.value
"""The row of the official forms for every source that has none of its own: 其他资金."""

FORM_FIELDS: Final = {
    root.value: root.row.form for root in SourceRoot if root.row.form is not None
}
"""Fields of forms by the source whose amount they give, in the order of forms."""

OFFICIAL_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    root.value: () if root.value == OTHER else (root.value,)
    for root in SourceRoot
    if root.row.official
}
"""Rows of the money in official forms, each with the sources that count in it."""

_ROOTS: Final = {root.value: root for root in SourceRoot}
_CHILDREN: Final = {
    root: {word: name for name, row in root.row.children.items() for word in row}
    for root in SourceRoot
}
_SPELLED: Final = {
    **{word: root.value for root in SourceRoot for word in root.row.spellings},
    **{
        word: f"{root}/{name}"
        for root, names in _CHILDREN.items()
        for word, name in names.items()
    },
}
"""Words for the first component of a path, or for its first two."""


@frozen
class FundingSource:
    """
    A funding source: a path such as ``fiscal/central``.

    Its first component is a root, or a name of the ledger's own; what stands below it
    is free. Events hold the path as text.

    >>> FundingSource.of("中央").parent
    FundingSource(path='fiscal')
    """

    path: str

    @classmethod
    def of(cls, text: str) -> "FundingSource":
        """
        Return the source that *text* stands for, in whatever spelling.

        Width, case and blanks do not count, and names in use are known in both
        languages; any other name stays, made plain.
        """
        parts = [part.strip() for part in " ".join(plain_name(text).split()).split("/")]
        given = [part for part in parts if part]
        if not given:
            return cls("")
        first, below = _SPELLED.get(given[0], given[0]), given[1:]
        root = _ROOTS.get(first)
        if root is not None and below:
            if root.row.holds_sources:
                below = [cls.of("/".join(below)).path]
            else:
                below = [_CHILDREN[root].get(part, part) for part in below]
        return cls("/".join([first, *below]))

    @property
    def parent(self) -> "FundingSource | None":
        """The source above it; ``None`` at the top."""
        above = self.path.rpartition("/")[0]
        return FundingSource(above) if above else None

    @property
    def root(self) -> SourceRoot | None:
        """Where the path begins; ``None`` where that is a name of the ledger's own."""
        parent = self.parent
        return _ROOTS.get(self.path) if parent is None else parent.root


@all_checked
@frozen(kw_only=True)
class Funding:
    """An amount, in minor units, from one funding source; blank, the only one."""

    source: str
    amount: int


@lru_cache(maxsize=1024)
def canonical_source(source: str) -> str:
    """
    Return the one name of a funding source, the path that events hold.

    >>> canonical_source("财政资金"), canonical_source(" Fiscal／中央 ")
    ('fiscal', 'fiscal/central')
    >>> canonical_source("上年结转/其他资金")
    'carried_over/other'
    """
    return FundingSource.of(source).path


def is_below(source: str, upper: str) -> bool:
    """
    Return whether a source stands below another, by components.

    >>> is_below("fiscal/central", "fiscal"), is_below("fiscally", "fiscal")
    (True, False)
    """
    return source.startswith(f"{upper}/")


def is_within(source: str, upper: str | None) -> bool:
    """
    Return whether a source is another or stands below it; ``None`` is all money.

    >>> is_within("fiscal", "fiscal"), is_within("fiscal", "fiscal/central")
    (True, False)
    """
    return upper is None or source == upper or is_below(source, upper)


def official_row(
    source: str, rows: Mapping[str, tuple[str, ...]] = OFFICIAL_ROWS
) -> str:
    """
    Return the row of a form's money that a source counts in.

    Args:
        rows: Each with the sources that count in it, and in no row of one below; the
            row without any takes the others.

    >>> official_row("fiscal/county"), official_row("external/world_bank")
    ('fiscal', 'other')
    >>> of_levels = {"central": ("fiscal/central",), "local": ("fiscal",), "rest": ()}
    >>> [official_row(each, of_levels) for each in ("fiscal/central", "fiscal", "x")]
    ['central', 'local', 'rest']
    """
    holder = {upper: row for row, uppers in rows.items() for upper in uppers}
    above = [upper for upper in holder if is_within(source, upper)]
    if above:
        return holder[max(above, key=len)]
    return next(row for row, uppers in rows.items() if not uppers)


def spent_as(source: str) -> str:
    """
    Return the source that carried-over money is from, and any other as it is.

    >>> spent_as("carried_over/fiscal/central"), spent_as("other")
    ('fiscal/central', 'other')
    """
    return source.partition("/")[2] if is_carried_over(source) else source


def misspelt_source(source: str, known: Collection[str]) -> str | None:
    """
    Return the source that *source* may be a slip of the pen for, if there is any.

    That is one of *known*, or one that has words of its own, of which one component is
    written with one letter more, fewer or other, or with two letters changed round.

    >>> misspelt_source("fiscal/conty", []), misspelt_source("fiscal/coast", [])
    ('fiscal/county', None)
    """
    if source in known or source in _NAMED:
        return None
    given = source.split("/")
    for other in sorted({*known, *_NAMED}):
        parts = other.split("/")
        if len(parts) == len(given):
            pairs = [(a, b) for a, b in zip(given, parts, strict=True) if a != b]
            if len(pairs) == 1 and _within_an_edit(*pairs[0]):
                return other
    return None


def _within_an_edit(one: str, other: str) -> bool:
    """Return whether two words differ in one letter, or in two that are swapped."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or a[:2][::-1] + a[2:] == b


def is_carried_over(source: str) -> bool:
    """
    Return whether a source is money of the year before.

    >>> is_carried_over("carried_over/fiscal"), is_carried_over("fiscal")
    (True, False)
    """
    return source == _CARRIED_OVER or source.startswith(f"{_CARRIED_OVER}/")


def carried_source(source: str) -> str:
    """
    Return what money of a source is called in the year after; it is never nested.

    >>> carried_source("fiscal/city"), carried_source("carried_over/fiscal")
    ('carried_over/fiscal/city', 'carried_over/fiscal')
    """
    return source if is_carried_over(source) else f"{_CARRIED_OVER}/{source}"


def nearest_source(source: str, known: Iterable[str]) -> str | None:
    """
    Return that of *known* which has a spelling like *source*, if there is any.

    >>> nearest_source("fiscla", ["other", "fiscal"])
    'fiscal'
    >>> nearest_source("财政资全", ["other", "fiscal"])
    'fiscal'
    """
    paths = sorted(known)
    words = {word: path for word, path in _SPELLED.items() if path in paths}
    words.update({path: path for path in paths})
    close = get_close_matches(source, words, n=1)
    return words[close[0]] if close else None


_NAMED: Final = frozenset(map(str, SourceRoot)) | {
    f"{root}/{name}" for root in SourceRoot for name in root.row.children
}


def named_source(source: str) -> Message | str:
    """
    Return the words for a funding source; one of the ledger's own is its name.

    >>> str(named_source("carried_over/fiscal")), named_source("彩票公益金")
    ('carried over/fiscal', '彩票公益金')
    """
    first, _, below = source.partition("/")
    root = _ROOTS.get(first)
    if root is None:
        return source
    if source in _NAMED:
        return Message(f"source.{source}")
    name: Message | str = below
    if root.row.holds_sources:
        name = named_source(below)
    elif (child := below.partition("/")[0]) and f"{first}/{child}" in _NAMED:
        first, name = f"{first}/{child}", below.partition("/")[2]
    above = Message(f"source.{first}")
    return message("found.source_below", above=above, name=name)
