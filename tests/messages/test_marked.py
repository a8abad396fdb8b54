"""
Every word that a reader sees is a text of the tables.

The corpus is said once more in languages made from the tables, in which each text is
marked. What stands outside the marks is a stored fact, a number, a date, a code, a
digest or a command; all else was written where nobody could translate it.
"""

import ast
import json
import os
import re
import subprocess
import sys

import attrs
import pytest
from tests.corpus import ROOT

from ledger.audit.figure_paths import ORDER_STATES
from ledger.cli import COMMANDS, main
from ledger.cli.choices import Choice, MemberOf
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.funding import SourceRoot
from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule
from ledger.figures import registry
from ledger.intake import SAMPLE
from ledger.intake.readers.grid import column_name
from ledger.messages import Language, codes, section
from ledger.reports import LAYOUTS

from .layout_texts import layout_texts
from .marked import SHEET, shown, strings, unmarked, write_tables
from .test_labels import enumerations

WORD = r"[A-Za-z](?:[\w./-]*\w)?"
RUN = re.compile(rf"(?<![\w.-])(?:--?)?{WORD}(?: {WORD})*|[\u3400-\u9fff]+")
"""Words one after another, or Chinese without a sign between."""

SIGN = re.compile(r"[、，；：。（）“”《》！？]|[,;:] (?=\S)| \((?![0-9]+\))")
"""What stands between words or around them, which differs by language."""

MACHINES = re.compile(
    r"(None\.csv|lines|\.jsonl|\.checkpoint|\.parquet|records-\w+|events\.json"
    r"|/(stale|root|restored-root|checkpoint|check(\.json)?|prove(-from)?))$"
    r"|/replay/(attainment|execution|(june-)?json)$"
)
"""What programs read: the same in every language, and no text for a reader."""

NARROW = re.compile(r"/narrow-\w+\.txt$")
"""What is said elsewhere with room for it: its words are broken over lines."""

OURS = re.compile("^demo/diff/between-")
OUR_VALUE = re.compile(r"\S.*: [A-Z]\w+")
"""Texts of the corpus itself."""

FORMS = SAMPLE
PRINTED = ROOT / "tests" / "data" / "julu-2023.txt"

MONEY_UNITS = {"元", "万元", "亿元"}
"""What a form says that its amounts are in."""

TYPED = re.compile("^(help|misuse|completion|recording|refusals)/")
"""Where commands, options and what may be typed are listed."""

IN_ENGLISH = re.compile(
    r"(^|[/-])en([./-]|$)|^refusals/|^long/demo/explain/"
    r"|^long/demo/(monitoring/[0-9-]+|self-evaluation)/(?!zh\.)"
)
"""
What is said in English whatever is asked for; the demo's own ledger is English.

So are the lists beside forms of any layout, unless another language is asked for.
"""

EXPLAINED = re.compile("/explain")
"""Where a formula names figures as `explain` is asked for them, in English."""

COLUMNS = re.compile(r"/template/forms-\w+\.xlsx$")
"""Templates whose notes name columns by their letters."""

PRESCRIBED = re.compile(r"/(monitoring|self-evaluation)/.*\.xlsx$")
"""The official forms, whose labels are prescribed, in Chinese, and are layouts."""

FIGURES = {
    "checkpoint_due",
    *"achieved likelihood outlook stated".split(),
    "plan_end",
    *(row.key for row in (*registry.MONEY, *registry.MONTHS, *registry.INDICATORS)),
}
PATH = re.compile(r"(totals|units|projects|indicators|by_source|months)\..*")
PATHS = re.compile(
    r"\b(?:totals|units|projects|indicators|by_source|months)\."
    rf"[^\n\x00;；：]{{0,120}}?\b(?:{'|'.join(sorted(FIGURES, key=len, reverse=True))})\b"
    r"|\bprojects\.\S+\.rectifications\.\S+"
)
"""Where a figure stands in the report in JSON: what `explain` is asked with."""

