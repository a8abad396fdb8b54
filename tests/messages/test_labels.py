"""Each member of an enumeration has a word of its own, in each language."""

from enum import Enum
from importlib import import_module
from pkgutil import walk_packages

import pytest

import ledger
from ledger.domain.events import AdjustmentKind, Rating
from ledger.domain.funding import SourceRoot, named_source
from ledger.domain.measure import Measure
from ledger.domain.settings import Convention
from ledger.domain.status import Status
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.messages import Language, said, section

SHOWN = [
    *(AdjustmentKind, Convention, Likelihood, Measure, Rating, Status),
    VarianceCategory,
]
"""Those whose members reports name by their value."""


def enumerations():
    """Return each enumeration of the package by its name."""
    for module in walk_packages(ledger.__path__, "ledger."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting, every = [Enum], {}
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        every |= {
            one.__name__: one for one in below if one.__module__.startswith("ledger.")
        }
    return every


def shared(labels):
    """Return the labels that stand for two."""
    return {label for label in labels if labels.count(label) > 1}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("enum", SHOWN)
def test_reports_name_each_member_by_a_word_of_its_own(enum, language):
    """Of two members with one word a reader could not tell which is meant."""
    words = section("word", language)
    assert not shared([words[member.value] for member in enum])


@pytest.mark.parametrize("language", Language)
def test_messages_name_each_member_by_a_word_of_its_own(language):
    """A choice of the tables is a member, each member of its enumeration is there."""
    every, named = enumerations(), {}
    for code, label in section("choice", language).items():
        name, _, value = code.partition(".")
        named.setdefault(name, {})[value] = label
    for name, labels in named.items():
        assert {str(member.value) for member in every[name]} == labels.keys(), name
        assert not shared([*labels.values()]), name


@pytest.mark.parametrize("language", Language)
def test_each_funding_source_has_words_of_its_own(language):
    """So has each that is known below a root; what is below those is added."""
    known = [
        path
        for root in SourceRoot
        for path in (
            root.value,
            *(f"{root.value}/{name}" for name in root.row.children),
        )
    ]
    words = section("source", language)
    assert {*words} == {*known}
    assert not shared([*words.values()])
    assert [said(named_source(path), language) for path in words] == [*words.values()]


def test_a_deviation_for_another_reason_is_not_called_other_funds():
    """The category and the funding source of the same name have words of their own."""
    category = section("word", Language.CHINESE)[VarianceCategory.OTHER.value]
    assert (category, section("source", Language.CHINESE)["other"]) == (
        "其他",
        "其他资金",
    )


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ("fiscal", "财政资金", "fiscal"),
        ("fiscal/county", "县级财政资金", "fiscal/county"),
        ("fiscal/county/巨鹿", "县级财政资金/巨鹿", "fiscal/county/巨鹿"),
        ("fiscal/a", "财政资金/a", "fiscal/a"),
        (
            "carried_over/fiscal/central",
            "上年结转资金/中央财政资金",
            "carried over/fiscal/central",
        ),
        ("彩票/fiscal", "彩票/fiscal", "彩票/fiscal"),
    ],
)
def test_a_source_below_another_is_named_with_it(source, chinese, english):
    """Words as far as there are words, then the names that it was given."""
    assert said(named_source(source), Language.CHINESE) == chinese
    assert said(named_source(source), Language.ENGLISH) == english
