"""A second process that is seen, and that is done with as much as a test asks for."""

import os

from ledger.parallel import helper_process
from ledger.parallel.helper_process import HelperProcess


def spied(monkeypatch):
    """
    Return a list of the second processes that are started from now on.

    None is a copy of this process, whatever threads there are: each is a new Python.
    """
    made = []
    real = HelperProcess.__init__

    def spying(self, *given, **how):
        real(self, *given, **how)
        made.append(self)

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(helper_process, "can_read_in_copy", lambda _: False)
    monkeypatch.setattr(HelperProcess, "__init__", spying)
    return made


def meeting(monkeypatch, share=1):
    """Have a second process end, and no more than a share of its messages heard."""
    real = HelperProcess.__init__

    def waiting(self, *given, **how):
        real(self, *given, **how)
        self._process.wait()
        heard = self.heard()
        kept = int(heard * share)
        end = self._end if kept == heard else self._starts[kept] - 4
        os.ftruncate(self._said.fileno(), end)
        self._starts, self._end = [], 0

    monkeypatch.setattr(HelperProcess, "__init__", waiting)


def said(monkeypatch, change):
    """Have each message of a second process heard as *change* makes it."""
    real = HelperProcess.__init__

    def changing(self, *given, **how):
        real(self, *given, **how)
        self._process.wait()
        messages = [change(self.message(number)) for number in range(self.heard())]
        raw = b"".join(len(each).to_bytes(4, "big") + each for each in messages)
        file = self._said.fileno()
        os.ftruncate(file, 0)
        os.pwrite(file, raw, 0)
        self._starts, self._end = [], 0

    monkeypatch.setattr(HelperProcess, "__init__", changing)
