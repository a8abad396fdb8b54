"""Instants as a log writes them, and a clock that contradicts them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from ledger.domain.errors import InvalidInput, LogCorrupted
from ledger.domain.finding import Finding, finding
from ledger.messages import message

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]

_SECONDS: Final = len("2023-01-01T00:00:00")
_encode = msgspec.json.Encoder().encode


def utc_now() -> datetime:
    """Return the instant now; the clock used where none is injected."""
    return datetime.now(UTC)


def instant(at: datetime) -> str:
    """
    Return *at* as the log writes instants: UTC, microseconds, ``Z``.

    Raises:
        InvalidInput: It has no time zone.
    """
    if at.tzinfo is None:
        raise InvalidInput(
            "instant", at.isoformat(), message("expected.time_with_zone")
        )
    if type(at) is datetime and at.tzinfo is UTC and at.microsecond:
        return _encode(at)[1:-1].decode()  # The same text, in a fifth of the time.
    try:
        there = at.astimezone(UTC)
    except OverflowError as problem:
        right = message("expected.instant")
        raise InvalidInput("instant", at.isoformat(), right) from problem
    return f"{there.isoformat(timespec='microseconds')[:-6]}Z"


def is_behind(now: str, last: str) -> bool:
    """
    Return whether a clock is behind the last instant of a log by a second or more.

    Less is none of its fault: each append has an instant of its own.
    """
    return now < last and now[:_SECONDS] < last[:_SECONDS]


def just_after(at: str) -> str:
    """
    Return the next instant that the log can write.

    >>> just_after("2023-07-10T04:00:00.999999Z")
    '2023-07-10T04:00:01.000000Z'

    Raises:
        LogCorrupted: There is none, or *at* is no instant.
    """
    try:
        return instant(datetime.fromisoformat(at) + timedelta(microseconds=1))
    except (OverflowError, ValueError) as problem:
        raise LogCorrupted(message("error.corrupted.last_instant", at=at)) from problem


def clock_finding(now: datetime, last: str) -> Finding | None:
    """
    Return the finding about a clock that is behind the last instant of a log.

    By a day or more, the clock that stamped that instant was ahead, or this one is
    wrong. What is recorded meanwhile is stamped just after that instant.
    """
    said = instant(now)
    if not is_behind(said, last):
        return None
    a_day = last >= instant(now + timedelta(days=1))
    return finding(
        "clock.day_behind" if a_day else "clock.behind",
        found=said,
        expected=message("expected.instant_from", last=last),
        last=last,
    )
