import hashlib
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from app.crypto.vault_errors import SecretDamagedError
from app.domain.ids import ApplicationCode, Sha256
from app.storage.blobs import BlobMissingError
from app.storage.engine import writing
from app.storage.record.files import FilesDestroyedError
from app.storage.record.unit_of_work import RecordStore
from tests.support.record_world import RecordWorld

CODE = ApplicationCode("2026-0001")


@pytest.fixture
def store(world: RecordWorld) -> RecordStore:
    world.apply(2)
    return world.record._context.store


def put(store: RecordStore, data: bytes, *, code: ApplicationCode = CODE) -> Sha256:
    sha256 = Sha256(hashlib.sha256(data).hexdigest())
    with store.writing() as work:
        work.files.put_document(code, [data[:7], data[7:]], sha256=sha256)
        work.commit()
    return sha256


def get(store: RecordStore, sha256: Sha256, *, code: ApplicationCode = CODE) -> bytes:
    with store.reading() as work:
        return b"".join(work.files.read_document(code, sha256))


@pytest.mark.parametrize("size", [8, 1 << 20, 2_500_001])
def test_document_comes_back_as_it_was(store: RecordStore, size: int) -> None:
    data = os.urandom(size)
    assert get(store, put(store, data)) == data


def test_document_nobody_stored_is_missing(store: RecordStore) -> None:
    with pytest.raises(BlobMissingError):
        get(store, Sha256("0" * 64))


def test_the_same_bytes_lie_under_another_key_in_another_dossier(store: RecordStore) -> None:
    sha256 = put(store, b"the same bytes")
    put(store, b"the same bytes", code=ApplicationCode("2026-0002"))
    with store.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT data FROM document_chunk WHERE sha256 = :sha"), {"sha": sha256}
        ).scalars()
        assert len(set(rows)) == 2


def test_chunk_moved_to_another_dossier_does_not_open(store: RecordStore) -> None:
    sha256 = put(store, "示例内容".encode())
    with writing(store.engine).begin() as connection:
        connection.execute(
            text("UPDATE document_chunk SET application = '2026-0002' WHERE sha256 = :sha"), {"sha": sha256}
        )
    with pytest.raises(SecretDamagedError):
        get(store, sha256, code=ApplicationCode("2026-0002"))


def test_destroying_the_key_destroys_the_files(store: RecordStore, world: RecordWorld) -> None:
    sha256 = put(store, "示例内容".encode())
    with store.writing() as work:
        work.files.destroy_key(CODE, at=world.clock(), order_number="1号")
        work.commit()
    with pytest.raises(FilesDestroyedError):
        get(store, sha256)


def test_nothing_readable_lies_in_the_file(store: RecordStore, world: RecordWorld, tmp_path: Path) -> None:
    put(store, "示例秘密内容".encode() * 100)
    world.record.close()
    for file in tmp_path.glob("2026.record*"):
        data = file.read_bytes()
        assert "示例秘密内容".encode() not in data
        assert not data.startswith(b"SQLite format 3")
