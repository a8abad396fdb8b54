"""
A language made from each other one: what its texts say in ⟦ ⟧, and nothing else in them.

What fills a place of a text stands outside the marks, so that a word which is no text
is seen within a text, too.
"""

import ast
import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

from ledger import messages

TABLES = Path(messages.__file__).parent
OPENING, CLOSING = "⟦⟧"
OPTIONAL = re.compile(r"(\[\[|\]\])")
SHEET = "sheet"
NUMBER = re.compile(r"^[0-9]+ ")
CELL = re.compile(r"[A-Z]+[0-9]+ ")
LINK = re.compile(r" link .*")
PAGE = re.compile(r"&[PN]|None")
CLASS = re.compile(r"^(?:[\w -]+: )?(?:[A-Z]\w+:|taken)$", re.MULTILINE)
"""How the corpus heads a refusal, or says that there is none."""
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


def write_tables(folder):
    """Write the tables of each language with every text marked."""
    for file in sorted(TABLES.glob("*/*.toml")):
        lines = []
        for section, rows in tomllib.loads(file.read_text("utf-8")).items():
            lines.append(f"[{section}]")
            for code, text in rows.items():
                marked = json.dumps(mark(text.strip("\n")), ensure_ascii=False)
                lines.append(f"{json.dumps(code, ensure_ascii=False)} = {marked}")
        path = folder / file.relative_to(TABLES)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")


def mark(text):
    """
    Return a text of the tables with marks around all that is no place.

    >>> mark("{stream}[[, part {n}]]: {count:line|lines}, {{}}")
    '{stream}[[⟦, part ⟧{n}]]⟦: ⟧{count:⟦line⟧|⟦lines⟧}⟦, {{}}⟧'
    """
    return "".join(
        part if OPTIONAL.fullmatch(part) else _mark_part(part)
        for part in OPTIONAL.split(text)
    )


def _mark_part(text):
    parts = []
    words = ""
    for literal, name, spec, conversion in Formatter().parse(text):
        words += literal.replace("{", "{{").replace("}", "}}")
        if name is None:
            continue
        parts += [_words(words), "{", name, f"!{conversion}" if conversion else ""]
        counted = "|".join(map(_words, spec.split("|"))) if "|" in spec else spec
        parts += [f":{counted}" if spec else "", "}"]
        words = ""
    return "".join([*parts, _words(words)])


def _words(text):
    """Mark words a line at a time, so that no mark goes over a blank line."""
    return "\n\n".join(
        f"{OPENING}{part}{CLOSING}" if part else "" for part in text.split("\n\n")
    )


def unmarked(text):
    """Return what of *text* stands outside all marks, and a blank for each mark."""
    parts, depth = [], 0
    for sign in text:
        if sign == OPENING:
            depth += 1
            parts.append("\x00")
        elif sign == CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(sign)
    return "".join(parts)


def is_whole(text):
    """Check that each mark of a text is closed, so that it hides no more than a text."""
    return text.count(OPENING) == text.count(CLOSING)


def shown(name, text):
    """Yield each text that a reader sees of a text of the corpus, with its JSON key."""
    if name.endswith(".xlsx"):
        yield from _in_workbook(text)
        return
    if name.endswith(".html"):
        page = _Page()
        page.feed(text)
        yield from (("", part) for part in page.texts)
        return
    lines = [line for line in text.splitlines() if not line.startswith(("$ ", "-- "))]
    body = "\n".join(lines).strip()
    if name.startswith("refusals/"):
        body = CLASS.sub("", body)
    try:
        values = strings(json.loads(body))
    except ValueError:
        yield "", body
    else:
        yield from values


def _in_workbook(text):
    """Yield the cells, notes, names of sheets and checks of a workbook, no formulas."""
    for line in text.splitlines():
        quoted = QUOTED.findall(LINK.sub("", line)) if CELL.match(line) else ()
        for cell in map(ast.literal_eval, quoted):
            if not cell.startswith("="):
                yield "", cell
        kind, _, rest = line.partition(" ")
        if kind == "==":
            yield SHEET, NUMBER.sub("", rest)
        if kind == "foot":
            yield "", PAGE.sub("", rest)
        if kind == "check":
            yield "", " ".join(rest.split(" ")[2:]).replace("None", "")


def strings(value, key=""):
    """Yield each text of a JSON value with the field it stands in."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, key)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from strings(each, name)


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
