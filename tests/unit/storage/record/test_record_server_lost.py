"""The server goes away: a sentence, nothing half done, and the next try works."""

from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import text

from app.domain.ids import ApplicationCode
from app.domain.outcome import Outcome
from app.errors import UserFacingError
from app.storage.engine import ServerLostError, StoreBusyError, postgresql_engine
from tests.support.log_guard import ExpectedLogs
from tests.support.record_world import RecordWorld, digest_of


def disconnect(world: RecordWorld) -> int:
    """What an administrator, a cable or a restart does to every connection of the record; how many there were."""
    url = world.record.location.replace("postgresql+psycopg:", "postgresql:")
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return len(found.fetchall())


def ready(world: RecordWorld) -> list[bytes]:
    desks = world.enrol(2)
    (application,) = world.apply()
    return [desk.hand_in(desk.sealed(world.assign(desk, application))) for desk in desks]


def test_connection_lost_while_idle_is_made_again(server_world: RecordWorld) -> None:
    packages = ready(server_world)
    before = digest_of(server_world)
    assert disconnect(server_world) > 0
    assert digest_of(server_world) == before
    assert server_world.take(*packages) == ["new", "new"]


def test_connection_lost_within_a_unit_of_work_is_told_and_leaves_nothing(server_world: RecordWorld) -> None:
    before = digest_of(server_world)
    store = server_world.record._context.store
    with store.writing() as work:
        work.files.make_key(ApplicationCode("2026-0009"))
        assert disconnect(server_world) > 0
        with pytest.raises(ServerLostError):
            work.commit()
    assert store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert digest_of(server_world) == before


def test_import_that_loses_the_server_is_done_again_without_harm(
    server_world: RecordWorld, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectedLogs
) -> None:
    from app.services.record_batch import Batch

    expected_logs.allow("psycopg", "connection is lost")
    files = [server_world.file(package) for package in ready(server_world)]
    before = digest_of(server_world)
    take: Callable[..., object] = Batch.take

    def taking(batch: Batch, fed: object) -> object:
        decided = take(batch, fed)
        assert disconnect(server_world) > 0
        return decided

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "take", taking)
        with pytest.raises(ServerLostError):
            server_world.record.importing.import_files(files)
    assert digest_of(server_world) == before
    assert server_world.record.tray.entries() == ()
    assert server_world.record.importing.import_files(files).counts[Outcome.NEW] == 2
    assert server_world.record.verification.verify().is_ok


def test_server_that_is_not_there_is_told() -> None:
    engine = postgresql_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    with pytest.raises(ServerLostError), engine.connect():
        pass


def test_lock_that_somebody_holds_is_told(postgres_url: str) -> None:
    engine = postgresql_engine(postgres_url)
    try:
        with engine.begin() as first:
            first.execute(text("CREATE TABLE held (n int)"))
        with engine.begin() as first, engine.connect() as second:
            first.execute(text("LOCK TABLE held IN EXCLUSIVE MODE"))
            with pytest.raises(StoreBusyError) as told:
                second.execute(text("LOCK TABLE held IN EXCLUSIVE MODE NOWAIT"))
            assert isinstance(told.value, UserFacingError)
    finally:
        engine.dispose()
