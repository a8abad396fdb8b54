"""A store of plain lists keeps the contract of every log."""

import os

import pytest

from contracts.log_contract import LogContract
from ledger.errors import LedgerLocked
from support import Clock, Entropy, approval
from support_list_store import ListStore
from support_lists import Lists


class TestListStore(LogContract):
    """The contract, on lists."""

    @pytest.fixture
    def open_log(self):
        """Open the same lists each time."""
        lists = []

        def open_(clock, entropy, **more):
            entropy = entropy or os.urandom
            if not lists:
                lists.append(Lists.new(entropy))
            return ListStore(lists[0], clock, entropy, **more)

        return open_

    def test_only_one_holds_the_right_to_write(self, log):
        """Who comes second is told so, and nothing is appended."""
        with log.writing(), pytest.raises(LedgerLocked):
            log.writing()
        self.add(log, approval())
        assert log.head().size == 1


def test_what_lists_count_of_others_is_not_their_own():
    """The counter moves by what another store of the same lists keeps, only."""
    lists = Lists.new(Entropy())
    one, other = (ListStore(lists, Clock(), Entropy()) for _ in range(2))
    found = []
    for store in (one, one, other, one):
        with store.writing() as writer:
            if store is one:
                found.append(writer.changes)
    assert found == [0, 0, 1]
