"""What all tests share: Hypothesis profiles and an empty ledger."""

import gc
import os
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from ledger import Finding, Ledger, LedgerError
from ledger.intake.readers import isolated as apart
from ledger.messages import Language, known_language
from support import Clock

REPEATABLE = "CI" in os.environ
"""Whether examples are the same each time: what passed once passes for a commit."""

settings.register_profile(
    "quick",
    max_examples=40,
    deadline=None,
    derandomize=REPEATABLE,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough",
    max_examples=600,
    deadline=None,
    derandomize=REPEATABLE,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_finish():
    """Have the garbage collector leave alone what stays: all tests and all modules."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def path(tmp_path):
    """Name a ledger file that does not exist yet."""
    return tmp_path / "test.ledger"


@pytest.fixture
def ledger(path):
    """Open an empty ledger whose clock steps one second an append."""
    with Ledger.open(path, actor="tester", clock=Clock()) as opened:
        yield opened


def _english(_, language):
    return known_language(language) or Language.ENGLISH


@pytest.fixture(autouse=True)
def errors_in_english(request):
    """
    Have errors and findings that are not asked for a language speak English.

    Most ledgers of the tests are in yuan and would speak Chinese; what is compared is
    ``error.text("en")``. Tests of languages and of what the docs show are marked
    ``own_language`` and have them speak as for a user.
    """
    if request.node.get_closest_marker("own_language"):
        yield
        return
    with (
        patch.object(LedgerError, "_chosen", _english),
        patch.object(Finding, "_chosen", _english),
    ):
        yield


@pytest.fixture(scope="module")
def in_this_process():
    """Read in this process: limits can be lowered, and a start is saved each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(apart, "can_start", lambda: False)
        yield
