"""Signed revisions as numbers: one row each, whatever the rubric's length. The words stay in the originals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import ApplicationCode, DeviceCode, DimensionId, ExpertCode, IndicatorId, ReviewId, Sha256
from app.domain.importing import KnownRevision
from app.domain.score_texts import ScoreValue
from app.storage.record.bulk import table_of
from app.storage.record.tables import RevisionRow

_SLICE = 500
_COLUMNS = (
    "sha256", "review", "application", "expert", "device", "revision", "base", "package", "rubric_sha256",
    "dossier_sha256", "recommend", "scores", "total", "dimensions", "sealed_at", "imported_at", "log_number",
    "is_current",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRevision:
    """One revision. ``scores``, ``total`` and ``dimensions`` are texts as they stand in the table."""

    sha256: Sha256
    review: ReviewId
    application: ApplicationCode
    expert: ExpertCode
    device: DeviceCode
    revision: int
    base: Sha256 | None
    package: Sha256
    rubric_sha256: Sha256
    dossier_sha256: Sha256
    recommend: str
    scores: str
    total: str | None
    dimensions: str
    sealed_at: datetime
    imported_at: datetime
    log_number: int
    is_current: bool

    def score_values(self) -> dict[IndicatorId, ScoreValue]:
        """Indicator -> percentage, "na" or "unjudged"."""
        return _SCORES.decode(self.scores)

    def exact_total(self) -> Fraction | None:
        """The total as a fraction."""
        return Fraction(self.total) if self.total is not None else None

    def exact_dimensions(self) -> dict[DimensionId, Fraction | None]:
        """The points of each dimension as fractions."""
        found = _DIMENSIONS.decode(self.dimensions)
        return {DimensionId(name): Fraction(value) if value is not None else None for name, value in found.items()}


_SCORES: msgspec.json.Decoder[dict[IndicatorId, ScoreValue]] = msgspec.json.Decoder(dict[str, int | str])
_DIMENSIONS = msgspec.json.Decoder(dict[str, str | None])


class RevisionRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, reviews: Iterable[ReviewId]) -> dict[ReviewId, list[KnownRevision]]:
        """What is in the record of each of *reviews*, for deciding about more."""
        found: dict[ReviewId, list[KnownRevision]] = {}
        wanted = tuple(reviews)
        for start in range(0, len(wanted), _SLICE):
            rows = self._session.execute(
                select(
                    RevisionRow.review, RevisionRow.sha256, RevisionRow.revision, RevisionRow.base,
                    RevisionRow.log_number, RevisionRow.is_current,
                ).where(RevisionRow.review.in_(wanted[start : start + _SLICE]))
            )  # fmt: skip
            for review, sha256, revision, base, order, is_current in rows:
                known = KnownRevision(Sha256(sha256), revision, Sha256(base) if base else None, order, is_current)
                found.setdefault(ReviewId(review), []).append(known)
        return found

    def replace_current(self, reviews: Sequence[ReviewId], additions: Sequence[StoredRevision]) -> None:
        """Add revisions; of each of *reviews* the one current before is current no longer."""
        for start in range(0, len(reviews), _SLICE):
            self._session.execute(
                update(RevisionRow)
                .where(RevisionRow.review.in_(reviews[start : start + _SLICE]), RevisionRow.is_current)
                .values(is_current=False)
            )
        if additions:
            rows = [{name: getattr(one, name) for name in _COLUMNS} for one in additions]
            self._session.execute(insert(table_of(RevisionRow)), rows)

    def current(self, application: ApplicationCode | None = None) -> Iterator[StoredRevision]:
        """The current revisions of everything, or of one application, by application."""
        query = select(RevisionRow.__table__).where(RevisionRow.is_current)
        if application is not None:
            query = query.where(RevisionRow.application == application)
        return self._read(query.order_by(RevisionRow.application, RevisionRow.expert))

    def current_of(self, reviews: Iterable[ReviewId]) -> dict[ReviewId, StoredRevision]:
        """The current revision of each of *reviews* that has one."""
        wanted = tuple(reviews)
        found: dict[ReviewId, StoredRevision] = {}
        for start in range(0, len(wanted), _SLICE):
            query = select(RevisionRow.__table__).where(
                RevisionRow.is_current, RevisionRow.review.in_(wanted[start : start + _SLICE])
            )
            found |= {one.review: one for one in self._read(query)}
        return found

    def of_review(self, review: ReviewId) -> tuple[StoredRevision, ...]:
        """Every revision of one review, oldest first."""
        query = select(RevisionRow.__table__).where(RevisionRow.review == review)
        return tuple(self._read(query.order_by(RevisionRow.revision, RevisionRow.log_number)))

    def all(self) -> Iterator[StoredRevision]:
        """Everything, for verification."""
        return self._read(select(RevisionRow.__table__).order_by(RevisionRow.sha256))

    def _read(self, query: Any) -> Iterator[StoredRevision]:
        for row in self._session.execute(query, execution_options={"yield_per": 1000}).mappings():
            yield StoredRevision(**row)
