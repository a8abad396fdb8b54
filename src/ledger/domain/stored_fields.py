"""What fields of events say of how they are stored."""

from typing import Final

SPARSE: Final = {"sparse": True}
"""Marks a field that is stored only where it differs from its default."""
