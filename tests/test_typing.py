"""A user's type checker sees every slip, and nothing where there is none."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

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


@pytest.fixture(scope="module")
def checked(request, tmp_path_factory):
    """Return the lines of a script that the checker of a user's folder complains of."""
    folder = tmp_path_factory.mktemp("user")
    cache = request.config.cache.mkdir("mypy")

    def check(text):
        (folder / "script.py").write_text(text, "utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file="]
        done = subprocess.run(
            [*command, "--cache-dir", cache, "script.py"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        errors = re.findall(r"^script\.py:(\d+): error: ", done.stdout, re.MULTILINE)
        assert f"{len(errors)} error" in done.stdout or "Success" in done.stdout
        return [int(line) for line in errors]

    return check


def test_a_script_without_a_slip_has_no_error(checked):
    """Under `mypy --strict`, with nothing but the installed package."""
    assert (Path(find_spec("ledger").origin).parent / "py.typed").exists()
    assert checked(SCRIPT) == []


def test_ten_slips_are_ten_errors(checked):
    """Each on its own line, and no other."""
    text, lines = SCRIPT, []
    for right, wrong in SLIPS.items():
        assert right in text, right
        lines.append(text[: text.index(right)].count("\n") + 1)
        text = text.replace(right, wrong)
    assert len(set(lines)) == len(SLIPS) == 10
    assert checked(text) == sorted(lines)
