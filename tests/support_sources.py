"""The modules of the package, and what each of them imports."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def imported(source):
    """Return the modules of ours that a module imports, wherever in it and why ever."""
    named = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            named |= inner & MODULES.keys() or {node.module}
        elif isinstance(node, ast.Dict):  # A table of modules that load by name.
            named |= {v.value for v in node.values if isinstance(v, ast.Constant)}
    return {name for name in named & MODULES.keys() if MODULES[name] != source}


MODULES = {
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(
        ".__init__"
    ): path
    for path in SOURCES
}
