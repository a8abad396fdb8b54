"""What all tests share: Hypothesis profiles and an empty ledger."""

import os

import pytest
from hypothesis import HealthCheck, settings

from ledger import Ledger
from support import Clock

settings.register_profile(
    "quick",
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough",
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture
def path(tmp_path):
    """Name a ledger file that does not exist yet."""
    return tmp_path / "test.ledger"


@pytest.fixture
def ledger(path):
    """Open an empty ledger whose clock steps one second an append."""
    with Ledger.open(path, actor="tester", clock=Clock()) as opened:
        yield opened
