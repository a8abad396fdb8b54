"""Members of enums that users give by their keys, or by words for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Final, NoReturn, TypeVar
from unicodedata import normalize

from ledger.domain.errors import InvalidInput
from ledger.messages import Language, Message, message

E = TypeVar("E", bound=Enum)

_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")
_HOOK: Final = "_missing_"
"""What an enum is asked for a value that no member has."""

_LONGEST: Final = 100
"""Longer texts are no word for a member, and are not folded."""

_NEAR: Final = 0.55
"""How much of a text must be that of a word: of ``zh_CN`` that of ``zh``."""

_NEAR_OF_TWO: Final = 0.5
"""The same of Chinese, most of whose words have two characters."""


_NEGATIONS: Final = "不未无非"
"""What makes of a Chinese word its opposite: 未完成 is not near 完成."""


def by_word_only(kind: type[E]) -> type[E]:
    """
    Return *kind*, which is called with what is no key of it as :func:`one_of` refuses.

    >>> from enum import StrEnum
    >>> @by_word_only
    ... class Side(StrEnum):
    ...     LEFT = "left"
    ...     RIGHT = "right"
    >>> Side("lfet")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ledger.domain.errors.InvalidInput: side: found 'lfet'; expected one of left, ...
    """
    name = _CAPITAL.sub("_", kind.__name__).lower()

    def missing(_: object, value: object) -> NoReturn:
        raise _refused(kind, name, value)

    setattr(kind, _HOOK, classmethod(missing))
    return kind


def one_of(kind: type[E], name: str, value: E | str) -> E:
    """
    Take one of a few things, its key or a word for it, for the field *name*.

    Words are those of the tables of texts in any language, in any case and width. A
    word that two members share is none.

    >>> from enum import StrEnum
    >>> class Side(StrEnum):
    ...     LEFT = "left"
    ...     RIGHT = "right"
    >>> one_of(Side, "side", "left")
    <Side.LEFT: 'left'>

    Raises:
        InvalidInput: It is none of them; the keys are named, and the nearest one.
    """
    if type(value) is kind:
        return value
    found = by_word(kind, value)
    if found is None:
        raise _refused(kind, name, value)
    return found


def by_word(kind: type[E], value: object) -> E | None:
    """Return the member that *value* is the key of, or a word for; else ``None``."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return _words(kind).get(_folded(value))


def listed(kind: type[Enum]) -> list[str | Message]:
    """Return all members for a text: their keys in English, else their words."""
    return [_listed(each) for each in kind]


def offered(kind: type[Enum]) -> list[Message]:
    """Return the words for all members, as a list offers them to choose from."""
    return [word_of(each) for each in kind]


def not_among(words: list[str], name: str, value: object) -> InvalidInput:
    """Return the refusal of a text that is none of *words*; it names the nearest."""
    close = nearest_word(value, words) if isinstance(value, str) else None
    right = message("expected.choice", words=words, nearest=close)
    return InvalidInput(name, value, right)


def nearest(kind: type[E], value: object) -> E | None:
    """Return the member whose key or word is nearest to a text; ``None`` for none."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    words = _words(kind)
    near = _NEAR if value.isascii() else _NEAR_OF_TWO
    close = nearest_word(_folded(value), words, near)
    return None if close is None else words[close]


def nearest_word(value: str, words: Iterable[str], near: float = 0.6) -> str | None:
    """
    Return the word that is nearest to *value*, if one is near and not its opposite.

    >>> nearest_word("完成", ["未完成", "部分完成"]), nearest_word("完成", ["未完成"])
    ('部分完成', None)

    Args:
        near: How much of the text must be that of the word, of 1.
    """
    same = [word for word in words if not _are_opposites(value, word)]
    close = get_close_matches(value, same, 1, near)
    return close[0] if close else None


def _are_opposites(one: str, other: str) -> bool:
    """Return whether one of two words begins as the other with a negation before."""
    return any(
        negated.startswith(tuple(_NEGATIONS)) and negated[1:2] == plain[:1]
        for negated, plain in ((one, other), (other, one))
    )


def choice_for(kind: type[Enum], value: object) -> Message:
    """Return what would be right in place of *value*: all words, and the nearest."""
    meant = nearest(kind, value)
    near = None if meant is None else _listed(meant)
    return message("expected.choice", words=listed(kind), nearest=near)


def _refused(kind: type[Enum], name: str, value: object) -> InvalidInput:
    return InvalidInput(name, value, choice_for(kind, value))


@cache
def _words(kind: type[E]) -> Mapping[str, E]:
    """Return the members by their keys and by all words that only one has, folded."""
    found: dict[str, set[E]] = {}
    for each in kind:
        for language in Language:
            found.setdefault(_folded(word_of(each).said(language)), set()).add(each)
    words = {
        word: members.pop() for word, members in found.items() if len(members) == 1
    }
    return {**words, **{_folded(each.value): each for each in kind}}


def word_of(member: Enum) -> Message:
    """Return the word for a member."""
    return Message(f"choice.{type(member).__name__}.{member.value}")


def member_named(key: str, word: Message) -> Message:
    """Return what a member is called where it may be typed: English has the key."""
    return message("expected.member", key=key, word=word)


def _listed(member: Enum) -> str | Message:
    """Return what a member is called; a language, whose word is a name, by its key."""
    word = word_of(member)
    key = str(member.value)
    if type(member) is Language or word.said(Language.CHINESE) == key:
        return key
    return member_named(key, word)


def _folded(text: str) -> str:
    """Return a text as words are compared: any width and any case are the same."""
    return normalize("NFKC", normalize("NFKC", text).strip().casefold())


def few_or_nearest(name: str, known: Sequence[str]) -> dict[str, Sequence[str]]:
    """
    Return the names there are, as ``known``; of many those most like one, as ``near``.

    >>> few_or_nearest("b", ["a", "c"])
    {'known': ['a', 'c'], 'near': []}
    """
    if len(known) <= _MOST_LISTED:
        return {"known": known, "near": []}
    return {"known": [], "near": get_close_matches(name, known, _MOST_NEAR, 0.0)}


_MOST_LISTED: Final = 10
_MOST_NEAR: Final = 3
"""Names that a refusal lists: all of a few, else those most like the wrong one."""
