"""The command line: parse, call :class:`ledger.Ledger`, print."""

import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from ledger.application import Ledger
from ledger.domain.calendar import parse_date, parse_month
from ledger.domain.errors import ImportRefused, InvalidInput, LedgerError
from ledger.domain.events import AdjustmentKind, Evidence
from ledger.domain.finding import Finding, Severity
from ledger.domain.indicator import Rating
from ledger.domain.money import FISCAL, Currency
from ledger.domain.plan import Convention
from ledger.domain.recorded import RecordedEvent
from ledger.domain.settings import Language, Scale, Settings
from ledger.domain.target import parse_target
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.reports.render import json as as_json
from ledger.reports.render import review as as_review
from ledger.reports.render import terminal

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.argument("file", type=click.Path(path_type=Path))
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
ACTOR = click.option("--actor", help="Who records; by default your user name.")
OUT = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)
KNOWN_AT = click.option(
    "--known-at",
    metavar="INSTANT|POSITION",
    help="Only facts recorded by then, such as 2023-07-10T12:00:00+08:00, or 250.",
)


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Take *value* as a date."""
        try:
            return parse_date(value, name="date")
        except InvalidInput as problem:
            self.fail(str(problem), param, ctx)


class MonthEnd(click.ParamType[date]):
    """A month as YYYY-MM; its last day."""

    name = "month"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Take *value* as a month."""
        if isinstance(value, date):
            return value
        try:
            return parse_month(value)
        except InvalidInput as problem:
            self.fail(str(problem), param, ctx)


class Refusing(click.Group):
    """A group whose commands end a refusal with its message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Invoke the command."""
        try:
            return super().invoke(ctx)
        except LedgerError as problem:
            click.echo(f"budget-ledger: {problem}", err=True)
            raise click.exceptions.Exit(1) from None


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ledger", prog_name="budget-ledger")
def main() -> None:
    """
    Record budget approvals, disbursements and results; report any month.

    Every command takes the ledger file first. Exit code 0: sound; 1: findings, or a
    refusal; 2: wrong usage.
    """


@main.command()
@FILE
@click.option("--currency", default="CNY", show_default=True, help="ISO 4217 code.")
@click.option(
    "--first-month",
    type=click.IntRange(1, 12),
    default=1,
    show_default=True,
    help="Month in which fiscal years begin.",
)
@click.option(
    "--convention",
    type=click.Choice([each.value for each in Convention]),
    default=Convention.LINEAR.value,
    show_default=True,
    help="What is planned between two checkpoints.",
)
@click.option("--title", default="", help="Heads every report.")
@click.option(
    "--lang",
    "language",
    type=click.Choice([each.value for each in Language]),
    help="Of reports; by default zh for a ledger in CNY, else en.",
)
@click.option(
    "--scale",
    type=click.Choice([each.value for each in Scale]),
    help="What reports count money in; by default 10000 (万元) for CNY, else 1.",
)
def init(file: Path, currency: str, **conventions: Any) -> None:
    """Create the ledger FILE; its conventions are fixed from then on."""
    if file.exists() and file.stat().st_size:
        raise InvalidInput("FILE", str(file), "a file that does not exist yet")
    given = {name: value for name, value in conventions.items() if value is not None}
    settings = Settings(currency=Currency(currency), **given)
    Ledger.open(file, settings=settings).close()
    click.echo(f"created {file}")


@main.command("import")
@FILE
@click.argument("forms", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--on",
    type=Day(),
    help="Day of approval, by default the year's first; with --revise the day from "
    "which revisions hold, by default today.",
)
@click.option("--year", type=int, help="Fiscal year, where a file does not say.")
@click.option(
    "--check", is_flag=True, help="Show what would be recorded; record nothing."
)
@click.option(
    "--revise",
    is_flag=True,
    help="Record adjustments, plan and target revisions for forms that have changed.",
)
@ACTOR
@FORMAT
def import_(
    file: Path,
    forms: tuple[Path, ...],
    on: date | None,
    year: int | None,
    check: bool,
    revise: bool,
    actor: str | None,
    form: str,
) -> None:
    """
    Record the approvals in FORMS, all or none.

    FORMS are workbooks (.xlsx), tables (.csv), the text of published forms (.txt), or
    files of the interchange form (.json); the kind is told from the content.
    """
    if check:
        _check_forms(file, forms, on, year, revise=revise, form=form)
        return
    with Ledger.open(file, actor=actor) as ledger:
        before = ledger.position
        try:
            findings = ledger.import_forms(
                *forms, on=on, fiscal_year=year, revise=revise
            )
        except ImportRefused as refused:
            _print_findings(refused.findings, ledger.position - before, form)
            raise click.exceptions.Exit(1) from None
        _print_findings(findings, ledger.position - before, form)


