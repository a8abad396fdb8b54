"""A language made from each other one: every text in ⟦ ⟧, to see what is no text."""

import ast
import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

from ledger import messages

TABLES = Path(messages.__file__).parent
OPENING, CLOSING = "⟦⟧"
HAN = re.compile("[\u3400-\u9fff]+")
RUN = re.compile(
    r"(?<![\w.-])(?:--?)?[A-Za-z][\w./-]+(?: [A-Za-z][\w./-]+)*|[\u3400-\u9fff]+"
)
"""Words one after another, or Chinese without a sign between."""
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


def write_tables(folder):
    """Write the tables of each language with every text marked."""
    for file in sorted(TABLES.glob("*/*.toml")):
        lines = []
        for section, rows in tomllib.loads(file.read_text("utf-8")).items():
            lines.append(f"[{section}]")
            for code, text in rows.items():
                marked = f"{OPENING}{text.strip(chr(10))}{CLOSING}"
                lines.append(f"{json.dumps(code)} = {json.dumps(marked)}")
        path = folder / file.relative_to(TABLES)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")


def unmarked(text):
    """Return what of *text* stands outside all marks; a mark may be cut off at its end."""
    parts, depth = [], 0
    for sign in text:
        if sign == OPENING:
            depth += 1
            parts.append(" ")
        elif sign == CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(sign)
    return "".join(parts)


def shown(name, text):
    """Yield each text that a reader sees of a text of the corpus, and whether in JSON."""
    if name.endswith(".xlsx"):
        cells = map(ast.literal_eval, QUOTED.findall(text))
        for found in cells:
            if not found.startswith("="):
                yield found, False
        return
    if name.endswith(".html"):
        page = _Page()
        page.feed(text)
        for found in page.texts:
            yield found, False
        return
    lines = [line for line in text.splitlines() if not line.startswith(("$ ", "-- "))]
    body = "\n".join(lines).strip()
    try:
        values = strings(json.loads(body))
    except ValueError:
        yield body, False
    else:
        for found in values:
            yield found, True


def strings(value):
    """Yield each text of a JSON value; names of its fields are no texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


class _Page(HTMLParser):
    """Collects what a page shows: its texts, and what is read aloud of it."""

    def __init__(self):
        super().__init__()
        self.texts, self.hidden = [], False

    def handle_starttag(self, tag, attrs):
        self.hidden = tag in {"style", "script"}
        shown = {"aria-label", "title", "alt", "placeholder"}
        self.texts += [text for name, text in attrs if name in shown and text]

    def handle_endtag(self, _tag):
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data)
