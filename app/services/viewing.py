"""Documents for the window: out of the encrypted store, through the decoding child, never onto the disk.

Nothing is opened before the expert has declared to have no conflict with the application (principle 2 of the desk).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from app.decoding.document import Document
from app.decoding.pieces import PIECE_BYTES, Pieces, piece_count
from app.decoding.pool import DecodingPool
from app.domain.application import MediaType
from app.domain.ids import ReviewId, Sha256
from app.services import desk_fields
from app.services.desk_editing import find_document, find_review, require_unlocked
from app.services.desk_views import DocumentView
from app.storage.desk.store import DeskStore


class ViewingService:
    """The dossiers of one desk. The pool starts its child when the first document is opened."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool
        # Decrypting leaves the other core to do the same; a thread for each document would cost as much as it saves.
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="viewing")

    def documents(self, review: ReviewId) -> tuple[DocumentView, ...]:
        """The dossier in its order, what of it is here, and what is cited.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        with self._store.reading() as work:
            require_unlocked(find_review(work, review))
            draft = desk_fields.draft_from(work.drafts.fields(review))
            cited = {anchor.document for entry in draft.entries for anchor in entry.evidence}
            cited |= {anchor.document for finding in draft.vetoes for anchor in finding.evidence}
            return tuple(
                DocumentView(listed.number, listed.document, listed.is_here, listed.document.sha256 in cited)
                for listed in work.assignments.documents(review)
            )

    def open(self, review: ReviewId, sha256: Sha256) -> Document:
        """A document in the decoding child; close it when another one is shown.

        Raises:
            DossierLockedError, DossierClosedError, DocumentUnknownError, BlobMissingError, BlobDamagedError, and
            the errors of decoding: as their sentences say.
        """
        return self._pool.open(partial(self._read, review, sha256), sha256)

    def opener(self, review: ReviewId) -> Callable[[Sha256], Document]:
        """:meth:`open` for one review: what the viewer is given."""
        return partial(self.open, review)

    def open_paper(self, pdf: bytes, sha256: Sha256) -> Document:
        """A form of our own in the decoding child, to be looked at before it is signed. Raises the decoding errors."""
        return self._pool.open(lambda: pdf, sha256)

    def warm_up(self) -> None:
        """Start the child in the background, so that the first page comes at once."""
        self._pool.start()

    def _read(self, review: ReviewId, sha256: Sha256) -> bytes | Pieces:
        """The document, asked for again whenever the child was replaced; locked ones stay locked then, too.

        A large PDF is given in pieces: PDFium looks up what it needs of it, and each piece is checked by itself. What
        is shown of it was made of checked bytes only; every other kind is read, checked and handed over whole.
        """
        with self._store.reading() as work:
            access = find_document(work, review, sha256)
            size = access.size or 0
            is_large = access.media is MediaType.PDF and size > PIECE_BYTES
            if not is_large or access.chunks != piece_count(size):
                return work.blobs.get(sha256)
        read = partial(self._read_piece, review, sha256)
        tail = self._aside.submit(read, piece_count(size) - 1)
        return Pieces(size, read(0), tail.result(), read)

    def _read_piece(self, review: ReviewId, sha256: Sha256, number: int) -> bytes:
        with self._store.reading() as work:
            find_document(work, review, sha256)
            return work.blobs.chunk(sha256, number)
