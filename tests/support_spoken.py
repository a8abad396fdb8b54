"""All that a workbook says to who opens it, and letters of the other language in it."""

import re
from html import unescape
from zipfile import ZipFile

from ledger import Settings
from ledger.messages import Language

HAN = re.compile("[\u3400-\u9fff（），。：、；“”]+")
LATIN = re.compile("[A-Za-z]+")
OTHER = {Language.CHINESE: LATIN, Language.ENGLISH: HAN}

_TEXT = re.compile(r"<(?:\w+:)?t(?: [^>]*)?>([^<]*)</")
_ATTRIBUTES = re.compile(r'(?:error|errorTitle|prompt|promptTitle)="([^"]*)"')
_LIST = re.compile(r'<formula1>"([^"]*)"</formula1>')
_SHEET = re.compile(r'<sheet name="([^"]*)"')
_FOOT = re.compile(r"<odd(?:Footer|Header)>&amp;C([^<]*)<")

LEDGERS = [
    Settings(currency=currency, language=language, scale=scale, first_month=month)
    for currency in ("CNY", "USD", "JPY")
    for language in Language
    for scale in ("1", "10000")
    for month in (1, 4)
]
"""Ledgers of each language, in several currencies and scales."""


def texts(path, parts=r"xl/.*\.xml"):
    """Return all texts of a workbook: cells, names of sheets, comments, checks, lists."""
    found = []
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if not re.fullmatch(parts, name):
                continue
            part = archive.read(name).decode("utf-8")
            for pattern in (_TEXT, _ATTRIBUTES, _LIST, _SHEET, _FOOT):
                found += map(unescape, pattern.findall(part))
    return found


def foreign(said, language, known=()):
    """Return the runs of letters of the other language, but for the *known* ones."""
    runs = {run for text in said for run in OTHER[language].findall(text)}
    return runs.difference(known)
