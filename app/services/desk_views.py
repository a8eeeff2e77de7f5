"""What the desk shows: frozen values for lists and screens, put together from one consistent state."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.domain.application import Document, FaceSheet
from app.domain.conflict import Declaration
from app.domain.draft import Draft
from app.domain.examination import ExaminationForm
from app.domain.ids import ApplicationCode, CampaignId, IndicatorId, PackageId, ReviewId, Sha256
from app.domain.onsite.ids import VisitId
from app.domain.outcome import Outcome
from app.domain.review import Answer, Missing, ReviewKind
from app.domain.rubric import Rubric
from app.domain.scoring import Totals
from app.domain.task import TaskState
from app.domain.touched import Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the task list.

    Attributes:
        scored, of: indicators that are dealt with, out of how many.
        total: points so far, rescaled over what is judged; *full* is the most there can be.
        documents_here, documents: files of the dossier, here and listed.
        missing_parts: numbers of the assignment's parts that have not arrived, and of how many.
        dossier_changed: the secretariat changed the dossier after this review was signed.
        outcome: what the secretariat says became of the signed revision.
        revision_code: 8 digits of the signed revision; empty if there is none.
        versions: how many signed versions of it wait for the expert to choose one; 0 where there is nothing to choose.
        cleared_at: when the documents were removed after the receipt; ``None`` while they are here.
        correction: what changed in the dossier and waits for the expert to look at; ``None`` if nothing does.
        visit: of an on-site review, the visit it is written in; ``None`` while none is planned.
    """

    review: ReviewId
    application: ApplicationCode
    campaign: CampaignId
    kind: ReviewKind
    face: FaceSheet
    state: TaskState
    scored: int
    of: int
    total: Fraction | None
    full: int
    deadline: datetime
    is_overdue: bool
    revision: int
    is_revising: bool
    declaration: Declaration | None
    documents_here: int
    documents: int
    missing_parts: tuple[int, ...]
    parts: int
    dossier_changed: bool
    recall_reason: str
    evidence: int
    outcome: Outcome | None
    revision_code: str
    sealed_at: datetime | None
    correction: Correction | None = None
    cleared_at: datetime | None = None
    visit: VisitId | None = None
    versions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """“9 of 15 handed in”, and what is due next."""

    of: int
    handed_in: int
    confirmed: int
    complete: int
    undeclared: int
    next_deadline: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """Everything beside the viewer: what was written, what it adds up to, and what is missing.

    Attributes:
        reason_typed: why a signed review is to be opened anew, as far as it was typed and not asked for yet.
    """

    task: Task
    rubric: Rubric
    draft: Draft
    totals: Totals
    missing: tuple[Missing, ...]
    uncited: tuple[IndicatorId, ...]
    is_editable: bool
    can_undo: bool
    can_redo: bool
    revision: int
    revision_reason: str
    reason_typed: str

    @property
    def form(self) -> Rubric:
        """What the review is filled in by."""
        return self.rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationSheet:
    """The same of an examination (Art. 9), which has answers and no totals."""

    task: Task
    form: ExaminationForm
    draft: Draft
    missing: tuple[Missing, ...]
    is_editable: bool
    can_undo: bool
    can_redo: bool
    revision: int
    revision_reason: str
    reason_typed: str

    def answer(self, question: str) -> Answer:
        """What was written beside *question*, empty if nothing was."""
        found = (answer for answer in self.draft.answers if answer.question == question)
        return next(found, Answer(question, None))


Sheet = ReviewSheet | ExaminationSheet
"""What stands beside the viewer: one type per kind of review."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document in the list beside the page."""

    number: int
    document: Document
    is_here: bool
    is_cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedReview:
    """A signed revision inside a package; *is_new* if it was signed with it."""

    review: ReviewId
    application: ApplicationCode
    revision: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingPackage:
    """A package this desk wrote, and what is known of its fate."""

    package: PackageId
    sha256: Sha256
    campaign: CampaignId
    seq: int
    written_at: datetime
    file_name: str
    is_exported: bool
    reviews: tuple[CarriedReview, ...]
    outcome: Outcome | None
    receipt_number: str | None
    is_signed_receipt: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether the secretariat has answered."""
        return self.outcome is not None
