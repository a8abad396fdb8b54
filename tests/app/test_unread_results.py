"""A text in the place of a result: the refusal says what its own target asks for."""

import json

import pytest

from ledger import Ledger, Settings
from ledger.errors import InvalidBatch, InvalidInput
from ledger.messages import Language
from support import approval, day, indicator

ASKED = {
    "≥12次": (
        "a number in 次 alone, in ASCII digits, such as 12",
        "只用普通数字写数（单位为次），如 12",
    ),
    "≤5元": (
        "a number in 元 alone, in ASCII digits, such as 5",
        "只用普通数字写数（单位为元），如 5",
    ),
    "90%-95%": (
        "a number in % alone, in ASCII digits, such as 90",
        "只用普通数字写数（单位为%），如 90",
    ),
    "11月底": ("the date reached, such as 2023-03-01", "完成日期，如 2023-03-01"),
    "每月25日": ("the date reached, such as 2023-03-01", "完成日期，如 2023-03-01"),
    "效果显著": ("a rating, one of attained, partly, not_attained", "评价，已完成、"),
}
"""By target: what a text is answered with in both languages."""


def projects():
    """Return an approval with an indicator for each of the targets."""
    own = [indicator(f"i{number}", text) for number, text in enumerate(ASKED)]
    return approval("P", indicators=tuple(own))


@pytest.fixture(params=Language)
def ledger(request):
    """Keep a project with an indicator for each of the targets, in each language."""
    settings = Settings(language=request.param)
    with Ledger(":memory:", actor="t", settings=settings) as made:
        made.append(projects())
        yield made


def said(language, number):
    """Return what an indicator's target is to be answered with."""
    return [*ASKED.values()][number][language is Language.CHINESE]


@pytest.mark.parametrize("number", range(len(ASKED)))
@pytest.mark.parametrize("text", ["abc", "十", "很好", "?"])
def test_a_text_is_refused_by_what_the_target_asks_for(ledger, number, text):
    """Latin or Chinese, at the door of a script and of the command line."""
    with pytest.raises(InvalidInput) as refused:
        ledger.report_result("P", f"i{number}", text, on=day(3))
    assert text in refused.value.text(ledger.language)
    assert said(ledger.language, number) in refused.value.text(ledger.language)


def test_each_line_of_a_file_is_refused_so(ledger, tmp_path):
    """All of them, however many there are."""
    times = 5
    lines = [
        {
            "type": "ResultReported",
            "project": "P",
            "on": "2023-03-01",
            "indicator": f"i{number}",
            "value": "abc",
        }
        for number in range(len(ASKED))
    ] * times
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(InvalidBatch) as refused:
        ledger.record(file)
    found = refused.value.text(ledger.language).splitlines()[1:]
    assert len(found) == len(lines)
    for place, line in enumerate(found):
        assert said(ledger.language, place % len(ASKED)) in line


def test_a_number_with_its_unit_is_answered_with_the_number(ledger):
    """And a word nearly right with the right one."""
    for number, text, answer in ((0, "1,250 次", "1250"), (5, "attaind", "")):
        with pytest.raises(InvalidInput) as refused:
            ledger.report_result("P", f"i{number}", text, on=day(3))
        assert answer in refused.value.text(ledger.language)
    hint = "是否指" if ledger.language is Language.CHINESE else "did you mean"
    assert hint in refused.value.text(ledger.language)


def test_an_indicator_that_is_not_there_is_what_is_wrong(ledger):
    """What would be right of it nobody knows: any of them."""
    with pytest.raises(InvalidInput, match=r"2023-06-30"):
        ledger.report_result("P", "i99", "abc", on=day(3))
