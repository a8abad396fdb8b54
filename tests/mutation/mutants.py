"""Mutants of a module: the same functions, each with one small fault put in."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from attrs import field, frozen

_OPPOSITES = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_OTHER_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


@frozen
class Mutant:
    """
    One fault in one function.

    Attributes:
        name: The file, the function, and what became what; the same as long as neither
            the function's name nor the text of the fault changes.

        code: What the outermost function that it is in does with the fault.
    """

    name: str
    code: CodeType = field(repr=False)


@frozen
class _Fault:
    """
    Another value for one field of a node.

    Attributes:
        shown: The node that says best what it is in.

        words: What it is and what it becomes, where a node would say too much.
    """

    node: ast.AST
    name: str
    value: object
    shown: ast.AST
    words: tuple[str, str] | None = None


def mutants_of(path: Path, shown: str) -> Iterator[Mutant]:
    """
    Yield every mutant of the functions of a module, in order of line.

    Messages, documentation, assertions and what runs when the module loads stay.

    Args:
        shown: What the file is called in names.
    """
    tree = ast.parse(path.read_text("utf-8"))
    counts: dict[str, int] = {}
    for place, function in _functions(tree.body):
        for fault in _faults(function):
            kept = getattr(fault.node, fault.name)
            old = _line(fault.shown)
            setattr(fault.node, fault.name, fault.value)
            ast.fix_missing_locations(fault.node)
            new = _line(fault.shown)
            code = _code_of(compile(tree, str(path), "exec"), place, function)
            setattr(fault.node, fault.name, kept)
            old, new = fault.words or (old, new)
            name = f"{shown} {place}: `{old}` → `{new}`"
            counts[name] = counts.get(name, 0) + 1
            if counts[name] > 1:
                name = f"{name} ({counts[name]})"
            yield Mutant(name, code)


def _line(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _functions(
    body: list[ast.stmt], within: str = ""
) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the functions of a module and the methods of its classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield within + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{within}{node.name}.")


def _code_of(code: CodeType, place: str, function: ast.FunctionDef) -> CodeType:
    """Return the code of a function within that of its module."""
    first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    for each in inner:
        if each.co_qualname == place and each.co_firstlineno == first:
            return each
        if place.startswith(f"{each.co_qualname}."):
            return _code_of(each, place, function)
    raise LookupError(place)


def _faults(function: ast.FunctionDef) -> Iterator[_Fault]:
    for index, statement in enumerate(function.body):
        if index == 0 and ast.get_docstring(function):
            continue
        yield from _without(function, "body", index)
        yield from _in(statement, statement)


def _in(node: ast.AST, parent: ast.AST) -> Iterator[_Fault]:
    """Yield the faults of a node and of what is in it."""
    if isinstance(node, (ast.JoinedStr, ast.Assert, ast.Import, ast.ImportFrom)):
        return
    yield from _of(node, parent)
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, ast.AST):
                yield from _without(node, name, index)
                yield from _in(item, node)


def _without(node: ast.AST, name: str, index: int) -> Iterator[_Fault]:
    """Yield the fault that a statement, if it is a call, is left out."""
    items = getattr(node, name)
    if not isinstance(items, list):
        return
    item = items[index]
    if isinstance(item, ast.Expr) and isinstance(item.value, ast.Call):
        without = [*items[:index], ast.Pass(), *items[index + 1 :]]
        yield _Fault(node, name, without, item, (_line(item), "pass"))


def _of(node: ast.AST, parent: ast.AST) -> Iterator[_Fault]:
    """Yield the faults of a node alone."""
    match node:
        case ast.Compare(ops=operators):
            for index, each in enumerate(operators):
                if type(each) in _OPPOSITES:
                    other = [*operators]
                    other[index] = _OPPOSITES[type(each)]()
                    yield _Fault(node, "ops", other, node)
        case (
            ast.BoolOp(op=operator)
            | ast.BinOp(op=operator)
            | ast.AugAssign(op=operator)
        ) if type(operator) in _OPPOSITES:
            yield _Fault(node, "op", _OPPOSITES[type(operator)](), node)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            twice = ast.UnaryOp(ast.Not(), inner)
            yield _Fault(node, "operand", twice, node, (_line(node), _line(inner)))
        case ast.Constant(value=bool() as value):
            yield _Fault(node, "value", not value, parent)
        case ast.Constant(value=int() as value):
            yield _Fault(node, "value", value + 1, parent)
        case ast.Name(id=name) if name in _OTHER_CALLS:
            yield _Fault(node, "id", _OTHER_CALLS[name], parent)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            if not isinstance(test, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
                words = f"if {_line(test)}", f"if not {_line(test)}"
                yield _Fault(node, "test", ast.UnaryOp(ast.Not(), test), test, words)
