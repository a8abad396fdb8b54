"""The ids of events: UUIDv7s that rise along the log."""

from datetime import datetime

from ledger.store.clock import Entropy


def ids_after(last: str, at: datetime, entropy: Entropy) -> tuple[str, int]:
    """
    Return how the UUIDv7s after *last* start, and the number that the first ends with.

    Each is above the one before (RFC 9562, 5.7 and 6.2).

    Args:
        last: The last one so far, or nothing.

        at: The instant of them all, unless the last one has a later.

        entropy: Gives the random bytes from which they start in a new millisecond.
    """
    time = f"{int(at.timestamp() * 1000):012x}"
    start = f"{time[:8]}-{time[8:]}"
    if last[:13] >= start:
        return last[:23], int(last[24:], 16) + 1
    random = entropy(10)
    rest, variant = random.hex(), "89ab"[random[9] & 3]
    first = int(rest[6:18], 16) >> 1  # There is room above it.
    return f"{start}-7{rest[:3]}-{variant}{rest[3:6]}", first
