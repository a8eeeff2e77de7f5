"""Whether what was gathered on visits is whole: every photograph is hashed again, every note compared with its hash."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.health import Finding, Severity
from app.domain.ids import Sha256
from app.domain.onsite.merging import EntryKind
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.visit import visit_code
from app.i18n import N_, _
from app.packages import canonical
from app.progress import Progress
from app.storage.blobs import BlobDamagedError, BlobMissingError
from app.storage.desk.store import UnitOfWork

_MOST_NAMED: Final = 5
_DAMAGED: Final = N_(
    "Photos are damaged: {names}. Take them in again from the card or the telephone, or restore a backup."
)
_MISSING: Final = N_(
    "The files of these photos are not on this desk: {names}. Take in the notes of the member who has them."
)


def visit_findings(work: UnitOfWork, progress: Progress) -> Iterator[Finding]:
    """Notes and photographs of every visit; nothing where there is none."""
    records = work.visits.all()
    if not records:
        return
    damaged_notes = sorted(
        {visit_code(one.application, one.visit) for one in records if work.visits.is_damaged(one.visit)}
    )
    if damaged_notes:
        words = _("Notes of a visit are damaged: {visits}. Restore a backup.")
        yield Finding(Severity.CRITICAL, "visit_notes", words.format(visits=", ".join(damaged_notes[:_MOST_NAMED])))
    names = photo_names(work)
    damaged: list[str] = []
    missing: list[str] = []
    for done, (sha256, name) in enumerate(names.items()):
        progress.step(done, len(names))
        try:
            for _piece in work.photos.read(sha256):
                pass
        except BlobDamagedError:
            damaged.append(name)
        except BlobMissingError:
            missing.append(name)
    if damaged:
        yield Finding(Severity.CRITICAL, "photos", _(_DAMAGED).format(names=some_of(damaged)))
    if missing:
        yield missing_photos(missing)
    if names and not damaged and not missing:
        yield Finding(Severity.GOOD, "photos", _("Every photo is as it was taken in."))


def missing_photos(names: Sequence[str]) -> Finding:
    """What is said of photographs that are written about and do not lie here."""
    return Finding(Severity.WARN, "photos_missing", _(_MISSING).format(names=some_of(names)))


def photo_names(work: UnitOfWork) -> dict[Sha256, str]:
    """Every photograph of every visit, with the visit, its number and its file name."""
    names: dict[Sha256, str] = {}
    for record in work.visits.all():
        for entry in work.visits.entries(record.visit, EntryKind.PHOTO):
            photo = canonical.decode(entry.content, PhotoFacts)
            code = visit_code(record.application, record.visit)
            names.setdefault(photo.sha256, f"{code} {photo.number} ({photo.name})")
    return names


def some_of(names: Sequence[str]) -> str:
    """The first of *names*, and how many more there are."""
    shown = _(", ").join(names[:_MOST_NAMED])
    left = len(names) - _MOST_NAMED
    return _("{named} and {count} more").format(named=shown, count=left) if left > 0 else shown
