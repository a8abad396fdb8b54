"""Docstrings, comments and docs are plain modern English that can be read alone."""

import ast
import io
import re
import tokenize
import tomllib

import pytest

from support_sources import ROOT, SOURCES

TABLES = sorted((ROOT / "src" / "ledger" / "messages" / "en").glob("*.toml"))
PAGES = [
    page
    for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    if page.name != "CHANGELOG.md"
]

DATED = {
    r"\bheld (to|against|beside)\b": "checked by, compared with",
    r"\bhold (an?|the|its|\*\w+\*) [^.;:]*\b(to|against)\b": "check, compare",
    r"\bpart(ed|ing)\b": "split, separated",
    r"\bparts? (an?|the|it|them|its) \w": "split, separate",
    r"\bmend(s|ed|ing)?\b": "fix, put right",
    r"\bbeside\b": "next to, with, as well as, other than",
    r"\bsay whether\b": "return whether, check whether",
    r"\bas good as\b": "like, almost",
    r"\b(is|are|be) told\b": "is called with, is given, is named",
    r"\bdearer\b": "costs more",
    r"\banew\b": "again",
    r"\b(how|makes \*?\w+\*?) odd\b|\boddness\b": "cost, unusual",
    r"\bvouched for by nobody\b": "unsigned",
    r"\btaken? apart\b": "split",
    r"\bat the door\b|\bby (both|every|any) doors?\b": "in the interface",
    r"\bwhat is (to be )?said\b": "findings, remarks, the message",
    r"\b(trust|know|have|has|had) (it|them) not\b": "do not trust it",
    r"\b(nought|naught|lest|whence|thence|hence|upon|shall|ought)\b": "plainer",
}
"""Phrases of another century, and what to write instead."""


def said(source):
    """Yield the line and the text of each docstring and comment of a module."""
    text = source.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.lineno, str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def prose(page):
    """Return a page without its code."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"`[^`\n]*`", "…", text)


def dated(text):
    """Return the dated phrases in a text, with what to write instead."""
    plain = " ".join(text.split())
    return [
        (match.group(), better)
        for phrase, better in DATED.items()
        for match in re.finditer(phrase, plain, re.IGNORECASE)
    ]


@pytest.mark.parametrize("text", ["Hold a form to itself.", "It is parted.", "anew"])
def test_a_dated_phrase_is_found(text):
    """However it is spelled, and over line ends."""
    assert dated(text)
    assert dated(text.upper().replace(" ", "\n  "))


def test_docstrings_and_comments_can_be_read_alone():
    """They are plain English of today."""
    found = [
        f"{source.relative_to(ROOT)}:{line}: {phrase} ({better})"
        for source in SOURCES
        for line, text in said(source)
        for phrase, better in dated(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_docs_are_plain_english(page):
    """Code and quotes apart; the changelog stays as it was written."""
    assert not dated(prose(page))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_messages_are_plain_english(path):
    """A reader of a message has nothing else to guess its meaning from."""
    sections = tomllib.loads(path.read_text("utf-8"))
    assert not dated("\n".join(t for rows in sections.values() for t in rows.values()))
