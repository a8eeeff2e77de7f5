"""Reviews that were signed at two desks."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from app.domain.ids import ReviewId, Sha256
from app.storage.desk.base import put, table_of
from app.storage.desk.fork_tables import ForkChoiceRow, ForkRow, ForkVersionRow
from app.storage.desk.records import ForkRecord

_FORK: Final = table_of(ForkRow)
_VERSION: Final = table_of(ForkVersionRow)
_CHOICE: Final = table_of(ForkChoiceRow)


class ForkRepository:
    """Versions are kept for good, like everything that was ever signed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, fork: ForkRecord) -> bool:
        """What the secretariat says, unless something newer is known; whether it was kept."""
        known = self.get(fork.review)
        if known is not None and (known.log_index, known.told_at) > (fork.log_index, fork.told_at):
            return False
        put(
            self._session,
            _FORK,
            review=fork.review,
            counts=fork.counts,
            waiting=msgspec.json.encode(fork.waiting),
            log_index=fork.log_index,
            told_at=fork.told_at,
        )
        return True

    def get(self, review: ReviewId) -> ForkRecord | None:
        """What is known of one review."""
        row = self._session.execute(select(_FORK).where(_FORK.c.review == review)).one_or_none()
        return _record(row) if row else None

    def all(self) -> dict[ReviewId, ForkRecord]:
        """The same of all reviews that ever forked."""
        return {ReviewId(row.review): _record(row) for row in self._session.execute(select(_FORK))}

    def add_version(self, review: ReviewId, content: Sha256, data: bytes) -> None:
        """Keep the bytes of one version."""
        put(self._session, _VERSION, review=review, content=content, data=data)

    def version(self, review: ReviewId, content: Sha256) -> bytes | None:
        """The bytes of one version."""
        query = select(_VERSION.c.data).where(_VERSION.c.review == review, _VERSION.c.content == content)
        return self._session.execute(query).scalar_one_or_none()

    def save_choice(self, review: ReviewId, revision: int, versions: Iterable[Sha256]) -> None:
        """*versions* lay side by side when the expert chose what *revision* begins with."""
        put(self._session, _CHOICE, review=review, revision=revision, versions=msgspec.json.encode(sorted(versions)))

    def choices(self, review: ReviewId | None = None) -> dict[ReviewId, dict[int, tuple[Sha256, ...]]]:
        """What every revision was chosen among, of all reviews or of one."""
        query = select(_CHOICE)
        if review is not None:
            query = query.where(_CHOICE.c.review == review)
        found: dict[ReviewId, dict[int, tuple[Sha256, ...]]] = {}
        for row in self._session.execute(query):
            versions = tuple(Sha256(content) for content in msgspec.json.decode(row.versions, type=list[str]))
            found.setdefault(ReviewId(row.review), {})[row.revision] = versions
        return found

    def forget_choice(self, review: ReviewId, revision: int) -> None:
        """The revision was given up before it was signed."""
        self._session.execute(delete(_CHOICE).where(_CHOICE.c.review == review, _CHOICE.c.revision == revision))


def _record(row: Row[Any]) -> ForkRecord:
    waiting = tuple(Sha256(content) for content in msgspec.json.decode(row.waiting, type=list[str]))
    return ForkRecord(ReviewId(row.review), Sha256(row.counts), waiting, row.log_index, row.told_at)
