"""Signed revisions."""

from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.domain.outcome import Outcome
from app.storage.desk.base import table_of
from app.storage.desk.records import SealedRecord
from app.storage.desk.review_tables import SealedRow

_SEALED = table_of(SealedRow)


class SealedRepository:
    """What was signed stays as it was signed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: SealedRecord) -> None:
        """Keep a new revision; the earlier one of the same review is superseded."""
        self._session.execute(update(_SEALED).where(_SEALED.c.review == record.review).values(is_superseded=True))
        self._session.execute(
            insert(_SEALED).values(
                content_sha256=record.content_sha256,
                review=record.review,
                application=record.application,
                revision=record.revision,
                data=record.data,
                events=record.events,
                sealed_at=record.sealed_at,
                is_superseded=False,
                outcome=None,
                outcome_log_index=0,
            )
        )

    def get(self, content_sha256: Sha256) -> SealedRecord | None:
        """One revision."""
        row = self._session.execute(select(_SEALED).where(_SEALED.c.content_sha256 == content_sha256)).one_or_none()
        return _record(row) if row else None

    def current(self) -> dict[ReviewId, SealedRecord]:
        """The revision that counts, by review."""
        rows = self._session.execute(select(_SEALED).where(~_SEALED.c.is_superseded).order_by(_SEALED.c.application))
        return {ReviewId(row.review): _record(row) for row in rows}

    def all(self) -> tuple[SealedRecord, ...]:
        """Every revision ever signed here."""
        rows = self._session.execute(select(_SEALED).order_by(_SEALED.c.review, _SEALED.c.revision))
        return tuple(_record(row) for row in rows)

    def set_outcome(self, content_sha256: Sha256, outcome: Outcome, *, log_index: int) -> None:
        """What the secretariat says became of a revision; an older answer never replaces a newer one."""
        self._session.execute(
            update(_SEALED)
            .where(_SEALED.c.content_sha256 == content_sha256, _SEALED.c.outcome_log_index <= log_index)
            .values(outcome=outcome, outcome_log_index=log_index)
        )


def _record(row: Row[Any]) -> SealedRecord:
    return SealedRecord(
        Sha256(row.content_sha256),
        ReviewId(row.review),
        ApplicationCode(row.application),
        row.revision,
        row.data,
        row.events,
        row.sealed_at,
        row.is_superseded,
        Outcome(row.outcome) if row.outcome else None,
    )
