"""``python -m ledger``: the command line."""

from ledger.cli import run

run()
