"""Every word of the command line is in the language of its reader."""

import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ledger import Currency, Ledger, Settings
from ledger.cli import COMMANDS, main
from ledger.figures.registry import INDICATORS, MONEY, MONTHS
from ledger.messages import Language, codes, figure_at
from support import approval

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}
ENGLISH = {"LC_ALL": "en_GB.UTF-8"}
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

NAMES = re.compile(
    r"(?<![A-Za-z])--?[a-z][a-z-]*|[\[{][a-z0-9_|]+[\]}]|\.[a-z]+\b|YYYY-MM|CODE|1<=x<=[0-9]+"
    r"|[0-9T:+-]{20,}|默认：\s*[A-Za-z]+"
)
"""Options, words to be chosen among, endings of files, formats, and defaults."""

STORED = {
    *COMMANDS, "budget-ledger", "PDF", "JSON", "CSV", "Parquet", "duckdb", "polars",
    "ISO", "N", "zh", "en", "text", "bash", "zsh", "fish", "Python", "unit:", "totals", "julu-finance",
    "execution_rate", "indicators", "attainment",
}  # fmt: skip
"""Names that are the same in every language."""


def run(*words, env=ENGLISH):
    """Run a command in a terminal of 80 columns."""
    return CliRunner(env=env).invoke(
        main, list(map(str, words)), prog_name="budget-ledger", terminal_width=80
    )


def words(text):
    """Return the Latin words of a text that are no names."""
    found = re.findall(r"[A-Za-z_:-]*[A-Za-z][A-Za-z_:-]*", NAMES.sub(" ", text))
    return [word for word in found if word not in STORED]


PAGES = [(), *((name,) for name in COMMANDS)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "".join(page) or "all")
def test_help_is_in_the_language_of_the_locale(page):
    """No English word is left in it but names."""
    done = run(*page, "--help", env=CHINESE)
    assert done.exit_code == 0
    assert words(done.output) == []
    assert HAN.search(done.output)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "".join(page) or "all")
def test_help_in_english_has_no_chinese(page):
    """It can be asked for, whatever the locale is."""
    english = run("--lang", "en", *page, "--help", env=CHINESE).output
    assert HAN.search(english) is None
    assert "Show this message and exit." in english


def test_no_line_of_chinese_help_is_wider_than_the_terminal():
    """A Chinese character takes two columns."""
    for page in PAGES:
        for line in run(*page, "--help", env=CHINESE).output.splitlines():
            wide = len(line) + len(HAN.findall(line))
            assert wide <= 80 or line.startswith("用法"), line


@pytest.fixture
def ledgers(tmp_path):
    """Make a ledger in each language."""
    made = {}
    for language in ("zh", "en"):
        made[language] = tmp_path / f"{language}.ledger"
        settings = Settings(currency=Currency("CNY"), language=language)
        Ledger.open(made[language], settings=settings).close()
    return made


PAYMENT = ("P-1", "10", "--voucher", "V-1", "--on", "2023-03-01")


def test_a_refusal_is_in_the_language_of_the_ledger(ledgers):
    """Whatever the locale is, and --lang goes before both."""
    for env in (CHINESE, ENGLISH):
        chinese = run("disburse", ledgers["zh"], *PAYMENT, env=env)
        english = run("disburse", ledgers["en"], *PAYMENT, env=env)
        assert chinese.exit_code == english.exit_code == 1
        assert chinese.stderr == "budget-ledger: 2023 年度没有已批复的项目“P-1”\n"
        assert english.stderr == "budget-ledger: no approved project 'P-1' in 2023\n"
    asked = run("--lang", "en", "disburse", ledgers["zh"], *PAYMENT)
    assert asked.stderr == english.stderr


def test_what_commands_say_is_in_the_language_of_the_ledger(ledgers):
    """Lines that report what was done, and help about this ledger."""
    assert (
        run("replay", ledgers["zh"]).output == "重算了 0 组记录\n快照与重算结果相符\n"
    )
    assert run("replay", ledgers["en"]).output.startswith("0 streams folded\n")
    assert "用法" in run("replay", ledgers["zh"], "--help").output
    assert "Usage" in run("replay", ledgers["en"], "--help", env=CHINESE).output


@pytest.mark.parametrize(
    "asked",
    [
        ["replay"],
        ["replay", "a.ledger", "--wrong"],
        ["replay", "a.ledger", "--format", "yaml"],
        ["replay", "a.ledger", "more"],
        ["replay", "a.ledger", "--format"],
        ["events", "a.ledger", "--after", "x"],
        ["init", "a.ledger", "--first-month", "13"],
        ["report", "a.ledger"],
        ["report", "a.ledger", "--month", "x"],
        ["report", "a.ledger", "--month", "2023-01", "--out", "a.doc"],
        ["diff", "a.ledger", "--month", "2023-01"],
        ["keygen", ".", "--name", "x"],
        ["nothing"],
        ["reprot", "a.ledger"],
        ["report", "a.ledger", "--mont", "2023-01"],
        ["replay", "a.ledger", "--formt", "json"],
        ["adjust", "a.ledger", "P-1"],
        ["explain", "a", "b", "c", "--month", "2023-01", "--through", "2023-01-01"],
    ],
    ids=" ".join,
)
def test_a_wrong_usage_is_told_in_chinese(asked):
    """With the words of the parser too, and what was asked for as it was."""
    done = run("--lang", "zh", *asked)
    assert done.exit_code == 2
    given = {*asked, "json", "xlsx", "a", "doc", "supplement", "reduction", "recall"}
    assert [word for word in words(done.stderr) if word not in given] == []
    assert not re.search(r"['\"]|[.,:(] |[^.]\.$", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "asked",
    [
        ["--lang", "fr", "replay", "a.ledger"],
        ["--lang=fr", "--help"],
        ["--help", "--lang", "fr"],
        ["replay", "a.ledger", "--lang", "fr"],
        ["replay", "--help", "--lang", "fr"],
        ["report", "--lang=fr", "--help"],
        ["--lang", "en", "replay", "a.ledger", "--lang", ""],
    ],
    ids=" ".join,
)
def test_an_unknown_language_is_refused_in_one_line(asked):
    """It names those that there are, wherever it stands, and instead of help."""
    done = run(*asked)
    assert done.exit_code == 2
    word = "" if asked[-1] == "" else "fr"
    assert done.stderr.splitlines()[-1] == (
        f"Error: Invalid value for '--lang': '{word}' is not one of 'zh', 'en'."
    )


