"""Members of enums by their keys and by the words of both languages."""

import re
from enum import StrEnum

import pytest

import ledger
from ledger import InvalidInput, Ledger, Measure
from ledger.domain.choices import by_word, listed, offered, one_of
from ledger.domain.events import AdjustmentKind, Rating
from ledger.domain.indicator import Direction
from ledger.domain.plan import Convention, Reading
from ledger.domain.policy import CeilingFormula, Proration
from ledger.domain.target_kind import TargetKind
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.messages import Language, Message, message, said
from support import PROJECT, approval, day, indicator

KINDS = (
    *(AdjustmentKind, CeilingFormula, Convention, Direction, Likelihood, Measure),
    *(Proration, Rating, Reading, TargetKind, VarianceCategory),
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_word_of_both_languages_is_taken(kind):
    """As tables have it, in any case, with space around it."""
    for member in kind:
        word = Message(f"choice.{kind.__name__}.{member.value}")
        for text in (member.value, *map(word.said, Language)):
            for shown in (text, f" {text.upper()}\u3000"):
                assert one_of(kind, "x", shown) is member
        assert word in offered(kind)


PUBLIC = [
    getattr(ledger, name)
    for name in ledger.__all__
    if isinstance(getattr(ledger, name), type)
    and issubclass(getattr(ledger, name), StrEnum)
]


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_kind_called_with_a_word_that_is_none_names_the_nearest(kind):
    """Every public one; its members are found by their keys as ever."""
    assert len(PUBLIC) == 15
    for member in kind:
        assert kind(member.value) is member
    word = list(kind)[-1].value
    with pytest.raises(InvalidInput, match=re.escape(f"did you mean {word!r}")):
        kind(f"{word}e")
    for junk in (5, None, [], object(), "x" * 10_000):
        with pytest.raises(InvalidInput, match="expected one of"):
            kind(junk)


def test_wide_letters_are_as_narrow_ones():
    """An office types ＳＵＭ; a word of another kind is none of this one."""
    assert one_of(Measure, "measure", "ＳＵＭ") is Measure.SUM
    assert by_word(Measure, "越高越好") is None
    assert by_word(Measure, 7) is None
    assert by_word(Measure, "s" * 10_000_000) is None


def test_a_word_that_two_members_share_is_refused(monkeypatch):
    """Nobody could tell which is meant; the keys are still taken."""
    words = {"choice.Twin.a": "同", "choice.Twin.b": "同"}
    monkeypatch.setattr(
        "ledger.messages.text.template", lambda code, _: words.get(code)
    )
    twin = StrEnum("Twin", {"A": "a", "B": "b"})
    assert by_word(twin, "同") is None
    assert by_word(twin, "a") is twin.A


@pytest.mark.parametrize("word", ["部分完成", "partly", "Partly"])
def test_a_result_is_a_rating_by_its_word(word):
    """As a text in the place of the value."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("效果", "效果显著"),)))
        made = ledger.report_result(PROJECT, "效果", word, share="0.7", on=day(6, 2))
        assert made.event.rating is Rating.PARTLY


@pytest.mark.parametrize("word", ["追加", "Supplement", "supplement"])
def test_an_adjustment_is_taken_by_its_word(word):
    """Members and keys come first; words where neither fits."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval())
        made = ledger.adjust_budget(PROJECT, word, "1.00", document="x", on=day(6, 2))
        assert made.event.kind is AdjustmentKind.SUPPLEMENT


def test_a_refusal_lists_the_keys_and_in_chinese_the_words():
    """It names the nearest one, also of a word."""
    with pytest.raises(InvalidInput) as caught:
        one_of(Measure, "measure", "累积")
    assert "one of sum, level, latest, ratio, mean, max, min" in str(caught.value)
    chinese = caught.value.text(Language.CHINESE)
    assert "累计、水平、最新、比率" in chinese
    with pytest.raises(InvalidInput, match="did you mean 'mean'"):
        one_of(Measure, "measure", "meen")
    keys = message("expected.choice", words=listed(Language), nearest=None)
    assert said(keys, Language.CHINESE).startswith("zh、en")
