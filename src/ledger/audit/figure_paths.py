"""Places of figures in a report in JSON, in the words of readers and back."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from ledger.domain.choices import nearest_word
from ledger.domain.funding import canonical_source, named_source
from ledger.figures import registry
from ledger.figures.figure import Figure
from ledger.messages import Language, Message, message, named

_EXPLANATION: Final = "explanation"
_OWNERS: Final = (
    "projects",
    "units",
    "indicators",
    "by_source",
    "months",
    "goals",
    "rectifications",
)
"""Keys of a report whose next name says whose figure follows."""

_WITHIN: Final = ("indicators.", "by_source.")
"""What has figures of its own within its owner: no more is put between the two."""

_NEXT: Final = re.compile(rf"\.(?={'|'.join(_OWNERS[2:])})")
_TOTALS: Final = "totals"
GOALS: Final = "goals"
ORDERS: Final = "rectifications"
CONCLUDED: Final = ("conclusion", "problems", "measures")
"""What a self-evaluation concludes, by the fields of the statement."""

STATED_OF_MONEY: Final = ("stated",)
STATED_OF_INDICATORS: Final = ("outlook", "likelihood")
"""Figures of the official forms that people state."""

ORDER_STATES: Final = ("open", "overdue", "to_come", "closed")
"""Whether what an order asks for is put right."""

_TERMS: Final = frozenset({"policy", "scoring"})
"""Keys of a report whose fields are no figures: by them figures are judged."""
_WORDS: Final = {
    _TOTALS: "word.total",
    "indicators": "field.indicators",
    "by_source": "field.source",
    "months": "field.month",
}
"""Keys that stand before the name of a figure where `explain` is asked for it."""


def figure_at(path: str) -> Message:
    """
    Return a figure's place in a report in JSON, as readers name it.

    English has the place itself, which `explain` is asked with.

    >>> figure_at("projects.P-1.indicators.培训.attainment").said(Language.CHINESE)
    '项目 P-1 指标“培训”的完成率'
    >>> figure_at("projects.P-1.months.2023-06.disbursed").said(Language.CHINESE)
    '项目 P-1 的 2023-06 已支出'
    >>> print(figure_at("projects.P-1.disbursed"))
    projects.P-1.disbursed
    """
    before, _, key = path.rpartition(".")
    if before.rpartition(".")[2] == _EXPLANATION:
        before, key = before.rpartition(".")[0], f"{_EXPLANATION}.{key}"
    figure = _of_owners(before, Message(f"figure.{key}"))
    if before in _TERMS:
        figure = message("line.figure_of", owner=named(before), figure=named(key))
    return message("line.figure_at", figure=figure, path=path)


def _of_owners(before: str, figure: Message) -> Message:
    """Return a figure with whose it is, each owner within the one before it."""
    if not before:
        return figure
    kind, _, rest = before.partition(".")
    if kind not in _OWNERS:
        owner = (
            message(f"line.of_{_TOTALS}")
            if kind == _TOTALS
            else message("line.of_other", name=kind)
        )
    else:
        name, *others = _NEXT.split(rest, maxsplit=1)
        rest = others[0] if others else ""
        if kind == "months":
            within = _of_owners(rest, figure)
            return message("line.figure_in_month", month=name, figure=within)
        of = named_source(name) if kind == "by_source" else name
        owner = message(f"line.of_{kind}", name=of)
    code = "figure_within" if rest.startswith(_WITHIN) else "figure_of"
    return message(f"line.{code}", owner=owner, figure=_of_owners(rest, figure))


def figure_named(text: str) -> str:
    """
    Return a figure's place from what a reader calls it; what is no word stays.

    >>> figure_named("执行率"), figure_named("指标.培训.完成率")
    ('execution_rate', 'indicators.培训.attainment')
    >>> figure_named("资金来源.财政资金.已支出"), figure_named("status")
    ('by_source.fiscal.disbursed', 'status')
    """
    first, dot, rest = text.partition(".")
    kind = _kinds().get(first, first)
    if kind == _TOTALS and dot:
        return f"{kind}.{figure_named(rest)}"
    name, _, key = rest.rpartition(".")
    if kind == "indicators":
        own = _words(registry.indicators(), STATED_OF_INDICATORS).get(key, key)
        return f"{kind}.{name}.{own}" if name else f"{kind}.{own}"
    if kind == "by_source":
        own = _words(registry.MONEY, STATED_OF_MONEY).get(key, key)
        return f"{kind}.{canonical_source(name)}.{own}"
    if kind == "months":
        return f"{kind}.{name}.{_words(registry.months()).get(key, key)}"
    return _words(registry.MONEY, (*STATED_OF_MONEY, *CONCLUDED)).get(text, text)


def is_stated_of_money(figure: str) -> bool:
    """Return whether a figure of money, or of a source of it, is what people state."""
    owner, _, key = figure.rpartition(".")
    of_source = owner.startswith("by_source.")
    return key in STATED_OF_MONEY and (of_source or not owner)


def source_named(figure: str) -> str | None:
    """Return the source that a figure is of; ``None`` where it is of all money."""
    owner = figure.rpartition(".")[0]
    return owner.removeprefix("by_source.") or None


def asked_as(path: str) -> Message:
    """
    Return how a figure is asked for: by its place in English, else in words.

    >>> asked_as("totals.by_source.fiscal.disbursed").said(Language.CHINESE)
    '合计.资金来源.财政资金.已支出'
    """
    return message("line.asked_as", path=path, words=_asked(path))


def nearest_figure(figure: str, known: Iterable[str]) -> Message | None:
    """
    Return the figure of those *known* whose key or word is nearest, if one is near.

    >>> print(nearest_figure("执行律", ["disbursed", "execution_rate"]))
    execution_rate
    """
    asked = {
        asked_as(key).said(language): asked_as(key)
        for key in known
        for language in Language
    }
    near = nearest_word(figure, asked)
    return None if near is None else asked[near]


def _asked(path: str) -> Message:
    first, _, rest = path.partition(".")
    if first == _TOTALS:
        return message(
            "line.asked_below", above=message(_WORDS[first]), figure=_asked(rest)
        )
    name, _, key = rest.rpartition(".")
    figure = Message(f"figure.{key or path}")
    if not name:
        return figure
    of = named_source(name) if first == "by_source" else name
    own = message("line.asked_below", above=of, figure=figure)
    return message("line.asked_below", above=message(_WORDS[first]), figure=own)


def subject_named(text: str) -> str:
    """
    Return whose figures are meant, the totals by their word as well.

    >>> subject_named("合计"), subject_named("P-1")
    ('totals', 'P-1')
    """
    return _TOTALS if text in _said("word.total") else text


def _said(code: str) -> set[str]:
    return {message(code).said(language) for language in Language}


@cache
def _kinds() -> Mapping[str, str]:
    """Return the keys before figures by the words for them."""
    known = {word: key for key, code in _WORDS.items() for word in _said(code)}
    return {**known, **{key: key for key in _WORDS}}


@cache
def _words(rows: tuple[Figure, ...], more: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return the keys of figures by their words; the keys themselves go before all."""
    keys = [*(row.key for row in rows), *more]
    known = {
        Message(f"figure.{key}").said(language): key
        for language in Language
        for key in keys
    }
    return {**known, **{key: key for key in keys}}
