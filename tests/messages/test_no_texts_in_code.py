"""No sentence stands in code: what is said is a code of the tables."""

import ast
import re
from pathlib import Path

import ledger

SOURCES = Path(ledger.__file__).parent
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
SAYS = frozenset(
    "message finding InvalidInput InvalidAmount LogCorrupted NotProven say print fault note".split()
)
"""What takes a text that a reader will see."""

ALLOWED = {
    "carried_over and lapsed": "two fields, whose words are in the tables",
    "project or unit": "two fields, whose words are in the tables",
}


def texts(call):
    """Return the texts that a call is given, those of calls within it left out."""
    waiting = [*call.args, *(each.value for each in call.keywords)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.Call):
            waiting += ast.iter_child_nodes(node)


def test_what_is_said_has_no_sentence_of_its_own():
    """It would be English to a reader of Chinese."""
    found = [
        f"{file.relative_to(SOURCES)}:{node.lineno}: {text}"
        for file in sorted(SOURCES.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYS
        for text in texts(node)
        if SENTENCE.search(text) and text not in ALLOWED
    ]
    assert not found, "\n".join(found)
