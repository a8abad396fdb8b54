"""A bar on the terminal that shows how far work is."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bars

from ledger.domain.progress import Progress


@contextmanager
def shown(label: str, total: int | None) -> Iterator[Progress]:
    """
    Show a bar until the context ends.

    Args:
        total: How much there is to do, where the work itself does not say it.
    """
    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(label, total=total)

        def advance(more: int, total: int | None = None, /) -> None:
            if total is not None:
                bars.reset(task, total=total)
            bars.advance(task, more)

        yield advance
