"""What is printed at the desk: forms of reviews, the signature page, the pledge, and a sheet to type into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from app.atomic_file import write_atomically
from app.crypto import suite
from app.domain.application import Document
from app.domain.conflict import Declaration, Declared
from app.domain.examination import ExaminationForm, Question, ReviewForm, assessment_of
from app.domain.ids import ExpertCode, ReviewId, Sha256
from app.domain.onsite.ids import VisitId
from app.domain.onsite.opinion import SignedOpinion
from app.domain.onsite.sheet_code import VisitForm
from app.domain.review import Assessment, Recommendation, ReviewKind, SealedReview, revision_code
from app.domain.rubric import Rubric
from app.domain.scoring import totals
from app.i18n import N_, _
from app.packages import canonical
from app.packages.payloads import CredentialPayload
from app.services import desk_fields
from app.services.desk_editing import find_review, require_unlocked
from app.services.desk_enrolment import Enrolled, Profile
from app.services.desk_errors import OnSiteReviewError
from app.services.desk_onsite import visit_of
from app.services.desk_signed import signed_of
from app.services.desk_tasks import form_of, rubric_of
from app.services.visit_forms import VISIT_FORMS, VisitForms, draw_missing_forms
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork
from app.words.examination import conclusion_word
from app.words.onsite import conclusion_words

SCORE_SHEET = "score-sheet"
OPINION = "opinion"
EXAMINATION = "examination"
_CONCLUSIONS = {Recommendation.YES: N_("Recommended"), Recommendation.NO: N_("Not recommended")}
_DECLARED = {Declared.CONFLICT: N_("Recused for a conflict of interest"), Declared.ABSTAIN: N_("Abstained")}


def forms_of(kind: ReviewKind) -> tuple[str, ...]:
    """Names of the printed forms that a signed review of *kind* has, the first the one to show first."""
    return {
        ReviewKind.EXAMINATION: (EXAMINATION,),
        ReviewKind.QUALIFICATION: (SCORE_SHEET, OPINION),
        ReviewKind.ONSITE: tuple(str(form) for form in VISIT_FORMS),
    }[kind]


@dataclass(frozen=True, slots=True)
class _Written:
    """What is printed: a draft, or a signed revision."""

    assessment: Assessment
    content: Sha256
    expert: ExpertCode
    revision: int | None = None
    sealed_at: datetime | None = None


class FormsPort(Protocol):
    """Paper, as the desk needs it: PDF bytes. The same content always gives the same bytes."""

    def prepare(self, work: UnitOfWork, reviews: tuple[SealedReview, ...]) -> None:
        """Many forms are about to be drawn; fonts are put together once for all of them."""

    def sealed_forms(self, work: UnitOfWork, sealed: SealedReview, content: Sha256) -> dict[str, bytes]:
        """The forms of a signed revision by name, those that :func:`forms_of` names."""

    def signature_page(self, work: UnitOfWork, lines: tuple[tuple[SealedReview, Sha256], ...], at: datetime) -> bytes:
        """One page for everything in a hand-in."""


class PaperForms:
    """The forms drawn by :mod:`app.documents`, which is imported when the first one is asked for."""

    def prepare(self, work: UnitOfWork, reviews: tuple[SealedReview, ...]) -> None:
        from app.documents.fonts import add_text

        for sealed in reviews:
            if sealed.kind is ReviewKind.ONSITE:
                continue
            record = find_review(work, sealed.review)
            form = form_of(work, record)
            asked = form.questions if isinstance(form, ExaminationForm) else form.indicators
            names = "".join(one.text + one.hint if isinstance(one, Question) else one.name for one in asked)
            add_text(canonical.encode((sealed.assessment, record.face)).decode() + names)

    def sealed_forms(self, work: UnitOfWork, sealed: SealedReview, content: Sha256) -> dict[str, bytes]:
        if sealed.kind is ReviewKind.ONSITE:
            return work.sealed_visits.forms(content)
        record = find_review(work, sealed.review)
        written = _Written(sealed.assessment, content, sealed.expert, sealed.revision, sealed.sealed_at)
        return {name: _drawn(work, record, written, form=name) for name in forms_of(record.kind)}

    def signature_page(self, work: UnitOfWork, lines: tuple[tuple[SealedReview, Sha256], ...], at: datetime) -> bytes:
        from app.documents.form_values import HandInLine, SignaturePage
        from app.documents.hand_in_page import signature_page

        records = [find_review(work, sealed.review) for sealed, _content in lines]
        declarations = work.reviews.declarations()
        declined = [(review, made) for review, made in declarations.items() if made.declared in _DECLARED]
        page = SignaturePage(
            campaign=_campaign_name(work, records[0]),
            expert=lines[0][0].expert,
            expert_name=work.desk.profile().name,
            rules=tuple(
                {one.rubric: form_of(work, one) for one in records if one.kind is not ReviewKind.ONSITE}.values()
            ),
            lines=tuple(
                HandInLine(
                    face=record.face,
                    conclusion=_conclusion(work, sealed, content),
                    total=_total(work, record, sealed, content),
                    revision=sealed.revision,
                    code=revision_code(content),
                    kind=record.kind,
                )
                for record, (sealed, content) in zip(records, lines, strict=True)
            ),
            content=Sha256(suite.digest_hex("".join(content for _sealed, content in lines).encode())),
            made_at=at,
            declared=tuple(_declined_line(work, review, made) for review, made in declined),
        )
        return signature_page(page).pdf


class DeskFormsService:
    """Previews and sheets that a person asks for."""

    def __init__(self, store: DeskStore, visit_forms: VisitForms) -> None:
        self._store, self._visit_forms = store, visit_forms

    def preview(self, review: ReviewId, *, form: str = SCORE_SHEET) -> bytes:
        """The form of a draft as it would be printed, as PDF. It says on every page that it is not signed.

        Args:
            form: one of :func:`forms_of`; another one means the first that a review of this kind has.
        """
        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            if record.kind is ReviewKind.ONSITE:
                return self._visit_preview(visit_of(work, record), VisitForm(_known(record, form)), record)
            assessment = assessment_of(form_of(work, record), desk_fields.draft_from(work.drafts.fields(review)))
            credential = credential_of(work, record)
            expert = credential.expert if credential else ExpertCode("")
            written = _Written(assessment, canonical.digest_of(assessment), expert)
            return _drawn(work, record, written, form=_known(record, form))

    def _visit_preview(self, visit: VisitId | None, form: VisitForm, record: ReviewRecord) -> bytes:
        if visit is None:
            raise OnSiteReviewError(application=record.application)
        return self._visit_forms.draw(visit, form).pdf

    def sealed_form(self, review: ReviewId, *, form: str = SCORE_SHEET) -> bytes:
        """The form of the signed revision, as it lies in the package."""
        with self._store.reading() as work:
            sealed = work.sealed.current()[review]
            value = signed_of(sealed)
            record = find_review(work, review)
            drawn = PaperForms().sealed_forms(work, value, sealed.content_sha256)
        if not drawn:  # a visit that is signed and not packed yet
            draw_missing_forms(self._store, [sealed.content_sha256], self._visit_forms)
            with self._store.reading() as work:
                drawn = work.sealed_visits.forms(sealed.content_sha256)
        return drawn[_known(record, form)]

    def pledge(self, enrolled: Enrolled, profile: Profile) -> bytes:
        """The page to print and sign after enrolment, as PDF."""
        from app.documents.form_values import PledgePage
        from app.documents.pledge_page import pledge_page

        return pledge_page(
            PledgePage(
                campaign=enrolled.campaign,
                name=profile.name,
                phone=profile.phone,
                employer=profile.employer,
                relations=profile.relations,
                code=enrolled.code,
                qr=enrolled.qr,
                request=enrolled.request,
                made_at=enrolled.made_at,
            )
        ).pdf

    def typing_sheet(self, review: ReviewId, out: Path) -> Path:
        """Write a sheet that somebody else can type into: numbers and names of the indicators, and nothing else.

        Raises:
            ApplicationUnknownError, DossierLockedError, and the errors of :mod:`app.file_errors`.
        """
        from app.documents.typing_sheet import typing_sheet

        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            rubric = rubric_of(work, record)
        write_atomically(out, typing_sheet(rubric, record.application, rubric_sha256=record.rubric), verify=True)
        return out


def documents_of(work: UnitOfWork, review: ReviewId) -> tuple[Document, ...]:
    """The dossier, for naming evidence."""
    return tuple(listed.document for listed in work.assignments.documents(review))


def credential_of(work: UnitOfWork, record: ReviewRecord) -> CredentialPayload | None:
    """The roster entry of this device in the review's campaign."""
    campaign = work.desk.campaign(record.campaign)
    return canonical.decode(campaign.credential, CredentialPayload) if campaign and campaign.credential else None


