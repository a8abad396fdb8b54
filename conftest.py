"""
Runs the code in README and docs, each page in a folder of its own.

Python code runs everywhere. The commands of some pages run too, and print what the
pages show.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.sybil import SybilCollection

from support_pages import CommandBlockParser, OutputBlockParser

ROOT = Path(__file__).parent


EXAMPLE = ROOT / "examples" / "julu_2023"


def setup(namespace: dict[str, Any]) -> None:
    """Go to a new folder that holds the forms that the pages speak of."""
    namespace["home"] = Path.cwd()
    folder = tempfile.mkdtemp(prefix="ledger-docs-")
    for forms in EXAMPLE.glob("*.json"):
        shutil.copy(forms, folder)
    os.chdir(folder)


def teardown(namespace: dict[str, Any]) -> None:
    """Go back, and leave nothing."""
    folder = Path.cwd()
    os.chdir(namespace["home"])
    shutil.rmtree(folder)


PYTHON = [PythonCodeBlockParser(), SkipParser()]
COMMANDS = [CommandBlockParser(), OutputBlockParser()]

SHOWN = [
    "README.zh.md",
    "docs/zh/*.md",
    "docs/zh/how-to/*.md",
    "docs/how-to/audit.md",
    "docs/how-to/commitments.md",
    "docs/how-to/explain.md",
    "docs/how-to/official-forms.md",
    "docs/how-to/periods.md",
    "docs/how-to/years.md",
]
"""Pages whose commands are run."""

pytest_collect_file = SybilCollection(
    (
        Sybil(
            parsers=PYTHON,
            patterns=["README.md", "docs/*.md", "docs/how-to/*.md"],
            excludes=SHOWN,
            setup=setup,
            teardown=teardown,
        ),
        Sybil(
            parsers=[*PYTHON, *COMMANDS],
            patterns=SHOWN,
            setup=setup,
            teardown=teardown,
        ),
    )
).pytest()
