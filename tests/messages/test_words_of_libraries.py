"""What the system and libraries say is put in the words of the reader's language."""

import os
import re

import pytest

from ledger import InvalidInput, Ledger, LedgerError, Settings
from ledger.audit.proof import Proof
from ledger.messages import Language, found_by
from ledger.store.signing import PublicKey

pytestmark = pytest.mark.own_language

LATIN = re.compile(r"[A-Za-z]{4,}")


@pytest.mark.parametrize(
    "problem", [OSError(13, os.strerror(13)), ValueError("byte 3"), OSError(2, "gone")]
)
def test_a_problem_is_said_in_both_languages(problem):
    """Those of a library that we have no words for stay in English, quoted."""
    found = found_by(problem)
    english = found.said(Language.ENGLISH)
    assert english in ("no permission", "'byte 3'", "no such file or folder")
    assert os.strerror(getattr(problem, "errno", None) or 13) not in english
    assert not LATIN.search(found.said(Language.CHINESE))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", '{"type": "Disbursed", "type": "Disbursed"}', "“type”写了两次"),
        ("a.jsonl", '{"type": ', "JSON 对象"),
        ("a.csv", 'type,on\n"a', "内容不完整"),
        ("a.jsonl", r'{"type": "\ud83d"}', r"转义“\ud83d”只有半个字符"),
        ("a.jsonl", r'{"type": "\ud83d", "project": "x"}', "只有半个字符"),
        ("a.jsonl", r'{"type": "\\\ude00 x"}', "只有半个字符"),
        ("a.jsonl", r'{"type": "\ud83d', "内容不完整"),
        ("a.jsonl", r'{"type": "\ud83d\ude', "内容不完整"),
        ("a.jsonl", r'{"type": "\ud83d\ude00\\ud83d', "内容不完整"),
    ],
)
def test_a_bulk_file_that_cannot_be_read_says_so_in_chinese(name, text, told, tmp_path):
    """Which key stands twice, too; nothing of it is what a library says."""
    file = tmp_path / name
    file.write_text(text, "utf-8")
    with (
        Ledger(":memory:", actor="a", settings=Settings()) as ledger,
        pytest.raises(LedgerError) as caught,
    ):
        ledger.record(file)
    said = str(caught.value).replace(str(file), "").replace(text, "")
    assert told in said
    for word in ("object", "Expected", "truncated", "unexpected", "Disbursed is"):
        assert word not in said


HALF = rb'{"projects": [{"name": "\ud800"}]}'


@pytest.mark.parametrize("door", [Ledger.import_forms, Ledger.verify_report])
def test_half_a_character_is_told_of_a_whole_file(door, tmp_path):
    """A file of JSON of which nothing is cut off."""
    file = tmp_path / "a.json"
    file.write_bytes(HALF)
    with Ledger(":memory:", actor="a") as ledger, pytest.raises(LedgerError) as caught:
        door(ledger, file)
    assert r"half of a character, '\ud800'" in caught.value.text("en")


@pytest.mark.parametrize("read", [Proof.read, PublicKey.read])
def test_a_file_that_is_not_there_is_told_in_chinese(read, tmp_path):
    """As of every other file."""
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path / "x")
    assert "没有这个文件" in caught.value.text("zh")
