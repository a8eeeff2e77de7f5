"""Versions of reviews that are held beside the one that counts."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import delete, insert, select, union
from sqlalchemy.orm import Session

from app.domain.forks import HeldVersion
from app.domain.ids import ExpertCode, ReviewId, Sha256
from app.domain.tray import TrayState
from app.storage.record.bulk import table_of
from app.storage.record.fork_tables import SettledVersionRow, TrayVersionRow
from app.storage.record.tables import ReviewRow
from app.storage.record.tray_tables import TrayRow

_VERSION: Final = table_of(TrayVersionRow)
_SETTLED: Final = table_of(SettledVersionRow)


class ForkRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, file: Sha256, versions: Sequence[HeldVersion]) -> None:
        """The versions inside one file of the tray, in place of what was noted of it before."""
        self._session.execute(delete(_VERSION).where(_VERSION.c.sha256 == file))
        if versions:
            rows = [
                {
                    "sha256": file,
                    "review": one.review,
                    "content": one.content,
                    "base": one.base,
                    "is_fork": one.is_fork,
                    "data": one.data,
                }
                for one in versions
            ]
            self._session.execute(insert(_VERSION), rows)

    def settle(self, review: ReviewId, contents: Iterable[Sha256], *, revision: int) -> None:
        """*revision* was signed after its expert had looked at *contents*; the first such revision is remembered."""
        new = sorted(set(contents) - self.settled([review]).get(review, {}).keys())
        if new:
            rows = [{"review": review, "content": content, "revision": revision} for content in new]
            self._session.execute(insert(_SETTLED), rows)

    def settled(self, reviews: Collection[ReviewId]) -> dict[ReviewId, dict[Sha256, int]]:
        """The versions of each of *reviews* that were chosen among, and by which revision they were superseded."""
        found: dict[ReviewId, dict[Sha256, int]] = {}
        rows = self._session.execute(select(_SETTLED).where(_SETTLED.c.review.in_(tuple(reviews))))
        for row in rows:
            found.setdefault(ReviewId(row.review), {})[Sha256(row.content)] = row.revision
        return found

    def held(self, reviews: Collection[ReviewId]) -> dict[ReviewId, tuple[HeldVersion, ...]]:
        """What the tray holds of *reviews*, but for what a person refused."""
        query = (
            select(_VERSION)
            .join(TrayRow, TrayRow.sha256 == _VERSION.c.sha256)
            .where(_VERSION.c.review.in_(tuple(reviews)), TrayRow.state == TrayState.WAITING)
            .order_by(_VERSION.c.review, _VERSION.c.content, _VERSION.c.sha256)
        )
        found: dict[ReviewId, dict[Sha256, HeldVersion]] = {}
        for row in self._session.execute(query):
            version = HeldVersion(
                review=ReviewId(row.review),
                content=Sha256(row.content),
                base=Sha256(row.base) if row.base else None,
                is_fork=row.is_fork,
                data=row.data,
            )
            found.setdefault(version.review, {})[version.content] = version
        return {review: tuple(versions.values()) for review, versions in found.items()}

    def forked_reviews(self, expert: ExpertCode) -> tuple[ReviewId, ...]:
        """Reviews of *expert* that ever came in more than one version and are still asked for."""
        forked = union(select(_VERSION.c.review).where(_VERSION.c.is_fork), select(_SETTLED.c.review))
        query = select(ReviewRow.review).where(
            ReviewRow.expert == expert, ReviewRow.recalled_at.is_(None), ReviewRow.review.in_(forked)
        )
        return tuple(ReviewId(review) for review in sorted(self._session.execute(query).scalars()))

    def files_with(self, reviews: Collection[ReviewId]) -> dict[Sha256, dict[ReviewId, Sha256]]:
        """Files of the tray that wait and hold a version of one of *reviews*, with everything held in each."""
        touched = select(_VERSION.c.sha256).where(_VERSION.c.review.in_(tuple(reviews)))
        query = (
            select(_VERSION.c.sha256, _VERSION.c.review, _VERSION.c.content)
            .join(TrayRow, TrayRow.sha256 == _VERSION.c.sha256)
            .where(_VERSION.c.sha256.in_(touched), TrayRow.state == TrayState.WAITING)
        )
        found: dict[Sha256, dict[ReviewId, Sha256]] = {}
        for sha256, review, content in self._session.execute(query):
            found.setdefault(Sha256(sha256), {})[ReviewId(review)] = Sha256(content)
        return found
