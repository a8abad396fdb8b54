"""The words of reports, in the language that was asked for."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from ledger.domain.choices import one_of
from ledger.domain.columns import pieces_with
from ledger.domain.finding import Finding
from ledger.domain.funding import Funding, named_source
from ledger.domain.money import YUAN
from ledger.domain.plan import SpendingPlan
from ledger.domain.scale import Scale
from ledger.domain.settings import Settings
from ledger.messages import Language, Message, head_words, message, said, section


def language_of(asked: Language | str | None, settings: Settings) -> Language:
    """
    Return the language that was asked for, else the ledger's.

    Raises:
        InvalidInput: There is no such language.
    """
    return language_or(asked, settings.language)


def language_or(asked: Language | str | None, usual: Language) -> Language:
    """
    Return the language that was asked for, else the *usual* one.

    Raises:
        InvalidInput: There is no such language.
    """
    return usual if asked is None else one_of(Language, "language", asked)


def words(language: Language) -> Mapping[str, str]:
    """
    Return all words of one language.

    >>> words(Language.CHINESE)["execution_rate"]
    '执行率'
    """
    return section("word", language)


@cache
def head_pieces() -> re.Pattern[str]:
    """Return what heads of columns are split into: a word, and what stands with it."""
    return pieces_with(head_words())


def level(name: str, language: Language) -> str:
    """
    Return a level of indicators in words; what no form prescribes is its own name.

    >>> level("产出指标", Language.ENGLISH), level("其他产出", Language.ENGLISH)
    ('Output', '其他产出')
    """
    code = _levels().get(name)
    return name if code is None else section("template", language)[code]


@cache
def _levels() -> Mapping[str, str]:
    """Return the codes of the levels that templates offer, by their words."""
    return {
        text: code
        for language in Language
        for code, text in section("template", language).items()
        if code.startswith(("level1.", "level2."))
    }


def grade(name: str, language: Language) -> str:
    """Return the word for a grade; one of a rule of the user's own is its name."""
    return words(language).get(f"grade.{name}", name)


def source_name(source: str, language: Language) -> str:
    """Return the words for a funding source; one of the ledger's own is its name."""
    return said(named_source(source), language)


def amounts_by_source(amounts: Iterable[Funding], settings: Settings) -> Message:
    """Return amounts with their sources as a sum."""
    parts = [
        message(
            "found.amount_from",
            amount=settings.money(part.amount),
            source=named_source(part.source),
        )
        for part in amounts
    ]
    return message("found.sum", parts=parts)


def checkpoints_in_words(plan: SpendingPlan, settings: Settings) -> Message:
    """Return the checkpoints of a plan: day and amount of each."""
    parts = [
        message(
            "found.checkpoint",
            on=checkpoint.on,
            amount=settings.money(checkpoint.amount),
        )
        for checkpoint in plan.checkpoints
    ]
    return message("found.checkpoints", parts=parts)


def finding_text(found: Finding, language: Language) -> str:
    """Return where a finding stands and what it says."""
    where = found.placed(language)
    return message("line.placed", place=where, what=found.content).said(language)


def projects_counted(count: int, say: Mapping[str, str]) -> str:
    """Return how many projects there are."""
    return say["one_project" if count == 1 else "many_projects"].format(count=count)


def as_known(known_at: str, say: Mapping[str, str]) -> str:
    """
    Return what a report says of the cut of recorded facts that was asked for.

    >>> as_known("2023-07-10T04:00:00.000000Z", words(Language.ENGLISH))
    'as known at 2023-07-10 04:00:00 (UTC)'
    >>> as_known("250", words(Language.ENGLISH))
    'as known at position 250'
    """
    if known_at.isdecimal():
        return say["as_known_to"].format(position=known_at)
    at = known_at.replace("T", " ").removesuffix("Z").removesuffix(".000000")
    return say["as_known_at"].format(at=at)


def money_unit(settings: Settings, say: Mapping[str, str]) -> str:
    """
    Return what the reports of a ledger count money in, in the words of a language.

    >>> money_unit(Settings(), words(Language.CHINESE))
    '万元'
    >>> money_unit(Settings(), words(Language.ENGLISH))
    '10,000 CNY'
    """
    main = main_unit(settings, say)
    return main if settings.scale is Scale.ONE else say["wan_of"].format(unit=main)


def main_unit(settings: Settings, say: Mapping[str, str]) -> str:
    """Return the main unit of a ledger's currency, which CSV and JSON count in."""
    code = settings.currency.code
    return say["yuan"] if code == YUAN else code
