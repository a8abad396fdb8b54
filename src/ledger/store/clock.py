"""What is to be said where the clock of today contradicts the instants of a log."""

from datetime import datetime, timedelta

from ledger.domain.finding import Finding, warning
from ledger.store.sqlite.writer import instant, is_behind


def clock_finding(now: datetime, last: str) -> Finding | None:
    """
    Return what is to be said of a clock that is behind the last instant of a log.

    By a day or more, the clock that stamped that instant was ahead, or this one is
    wrong. What is recorded meanwhile is stamped just after that instant.
    """
    said = instant(now)
    if not is_behind(said, last):
        return None
    a_day = last >= instant(now + timedelta(days=1))
    return warning(
        "clock.day_behind" if a_day else "clock.behind",
        f"the clock says {said}; the last fact was recorded at {last}: what is "
        "recorded before then is stamped with that instant or just after it",
        found=said,
        expected=f"{last} or later; one of the two clocks is wrong",
    )
