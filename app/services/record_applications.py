"""The applications of the campaign, as lists and one by one."""

from app.domain.application import Application
from app.domain.assigning import ApplicationEntry
from app.domain.ids import ApplicationCode, Sha256
from app.services.record_context import RecordContext
from app.services.record_errors import ApplicationUnknownHereError


class ApplicationService:
    """Reading only; what comes in comes through intake."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def list(self, text: str = "", *, limit: int | None = None) -> tuple[ApplicationEntry, ...]:
        """In the order of intake; *text* narrows by number, operator, product or code number."""
        with self._context.store.reading() as work:
            return work.applications.entries(text.strip(), limit=limit)

    def detail(self, application: ApplicationCode) -> Application:
        """Everything about one. Raises :class:`ApplicationUnknownHereError`."""
        with self._context.store.reading() as work:
            found = work.applications.get(application)
        if found is None:
            raise ApplicationUnknownHereError(application=application)
        return found

    def document(self, application: ApplicationCode, sha256: Sha256) -> bytes:
        """One document of a dossier.

        Raises:
            BlobMissingError, BlobDamagedError, FilesDestroyedError.
        """
        with self._context.store.reading() as work:
            return b"".join(work.files.read_document(application, sha256))
