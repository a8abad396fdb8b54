"""Commands that revise or take back a form of approval, or an adjustment."""

from pathlib import Path
from typing import Any, Final

from ledger.app.ledger import Ledger
from ledger.cli.choices import Choice, MemberOf
from ledger.cli.closings import SourceAmount, amounts
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    ON,
    PROJECT,
    Day,
    RecordedEvents,
    command,
    one_of,
    opened,
    print_recorded,
    recording,
    records,
)
from ledger.cli.printing import misused
from ledger.domain.event_type import INDICATOR_FIELDS
from ledger.domain.indicator import ClearedField, Direction
from ledger.domain.measure import Measure
from ledger.domain.plan import Convention
from ledger.domain.project_category import ProjectCategory
from ledger.domain.settings import Settings
from ledger.intake.bulk_columns import indicator_of
from ledger.intake.bulk_line import Fields
from ledger.intake.fields import yes_or_no
from ledger.intake.source_amounts import amounts_named

_OF_ADDED: Final = "level1", "level2", "target", "milestones", "between"
"""Fields of an indicator that has to be added first."""


@command()
@FILE
@PROJECT
@ON
@option("--year", help="year.approval")
@option("--reason", required=True, help="reason")
@records(key="key.once")
def withdraw(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Withdraw the approval of PROJECT, on which nothing rests yet."""
    return ledger.withdraw_approval(**fields)


@command("correct-adjustment")
@FILE
@argument("of", metavar="ADJUSTMENT")
@option("--on", type=Day(), help="on.correction")
@option("--reason", required=True, help="reason")
@records(key="key.once")
def correct_adjustment(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Correct an adjustment that was a mistake: from a day on it is none."""
    return ledger.correct_adjustment(**fields)


@command("revise-form")
@FILE
@PROJECT
@ON
@option("--correction", is_flag=True, help="correction")
@option("--name", help="name.form")
@option("--to-unit", help="to_unit")
@option("--unit-name", help="unit_name")
@option("--goals", multiple=True, help="goals")
@option("--purpose", help="purpose")
@option("--project-category", type=MemberOf(ProjectCategory), help="project_category")
@option(
    "--carried",
    type=SourceAmount(),
    metavar="SOURCE=AMOUNT",
    multiple=True,
    help="carried.form",
)
@option("--added", help="added")
@option("--level1", help="level1")
@option("--level2", help="level2")
@option("--target", help="target.form")
@option("--indicator", shell_complete=one_of("indicator"), help="indicator.form")
@option("--renamed", help="renamed")
@option("--basis", help="basis")
@option("--description", help="description.indicator")
@option("--weight", help="weight")
@option("--measure", type=MemberOf(Measure), help="measure")
@option("--baseline", help="baseline")
@option("--direction", type=MemberOf(Direction), help="direction")
@option("--milestones", metavar="DATE=VALUE;…", help="milestones")
@option("--between", type=MemberOf(Convention), help="between")
@option("--builds-up", type=Choice(("yes", "no"), words="answer"), help="builds_up")
@option("--cleared", multiple=True, type=MemberOf(ClearedField), help="cleared")
@option("--removed", is_flag=True, help="removed")
@option("--reason", help="reason")
@recording(key="key.once")
def revise_form(
    file: Path,
    project: str,
    goals: tuple[str, ...],
    carried: tuple[tuple[str, str], ...],
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that the form of PROJECT says something else."""
    about = {"on", "correction", "indicator", "reason", "key", "cause"}
    said = {*fields} - about - {"expected_version"}
    if not (goals or carried or any(fields[name] for name in said)):
        raise misused("nothing_revised")
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.revise_form(
            project,
            goals=goals or None,
            carried=amounts(carried) if carried else None,
            **_with_added(fields, ledger.settings),
        )
        print_recorded(recorded, form)


def _with_added(given: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """
    Return the fields of a revision, those of an added indicator as that indicator.

    Raises:
        LedgerError: One of these is missing, or cannot be taken.
    """
    name = given.pop("added")
    own: dict[str, Any] = {key: given.pop(key) for key in _OF_ADDED}
    if name is None:
        if any(own.values()):
            raise misused("added_of_fields")
        return given | {"builds_up": yes_or_no(given["builds_up"], "builds_up")}
    own |= {key: given.pop(key) for key in INDICATOR_FIELDS if key in given}
    row = Fields({**own, "level3": name}, settings)
    added = indicator_of(row, given["on"])
    for problem in row.problems:
        raise problem
    return {**given, "added": added}


@command("revise-plan")
@FILE
@PROJECT
@argument("checkpoints", nargs=-1, required=True, metavar="DATE=AMOUNT")
@ON
@option("--reason", help="reason")
@recording(key="key.once")
def revise_plan(
    file: Path,
    project: str,
    checkpoints: tuple[str, ...],
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record a new spending plan of PROJECT: cumulative amounts at days."""
    planned = dict(amounts_named("; ".join(checkpoints), "plan") or ())
    if not planned:
        raise misused("checkpoints")
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded(ledger.revise_plan(project, planned, **fields), form)


@command("revise-target")
@FILE
@PROJECT
@argument("indicator", shell_complete=one_of("indicator"))
@argument("target")
@ON
@option("--milestones", metavar="DATE=VALUE;…", help="milestones")
@option("--between", type=MemberOf(Convention), help="between")
@option("--reason", help="reason")
@records(key="key.once")
def revise_target(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record a new TARGET of INDICATOR, as printed."""
    return ledger.revise_target(**fields)


COMMANDS = (correct_adjustment, revise_form, revise_plan, revise_target, withdraw)
