"""Applications and the list of their documents; the bytes are with :mod:`app.storage.record.files`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, case, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.domain.application import (
    Application,
    ApplicationState,
    BrandCategory,
    Document,
    FaceSheet,
    MediaType,
    Offering,
)
from app.domain.assigning import ApplicationEntry
from app.domain.ids import ApplicationCode, CampaignId, Sha256
from app.storage.record.tables import ApplicationRow, DeclarationRow, DocumentRow, ReviewRow, RevisionRow

_TABLE = ApplicationRow.__table__
_Entries = tuple[ApplicationEntry, ...]
_FACE_COLUMNS = tuple(
    _TABLE.c[name]
    for name in (
        "application", "operator", "uscc", "offering_name", "category", "offering", "recommender", "region",
        "trademark", "trademark_holder", "standards", "drafters", "laboratory",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredApplication:
    """An application with what the record adds: its number, what makes it unique, and the state of its dossier."""

    application: Application
    campaign: CampaignId
    number: int
    key: str
    dossier_sha256: Sha256
    taken_at: datetime


class ApplicationRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, campaign: CampaignId) -> int:
        highest = self._session.execute(
            select(func.max(ApplicationRow.number)).where(ApplicationRow.campaign == campaign)
        ).scalar_one()
        return (highest or 0) + 1

    def add(self, stored: StoredApplication) -> None:
        """A new application and its list of documents."""
        self._session.execute(insert(ApplicationRow), [_row(stored)])
        documents = _document_rows(stored.application)
        if documents:
            self._session.execute(insert(DocumentRow), documents)

    def list_anew(self, application: Application, *, dossier: Sha256) -> None:
        """The dossier is *application*'s list of documents from now on; the bytes of others stay where they are."""
        self._session.execute(delete(DocumentRow).where(DocumentRow.application == application.code))
        self._session.execute(insert(DocumentRow), _document_rows(application))
        self._session.execute(
            update(ApplicationRow).where(ApplicationRow.application == application.code).values(dossier_sha256=dossier)
        )

    def set_state(self, codes: Iterable[ApplicationCode], state: ApplicationState) -> None:
        """Move applications on."""
        self._session.execute(
            update(ApplicationRow).where(ApplicationRow.application.in_(tuple(codes))).values(state=str(state))
        )

    def states(self, codes: Iterable[ApplicationCode]) -> dict[ApplicationCode, ApplicationState]:
        """How far each has come."""
        rows = self._session.execute(
            select(ApplicationRow.application, ApplicationRow.state).where(ApplicationRow.application.in_(tuple(codes)))
        )
        return {ApplicationCode(code): ApplicationState(state) for code, state in rows}

    def get(self, code: ApplicationCode) -> Application | None:
        """One application with its documents."""
        found = self.all([code])
        return found[0] if found else None

    def all(self, codes: Iterable[ApplicationCode] | None = None) -> tuple[Application, ...]:
        """All, or those named, in the order of intake, with their documents."""
        query, documents = select(ApplicationRow).order_by(ApplicationRow.application), select(DocumentRow)
        if codes is not None:
            wanted = tuple(codes)
            query = query.where(ApplicationRow.application.in_(wanted))
            documents = documents.where(DocumentRow.application.in_(wanted))
        by_code: dict[str, list[Document]] = {}
        for row in self._session.execute(documents.order_by(DocumentRow.application, DocumentRow.number)).scalars():
            by_code.setdefault(row.application, []).append(_document(row))
        return tuple(
            _application(row, tuple(by_code.get(row.application, ()))) for row in self._session.execute(query).scalars()
        )

    def for_import(self, codes: Iterable[ApplicationCode]) -> tuple[tuple[FaceSheet, ApplicationState, Sha256], ...]:
        """Face sheet, state and dossier of those named: what an import compares, without the people to call."""
        rows = self._session.execute(
            select(*_FACE_COLUMNS, _TABLE.c.state, _TABLE.c.dossier_sha256).where(
                _TABLE.c.application.in_(tuple(codes))
            )
        )
        return tuple((_face(row), ApplicationState(row.state), Sha256(row.dossier_sha256)) for row in rows)

    def document_hashes(
        self, codes: Iterable[ApplicationCode] | None = None
    ) -> dict[ApplicationCode, frozenset[Sha256]]:
        """The documents of all or of those named as their dossiers are now."""
        found: dict[ApplicationCode, set[Sha256]] = {}
        query = select(DocumentRow.application, DocumentRow.sha256)
        if codes is not None:
            query = query.where(DocumentRow.application.in_(tuple(codes)))
        for code, sha256 in self._session.execute(query):
            found.setdefault(ApplicationCode(code), set()).add(Sha256(sha256))
        return {code: frozenset(hashes) for code, hashes in found.items()}

    def faces(self, codes: Iterable[ApplicationCode] | None = None) -> tuple[FaceSheet, ...]:
        """What an expert may see before declaring, of all or of those named."""
        query = select(*_FACE_COLUMNS).order_by(_TABLE.c.application)
        if codes is not None:
            query = query.where(_TABLE.c.application.in_(tuple(codes)))
        return tuple(_face(row) for row in self._session.execute(query))

    def dossiers(self, codes: Iterable[ApplicationCode]) -> dict[ApplicationCode, Sha256]:
        """The state of each dossier as it is now."""
        rows = self._session.execute(
            select(ApplicationRow.application, ApplicationRow.dossier_sha256).where(
                ApplicationRow.application.in_(tuple(codes))
            )
        )
        return {ApplicationCode(code): Sha256(dossier) for code, dossier in rows}

    def entries(self, text: str = "", *, limit: int | None = None) -> tuple[ApplicationEntry, ...]:
        """Lines of the list, optionally only those whose code, operator, product or code number contains *text*."""
        found = self._containing(text) if text else None
        if limit is None:
            return self._lines(found)
        # Which, and only then how many documents and reviews each of them has: nothing is counted that is not shown.
        codes = select(_TABLE.c.application).order_by(_TABLE.c.application).limit(limit)
        shown = self._session.execute(codes if found is None else codes.where(found)).scalars().all()
        return self._lines(_TABLE.c.application.in_(shown), only=shown) if shown else ()

    def _lines(self, where: ColumnElement[bool] | None, *, only: Sequence[str] | None = None) -> _Entries:
        query = _entries(only).order_by(_TABLE.c.application)
        rows = self._session.execute(query if where is None else query.where(where))
        return tuple(ApplicationEntry(**row._mapping) for row in rows)

    def _containing(self, text: str) -> ColumnElement[bool]:
        """Upper and lower case are the same: to SQLite's LIKE always, to PostgreSQL's only when asked, at a price."""
        is_cased = text.lower() != text.upper()
        is_asked = is_cased and self._session.get_bind().dialect.name == "postgresql"
        return or_(
            *(
                column.icontains(text, autoescape=True) if is_asked else column.contains(text, autoescape=True)
                for column in (_TABLE.c.application, _TABLE.c.operator, _TABLE.c.offering_name, _TABLE.c.uscc)
            )
        )


