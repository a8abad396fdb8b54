"""What we wrote down about ourselves is held here."""

import ast
import re
from importlib.metadata import version
from pathlib import Path

import attrs
import pytest

import ledger
from ledger import Measure, Status, TargetKind
from ledger.cli import COMMANDS
from ledger.domain import (
    commitment_refusals,
    errors,
    exception_refusals,
    import_refusal,
    refusals,
    subject,
)
from ledger.domain.funding import SourceRoot
from ledger.intake import bulk
from ledger.store.codec import EVENT_TYPES
from support import commands
from support_sources import MODULES, ROOT, SOURCES, imported

REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")

ERRORS = {
    name: made
    for module in (
        errors,
        refusals,
        commitment_refusals,
        exception_refusals,
        import_refusal,
    )
    for name, made in vars(module).items()
}


WRITTEN = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for folder in ("src", "tests", "examples", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
}


def test_functions_are_short():
    """At most 50 lines, so that one can be read at a glance."""
    long = {}
    for path, text in WRITTEN.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                if lines > 50:
                    long[f"{path}: {node.name}"] = lines
    assert not long


def test_files_are_short():
    """At most 400 lines, so that a file is about one thing."""
    long = {path for path, text in WRITTEN.items() if len(text.splitlines()) > 400}
    assert not long


def test_no_module_imports_what_imports_it():
    """There is no circle, imports in functions and for types alone counted."""
    left = {name: imported(path) - {"ledger"} for name, path in MODULES.items()}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        for name in free:
            del left[name]
    circles = {
        name: sorted(needs & left.keys())
        for name, needs in left.items()
        if any(name in left.get(other, ()) for other in needs)
    }
    assert not left, circles or left


OPENING = re.compile(
    r"\b(write_text|write_bytes|touch|copyfile|copy2|replace|open|fdopen|ZipFile)\("
)


def writes(call):
    """Say whether a call opens a file to write, or writes one."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in {"write_text", "write_bytes", "touch", "copyfile", "copy2", "replace"}:
        return name != "replace" or ast.unparse(call.func) == "os.replace"
    if name not in {"open", "fdopen", "ZipFile"}:
        return False
    said = [*call.args, *(each.value for each in call.keywords if each.arg == "mode")]
    modes = [each.value for each in said if isinstance(each, ast.Constant)]
    return "O_CREAT" in ast.unparse(call) or any(
        isinstance(mode, str) and re.fullmatch(r"[rbt]*[wax+][wax+bt]*", mode)
        for mode in modes
    )


def test_one_module_writes_files():
    """No other than `output` opens a file to write, so no check is forgotten."""
    found = {
        f"{source.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for source in SOURCES
        if OPENING.search(text := source.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and writes(node) and source.name != "output.py"
    }
    assert not found


def test_one_helper_goes_round_what_is_frozen():
    """What a frozen class derives from its fields is set in one place."""
    named = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "object.__setattr__" in path.read_text("utf-8")
    }
    assert named == {"src/ledger/domain/derived_fields.py"}


LOOKS_AND_TAGS = {"spreadsheet/cells.py", "intake/readers/workbook_cells.py"}
"""Where other texts than the names of streams are cut at a colon."""


def names_a_stream(node):
    """Check whether a part of a module writes the name of a stream, or reads one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.match(r"(project|unit):(?! )", node.value)
    if isinstance(node, ast.JoinedStr):
        colons = [part.value for part in node.values if isinstance(part, ast.Constant)]
        named = re.search(r"kind|code|subject|stream", ast.unparse(node))
        return colons == [":"] and named  # Ranges of cells have a colon as well.
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        cuts = {"partition", "rpartition", "split", "rsplit"}
        return node.func.attr in cuts and [*map(ast.unparse, node.args)][:1] == ["':'"]
    return False


def test_one_module_names_streams():
    """No other than `subject` writes the name of a stream or takes one apart."""
    allowed = {ROOT / "src" / "ledger" / name for name in LOOKS_AND_TAGS}
    allowed.add(Path(subject.__file__))
    assert not {
        f"{source.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if source not in allowed and names_a_stream(node)
    }
    assert any(map(names_a_stream, ast.walk(ast.parse("f'{kind}:{code}'"))))


