"""How the commands say something: the one way out to a terminal."""

import sys
from collections.abc import Iterable

import click

from ledger.cli.reader import in_words, spoken
from ledger.domain.characters import in_ascii_json, in_json, in_line, visible
from ledger.domain.finding import Finding
from ledger.messages import Message, Value
from ledger.messages.encodings import shows


def say(text: Message | Finding | str, *, err: bool = False) -> None:
    """
    Print a line, in the language of who reads.

    Marks replace characters that could move a terminal's cursor.

    Args:
        err: To standard error instead.
    """
    click.echo(in_line(in_words(text)), err=err)


def misused(code: str, /, **values: Value) -> click.UsageError:
    """Return the error of a command that was not asked as it can be."""
    return click.UsageError(spoken(f"usage.{code}", **values))


def say_lines(text: str, *, err: bool = False) -> None:
    """Print lines, the last with its end, and marks as :func:`say`."""
    click.echo(visible(text), err=err, nl=not text.endswith("\n"))


def say_json(text: str | bytes) -> None:
    """Print JSON and a line end, with its escapes for what is not to be shown."""
    escaped = in_json(text if isinstance(text, str) else text.decode())
    if not shows(getattr(sys.stdout, "encoding", None), escaped):
        escaped = in_ascii_json(escaped)
    click.echo(escaped, nl=not escaped.endswith("\n"))


def say_chunks(chunks: Iterable[str]) -> None:
    """Print a text in parts, such as CSV; a terminal is shown marks."""
    shown = sys.stdout.isatty()
    for chunk in chunks:
        text = visible(chunk.replace("\r\n", "\n")) if shown else chunk
        click.echo(text, nl=False)


def say_page(chunks: Iterable[str]) -> None:
    """Print a page in the encoding that it states; a terminal is shown marks."""
    if sys.stdout.isatty():
        say_chunks(chunks)
        return
    for chunk in chunks:
        click.echo(chunk.encode(), nl=False)


def say_raw(line: bytes) -> None:
    """Write bytes as they are, for another program; a terminal is shown marks."""
    if sys.stdout.isatty():
        say_lines(line.decode(errors="replace"))
    else:
        click.echo(line, nl=False)
