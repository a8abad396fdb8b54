"""Each field that a refusal can name has a word for it, in both languages."""

import ast
import inspect
import re
import typing
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import attrs
import click
import pytest

import ledger
from ledger import Ledger
from ledger.app.view import View
from ledger.cli import main
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.enum_rows import EnumOfRows
from ledger.domain.envelope import Envelope
from ledger.domain.events import Event
from ledger.domain.given_results import _WAYS
from ledger.domain.policy import Policy
from ledger.domain.refusals import WrongResult
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.intake.known_keys import _KNOWN
from ledger.messages import Language, section
from ledger.reports.documents.base import Document
from ledger.reports.documents.formats import FORMATS
from support import PROJECT, approval, day, indicator

SOURCES = Path(ledger.__file__).parent
NAMED_BY = frozenset(
    "InvalidInput InvalidAmount InvalidPlan not_among one_of check_type parse_given "
    "parse_date exact minor checked_code checked_name checked_text plain "
    "KeyConflict _conflict".split()
)
"""What takes the name of a field that it may refuse."""

NO_FIELDS = frozenset({"self", "ledger"})
PAIRS = frozenset({"carried_over and lapsed", "key, cause", "project or unit"})
"""Fields that are refused together."""

OF_ONE_KIND = frozenset(
    "of.corrected target.date target.kind target.unit target.upper target.value".split()
)
"""Words for fields that are called otherwise elsewhere."""

LATIN = re.compile("[A-Za-z]")


def fields_of(hint):
    """Yield the fields of a class of ours, and of all that its fields may hold."""
    waiting, known = [hint], set()
    while waiting:
        hint = waiting.pop()
        waiting += typing.get_args(hint)
        if isinstance(hint, type) and attrs.has(hint) and hint not in known:
            known.add(hint)
            for own in attrs.fields(attrs.resolve_types(hint)):
                if own.init and not own.name.startswith("_"):
                    yield own.name
                    waiting.append(own.type)


def parameters():
    """Yield what one may give to a ledger, a view or a document."""
    for module in walk_packages(ledger.__path__, "ledger."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for public in (Ledger, View, *below(Document)):
        for name, method in inspect.getmembers(public, callable):
            if not name.startswith("_") and not is_maker(public, name):
                for each in inspect.signature(method).parameters.values():
                    if each.kind is not each.VAR_KEYWORD:
                        yield each.name
    for row in FORMATS.values():
        yield from row.options


def is_maker(public, name):
    """Return whether a method makes a value: the library alone calls it."""
    return isinstance(inspect.getattr_static(public, name), classmethod)


def below(kind):
    """Yield the classes that are made from one."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def options():
    """Yield the names of options and arguments, with and without their dashes."""
    context = click.Context(main)
    for name in main.list_commands(context):
        for parameter in main.get_command(context, name).params:
            is_option = isinstance(parameter, click.Option)
            shown = parameter.opts if is_option else [parameter.name]
            yield from (name.lstrip("-").replace("-", "_") for name in shown)


def texts(call):
    """Return the texts that a call is given, those of calls within it left out."""
    waiting = [*call.args, *(each.value for each in call.keywords)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.Call):
            waiting += ast.iter_child_nodes(node)


def written():
    """Yield the names that stand in the code where something is refused."""
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called in NAMED_BY:
                    yield from texts(node)


def kinds():
    """Yield what enums that refuse a word are called there: their names, in pieces."""
    for kind in StrEnum.__subclasses__() + EnumOfRows.__subclasses__():
        if "_missing_" in vars(kind):
            yield re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@cache
def names():
    """Return every name of a field that a refusal can have."""
    columns = (column for row in CATALOGUE for column in row.columns)
    found = {
        *(name for column in columns for name in (column.name, column.field)),
        *fields_of(Event),
        *(name for kind in (Settings, Policy, ScoringRule) for name in fields_of(kind)),
        *typing.get_type_hints(Envelope),
        *(key for keys in _KNOWN.values() for key in keys),
        *parameters(),
        *options(),
        *written(),
        *kinds(),
    }
    return sorted({name for name in found if name.isidentifier()} - NO_FIELDS | PAIRS)


@pytest.mark.parametrize("language", Language)
def test_each_field_has_a_word(language):
    """A reader is never shown a name of the code for want of one."""
    words = section("field", language)
    assert [name for name in names() if name not in words] == []


@pytest.mark.parametrize("language", Language)
def test_each_way_to_give_a_result_has_a_word_of_its_own(language):
    """What was given, and what the target is compared with, are said by it."""
    words = section("way", language)
    assert words.keys() == {*_WAYS}
    assert len({*words.values()}) == len(words)


def test_a_result_of_another_kind_is_refused_in_chinese_words(ledger):
    """Those of the ways, not the names of the code."""
    ledger.append(approval(indicators=(indicator("效果", "效果显著"),)))
    with pytest.raises(WrongResult) as caught:
        ledger.report_result(PROJECT, "效果", numerator=1, denominator=2, on=day(3))
    assert caught.value.text("zh") == (
        "效果：填报的是分子与分母；指标值为“效果显著”的，应填报评价或文字，也可以两项都填"
    )


def test_no_word_for_a_field_is_latin_in_chinese():
    """As no text is, but listed names."""
    words = section("field", Language.CHINESE)
    assert {name: word for name, word in words.items() if LATIN.search(word)} == {}


def test_words_that_no_refusal_needs_are_not_kept():
    """A word for a field that is gone misleads who translates."""
    own = {column.word for row in CATALOGUE for column in row.columns}
    kept = section("field", Language.ENGLISH).keys() - {*names()} - OF_ONE_KIND - own
    assert sorted(kept) == []
