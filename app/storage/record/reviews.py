"""Assignments and declarations: which expert was asked for which application, and what they declared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.conflict import ConflictKind, Declaration, Declared
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.review import ReviewKind
from app.storage.record.bulk import table_of
from app.storage.record.tables import DeclarationRow, ReviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    """One assignment; ``deadline_at`` stands once it was issued."""

    review: ReviewId
    application: ApplicationCode
    expert: ExpertCode
    kind: ReviewKind
    assigned_at: datetime
    deadline_at: datetime | None = None
    recalled_at: datetime | None = None
    recall_reason: str | None = None

    @property
    def is_recalled(self) -> bool:
        """Whether the expert is no longer asked."""
        return self.recalled_at is not None


@dataclass(frozen=True, slots=True)
class StoredDeclaration:
    """The latest declaration of a review and the package (inner hash) that brought it."""

    review: ReviewId
    declaration: Declaration
    package: Sha256


class ReviewRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, reviews: Sequence[StoredReview]) -> None:
        if reviews:
            self._session.execute(
                insert(table_of(ReviewRow)),
                [
                    {
                        "review": review.review,
                        "application": review.application,
                        "expert": review.expert,
                        "kind": str(review.kind),
                        "assigned_at": review.assigned_at,
                    }
                    for review in reviews
                ],
            )

    def all(
        self, *, expert: ExpertCode | None = None, kind: ReviewKind | None = None, with_recalled: bool = False
    ) -> tuple[StoredReview, ...]:
        """Assignments, by application and expert; without *kind* of all three."""
        query = select(ReviewRow).order_by(ReviewRow.application, ReviewRow.expert, ReviewRow.review)
        if expert is not None:
            query = query.where(ReviewRow.expert == expert)
        if kind is not None:
            query = query.where(ReviewRow.kind == str(kind))
        if not with_recalled:
            query = query.where(ReviewRow.recalled_at.is_(None))
        return tuple(_review(row) for row in self._session.execute(query).scalars())

    def of_application(self, application: ApplicationCode) -> tuple[StoredReview, ...]:
        """All that were ever assigned for *application*."""
        query = (
            select(ReviewRow).where(ReviewRow.application == application).order_by(ReviewRow.expert, ReviewRow.review)
        )
        return tuple(_review(row) for row in self._session.execute(query).scalars())

    def by_id(self, reviews: Iterable[ReviewId]) -> dict[ReviewId, StoredReview]:
        """Those of *reviews* that exist."""
        found: dict[ReviewId, StoredReview] = {}
        for some in _slices(tuple(reviews)):
            rows = self._session.execute(select(ReviewRow.__table__).where(ReviewRow.review.in_(some)))
            found |= {ReviewId(row.review): _review(row) for row in rows}
        return found

    def find(self, expert: ExpertCode, application: ApplicationCode, *, kind: ReviewKind) -> StoredReview | None:
        """The assignment that stands now."""
        standing = self.standing(expert, application)
        return next((review for review in standing if review.kind is kind), None)

    def standing(self, expert: ExpertCode, application: ApplicationCode) -> tuple[StoredReview, ...]:
        """What *expert* is asked for about *application* now: at most one review of each kind."""
        query = (
            select(ReviewRow)
            .where(ReviewRow.expert == expert, ReviewRow.application == application, ReviewRow.recalled_at.is_(None))
            .order_by(ReviewRow.review)
        )
        return tuple(_review(row) for row in self._session.execute(query).scalars())

    def recall(self, reviews: Sequence[ReviewId], *, at: datetime, reason: str) -> None:
        self._session.execute(
            update(ReviewRow).where(ReviewRow.review.in_(reviews)).values(recalled_at=at, recall_reason=reason)
        )

    def set_deadline(self, reviews: Sequence[ReviewId], deadline_at: datetime) -> None:
        for some in _slices(reviews):
            self._session.execute(update(ReviewRow).where(ReviewRow.review.in_(some)).values(deadline_at=deadline_at))

    def declarations(self, reviews: Iterable[ReviewId] | None = None) -> dict[ReviewId, StoredDeclaration]:
        """The latest of every review, or of those named."""
        query = select(DeclarationRow, ReviewRow.application).join(ReviewRow, ReviewRow.review == DeclarationRow.review)
        found: dict[ReviewId, StoredDeclaration] = {}
        slices = [None] if reviews is None else list(_slices(tuple(reviews)))
        for some in slices:
            chosen = query if some is None else query.where(DeclarationRow.review.in_(some))
            for row, application in self._session.execute(chosen):
                found[ReviewId(row.review)] = _declaration(row, ApplicationCode(application))
        return found

    def put_declarations(self, declarations: Sequence[StoredDeclaration], *, known: Iterable[ReviewId]) -> None:
        """Store *declarations*, replacing those of *known* reviews."""
        replaced = set(known)
        fresh = [_declaration_row(one) for one in declarations if one.review not in replaced]
        if fresh:
            self._session.execute(insert(table_of(DeclarationRow)), fresh)
        for one in declarations:
            if one.review in replaced:
                row = _declaration_row(one)
                self._session.execute(update(DeclarationRow).where(DeclarationRow.review == one.review).values(row))


_SLICE = 500  # SQLite's limit on parameters is far above, PostgreSQL's plans are best below


def _slices(reviews: Sequence[ReviewId]) -> Iterable[Sequence[ReviewId]]:
    return (reviews[start : start + _SLICE] for start in range(0, len(reviews), _SLICE))


def _review(row: Any) -> StoredReview:
    return StoredReview(
        review=ReviewId(row.review),
        application=ApplicationCode(row.application),
        expert=ExpertCode(row.expert),
        kind=ReviewKind(row.kind),
        assigned_at=row.assigned_at,
        deadline_at=row.deadline_at,
        recalled_at=row.recalled_at,
        recall_reason=row.recall_reason,
    )


def _declaration(row: DeclarationRow, application: ApplicationCode) -> StoredDeclaration:
    return StoredDeclaration(
        ReviewId(row.review),
        Declaration(
            application,
            Declared(row.declared),
            row.declared_at,
            kind=ConflictKind(row.conflict) if row.conflict else None,
            note=row.note,
        ),
        Sha256(row.package),
    )


def _declaration_row(stored: StoredDeclaration) -> dict[str, object]:
    declaration = stored.declaration
    return {
        "review": stored.review,
        "declared": str(declaration.declared),
        "conflict": str(declaration.kind) if declaration.kind else None,
        "note": declaration.note,
        "declared_at": declaration.declared_at,
        "package": stored.package,
    }
