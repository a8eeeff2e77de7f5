"""Is this desk healthy? Findings with a severity, a stable code and a sentence; the worst of them decides.

The file's own checks say whether bytes are damaged. They cannot say that an old page or an old file was put back, so
the event chains, the fields they speak of, and the head kept outside of the file are compared as well.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from app.atomic_file import older_copy_of
from app.clock import Clock
from app.crypto import certificates
from app.crypto.key_header import KeyHeader
from app.crypto.vault_errors import HeaderDamagedError, HeaderNewerError
from app.domain.changes import Changes
from app.domain.health import Finding, Health, Severity
from app.domain.ids import ApplicationCode
from app.i18n import N_, _
from app.platform.private_files import is_private
from app.progress import NoProgress, Progress
from app.services.desk_backup_check import backup_findings
from app.services.desk_consistency import broken_chains, damaged_revisions, stored_documents
from app.services.desk_keys import KeyFile
from app.services.desk_restored import restored
from app.services.desk_visit_check import visit_findings
from app.storage.blobs import BlobDamagedError
from app.storage.desk.store import DeskStore, UnitOfWork
from app.storage.engine import StoreDamagedError

ROLLED_BACK: Final = "rolled_back"
ACKNOWLEDGED: Final = "rolled_back_acknowledged"
_LITTLE_SPACE: Final = 1024**3
_NO_SPACE: Final = 100 * 1024**2
_REMIND_AFTER: Final = timedelta(days=7)
_EXPIRES_SOON: Final = timedelta(days=30)
_MOST_NAMED: Final = 5
_SYNCED: Final = (
    *("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "坚果云", "nutstore"),
    *("百度网盘", "baidunetdisk", "百度云", "腾讯微云", "weiyun", "wps云盘", "阿里云盘", "夸克网盘"),
)

_PAGES: Final = N_("The file is damaged. Stop working with it and restore a backup.")
_ROLLED_BACK: Final = N_(
    "This desk is older than it was: work was lost or an old copy was put back. Look at what was written last; "
    "restore the newest backup, or tell the secretariat before signing again."
)


class DeskCheckService:
    """Looks, and repairs nothing."""

    def __init__(self, store: DeskStore, keys: KeyFile, clock: Clock) -> None:
        self._store, self._keys, self._clock = store, keys, clock

    def check(self, *, deep: bool = False, progress: Progress | None = None) -> Health:
        """Everything that can be looked at without the network.

        Args:
            deep: read every document again, and every photograph beside the newest backup.

        Raises:
            Cancelled: as *progress* says.
        """
        findings: list[Finding] = []
        told = progress or NoProgress()
        try:
            findings += [*self._file(), *self.quick()]
            with self._store.reading() as work:
                findings += _exchange(work, self._clock())
                findings += visit_findings(work, told)
                if deep:
                    findings += _documents(work, told)
        except StoreDamagedError:
            findings.append(_critical("pages", _PAGES))
        findings += self._surroundings()
        with suppress(StoreDamagedError):  # said above
            findings += backup_findings(self._store, self._clock, told, is_deep=deep)
        return Health(tuple(findings))

    def quick(self) -> tuple[Finding, ...]:
        """What is looked at at every unlocking, within milliseconds: the head, the chains, what was signed."""
        with self._store.reading() as work:
            return (
                *_head(work, has_head_file=self._store.has_head()),
                _named(
                    broken_chains(work),
                    "chains",
                    good=N_("Every event chain is whole and agrees with what is written."),
                    bad=N_("What is written does not agree with its history: {applications}. Restore a backup."),
                ),
                _named(
                    damaged_revisions(work),
                    "sealed",
                    good=N_("Everything signed is as it was signed."),
                    bad=N_("A signed review is damaged: {applications}. Restore a backup."),
                ),
            )

    def acknowledge_rollback(self) -> Changes:
        """A person has looked at what was lost; the finding becomes a remark."""
        with self._store.writing() as work:
            noted = work.desk.setting(ROLLED_BACK)
            if noted is not None:
                work.desk.save_setting(ACKNOWLEDGED, noted)
                work.desk.remove_setting(ROLLED_BACK)
                work.commit(ACKNOWLEDGED.encode())
        return Changes(tasks=noted is not None)

    def _file(self) -> Iterator[Finding]:
        yield _from_rows(
            self._store.pragma("cipher_integrity_check"),
            "pages",
            good=N_("Every page of the file is genuine."),
            bad=_PAGES,
        )
        yield _from_rows(
            [row for row in self._store.pragma("integrity_check") if row != "ok"],
            "structure",
            good=N_("The file's structure is sound."),
            bad=N_("The file's structure is damaged. Stop working with it and restore a backup."),
        )
        yield _from_rows(
            self._store.pragma("foreign_key_check"),
            "references",
            good=N_("Everything in the file belongs together."),
            bad=N_("Parts of the file do not belong together. Restore a backup."),
        )

    def _surroundings(self) -> Iterator[Finding]:
        yield from self._key_files()
        yield self._private()
        if _is_synced(str(self._store.path.parent)):
            yield _warn(
                "synced_folder",
                N_("The desk lies in a folder that is copied to a cloud. Move it to a folder of this computer only."),
            )
        yield self._space()

    def _key_files(self) -> Iterator[Finding]:
        older = older_copy_of(self._keys.path)
        if _readable(self._keys.read):
            yield _good("key_file", N_("The key file is sound."))
        else:
            yield _critical("key_file", N_("The key file is missing or damaged. Restore it from a backup now."))
        if older.is_file() and not _readable(older.read_bytes):
            yield _warn("key_copy", N_("The copy of the key file is damaged. Change the passphrase to renew it."))

    def _private(self) -> Finding:
        listed = [self._store.path, self._keys.path, self._store.path.parent]
        with suppress(OSError):
            if all(is_private(path) for path in listed[:2]):
                return _good("private", N_("Nobody else on this computer can read the desk."))
        return _warn(
            "private", N_("Other people on this computer may read the desk's files. Move them to a folder of your own.")
        )

    def _space(self) -> Finding:
        free = shutil.disk_usage(self._store.path.parent).free
        if free < _NO_SPACE:
            return _critical("space", N_("The disk is almost full. Free some space now, or work may not be saved."))
        if free < _LITTLE_SPACE:
            return _warn("space", N_("Less than 1 GB is free on the disk. Free some space soon."))
        return _good("space", N_("There is enough space on the disk."))


def _head(work: UnitOfWork, *, has_head_file: bool) -> Iterator[Finding]:
    if work.desk.setting(ROLLED_BACK) is not None:
        yield _critical(ROLLED_BACK, _ROLLED_BACK)
    elif not has_head_file:
        yield _warn(
            "head_missing",
            N_("The file that notices lost work is missing. It is made again; if the desk was copied, that is normal."),
        )
    else:
        yield _good("head", N_("Nothing that was written has gone missing."))
    if restored(work) is not None:
        yield _warn(
            "restored",
            N_(
                "This desk was put back from a backup. It can be read and written; before it signs, it has to enrol "
                "anew with the invitation, and its certificate has to come."
            ),
        )
    if work.desk.setting(ACKNOWLEDGED) is not None:
        yield Finding(Severity.INFO, ACKNOWLEDGED, _("Work was lost once and somebody has looked at it."))
    if any(record.clock_suspect for record in work.reviews.all()):
        yield _warn(
            "clock", N_("The clock of this computer went back by more than a day. Set it right; signatures say so.")
        )


def _exchange(work: UnitOfWork, now: datetime) -> Iterator[Finding]:
    if work.desk.root() is not None and not work.desk.was_root_compared():
        yield Finding(
            Severity.INFO, "root_not_compared", _("The fingerprint of the secretariat has not been compared here.")
        )
    for campaign in work.desk.campaigns():
        if campaign.log_broke_at is not None:
            yield _warn("record_rewritten", N_("The secretariat's record contradicts what it said before. Tell it so."))
        seqs = work.packages.received_seqs(campaign.campaign)
        gaps = sorted(set(range(1, max(seqs, default=0))) - seqs - {0})
        if gaps:
            yield Finding(
                Severity.INFO,
                "package_missing",
                _("Packages of the secretariat have not arrived: {numbers}.").format(
                    numbers=", ".join(str(number) for number in gaps[:_MOST_NAMED])
                ),
            )
        if campaign.certificate and certificates.facts_of(campaign.certificate).not_after_at - now < _EXPIRES_SOON:
            yield _warn("certificate", N_("The certificate runs out soon or has run out. Ask the secretariat."))
    waiting = [sent for sent in work.packages.sent() if sent.is_exported and sent.outcome is None]
    if any(now - sent.written_at > _REMIND_AFTER for sent in waiting):
        yield _warn("unconfirmed", N_("Something handed in a week ago is not confirmed. Ask the secretariat."))


def _documents(work: UnitOfWork, progress: Progress) -> Iterator[Finding]:
    hashes = list(stored_documents(work))
    damaged = 0
    for done, sha256 in enumerate(hashes):
        progress.step(done, len(hashes))
        try:
            for _piece in work.blobs.read(sha256):
                pass
        except BlobDamagedError:
            damaged += 1
    if damaged:
        yield _critical("documents", N_("A document is damaged. Import the package it came with again."))
    else:
        yield _good("documents", N_("Every document is as it was sent."))


def _is_synced(folder: str) -> bool:
    lowered = folder.lower()
    return any(name in lowered for name in _SYNCED)


def _readable(read: Callable[[], bytes]) -> bool:
    try:
        KeyHeader.read(read())
    except (HeaderDamagedError, HeaderNewerError, OSError):
        return False
    return True


def _named(applications: Iterable[ApplicationCode], code: str, *, good: str, bad: str) -> Finding:
    names = sorted(applications)
    if not names:
        return _good(code, good)
    return Finding(Severity.CRITICAL, code, _(bad).format(applications=", ".join(names[:_MOST_NAMED])))


def _from_rows(rows: list[str], code: str, *, good: str, bad: str) -> Finding:
    return _critical(code, bad) if rows else _good(code, good)


def _good(code: str, sentence: str) -> Finding:
    return Finding(Severity.GOOD, code, _(sentence))


def _warn(code: str, sentence: str) -> Finding:
    return Finding(Severity.WARN, code, _(sentence))


def _critical(code: str, sentence: str) -> Finding:
    return Finding(Severity.CRITICAL, code, _(sentence))
