"""A user's type checker sees every slip, and nothing where there is none."""

import re
import subprocess
import sys
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from support_sources import MODULES, ROOT

SCRIPT = (Path(__file__).parent / "typing" / "script.py").read_text("utf-8")

SLIPS = {
    "AdjustmentKind": "AdjustmentKinds",
    "BudgetExceeded": "BudgetExceded",
    'key="A-1"': 'kye="A-1"',
    "ledger.report_result(": "ledger.record_result(",
    "report.through": "report.trough",
    "Status.BEHIND": "Status.BEHNID",
    "on=MARCH, cause=": "on=5, cause=",
    'wan("4.5"), voucher=voucher, on': 'wan("4.5"), on',
    "payee=": "payeee=",
    'behind_below="0.5"': "behind_below=0.5",
}
"""
By what is right, of which the first line is the slip's: a name, one of a namespace, a
keyword of the envelope, a method, an attribute, a member, a type, a missing argument,
a field of an event, an amount that is a float.
"""


WORD_SLIPS = {
    'convention="linear"': 'convention="liner"',
    'stage="contracted"': 'stage="contract"',
    '"增加"': '"增"',
    'why="year end"': 'why="年终"',
    '"supplement", 5': '"suplement", 5',
    '"经费保障", "迟到"': '"经费", "迟到"',
    'likelihood="possible"': 'likelihood="possibel"',
    'measure="sum"': 'measure="total"',
    'direction="越高越好"': 'direction="越高"',
    'origin="年中下达"': 'origin="年中"',
    'language="en"': 'language="eng"',
    'to_dict(language="zh")': 'to_dict(language="cn")',
    "== Status.MISSED": '== "misssed"',
    "== first.severity": '== "eror"',
    "== AdjustmentKind.RECALL": '== "recal"',
    "== rated[0].rating": '== "partially"',
    '["status"] == "behind"': '["status"] == "behnd"',
}
"""Words for members that there are not, by right ones; the last are compared with."""


@pytest.fixture(scope="module")
def errors(request, tmp_path_factory):
    """Return what the checker of a user's folder says of files there: name and line."""
    folder = tmp_path_factory.mktemp("user")
    cache = request.config.cache.mkdir("mypy")

    def check(texts):
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file="]
        done = subprocess.run(
            [*command, "--cache-dir", cache, *texts],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        found = re.findall(r"^(.*\.py):(\d+): error: (.*)", done.stdout, re.MULTILINE)
        assert f"{len(found)} error" in done.stdout or "Success" in done.stdout
        return found

    return check


@pytest.fixture(scope="module")
def checked(errors):
    """Return the lines of a script that have an error."""
    return lambda text: [int(line) for _, line, _ in errors({"script.py": text})]


def pages():
    """Return the Python code of each page of the docs, under a name of its own."""
    found = {}
    for pattern in ("README*.md", "docs/**/*.md"):
        for page in ROOT.glob(pattern):
            blocks = re.findall(
                r"^```python\n(.*?)^```",
                page.read_text("utf-8"),
                re.MULTILINE | re.DOTALL,
            )
            if blocks:
                name = re.sub(r"\W", "_", str(page.relative_to(ROOT).with_suffix("")))
                found[f"{name}.py"] = "\n".join(blocks)
    return found


def test_the_code_of_the_docs_has_no_error(errors):
    """As a reader copies it, a page at a time, into a project that is checked."""
    texts = pages()
    assert len(texts) >= 8
    assert errors(texts) == []


def test_a_script_without_a_slip_has_no_error(checked):
    """Under `mypy --strict`, with nothing but the installed package."""
    assert (Path(find_spec("ledger").origin).parent / "py.typed").exists()
    assert checked(SCRIPT) == []


def public_enums():
    """Return the module of each enum of keys, by its name."""
    for name in MODULES:
        if not name.startswith(("ledger.cli", "ledger.__main__")):
            import_module(name)
    ours = {name for name in MODULES if not name.startswith("ledger.cli")}
    kinds = (kind for kind in subclasses(StrEnum) if kind.__module__ in ours)
    return {kind.__name__: kind.__module__ for kind in kinds if list(kind)}


def subclasses(kind):
    """Yield all classes below a class."""
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_members_of_every_enum_are_compared_with_members_alone(errors):
    """With a text, in which a slip would never be seen, is an error for each."""
    enums = public_enums()
    assert len(enums) >= 25
    text = "".join(
        f"from {module} import {name} as {name}\n"
        f"def of_{name.lower()}(given: {name}) -> bool:\n"
        f"    return given in set({name})\n"
        f"def slip_{name.lower()}(given: {name}) -> bool:\n"
        f'    return given == "slip"\n'
        for name, module in sorted(enums.items())
    )
    lines = [int(line) for _, line, _ in errors({"enums.py": text})]
    assert lines == [5 * number for number in range(1, len(enums) + 1)]


@pytest.mark.parametrize("slips", [SLIPS, WORD_SLIPS])
def test_each_slip_is_an_error(checked, slips):
    """Each on its own line, and no other; there are ten at least of either kind."""
    text, lines = SCRIPT, []
    for right, wrong in slips.items():
        assert right in text, right
        lines.append(text[: text.index(right)].count("\n") + 1)
        text = text.replace(right, wrong)
    assert len(set(lines)) == len(slips) >= 10
    assert checked(text) == sorted(lines)
