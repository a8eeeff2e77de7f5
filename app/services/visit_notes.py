"""What assessors write on site: records, grades, samples, answers. Each act is one short transaction."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.changes import Changes
from app.domain.ids import Sha256
from app.domain.onsite.agreement import ItemGrade
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.grading import check_grade
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId, VisitId
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.record import EvidenceRecord, RecordState
from app.domain.onsite.sampling import Sample, draw, sample_size
from app.domain.onsite.visit import Answer
from app.services.visit_errors import EntryUnknownError
from app.services.visit_moments import in_beijing
from app.services.visit_notebook import Notebook, new_id
from app.storage.desk.store import DeskStore


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDraft:
    """A record as it is typed in; fields as in :class:`app.domain.onsite.record.EvidenceRecord`.

    Attributes:
        site: the only one of the plan where nothing is said. at: now.
        author: a member without a desk whose *paper* is typed; the expert at this desk where nothing is said.
    """

    item: ItemId
    methods: tuple[Method, ...]
    seen: str
    site: SiteId | None = None
    at: datetime | None = None
    asked: str = ""
    place: str = ""
    people: str = ""
    document_number: str = ""
    batch: str = ""
    population: int | None = None
    sample_size: int | None = None
    sample: EntryId | None = None
    photos: tuple[Sha256, ...] = ()
    grade: Grade | None = None
    author: MemberId | None = None
    paper: str = ""
    witness: MemberId | None = None


class VisitNotes:
    """Records, grades, samples and answers of one desk's visits."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def record(self, visit: VisitId, draft: RecordDraft, *, entry: EntryId | None = None) -> tuple[EntryId, Changes]:
        """Write a record down, or write *entry* anew; one that was withdrawn or put right stays so.

        Raises:
            RecordInvalidError, TypedFromInvalidError, OwnWitnessError, UnknownItemError, GradeImpossibleError,
            SiteUnknownError, OwnRecordsOnlyError, NotOnTeamError, NoAssessorError, EntryUnknownError,
            MomentImpossibleError, VisitConcludedError.
        """
        number = entry or new_id()

        def act(notebook: Notebook) -> None:
            author, typed_by = notebook.author(draft.author)
            before = notebook.value(EvidenceRecord, entry) if entry is not None else None
            if before is not None and before.author != author:
                raise EntryUnknownError(entry=number)
            if draft.grade is not None:
                check_grade(notebook.checklist, draft.item, draft.grade)
            if draft.witness is not None:
                notebook.plan.assessor(draft.witness)
            if draft.sample is not None:
                notebook.value(Sample, draft.sample)
            require_photos(notebook, draft.photos)
            record = EvidenceRecord(
                id=number,
                item=notebook.checklist.item(draft.item).id,
                author=author,
                methods=draft.methods,
                seen=draft.seen,
                at=in_beijing(draft.at) if draft.at else notebook.now,
                site=notebook.site(draft.site),
                typed_by=typed_by,
                state=before.state if before else RecordState.STANDING,
                state_reason=before.state_reason if before else "",
                **{
                    name: getattr(draft, name)
                    for name in (
                        "asked", "place", "people", "document_number", "batch", "population", "sample_size", "sample",
                        "photos", "grade", "paper", "witness",
                    )
                },
            )  # fmt: skip
            notebook.put(number, record, author=author)

        return number, self._write(visit, act)

    def withdraw(self, visit: VisitId, entry: EntryId, reason: str) -> Changes:
        """A record was disproved; it stays with its reason. Raises ``UnexplainedError``, ``AlreadySettledError``."""
        return self._restate(visit, entry, lambda record: record.withdrawn(reason))

    def correct(self, visit: VisitId, entry: EntryId, how: str) -> Changes:
        """What a record says was put right on the spot. Raises ``UnexplainedError``, ``AlreadySettledError``."""
        return self._restate(visit, entry, lambda record: record.corrected(how))

    def grade(
        self,
        visit: VisitId,
        item: ItemId,
        grade: Grade | None,
        *,
        site: SiteId | None = None,
        author: MemberId | None = None,
        reason: str = "",
    ) -> Changes:
        """Give *item* a grade, or take it back. Raises ``GradeImpossibleError`` and the like."""

        def act(notebook: Notebook) -> None:
            by, typed_by = notebook.author(author)
            if grade is not None:
                check_grade(notebook.checklist, item, grade)
            where = notebook.site(site)
            given = ItemGrade(notebook.checklist.item(item).id, where, by, grade, reason.strip(), typed_by)
            notebook.put(EntryId(f"{item}@{where}@{by}"), given, author=by)

        return self._write(visit, act)

    def sample(
        self,
        visit: VisitId,
        item: ItemId,
        *,
        of: str,
        population: int,
        size: int | None = None,
        seed: str | None = None,
    ) -> tuple[Sample, Changes]:
        """Draw at random; the seed is kept, so that anybody can draw the same again.

        Args:
            size: what the checklist's table says where nothing is said. seed: fresh and random likewise.

        Raises:
            SampleImpossibleError, UnknownItemError, VisitConcludedError.
        """
        drawn: list[Sample] = []

        def act(notebook: Notebook) -> None:
            by, _typed = notebook.author(None)
            chosen = seed or secrets.token_hex(8)
            wanted = sample_size(notebook.checklist.sampling, population) if size is None else size
            numbers = draw(population, wanted, seed=chosen)
            sample = Sample(
                new_id(), notebook.checklist.item(item).id, of, population, chosen, numbers, by, notebook.now
            )
            notebook.put(sample.id, sample, author=by)
            drawn.append(sample)

        changes = self._write(visit, act)
        return drawn[0], changes

    def answer(self, visit: VisitId, question: str, text: str, *, author: MemberId | None = None) -> Changes:
        """What was found out about a question of the desk review. Raises ``EntryUnknownError``."""

        def act(notebook: Notebook) -> None:
            by, _typed = notebook.author(author)
            if question not in {one.id for one in notebook.plan.questions}:
                raise EntryUnknownError(entry=question)
            notebook.put(EntryId(f"{question}@{by}"), Answer(question, by, text.strip(), notebook.now), author=by)

        return self._write(visit, act)

    def _restate(self, visit: VisitId, entry: EntryId, change: Callable[[EvidenceRecord], EvidenceRecord]) -> Changes:
        def act(notebook: Notebook) -> None:
            record = notebook.value(EvidenceRecord, entry)
            author, _typed = notebook.author(record.author)
            notebook.put(entry, change(record), author=author)

        return self._write(visit, act)

    def _write(self, visit: VisitId, act: Callable[[Notebook], None]) -> Changes:
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            notebook.require_open()
            act(notebook)
            notebook.commit()
        return Changes(visits=frozenset({visit}))


def require_photos(notebook: Notebook, photos: Iterable[Sha256]) -> None:
    """Every one of *photos* is in the visit's tray. Raises ``EntryUnknownError``."""
    wanted = tuple(photos)
    known = {photo.sha256 for photo in notebook.values(PhotoFacts).values()} if wanted else set()
    for photo in wanted:
        if photo not in known:
            raise EntryUnknownError(entry=photo[:8])
