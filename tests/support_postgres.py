"""A temporary cluster of Debian's PostgreSQL, for tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

_FAST = "-c listen_addresses='' -c fsync=off -c max_connections=60"


class Cluster:
    """A server in a folder of its own, reached by a socket there."""

    def __init__(self, folder, programs, user):
        self.folder, self._programs, self._user = folder, programs, user
        self._numbers = count(1)

    def run(self, program, *arguments):
        """Run a program of the server, as its own user where the tests are root."""
        command = [str(self._programs / program), *arguments]
        done = subprocess.run(
            command,
            user=self._user,
            group=self._user and pwd.getpwnam(self._user).pw_gid,
            extra_groups=[] if self._user else None,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()

    def start(self):
        """Start the server, and wait until it answers."""
        options = f"{_FAST} -k {self.folder}"
        log = str(self.folder / "log")
        data = str(self.folder / "data")
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def stop(self, mode="fast"):
        """Stop the server; ``immediate`` is as if it had crashed."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop")

    def address(self, database="postgres", user="owner", password=""):
        """Return the address of a database."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.folder}"

    def new(self):
        """Create an empty database, and return its address."""
        name = f"test_{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.address(name)

    def sql(self, *statements, database="postgres"):
        """Run statements as the one who may do everything."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def cluster():
    """Make a cluster, start its server, and stop and remove it at the end."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "no server of PostgreSQL: apt-get install postgresql"
    user = "postgres" if os.getuid() == 0 else None
    # Not the test runner's own folder, which other users may not enter.
    folder = Path(tempfile.mkdtemp(prefix="ledger-postgres-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
    made = Cluster(folder, found[-1].parent, user)
    try:
        data = str(folder / "data")
        made.run(
            "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "-N",
            "--locale=C.UTF-8",
        )  # fmt: skip
        made.start()
        try:
            yield made
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                made.stop("immediate")
    finally:
        shutil.rmtree(folder)
