"""A visit as one frozen value: what a screen, a printed form or a command shows."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.application import FaceSheet
from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.domain.onsite.acknowledgement import Acknowledgement, ReplacedAcknowledgement, acknowledgement_code
from app.domain.onsite.agreement import (
    Consensus,
    Disagreement,
    Dissent,
    ItemGrade,
    JointOpinion,
    Result,
    disagreements,
    settled,
)
from app.domain.onsite.checklist import Checklist, Grade
from app.domain.onsite.contradictions import Contradicting, contradictions
from app.domain.onsite.finding import Finding, ungrounded
from app.domain.onsite.grading import OnsiteScore, needs_approval, score
from app.domain.onsite.hindrance import Hindrance, limitation
from app.domain.onsite.ids import EntryId, ItemId, MemberId, VisitId
from app.domain.onsite.pending import PendingLine
from app.domain.onsite.photo import Binding, MarkedCopy, PhotoFacts, alike, by_time, proposed_slot
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.sampling import Sample
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import Answer, Question, Stage, VisitPlan, visit_code
from app.domain.review import ReviewKind
from app.services.desk_editing import find_review
from app.services.visit_cosigning import SigningSheet, signing_of
from app.services.visit_forks import Fork, forks_of
from app.services.visit_meeting import facts_of
from app.services.visit_notebook import ONLY, Notebook
from app.services.visit_pending import is_changed_since_signing, is_seal_new, pending_of
from app.services.visit_unwritten import unwritten_of
from app.storage.desk.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class TrayPhoto:
    """A photo of the tray, the items it is on, and the line of the timetable it seems to belong to.

    Attributes:
        copy_of: the photo that this one is a marked copy of.
        caption: what the expert at this desk wrote below it for the report.
    """

    photo: PhotoFacts
    items: tuple[ItemId, ...]
    slot: int | None
    copy_of: Sha256 | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the desk review with what the assessors found out."""

    question: Question
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One line of the list of visits; *pending*: what its leader has still to do about it."""

    visit: VisitId
    code: str
    application: ApplicationCode
    operator: str
    stage: Stage
    leader: str
    is_leader: bool
    is_concluded: bool
    created_at: datetime
    pending: tuple[PendingLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheet:
    """Everything about one visit.

    Attributes:
        me: who sits at this desk. grades: what members gave; *settled*: what stands, item by item.
        score: over *settled*, or the frozen one. is_approval_needed: too many items do not apply.
        photos: in the order they were taken. alike: pairs that look alike.
        ungrounded: items with a nonconforming grade and no finding that says why.
        contradictions: nonconformities that say more than the grade, or rest on withdrawn records alone.
        hindrances: what kept the visit from taking place or from seeing everything, the oldest first; *limited*: the
            flag “limited evidence”, where it stands.
        opinion: the joint opinion as far as it is written, or the concluded one.
        replaced: outcomes that another one took the place of, the oldest first.
        facts_code: 8 digits of the sheet of facts as it would be printed now.
        is_acknowledgement_stale: facts changed since the representative signed.
        scans: printed forms that came back signed, in the order they came.
        forks: entries that two copies of one desk wrote differently.
        signing: the joint opinion that is up for signing, and who has signed it.
        is_on_site_review: the visit belongs to an on-site review, which its leader signs and hands in.
        is_signed: that was done; *is_changed*: the joint opinion says something else since.
        is_seal_new: the sealed sheet is among what has changed since.
        pending: what its leader has still to do about it.
        unwritten: what stands in forms of this desk and is not written down yet, by the name of the form.
    """

    visit: VisitId
    code: str
    review: ReviewId
    application: ApplicationCode
    face: FaceSheet
    me: MemberId
    checklist: Checklist
    plan: VisitPlan
    questions: tuple[AskedQuestion, ...]
    records: tuple[EvidenceRecord, ...]
    grades: tuple[ItemGrade, ...]
    disagreements: tuple[Disagreement, ...]
    agreed: tuple[Consensus, ...]
    settled: tuple[tuple[ItemId, Grade], ...]
    score: OnsiteScore
    is_approval_needed: bool
    samples: tuple[Sample, ...]
    photos: tuple[TrayPhoto, ...]
    alike: tuple[tuple[Sha256, Sha256], ...]
    findings: tuple[Finding, ...]
    ungrounded: tuple[ItemId, ...]
    contradictions: tuple[Contradicting, ...]
    dissents: tuple[Dissent, ...]
    hindrances: tuple[Hindrance, ...]
    limited: Hindrance | None
    opinion: str
    acknowledgement: Acknowledgement | None
    replaced: tuple[ReplacedAcknowledgement, ...]
    facts_code: str
    is_acknowledgement_stale: bool
    result: Result | None
    scans: tuple[SignedSheet, ...]
    forks: tuple[Fork, ...]
    signing: SigningSheet
    is_on_site_review: bool
    is_signed: bool
    is_changed: bool
    is_seal_new: bool
    pending: tuple[PendingLine, ...]
    unwritten: tuple[tuple[str, str], ...]


def line_of(work: UnitOfWork, visit: VisitId) -> VisitLine:
    """The visit for a list. Raises ``VisitUnknownError`` and the errors of a locked dossier."""
    notebook = Notebook(work, visit)
    record, plan = notebook.record, notebook.plan
    review = find_review(work, record.review)
    return VisitLine(
        visit,
        visit_code(record.application, visit),
        record.application,
        review.face.operator,
        plan.stage,
        plan.leader.name,
        plan.leader.id == notebook.me,
        notebook.find(Result, ONLY) is not None,
        record.created_at,
        pending_of(work, notebook, review),
    )


def sheet_of(work: UnitOfWork, visit: VisitId) -> VisitSheet:
    """The visit as a whole, from one consistent state. Raises as :func:`line_of`."""
    notebook = Notebook(work, visit)
    checklist, plan = notebook.checklist, notebook.plan
    review = find_review(work, notebook.record.review)
    is_changed = is_changed_since_signing(work, notebook, review)
    grades = tuple(notebook.values(ItemGrade).values())
    agreed = tuple(notebook.values(Consensus).values())
    result = notebook.find(Result, ONLY)
    standing = dict(result.grades) if result else settled(checklist, grades, agreed)
    points = score(checklist, standing)
    findings = tuple(sorted(notebook.values(Finding).values(), key=lambda one: (one.item, one.id)))
    records = tuple(sorted(notebook.values(EvidenceRecord).values(), key=lambda one: (one.item, one.at, one.id)))
    acknowledgement = notebook.find(Acknowledgement, ONLY)
    hindrances = tuple(sorted(notebook.values(Hindrance).values(), key=lambda one: one.number))
    facts = facts_of(notebook)
    photos = _one_each(notebook)
    written = notebook.find(JointOpinion, ONLY)
    return VisitSheet(
        visit=visit,
        code=visit_code(notebook.record.application, visit),
        review=notebook.record.review,
        application=notebook.record.application,
        face=review.face,
        me=notebook.me,
        checklist=checklist,
        plan=plan,
        questions=_questions(notebook),
        records=records,
        grades=tuple(sorted(grades, key=lambda one: (one.item, one.site, one.author))),
        disagreements=disagreements(grades, agreed),
        agreed=tuple(sorted(agreed, key=lambda one: (one.item, one.site))),
        settled=tuple(standing.items()),
        score=points,
        is_approval_needed=needs_approval(checklist, points),
        samples=tuple(sorted(notebook.values(Sample).values(), key=lambda one: (one.item, one.drawn_at, one.id))),
        photos=_tray(notebook, photos),
        alike=alike(photos),
        findings=findings,
        ungrounded=ungrounded(standing, findings),
        contradictions=contradictions(standing, findings, records),
        dissents=tuple(sorted(notebook.values(Dissent).values(), key=lambda one: (one.at, one.id))),
        hindrances=hindrances,
        limited=limitation(hindrances),
        opinion=result.opinion if result else written.text if written else "",
        acknowledgement=acknowledgement,
        replaced=tuple(sorted(notebook.values(ReplacedAcknowledgement).values(), key=lambda one: one.at)),
        facts_code=acknowledgement_code(facts),
        is_acknowledgement_stale=acknowledgement is not None and acknowledgement.facts != facts,
        result=result,
        scans=tuple(sorted(notebook.values(SignedSheet).values(), key=lambda one: (one.at, one.form, one.scan))),
        forks=forks_of(notebook),
        signing=signing_of(work, notebook),
        is_on_site_review=review.kind is ReviewKind.ONSITE,
        is_signed=review.is_sealed,
        is_changed=is_changed,
        is_seal_new=is_seal_new(work, notebook, review),
        pending=pending_of(work, notebook, review, is_changed=is_changed),
        unwritten=unwritten_of(work, visit),
    )


def _one_each(notebook: Notebook) -> tuple[PhotoFacts, ...]:
    """Every picture once, also where two members took the same file in."""
    photos: dict[Sha256, PhotoFacts] = {}
    for _entry, photo in sorted(notebook.values(PhotoFacts).items(), key=_by_entry):
        photos.setdefault(photo.sha256, photo)
    return by_time(photos.values())


def _by_entry(one: tuple[EntryId, PhotoFacts]) -> EntryId:
    return one[0]


def _tray(notebook: Notebook, photos: tuple[PhotoFacts, ...]) -> tuple[TrayPhoto, ...]:
    items: dict[Sha256, set[ItemId]] = {}
    captions: dict[Sha256, str] = {}
    for binding in notebook.values(Binding).values():
        if binding.is_bound:
            items.setdefault(binding.photo, set()).add(binding.item)
            if binding.author == notebook.me and binding.caption:
                captions[binding.photo] = binding.caption
    copies = {one.photo: one.original for one in notebook.values(MarkedCopy).values()}
    found = []
    for photo in photos:
        slot = proposed_slot(notebook.plan, photo)
        placed = tuple(sorted(items.get(photo.sha256, ())))
        sha256, number = photo.sha256, slot.number if slot else None
        found.append(TrayPhoto(photo, placed, number, copies.get(sha256), captions.get(sha256, "")))
    return tuple(found)


def _questions(notebook: Notebook) -> tuple[AskedQuestion, ...]:
    answers: dict[str, list[Answer]] = {}
    for answer in sorted(notebook.values(Answer).values(), key=lambda one: (one.at, one.author)):
        if answer.text:
            answers.setdefault(answer.question, []).append(answer)
    return tuple(AskedQuestion(question, tuple(answers.get(question.id, ()))) for question in notebook.plan.questions)
