"""Hand-outs and their parts, and the documents that came with them."""

from dataclasses import asdict
from typing import Final

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.application import Document, MediaType
from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, PackageId, ReviewId, Sha256
from app.storage.desk.base import put, table_of
from app.storage.desk.package_tables import AssignmentRow, BlobRow, DigestRow, PartRow
from app.storage.desk.records import AssignmentRecord, DocumentAccess, ListedDocument
from app.storage.desk.review_tables import DocumentRow, ReviewRow

_ASSIGNMENT = table_of(AssignmentRow)
_PART = table_of(PartRow)
_DOCUMENT = table_of(DocumentRow)
_BLOB = table_of(BlobRow)
_REVIEW = table_of(ReviewRow)
_DIGEST = table_of(DigestRow)
# Put together once and asked in one go: every page that is asked for after a pause waits for it. Without a LIMIT:
# SQLite prepares a statement anew for each value of that, which takes 1.2 ms where freed memory is wiped.
_ACCESS: Final = (
    select(
        _REVIEW.c.application,
        _REVIEW.c.declared,
        _REVIEW.c.recalled_at,
        _DOCUMENT.c.media,
        _DOCUMENT.c.size,
        select(func.count())
        .select_from(_DIGEST)
        .where(_DIGEST.c.sha256 == bindparam("sha256_"))
        .scalar_subquery()
        .label("chunks"),
    )
    .outerjoin_from(
        _REVIEW, _DOCUMENT, (_DOCUMENT.c.review == _REVIEW.c.review) & (_DOCUMENT.c.sha256 == bindparam("sha256_"))
    )
    .where(_REVIEW.c.review == bindparam("review_"))
)


class AssignmentRepository:
    """What the secretariat handed out."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, assignment: AssignmentRecord) -> None:
        put(self._session, _ASSIGNMENT, **asdict(assignment))

    def get(self, assignment: PackageId) -> AssignmentRecord | None:
        """One hand-out, if its first part is here."""
        row = self._session.execute(select(_ASSIGNMENT).where(_ASSIGNMENT.c.assignment == assignment)).one_or_none()
        return AssignmentRecord(**row._asdict()) if row else None

    def all(self) -> dict[PackageId, AssignmentRecord]:
        """Every hand-out whose first part is here."""
        rows = self._session.execute(select(_ASSIGNMENT))
        return {row.assignment: AssignmentRecord(**row._asdict()) for row in rows}

    def forget_order(self) -> None:
        """Whatever comes from now on is newer than all of these: the secretariat counts from one again."""
        self._session.execute(update(_ASSIGNMENT).values(seq=0))

    def add_part(self, assignment: PackageId, number: int, *, of: int) -> None:
        """Part *number* has arrived."""
        put(self._session, _PART, assignment=assignment, number=number, of=of)

    def missing_parts(self) -> dict[PackageId, tuple[int, ...]]:
        """Numbers of the parts that have not arrived, by hand-out; only hand-outs with a gap."""
        arrived: dict[PackageId, set[int]] = {}
        expected: dict[PackageId, int] = {}
        for row in self._session.execute(select(_PART)):
            arrived.setdefault(row.assignment, set()).add(row.number)
            expected[row.assignment] = row.of
        gaps = {
            name: tuple(number for number in range(1, of + 1) if number not in arrived[name])
            for name, of in expected.items()
        }
        return {name: numbers for name, numbers in gaps.items() if numbers}

    def replace_documents(self, review: ReviewId, documents: tuple[Document, ...]) -> None:
        """The dossier of *review* is this from now on."""
        self._session.execute(delete(_DOCUMENT).where(_DOCUMENT.c.review == review))
        if documents:
            rows = [
                {"review": review, "number": number, **asdict(document)}
                for number, document in enumerate(documents, start=1)
            ]
            self._session.execute(insert(_DOCUMENT), rows)

    def documents(self, review: ReviewId) -> tuple[ListedDocument, ...]:
        """The dossier in its order, and what of it is here."""
        return self.documents_by_review(review).get(review, ())

    def access(self, review: ReviewId, sha256: Sha256) -> DocumentAccess | None:
        """Whether *sha256* may be read in the dossier of *review* and how; ``None`` if there is no such review."""
        row = self._session.execute(_ACCESS, {"review_": review, "sha256_": sha256}).first()
        if row is None:
            return None
        media = None if row.media is None else MediaType(row.media)
        declared = Declared(row.declared) if row.declared else None
        return DocumentAccess(ApplicationCode(row.application), declared, row.recalled_at, media, row.size, row.chunks)

    def documents_by_review(self, review: ReviewId | None = None) -> dict[ReviewId, tuple[ListedDocument, ...]]:
        """The dossiers of all reviews, or of one."""
        statement = (
            select(_DOCUMENT, _BLOB.c.sha256.label("here"))
            .outerjoin(_BLOB, _BLOB.c.sha256 == _DOCUMENT.c.sha256)
            .order_by(_DOCUMENT.c.review, _DOCUMENT.c.number)
        )
        if review is not None:
            statement = statement.where(_DOCUMENT.c.review == review)
        found: dict[ReviewId, list[ListedDocument]] = {}
        for row in self._session.execute(statement):
            found.setdefault(ReviewId(row.review), []).append(_listed(row))
        return {name: tuple(documents) for name, documents in found.items()}

    def needed_documents(self, closed: frozenset[ReviewId]) -> frozenset[Sha256]:
        """Hashes that a dossier outside of *closed* lists."""
        rows = self._session.execute(select(_DOCUMENT.c.review, _DOCUMENT.c.sha256))
        return frozenset(Sha256(row.sha256) for row in rows if row.review not in closed)

    def stored_documents(self) -> frozenset[Sha256]:
        """Hashes of everything in the blob tables."""
        return frozenset(Sha256(sha256) for sha256 in self._session.execute(select(_BLOB.c.sha256)).scalars())


def _listed(row: Row[tuple[object, ...]]) -> ListedDocument:
    document = Document(Sha256(row.sha256), row.size, MediaType(row.media), row.name, row.pages)
    return ListedDocument(row.number, document, row.here is not None)
