"""What is printed at the desk: forms of reviews, the signature page, the pledge, and a sheet to type into."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.atomic_file import write_atomically
from app.crypto import suite
from app.domain.application import Document
from app.domain.conflict import Declaration, Declared
from app.domain.ids import ExpertCode, ReviewId, Sha256
from app.domain.review import Assessment, Recommendation, SealedReview, revision_code
from app.domain.scoring import totals
from app.i18n import N_, _
from app.packages import canonical
from app.packages.payloads import CredentialPayload
from app.services import desk_fields
from app.services.desk_editing import find_review, require_unlocked
from app.services.desk_enrolment import Enrolled, Profile
from app.services.desk_tasks import rubric_of
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork

SCORE_SHEET = "score-sheet"
OPINION = "opinion"
_CONCLUSIONS = {Recommendation.YES: N_("Recommended"), Recommendation.NO: N_("Not recommended")}
_DECLARED = {Declared.CONFLICT: N_("Recused for a conflict of interest"), Declared.ABSTAIN: N_("Abstained")}


class FormsPort(Protocol):
    """Paper, as the desk needs it: PDF bytes. The same content always gives the same bytes."""

    def prepare(self, work: UnitOfWork, reviews: tuple[SealedReview, ...]) -> None:
        """Many forms are about to be drawn; fonts are put together once for all of them."""

    def sealed_forms(self, work: UnitOfWork, sealed: SealedReview, content: Sha256) -> dict[str, bytes]:
        """Score sheet and opinion of a signed revision, by name."""

    def signature_page(self, work: UnitOfWork, lines: tuple[tuple[SealedReview, Sha256], ...], at: datetime) -> bytes:
        """One page for everything in a hand-in."""


class PaperForms:
    """The forms drawn by :mod:`app.documents`, which is imported when the first one is asked for."""

    def prepare(self, work: UnitOfWork, reviews: tuple[SealedReview, ...]) -> None:
        from app.documents.fonts import add_text

        for sealed in reviews:
            record = find_review(work, sealed.review)
            names = "".join(indicator.name for indicator in rubric_of(work, record).indicators)
            add_text(canonical.encode((sealed.assessment, record.face)).decode() + names)

    def sealed_forms(self, work: UnitOfWork, sealed: SealedReview, content: Sha256) -> dict[str, bytes]:
        from app.documents.form_values import ReviewForm
        from app.documents.review_forms import qualification_opinion, score_sheet

        record = find_review(work, sealed.review)
        rubric = rubric_of(work, record)
        form = ReviewForm(
            campaign=_campaign_name(work, record),
            face=record.face,
            rubric=rubric,
            expert=sealed.expert,
            expert_name=work.desk.profile().name,
            content=content,
            assessment=sealed.assessment,
            totals=totals(rubric, sealed.assessment.scores),
            revision=sealed.revision,
            sealed_at=sealed.sealed_at,
            documents=documents_of(work, sealed.review),
        )
        return {SCORE_SHEET: score_sheet(form).pdf, OPINION: qualification_opinion(form).pdf}

    def signature_page(self, work: UnitOfWork, lines: tuple[tuple[SealedReview, Sha256], ...], at: datetime) -> bytes:
        from app.documents.form_values import HandInLine, SignaturePage
        from app.documents.hand_in_page import signature_page

        first = find_review(work, lines[0][0].review)
        declarations = work.reviews.declarations()
        declined = [(review, made) for review, made in declarations.items() if made.declared in _DECLARED]
        page = SignaturePage(
            campaign=_campaign_name(work, first),
            expert=lines[0][0].expert,
            expert_name=work.desk.profile().name,
            rubric=rubric_of(work, first),
            lines=tuple(
                HandInLine(
                    face=find_review(work, sealed.review).face,
                    conclusion=_conclusion(sealed.assessment),
                    total=totals(rubric_of(work, find_review(work, sealed.review)), sealed.assessment.scores).total,
                    revision=sealed.revision,
                    code=revision_code(content),
                )
                for sealed, content in lines
            ),
            content=Sha256(suite.digest_hex("".join(content for _sealed, content in lines).encode())),
            made_at=at,
            declared=tuple(_declined_line(work, review, made) for review, made in declined),
        )
        return signature_page(page).pdf


class DeskFormsService:
    """Previews and sheets that a person asks for."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def preview(self, review: ReviewId, *, form: str = SCORE_SHEET) -> bytes:
        """The form of a draft as it would be printed, as PDF. It says on every page that it is not signed."""
        from app.documents.form_values import ReviewForm
        from app.documents.review_forms import qualification_opinion, score_sheet

        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            rubric = rubric_of(work, record)
            assessment = desk_fields.draft_from(work.drafts.fields(review)).assessment(rubric)
            credential = credential_of(work, record)
            values = ReviewForm(
                campaign=_campaign_name(work, record),
                face=record.face,
                rubric=rubric,
                expert=credential.expert if credential else ExpertCode(""),
                expert_name=work.desk.profile().name,
                content=canonical.digest_of(assessment),
                assessment=assessment,
                totals=totals(rubric, assessment.scores),
                documents=documents_of(work, review),
            )
        return (score_sheet if form == SCORE_SHEET else qualification_opinion)(values).pdf

    def sealed_form(self, review: ReviewId, *, form: str = SCORE_SHEET) -> bytes:
        """The form of the signed revision, as it lies in the package."""
        with self._store.reading() as work:
            sealed = work.sealed.current()[review]
            value = canonical.decode(sealed.data, SealedReview)
            return PaperForms().sealed_forms(work, value, sealed.content_sha256)[form]

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


def _conclusion(assessment: Assessment) -> str:
    recommend = assessment.opinion.recommend
    return _(_CONCLUSIONS[recommend]) if recommend else ""


def _declined_line(work: UnitOfWork, review: ReviewId, made: Declaration) -> tuple[str, str, str]:
    face = find_review(work, review).face
    return (face.application, face.operator, _(_DECLARED[made.declared]))
