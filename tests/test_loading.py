"""What loads by name is in tables, can be loaded, and respects the layers."""

import subprocess
import sys
import tomllib
from importlib import import_module

import pytest

import ledger
from ledger import (
    audit,
    errors,
    events,
    intake,
    interrupting,
    projections,
    reports,
)
from ledger.app.services import SERVICES
from ledger.cli import COMMANDS, options, progress, reader
from ledger.intake.readers import isolated
from ledger.reports.documents.base import RENDERERS
from ledger.store import opening
from ledger.store.sqlite import file_format
from support_sources import MODULES, ROOT, imported

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

TABLES = {
    "ledger": ledger.MODULES,
    "ledger.app.services": SERVICES,
    "ledger.audit": audit.MODULES,
    "ledger.cli": COMMANDS,
    "ledger.cli.options": options._VALUES,
    "ledger.cli.progress": progress._BARS,
    "ledger.cli.reader": reader._LEDGERS,
    "ledger.errors": errors.MODULES,
    "ledger.events": events.MODULES,
    "ledger.intake": intake.MODULES,
    "ledger.intake.readers.isolated": isolated.READERS,
    "ledger.interrupting": interrupting._MESSAGES,
    "ledger.projections": projections.MODULES,
    "ledger.reports": reports.MODULES,
    "ledger.reports.documents.base": RENDERERS,
    "ledger.store.opening": opening._STORES,
    "ledger.store.sqlite.file_format": file_format._MIGRATIONS,
}
"""By module: what it loads by name; there are no others."""


def test_tables_of_modules_are_known():
    """Only these modules load others by name."""
    calls = "load(", "lazy("
    found = {
        name
        for name, path in MODULES.items()
        if any(call in path.read_text() for call in calls)
    }
    loading = {name for name in found if "ledger.loading" in imported(MODULES[name])}
    assert loading == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_loaded_by_its_name_is_below(name):
    """Each module of a table can be loaded, and is no higher than who loads it."""
    layers = CONFIG["tool"]["importlinter"]["contracts"][0]["layers"]
    ranks = {
        module.strip(): rank
        for rank, layer in enumerate(layers)
        for module in layer.split("|")
    }

    def rank(module):
        room = ".".join(module.split(".")[:2])
        return ranks.get(room, -1)  # The package itself is above all.

    for module in TABLES[name].values():
        import_module(module)
        assert rank(module) >= rank(name), module
        same = rank(module) == rank(name)
        assert not same or module.split(".")[1] == name.split(".")[1], module


def test_commands_are_where_the_table_says():
    """And all commands of a module are in the table."""
    for module in set(COMMANDS.values()):
        here = {name for name, where in COMMANDS.items() if where == module}
        assert {each.name for each in import_module(module).COMMANDS} == here, module
    assert list(COMMANDS) == sorted(COMMANDS)


def test_importing_the_library_loads_nothing_heavy():
    """Rendering and reading of other formats load when they are used."""
    code = "from ledger import Ledger; import sys; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    for heavy in (
        "rich",
        "jinja2",
        "xlsxwriter",
        "python_calamine",
        "click_default_group",
        "sqlite_utils",
        "ledger.cli.bars",
        "ledger.app.appending",
        "ledger.app.recording",
        "ledger.intake.readers.file_kinds",
        "ledger.audit.verify",
        "ledger.audit.explain.explainer",
        "ledger.audit.issued_report",
        "ledger.audit.proof",
        "ledger.audit.verification",
        "ledger.layouts.form_layout",
        "ledger.reports.values.monitoring",
        "ledger.reports.values.self_evaluation",
        "random",
        "subprocess",
        "ledger.reports.render.terminal",
    ):
        assert heavy not in loaded, heavy


def test_the_second_process_of_a_verification_loads_little():
    """What it does not need costs it a tenth of its start."""
    code = "import ledger.audit.checked_ranges, sys; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "ledger.audit.stream_checks" in loaded
    for needless in (
        "ledger.reports.documents",
        "ledger.figures",
        "ledger.json_shapes",
    ):
        assert needless not in loaded, needless


def test_what_a_command_loads_is_never_looked_through_for_garbage():
    """To go through all modules once took a twentieth of the report of a month."""
    code = (
        "import gc; from click import Context; from ledger.cli import main; "
        "main.get_command(Context(main), 'report'); "
        "from ledger.reports.documents.monthly import MonthlyReport; "
        "print(gc.isenabled(), any(each is MonthlyReport for each in gc.get_objects()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]
