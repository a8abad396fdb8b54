"""How the commands say something: the one way out to a terminal."""

import sys
from collections.abc import Iterable

import click

from ledger.domain.characters import in_json, in_line, visible


def say(text: str, *, err: bool = False) -> None:
    """
    Print a line, with marks in the place of what could move a terminal's cursor.

    Args:
        err: To standard error instead.
    """
    click.echo(in_line(text), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print lines, the last with its end, and marks as :func:`say`."""
    click.echo(visible(text), err=err, nl=not text.endswith("\n"))


def say_json(text: str | bytes) -> None:
    """Print JSON, with its escapes for what could move a terminal's cursor."""
    click.echo(in_json(text if isinstance(text, str) else text.decode()))


def say_chunks(chunks: Iterable[str]) -> None:
    """Print a text in parts, such as CSV; a terminal is shown marks."""
    shown = sys.stdout.isatty()
    for chunk in chunks:
        text = visible(chunk.replace("\r\n", "\n")) if shown else chunk
        click.echo(text, nl=False)


def say_raw(line: bytes) -> None:
    """Write bytes as they are, for another program; a terminal is shown marks."""
    if sys.stdout.isatty():
        say_lines(line.decode(errors="replace"))
    else:
        click.echo(line, nl=False)
