"""Visits, their entries, and the questions desk reviews leave for them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import and_, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import ApplicationCode, ReviewId
from app.domain.onsite.ids import EntryId, MemberId, VisitId
from app.domain.onsite.merging import Entry, EntryKind
from app.storage.desk.base import table_of
from app.storage.desk.visit_tables import QuestionRow, VisitEntryRow, VisitRow

_VISIT = table_of(VisitRow)
_ENTRY = table_of(VisitEntryRow)
_QUESTION = table_of(QuestionRow)
_PLAN = _ENTRY.alias("plan")
# Members' notes may come first; without its plan nothing can be said of a visit.
_IS_PLANNED = exists().where(_PLAN.c.visit == _VISIT.c.visit, _PLAN.c.kind == EntryKind.PLAN)


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit; ``checklist`` is the canonical form of what it is judged by."""

    visit: VisitId
    review: ReviewId
    application: ApplicationCode
    checklist: bytes = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question of a desk review."""

    question: str
    review: ReviewId
    about: str
    text: str = field(repr=False)
    asked_at: datetime
    is_withdrawn: bool = False


class VisitRepository:
    """Visits by their identifier, entries by kind and identifier."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, visit: VisitId) -> VisitRecord | None:
        """One visit, once its plan is here."""
        row = self._session.execute(select(_VISIT).where(_VISIT.c.visit == visit, _IS_PLANNED)).one_or_none()
        return VisitRecord(**row._asdict()) if row else None

    def all(self) -> tuple[VisitRecord, ...]:
        """Every visit whose plan is here, in the order they were made."""
        rows = self._session.execute(select(_VISIT).where(_IS_PLANNED).order_by(_VISIT.c.created_at, _VISIT.c.visit))
        return tuple(VisitRecord(**row._asdict()) for row in rows)

    def begun(self, visit: VisitId) -> VisitRecord | None:
        """One visit, also where a member's notes came before the leader's plan."""
        row = self._session.execute(select(_VISIT).where(_VISIT.c.visit == visit)).one_or_none()
        return VisitRecord(**row._asdict()) if row else None

    def add(self, record: VisitRecord) -> None:
        """A new visit."""
        self._session.execute(insert(_VISIT).values(**asdict(record)))

    def entries(self, visit: VisitId, kind: EntryKind | None = None, entry: EntryId | None = None) -> tuple[Entry, ...]:
        """What is written, of one kind or of one entry only if that is named."""
        wanted = [_ENTRY.c.visit == visit]
        wanted += [] if kind is None else [_ENTRY.c.kind == kind]
        wanted += [] if entry is None else [_ENTRY.c.entry == entry]
        rows = self._session.execute(
            select(_ENTRY).where(and_(*wanted)).order_by(_ENTRY.c.kind, _ENTRY.c.entry, _ENTRY.c.sha256)
        )
        return tuple(
            Entry(EntryKind(row.kind), EntryId(row.entry), MemberId(row.author), row.revision, row.content)
            for row in rows
        )

    def is_damaged(self, visit: VisitId) -> bool:
        """Whether an entry of *visit* no longer is what was written under its hash."""
        rows = self._session.execute(select(_ENTRY).where(_ENTRY.c.visit == visit))
        return any(
            Entry(EntryKind(row.kind), EntryId(row.entry), MemberId(row.author), row.revision, row.content).sha256
            != row.sha256
            for row in rows
        )

    def visits_with(self, kind: EntryKind, name: str) -> frozenset[VisitId]:
        """Visits that have an entry ``name@author`` of anybody: the same photograph in two places."""
        starts = _ENTRY.c.entry.startswith(f"{name}@", autoescape=True)
        found = select(_ENTRY.c.visit).join(_VISIT, _VISIT.c.visit == _ENTRY.c.visit)
        found = found.where(_ENTRY.c.kind == kind, starts, _IS_PLANNED)
        return frozenset(VisitId(visit) for visit in self._session.execute(found).scalars())

    def replace(self, visit: VisitId, values: Iterable[Entry], *, at: datetime) -> None:
        """Let *values* stand in place of whatever there is of the same entries."""
        fresh = tuple(values)
        for key in {value.key for value in fresh}:
            kind, entry = key
            self._session.execute(
                delete(_ENTRY).where(_ENTRY.c.visit == visit, _ENTRY.c.kind == kind, _ENTRY.c.entry == entry)
            )
        for value in fresh:
            self._session.execute(
                insert(_ENTRY).values(
                    visit=visit,
                    kind=value.kind,
                    entry=value.id,
                    sha256=value.sha256,
                    author=value.author,
                    revision=value.revision,
                    changed_at=at,
                    content=value.content,
                )
            )

    def ask(self, question: QuestionRecord) -> None:
        """A new question of a desk review."""
        self._session.execute(insert(_QUESTION).values(**asdict(question)))

    def withdraw_question(self, question: str) -> bool:
        """It need not be asked any more; says whether there was such a question."""
        done = self._session.execute(
            update(_QUESTION)
            .where(_QUESTION.c.question == question)
            .values(is_withdrawn=True)
            .returning(_QUESTION.c.question)
        )
        return done.first() is not None

    def questions(self, reviews: Iterable[ReviewId]) -> tuple[QuestionRecord, ...]:
        """What was asked in *reviews* and not withdrawn, in the order it was asked."""
        rows = self._session.execute(
            select(_QUESTION)
            .where(_QUESTION.c.review.in_(tuple(reviews)), ~_QUESTION.c.is_withdrawn)
            .order_by(_QUESTION.c.asked_at, _QUESTION.c.question)
        )
        return tuple(QuestionRecord(**row._asdict()) for row in rows)
