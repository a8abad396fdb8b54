"""Files that go out: whole, or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from ledger.domain.errors import InvalidInput


def write(path: str | os.PathLike[str], chunks: Iterable[bytes | str]) -> None:
    """
    Write a file, and put it in the place of any that was there.

    It is written beside and then renamed, so that nobody finds half of it.

    Args:
        chunks: Its parts; text is written as UTF-8.

    Raises:
        InvalidInput: It cannot be written.
    """
    target = Path(path)
    draft = target.with_name(f".{target.name}.writing")
    try:
        try:
            with draft.open("wb") as file:
                for chunk in chunks:
                    file.write(chunk.encode() if isinstance(chunk, str) else chunk)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise InvalidInput(
            str(target), problem.strerror or str(problem), "a file that can be written"
        ) from problem
