"""The two streams that commands print to, whatever they can show."""

import codecs
import io
import os
import sys
from typing import Final

from ledger.cli.printing import say
from ledger.messages import Language, message
from ledger.messages.encodings import escaped, shows_chinese, similar

_ESCAPING: Final = "ledger.escape"
_SURROGATES: Final = range(0xD800, 0xE000)


class _Escapes:
    """
    Writes an escape for what an encoding lacks, and remembers that it did.

    Attributes:
        encoding: One in which facts were written so; ``None`` where none were.
    """

    def __init__(self) -> None:
        self.encoding: str | None = None

    def __call__(self, problem: UnicodeError) -> tuple[str, int]:
        """Return what stands for the characters, and where to go on."""
        if not isinstance(problem, UnicodeEncodeError):
            raise problem
        signs = problem.object[problem.start : problem.end]
        written = [similar(sign) or escaped(sign) for sign in signs]
        for sign in signs:
            # Half a pair is part of a file's name: no encoding has it.
            if similar(sign) is None and ord(sign) not in _SURROGATES:
                self.encoding = problem.encoding
        return "".join(written), problem.end


_ESCAPES: Final = _Escapes()


def prepare() -> None:
    """Have both streams take all text, and give away what goes to one that is none."""
    codecs.register_error(_ESCAPING, _ESCAPES)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w")))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_ESCAPING, newline="\n")


def tell_of_escapes() -> None:
    """
    Say once, in the end, that characters were written as escapes, and what helps.

    It is said in English where Chinese, although asked for, would be escapes as well.
    """
    if _ESCAPES.encoding is not None:
        note = message("line.escaped", encoding=_ESCAPES.encoding)
        readable = shows_chinese(sys.stderr)
        say(note if readable else note.said(Language.ENGLISH), err=True)
