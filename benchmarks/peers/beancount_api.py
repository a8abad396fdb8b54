"""beancount through its own loader, without the cache that it keeps between runs."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from peers import plain_text
from portfolio_files import BEANCOUNT
from workload import SINCE, THROUGH, Answer, Workload

os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"  # It is read when this is imported.
loader = import_module("beancount.loader")
data = import_module("beancount.core.data")

NAME = "beancount"

Sums = Mapping[tuple[str, int], Any]


def replay(work: Workload) -> Sums:
    """Sum every posting by month."""
    return _sums(
        (each, transaction.date.month)
        for transaction in _transactions(work)
        for each in transaction.postings
    )


def report(work: Workload) -> Sums:
    """Sum the postings to date."""
    return _sums(
        (each, 1)
        for transaction in _transactions(work)
        if SINCE <= transaction.date <= THROUGH
        for each in transaction.postings
    )


def project(work: Workload) -> Sums:
    """Sum the postings of one project to date."""
    return _sums(
        (each, 1)
        for transaction in _transactions(work)
        if SINCE <= transaction.date <= THROUGH
        for each in transaction.postings
        if each.account.endswith(f":{work.one}")
    )


def answer(_: Workload, found: Sums, *, monthly: bool) -> Answer:
    """Return the sums as figures."""
    sums = (
        (account, month, int(amount.scaleb(2)))
        for (account, month), amount in found.items()
    )
    return plain_text.answer(sums, monthly=monthly)


def _transactions(work: Workload) -> list[Any]:
    entries, errors, _ = loader.load_file(str(work.folder / BEANCOUNT))
    assert not errors, errors[0]
    return [each for each in entries if isinstance(each, data.Transaction)]


def _sums(postings: Iterator[tuple[Any, int]]) -> Sums:
    sums: dict[tuple[str, int], Any] = defaultdict(int)
    for posting, month in postings:
        sums[posting.account, month] += posting.units.number
    return sums
