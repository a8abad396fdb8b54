"""Progress bars for long work; they show on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.domain.progress import Progress, silent


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Progress]:
    """
    Show how far work is.

    Args:
        total: How much there is to do, where the work itself does not say it.
    """
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(label, total=total)

        def advance(more: int, total: int | None = None, /) -> None:
            if total is not None:
                bars.reset(task, total=total)
            bars.advance(task, more)

        yield advance
