"""What a command lacks: exit code 2, with what to type, in the ledger's language."""

import click
import pytest
from click.testing import CliRunner

from ledger import Language, Ledger, Settings
from ledger.cli import main

CONTEXT = click.Context(main)
GIVEN = {"project": "P-1", "amount": "1", "since": "2023-01-01"}


def asked(*words):
    """Return what the program says to these words."""
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


def word(argument):
    """Return what may stand for an argument."""
    if isinstance(argument.type, click.Choice):
        return next(iter(argument.type.choices))
    return GIVEN.get(argument.name, "x")


def lacking():
    """Yield each command with one argument too few, in turn."""
    for name in main.list_commands(CONTEXT):
        command = main.get_command(CONTEXT, name)
        needed = [p for p in command.params if isinstance(p, click.Argument)]
        needed = [param for param in needed if param.required]
        for count in range(1, len(needed)):
            if needed[0].name == "file":
                yield name, [word(param) for param in needed[1:count]]


@pytest.fixture(params=Language)
def language(request):
    """Return a language."""
    return request.param


@pytest.fixture
def ledger(path, language):
    """Return the path of an empty ledger in that language."""
    Ledger.open(path, settings=Settings(language=language)).close()
    return path


@pytest.mark.parametrize(("name", "words"), [*lacking()])
def test_an_argument_too_few_is_wrong_usage(ledger, language, name, words):
    """And nothing of the other language is said."""
    done = asked(name, ledger, *words)
    assert done.exit_code == 2
    assert ("缺少参数" in done.output) == (language == "zh")
    assert ("Missing argument" in done.output) == (language == "en")


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["close"], "--year 2023"),
        (["close", "--year", 2023, "--carried-over", 5], "=600.00"),
        (["return-carry", "--on", "2023-05-01", "--amount", 5], "=600.00"),
        (["revise-form", "--on", "2023-05-01"], "--goals"),
        (["result", "I", "--on", "2023-05-01"], "--rating"),
    ],
)
def test_what_a_command_needs_of_several_is_wrong_usage(ledger, language, words, right):
    """Of a day or a year, of what a form says, of a figure."""
    verb, *rest = words
    done = asked(verb, ledger, "P-1", *rest)
    assert done.exit_code == 2
    assert right in done.output
    assert ("错误：" in done.output) == (language == "zh")
