"""An approved project."""

import pytest

from support import approval


@pytest.fixture
def project(ledger):
    """Approve one project of 1,000.00 yuan."""
    ledger.append(approval())
    return "P-1"
