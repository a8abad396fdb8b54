"""Fixtures of the tests of this folder."""

import json

import pytest

from support import approval
from support_template import month_template


@pytest.fixture
def approved(ledger):
    """Approve one project of 1,000.00 yuan."""
    ledger.append(approval())
    return ledger


@pytest.fixture
def write(tmp_path):
    """Write a file of JSON Lines, or of raw bytes."""

    def write_(*lines, raw=None, name="events.jsonl"):
        file = tmp_path / name
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        file.write_bytes(text.encode() if raw is None else raw)
        return file

    return write_


@pytest.fixture
def month(tmp_path):
    """Return the template of a month, as a path."""
    return month_template(tmp_path / "march.xlsx")
