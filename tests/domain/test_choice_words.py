"""The words that type checkers know are those that members are given by."""

from collections import Counter
from enum import StrEnum
from typing import get_args

import pytest

from ledger.domain import choice_words
from ledger.domain.choices import by_word, word_of
from ledger.domain.enum_rows import EnumOfRows
from ledger.messages import Language

KINDS = {
    kind.__name__: kind
    for kind in StrEnum.__subclasses__() + EnumOfRows.__subclasses__()
    if kind.__module__.startswith("ledger.")
}
TYPES = {name for name in vars(choice_words) if name.endswith(("Key", "Word"))}


def words(kind):
    """Return the words for the members of an enum that only one of them has."""
    found = Counter(
        word
        for member in kind
        for word in {word_of(member).said(language) for language in Language}
    )
    return {word for word, count in found.items() if count == 1}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_type_has_the_words_of_its_enum(name):
    """The keys, and all words of both languages: each is taken for its member."""
    kind = KINDS[name.removesuffix("Key").removesuffix("Word")]
    known = list(literals(getattr(choice_words, name)))
    assert len(known) == len(set(known))
    keys = {member.value for member in kind}
    assert set(known) == (keys if name.endswith("Key") else keys | words(kind))
    assert all(by_word(kind, word) for word in known)


def literals(type_):
    """Yield the texts that a type of texts allows, of its parts too."""
    for part in get_args(type_):
        yield from [part] if isinstance(part, str) else literals(part)
