"""ledger-cli, a process of its own each time."""

import subprocess
from datetime import timedelta

from peers import plain_text
from portfolio_files import JOURNAL
from workload import SINCE, THROUGH, Answer, Workload

NAME = "ledger-cli"
PROGRAM = "ledger"
_MONEY = "/^(Expenses|Equity:Budget):{}$/"
_TO_DATE = ("--begin", str(SINCE), "--end", str(THROUGH + timedelta(1)))


def replay(work: Workload) -> str:
    """Print the sums of every month."""
    return _register(work, _MONEY.format(".*"), "--monthly")


def report(work: Workload) -> str:
    """Print the sums to date."""
    return _register(work, _MONEY.format(".*"), "--subtotal", *_TO_DATE)


def project(work: Workload) -> str:
    """Print the sums of one project to date."""
    return _register(work, _MONEY.format(work.one), "--subtotal", *_TO_DATE)


def answer(_: Workload, found: str, *, monthly: bool) -> Answer:
    """Return what was printed: a sum a line."""
    sums = (
        (account, int(day[5:7]), plain_text.minor(amount))
        for account, day, amount in (line.split("|") for line in found.splitlines())
    )
    return plain_text.answer(sums, monthly=monthly)


def _register(work: Workload, *options: str) -> str:
    line = "%(account)|%(date)|%(amount)\\n"
    journal = str(work.folder / JOURNAL)
    command = [PROGRAM, "-f", journal, "register", *options, "--format", line]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return done.stdout
