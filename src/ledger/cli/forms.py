"""Commands that take back a form of approval, or an adjustment."""

from pathlib import Path
from typing import Any

from ledger.cli.choices import MemberOf
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    ON,
    PROJECT,
    Day,
    command,
    one_of,
    opened,
    print_recorded,
    recording,
)
from ledger.cli.printing import misused
from ledger.domain.indicator import ClearedField, Direction
from ledger.domain.measure import Measure


@command()
@FILE
@PROJECT
@ON
@option("--year", help="year.approval")
@option("--reason", required=True, help="reason")
@recording(key="key.once")
def withdraw(
    file: Path, project: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Withdraw the approval of PROJECT, on which nothing rests yet."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.withdraw_approval(project, **fields)], form)


@command("correct-adjustment")
@FILE
@argument("of", metavar="ADJUSTMENT")
@option("--on", type=Day(), help="on.correction")
@option("--reason", required=True, help="reason")
@recording(key="key.once")
def correct_adjustment(
    file: Path, of: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Correct an adjustment that was a mistake: from a day on it is none."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded(ledger.correct_adjustment(of, **fields), form)


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
@option("--indicator", shell_complete=one_of("indicator"), help="indicator.form")
@option("--renamed", help="renamed")
@option("--basis", help="basis")
@option("--description", help="description.indicator")
@option("--weight", help="weight")
@option("--measure", type=MemberOf(Measure), help="measure")
@option("--baseline", help="baseline")
@option("--direction", type=MemberOf(Direction), help="direction")
@option("--cleared", multiple=True, type=MemberOf(ClearedField), help="cleared")
@option("--removed", is_flag=True, help="removed")
@option("--reason", help="reason")
@recording(key="key.once")
def revise_form(
    file: Path,
    project: str,
    goals: tuple[str, ...],
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that the form of PROJECT says something else."""
    about = {"on", "correction", "indicator", "reason", "key", "cause"}
    said = {*fields} - about - {"expected_version"}
    if not (goals or any(fields[name] for name in said)):
        raise misused("nothing_revised")
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.revise_form(project, goals=goals or None, **fields)
        print_recorded([recorded], form)


COMMANDS = (correct_adjustment, revise_form, withdraw)
