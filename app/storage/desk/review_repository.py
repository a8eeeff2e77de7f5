"""Assigned reviews and what was declared about them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.application import FaceSheet
from app.domain.conflict import ConflictKind, Declaration, Declared
from app.domain.ids import ApplicationCode, ReviewId
from app.domain.review import ReviewKind
from app.storage.desk.base import put, table_of
from app.storage.desk.records import RecallRecord, ReviewRecord
from app.storage.desk.review_tables import DeclarationRow, RecallRow, ReviewRow

_REVIEW = table_of(ReviewRow)
_DECLARATION = table_of(DeclarationRow)
_RECALL = table_of(RecallRow)
_GET: Final = select(_REVIEW).where(_REVIEW.c.review == bindparam("review_"))


class ReviewRepository:
    """Reviews by their identifier."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, review: ReviewId) -> ReviewRecord | None:
        """One review."""
        row = self._session.execute(_GET, {"review_": review}).one_or_none()
        return _record(row) if row else None

    def all(self) -> tuple[ReviewRecord, ...]:
        """Every review, in the order of the applications' codes."""
        rows = self._session.execute(select(_REVIEW).order_by(_REVIEW.c.application, _REVIEW.c.review))
        return tuple(_record(row) for row in rows)

    def of_application(self, application: ApplicationCode) -> tuple[ReviewRecord, ...]:
        """The reviews of one application; a later campaign or act may have added another."""
        rows = self._session.execute(
            select(_REVIEW).where(_REVIEW.c.application == application).order_by(_REVIEW.c.review)
        )
        return tuple(_record(row) for row in rows)

    def save(self, record: ReviewRecord) -> None:
        values: dict[str, Any] = asdict(record)
        values["face"] = msgspec.json.encode(record.face)
        put(self._session, _REVIEW, **values)

    def change(self, review: ReviewId, **values: Any) -> None:
        """Set single columns; the quick way while somebody types."""
        self._session.execute(update(_REVIEW).where(_REVIEW.c.review == review).values(**values))

    def save_recall(self, recall: RecallRecord) -> None:
        put(self._session, _RECALL, **asdict(recall))

    def recall(self, review: ReviewId) -> RecallRecord | None:
        """The last time *review* was taken back, if ever."""
        row = self._session.execute(select(_RECALL).where(_RECALL.c.review == review)).one_or_none()
        return RecallRecord(**row._asdict()) if row else None

    def forget_order(self) -> None:
        """Whatever comes from now on is newer than every recall that is known."""
        self._session.execute(update(_RECALL).values(seq=0))

    def declare(self, review: ReviewId, declaration: Declaration) -> None:
        """Add a declaration; it counts from now on."""
        last = self._session.execute(
            select(func.max(_DECLARATION.c.number)).where(_DECLARATION.c.review == review)
        ).scalar_one()
        self._session.execute(
            insert(_DECLARATION).values(
                review=review,
                number=(last or 0) + 1,
                declared=declaration.declared,
                kind=declaration.kind,
                note=declaration.note,
                declared_at=declaration.declared_at,
                is_carried=False,
            )
        )
        self.change(review, declared=declaration.declared)

    def declarations(self) -> dict[ReviewId, Declaration]:
        """The declaration that counts, by review."""
        rows = self._session.execute(
            select(_DECLARATION, _REVIEW.c.application)
            .join(_REVIEW, _REVIEW.c.review == _DECLARATION.c.review)
            .order_by(_DECLARATION.c.review, _DECLARATION.c.number)
        )
        return {ReviewId(row.review): _declaration(row) for row in rows}

    def uncarried_declarations(self) -> int:
        """How many declarations no written package carries."""
        return self._session.execute(
            select(func.count()).select_from(_DECLARATION).where(~_DECLARATION.c.is_carried)
        ).scalar_one()

    def mark_declarations_carried(self, *, until: datetime) -> None:
        """Everything declared up to that moment stands in a package that was written and read back."""
        self._session.execute(update(_DECLARATION).where(_DECLARATION.c.declared_at <= until).values(is_carried=True))


def _record(row: Row[Any]) -> ReviewRecord:
    values = row._asdict()
    values["face"] = msgspec.json.decode(values["face"], type=FaceSheet)
    values["kind"] = ReviewKind(values["kind"])
    values["declared"] = Declared(values["declared"]) if values["declared"] else None
    return ReviewRecord(**values)


def _declaration(row: Row[Any]) -> Declaration:
    return Declaration(
        ApplicationCode(row.application),
        Declared(row.declared),
        row.declared_at,
        ConflictKind(row.kind) if row.kind else None,
        row.note,
    )