@main.command()
@FILE
@click.argument("template", type=click.Path(path_type=Path))
@click.option(
    "--month",
    type=MonthEnd(),
    help="For the results and disbursements of YYYY-MM; by default for new forms.",
)
def template(file: Path, template: Path, month: date | None) -> None:
    """
    Write TEMPLATE, a workbook to fill in (with --month also as .csv).

    `import` takes one of forms back, `record` one of a month's events.
    """
    with Ledger.open(file, create=False, read_only=True) as ledger:
        if month is None:
            ledger.forms_template(template)
        else:
            ledger.events_template(template, month.year, month.month)
    click.echo(f"wrote {template}")


@main.command()
@FILE
@click.argument("events", type=click.Path(path_type=Path))
@click.option(
    "--batch",
    type=click.IntRange(1),
    metavar="N",
    help="Append N events at a time, instead of the whole file or nothing.",
)
@ACTOR
@FORMAT
def record(
    file: Path, events: Path, batch: int | None, actor: str | None, form: str
) -> None:
    """Record EVENTS (JSON Lines, CSV or a template filled in), all or none."""
    with Ledger.open(file, actor=actor, create=False) as ledger:
        done = ledger.record(events, batch=batch)
    if form == "json":
        click.echo(as_json.text(done._asdict()))
        return
    already = f", {done.already} were there already" if done.already else ""
    click.echo(f"{done.new} events recorded{already}; position {done.position}")