def _entries(only: Sequence[str] | None) -> Select[*tuple[Any, ...]]:
    documents = select(
        DocumentRow.application, func.count().label("count"), func.sum(DocumentRow.size).label("bytes")
    ).group_by(DocumentRow.application)
    is_back = or_(RevisionRow.review.is_not(None), DeclarationRow.declared.in_(("conflict", "abstain")))
    reviews = (
        select(
            ReviewRow.application,
            func.count().label("assigned"),
            func.sum(case((is_back, 1), else_=0)).label("returned"),
        )
        .outerjoin(RevisionRow, (RevisionRow.review == ReviewRow.review) & RevisionRow.is_current)
        .outerjoin(DeclarationRow, DeclarationRow.review == ReviewRow.review)
        .where(ReviewRow.recalled_at.is_(None))
        .group_by(ReviewRow.application)
    )
    if only is not None:
        documents = documents.where(DocumentRow.application.in_(only))
        reviews = reviews.where(ReviewRow.application.in_(only))
    counted, judged = documents.subquery(), reviews.subquery()
    columns = ("application", "operator", "uscc", "offering_name", "category", "offering", "recommender", "region")
    return (
        select(
            *(_TABLE.c[name] for name in columns),
            _TABLE.c.state,
            func.coalesce(counted.c.count, 0).label("documents"),
            func.coalesce(counted.c.bytes, 0).label("bytes"),
            func.coalesce(judged.c.assigned, 0).label("assigned"),
            func.coalesce(judged.c.returned, 0).label("returned"),
        )
        .outerjoin(counted, counted.c.application == _TABLE.c.application)
        .outerjoin(judged, judged.c.application == _TABLE.c.application)
    )


def _row(stored: StoredApplication) -> dict[str, Any]:
    application, face = stored.application, stored.application.face
    return {
        "application": face.application,
        "campaign": stored.campaign,
        "number": stored.number,
        "key": stored.key,
        "operator": face.operator,
        "uscc": face.uscc,
        "offering_name": face.offering_name,
        "category": str(face.category),
        "offering": str(face.offering),
        "recommender": face.recommender,
        "region": face.region,
        "trademark": face.trademark,
        "trademark_holder": face.trademark_holder,
        "standards": msgspec.json.encode(face.standards).decode(),
        "drafters": msgspec.json.encode(face.drafters).decode(),
        "laboratory": face.laboratory,
        "state": str(application.state),
        "industry": application.industry,
        "contact": application.contact,
        "phone": application.phone,
        "rank": application.rank,
        "remark": application.remark,
        "dossier_sha256": stored.dossier_sha256,
        "taken_at": stored.taken_at,
    }


def _document_rows(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "application": application.code,
            "number": number,
            "sha256": document.sha256,
            "size": document.size,
            "media": str(document.media),
            "name": document.name,
            "pages": document.pages,
        }
        for number, document in enumerate(application.documents, start=1)
    ]


def _document(row: DocumentRow) -> Document:
    return Document(Sha256(row.sha256), row.size, MediaType(row.media), row.name, row.pages)


def _face(row: Any) -> FaceSheet:
    return FaceSheet(
        application=ApplicationCode(row.application),
        operator=row.operator,
        uscc=row.uscc,
        offering_name=row.offering_name,
        category=BrandCategory(row.category),
        offering=Offering(row.offering),
        recommender=row.recommender,
        region=row.region,
        trademark=row.trademark,
        trademark_holder=row.trademark_holder,
        standards=tuple(msgspec.json.decode(row.standards, type=list[str])),
        drafters=tuple(msgspec.json.decode(row.drafters, type=list[str])),
        laboratory=row.laboratory,
    )


def _application(row: ApplicationRow, documents: tuple[Document, ...]) -> Application:
    return Application(
        face=_face(row),
        state=ApplicationState(row.state),
        industry=row.industry,
        contact=row.contact,
        phone=row.phone,
        rank=row.rank,
        remark=row.remark,
        documents=documents,
    )
