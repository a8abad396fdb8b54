"""The site in English: ``make docs`` builds it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from site_settings import *  # noqa: F403

language = "en"
html_title = "ledger"
exclude_patterns = ["zh"]
