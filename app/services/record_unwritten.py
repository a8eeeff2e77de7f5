"""What the record knows of revisions that were signed and may never arrive: the later one says what it builds on."""

from collections.abc import Collection
from dataclasses import replace

from app.crypto.vault_errors import SecretDamagedError
from app.domain.ids import ReviewId
from app.domain.importing import KnownRevision, Unwritten
from app.packages import canonical
from app.packages.fork_payloads import unwritten_path
from app.storage.record.files import FilesDestroyedError
from app.storage.record.revisions import StoredRevision
from app.storage.record.unit_of_work import RecordWork


def known_revisions(work: RecordWork, reviews: Collection[ReviewId]) -> dict[ReviewId, list[KnownRevision]]:
    """What is in the record of each of *reviews*, with what their packages said of what is not."""
    found = work.revisions.known(reviews)
    for review, revisions in found.items():
        here = {one.sha256 for one in revisions}
        if any(one.base is not None and one.base not in here for one in revisions):
            said = {one.sha256: _unwritten(work, one) for one in work.revisions.of_review(review)}
            found[review] = [replace(one, unwritten=said[one.sha256]) for one in revisions]
    return found


def _unwritten(work: RecordWork, stored: StoredRevision) -> tuple[Unwritten, ...]:
    """What the package of *stored* says; nothing once it cannot be read, which verification tells."""
    try:
        files = work.files.original_sources(stored.package, stored.application)
        open_it = files.get(unwritten_path(stored.review))
        if open_it is None:
            return ()
        with open_it() as file:
            return canonical.decode(file.read(), tuple[Unwritten, ...])
    except (FilesDestroyedError, SecretDamagedError):
        return ()
