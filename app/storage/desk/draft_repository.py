"""Fields of drafts and the steps that led to them. Every statement here runs while somebody types."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from app.domain.ids import ReviewId
from app.storage.desk.base import table_of
from app.storage.desk.records import EMPTY, FieldValue, Step
from app.storage.desk.review_tables import FieldRow, StepRow

_FIELD = table_of(FieldRow)
_STEP = table_of(StepRow)
STEPS_KEPT: Final = 300

_put_field = upsert(_FIELD)
_PUT_FIELD: Final = _put_field.on_conflict_do_update(
    index_elements=["review", "target"],
    set_={"value": _put_field.excluded.value, "content": _put_field.excluded.content},
)
_GET_FIELD: Final = select(_FIELD.c.value, _FIELD.c.content).where(
    _FIELD.c.review == bindparam("review_"), _FIELD.c.target == bindparam("target_")
)
_LAST_STEP: Final = select(func.max(_STEP.c.number)).where(_STEP.c.review == bindparam("review_"))
_EXTEND_STEP: Final = (
    update(_STEP)
    .where(_STEP.c.review == bindparam("review_"), _STEP.c.number == _LAST_STEP.scalar_subquery())
    .values(after_value=bindparam("value_"), after_content=bindparam("content_"))
)


class DraftRepository:
    """What has been typed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def field(self, review: ReviewId, target: str) -> FieldValue:
        """One field, empty if it was never touched."""
        row = self._session.execute(_GET_FIELD, {"review_": review, "target_": target}).one_or_none()
        return FieldValue(row.value, row.content) if row else EMPTY

    def fields(self, review: ReviewId) -> dict[str, FieldValue]:
        """Every field of a review that was ever touched."""
        rows = self._session.execute(select(_FIELD).where(_FIELD.c.review == review))
        return {row.target: FieldValue(row.value, row.content) for row in rows}

    def all_fields(self) -> dict[ReviewId, dict[str, FieldValue]]:
        """The fields of every review."""
        found: dict[ReviewId, dict[str, FieldValue]] = {}
        for row in self._session.execute(select(_FIELD)):
            found.setdefault(ReviewId(row.review), {})[row.target] = FieldValue(row.value, row.content)
        return found

    def put(self, review: ReviewId, target: str, field: FieldValue) -> None:
        """Set one field."""
        self._session.execute(
            _PUT_FIELD, {"review": review, "target": target, "value": field.value, "content": field.content}
        )

    def add_step(
        self,
        review: ReviewId,
        target: str,
        *,
        before: FieldValue,
        after: FieldValue,
        at: datetime | None = None,
        batch: int | None = None,
    ) -> None:
        """Remember a step; whatever had been undone can no longer be done again."""
        self._session.execute(delete(_STEP).where(_STEP.c.review == review, _STEP.c.is_undone))
        last = self._session.execute(_LAST_STEP, {"review_": review}).scalar_one() or 0
        self._session.execute(
            insert(_STEP).values(
                review=review,
                number=last + 1,
                target=target,
                before_value=before.value,
                before_content=before.content,
                after_value=after.value,
                after_content=after.content,
                is_undone=False,
                made_at=at,
                batch=batch,
            )
        )
        if last and last % STEPS_KEPT == 0:
            self._session.execute(delete(_STEP).where(_STEP.c.review == review, _STEP.c.number <= last - STEPS_KEPT))

    def extend_step(self, review: ReviewId, after: FieldValue) -> None:
        """The last step goes on: more of the same text was typed."""
        self._session.execute(_EXTEND_STEP, {"review_": review, "value_": after.value, "content_": after.content})

    def step_to_undo(self, review: ReviewId) -> Step | None:
        """The newest step that has not been undone."""
        return self._step(
            select(_STEP).where(_STEP.c.review == review, ~_STEP.c.is_undone).order_by(_STEP.c.number.desc()).limit(1)
        )

    def step_to_redo(self, review: ReviewId) -> Step | None:
        """The oldest step that has been undone."""
        return self._step(
            select(_STEP).where(_STEP.c.review == review, _STEP.c.is_undone).order_by(_STEP.c.number).limit(1)
        )

    def steps(self, review: ReviewId) -> tuple[Step, ...]:
        """Every step that is still kept, the oldest first; those taken back included."""
        rows = self._session.execute(select(_STEP).where(_STEP.c.review == review).order_by(_STEP.c.number))
        return tuple(map(_step, rows))

    def mark_step(self, review: ReviewId, number: int, *, is_undone: bool) -> None:
        """A step was taken back, or done again."""
        self._session.execute(
            update(_STEP).where(_STEP.c.review == review, _STEP.c.number == number).values(is_undone=is_undone)
        )

    def forget_steps(self, review: ReviewId) -> None:
        """Nothing can be undone beyond this point."""
        self._session.execute(delete(_STEP).where(_STEP.c.review == review))

    def _step(self, statement: Any) -> Step | None:
        row: Row[Any] | None = self._session.execute(statement).one_or_none()
        return _step(row) if row else None


def _step(row: Row[Any]) -> Step:
    return Step(
        row.number,
        row.target,
        FieldValue(row.before_value, row.before_content),
        FieldValue(row.after_value, row.after_content),
        row.made_at,
        row.batch,
        row.is_undone,
    )
