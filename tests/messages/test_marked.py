"""
Every word that a reader sees is a text of the tables.

The corpus is said once more in languages made from the tables, in which each text is
marked. What stands outside the marks is a stored fact, a number, a date, a code, a
digest or a command; all else was written where nobody could translate it.
"""

import json
import os
import re
import subprocess
import sys
from enum import StrEnum

import pytest
from tests.corpus import ROOT

from ledger.cli import COMMANDS, main
from ledger.domain import commitment_refusals, errors, refusals
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.weights import ScoringRule
from ledger.figures import registry
from ledger.messages import Language, codes
from ledger.reports.official_layouts import LAYOUTS

from .marked import RUN, shown, strings, unmarked, write_tables

GRADES = {name for name, _ in ScoringRule().grades}
"""What a rule of scoring says that a total earns: data of the rule, as in JSON."""

FIGURES = {
    "plan_end",
    *(row.key for row in (*registry.MONEY, *registry.MONTHS, *registry.INDICATORS)),
}

MACHINES = re.compile(
    r"(None\.csv|lines|\.jsonl|\.checkpoint|\.parquet|records-\w+|events\.json"
    r"|/(stale|root|restored-root|checkpoint|check(\.json)?|prove(-from)?))$"
    r"|/replay/(attainment|execution|(june-)?json)$|template/events\.csv$"
)
"""What programs read: the same in every language, and no text for a reader."""

OURS = {"demo/diff/between-text", "demo/diff/between-json"}
"""Texts of the corpus itself."""

PRESCRIBED = re.compile(rf"/({'|'.join(LAYOUTS)}|forms|events)\.xlsx$")
"""
The official forms, whose labels are prescribed, in Chinese, and are the layout.

And the templates to fill in, whose heads are read back.
"""

PATH = re.compile(
    r"(months|indicators|projects|units|totals|by_source)\.\S.*"
    rf"|{'|'.join(sorted(FIGURES))}"
)
"""Where a figure stands in the report in JSON: what `explain` is asked with."""

HASH = re.compile("(ledger/)?[0-9a-f]{32,}|[A-Za-z0-9+/]{42,}=?|<hash>")

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Say the corpus in marked languages; return each text by its name."""
    folder = tmp_path_factory.mktemp("marked")
    write_tables(folder / "tables")
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus", "--write", str(folder / "texts")],
        cwd=ROOT,
        env={**os.environ, "LEDGER_MESSAGES": str(folder / "tables")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(folder / "texts").as_posix(): path.read_text("utf-8")
        for path in sorted((folder / "texts").rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def facts(texts):
    """Return all that was recorded, and what the commands were asked with."""
    recorded = [
        text
        for name in ("small/lines", "demo/lines")
        for line in texts[name].splitlines()
        for text in strings(json.loads(line))
    ]
    asked = [
        line
        for text in texts.values()
        for line in text.splitlines()
        if line[:2] == "$ "
    ]
    settings = ["Small year 小年度", "CNY KWD"]
    settings += ["Julu 2023: real budgets, ILLUSTRATIVE payments and results"]
    return "\n".join({*recorded, *asked, *settings})


@pytest.fixture(scope="module")
def names():
    """Return the names that programs go by, and what is typed at the command line."""
    commands = [main, *(main.get_command(None, name) for name in COMMANDS)]
    typed = {"main", "budget-ledger", "N"} | {*COMMANDS, *LAYOUTS}
    for command in commands:
        for parameter in command.params:
            typed |= {*parameter.opts, *getattr(parameter.type, "choices", ())}
    classes = {
        *vars(errors),
        *vars(refusals),
        *vars(commitment_refusals),
        *(row.name for row in CATALOGUE),
    }
    findings = {code.partition(".")[2] for code in codes(Language.ENGLISH)}
    return typed | classes | findings | {*GRADES, "project", "unit", "taken"}


def members():
    """Return the values of all enumerations."""
    waiting, values = [StrEnum], set()
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        values |= {member.value for one in below for member in one}
    return values


def is_code(text, values):
    """Check whether a value of JSON is for programs: a member, or the path of a figure."""
    return text in values or bool(PATH.fullmatch(text))


def left(text, facts, names):
    """Return what stands outside the marks and is neither a fact nor a name."""
    found = []
    for line in unmarked(text).splitlines():
        for run in RUN.findall(HASH.sub("", line)):
            if run in facts or PATH.fullmatch(run):
                continue
            if not all(part in names or part in facts for part in run.split()):
                found.append(run)
    return found


def test_what_is_no_text_is_a_fact_or_a_name(texts, facts, names):
    """A sentence in code would be English in a Chinese report, or the other way."""
    values = members()
    found = {}
    for name, text in texts.items():
        if MACHINES.search(name) or PRESCRIBED.search(name) or name in OURS:
            continue
        for seen, is_json in shown(name, text):
            if not (is_json and is_code(seen, values)):
                found |= dict.fromkeys(left(seen, facts, names), name)
    assert not found, "\n".join(f"{run}  in  {name}" for run, name in found.items())
