"""The command that checks the computer, and a ledger's place, before anything fails."""

from itertools import chain
from pathlib import Path

import click

from ledger import __version__
from ledger.cli import ledger_place, surroundings
from ledger.cli.help import argument
from ledger.cli.options import FORMAT, LedgerFile, command
from ledger.cli.printing import say, say_json
from ledger.cli.reader import in_words, language, spoken
from ledger.cli.surroundings import EXTRAS, Examined, State
from ledger.messages import message, template
from ledger.reports.render import json as as_json


@command()
@argument("file", type=LedgerFile(), required=False)
@FORMAT
def doctor(file: Path | None, form: str) -> None:
    """
    Check what this computer has: Python, packages, extras, fonts and programs.

    Given a ledger FILE, also check whether it opens, can be written to, and lies on a
    disk that is right for it. Exit code 0: all that is needed works; 1: it does not.
    """
    of_file = () if file is None else ledger_place.checks(file)
    done = list(chain(surroundings.checks(), of_file))
    works = all(check.state is State.OK for check in done if check.is_needed)
    if form == "json":
        checks = [_values(check) for check in done]
        say_json(as_json.text({"version": __version__, "ok": works, "checks": checks}))
    else:
        for check in done:
            _print(check)
        say(message("doctor.works" if works else "doctor.fails"))
    if not works:
        raise click.exceptions.Exit(1)


def _text(code: str) -> str | None:
    """Return a text of the tables, where there is one."""
    return spoken(code) if template(code, language()) is not None else None


def _remedy(check: Examined) -> str | None:
    if check.name not in EXTRAS:
        return _text(f"remedy.{check.name}")
    package, _ = EXTRAS[check.name]
    return in_words(message("expected.package", package=package))


def _values(check: Examined) -> dict[str, object]:
    failed = check.state is not State.OK
    return {
        "name": check.name,
        "state": check.state.value,
        "needed": check.is_needed,
        "found": in_words(check.found) or None,
        "lost": _text(f"lost.{check.name}") if failed else None,
        "remedy": _remedy(check) if failed else None,
    }


def _print(check: Examined) -> None:
    say(
        message(
            "doctor.line",
            state=message(f"doctor.{check.state.value}"),
            what=message(f"examined.{check.name}"),
            found=check.found,
        )
    )
    values = _values(check)
    for name in ("lost", "remedy"):
        if values[name] is not None:
            say(message(f"doctor.{name}", text=values[name]))


COMMANDS = (doctor,)
