"""Files for the forge and for those who cite: of the right shape, and true."""

import subprocess
import sys
from pathlib import Path

import pytest

from support_package import PROJECT, VERSIONS, run
from support_sources import ROOT

pytestmark = pytest.mark.package

ISSUES = ROOT / ".github" / "ISSUE_TEMPLATE"
SHAPES = {
    "vendor.github-workflows": sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    "vendor.github-issue-config": [ISSUES / "config.yml"],
    "vendor.github-issue-forms": sorted(
        set(ISSUES.glob("*.yml")) - {ISSUES / "config.yml"}
    ),
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_file_has_the_published_shape(shape):
    """By the schema that comes with the checker, without a network."""
    assert SHAPES[shape]
    run(_checker(), "--builtin-schema", shape, *map(str, SHAPES[shape]))


def test_a_file_of_another_shape_is_found(tmp_path):
    """The checker is no formality."""
    wrong = tmp_path / "tests.yml"
    text = SHAPES["vendor.github-workflows"][0].read_text("utf-8")
    wrong.write_text(text.replace("runs-on", "runs_on"), "utf-8")
    shape = "vendor.github-workflows"
    with pytest.raises(AssertionError, match="runs-on"):
        run(_checker(), "--builtin-schema", shape, str(wrong))


def test_the_workflow_tries_every_python_that_is_promised():
    """The classifiers, the workflow and what is tried here name the same."""
    head = "Programming Language :: Python :: 3."
    promised = [
        c.rpartition(" ")[2] for c in PROJECT["classifiers"] if c.startswith(head)
    ]
    tests = _yaml(ROOT / ".github" / "workflows" / "tests.yml")["jobs"]["tests"]
    assert promised == list(VERSIONS) == tests["strategy"]["matrix"]["python"]


def test_every_target_of_a_workflow_is_there():
    """Each ``make`` that a workflow runs is a target."""
    targets = (ROOT / "Makefile").read_text("utf-8")
    jobs = _yaml(ROOT / ".github" / "workflows" / "tests.yml")["jobs"].values()
    commands = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    named = [n for c in commands if c.startswith("make ") for n in c.split()[1:]]
    assert named
    assert [name for name in named if f"\n{name}: " not in targets] == []


def test_what_is_cited_is_this_version():
    """Name, version and licence are those of the package."""
    cited = _yaml(ROOT / "CITATION.cff")
    version = run(sys.executable, "-c", "import ledger; print(ledger.__version__)")
    assert cited["version"] == version.strip()
    assert cited["license"] == PROJECT["license"]
    assert cited["authors"] == PROJECT["authors"]


def test_the_hooks_are_programs_of_this_environment():
    """Each begins with one that `make lint` and `make types` install."""
    hooks = _yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        program, *_ = hook["entry"].split()
        done = subprocess.run(
            [ROOT / program, "--help"], capture_output=True, check=False
        )
        assert done.returncode == 0, hook["id"]


def _checker():
    return str(Path(sys.executable).with_name("check-jsonschema"))


def _yaml(path):
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text("utf-8"))
