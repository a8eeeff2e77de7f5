"""What a person decides about is what was judged, byte for byte, and never whole in memory."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from app.domain.outcome import Outcome
from app.domain.tray import TrayState
from app.packages import canonical
from app.packages.writer import PackageFile
from app.storage.blobs import CHUNK_BYTES, BlobDamagedError
from app.storage.engine import writing
from app.storage.record.tray_tables import TrayChunkRow
from tests.support.record_world import Panel, RecordWorld, digest_of, import_one

LARGE = 17 * CHUNK_BYTES


class Exchanging:
    """Puts other bytes in place of a file once everything has been judged."""

    def __init__(self, file: Path, data: bytes) -> None:
        self._file, self._data = file, data

    def step(self, done: int, total: int) -> None:
        """Called after the last file was read, and before anything is written."""
        if done == total:
            self._file.write_bytes(self._data)


def held_photo(world: RecordWorld, panel: Panel) -> bytes:
    """A package too large for one piece, which is held because of its number."""
    desk, _other, review, _ = panel
    photo = PackageFile.from_bytes(
        "photos/0001", "image/jpeg", data=bytes(range(256)) * (LARGE // 256), application=world.review(review)
    )
    return desk.hand_in(desk.sealed(review), seq=90, extra=[photo])


def kept_chunks(world: RecordWorld) -> int:
    with world.record._context.store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(TrayChunkRow)).scalar_one()


def test_file_exchanged_after_it_was_judged_is_damaged(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    file = world.file(desk.hand_in(desk.sealed(review), seq=90))
    judged, other = canonical.sha256(file.read_bytes()), desk.hand_in(desk.sealed(review, percent=80), seq=90)
    before = digest_of(world)
    (one,) = world.record.importing.import_files([file], progress=Exchanging(file, other)).packages
    assert (one.outcome, one.receipt_number) == (Outcome.DAMAGED, None)
    (entry,) = world.record.tray.entries()
    assert (entry.sha256, entry.outcome, entry.is_kept) == (judged, Outcome.DAMAGED, False)
    assert (kept_chunks(world), digest_of(world)) == (0, before)


def test_refused_file_exchanged_after_it_was_judged_is_damaged(world: RecordWorld) -> None:
    file = world.file(b"no package")
    (one,) = world.record.importing.import_files([file], progress=Exchanging(file, b"another")).packages
    assert one.outcome is Outcome.DAMAGED
    assert kept_chunks(world) == 0


def test_file_that_comes_back_whole_is_held_with_its_bytes(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    data = desk.hand_in(desk.sealed(review), seq=90)
    file = world.file(data)
    world.record.importing.import_files([file], progress=Exchanging(file, b"torn"))
    assert import_one(world, data).outcome is Outcome.SEQUENCE_JUMP
    (entry,) = world.record.tray.entries()
    decision = world.record.tray.decide(entry.sha256, take=True, reason="示例")
    assert decision.package is not None
    assert decision.package.outcome is Outcome.NEW


@pytest.mark.parametrize("change", ["other", "shorter", "gone"])
def test_bytes_changed_in_the_tray_are_not_taken(world: RecordWorld, panel: Panel, change: str) -> None:
    desk, _other, review, _ = panel
    good = desk.hand_in(desk.sealed(review), seq=90)
    import_one(world, good)
    other = desk.hand_in(desk.sealed(review, percent=80), seq=90)
    with writing(world.record._context.store.engine).begin() as connection:
        if change == "gone":
            connection.execute(text("DELETE FROM tray_chunk"))
        else:
            connection.execute(update(TrayChunkRow).values(data=other if change == "other" else good[:-1]))
    before = digest_of(world)
    (entry,) = world.record.tray.entries()
    with pytest.raises(BlobDamagedError):
        world.record.tray.decide(entry.sha256, take=True, reason="示例")
    assert digest_of(world) == before
    (entry,) = world.record.tray.entries()
    assert entry.state is TrayState.WAITING


def test_large_held_package_is_taken_from_the_tray(world: RecordWorld, panel: Panel) -> None:
    assert import_one(world, held_photo(world, panel)).outcome is Outcome.SEQUENCE_JUMP
    (entry,) = world.record.tray.entries()
    decision = world.record.tray.decide(entry.sha256, take=True, reason="示例")
    assert decision.package is not None
    assert decision.package.outcome is Outcome.NEW
    assert world.record.verification.verify().is_ok


def test_two_large_packages_in_one_archive_are_both_taken(world: RecordWorld) -> None:
    import zipfile

    (desk,) = world.enrol()
    reviews = [world.assign(desk, code) for code in world.apply(2)]
    archive = world.folder / "打包.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for number, review in enumerate(reviews):
            photo = PackageFile.from_bytes("photos/0001", "image/jpeg", data=bytes([number]) * LARGE)
            target.writestr(f"{number}.youpin", desk.hand_in(desk.sealed(review), extra=[photo]))
    report = world.record.importing.import_files([archive])
    assert [one.outcome for one in report.packages] == [Outcome.NEW, Outcome.NEW]
    assert world.record.verification.verify().is_ok
