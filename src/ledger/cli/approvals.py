"""Commands for a new ledger and for what comes in with forms."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from ledger.app.ledger import Ledger
from ledger.cli.choices import Between, MemberOf, ScaleOfCurrency
from ledger.cli.documents import show_review
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    FORMAT,
    Day,
    Input,
    MonthEnd,
    Output,
    Place,
    command,
    file_of,
    opened,
    recording,
)
from ledger.cli.printing import misused, say, say_json
from ledger.cli.progress import progress_bar
from ledger.cli.reader import asked, heard, language
from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.calendar import YearNaming
from ledger.domain.errors import InvalidInput, NotALedger
from ledger.domain.finding import Finding, Severity, tally
from ledger.domain.import_refusal import ImportRefused
from ledger.domain.money import YUAN, Currency
from ledger.domain.plan import Convention
from ledger.domain.scale import Scale
from ledger.domain.settings import Settings
from ledger.domain.target_parser import parse_target
from ledger.messages import Language, message, named, readers_language
from ledger.reports.render import json as as_json

_MOST_ALIKE: Final = 3
"""Notes or warnings of one kind that are printed; JSON has all of them."""


@command()
@FILE
@option("--currency", default=YUAN, show_default=True, is_eager=True, help="currency")
@option(
    "--first-month",
    type=Between(1, 12),
    default=1,
    show_default=True,
    help="first_month",
)
@option(
    "--first-day",
    type=Between(1, 28),
    default=1,
    show_default=True,
    help="first_day",
)
@option(
    "--year-named-for",
    type=MemberOf(YearNaming),
    default=YearNaming.START.value,
    show_default=True,
    help="year_named_for",
)
@option(
    "--convention",
    type=MemberOf(Convention),
    default=Convention.LINEAR.value,
    show_default=True,
    help="convention",
)
@option("--allow-exceptions", is_flag=True, help="allow_exceptions")
@option("--refuse-old-carry", is_flag=True, help="refuse_old_carry")
@option("--title", default="", help="title")
@option("--lang", "language", type=MemberOf(Language), help="language.ledger")
@option("--scale", type=ScaleOfCurrency(Scale), help="scale")
def init(file: Path, currency: str, **conventions: Any) -> None:
    """Create the ledger FILE; its conventions are fixed from then on."""
    if _filled(file):
        raise InvalidInput(
            str(file), message("found.file_there"), message("expected.no_file_yet")
        )
    spoken = conventions["language"] or asked() or readers_language()
    conventions["language"] = spoken
    given = {name: value for name, value in conventions.items() if value is not None}
    settings = Settings(currency=Currency(currency), **given)
    with Ledger.open(file, settings=settings):
        heard(settings.language)
    say(
        message(
            "line.created",
            file=str(file),
            language=settings.language,
            currency=message(f"currency.{settings.currency.code}"),
            wan=settings.scale is Scale.WAN or None,
        )
    )


@command("import")
@FILE
@argument("forms", type=Input(), nargs=-1, required=True)
@option("--on", type=Day(), help="on.approval")
@option("--year", help="year.import")
@option("--origin", type=MemberOf(BudgetOrigin), help="origin")
@option("--check", is_flag=True, help="check.import")
@option("--out", type=Output(dir_okay=False), help="out.check")
@option("--revise", is_flag=True, help="revise")
@option("--new-source", is_flag=True, help="new_source.form")
@option("--code", "codes", multiple=True, help="code.form")
@option("--unit", help="unit.form")
@option("--budget", "budgets", multiple=True, help="budget.form")
@option("--codes", "code_list", type=Input(), help="codes.form")
@option("--layout", type=Input(), help="layout.form")
@recording(key="key.import")
def import_(
    file: Path,
    forms: tuple[Path, ...],
    on: date | None,
    year: int | None,
    origin: BudgetOrigin | None,
    check: bool,
    out: Path | None,
    revise: bool,
    new_source: bool,
    codes: tuple[str, ...],
    unit: str | None,
    budgets: tuple[str, ...],
    code_list: Path | None,
    layout: Path | None,
    key: str | None,
    actor: str | None,
    form: str,
    **envelope: Any,
) -> None:
    """
    Record the approvals in FORMS, all or none.

    FORMS are published PDFs, workbooks (.xlsx), tables (.csv), the text of published
    forms (.txt), or files of the interchange form (.json); the kind is known from the
    content.
    """
    if check and key is not None:
        raise misused("check_key")
    if out is not None and not check:
        raise misused("out_check")
    given: Any = {
        "codes": dict(map(_of_name, codes)),
        "unit": unit,
        "budgets": dict(map(_of_name, budgets)),
        "code_list": code_list,
        "layout": layout,
    }
    if check:
        asked = {"origin": origin, "revise": revise, "new_source": new_source, **given}
        _check_forms(file, forms, on, year, form=form, out=out, **asked)
        return
    with opened(file, actor=actor, create=False) as ledger:
        before = ledger.position
        try:
            with progress_bar("form") as progress:
                findings = ledger.import_forms(
                    *forms,
                    on=on,
                    fiscal_year=year,
                    origin=origin,
                    revise=revise,
                    new_source=new_source,
                    key=key,
                    progress=progress,
                    **given,
                    **envelope,
                )
        except ImportRefused as refused:
            _print_findings(refused.findings, ledger.position - before, form)
            raise click.exceptions.Exit(1) from None
        _print_findings(findings, ledger.position - before, form)


@command()
@FILE
@argument("template", type=Place())
@option("--month", type=MonthEnd(), help="month.template")
@option("--lang", "language", type=MemberOf(Language), help="language.template")
def template(
    file: Path, template: Path, month: date | None, language: Language | None
) -> None:
    """
    Write TEMPLATE, a workbook to fill in (with --month also as .csv).

    `import` takes one of forms back, `record` one of a month's events.
    """
    words = language or asked()
    with opened(file, create=False, read_only=True) as ledger:
        if month is None:
            ledger.forms_template(template, language=words)
        else:
            ledger.events_template(template, month.year, month.month, language=words)
    say(message("line.wrote", file=str(template)))


@command()
@argument("text")
@option("--fiscal-year", type=int, help="fiscal_year")
@FORMAT
def target(text: str, fiscal_year: int | None, form: str) -> None:
    """Say how the printed target TEXT is read."""
    parsed, findings = parse_target(text, fiscal_year=fiscal_year)
    shown = as_json.target(parsed, findings, language())
    if form == "json":
        say_json(as_json.text(shown))
        return
    for name in ("kind", "value", "upper", "unit", "date"):
        if shown[name] is not None:
            value = parsed.kind if name == "kind" else str(shown[name])
            say(message("line.target", what=named(f"target.{name}"), value=value))
    for finding in findings:
        say(finding)


def _of_name(text: str) -> tuple[str, str]:
    """Return the name of a project, empty for any, and what is given of it."""
    name, _, given = text.rpartition("=")
    return name, given


def _filled(file: Path) -> bool:
    """Return whether something is at a place; a name that is too long has nothing."""
    if file_of(file) is None:
        with suppress(NotALedger), opened(file, create=False, read_only=True):
            return True
        return False
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _check_forms(
    file: Path,
    forms: tuple[Path, ...],
    on: date | None,
    year: int | None,
    *,
    form: str,
    out: Path | None,
    **asked: Any,
) -> None:
    """Show what an import would record; exit 1 where it would be refused."""
    known = file_of(file) is None or file.exists()
    place = file if known else ":memory:"
    with opened(place, read_only=known) as ledger:
        with progress_bar("form") as progress:
            review = ledger.review_forms(
                *forms, on=on, fiscal_year=year, progress=progress, **asked
            )
        show_review(review, form, out)


def _print_findings(findings: Iterable[Finding], new: int, form: str) -> None:
    listed = list(findings)
    if form == "json":
        shown = {
            "recorded": new,
            "findings": [as_json.finding(finding, language()) for finding in listed],
        }
        say_json(as_json.text(shown))
        return
    for alike in _by_kind(listed):
        severity = alike[0].severity
        most = len(alike) if severity is Severity.ERROR else _MOST_ALIKE
        for finding in alike[:most]:
            say(finding)
        if alike[most:]:
            more = len(alike) - most
            say(message("line.more_alike", severity=severity, count=more))
    say(message("line.imported", count=new, tally=tally(listed)))


def _by_kind(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings by their codes, the worst first."""
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    worst = list(Severity)
    return sorted(kinds.values(), key=lambda alike: worst.index(alike[0].severity))


COMMANDS = (init, import_, template, target)
