"""A log in PostgreSQL keeps the contract of every log."""

import pytest

from contracts.log_contract import LogContract
from ledger.store.postgres.log import PostgresLog

pytestmark = pytest.mark.postgres


class TestPostgresLog(LogContract):
    """The contract, on a server."""

    @pytest.fixture
    def open_log(self, address):
        """Open the log in the test's database."""
        opened = []

        def open_(clock, entropy, **more):
            given = {} if entropy is None else {"entropy": entropy}
            opened.append(PostgresLog.open(address, clock=clock, **given, **more))
            return opened[-1]

        yield open_
        for log in opened:
            log.close()
