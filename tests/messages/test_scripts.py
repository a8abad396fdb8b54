"""The Chinese tables are Chinese and the English ones English, but for a few names."""

import re

import attrs
import pytest

from ledger import Policy, ScoringRule
from ledger.cli import COMMANDS, main
from ledger.messages import Language, codes, template

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
HAN = re.compile("[\u3400-\u9fff]+")
PLACE = re.compile(r"\{[^{}]*\}")

FILE_TYPES = set(
    "CSV JSON PDF Parquet TOML toml UTF-8 utf-8 csv doc docx json ods parquet pdf txt xls xlsb xlsx".split()
)
TYPED = set(
    "attained partly not_attained cumulative instalments higher lower zh en text "
    "indicators attainment execution_rate result totals unit CNY USD "
    "national true false level1-level2".split()
)
"""What is typed as a value: members, and paths of figures."""

TERMS = {"good", "poor", *attrs.fields_dict(Policy), *attrs.fields_dict(ScoringRule)}
"""Terms of a policy and of a rule of points, and grades."""

FIELDS = set(
    "allowed_by based_on columns indicator project projects reason sha256 sheet type "
    "unit_code uri".split()
)
"""Fields of the interchange form, of bulk files, layouts and mappings."""

PROGRAMS = set(
    "bash bashrc zsh fish budget-ledger pip install ledger sign duckdb polars SQLite "
    "PostgreSQL postgresql user host database "
    "LEDGER_TRACEBACK PYTHONIOENCODING Excel LibreOffice WPS Python README chromium "
    "firefox fonts-noto-cjk Word".split()
)
STANDARDS = set(
    "Alt Enter C7 ISO N Q2 SHA-256 T12 U uXXXX YYYY-MM Z julu-finance pub".split()
)
"""Keys, standards, and patterns of what is written."""


def options():
    """Return the names of all options, without their dashes."""
    commands = [main, *(main.get_command(None, name) for name in COMMANDS)]
    return {
        name.lstrip("-")
        for command in commands
        for parameter in command.params
        for name in parameter.opts
    }


def stand_in(language, script):
    """Return each word of a script in the tables of a language, by the code."""
    return {
        (word, code)
        for code in codes(language)
        if not code.startswith("click.")
        for word in script.findall(PLACE.sub("", template(code, language) or ""))
    }


def test_chinese_texts_have_no_english_words():
    """But for file types, what is typed, fields of files, programs and standards."""
    known = FILE_TYPES | TYPED | FIELDS | PROGRAMS | STANDARDS | options() | {*COMMANDS}
    known |= TERMS
    left = {each for each in stand_in(Language.CHINESE, LATIN) if each[0] not in known}
    assert not left


def test_english_texts_have_no_chinese():
    """A heading of a form is found in the sheet, and then it is a value of the text."""
    assert not stand_in(Language.ENGLISH, HAN)


@pytest.mark.parametrize("mark", [",", ";", "?", "(", ")"])
def test_chinese_texts_have_the_marks_of_chinese(mark):
    """A half-width mark between two Chinese characters is a slip."""
    slip = re.compile(rf"[\u3400-\u9fff]{re.escape(mark)}[\u3400-\u9fff]")
    assert not stand_in(Language.CHINESE, slip)
