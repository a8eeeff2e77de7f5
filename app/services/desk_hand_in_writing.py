"""A package is remembered before it can exist, so that no power cut leaves one that its own desk does not know.

Its bytes go to the medium first, without their name and never in memory as a whole. Then the desk writes down number,
hash and nonce, then the file gets its name, then the desk notes that it is there. What ended in between is looked for
when the desk opens the next time. Until it is found, or a receipt tells that it arrived, it counts as not written:
everything in it travels again, under a number of its own.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.domain.ids import Sha256
from app.file_errors import FolderMissingError
from app.services.package_output import UnnamedPackage, digest_of
from app.storage.desk.records import CampaignRecord, SentRecord
from app.storage.desk.store import DeskStore, UnitOfWork

_PLACE: Final = "package_place:"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file was to be, and what it is like from outside: the hash a package is known by is of its inside."""

    file: str
    size: int
    sha256: str
    declared_until: datetime | None

    def is_filled(self) -> bool:
        """Whether exactly that file stands there."""
        try:
            with Path(self.file).open("rb") as file:
                is_as_long = file.seek(0, os.SEEK_END) == self.size
                return is_as_long and digest_of(file) == self.sha256
        except OSError:
            return False


def require_folder(out: Path) -> None:
    """Raise ``FolderMissingError`` where nothing could be written, before a number is spent on it."""
    if not out.parent.is_dir():
        raise FolderMissingError(file=out.name)


def name_remembered(
    store: DeskStore,
    package: UnnamedPackage,
    *,
    sent: SentRecord,
    carried: Sequence[Sha256],
    pieces: Iterable[Sha256] = (),
    declared_until: datetime | None,
) -> None:
    """Give *package* its name as the package *sent*, which is not marked as exported yet.

    Args:
        carried: content hashes of the reviews in it. *pieces*: hashes of photographs and co-signatures in it.
        declared_until: when the last declaration in it was made.

    Raises:
        UserFacingError: the medium failed. Where the file is certainly not there, the package is forgotten and its
            number free again; where the medium is gone, it stays remembered.
    """
    written = package.written
    place = _Place(str(package.path.absolute()), written.size, written.file_sha256, declared_until)
    before = _remember(store, place, sent=sent, carried=tuple(carried), pieces=pieces)
    try:
        package.give_name()
        with store.writing() as work:
            _note_exported(work, sent, place)
            work.commit(b"written " + sent.sha256.encode(), at=work.tick().at)
    except BaseException:
        if _is_removed(package.path):
            _forget(store, sent, before=before)
        raise


def recognise_unfinished(work: UnitOfWork) -> bool:
    """Note every package whose file got its name just before the program ended; whether there was one."""
    is_any = False
    for sent in work.packages.sent():
        if not sent.is_exported and (place := _place_of(work, sent)) is not None and place.is_filled():
            _note_exported(work, sent, place)
            is_any = True
    return is_any


def _remember(
    store: DeskStore, place: _Place, *, sent: SentRecord, carried: tuple[Sha256, ...], pieces: Iterable[Sha256]
) -> CampaignRecord:
    """Spend the number; the campaign as it was before."""
    with store.writing() as work:
        before = work.desk.campaign(sent.campaign)
        if before is None or before.sent_seq != sent.seq - 1:
            raise RuntimeError("two packages were made at once")
        work.packages.save_sent(sent, carried)
        work.sealed_visits.carry(sent.sha256, pieces)
        work.desk.save_campaign(replace(before, sent_seq=sent.seq, sent_sha256=sent.sha256))
        work.desk.save_setting(_PLACE + sent.sha256, msgspec.json.encode(place).decode())
        work.commit(sent.sha256.encode(), at=work.tick().at)
    return before


def _is_removed(out: Path) -> bool:
    """Take the file away; on a stick that was pulled out it may be there all the same."""
    try:
        out.unlink(missing_ok=True)
        return out.parent.is_dir()
    except OSError:
        return False


def _forget(store: DeskStore, sent: SentRecord, *, before: CampaignRecord) -> None:
    with store.writing() as work:
        campaign = work.desk.campaign(sent.campaign)
        if campaign is None or campaign.sent_sha256 != sent.sha256:
            return
        work.sealed_visits.forget(sent.sha256)
        work.packages.forget_sent(sent.sha256)
        work.desk.remove_setting(_PLACE + sent.sha256)
        work.desk.save_campaign(replace(campaign, sent_seq=before.sent_seq, sent_sha256=before.sent_sha256))
        work.commit(b"withdrawn " + sent.sha256.encode(), at=work.tick().at)


def _note_exported(work: UnitOfWork, sent: SentRecord, place: _Place) -> None:
    work.packages.mark_exported(sent.sha256)
    work.desk.remove_setting(_PLACE + sent.sha256)
    if place.declared_until is not None:
        work.reviews.mark_declarations_carried(until=place.declared_until)


def _place_of(work: UnitOfWork, sent: SentRecord) -> _Place | None:
    line = work.desk.setting(_PLACE + sent.sha256)
    return msgspec.json.decode(line, type=_Place) if line is not None else None