NO_WORDS = re.compile(
    r"(ledger/)?[0-9a-f]{32,}|[A-Za-z0-9+/]{42,}=?|<hash>"
    r"|U\+[0-9A-F]{4,6}|^budget-ledger: |-h, (?=--)"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|\+[0-9:]+)"
    r"|\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrt])",
    re.MULTILINE,
)
"""Digests, instants, escapes of what cannot be seen, and what a shell's user knows."""

CODES = set(
    "by calendar_status category ceiling code computed convention currency figure grade "
    "grades group issued likelihood measure money_against money_status others outcomes_due outputs_due unequal_parts path points "
    "points_with_cost proration result "
    "severity source status type value year_named_for".split()
)
"""Fields of JSON whose whole value may be a code for programs."""

STORED_CODES = set(
    "category ceiling convention direction kind likelihood measure plan_reading rating "
    "reading severity source type".split()
)
"""Fields of recorded facts that hold codes: a reader is shown the words for them."""


def say(folder, language, extent):
    """Say the corpus in a marked language; return each text by its name."""
    write_tables(folder / "tables")
    words = [str(folder / "texts"), language, extent]
    done = subprocess.run(
        [sys.executable, "-m", "tests.messages.marked_corpus", *words],
        cwd=ROOT,
        env={**os.environ, "LEDGER_MESSAGES": str(folder / "tables")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return read(folder / "texts")


def read(folder):
    """Return the texts of a folder by their names."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def members():
    """Return the values of all enumerations, and other codes that stand in JSON."""
    values = {row.name for row in CATALOGUE}
    values |= {str(member.value) for each in enumerations().values() for member in each}
    grades = {name for name, _ in ScoringRule().grades}
    terms = {*attrs.fields_dict(Policy), *attrs.fields_dict(ScoringRule)}
    return values | grades | terms | {*ORDER_STATES}


def without_findings(line):
    """Return a line without the findings of its event, which are texts with values."""
    if isinstance(line, dict):
        return {
            name: without_findings(value)
            for name, value in line.items()
            if name != "findings"
        }
    return line


def recorded(texts, codes_of_facts):
    """Return what was recorded, codes left out, and what commands were asked with."""
    facts = {
        fact
        for name in ("small/lines", "demo/lines")
        for line in texts.get(name, "").splitlines()
        for key, fact in strings(without_findings(json.loads(line)))
        if key not in STORED_CODES or not codes_of_facts.issuperset(fact.split("/"))
    }
    for text in texts.values():
        for line in text.splitlines():
            if line.startswith("$ "):
                facts |= {*line.removeprefix("$ budget-ledger ").split()}
    titles = {"Julu 2023: real budgets, ILLUSTRATIVE payments and results"}
    return facts | {*printed()} | titles | {"Small year 小年度", "CNY", "KWD"}


def asked():
    """Return the texts that stand in the requests which the corpus sees refused."""
    files = [
        *(ROOT / "tests" / "corpus").glob("ref*.py"),
        ROOT / "tests/test_guards.py",
        ROOT / "tests/support_guards.py",
    ]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def printed():
    """Yield what stands in the forms that the corpus reads."""
    yield from (text for _, text in strings(json.loads(FORMS.read_bytes())))
    yield PRINTED.read_text("utf-8")


def has_words(kind):
    """Return whether the choices of an option have words, which Chinese shows."""
    if isinstance(kind, MemberOf):
        return kind.kind is not Language
    return isinstance(kind, Choice) and kind.words is not None


class Outside:
    """Knows what may stand outside of the marks."""

    def __init__(self, texts, language):
        self.language, self.choices = language, set()
        self.values = members() | {root.value for root in SourceRoot}
        self.facts = recorded(texts, self.values)
        self.runs = {run for fact in self.facts for run in RUN.findall(fact)}
        self.codes = {
            code.partition(".")[2]
            for code in codes(Language.ENGLISH)
            if code.startswith("finding.")
        }
        self.codes |= {
            code for code in codes(Language.ENGLISH) if code.startswith("reason.")
        }
        self.typed = self.values | {
            "main",
            "budget-ledger",
            "N",
            "-h",
            "plain",
            *FIGURES,
        }
        self.typed |= {*COMMANDS, *LAYOUTS, *MONEY_UNITS}
        for command in (main, *(main.get_command(None, name) for name in COMMANDS)):
            for parameter in command.params:
                self.typed |= {*parameter.opts}
                choices = {*getattr(parameter.type, "choices", ())}
                self.choices |= choices
                self.typed |= set() if has_words(parameter.type) else choices
        self.asked = {run for text in asked() for run in RUN.findall(text)}
        self.asked |= {"indicators.开展就业培训数.x"}
        self.click = {
            run
            for text in section("click", Language.CHINESE)
            for run in RUN.findall(text)
        } | {"integer"}
        self.labels = {
            run for text in layout_texts() for run in RUN.findall(text)
        } | self.values
        facts = self.facts | {*asked()}
        self.with_signs = having_signs(facts)
        self.printed_labels = having_signs(facts | {*layout_texts()})

    def left(self, name, key, text):
        """Return what of a text is none of these."""
        if key in CODES and (
            text in self.values | self.codes | FIGURES or PATH.fullmatch(text)
        ):
            return []
        if key == SHEET and any(
            " ".join(fact.split()).startswith(text) for fact in self.facts
        ):
            return []
        is_english = self.language == "en" or IN_ENGLISH.search(name)
        known = self.runs | self.codes if is_english or key else self.runs
        if COLUMNS.search(name):
            known = known | {*map(column_name, range(40))}
        if TYPED.search(name):
            known = known | self.typed | self.click
            known = known | self.choices if is_english else known
        if name.startswith("refusals/"):
            known = known | self.asked
        if is_english and EXPLAINED.search(name):
            known = known | FIGURES
        if PRESCRIBED.search(name):
            known = known | self.labels
        outside = NO_WORDS.sub(" |", unmarked(text))
        if is_english or key:
            outside = PATHS.sub(" ", outside)
        return [
            *(word for run in RUN.findall(outside) for word in unknown(run, known)),
            *self.signs(name, outside),
        ]

    def signs(self, name, outside):
        """Return the signs between words that stand in no fact."""
        if PRESCRIBED.search(name):
            return []
        if name.endswith(".csv"):
            outside = outside.replace(",", "\n")  # They part its cells.
        if not SIGN.search(outside):
            return []
        for fact in self.printed_labels if name.endswith(".xlsx") else self.with_signs:
            outside = outside.replace(fact, " ")
        return SIGN.findall(outside)


def having_signs(facts):
    """Return those texts that have signs themselves, the longest first."""
    return sorted(filter(SIGN.search, facts), key=len, reverse=True)


def unknown(run, known):
    """Return the words of a run that make no known runs, the longest first."""
    words, left = run.split(" "), []
    while words:
        for count in range(len(words), 0, -1):
            if " ".join(words[:count]) in known:
                words = words[count:]
                break
        else:
            left.append(words.pop(0))
    return left


def slips(texts, language):
    """Return where what stands outside the marks is no fact, number, code or command."""
    outside, found = Outside(texts, language), {}
    for name, text in texts.items():
        if any(left_out.search(name) for left_out in (MACHINES, NARROW, OURS)):
            continue
        for key, part in shown(name, text):
            if OUR_VALUE.fullmatch(part):
                continue
            for word in outside.left(name, key, part):
                found.setdefault(word, f"{name}{f' ({key})' if key else ''}")
    return [f"{word}  in  {place}" for word, place in found.items()]


@pytest.mark.long
def test_what_is_no_text_is_a_fact_or_a_name(tmp_path):
    """A sentence in code would be English in a Chinese report, or the other way."""
    assert slips(say(tmp_path, "zh", "quick"), "zh") == []


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_rendering_has_a_word_of_its_own(language, tmp_path):
    """Pages, workbooks, forms and templates of both years neither."""
    assert slips(say(tmp_path, language, "long"), language) == []
