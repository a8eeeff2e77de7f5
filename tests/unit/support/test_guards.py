"""The guards themselves: a guard that never fires guards nothing."""

import logging
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.support import network, sandbox
from tests.support.log_guard import ExpectedLogs
from tests.support.postgres import PostgresServer, copied_programs

_LOGGER = logging.getLogger("app.example")


@pytest.fixture
def guard() -> ExpectedLogs:
    return ExpectedLogs()


def test_an_unannounced_warning_is_noticed(guard: ExpectedLogs) -> None:
    guard.handle(_LOGGER.makeRecord(_LOGGER.name, logging.WARNING, "", 0, "disk is slow", (), None))
    assert [record.getMessage() for record in guard.unexpected()] == ["disk is slow"]


def test_an_announced_warning_is_accepted_and_another_is_not(guard: ExpectedLogs) -> None:
    guard.allow("app", "slow")
    for text in ("disk is slow", "disk is full"):
        guard.handle(_LOGGER.makeRecord(_LOGGER.name, logging.WARNING, "", 0, text, (), None))
    assert [record.getMessage() for record in guard.unexpected()] == ["disk is full"]


def test_a_logger_with_a_longer_name_is_not_covered(guard: ExpectedLogs) -> None:
    guard.allow("app.exam")
    guard.handle(_LOGGER.makeRecord(_LOGGER.name, logging.ERROR, "", 0, "x", (), None))
    assert guard.unexpected()


def test_the_fixture_hears_what_is_logged(expected_logs: ExpectedLogs) -> None:
    expected_logs.allow("app.example", "heard")
    _LOGGER.warning("heard")
    assert len(expected_logs.records) == 1
    assert expected_logs.unexpected() == []


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as connection, pytest.raises(network.NetworkUseError):
        connection.connect(("192.0.2.1", 80))


def test_names_of_other_machines_are_not_looked_up() -> None:
    with pytest.raises(network.NetworkUseError):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_home_and_temporary_folder_belong_to_this_run() -> None:
    for folder in (Path.home(), Path(tempfile.gettempdir()), Path(os.environ["YOUPIN_HOME"])):
        assert folder.is_relative_to(sandbox.root())


def test_files_of_tests_lie_in_a_folder_with_an_awkward_name(tmp_path: Path) -> None:
    assert "评审 资料(1)" in str(tmp_path)


def test_the_postgresql_server_is_a_real_one(postgres_server: PostgresServer) -> None:
    with psycopg.connect(postgres_server.url("postgres")) as connection:
        assert connection.info.server_version >= 18_00_00


def test_each_database_starts_empty(postgres_server: PostgresServer, new_database: Callable[[], str]) -> None:
    first, second = new_database(), new_database()
    assert first != second
    with psycopg.connect(first.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE marks (points integer)")
    with psycopg.connect(second.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_name = 'marks'")
        assert found.fetchone() == (0,)


def test_the_copied_programs_can_be_reached_by_nobody_under_the_strictest_mask(tmp_path: Path) -> None:
    """The program under test narrows the mask of its own process; whichever test ran before must not matter."""
    source = tmp_path / "wheel" / "release"
    (source / "bin").mkdir(parents=True)
    source.parent.with_name("wheel.libs").mkdir()
    for folder in (source, source / "bin"):
        folder.chmod(0o755)
    before = os.umask(0o077)
    try:
        copied = copied_programs(source, tmp_path / "home", wheel="wheel")
    finally:
        os.umask(before)
    for folder in (copied.parent, copied, copied / "bin"):
        assert folder.stat().st_mode & 0o011 == 0o011
