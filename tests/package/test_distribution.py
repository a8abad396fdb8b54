"""What is handed out: two files that anybody can build again, and that work alone."""

import json
import os
import shutil
import sys
import tarfile
import zipfile
from contextlib import nullcontext
from email.parser import Parser

import pytest

import support_package
from support_package import PROJECT, ROOT, VERSIONS, run
from support_pdfs import as_pdf
from support_published import CODE

pytestmark = pytest.mark.package

EXTRAS = list(PROJECT["optional-dependencies"])


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """Both files, built from two folders of other names, days and permissions."""
    made = []
    for number, name in enumerate(("one", "another folder")):
        folder = tmp_path_factory.mktemp("build") / name
        support_package.copied(folder)
        for path in folder.rglob("*"):
            os.utime(path, (1.6e9 + number, 1.6e9 + number))
            path.chmod(
                path.stat().st_mode | (0o070 if path.is_dir() else 0o060 * number)
            )
        out = folder.parent / "out"
        made.append(support_package.built(folder, out))
    return made


@pytest.fixture(scope="module")
def unpacked(twice, tmp_path_factory):
    """Return the folder in the source distribution."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(twice[0][0]) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


def test_the_same_source_gives_the_same_bytes(twice):
    """Whoever builds it can compare what they have with what was handed out."""
    for one, other in zip(*twice, strict=True):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes(), one.name


def test_the_wheel_is_that_of_the_source_distribution(twice, unpacked, tmp_path):
    """It holds all that the wheel is built of."""
    _, wheel = support_package.built(unpacked, tmp_path)
    assert wheel.read_bytes() == twice[0][1].read_bytes()


def test_the_wheel_holds_the_package_and_nothing_else(twice):
    """With its tables, layouts and templates, its licence and the mark of its types."""
    names = zipfile.ZipFile(twice[0][1]).namelist()
    roots = {name.partition("/")[0] for name in names}
    assert roots == {"ledger", f"budget_ledger-{_version()}.dist-info"}
    own = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "ledger").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.startswith("ledger/")} == own
    assert "ledger/py.typed" in own
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_says_what_it_is(twice):
    """Its name, version, licence and what it needs."""
    with zipfile.ZipFile(twice[0][1]) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/METADATA"))
        told = Parser().parsestr(archive.read(name).decode())
    assert told["Name"] == "budget-ledger"
    assert told["Version"] == _version()
    assert told["License-Expression"] == "MIT"
    assert told["Requires-Python"] == ">=3.11"
    assert sorted(told.get_all("Provides-Extra")) == sorted(EXTRAS)


def test_the_source_distribution_holds_its_tests_and_docs(unpacked):
    """And nothing that was made on the way."""
    names = {path.name for path in unpacked.iterdir()}
    assert {"src", "tests", "docs", "examples", "Makefile", "conftest.py"} <= names
    assert not list(unpacked.rglob("*.pyc")) + list(unpacked.rglob("*.ledger"))


@pytest.mark.parametrize("oldest", [False, True], ids=["newest", "oldest"])
@pytest.mark.parametrize("version", VERSIONS)
def test_the_wheel_works_alone(twice, tmp_path, version, oldest):
    """
    The demo, the examples and the script of the README run without any warning.

    On every Python that is found, with the newest of what it needs and with the oldest.
    """
    interpreter = support_package.python(version)
    if interpreter is None:
        pytest.skip(f"no Python {version} was found")
    wheel = twice[0][1]
    python = support_package.environment(
        tmp_path / "env", interpreter, wheel, oldest=oldest
    )
    shutil.copytree(
        ROOT / "examples",
        tmp_path / "examples",
        ignore=shutil.ignore_patterns("*.ledger*", "reports", "__pycache__"),
    )
    work = tmp_path / "work"
    work.mkdir()
    julu = tmp_path / "examples" / "julu_2023"
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    strictly = (str(python), "-W", "error")
    run(*strictly, str(julu / "demo.py"), cwd=work, env=environment)
    assert (julu / "reports" / "june.html").stat().st_size > 10_000
    for script in sorted((tmp_path / "examples").glob("*.py")):
        assert run(*strictly, str(script), cwd=work, env=environment), script.name
    text = (ROOT / "README.md").read_text("utf-8")
    code = text.split("```python\n", 1)[1].split("```", 1)[0]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    program = str(python.with_name("budget-ledger"))
    run(program, "sample", "--out", "julu.json", cwd=fresh)
    run(*strictly, "-c", code, cwd=fresh, env=environment)
    month = "--month", "2023-03", "--lang", "en"
    told = run(
        *strictly, "-m", "ledger", "report", "julu-2023.ledger", *month, cwd=fresh
    )
    assert "19 projects" in told
    assert (fresh / "monitoring.xlsx").stat().st_size > 10_000


_USES = {
    "parquet": ["table", "a.ledger", "events"],
    "pdf": ["import", "a.ledger", "forms.pdf", "--check"],
    "postgres": ["verify", "postgresql://localhost:1/nowhere"],
    "sign": ["keygen", "a.key", "--name", "a"],
    "xls": ["import", "a.ledger", "form.xls", "--check", "--code", CODE, "--unit", "1"],
}
"""A command that needs each extra."""


@pytest.mark.parametrize("oldest", [False, True], ids=["newest", "oldest"])
@pytest.mark.parametrize("extra", EXTRAS)
def test_each_extra_works_alone(twice, tmp_path, extra, oldest):
    """Without it the command names its package; with it alone it works."""
    python = support_package.environment(
        tmp_path / "env", sys.executable, twice[0][1], extra, oldest=oldest
    )
    _inputs(tmp_path)
    command = str(python), "-W", "error", "-m", "ledger"
    run(*command, "init", "a.ledger", cwd=tmp_path)
    said = "no connection" if extra == "postgres" else None  # Of its driver.
    with pytest.raises(AssertionError, match=said) if said else nullcontext():
        run(*command, *_USES[extra], "--lang", "en", cwd=tmp_path)
    ((package, *_),) = [PROJECT["optional-dependencies"][extra]]
    run(str(python), "-m", "pip", "uninstall", "-q", "-y", package.split(">=")[0])
    with pytest.raises(AssertionError, match=f"pip install {package.split('>=')[0]}"):
        run(*command, *_USES[extra], "--lang", "en", cwd=tmp_path)


def _version():
    text = (ROOT / "src" / "ledger" / "__init__.py").read_text("utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def _inputs(folder):
    """Put what the commands read into a folder."""
    data = ROOT / "tests" / "data" / "julu-2023.json"
    truth = json.loads(data.read_text("utf-8"))
    content = {**truth, "projects": truth["projects"][:2]}
    (folder / "forms.pdf").write_bytes(as_pdf(content))
    shutil.copy(ROOT / "tests" / "data" / "xls" / "form.xls", folder)
