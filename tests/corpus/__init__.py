"""
All that is said of two fixed years, with one digest for each text.

``python -m tests.corpus`` compares, says which texts are not as they were, and writes
their digests anew. A change that only moves code leaves every digest as it is.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

for _folder in ("tests", "examples/julu_2023"):
    if (_path := str(ROOT / _folder)) not in sys.path:
        sys.path.append(_path)
