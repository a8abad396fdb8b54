"""What the operating system says of a file, in the language of the reader."""

from errno import errorcode

from ledger.messages.language import Language
from ledger.messages.table import template
from ledger.messages.text import Message, message


def found_by_system(problem: OSError) -> Message:
    """
    Return what was found in the place of a file, as the system says it.

    English is the system's own text; what has no text of ours is that text everywhere.

    >>> import os
    >>> str(found_by_system(OSError(2, os.strerror(2)))) == f"'{os.strerror(2)}'"
    True
    """
    code = f"system.{errorcode.get(problem.errno or 0, 'other')}"
    known = template(code, Language.ENGLISH) is not None
    said = problem.strerror or str(problem)
    return message(code if known else "system.other", said=said)
