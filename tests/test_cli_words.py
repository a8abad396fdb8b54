"""Every word of the command line is in the language of its reader."""

import os
import re
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ledger import Currency, InvalidInput, Ledger, Settings
from ledger.audit.figure_paths import asked_as, figure_named
from ledger.cli import COMMANDS, main
from ledger.figures.registry import INDICATORS, MONEY, MONTHS
from ledger.messages import Language, Message, codes
from support import approval

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}
ENGLISH = {"LC_ALL": "en_GB.UTF-8"}
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

NAMES = re.compile(
    r"(?<![A-Za-z])--?[a-z][a-z-]*|\[(?:zh|en|text|json|csv|html|xlsx|ics|\|)+\]|\.[a-z]+\b"
    r"|YYYY-MM|[0-9]{4}-Q2|CODE|[0-9T:+-]{20,}|默认：\s*(?:CNY|text)\b"
)
"""Options, words to be chosen among, endings of files, formats, and defaults."""

STORED = {
    *COMMANDS, "budget-ledger", "PDF", "Word", "JSON", "CSV", "Parquet", "duckdb", "polars",
    "ISO", "N", "zh", "en", "text", "bash", "zsh", "fish", "Python", "unit:", "totals", "julu-finance",
    "behind_below",
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
        assert chinese.stderr == (
            "budget-ledger: 2023 年度没有已批复的项目“P-1”；"
            "账本里还没有项目，请先用 `import` 登记批复\n"
        )
        assert english.stderr == (
            "budget-ledger: no approved project 'P-1' in 2023; "
            "none is approved yet: `import` the approvals first\n"
        )
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
    given = {*asked, "json", "xlsx", "a", "doc"}
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
    [
        *("C", "xx_YY.UTF-8", "zh"),
        *(
            pytest.param(each, marks=pytest.mark.long)
            for each in ("POSIX", "", "....", "en_GB.ISO-8859-1", "\u00e9")
        ),
    ],
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
from ledger.audit.figure_paths import asked_as, figure_named
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
            if param.param_type_name == "option" and param.name != "help":
                assert f"option.{text}" in known, (name, param.name)


def test_choices_are_shown_and_taken_by_the_words_of_the_language(ledgers):
    """A key is taken in Chinese, and a word in English, as well."""
    with Ledger.open(ledgers["zh"]) as ledger:
        ledger.append(approval("P-1"))
    for name, shown in {
        "adjust": "{追加|追减|收回}",
        "commit": "[采购计划|合同]",
        "release-commitment": "[履行完毕|取消|年终清理]",
        "result": "[已完成|部分完成|未完成]",
        "init": "[元|万元]",
    }.items():
        assert shown in run("--lang", "zh", name, "--help").output
    assert "默认：合同]" in run("--lang", "zh", "commit", "--help").output
    for number, kind in enumerate(["追加", "supplement"]):
        given = ("P-1", kind, "1", "--on", "2023-03-01", "--document", str(number))
        assert run("adjust", ledgers["zh"], *given).exit_code == 0
    wrong = run("adjust", ledgers["zh"], "P-1", "追加了", "1", "--on", "2023-03-01")
    assert "“追加”、“追减”、“收回”。是不是“追加”？" in wrong.stderr
    wrong = run("adjust", ledgers["zh"], "P-1", "ad", "1", "--lang", "en")
    assert "'supplement', 'reduction', 'recall'" in wrong.stderr


def test_an_unknown_project_is_told_the_nearest(ledgers):
    """A letter too few, or one too many; a code like none is told none."""
    with Ledger.open(ledgers["zh"]) as ledger:
        ledger.append(approval("13052923P00584010829B"))
    rest = ("10", "--voucher", "V-1", "--on", "2023-03-01")
    near = run("disburse", ledgers["zh"], "13052923P00584010829", *rest)
    assert near.stderr.endswith(
        "“13052923P00584010829”；最接近的是“13052923P00584010829B”\n"
    )
    far = run("disburse", ledgers["zh"], "Q", *rest)
    assert far.stderr.endswith("项目“Q”；可用 `projects` 列出全部项目\n")


def test_types_of_events_are_taken_by_their_words(ledgers):
    """In the command and in Python; a word that is none is told the others."""
    with Ledger.open(ledgers["zh"]) as ledger:
        ledger.append(approval("P-1"))
        ledger.adjust_budget("P-1", "追加", "1", on="2023-03-01")
        for word in ("预算调整", "BudgetAdjusted", "adjustment"):
            (event,) = ledger.events(types=[word])
            assert event.type == "BudgetAdjusted"
            lines = run("events", ledgers["zh"], "--type", word).stdout.splitlines()
            assert len(lines) == 2
        with pytest.raises(InvalidInput) as refused:
            ledger.events(types=["预算调"])
    words = refused.value.text("zh")
    assert "预算批复、" in words
    assert "BudgetAdjusted" not in words
    wrong = run("events", ledgers["zh"], "--type", "预算调")
    assert "“预算调整”" in wrong.stderr
    assert "BudgetAdjusted" not in wrong.stderr


def test_a_project_and_a_figure_are_called_by_their_words_in_chinese(ledgers):
    """A stream and a place in JSON are names of ours; English shows them as they are."""
    with Ledger.open(ledgers["zh"]) as ledger:
        ledger.append(approval("P-1"))
    paid = run("disburse", ledgers["zh"], *PAYMENT).output
    assert "2023 年度项目 P-1 第 2 版" in paid
    assert "  2023 年度项目 P-1  " in run("events", ledgers["zh"]).output
    assert "  project:2023:P-1  " in run("events", ledgers["zh"], "--lang", "en").output
    asked = ("explain", ledgers["zh"], "P-1", "execution_rate", "--month", "2023-06")
    assert run(*asked).output.startswith("执行率 = ")
    assert run(*asked, "--lang", "en").output.startswith("execution_rate = ")


def test_every_figure_has_a_word_for_its_readers():
    """And each has its own, by which `explain` is asked for it."""
    for rows in ((*MONEY, *MONTHS), INDICATORS):
        for language in Language:
            keys = {row.key for row in rows}
            assert len({_word(key, language) for key in keys}) == len(keys)
    for row in (*MONEY, *MONTHS, *INDICATORS):
        assert _word(row.key, Language.CHINESE) != row.key


def _word(key, language):
    return Message(f"figure.{key}").said(language)


def test_a_figure_is_asked_for_by_its_words(ledgers):
    """As the report names it; a figure that is none is told the words of the others."""
    with Ledger.open(ledgers["zh"]) as ledger:
        ledger.append(approval("P-1"))
        for asked, meant in {
            ("合计", "资金来源.财政资金.可用余额"): "by_source.fiscal.available",
            ("P-1", "执行率"): "execution_rate",
            ("P-1", "月份.2023-06.已支出"): "months.2023-06.disbursed",
            (
                "P-1",
                "指标.开展就业培训数.完成率",
            ): "indicators.开展就业培训数.attainment",
        }.items():
            through = date(2023, 6, 30)
            assert ledger.explain(*asked, through=through).figure == meant
    month = ("--month", "2023-06")
    one = run("explain", ledgers["zh"], "合计", "可用余额", *month).stdout
    assert "├── 项目 P-1 的可用余额 = " in one or "└── 项目 P-1 的可用余额 = " in one
    wrong = run("explain", ledgers["zh"], "P-1", "无此数", *month).stderr
    assert "执行率、" in wrong
    assert words(wrong.removeprefix("budget-ledger")) == []


@given(
    st.sampled_from([row.key for row in MONEY]),
    st.sampled_from(["", "totals.", "by_source.fiscal/county.", "by_source.x.y."]),
    st.sampled_from(Language),
)
def test_how_a_figure_is_asked_for_leads_back_to_it(key, before, language):
    """In each language."""
    path = f"{before}{key}"
    assert figure_named(asked_as(path).said(language)) == path