def test_the_error_tree_is_drawn_as_it_is():
    """The module's docstring shows every error under its base."""
    drawn = re.findall(
        r"^([│ ├└─]*)([A-Z]\w+)", errors.__doc__.split("```")[1], re.MULTILINE
    )
    path, tree = [], {}
    for indent, name in drawn:
        depth = len(indent) // 4
        path[depth:] = [name]
        tree[name] = path[depth - 1] if depth else "Exception"
    for name, base in tree.items():
        bases = [b.__name__ for b in ERRORS[name].__mro__]
        assert base in bases, name
    public = {
        name
        for name, made in ERRORS.items()
        if isinstance(made, type) and issubclass(made, Exception) and name[0] != "_"
    }
    assert public == set(tree)


def test_the_reference_names_every_event_error_and_command():
    """Nothing public is missing from the docs."""
    for name in EVENT_TYPES:
        assert f"`{name}`" in REFERENCE, name
    for name, made in ERRORS.items():
        if (
            isinstance(made, type)
            and issubclass(made, errors.LedgerError)
            and name[0] != "_"
        ):
            assert f"`{name}`" in REFERENCE, name
    for name in COMMANDS:
        assert f"`{name} " in REFERENCE, name
    for name in bulk._BULK:
        assert REFERENCE.count(f"| `{name}` |") == 2, name


def test_the_reference_names_every_option():
    """What a command takes stands in its row; what many take, above them."""
    said = {"--format", "--actor", "--lang", "--cause", "--expected-version", "--force"}
    for name, command in commands().items():
        row = next(
            line for line in REFERENCE.splitlines() if line.startswith(f"| `{name} ")
        )
        options = {
            param.opts[-1]
            for param in command.params
            if param.param_type_name != "argument"
        }
        missing = {each for each in options - said if each not in row}
        assert not missing, f"{name}: {missing}"


def test_the_reference_names_every_field_of_an_event():
    """A field that is not documented is not public."""
    for name, cls in EVENT_TYPES.items():
        row = next(
            line for line in REFERENCE.splitlines() if line.startswith(f"| `{name}`")
        )
        for field in attrs.fields(cls):
            if field.name not in {"project", "unit", "on"}:
                assert f"`{field.name}`" in row, f"{name}.{field.name}"


def test_modules_say_what_they_hold():
    """Each module opens with one sentence."""
    for source in SOURCES:
        doc = re.match(r'"""\s*(.+?)(\n|"""$)', source.read_text("utf-8"), re.MULTILINE)
        assert doc, source
        assert doc[1].endswith("."), source


def test_the_version_is_one():
    """The package and the metadata agree."""
    assert version("budget-ledger") == ledger.__version__


@pytest.mark.parametrize(
    "source",
    [s for s in SOURCES if s.parent.name == "cli" and s.name != "printing.py"],
    ids=lambda p: p.name,
)
def test_commands_print_through_one_door(source):
    """Only the module that marks control characters writes to the streams."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"print", "click.echo", "click.secho"}, called
            assert not re.fullmatch(r"sys\.std(out|err)\.(buffer\.)?write", called)


@pytest.mark.parametrize("enum", [Measure, SourceRoot, Status, TargetKind])
def test_what_is_known_of_a_member_stands_in_its_row(enum):
    """No other module has a table or a list of its own, where a new one is forgotten."""
    found = set()
    for source in SOURCES:
        text = source.read_text("utf-8")
        if source == MODULES[enum.__module__] or text.count(f"{enum.__name__}.") < 2:
            continue
        for node in ast.walk(ast.parse(text)):
            listed = []
            if isinstance(node, ast.Dict):
                listed = node.keys
            elif isinstance(node, ast.Set | ast.Tuple | ast.List):
                listed = node.elts
            members = [
                each.attr
                for each in listed
                if isinstance(each, ast.Attribute)
                and isinstance(each.value, ast.Name)
                and each.value.id == enum.__name__
            ]
            if len(members) > 1:
                found.add(f"{source.relative_to(ROOT)}:{node.lineno}: {members}")
    assert not found
