"""What a second process says, as it says it."""

import os
from typing import Final

SIZE: Final = 4
"""How many bytes before a message say how long it is."""

_OUTPUT: Final = 1
"""What every process has as its standard output."""


def say(message: bytes) -> None:
    """Have a message, which is not empty, heard by whoever started this process."""
    # A copy of a process has objects of its own program in the place of `sys.stdout`.
    rest = len(message).to_bytes(SIZE, "big") + message
    while rest:
        rest = rest[os.write(_OUTPUT, rest) :]
