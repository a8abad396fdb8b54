"""Texts as data: whatever is missing, something is said and nothing is raised."""

import copy
import pickle
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import messages
from ledger.domain.events import AdjustmentKind
from ledger.domain.money import Currency
from ledger.domain.settings import Settings
from ledger.messages import Language, codes, message, named, quoted, template
from ledger.messages.table import _table
from ledger.messages.text import _JOINED, _OPTIONAL

LANGUAGES = list(Language)


def places(code, language):
    """Return the names of the places of a text, and which of them may be empty."""
    text = template(code, language)
    optional = {
        name
        for part in _OPTIONAL.findall(text)
        for _, name, _, _ in Formatter().parse(part)
        if name
    }
    plain = _OPTIONAL.sub("", text)
    needed = {name for _, name, _, _ in Formatter().parse(plain) if name}
    return needed, optional - needed


def test_each_language_has_the_same_texts_with_the_same_places():
    """A translator's slip is named by the code of the text."""
    english, chinese = (codes(language) for language in LANGUAGES[::-1])
    assert english == chinese
    for code in sorted(english):
        both = [set().union(*places(code, language)) for language in LANGUAGES]
        assert both[0] == both[1], code


def unfilled(language):
    """Return the codes of texts that no values can fill: a brace too many, or too few."""
    codes_of_them = []
    for code in sorted(codes(language)):
        try:
            list(Formatter().parse(_OPTIONAL.sub(r"\1", template(code, language))))
        except ValueError:
            codes_of_them.append(code)
    return codes_of_them


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_filled(language):
    """A translator who leaves a brace too many is told the code of the text."""
    assert unfilled(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_filled_in_a_way_that_there_is(language):
    """Of a way that is not there a list would be joined as if none were named."""
    known = {"", None, "?", ".0", *_JOINED}
    for code in codes(language):
        text = _OPTIONAL.sub(r"\1", template(code, language))
        ways = {how for _, _, how, _ in Formatter().parse(text)}
        assert {how for how in ways - known if "|" not in how} == set(), code


@pytest.mark.parametrize("broken", ["{project}}：{day}", "{project：{day}", "{"])
def test_a_text_with_a_brace_too_many_is_named_and_said_in_english(broken, monkeypatch):
    """The table is broken in one text; every other is said as before."""
    chinese, code = Language.CHINESE, "error.before_approval"
    told = message(code, project="P-1", approved_on="2023-02-01", on="2023-01-01")
    in_english = told.said(Language.ENGLISH)
    table = {**_table(chinese), code: broken}
    english = _table(Language.ENGLISH)
    monkeypatch.setattr(
        "ledger.messages.table._table",
        lambda language: table if language == chinese else english,
    )
    assert unfilled(chinese) == [code]
    assert told.said(chinese) == in_english
    assert quoted("x").said(chinese) == "“x”"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_stands_in_one_file(language):
    """Of two texts with one code a reader would see whichever is read last."""
    folder = Path(messages.__file__).parent / language
    found = Counter(
        f"{section}.{name}"
        for file in folder.glob("*.toml")
        for section, rows in tomllib.loads(file.read_text("utf-8")).items()
        for name in rows
    )
    assert [code for code, times in found.items() if times > 1] == []
    assert found.keys() == codes(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_said_whatever_is_missing_or_of_another_type(language):
    """An error about an error would hide both."""
    for code in codes(language):
        names = set().union(*places(code, language))
        for value in (None, "", 3, [], {}, object(), ["a", 4], message("none.such")):
            message(code).said(language)
            given = message(code)
            given.values.update(dict.fromkeys(names, value))
            assert isinstance(given.said(language), str)


def test_a_code_without_a_text_says_its_values():
    """It is a fault of ours, and yet the reader sees what there is."""
    assert (
        str(message("none.such", on=date(2023, 6, 30))) == "none.such (on=2023-06-30)"
    )
    assert str(named("voucher_code")) == "voucher_code"
    assert str(named("indicators[0].target")) == "indicators[0].target"


def test_values_are_said_in_the_language_of_the_reader():
    """Words for choices, quotation marks, lists and counts are those of the language."""
    given = message(
        "error.unknown_source", name="财政", known=["fiscal", "other"], addable=None
    )
    assert given.said(Language.ENGLISH) == (
        "no funding source '财政'; known: fiscal, other"
    )
    assert given.said(Language.CHINESE) == "没有资金来源“财政”；已有fiscal、other"
    assert quoted("x").said(Language.CHINESE) == "“x”"


def test_a_quotation_is_one_line_in_which_all_is_seen():
    """What moves a cursor or turns the order of a line is escaped, and nothing else."""
    assert str(quoted("a\n\x1b[31m\u202e")) == r"'a\n\x1b[31m\u202e'"
    assert str(quoted("万\\次 '1'")) == "'万\\次 '1''"


@given(
    st.dictionaries(
        st.sampled_from("name known within on".split()),
        st.one_of(
            st.text(), st.integers(), st.dates(), st.decimals(allow_nan=False),
            st.sampled_from(AdjustmentKind), st.lists(st.text(), max_size=3),
        ),
    )
)  # fmt: skip
def test_a_message_is_data(values):
    """It is the same after a copy and in another process, and equal to its like."""
    one = message("error.unknown_unit", **values)
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert hash(one) == hash(message("error.unknown_unit"))
    for language in LANGUAGES:
        assert isinstance(one.said(language), str)


def test_a_value_becomes_what_json_can_hold():
    """Stored with an event, it is read again as it was."""
    one = message(
        "x", on=date(2023, 1, 2), rate=Decimal("1E+2"), kind=AdjustmentKind.RECALL
    )
    assert one.values["on"] == "2023-01-02"
    assert one.values["rate"] == "100"
    assert str(one.values["kind"]) == "recall"


def test_money_is_said_in_the_scale_and_the_currency_of_the_reader():
    """In 10,000s in Chinese where the ledger counts so, exact; in English in the main unit."""
    yuan, yen = Settings(), Settings(currency=Currency("JPY"))
    amounts = [yuan.money(1_234_550), yen.money(1_234_550), yuan.money(-1)]
    assert [one.said(Language.CHINESE) for one in amounts] == [
        "1.23455 万元",
        "1,234,550 JPY",
        "-0.000001 万元",
    ]
    assert [one.said(Language.ENGLISH) for one in amounts] == [
        "12,345.50 CNY",
        "1,234,550 JPY",
        "-0.01 CNY",
    ]


@pytest.mark.parametrize("language", Language)
def test_the_fast_reader_of_tables_reads_what_a_parser_does(language):
    """Row by row, in each file; a parser also refuses a code that stands twice."""
    known = {}
    for file in (Path(messages.__file__).parent / language).glob("*.toml"):
        for name, rows in tomllib.loads(file.read_text("utf-8")).items():
            known |= {f"{name}.{code}": text for code, text in rows.items()}
    assert known == {code: template(code, language) for code in codes(language)}
