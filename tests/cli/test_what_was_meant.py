"""A refusal names what was meant, in the words of its reader, and no opposite."""

from datetime import date

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Ledger
from ledger.cli import main
from ledger.domain.choices import nearest_word
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
