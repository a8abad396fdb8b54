"""Words that a command line takes in place of a few values, in either language."""

from collections.abc import Collection
from enum import Enum
from typing import Any

import click
from click.shell_completion import CompletionItem

from ledger.cli.reader import in_words, spoken
from ledger.domain.choices import by_word, member_named, nearest, nearest_word, word_of
from ledger.domain.money import YUAN
from ledger.messages import Language, message, quoted


class Choice(click.Choice[str]):
    """
    One of a few keys; the refusal of another lists them, and names the nearest.

    Args:
        words: The section of the tables with a word for each, if there is one: Chinese
            shows the words, and a word of either language is taken for the key.
    """

    def __init__(self, keys: Collection[str], words: str | None = None) -> None:
        super().__init__([*keys])
        self.words = words

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Take *value* as a key, or as a word."""
        known = {
            message(f"{self.words}.{key}").said(one): key
            for one in Language
            for key in self.choices
            if self.words is not None
        }
        return super().convert(known.get(value, value), param, ctx)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what was found instead, and the choices."""
        del ctx
        known = [quoted(choice) for choice in self.shown()]
        meant = self.meant(str(value))
        nearest = None if meant is None else self.word(meant)
        return spoken("usage.choice", value=str(value), known=known, nearest=nearest)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return all choices, as usage and help show them."""
        del ctx
        listed = "|".join(self.shown())
        is_argument = param.param_type_name == "argument"
        return f"{{{listed}}}" if param.required and is_argument else f"[{listed}]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return the choices that begin so; the keys too, where one was begun."""
        del ctx, param
        known = self.shown() if not incomplete else [*self.shown(), *self.choices]
        begun = [word for word in known if word.startswith(incomplete)]
        return [CompletionItem(word) for word in dict.fromkeys(begun)]

    def shown(self) -> list[str]:
        """Return all choices as the reader writes them."""
        return [self.word(choice) for choice in self.choices]

    def word(self, choice: str) -> str:
        """Return a choice as the reader writes it."""
        if self.words is None:
            return choice
        return in_words(member_named(choice, message(f"{self.words}.{choice}")))

    def meant(self, value: str) -> str | None:
        """Return the choice that is nearest to a word, if one is near."""
        known = {choice: choice for choice in self.choices}
        known.update(zip(self.shown(), self.choices, strict=True))
        near = nearest_word(value, known)
        return None if near is None else known[near]


class LayoutOf(Choice):
    """The name of a layout, or a file in TOML that holds one."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Take *value* as a name, unless it is that of a file."""
        if isinstance(value, str) and value.endswith(".toml"):
            return value
        return super().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return all names, and what a file's name ends in."""
        del param, ctx
        return f"[{'|'.join([*self.shown(), '*.toml'])}]"


class MemberOf(Choice):
    """
    The key of a member of an enum, or a word for it in either language.

    English shows the keys, Chinese its own words; languages have keys everywhere.
    """

    def __init__(self, kind: type[Enum], *, without: Collection[Enum] = ()) -> None:
        super().__init__([member.value for member in kind if member not in without])
        self.kind = kind

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Take *value* as a key, or as a word."""
        member = by_word(self.kind, value)
        key = value if member is None else member.value
        return self.kind(super().convert(key, param, ctx))

    def word(self, choice: str) -> str:
        """Return the key in English, else the word."""
        if self.kind is Language:
            return choice
        return in_words(member_named(choice, word_of(self.kind(choice))))

    def meant(self, value: str) -> str | None:
        """Return the key that is nearest to a key or a word, if one is near."""
        member = nearest(self.kind, value)
        key = None if member is None else member.value
        return key if key in self.choices else None


class ScaleOfCurrency(MemberOf):
    """What reports count in; 元 and 万元 are words for it in a ledger in yuan alone."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Take *value* as a key, or as a word of the ledger's currency."""
        currency = None if ctx is None else ctx.params.get("currency")
        if currency not in {None, YUAN} and value not in self.choices:
            known = [quoted(key) for key in self.choices]
            text = spoken("usage.choice", value=str(value), known=known, nearest=None)
            self.fail(text, param, ctx)
        return super().convert(value, param, ctx)


class Between(click.IntRange):
    """A whole number with two bounds, which help and errors write as ``1–12``."""

    name = "integer"

    def _describe_range(self) -> str:
        return f"{self.min}–{self.max}"
