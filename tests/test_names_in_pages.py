"""Pages name commands, options and methods that there are, in two trees alike."""

import re
import shlex

import pytest

from ledger import Ledger, View
from support import commands
from support_sources import ROOT, SOURCES

ENGLISH_ALONE = {
    "api": "made from docstrings",
    "architecture.md": "for who changes the program",
    "decisions": "for who changes the program",
    "explanation": "for who changes the program",
    "results.md": "figures of the benchmark",
}
"""Pages and folders of pages that have no Chinese twin, and why."""

DOCS = ROOT / "docs"
ENGLISH = {page.relative_to(DOCS) for page in DOCS.rglob("*.md")}
CHINESE = {page.relative_to("zh") for page in ENGLISH if page.parts[0] == "zh"}
ENGLISH = {page for page in ENGLISH if page.parts[0] != "zh"}
PAGES = sorted([*ROOT.glob("README*.md"), *DOCS.rglob("*.md")])
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(
    r"(?ms)^(?:```|<!--- invisible-code-block: )(\w*)\n(.*?)^(?:```|-->)"
)
PROGRAM = "budget-ledger"
EVERYWHERE = {"--help", "-h", "--format", "--lang", "--version"}
COMMANDS = commands()
OTHERS = {"--user", "--doctest-modules"}
"""Options of other programs that pages name."""

OPTIONS = {
    name: {*EVERYWHERE, *(word for one in command.params for word in one.opts)}
    for name, command in COMMANDS.items()
}
ALL = {*OTHERS, *EVERYWHERE}.union(*OPTIONS.values())
KNOWN = {
    word
    for source in SOURCES
    for word in re.findall(r"[A-Za-z_]\w*", source.read_text("utf-8"))
}
OBJECTS = {"ledger": Ledger, "view": View}
ids = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: str(page.relative_to(ROOT))
)


def spans(page):
    """Return what a page sets as code within its sentences."""
    return SPAN.findall(FENCE.sub("", page.read_text("utf-8")))


def lines(page):
    """Return each command that a page shows, in a block or in a sentence."""
    blocks = [
        text for kind, text in FENCE.findall(page.read_text("utf-8")) if kind == "sh"
    ]
    shown = "\n".join(blocks).replace("\\\n", " ").splitlines()
    listed = [*shown, *(span for span in spans(page) if "…" not in span)]
    return [line for line in listed if line.split()[:1] == [PROGRAM]]


def unknown(line):
    """Return what of a command line there is not."""
    words = shlex.split(line, comments=True)[1:]
    while words[:1] == ["--lang"]:
        words = words[2:]
    if not words or words[0].startswith("-"):
        return [word for word in words if word.startswith("--") and word not in ALL]
    name, *rest = words
    if name not in COMMANDS:
        return [name]
    return [
        f"{name} {word}"
        for word in rest
        if word.startswith("--") and word.split("=")[0] not in OPTIONS[name]
    ]


def test_both_trees_hold_the_same_pages():
    """But for what only those read who change the program."""
    twins = {page for page in ENGLISH if page.parts[0] not in ENGLISH_ALONE}
    assert twins == CHINESE
    assert {page.parts[0] for page in ENGLISH} >= ENGLISH_ALONE.keys()


@ids
def test_commands_and_their_options_are_there(page):
    """In blocks and in sentences."""
    assert [slip for line in lines(page) for slip in unknown(line)] == []


@ids
def test_options_in_sentences_are_there(page):
    """Of the command that is named with them, else of some command."""
    slips = []
    for span in spans(page):
        first, *rest = span.split()
        if first in COMMANDS and rest and all(w.startswith("--") for w in rest[:1]):
            slips += unknown(f"{PROGRAM} {span}")
        elif first.startswith("--") and re.fullmatch(r"--[a-z-]+", first):
            slips += [] if first in ALL else [first]
    assert slips == []


@ids
def test_names_in_sentences_are_there(page):
    """Of methods, fields, classes and codes: some source has each of them."""
    if "decisions" in page.parts:
        return  # They name what was not chosen, too.
    slips = []
    for span in spans(page):
        if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+|[A-Z][a-z]+([A-Z][a-z]+)+", span):
            slips += [] if span in KNOWN else [span]
        method = re.match(r"(\w+)\.(\w+)\(", span)
        if method and method[1] in OBJECTS:
            slips += [] if hasattr(OBJECTS[method[1]], method[2]) else [span]
    assert slips == []


@ids
def test_blocks_of_commands_are_run(page):
    """What is a command stands in a block `sh`, which the tests run."""
    plain = [text for kind, text in FENCE.findall(page.read_text("utf-8")) if not kind]
    assert not [text for text in plain if re.search(rf"(?m)^{PROGRAM} ", text)]


@ids
def test_a_page_in_english_makes_an_english_ledger(page):
    """On any machine: without a language, `init` takes that of the locale."""
    made = [line for line in lines(page) if re.match(rf"{PROGRAM} +init\b", line)]
    if page.name.endswith("zh.md") or "zh" in page.parts:
        assert not [line for line in made if "--lang en" in line]
    else:
        assert all("--lang" in line for line in made)


def test_the_reference_has_each_command_with_its_options():
    """No command is missing, none is invented, and no option but those of many."""
    text = (DOCS / "reference.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| `([a-z-]+)( [A-Z[][^`]*)?` \| (.*) \|$", text)
    listed = {
        name: {*re.findall(r"--[a-z0-9-]+", head + rest)} for name, head, rest in rows
    }
    told = {"--actor", "--cause", "--expected-version", "--force", "--format", "--lang"}
    assert {name: listed.get(name, {"nothing"}) - told for name in COMMANDS} == {
        name: {word for one in command.params for word in one.opts if word[:2] == "--"}
        - told
        for name, command in COMMANDS.items()
    }
