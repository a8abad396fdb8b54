"""Explanations as a tree for a terminal, differences as a table."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ledger.audit.differences import Cause, Difference
from ledger.audit.explanation import Basis, Explanation, shown


def tree(explained: Explanation) -> Tree:
    """Return an explanation as something to print: events below what rests on them."""
    return _branch(Tree("", hide_root=True), explained)


def changes(found: Iterable[Difference]) -> Table:
    """Return differences as something to print: a line for each event of a figure."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column("figure", overflow="fold")
    table.add_column("was", justify="right", overflow="fold")
    table.add_column("is", justify="right", overflow="fold")
    table.add_column("by", overflow="fold")
    for each in found:
        by = "\n".join(map(_by, each.causes))
        row = (each.path, _or_none(each.issued), _or_none(each.computed), by)
        table.add_row(*map(Text, row))
    return table


def _or_none(value: object) -> str:
    return "none" if value is None else str(value)


def _by(cause: Cause) -> str:
    document = f" {cause.document}" if cause.document else ""
    return f"[{cause.position}] {cause.on}{document} {cause.why}"


def _branch(root: Tree, explained: Explanation) -> Tree:
    value = shown(explained.value) or "none"
    branch = root.add(Text(f"{explained.figure} = {value}", style="bold"))
    branch.add(Text(explained.formula))
    for note in explained.notes:
        branch.add(Text(note, style="dim"))
    for each in explained.events:
        branch.add(_event(each))
    for term in explained.terms:
        _branch(branch, term)
    return root


def _event(each: Basis) -> Text:
    document = f" {each.document}" if each.document else ""
    line = f"[{each.position}] {each.on} {each.type}{document} {each.says}"
    if each.left_out:
        return Text(f"✗ {line}: left out, {each.left_out}", style="dim")
    return Text(f"{line} ({each.actor}, recorded {each.recorded_at[:10]})")