def _campaign_name(work: UnitOfWork, record: ReviewRecord) -> str:
    campaign = work.desk.campaign(record.campaign)
    return campaign.name if campaign else record.campaign


def _conclusion(work: UnitOfWork, sealed: SealedReview, content: Sha256) -> str:
    if opinion := _opinion(work, content):
        return conclusion_words(opinion.now)
    recommend = sealed.assessment.opinion.recommend
    if recommend is None:
        return ""
    return conclusion_word(recommend) if sealed.kind is ReviewKind.EXAMINATION else _(_CONCLUSIONS[recommend])


def _total(work: UnitOfWork, record: ReviewRecord, sealed: SealedReview, content: Sha256) -> Fraction | None:
    if opinion := _opinion(work, content):
        return Fraction(opinion.total)
    form = form_of(work, record)
    return totals(form, sealed.assessment.scores).total if isinstance(form, Rubric) else None


def _rules(work: UnitOfWork, records: Sequence[ReviewRecord]) -> tuple[ReviewForm, ...]:
    """What the reviews were filled in by, each once; a visit says on its own forms what it was judged by."""
    filled = [record for record in records if record.kind is not ReviewKind.ONSITE]
    return tuple({record.rubric: form_of(work, record) for record in filled}.values())


def _opinion(work: UnitOfWork, content: Sha256) -> SignedOpinion | None:
    """The joint opinion that a signed on-site review stands for."""
    sealed = work.sealed_visits.get(content)
    return canonical.decode(sealed.opinion, SignedOpinion) if sealed else None


