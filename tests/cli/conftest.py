"""The commands in a process, a ledger to change in copies, and a pair of keys."""

import shutil

import pytest
from click.testing import CliRunner

from ledger.cli import main
from support_faults import filled


@pytest.fixture
def run():
    """Run a command; return the result, which never ends in a traceback."""

    def runs(*words):
        done = CliRunner().invoke(main, ["--lang", "en", *map(str, words)])
        assert isinstance(done.exception, (SystemExit, type(None))), done.exception
        assert "Traceback" not in done.output
        return done

    return runs


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is changed in copies."""
    return filled(tmp_path_factory.mktemp("proofs") / "sound.ledger", 30)


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture
def key(run, tmp_path):
    """Make a pair of keys; return the private one's path."""
    assert run("keygen", tmp_path / "clerk.key", "--name", "clerk").exit_code == 0
    return tmp_path / "clerk.key"
