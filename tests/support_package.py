"""What is built of the project, and Pythons to try it with."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from support_sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
_KEPT_APART = shutil.ignore_patterns(
    ".git",
    ".venv*",
    ".hypothesis",
    ".*_cache",
    "__pycache__",
    "dist",
    "build",
    "*.egg-info",
    "*.ledger*",
    ".coverage",
)
_MADE_BY_THE_DEMO = Path("examples", "julu_2023", "reports")


def run(*command, **options):
    """Run a command that must end well; return what it printed."""
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, **options
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copied(folder):
    """Return a copy of what the project is made of."""
    shutil.copytree(ROOT, folder, ignore=_KEPT_APART)
    shutil.rmtree(folder / _MADE_BY_THE_DEMO, ignore_errors=True)
    return folder


def built(source, out):
    """Build the source distribution of a folder, and from it the wheel."""
    run(sys.executable, "-m", "build", "--quiet", "--outdir", out, source)
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


def python(version):
    """Return a Python of a version that runs, or ``None``."""
    kept = Path.home() / ".pyenv" / "versions"
    candidates = [shutil.which(f"python{version}"), sys.executable]
    candidates += sorted(kept.glob(f"{version}.*/bin/python"))
    for each in filter(None, candidates):
        asked = "import sys; print('%d.%d' % sys.version_info[:2])"
        done = subprocess.run(
            [each, "-c", asked], capture_output=True, text=True, check=False
        )
        if done.returncode == 0 and done.stdout.strip() == version:
            return Path(each)
    return None


def lowest(requirements):
    """Return each requirement at the oldest version that it names."""
    return [re.sub(">=", "==", each) for each in requirements]


def environment(folder, interpreter, wheel, extra=None, *, oldest=False):
    """Install a wheel, with one extra, into an environment of its own."""
    run(interpreter, "-m", "venv", folder)
    inside = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    needed = PROJECT["dependencies"] + (
        PROJECT["optional-dependencies"][extra] if extra else []
    )
    named = f"{wheel}[{extra}]" if extra else str(wheel)
    run(
        inside,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        named,
        *(lowest(needed) if oldest else []),
    )
    return inside
