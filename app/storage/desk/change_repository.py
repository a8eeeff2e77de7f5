"""Dossiers that changed under a review, and dossiers that were cleared away."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.application import Document
from app.domain.ids import ReviewId
from app.storage.desk.base import put, table_of
from app.storage.desk.change_tables import ClearedRow, CorrectionRow
from app.storage.desk.records import ClearedRecord, CorrectionRecord

_CORRECTION: Final = table_of(CorrectionRow)
_CLEARED: Final = table_of(ClearedRow)


class ChangeRepository:
    """Kept for good: what a review was signed against can be told later."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, review: ReviewId, *, before: tuple[Document, ...], after: tuple[Document, ...], at: datetime) -> None:
        """A package has changed the documents of *review*."""
        last = self._session.execute(
            select(func.max(_CORRECTION.c.number)).where(_CORRECTION.c.review == review)
        ).scalar_one()
        self._session.execute(
            insert(_CORRECTION).values(
                review=review,
                number=(last or 0) + 1,
                arrived_at=at,
                before=msgspec.json.encode(before),
                after=msgspec.json.encode(after),
                settled_at=None,
            )
        )

    def by_review(self, review: ReviewId | None = None) -> dict[ReviewId, tuple[CorrectionRecord, ...]]:
        """Every change of all reviews, or of one, the oldest first."""
        statement = select(_CORRECTION).order_by(_CORRECTION.c.review, _CORRECTION.c.number)
        if review is not None:
            statement = statement.where(_CORRECTION.c.review == review)
        found: dict[ReviewId, list[CorrectionRecord]] = {}
        for row in self._session.execute(statement):
            found.setdefault(ReviewId(row.review), []).append(_record(row))
        return {name: tuple(records) for name, records in found.items()}

    def settle(self, review: ReviewId, *, at: datetime) -> None:
        """The expert has dealt with everything that changed in the dossier of *review* so far."""
        self._session.execute(
            update(_CORRECTION)
            .where(_CORRECTION.c.review == review, _CORRECTION.c.settled_at.is_(None))
            .values(settled_at=at)
        )

    def mark_cleared(self, cleared: ClearedRecord) -> None:
        """The documents of a dossier were removed."""
        put(
            self._session,
            _CLEARED,
            review=cleared.review,
            cleared_at=cleared.cleared_at,
            documents=cleared.documents,
            size=cleared.size,
        )

    def cleared(self) -> dict[ReviewId, ClearedRecord]:
        """Dossiers whose documents were removed after the receipt."""
        rows = self._session.execute(select(_CLEARED))
        return {
            ReviewId(row.review): ClearedRecord(ReviewId(row.review), row.cleared_at, row.documents, row.size)
            for row in rows
        }

    def forget_cleared(self, review: ReviewId) -> None:
        """The dossier was sent again."""
        self._session.execute(_CLEARED.delete().where(_CLEARED.c.review == review))


def _record(row: Row[Any]) -> CorrectionRecord:
    return CorrectionRecord(
        ReviewId(row.review),
        row.number,
        row.arrived_at,
        msgspec.json.decode(row.before, type=tuple[Document, ...]),
        msgspec.json.decode(row.after, type=tuple[Document, ...]),
        row.settled_at,
    )