@main.command()
@FILE
@click.argument("project")
@click.argument("amount")
@click.option("--voucher", required=True, help="Voucher number, unique in the project.")
@click.option("--on", type=Day(), required=True, help="Value date.")
@click.option("--source", default=FISCAL, show_default=True, help="Funding source.")
@click.option("--payee")
@click.option("--description")
@click.option("--key", help="Your own id of the fact; the same twice records once.")
@ACTOR
@FORMAT
def disburse(
    file: Path,
    project: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that AMOUNT yuan of PROJECT left the account."""
    with Ledger.open(file, actor=actor, create=False) as ledger:
        _print_recorded([ledger.disburse(project, amount, **fields)], form)


@main.command()
@FILE
@click.argument("project")
@click.argument("amount")
@click.option("--of", required=True, help="Voucher of the disbursement.")
@click.option("--voucher", required=True, help="Voucher of the reversal.")
@click.option("--on", type=Day(), required=True)
@click.option("--reason")
@click.option("--key", help="Your own id of the fact.")
@ACTOR
@FORMAT
def reverse(
    file: Path, project: str, amount: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Record that AMOUNT yuan of a disbursement came back."""
    with Ledger.open(file, actor=actor, create=False) as ledger:
        _print_recorded([ledger.reverse_disbursement(project, amount, **fields)], form)


@main.command()
@FILE
@click.argument("project")
@click.argument(
    "kind", type=click.Choice([k.value for k in AdjustmentKind if not k.is_virement])
)
@click.argument("amount")
@click.option("--on", type=Day(), required=True)
@click.option("--source", default=FISCAL, show_default=True)
@click.option("--document")
@click.option("--reason")
@click.option("--key", help="Your own id of the fact.")
@ACTOR
@FORMAT
def adjust(
    file: Path,
    project: str,
    kind: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record a supplement, a reduction or a recall of AMOUNT yuan."""
    with Ledger.open(file, actor=actor, create=False) as ledger:
        _print_recorded([ledger.adjust_budget(project, kind, amount, **fields)], form)


@main.command()
@FILE
@click.argument("source_project")
@click.argument("target_project")
@click.argument("amount")
@click.option("--on", type=Day(), required=True)
@click.option("--source", default=FISCAL, show_default=True)
@click.option("--document")
@click.option("--reason")
@ACTOR
@FORMAT
def transfer(
    file: Path,
    source_project: str,
    target_project: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record a virement of AMOUNT yuan from one project to another."""
    with Ledger.open(file, actor=actor, create=False) as ledger:
        legs = ledger.transfer(source_project, target_project, amount, **fields)
        _print_recorded(legs, form)


@main.command()
@FILE
@click.argument("project")
@click.argument("indicator")
@click.argument("value", required=False)
@click.option("--on", type=Day(), required=True, help="Day it speaks of.")
@click.option("--unit", is_flag=True, help="PROJECT is a unit's code.")
@click.option("--numerator")
@click.option("--denominator")
@click.option("--rating", type=click.Choice([each.value for each in Rating]))
@click.option("--share", help="With a rating: the share claimed.")
@click.option("--date", "reached_on", type=Day(), help="For a target that is a date.")
@click.option("--text")
@click.option("--evidence", metavar="URI")
@click.option("--note")
@click.option("--key", help="Your own id of the fact.")
@ACTOR
@FORMAT
def result(
    file: Path,
    project: str,
    indicator: str,
    value: str | None,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record one measurement of INDICATOR: VALUE, or one of the options."""
    rating, reached_on = fields.pop("rating"), fields.pop("reached_on")
    given = [each for each in (value, rating, reached_on) if each is not None]
    if len(given) > 1:
        raise click.UsageError("give one of VALUE, --rating and --date")
    figure = Rating(rating) if rating else reached_on or value
    unit = project if fields.pop("unit") else None
    evidence = fields.pop("evidence")
    with Ledger.open(file, actor=actor, create=False) as ledger:
        recorded = ledger.report_result(
            None if unit else project,
            indicator,
            figure,
            unit=unit,
            evidence=Evidence(uri=evidence) if evidence else None,
            **fields,
        )
        _print_recorded([recorded], form)


@main.command()
@FILE
@click.argument("project", required=False)
@click.option("--through", type=Day(), help="Facts effective by this day.")
@KNOWN_AT
@FORMAT
def show(
    file: Path,
    project: str | None,
    through: date | None,
    known_at: str | None,
    form: str,
) -> None:
    """Show one PROJECT with its indicators, or all projects."""
    with Ledger.open(file, create=False, read_only=True) as ledger:
        view = ledger.view(through=through, known_at=_moment(known_at))
        if project is None:
            report = view.monthly_report()
            click.echo(report.to_json()) if form == "json" else report.print()
            return
        line, lines = view.project(project), view.attainment(project)
    if form == "json":
        shown = {
            "project": line.project,
            "name": line.name,
            "through": view.through.isoformat(),
            **as_json.execution(line),
            "indicators": [as_json.indicator(each) for each in lines],
        }
        click.echo(as_json.text(shown))
    else:
        terminal.put(terminal.project(line, lines, ledger.settings))


@main.command()
@FILE
@click.option("--month", "through", type=MonthEnd(), required=True, help="YYYY-MM.")
@KNOWN_AT
@FORMAT
@OUT
def report(
    file: Path, through: date, known_at: str | None, form: str, out: Path | None
) -> None:
    """Print the report of a month: spending against plan, attainment, worst first."""
    with Ledger.open(file, create=False, read_only=True) as ledger:
        monthly = ledger.monthly_report(
            through.year, through.month, known_at=_moment(known_at)
        )
        text = monthly.to_json() + "\n" if form == "json" else monthly.to_text()
        if out is not None:
            _write(out, text)
        elif form == "json":
            click.echo(text, nl=False)
        else:
            monthly.print()


@main.command()
@FILE
@click.option("--through", type=Day(), help="Facts effective by this day.")
@KNOWN_AT
@FORMAT
def replay(file: Path, through: date | None, known_at: str | None, form: str) -> None:
    """Fold the log from nothing; say whether the snapshots hold the same states."""
    with Ledger.open(file, create=False, read_only=True) as ledger:
        at = _moment(known_at)
        states: dict[str, dict[str, Any]] = {
            "execution": dict(ledger.replay(EXECUTION, through=through, known_at=at)),
            "attainment": dict(ledger.replay(ATTAINMENT, through=through, known_at=at)),
        }
        count = len(states["execution"])
        whole = through is None and known_at is None
        differing = ledger.stale_snapshots() if whole else []
    if form == "json":
        shown = {"states": states, "stale_snapshots": differing}
        click.echo(as_json.text(shown))
    else:
        click.echo(f"{count} streams folded")
        for name, stream in differing:
            click.echo(f"the snapshot of {stream} under {name} is not the replay's")
        if whole and not differing:
            click.echo("the snapshots equal the replay")
    if differing:
        raise click.exceptions.Exit(1)


@main.command()
@FILE
@click.argument("stream", required=False)
@click.option("--after", type=int, default=0, help="Only positions above this.")
@click.option("--type", "types", multiple=True, help="Only this type; repeatable.")
@KNOWN_AT
@FORMAT
def events(
    file: Path,
    stream: str | None,
    after: int,
    types: tuple[str, ...],
    known_at: str | None,
    form: str,
) -> None:
    """List the recorded events of STREAM (a project's code), or of all."""
    with Ledger.open(file, create=False, read_only=True) as ledger:
        for recorded in ledger.events(
            stream=stream, after=after, types=types, known_at=_moment(known_at)
        ):
            if form == "json":
                click.echo(msgspec.json.encode(recorded))
            else:
                click.echo(_one_line(recorded, ledger.settings))


@main.command()
@FILE
def rebuild(file: Path) -> None:
    """Store all snapshots anew from the log; no figure changes."""
    with Ledger.open(file, create=False) as ledger:
        click.echo(f"{ledger.rebuild()} streams folded and stored")


@main.command()
@click.argument("text")
@click.option("--fiscal-year", type=int, help="For a target that is a month or a day.")
@FORMAT
def target(text: str, fiscal_year: int | None, form: str) -> None:
    """Say how the printed target TEXT is read."""
    parsed, findings = parse_target(text, fiscal_year=fiscal_year)
    shown = as_json.target(parsed, findings)
    if form == "json":
        click.echo(as_json.text(shown))
        return
    for name in ("kind", "value", "upper", "unit", "date"):
        if shown[name] is not None:
            click.echo(f"{name}: {shown[name]}")
    for finding in findings:
        click.echo(str(finding))


def run() -> None:
    """Run the command line; text that the terminal cannot show is marked."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    main(prog_name="budget-ledger")


def _moment(text: str | None) -> datetime | int | None:
    if text is None or text.isdecimal():
        return None if text is None else int(text)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise InvalidInput(
            "known-at", text, "a position, or an instant with its zone: …T12:00:00Z"
        )
    return at


def _check_forms(
    file: Path,
    forms: tuple[Path, ...],
    on: date | None,
    year: int | None,
    *,
    revise: bool,
    form: str,
) -> None:
    """Show what an import would record; exit 1 where it would be refused."""
    place = file if file.exists() else ":memory:"
    with Ledger.open(place, read_only=file.exists()) as ledger:
        review = ledger.review_forms(*forms, on=on, fiscal_year=year, revise=revise)
        if form == "json":
            click.echo(as_json.text(as_review.values(*review, ledger.settings)))
        else:
            terminal.put(as_review.tables(*review, ledger.settings))
    if any(found.severity is Severity.ERROR for found in review.findings):
        raise click.exceptions.Exit(1)


def _print_findings(findings: Iterable[Finding], new: int, form: str) -> None:
    listed = list(findings)
    if form == "json":
        shown = {
            "recorded": new,
            "findings": [as_json.finding(finding) for finding in listed],
        }
        click.echo(as_json.text(shown))
        return
    for finding in listed:
        click.echo(str(finding))
    tally = ", ".join(
        f"{sum(f.severity is severity for f in listed)} {severity.value}s"
        for severity in Severity
    )
    click.echo(f"{new} approvals recorded; {tally}")


def _print_recorded(recorded: Iterable[RecordedEvent], form: str) -> None:
    for each in recorded:
        if form == "json":
            click.echo(msgspec.json.encode(each))
        else:
            click.echo(
                f"{each.type} recorded at position {each.position}, "
                f"{each.stream} version {each.version}"
            )


def _one_line(recorded: RecordedEvent, settings: Settings) -> str:
    event = msgspec.to_builtins(recorded.event)
    shown = {
        name: settings.money(value) if name == "amount" else value
        for name, value in event.items()
        if name in _SHOWN and value is not None
    }
    words = ", ".join(f"{name} {value}" for name, value in shown.items())
    return (
        f"{recorded.position:>6}  {recorded.on}  {recorded.stream}  "
        f"{recorded.type}  {words}  [{recorded.actor}, {recorded.recorded_at}]"
    )


_SHOWN = (
    "name voucher of amount source payee kind indicator value numerator denominator "
    "rating share reached_on reason document category text score"
).split()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InvalidInput(
            str(path), problem.strerror or str(problem), "a file that can be written"
        ) from problem
