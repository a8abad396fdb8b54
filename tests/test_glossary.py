"""Names are the words of the glossary."""

import ast
import re
import tomllib

import pytest

from support_sources import MODULES, ROOT, SOURCES

PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8")
TABLES = sorted((ROOT / "src" / "ledger" / "messages" / "en").glob("*.toml"))
HEADS = ("figure", "label", "object", "event", "choice", "source", "report")
"""Sections of short texts: heads of columns, and nouns in cells."""


def table(heading):
    """Yield the cells of the rows of the table under a heading of the glossary."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if "|" in line]
    return rows[2:]


UNUSED = dict(table("Words that names do not have"))
ALLOWED = {
    name: reason
    for names, reason in table("Names that have one of them all the same")
    for name in re.findall(r"`([^`]+)`", names)
}


def words(name):
    """Return the words of a name, in the singular."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    whole = {part.lower() for part in parts}
    return whole | {re.sub(r"ies$", "y", part).removesuffix("s") for part in whole}


def public(tree):
    """Yield the public names that a module makes: not what is local to a function."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef():
                yield node.name
                yield from (
                    own.target.id
                    for own in node.body
                    if isinstance(own, ast.AnnAssign)
                    and isinstance(own.target, ast.Name)
                )
            case ast.FunctionDef() if not node.name.startswith("_"):
                yield node.name
                given = node.args
                yield from (
                    one.arg for one in given.posonlyargs + given.args + given.kwonlyargs
                )
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def unlike(names):
    """Return the names that have a word they should not, with the better word."""
    return {
        name: UNUSED[word]
        for name in names
        if name not in ALLOWED and not name.startswith("_")
        for word in sorted(words(name) & UNUSED.keys())
    }


def test_a_word_that_is_not_ours_is_found():
    """In each spelling of names, in the plural too."""
    assert unlike(["PackedPayments", "last_change", "entries", "ACTUAL"]).keys() == {
        "PackedPayments",
        "last_change",
        "entries",
        "ACTUAL",
    }
    assert not unlike(["exchange", "_entries", "actually", "Disbursements"])


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_public_names_are_words_of_the_glossary(source):
    """Modules, classes, functions, their arguments, fields and constants."""
    assert not unlike({source.stem, *public(ast.parse(source.read_text("utf-8")))})


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_codes_and_heads_of_tables_are_words_of_the_glossary(path):
    """A code says what a text is about; a head is read above a column."""
    sections = tomllib.loads(path.read_text("utf-8"))
    assert not unlike(code for rows in sections.values() for code in rows)
    assert not unlike(
        text for name in HEADS for text in sections.get(name, {}).values()
    )


def test_headings_of_docs_are_words_of_the_glossary():
    """So a page is found by the word that names use."""
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    headings = [
        heading
        for page in pages
        for heading in re.findall(r"^#+ (.*)", page.read_text("utf-8"), re.MULTILINE)
    ]
    assert not unlike(headings)


def test_what_is_allowed_is_used():
    """A name that is gone leaves the list."""
    named = {*MODULES, *(source.stem for source in SOURCES)}
    for source in SOURCES:
        named |= {*public(ast.parse(source.read_text("utf-8")))}
    for path in TABLES:
        sections = tomllib.loads(path.read_text("utf-8"))
        named |= {code for rows in sections.values() for code in rows}
        named |= {text for name in HEADS for text in sections.get(name, {}).values()}
    assert not ALLOWED.keys() - named
