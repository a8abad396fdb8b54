"""Every page of help, in both languages at 80 columns; and what was meant by a name."""

import re

import click
import pytest
from click.testing import CliRunner

from ledger import Language
from ledger.cli import main
from ledger.cli.meant import CHINESE, SAME, meant
from ledger.domain.columns import columns

NAMES = main.list_commands(click.Context(main))


def asked(*words):
    """Return what the program says to these words, at 80 columns."""
    return CliRunner().invoke(main, [*words], terminal_width=80)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["", *NAMES])
def test_a_page_fits_and_splits_no_name(name, language):
    """No line is longer, none ends in a part of an option, and nothing is left out."""
    done = asked("--lang", language, *filter(None, [name]), "--help")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert max(map(columns, lines)) <= 80
    assert not re.search(r"[a-z ]\.\.\.$", done.output, re.MULTILINE)
    assert not any(re.search(r"[a-z]-$", line) for line in lines)


@pytest.mark.parametrize("language", Language)
def test_the_list_of_commands_has_whole_sentences(language):
    """As the page of each command begins."""
    listed = "".join(asked("--lang", language, "--help").output.split())
    for name in NAMES:
        page = asked("--lang", language, name, "--help").output
        first = re.split(r"\n\n +", page)[1]
        sentence = re.split(r"\.\s|\.$|。", first.split("\n\n")[0], maxsplit=1)[0]
        assert "".join(sentence.split()) in listed, name


@pytest.mark.parametrize(
    ("language", "default"),
    [("en", "by default that of the last fact"), ("zh", "默认为最后一个事项的日期")],
)
def test_registers_say_by_which_day_they_are(language, default):
    """Where none is asked for."""
    page = " ".join(asked("--lang", language, "contracts", "--help").output.split())
    assert default.replace(" ", "") in page.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "known", "likely"),
    [
        ("--month", ["--out", "--through", "--year"], ["--through"]),
        ("--date", ["--actor", "--cause", "--payee", "--on"], ["--on"]),
        ("--source", ["--force", "--out"], []),
        ("--thruogh", ["--through", "--known-at"], ["--through"]),
        ("--o", ["--out", "--force"], ["--out"]),
        ("--day", ["--key"], []),
        ("reprot", ["export", "report"], ["report"]),
        ("pay", ["replay", "disburse"], ["disburse"]),
        ("登记支出", ["record", "disburse"], ["disburse"]),
        ("反结账", ["close-period", "reopen-period"], ["reopen-period"]),
        ("--月份", ["--month", "--out"], ["--month"]),
        ("天气", NAMES, []),
    ],
)
def test_only_what_is_near_or_means_the_same_is_suggested(name, known, likely):
    """A name without its dashes, by its spelling, then as another word."""
    assert meant(name, known) == likely


def test_every_other_word_leads_to_a_name_that_there_is():
    """Of a command, or of an option of one."""
    commands = [main.get_command(click.Context(main), name) for name in NAMES]
    options = {
        o for command in commands for param in command.params for o in param.opts
    }
    for names in (*SAME.values(), *CHINESE.values()):
        assert {*names} <= {*NAMES, *(option.lstrip("-") for option in options)}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Did you mean '--through'?"), ("zh", "“--through”")]
)
def test_a_register_of_a_month_is_asked_by_its_last_day(language, said):
    """With exit code 2, as every wrong usage."""
    done = asked("contracts", "x.ledger", "--month", "2023-06", "--lang", language)
    assert done.exit_code == 2
    assert said in done.output
    assert "--out" not in done.output
