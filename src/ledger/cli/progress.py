"""Progress bars for long work; they show on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ledger.cli.reader import spoken
from ledger.domain.progress import Progress, silent
from ledger.loading import load

_BARS: Final = {"rich": "ledger.cli.bars"}
"""Loads where bars show."""


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Progress]:
    """
    Show how far work is.

    Args:
        label: What is counted; its text is ``progress.`` and it.

        total: How much there is to do, where the work itself does not say it.
    """
    if not sys.stderr.isatty():
        yield silent
        return
    with load(_BARS, "rich").shown(spoken(f"progress.{label}"), total) as advance:
        yield advance