def test_a_language_is_asked_for_before_and_after_the_command(ledgers):
    """Of every command, in whatever order it stands with --help."""
    for name in COMMANDS:
        chinese = run("--lang", "zh", name, "--help").output
        assert HAN.search(chinese)
        for asked in (
            (name, "--help", "--lang", "zh"),
            (name, "--lang=zh", "--help"),
            ("--lang", "en", name, "--lang", "zh", "--help"),
        ):
            assert run(*asked).output == chinese, asked
    said = run("replay", ledgers["zh"], "--lang", "en").output
    assert said == run("--lang", "en", "replay", ledgers["zh"]).output
    assert said.startswith("0 streams folded\n")


def test_what_follows_two_dashes_asks_for_no_language():
    """Such as a title; there it is a word as any other."""
    done = run("target", "--", "--lang", env=ENGLISH)
    assert done.exit_code == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_ledger_speaks_the_language_asked_for(tmp_path, language):
    """Before the command as after it."""
    for at, asked in enumerate([("--lang", language), ()]):
        path = tmp_path / f"{at}.ledger"
        after = () if asked else ("--lang", language)
        assert run(*asked, "init", path, *after).exit_code == 0
        with Ledger.open(path) as ledger:
            assert ledger.settings.language == language


@pytest.mark.parametrize(
    "locale",
    ["C", "POSIX", "xx_YY.UTF-8", "", "....", "zh", "en_GB.ISO-8859-1", "\u00e9"],
)
def test_a_locale_that_does_not_exist_is_no_error(locale):
    """Whatever the variables hold, the command runs and says its lines."""
    env = {**os.environ, "LC_ALL": locale, "LANG": locale, "LANGUAGE": locale}
    env.pop("PYTHONIOENCODING", None)
    done = subprocess.run(
        [sys.executable, "-m", "ledger", "--help"],
        env=env, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("用法" if locale == "zh" else "Usage").encode() in done.stdout


def test_the_language_before_a_report_is_that_of_the_report(ledgers):
    """The report's own option goes before it."""
    asked = ("report", ledgers["zh"], "--month", "2023-06")
    assert "Position" in run("--lang", "en", *asked).output
    assert "Position" in run(*asked, "--lang", "en").output
    assert "序号" in run("--lang", "en", *asked, "--lang", "zh").output
    assert run("--lang", "en", *asked, "--format", "json").exit_code == 0


def test_loading_the_commands_reads_no_texts():
    """Most commands are to start fast, and say nothing of ours."""
    code = """
from ledger.cli import COMMANDS, main
from ledger.cli.reader import begin
from ledger.messages import table
begin(["--lang", "zh"])
for name in COMMANDS:
    main.get_command(None, name)
print(table._table.cache_info().currsize)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n"


def test_each_command_and_option_has_a_text():
    """A code without one would be shown as it is."""
    known = codes(Language.ENGLISH)
    for name in COMMANDS:
        command = main.get_command(None, name)
        assert f"command.{name}" in known
        for param in command.params:
            text = getattr(param, "help", None)
            assert text is None or f"option.{text}" in known, (name, text)


def test_a_project_and_a_figure_are_called_by_their_words_in_chinese(ledgers):
    """A stream and a place in JSON are names of ours; English shows them as they are."""
    with Ledger.open(ledgers["zh"]) as ledger:
        ledger.append(approval("P-1"))
    paid = run("disburse", ledgers["zh"], *PAYMENT).output
    assert "2023 年度项目 P-1 第 2 版" in paid
    assert "  2023 年度项目 P-1  " in run("events", ledgers["zh"]).output
    assert "  project:2023:P-1  " in run("events", ledgers["zh"], "--lang", "en").output
    asked = ("explain", ledgers["zh"], "P-1", "execution_rate", "--month", "2023-06")
    assert run(*asked).output.startswith("执行率（execution_rate）= ")
    assert run(*asked, "--lang", "en").output.startswith("execution_rate = ")


def test_every_figure_has_a_word_for_its_readers():
    """Its key would stand twice in a line."""
    for row in (*MONEY, *MONTHS, *INDICATORS):
        key = row.key
        assert figure_at(f"totals.{key}").said(Language.CHINESE) != (
            f"{key}（totals.{key}）"
        )
