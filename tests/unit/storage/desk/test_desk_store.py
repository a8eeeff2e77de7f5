"""The tables of a desk, its head file and its copies."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from app.crypto.columns import ColumnCipher
from app.crypto.kept_files import KeptFiles
from app.domain.ids import Sha256
from app.storage.blobs import BlobMissingError
from app.storage.desk.head_file import Head, HeadFile
from app.storage.desk.records import ProfileRecord
from app.storage.desk.store import DeskStore
from app.storage.desk.tables import Base
from app.storage.engine import sqlcipher_engine, writing
from app.storage.migration import (
    NewerStoreError,
    _config,
    bring_up_to_date,
    current_version,
    head_version,
    shape_of,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """FTS5 keeps tables of its own, which no row class describes."""
    return kind != "table" or not str(name).startswith("search_words")


_COMPARING = {"compare_type": True, "render_as_batch": True, "include_name": _is_ours}


def open_store(path: Path, key: bytes) -> DeskStore:
    engine = sqlcipher_engine(path, key, salt=key[:16], memory_security=False, cipher=ColumnCipher(key))
    head = HeadFile(path.with_name(path.name + ".head"), key)
    store = DeskStore(
        engine,
        path=path,
        head_file=head,
        kept=KeptFiles(key),
        clock=lambda: NOW,
        ceiling=NOW.replace(year=2036),
    )
    store.prepare(floor=NOW, backup=lambda: None)
    return store


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def store(tmp_path: Path, key: bytes) -> Iterator[DeskStore]:
    opened = open_store(tmp_path / "x.desk", key)
    with opened.writing() as work:
        work.desk.save_profile(ProfileRecord("示例", NOW, phone="024-1"))
        work.commit(b"first")
    yield opened
    opened.engine.dispose()


def test_the_history_of_migrations_makes_exactly_the_tables(store: DeskStore) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=_COMPARING)
        assert compare_metadata(context, Base.metadata) == []


def test_a_file_of_a_newer_program_is_refused(store: DeskStore, tmp_path: Path, key: bytes) -> None:
    with writing(store.engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'desk9999'"))
    with pytest.raises(NewerStoreError):
        open_store(tmp_path / "x.desk", key)


def test_opening_again_changes_nothing(store: DeskStore, tmp_path: Path, key: bytes) -> None:
    store.close()
    again = open_store(tmp_path / "x.desk", key)
    with again.reading() as work:
        assert work.desk.profile().phone == "024-1"
        assert work.head().counter == 1
    again.close()


def test_the_shape_the_store_asks_for_is_the_last_step_of_the_history(store: DeskStore) -> None:
    assert current_version(store.engine) == head_version("desk") == shape_of("desk")


def test_what_is_not_committed_never_happened(store: DeskStore) -> None:
    with store.writing() as work:
        work.desk.save_setting("a", "1")
    with store.reading() as work:
        assert work.desk.setting("a") is None
        assert work.head().counter == 1


def test_texts_are_under_the_column_cipher_inside_the_encrypted_file(store: DeskStore) -> None:
    with store.engine.connect() as connection:
        phone = connection.execute(text("SELECT phone FROM profile")).scalar_one()
    assert b"024-1" not in phone


def test_the_head_moves_with_every_commit_and_depends_on_what_was_done(store: DeskStore) -> None:
    heads = set()
    for what in (b"one", b"two"):
        with store.writing() as work:
            work.commit(what)
            heads.add(work.head())
    assert len(heads) == 2
    assert store.head_file
    assert store.head_file.read() == max(heads, key=lambda head: head.counter)


def test_a_copy_without_documents_is_encrypted_and_whole(store: DeskStore, tmp_path: Path, key: bytes) -> None:
    with store.writing() as work:
        work.blobs.put([b"document"])
        work.commit(b"document")
    target = tmp_path / "备份 copy.desk"
    store.copy_without_documents(target)
    assert not target.read_bytes().startswith(b"SQLite")
    copy = open_store(target, key)
    with copy.reading() as work:
        assert work.desk.profile().name == "示例"
        assert work.assignments.stored_documents() == frozenset()
    assert copy.pragma("integrity_check") == ["ok"]
    with copy.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=_COMPARING), Base.metadata) == []
    copy.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.binary(max_size=50), max_size=5))
def test_documents_pushed_in_pieces_are_read_back_whole(store: DeskStore, pieces: list[bytes]) -> None:
    from app.packages import canonical

    data = b"".join(pieces)
    sha256 = canonical.sha256(data)
    with store.writing() as work:
        if not work.blobs.has(sha256):
            writer = work.blob_writer(sha256)
            for piece in pieces:
                writer.write(piece)
            writer.close()
        assert work.blobs.get(sha256) == data
        assert work.blobs.size(sha256) == len(data)


def test_a_document_larger_than_a_row_is_split(store: DeskStore) -> None:
    from app.packages import canonical

    data = bytes(range(256)) * 4096 * 2 + b"tail"
    sha256 = canonical.sha256(data)
    with store.writing() as work:
        writer = work.blob_writer(sha256)
        writer.write(memoryview(data))
        writer.close()
        assert [len(piece) for piece in work.blobs.read(sha256)] == [1 << 20, 1 << 20, 4]


def test_chunks_are_vouched_for_only_if_the_whole_has_the_hash_it_came_under(store: DeskStore) -> None:
    from app.packages import canonical

    data = secrets.token_bytes(2 * (1 << 20) + 1)
    sha256, other = canonical.sha256(data), canonical.sha256(b"something else")
    with store.writing() as work:
        for name in (sha256, other):
            writer = work.blob_writer(name)
            writer.write(data)
            writer.close()
        assert b"".join(work.blobs.chunk(sha256, number) for number in range(3)) == data
        for name, number in ((sha256, 3), (other, 0)):
            with pytest.raises(BlobMissingError):
                work.blobs.chunk(name, number)
        work.blobs.remove(sha256)
        with pytest.raises(BlobMissingError):
            work.blobs.chunk(sha256, 0)


def head(counter: int) -> Head:
    return Head(counter, Sha256(f"{counter:064x}"))


def test_the_newest_head_is_read_and_the_one_before_survives_a_torn_write(tmp_path: Path) -> None:
    file = HeadFile(tmp_path / "x.head", b"k" * 32)
    assert file.read() is None
    for counter in (1, 2, 3):
        file.write(head(counter))
    assert file.read() == head(3)
    data = bytearray(file.path.read_bytes())
    data[512 + 20] ^= 1  # slot of odd counters
    file.path.write_bytes(data)
    assert file.read() == head(2)


def test_a_head_of_another_desk_is_not_believed(tmp_path: Path) -> None:
    HeadFile(tmp_path / "x.head", b"k" * 32).write(head(1))
    assert HeadFile(tmp_path / "x.head", b"j" * 32).read() is None


@given(data=st.binary(max_size=700))
def test_no_bytes_make_a_head_without_the_key(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("head") / "x.head"
    path.write_bytes(data)
    assert HeadFile(path, b"k" * 32).read() is None


def test_every_step_of_the_history_can_be_taken_back(store: DeskStore) -> None:
    config = _config("desk")
    with writing(store.engine).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with store.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    bring_up_to_date(store.engine, "desk", backup=lambda: None)
    assert current_version(store.engine) == head_version("desk")
