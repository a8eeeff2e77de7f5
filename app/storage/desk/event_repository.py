"""Event chains: lines are added at the end and never touched again."""

from collections.abc import Iterator

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.ids import ReviewId, Sha256
from app.storage.desk.base import table_of
from app.storage.desk.review_tables import EventRow

_EVENT = table_of(EventRow)


class EventRepository:
    """The lines of all chains."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, review: ReviewId, number: int, line: bytes, *, head: Sha256) -> None:
        """One more line."""
        self._session.execute(insert(_EVENT).values(review=review, number=number, line=line, head=head))

    def lines(self, review: ReviewId) -> tuple[bytes, ...]:
        """The chain of one review, from its beginning."""
        rows = self._session.execute(select(_EVENT.c.line).where(_EVENT.c.review == review).order_by(_EVENT.c.number))
        return tuple(rows.scalars())

    def chains(self) -> Iterator[tuple[ReviewId, int, bytes, Sha256]]:
        """Review, number, line and head of every line, chain by chain."""
        rows = self._session.execute(select(_EVENT).order_by(_EVENT.c.review, _EVENT.c.number))
        return ((ReviewId(row.review), row.number, row.line, Sha256(row.head)) for row in rows)
