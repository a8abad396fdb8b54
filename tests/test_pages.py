"""The pages of the docs lead to each other, and say one thing in both languages."""

import re
import unicodedata
from pathlib import Path

import pytest

from ledger import messages
from support_pages import Reader, matches
from support_sources import ROOT

from .messages import reference

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CHINESE = [page for page in PAGES if page.stem.endswith(".zh") or "zh" in page.parts]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def said(page):
    """Return the text of a page without its blocks of code."""
    return re.sub(r"(?ms)^```.*?^```", "", page.read_text("utf-8"))


def anchors(page):
    """Return the anchors of the headings of a page, as forges make them."""
    found = set()
    for heading in re.findall(r"(?m)^#+ (.+)$", said(page)):
        kept = (
            letter
            for letter in heading.lower().replace("`", "")
            if letter in "-_ " or unicodedata.category(letter)[0] in "LNM"
        )
        found.add("".join(kept).replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_what_there_is(page):
    """Files by their relative path, and headings in them."""
    for link in LINK.findall(said(page)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_chinese_page_leads_to_the_english_one_and_to_the_first(page):
    """So nobody is lost in a language that is not his own."""
    paths = [link.split("#")[0] for link in LINK.findall(said(page))]
    links = [(page.parent / path).resolve() for path in paths]
    english = [link for link in links if link in PAGES and link not in CHINESE]
    assert english or page.name == "findings.md"


def test_each_chinese_page_is_found_from_the_first():
    """By links, in as many steps as it takes."""
    reached, ahead = set(), [ROOT / "README.zh.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        links = (
            (page.parent / link.split("#")[0]) for link in LINK.findall(said(page))
        )
        ahead += {link.resolve() for link in links} & {*CHINESE} - reached
    assert {*CHINESE} == reached


def rows(page):
    """Return the cells of the first table of a page."""
    lines = page.read_text("utf-8").split("\n\n| ")[1].split("\n\n")[0].splitlines()[2:]
    return [line.strip("| ").split(" | ") for line in lines]


def test_the_glossaries_have_the_same_pairs():
    """A word that is translated in one way here has no other there."""
    english = {cells[0]: cells[1] for cells in rows(ROOT / "docs" / "glossary.md")}
    for chinese, word, _ in rows(ROOT / "docs" / "zh" / "glossary.md"):
        if word in english:
            assert english[word] == chinese, word


def test_the_chinese_glossary_has_the_words_of_the_tables():
    """What a page explains is what the program says; other words may stand behind it."""
    folder = Path(messages.__file__).parent / "zh"
    texts = "".join(path.read_text("utf-8") for path in folder.glob("*.toml"))
    for terms, *_ in rows(ROOT / "docs" / "zh" / "glossary.md"):
        assert terms.split(", ")[0].split("; ")[0] in texts, terms


def test_the_chinese_reference_is_that_of_the_tables():
    """`python -m tests.messages.reference` writes it; nobody edits it."""
    assert reference.PAGE.read_text("utf-8") == reference.page()


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n…\nd …", "a  \nb\nc\nd 5\n", True),
        ("…\nb", "a\nb\n", True),
        ("a\nd …", "a\nb\nd 5\n", False),
        ("a", "a\nb\n", False),
        ("a.c", "abc\n", False),
    ],
)
def test_what_is_shown_is_compared_with_what_is_printed(shown, printed, same):
    """… stands for lines, or for a part of one, and for nothing else."""
    assert matches(shown, printed) is same


def test_a_reader_does_what_a_page_says(tmp_path, monkeypatch):
    """On the days that it names, in its language, and knows what was refused."""
    monkeypatch.chdir(tmp_path)
    printed, refused = Reader().run(
        "# 2024-04-16\nbudget-ledger init a.ledger\npip install nothing\n"
        "budget-ledger close-period a.ledger --through 2024-03-31  # lock\n"
        "budget-ledger events \\\n  a.ledger ledger\n"
    )
    assert "结账  [李会计，2024-04-16 01:02:00]" in printed
    assert not refused
    _, refused = Reader().run("budget-ledger show a.ledger NOBODY\n")
    assert len(refused) == 1
