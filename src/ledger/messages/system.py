"""What the operating system says of a file, in the language of the reader."""

from errno import errorcode

from ledger.messages.language import Language
from ledger.messages.library_words import words_of
from ledger.messages.table import template
from ledger.messages.text import Message, message


def said_by_system(problem: OSError) -> Message:
    """
    Return what the system says of a file.

    What has no text of ours is the system's own everywhere.

    >>> str(said_by_system(OSError(2, "No such file or directory")))
    'no such file or folder'
    """
    code = f"system.{errorcode.get(problem.errno or 0, 'other')}"
    known = template(code, Language.ENGLISH) is not None
    said = problem.strerror or str(problem)
    return message(code if known else "system.other", said=said)


def found_by_system(problem: OSError) -> Message:
    """Return what was found in the place of a file, in the words of the system."""
    return message("found.by_system", what=said_by_system(problem))


def found_by(problem: Exception, content: bytes | str = b"") -> Message:
    """
    Return what was found where something could not be read, of a *content* of JSON.

    English has the words of the system; those of a library are put in our own.
    """
    if isinstance(problem, OSError):
        return found_by_system(problem)
    return words_of(problem, content)
