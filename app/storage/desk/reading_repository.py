"""Where the expert was, what was read, and what was marked or noted."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.evidence import Anchor
from app.domain.ids import ReviewId, Sha256
from app.storage.desk.base import put, table_of
from app.storage.desk.reading_tables import MarkRow, PlaceRow, ReadPageRow

_PLACE: Final = table_of(PlaceRow)
_READ: Final = table_of(ReadPageRow)
_MARK: Final = table_of(MarkRow)


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where somebody was: a document, a page of it (0 if it has none), and how large it was shown."""

    document: Sha256
    page: int = 0
    zoom: str = ""


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """A highlight, with or without a note; private to this desk."""

    mark: str
    review: ReviewId
    anchor: Anchor = field(repr=False)
    note: str = field(repr=False)
    made_at: datetime


class ReadingRepository:
    """Nothing of this goes into a package."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def place(self, review: ReviewId) -> ReadingPlace | None:
        """Where the expert was in the dossier of *review*."""
        row = self._session.execute(select(_PLACE).where(_PLACE.c.review == review)).one_or_none()
        return ReadingPlace(Sha256(row.document), row.page, row.zoom) if row else None

    def keep_place(self, review: ReviewId, place: ReadingPlace) -> None:
        """The expert is there now."""
        put(self._session, _PLACE, review=review, document=place.document, page=place.page, zoom=place.zoom)

    def add_page(self, review: ReviewId, sha256: Sha256, page: int) -> None:
        """A page was in view."""
        self._session.execute(insert(_READ).values(review=review, sha256=sha256, page=page).on_conflict_do_nothing())

    def read_pages(self, review: ReviewId) -> dict[Sha256, int]:
        """How many pages of each document were in view."""
        counted = select(_READ.c.sha256, func.count().label("pages")).where(_READ.c.review == review)
        return {Sha256(row.sha256): row.pages for row in self._session.execute(counted.group_by(_READ.c.sha256))}

    def save_mark(self, mark: MarkRecord) -> None:
        """Keep a mark, or what was changed of it."""
        put(
            self._session,
            _MARK,
            mark=mark.mark,
            review=mark.review,
            anchor=msgspec.json.encode(mark.anchor),
            note=mark.note,
            made_at=mark.made_at,
        )

    def remove_mark(self, mark: str) -> None:
        """Delete it."""
        self._session.execute(delete(_MARK).where(_MARK.c.mark == mark))

    def mark(self, mark: str) -> MarkRecord | None:
        """One of them."""
        row = self._session.execute(select(_MARK).where(_MARK.c.mark == mark)).one_or_none()
        return _record(row) if row else None

    def marks(self, review: ReviewId) -> tuple[MarkRecord, ...]:
        """All of a review, the oldest first."""
        rows = self._session.execute(
            select(_MARK).where(_MARK.c.review == review).order_by(_MARK.c.made_at, _MARK.c.mark)
        )
        return tuple(_record(row) for row in rows)


def _record(row: Row[Any]) -> MarkRecord:
    anchor = msgspec.json.decode(row.anchor, type=Anchor)
    return MarkRecord(row.mark, ReviewId(row.review), anchor, row.note, row.made_at)
