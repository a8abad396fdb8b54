"""The illustrative ledger."""

import pytest

import illustrate


@pytest.fixture(scope="module")
def julu(tmp_path_factory):
    """Make the illustrative ledger."""
    path = tmp_path_factory.mktemp("julu") / "julu.ledger"
    illustrate.create(path)
    return path
