"""
Ctrl-C at the command line: one line and exit code 130, at any moment.

Loaded before all else when the package is loaded for the command line, because most of
the time that a short command takes is that of loading modules; it loads few itself.
"""

import _thread
import os
import signal
import sys
import time

from ledger.loading import load

CODE = 130
"""What a program exits with that SIGINT ended: 128 and its number."""

PROGRAM = "budget-ledger"
_MESSAGES = {"messages": "ledger.messages"}
"""Loads where a command is interrupted while the package is being loaded."""


class Interrupted(BaseException):  # Not what click takes for its own to handle.
    """Somebody pressed Ctrl-C; what is open is closed, and nothing half is kept."""


def is_command_line() -> bool:
    """Return whether Python runs ``budget-ledger``, or ``python -m ledger``."""
    first: str = (getattr(sys, "argv", None) or [""])[0]
    name = first.replace("\\", "/").rpartition("/")[2]
    return first == "-m" or name.startswith("budget-ledger")


def while_loading() -> None:
    """End the process at Ctrl-C, from now on, since nothing is open yet."""
    signal.signal(signal.SIGINT, _leave)


def while_working() -> None:
    """Raise :class:`Interrupted` at Ctrl-C, from now on."""
    signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _again


def while_ending() -> None:
    """Take no notice of Ctrl-C, from now on: what was to be done is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def tell(what: str) -> None:
    """Say what happened: that the command was interrupted, in the reader's language."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    os.write(2, f"{PROGRAM}: {what}\n".encode(encoding, "backslashreplace"))


def _leave(_number: int, _frame: object) -> None:
    try:
        messages = load(_MESSAGES, "messages")
        text = messages.message("line.interrupted")
        what = text.said(messages.readers_language())
    except (AttributeError, ImportError):  # The texts themselves are half loaded.
        what = signal.Signals(signal.SIGINT).name
    tell(what)
    os._exit(CODE)


def _interrupt(_number: int, _frame: object) -> None:
    raise Interrupted


def _again(unraisable: "sys.UnraisableHookArgs") -> None:
    """Interrupt once more where the first fell into what can raise nothing."""
    if issubclass(unraisable.exc_type, Interrupted):
        _thread.start_new_thread(_interrupt_soon, (_thread.get_ident(),))
    else:
        sys.__unraisablehook__(unraisable)


def _interrupt_soon(working: int) -> None:
    """Interrupt once the hook has returned: what it raises itself is lost as well."""
    time.sleep(0.01)
    if hasattr(signal, "pthread_kill"):  # It ends a wait as well, not only steps.
        signal.pthread_kill(working, signal.SIGINT)
    else:
        _thread.interrupt_main()


if is_command_line():
    while_loading()
