"""``verify``: the record against its originals and its own log; nothing is believed because it stands in a table."""

from app.crypto.vault_errors import SecretDamagedError
from app.domain.ids import Sha256
from app.domain.verification import Difference, Verified
from app.i18n import N_, _
from app.progress import Progress
from app.services.record_context import SILENT, RecordContext
from app.services.record_replay import compare, replay
from app.services.record_reprojection import Reprojection
from app.storage.blobs import BlobDamagedError, BlobMissingError
from app.storage.record.digest import record_digest
from app.storage.record.files import FilesDestroyedError
from app.storage.record.unit_of_work import RecordWork

_DOCUMENT = N_("A document of this dossier is damaged or missing.")


class VerificationService:
    """Reads everything and changes nothing."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def digest(self) -> Sha256:
        """SHA-256 over every table but the tray."""
        return record_digest(self._context.store)

    def verify(self, *, progress: Progress = SILENT) -> Verified:
        """Rebuild every total from the stored originals and compare; check chain, signatures and dossiers."""
        with self._context.store.reading() as work:
            log = replay(work)
            differences = list(compare(work, log))
            reprojection = Reprojection(self._context, work, log)
            differences += reprojection.differences(progress)
            differences += _documents(work)
        unique = tuple(dict.fromkeys(differences))
        return Verified(reprojection.packages, unique, self.digest(), reprojection.destroyed)


def _documents(work: RecordWork) -> list[Difference]:
    found = []
    for application in work.applications.all():
        for document in application.documents:
            try:
                for _piece in work.files.read_document(application.code, document.sha256):
                    pass
            except FilesDestroyedError:
                break
            except (BlobDamagedError, BlobMissingError, SecretDamagedError):
                found.append(Difference("document", application.code, _(_DOCUMENT)))
    return found
