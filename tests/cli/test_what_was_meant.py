"""A refusal names what was meant, in the words of its reader, and no opposite."""

from datetime import date

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Ledger
from ledger.cli import main
from ledger.domain.choices import nearest_word
from ledger.domain.columns import columns
from ledger.domain.refusals import UnknownProject, UnknownSource
from ledger.messages import Language
from support import PROJECT, approval

CHINESE = Language.CHINESE


@pytest.fixture
def path(tmp_path):
    """Return a ledger of two projects of 2023."""
    with Ledger.open(tmp_path / "L", actor="a") as opened:
        opened.append(approval(), approval("13052923P00584010949C"))
    return str(tmp_path / "L")


def refused(*words):
    """Run a command in Chinese and return what it refuses."""
    ran = CliRunner().invoke(main, ["--lang", "zh", *words])
    assert ran.exit_code
    return ran.output


def test_an_option_without_effect_is_shown_as_it_was_written(path):
    """The value has its word, not its key."""
    said = refused("report", path, "--month", "2023-05", "--table", "指标")
    assert "--table 指标：只用于 csv" in said


@pytest.mark.parametrize(
    ("value", "words", "near"),
    [
        ("完成", ["未完成", "已完成"], "已完成"),
        ("完成了", ["未完成"], None),
        ("不完成", ["完成了"], None),
        ("为完成", ["未完成"], "未完成"),
    ],
)
def test_the_opposite_is_never_near(value, words, near):
    """A negation before the same word makes it none."""
    assert nearest_word(value, words) == near


def test_a_figure_is_named_that_is_near(path):
    """The words that there are are many."""
    assert (
        "执行率" in refused("explain", path, PROJECT, "执行律").rpartition("是否指")[2]
    )


def test_a_day_that_no_month_has():
    """It says how many days the month has."""
    with pytest.raises(InvalidInput, match="YYYY-MM-DD; 2023-04 has 30 days"):
        Ledger.open(":memory:", actor="a").view(through="2023-04-31")
    with pytest.raises(InvalidInput, match="YYYY-MM-DD"):
        Ledger.open(":memory:", actor="a").view(through="2023-13-01")


def test_other_years_of_a_project_are_named(path):
    """Also where it is looked at, and the nearest code where there is no such one."""
    with Ledger.open(path) as ledger:
        view = ledger.view(through=date(2023, 5, 1))
        with pytest.raises(UnknownProject, match="budget in 2023") as caught:
            view.project(PROJECT, year=2029)
        assert caught.value.years == (2023,)
        assert caught.value.nearest is None
        with pytest.raises(UnknownProject, match=r"would be right$"):
            view.project("13052923P00584010949D")


def test_the_only_source_is_named_once():
    """Of several the nearest is named."""
    alone = UnknownSource("fiscl", known=["fiscal"], nearest="fiscal")
    several = UnknownSource("fiscl", known=["fiscal", "other"], nearest="fiscal")
    assert "nearest" not in str(alone)
    assert "最接近的是“财政资金”" in several.message.said(CHINESE)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (["raport"], "没有命令“raport”。是不是“report”？\n"),
        (["report", "L", "--monthh"], "“--monthh”。是不是“--month”？\n"),
        (["xyzzy"], "没有命令“xyzzy”。\n"),
        (
            ["commit", "L", "1", "1", "1"],
            "缺少选项“--on”。请加上 --on 日期：生效日期。\n",
        ),
        (["init"], "缺少参数“文件”，应写的位置见上面的用法。\n"),
    ],
)
def test_what_is_to_be_typed_is_said(words, ends):
    """No blank stands after a Chinese full stop."""
    assert refused(*words).endswith(ends)


@pytest.mark.parametrize("day", ["2023-06-30T00:00:00", "2023-06-30"])
def test_half_an_instant_is_completed(path, day):
    """A day, or an instant without its zone; what is none has an example."""
    said = refused("report", path, "--month", "2023-06", "--known-at", day)
    assert said.endswith("如 2023-06-30T00:00:00+08:00\n")
    said = refused("report", path, "--month", "2023-06", "--known-at", "soon")
    assert said.endswith("如 2023-07-10T12:00:00+08:00\n")


@pytest.mark.parametrize("name", ["month.csv", "month.xlsx"])
def test_events_that_are_imported_are_to_be_recorded(path, tmp_path, name):
    """A month's template, filled in or not, is no form of approval."""
    file = str(tmp_path / name)
    with Ledger.open(path, read_only=True) as ledger:
        ledger.events_template(file, 2023, 6)
    assert "如为登记事项，请用 `record`" in refused("import", path, file)


def test_usage_fits_the_terminal(monkeypatch):
    """Choices make a line of it long."""
    monkeypatch.setenv("COLUMNS", "80")
    told = CliRunner().invoke(main, ["--lang", "zh", "explain-variance", "--help"])
    assert max(map(columns, told.output.splitlines())) <= 80


@pytest.mark.parametrize("option", ["—on", "––on", "—on=2023-03-01"])
def test_a_long_dash_is_two_short_ones(tmp_path, option):
    """Word processors and chats make one of them."""
    file = str(tmp_path / "a.ledger")
    words = [option] if "=" in option else [option, "2023-03-01"]
    done = CliRunner().invoke(main, ["disburse", file, "P", "1", *words])
    assert "--voucher" in done.output
    assert "--on'" not in done.output


def test_a_word_that_an_option_has_for_its_name_stays_a_word(tmp_path):
    """A project may be called `on`, and a file `key`."""
    file = str(tmp_path / "key")
    CliRunner().invoke(main, ["init", file])
    words = ["disburse", file, "on", "1", "--voucher", "source", "--on", "2023-03-01"]
    done = CliRunner().invoke(main, ["--lang", "en", *words])
    assert "no approved project 'on'" in done.output
