"""How commands hand documents out: in the formats, and by the rules, of scripts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from ledger.app.ledger import Ledger
from ledger.cli.choices import Choice
from ledger.cli.help import option
from ledger.cli.options import AnyFunction
from ledger.cli.printing import misused, say, say_chunks, say_json, say_page
from ledger.cli.reader import asked, in_words, of_ledger, shown_in
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Severity
from ledger.messages import message
from ledger.reports.documents.base import Document, parts, printed, written
from ledger.reports.documents.formats import FORMATS, format_of
from ledger.reports.documents.review import Review

Kind = type[Document]


def _say_json(chunks: Iterable[str]) -> None:
    say_json("".join(chunks))


_SAID: Final = {"json": _say_json, "html": say_page}
"""How a format is shown that means the same in every encoding."""


def format_option(kind: Kind) -> Callable[[AnyFunction], AnyFunction]:
    """Return the option ``--format`` of a command that makes such a document."""
    return option(
        "--format",
        "form",
        type=Choice(list(kind.renderings)),
        help="format.ending",
    )


def chosen_format(kind: Kind, form: str | None, out: Path | None) -> str:
    """
    Return the format that was asked for, or that a file's name asks for.

    Raises:
        UsageError: The name ends as a file of another kind does.
    """
    if out is None:
        return form or "text"
    try:
        return format_of(out, kind.renderings, form)
    except InvalidInput as problem:
        refusal = f"--out {in_words(problem.message)}"
        raise click.UsageError(refusal) from None


def _as_typed(name: str, value: str) -> str:
    """Return the value of an option, as the reader of the command writes it."""
    parameters = click.get_current_context().command.params
    kinds = {parameter.name: parameter.type for parameter in parameters}
    kind = kinds.get(name)
    return kind.word(value) if isinstance(kind, Choice) else value


def options_for(
    kind: Kind,
    form: str,
    out: Path | None,
    language: str | None,
    given: Mapping[str, str | None],
) -> dict[str, object]:
    """
    Return what is asked of a document in a format, without what was not given.

    Args:
        language: Asked for after the command; that asked for before it holds where
            a format has any.

        given: By the name that documents have for it.

    Raises:
        UsageError: Something has no effect in the format.
    """
    options: dict[str, object] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name not in kind.renderings[form].options:
            having = [f for f, row in kind.renderings.items() if name in row.options]
            raise misused(
                "only",
                option=f"--{name}",
                value=_as_typed(name, value),
                form=having,
                chosen=form,
            )
        options[name] = value
    by_key = _by_key(form, language)
    if "language" in kind.renderings[form].options:
        shown = out is None and form in {"text", "csv"}
        spoken = language or (shown_in() if shown else asked())
        if form == "csv":
            spoken = None if by_key else spoken or of_ledger()
        if spoken is not None:
            options["language"] = spoken
    elif language is not None:
        raise misused("language_json")
    return options


def _keep(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_KEYS] = value


_KEYS: Final = "ledger.keys"
KEYS: Final = option(
    "--keys", is_flag=True, expose_value=False, callback=_keep, help="keys"
)
"""The option of tables in CSV that programs read: heads and values are keys."""


def _by_key(form: str, language: str | None) -> bool:
    """
    Return whether a table in CSV is to have keys.

    Raises:
        UsageError: It is none, or a language is asked for as well.
    """
    context = click.get_current_context(silent=True)
    by_key = context is not None and context.meta.get(_KEYS, False)
    if by_key and (form != "csv" or language is not None):
        raise misused("keys")
    return bool(by_key)


def hand_out(
    document: Document,
    form: str,
    out: Path | None,
    options: Mapping[str, object],
    like: Path | None = None,
) -> None:
    """
    Write a document to a file, or show it on standard output.

    Args:
        like: The file that it is a copy of: nobody may read more of the copy.
    """
    if out is not None:
        written(document, out, form, options, like)
        say(message("line.wrote", file=str(out)), err=True)
    elif form == "text":
        printed(document, None, None, options)
    else:
        chunks = parts(document, form, options)
        _SAID.get(form, say_chunks)(part for part in chunks if isinstance(part, str))


def show_review(review: Review, form: str, out: Path | None) -> None:
    """
    Show what a file would record; exit 1 where it would be refused.

    Args:
        out: A workbook to write as well: a copy of the file with what is wrong in it.
    """
    hand_out(review, form, None, options_for(Review, form, None, None, {}))
    if out is not None:
        hand_out(review, "xlsx", out, options_for(Review, "xlsx", out, None, {}))
    if any(finding.severity is Severity.ERROR for finding in review.findings):
        raise click.exceptions.Exit(1)


def tell_if_empty(
    ledger: Ledger,
    rows: Sequence[object],
    through: date,
    known_at: str | None,
    year: int | None = None,
) -> None:
    """
    Say on standard error that no project is in a report, and which years have any.

    Args:
        rows: What the report lists.

        year: The fiscal year that was asked for; by default that of the day. Nothing
            is said where it has projects, of which a register may list none.
    """
    if rows:
        return
    years = sorted({year for project in ledger.projects() for year in project.years})
    if year is not None and year in years:
        return
    shown = year or ledger.settings.year_of(through).year
    listed = [] if known_at else [str(known) for known in years]
    empty = message("line.no_projects", year=str(shown), through=through, years=listed)
    say(empty, err=True)


def check_shown(form: str, out: Path | None) -> None:
    """Refuse a format that no terminal can show, where no file was named."""
    if out is None and FORMATS[form].is_binary:
        raise misused("workbook_out")
