"""Names mean one thing each."""

import ast
from collections import defaultdict

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
