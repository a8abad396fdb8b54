"""Heads of every table of every command: Chinese ones are made of the listed words."""

import re
from importlib import import_module
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from ledger import Language, Status
from ledger.app.register_rows import REGISTERS
from ledger.cli import main
from ledger.figures import registry
from ledger.messages import head_words, section
from ledger.reports.render.folding_table import FoldingTable
from ledger.reports.values.register import RegisterColumn
from support_sources import MODULES

RARE = {"adjustment", "amount", "on", "what"}
"""Heads of tables that stand only where there is something to list."""
CHINESE = re.compile("[\u3400-\u9fff]+")
SAY = section("word", Language.CHINESE)
MONTH = ("--month", "2023-06")
COMMANDS = (
    ("report", *MONTH),
    ("report", *MONTH, "--project", "13052923P00584010946H"),
    ("show", "13052923P00584010946H"),
    ("portfolio", *MONTH),
    ("monitor", *MONTH),
    ("evaluate", "--year", "2023"),
    *((row.verb, "--through", "2023-12-31") for row in REGISTERS),
)


def constants(value):
    """Yield the columns that a constant of a module is, or holds."""
    if isinstance(value, RegisterColumn):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from constants(one)
    elif isinstance(value, dict):
        yield from constants([*value.values()])


def declared():
    """Yield the words over figures, and over columns of registers, short and long."""
    keys = {figure.word for figure in registry.MONEY}
    keys |= {figure.word for figure in registry.INDICATORS}
    keys |= {figure.word for figure in registry.MONTHS}
    keys |= {figure.word for figure in registry.GROUPS}
    for name in MODULES:
        if name.startswith("ledger.reports.values."):
            for value in vars(import_module(name)).values():
                keys |= {column.head for column in constants(value)}
    for key in keys | RARE | {status.value for status in Status}:
        yield from {SAY[key], SAY.get(f"short.{key}", SAY[key])}


@pytest.fixture(scope="module")
def drawn(julu):
    """Return the heads of the tables that commands print in Chinese, by command."""
    heads = {}
    plain = FoldingTable.__rich_console__

    def spied(table, console, options):
        heads[words] |= {str(column.header) for column in table.columns}
        return plain(table, console, options)

    with patch.object(FoldingTable, "__rich_console__", spied):
        for words in COMMANDS:
            heads[words] = set()
            first, *rest = words
            asked = ["--lang", "zh", first, str(julu), *rest]
            done = CliRunner().invoke(main, asked, terminal_width=80)
            assert done.exit_code == 0, done.output
    return heads


def unlisted(heads):
    """Return the parts of heads that no listed word covers."""
    words = "|".join(sorted(head_words(), key=len, reverse=True))
    return {
        head: left
        for head in heads
        if (left := CHINESE.findall(re.sub(words, " ", head)))
    }


def test_each_command_has_a_table(drawn):
    """Else nothing would be looked at here."""
    assert not [words for words, heads in drawn.items() if not heads]


def test_heads_are_made_of_listed_words(drawn):
    """A head that is not would be folded between any two of its characters."""
    printed = {head for heads in drawn.values() for head in heads}
    assert not unlisted(printed | {*declared()})


def test_every_listed_word_is_in_a_head(drawn):
    """One that is in none is left over."""
    heads = " ".join(
        {head for heads in drawn.values() for head in heads} | {*declared()}
    )
    assert not [word for word in head_words() if word not in heads]


@pytest.mark.parametrize("word", head_words())
def test_a_listed_word_is_a_word(word):
    """Of so few characters that a column has room for it."""
    assert len(word) <= 5
