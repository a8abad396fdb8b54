"""
Runs what README and docs show, each page in a folder of its own.

Python code and commands run from top to bottom, and print what the page shows.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

from ledger.intake import SAMPLE
from support_pages import CommandBlockParser, OutputBlockParser

ROOT = Path(__file__).parent
collect_ignore = ["docs/conf.py", "docs/zh/conf.py", "docs/site_settings.py"]
EXAMPLE = ROOT / "examples" / "julu_2023"


def setup(namespace: dict[str, Any]) -> None:
    """Go to a new folder that holds the forms that the pages speak of."""
    namespace["home"] = Path.cwd()
    folder = tempfile.mkdtemp(prefix="ledger-docs-")
    for forms in EXAMPLE.glob("*.json"):
        shutil.copy(forms, folder)
    shutil.copy(SAMPLE, Path(folder, "forms.json"))
    os.chdir(folder)


def teardown(namespace: dict[str, Any]) -> None:
    """Go back, and leave nothing."""
    folder = Path.cwd()
    os.chdir(namespace["home"])
    shutil.rmtree(folder)


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        SkipParser(),
        CommandBlockParser(),
        OutputBlockParser(),
    ],
    patterns=["README*.md", "docs/*.md", "docs/*/*.md", "docs/*/*/*.md"],
    setup=setup,
    teardown=teardown,
).pytest()
