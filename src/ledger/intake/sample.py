"""The published forms of a real department, to try the program with."""

from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).with_name("sample_forms.json")
"""19 projects of 2023 with 133 indicators, as the department published them."""
