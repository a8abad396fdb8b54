"""Explanations as a tree for a terminal, differences as lines."""

from rich.text import Text
from rich.tree import Tree

from ledger.audit.changes import Cause, Difference
from ledger.audit.explain.explanation import Basis, Explanation, shown


def tree(explained: Explanation) -> Tree:
    """Return an explanation as something to print: events below what rests on them."""
    return _branch(Tree("", hide_root=True), explained)


def causes(each: Difference) -> str:
    """Return the events that changed a figure: their positions, then what each is."""
    where = ", ".join(map(str, each.positions)) or "none"
    what = "; ".join(map(_what, each.causes))
    return f"by position {where}" + (f": {what}" if what else "")


def _what(cause: Cause) -> str:
    document = f" {cause.document}" if cause.document else ""
    return f"{cause.on}{document} {cause.why}"


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
