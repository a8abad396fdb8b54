"""Runs the commands that pages of the docs show, and compares what they print."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from sybil.parsers.markdown import CodeBlockParser

from ledger.cli import main

PROGRAM = "budget-ledger"
MORNING = datetime(2023, 1, 3, 1, tzinfo=UTC)
DAY = re.compile(r"# (\d{4})-(\d\d)-(\d\d)")


class Reader:
    """
    A page's reader, who does what it says: one after the other, in one folder.

    A line ``# 2024-04-16`` in a block turns the clock to the morning of that day, and
    each command takes a minute from then on; until then it is now.

    The machine is a Chinese one, also for pages in English: what they show hangs on
    no locale.
    """

    def __init__(self):
        self.runner = CliRunner(env={"LC_ALL": "zh_CN.UTF-8", "LOGNAME": "李会计"})
        self.now = None
        self.printed = ""

    def run(self, block):
        """Run the commands of a block; return what was printed, and what was refused."""
        self.printed, refused = "", []
        for line in block.replace("\\\n", " ").splitlines():
            if day := DAY.fullmatch(line):
                self.now = MORNING.replace(*map(int, day.groups()))
            program, *words = shlex.split(line, comments=True) or [""]
            if program == "cat":
                self.printed += Path(*words).read_text("utf-8")
            if program == PROGRAM:
                done = self._command(words)
                self.printed += done.output
                if done.exit_code:
                    refused.append(f"{line}\n{done.output}")
        return self.printed, refused

    def _command(self, words):
        if self.now is None:
            return self.runner.invoke(
                main, words, catch_exceptions=False, prog_name=PROGRAM
            )
        self.now += timedelta(minutes=1)
        with patch("ledger.store.clock.datetime") as now:
            now.now.return_value = self.now
            now.side_effect = datetime
            now.fromisoformat = datetime.fromisoformat
            return self.runner.invoke(
                main, words, catch_exceptions=False, prog_name=PROGRAM
            )


def reader(example):
    """Return the reader of the page that an example stands in."""
    return example.namespace.setdefault("reader", Reader())


class CommandBlockParser(CodeBlockParser):
    """
    Runs the lines of a block ``sh`` that begin with the program or `cat`, and no others.

    What is refused must be shown: a block ``text`` stands after it.
    """

    language = "sh"

    def evaluate(self, example):
        """Say what was refused though the page does not show it."""
        rest = example.document.text[example.region.end :]
        shown = re.match(r"\s*```text\n", rest)
        _, refused = reader(example).run(str(example.parsed))
        return "\n".join(refused) if refused and not shown else None


class OutputBlockParser(CodeBlockParser):
    """Compares a block ``text`` with what was printed; … stands for anything."""

    language = "text"

    def evaluate(self, example):
        """Say what was printed where it is something else."""
        printed = reader(example).printed
        return None if matches(str(example.parsed), printed) else f"printed:\n{printed}"


def matches(shown, printed):
    r"""
    Check what is shown of a print: a line … is any lines, and … within one any text.

    >>> matches("a\n…\nd …", "a  \nb\nc\nd 5")
    True
    >>> matches("a\nd …", "a\nb\nd 5")
    False
    """
    parts = [
        r"(?:.*\n)*"
        if line == "…"
        else ".*".join(map(re.escape, line.split("…"))) + "\n"
        for line in _lines(shown)
    ]
    text = "".join(f"{line}\n" for line in _lines(printed))
    return re.fullmatch("".join(parts), text) is not None


def _lines(text):
    return [line.rstrip() for line in text.strip("\n").splitlines()]