def _known(record: ReviewRecord, form: str) -> str:
    """*form*, or the first that reviews of this kind have."""
    names = forms_of(record.kind)
    return form if form in names else names[0]


def _drawn(work: UnitOfWork, record: ReviewRecord, written: _Written, *, form: str) -> bytes:
    if form == EXAMINATION:
        return _examination(work, record, written)
    from app.documents import form_values
    from app.documents.review_forms import qualification_opinion, score_sheet

    rubric = rubric_of(work, record)
    values = form_values.ReviewForm(
        campaign=_campaign_name(work, record),
        face=record.face,
        rubric=rubric,
        expert=written.expert,
        expert_name=work.desk.profile().name,
        content=written.content,
        assessment=written.assessment,
        totals=totals(rubric, written.assessment.scores),
        revision=written.revision,
        sealed_at=written.sealed_at,
        documents=documents_of(work, record.review),
    )
    return (score_sheet if form == SCORE_SHEET else qualification_opinion)(values).pdf


def _examination(work: UnitOfWork, record: ReviewRecord, written: _Written) -> bytes:
    from app.documents.examination_form import ExaminationPaper, examination_opinion

    form = form_of(work, record)
    if not isinstance(form, ExaminationForm):
        raise RuntimeError("an examination without its questions")
    paper = ExaminationPaper(
        campaign=_campaign_name(work, record),
        face=record.face,
        form=form,
        expert=written.expert,
        expert_name=work.desk.profile().name,
        content=written.content,
        assessment=written.assessment,
        revision=written.revision,
        sealed_at=written.sealed_at,
        documents=documents_of(work, record.review),
    )
    return examination_opinion(paper).pdf


def _declined_line(work: UnitOfWork, review: ReviewId, made: Declaration) -> tuple[str, str, str]:
    face = find_review(work, review).face
    return (face.application, face.operator, _(_DECLARED[made.declared]))
