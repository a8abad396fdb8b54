"""One server for all tests of PostgreSQL, and a database for each."""

import pytest

from support_postgres import cluster


@pytest.fixture(scope="session")
def server():
    """Start a server; it is stopped when the tests end."""
    with cluster() as made:
        yield made


@pytest.fixture
def address(server):
    """Create an empty database."""
    return server.new()
