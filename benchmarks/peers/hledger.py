"""hledger, a process of its own each time."""

import csv
import subprocess
from datetime import timedelta

from peers import plain_text
from portfolio_files import JOURNAL
from workload import SINCE, THROUGH, Answer, Workload

NAME = "hledger"
PROGRAM = "hledger"
_MONEY = "^(Expenses|Equity:Budget):"
_TO_DATE = ("--begin", str(SINCE), "--end", str(THROUGH + timedelta(1)))


def replay(work: Workload) -> str:
    """Print the sums of every month."""
    return _balance(work, _MONEY, "--monthly")


def report(work: Workload) -> str:
    """Print the sums to date."""
    return _balance(work, _MONEY, *_TO_DATE)


def project(work: Workload) -> str:
    """Print the sums of one project to date."""
    return _balance(work, f"{_MONEY}{work.one}$", *_TO_DATE)


def answer(_: Workload, found: str, *, monthly: bool) -> Answer:
    """Return what was printed: an account a line, its months across."""
    sums = (
        (account, place % 12 + 1, plain_text.minor(amount))
        for account, *amounts in csv.reader(found.splitlines())
        for place, amount in enumerate(amounts)
        if account.startswith(("Expenses:", "Equity:"))
    )
    return plain_text.answer(sums, monthly=monthly)


def _balance(work: Workload, *options: str) -> str:
    journal = str(work.folder / JOURNAL)
    command = [PROGRAM, "-f", journal, "balance", "--output-format", "csv", *options]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return done.stdout
