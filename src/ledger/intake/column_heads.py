"""The heads of columns in templates: words of each language, and the fields meant."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from ledger.messages import Language, Message, message, section

FORM: Final = "form"
"""Of the heads of forms of approval, by fields of the interchange form."""

EVENT: Final = "event"
"""Of the heads of results and disbursements, by columns of bulk files."""

_LONGEST: Final = 200
_BULK: Final = {"reached_on": "date"}
"""Columns that bulk files call otherwise."""


def plain(label: str) -> str:
    """
    Return a label as labels are compared: its forms made even, a unit left out.

    >>> plain(" 预算数（万元）"), plain("Project_Code")
    ('预算数', 'projectcode')
    """
    text = unicodedata.normalize("NFKC", label[:_LONGEST]).lower()
    return re.sub(r"[\s_:-]", "", re.sub(r"\(.*\)\s*$", "", text))


def unit_in_head(label: str) -> str | None:
    """
    Return what stands in brackets at the end of a head; ``None`` without any.

    >>> unit_in_head("Budget (10,000 CNY)"), unit_in_head("金额（元）")
    ('10,000 CNY', '元')
    """
    text = unicodedata.normalize("NFKC", label[-_LONGEST:]).strip()
    bracket = re.search(r"\(([^()]*)\)$", text)
    return bracket[1].strip() if bracket else None


def month_name(month: int) -> Message:
    """Return the name of a month of the calendar."""
    return message(f"month.{month}")


@cache
def fields_by_head(kind: str) -> Mapping[str, str]:
    """Return the fields of a kind by their plain heads, in every language."""
    start = f"{kind}."
    return {
        plain(text.partition("[[")[0]): name.removeprefix(start)
        for language in Language
        for name, text in section("head", language).items()
        if name.startswith(start)
    }


def head_of_form(field: str) -> Message | None:
    """
    Return how templates head a field of a form, without a unit; ``None`` for no head.

    >>> str(head_of_form("budget")), head_of_form("seq")
    ('Budget', None)
    """
    if field not in fields_by_head(FORM).values() or field == "plan":
        return None  # A plan has a head for each month.
    return message(f"head.{FORM}.{field}")


@cache
def months_by_head() -> Mapping[str, int]:
    """Return the months by the plain heads of their columns of a spending plan."""
    return {
        plain(_plan(month).said(language)): month
        for language in Language
        for month in range(1, 13)
    }


def _plan(month: int) -> Message:
    return message("head.form.plan", month=month_name(month))


def bulk_column(head: str) -> str:
    """
    Return the column of bulk files that a head names, in a word or as it is.

    >>> [bulk_column(head) for head in ("项目编码", "Amount (USD)", "reached_on", "x")]
    ['project', 'amount', 'date', 'x']
    """
    return bulk_name(fields_by_head(EVENT).get(plain(head), head.strip()))


def bulk_name(field: str) -> str:
    """Return what bulk files call a field."""
    return _BULK.get(field, field)


def is_of_event(head: str) -> bool:
    """Return whether a head is one of templates of events, in any language."""
    return plain(head) in fields_by_head(EVENT)


def head_of_event(field: str) -> Message:
    """Return how templates of events head a field, without a unit."""
    return message(f"head.{EVENT}.{field}")


def heads_by_column(heads: Iterable[str]) -> dict[str, str]:
    """
    Return what a table calls its columns where it does not have their keys.

    >>> heads_by_column(["项目编码", "金额（元）", "on"])
    {'project': '项目编码', 'amount': '金额'}
    """
    even = (unicodedata.normalize("NFKC", head[:_LONGEST]) for head in heads)
    bare = (re.sub(r"\s*\(.*$", "", " ".join(head.split())) for head in even)
    return {bulk_column(head): head for head in bare if bulk_column(head) != head}


def are_of_events(heads: Iterable[str]) -> bool:
    """
    Return whether heads are those of events: of a bulk file, or of a month's template.

    >>> are_of_events(["项目编码", "指标", "日期"]), are_of_events(["项目编码", "指标"])
    (True, False)
    """
    return {"project", "on"} <= {fields_by_head(EVENT).get(plain(h), h) for h in heads}


@cache
def _types() -> Mapping[str, str]:
    return {
        plain(text): name
        for language in Language
        for name, text in section("event", language).items()
    }


def event_type(word: str) -> str:
    """
    Return the type of event that a word of any language means; else the word itself.

    >>> event_type("支出"), event_type("result"), event_type("Disbursed")
    ('Disbursed', 'ResultReported', 'Disbursed')
    """
    return _types().get(plain(word), word.strip())
