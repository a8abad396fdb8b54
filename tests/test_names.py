"""Names mean one thing each."""

import ast
from collections import Counter, defaultdict

from support_sources import ROOT, SOURCES


def types(tree):
    """Yield each class and each named type of a module: no variables of types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name, node.lineno
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if isinstance(node.value, ast.Call):
                named = ast.unparse(node.value.func) == "NewType"
            else:
                named = isinstance(node.value, ast.Subscript | ast.BinOp)
            if named and not name.isupper() and name.lstrip("_")[:1].isupper():
                yield name, node.lineno


def test_each_type_has_a_name_of_its_own():
    """No two classes, nor a class and a named type, are called alike."""
    places = defaultdict(list)
    for source in SOURCES:
        for name, line in types(ast.parse(source.read_text("utf-8"))):
            places[name.lstrip("_")].append(f"{source.relative_to(ROOT)}:{line}")
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert not twice


NO_NOUNS = {"each": 500, "found": 242, "right": 195, "said": 108, "made": 64}
"""
Local names that say nothing of the domain, and how often they are still bound.

A number only ever falls: it is lowered with each change that names what is meant.
"""


def bound(tree):
    """Yield each local name that a module binds: variables and parameters."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def test_locals_are_nouns_of_the_domain():
    """No more are bound than there were: `indicator`, `expected`, `message` instead."""
    names = Counter(
        name
        for source in SOURCES
        for name in bound(ast.parse(source.read_text("utf-8")))
    )
    over = {name: names[name] for name, most in NO_NOUNS.items() if names[name] > most}
    assert not over
