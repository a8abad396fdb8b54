"""Runs the Python code in README and docs, each page in a folder of its own."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parent


def setup(namespace: dict[str, Any]) -> None:
    """Go to a new folder that holds the forms that the pages speak of."""
    namespace["home"] = Path.cwd()
    folder = tempfile.mkdtemp(prefix="ledger-docs-")
    shutil.copy(ROOT / "examples" / "julu_2023" / "forms.json", folder)
    os.chdir(folder)


def teardown(namespace: dict[str, Any]) -> None:
    """Go back, and leave nothing."""
    folder = Path.cwd()
    os.chdir(namespace["home"])
    shutil.rmtree(folder)


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/how-to/*.md"],
    setup=setup,
    teardown=teardown,
).pytest()
