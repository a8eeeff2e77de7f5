"""Signing and handing in: reviews are closed for good, one package is written, read back, and only then called done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.crypto import certificates
from app.crypto.unlocked_header import UnlockedHeader
from app.domain.changes import Changes
from app.domain.events import EventKind
from app.domain.examination import assessment_of, missing
from app.domain.ids import ApplicationCode, CampaignId, PackageId, ReviewId, Sha256
from app.domain.onsite.returned import LostPhoto
from app.domain.review import Assessment, ReviewKind, SealedReview
from app.i18n import _
from app.packages import canonical
from app.packages.log_chain import join_lines
from app.packages.payloads import CredentialPayload
from app.progress import NoProgress, Progress
from app.services import desk_fields
from app.services.desk_corrections import require_confirmed, touched_in
from app.services.desk_editing import Editing, find_review, require_editable
from app.services.desk_errors import (
    FileExistsHereError,
    NoCredentialError,
    NotEnrolledError,
    NothingToSealError,
    ReviewIncompleteError,
    SeveralCampaignsError,
    SignedDamagedError,
)
from app.services.desk_forms import FormsPort
from app.services.desk_hand_in import HandIn, write_hand_in
from app.services.desk_keys import KeyFile, campaign_signer
from app.services.desk_missing import missing_words
from app.services.desk_onsite import gaps_of, leads
from app.services.desk_receipts import HALF_ARRIVED
from app.services.desk_restored import require_enrolled
from app.services.desk_tasks import form_of
from app.services.desk_views import CarriedReview, OutgoingPackage
from app.services.visit_forms import VisitForms, draw_missing_forms
from app.services.visit_packing import signatures_due
from app.services.visit_sealing import ClosedVisit, close_visit, require_lead
from app.storage.desk.records import SealedRecord
from app.storage.desk.store import DeskStore, UnitOfWork

_MOST_NAMED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A package that was written, read back and counted.

    Attributes:
        cosignatures: below joint opinions of visits, one's own and, from a leader, the members'.
        damaged: applications with a signed version that is due and damaged. It is not in the package.
        lost_photos: by application, photographs that a visit rests on and that could not be packed. The package
            names every one of them.
    """

    file: Path
    package: PackageId
    sha256: Sha256
    seq: int
    reviews: tuple[CarriedReview, ...]
    declarations: int
    cosignatures: int
    lost_photos: tuple[tuple[ApplicationCode, LostPhoto], ...]
    changes: Changes
    damaged: tuple[ApplicationCode, ...] = ()


class SealingService:
    """Signing needs the passphrase again; drafts do not."""

    def __init__(
        self,
        store: DeskStore,
        keys: KeyFile,
        forms: FormsPort,
        *,
        visit_forms: VisitForms,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._keys, self._forms, self._after = store, keys, forms, after
        self._visit_forms = visit_forms

    def ready(self) -> tuple[ReviewId, ...]:
        """Drafts that are complete and could be signed now."""
        with self._store.reading() as work:
            return tuple(
                record.review
                for record in work.reviews.all()
                if record.is_unlocked
                and not record.is_sealed
                and (record.kind is not ReviewKind.ONSITE or leads(work, record))
                and not _missing(work, record.review)
                and not touched_in(work, record)
            )

    def cosignatures(self) -> int:
        """How many signatures below joint opinions of visits wait for a package to go with."""
        with self._store.reading() as work:
            return sum(len(signatures_due(work, one.campaign)) for one in work.desk.campaigns())

    def packages(self) -> tuple[OutgoingPackage, ...]:
        """Everything this desk has handed in, the newest first."""
        with self._store.reading() as work:
            carried = work.packages.carried()
            return tuple(
                OutgoingPackage(
                    package=sent.package,
                    sha256=sent.sha256,
                    campaign=sent.campaign,
                    seq=sent.seq,
                    written_at=sent.written_at,
                    file_name=sent.file_name,
                    is_exported=sent.is_exported,
                    reviews=tuple(_carried(work, content) for content in carried.get(sent.sha256, ())),
                    outcome=sent.outcome,
                    receipt_number=sent.receipt_number,
                    is_signed_receipt=sent.is_signed_receipt,
                )
                for sent in work.packages.sent()
            )

    def seal(
        self,
        reviews: Sequence[ReviewId],
        *,
        passphrase: str,
        out: Path,
        declarations: bool = False,
        progress: Progress | None = None,
    ) -> HandedIn:
        """Sign *reviews* and write one package with everything that has no receipt yet.

        Args:
            reviews: what to sign now; may be empty if something signed, or a declaration, still waits to be sent.
            declarations: a package is wanted even if it carries nothing but declarations.

        Raises:
            WrongPassphraseError, NoCredentialError, RestoredDeskError, ReviewIncompleteError,
            CorrectionUnconfirmedError, SealedReviewError, NothingToSealError, SeveralCampaignsError,
            SignedDamagedError, FileExistsHereError, and the errors of :mod:`app.file_errors`. If the medium fails, the
            reviews stay signed and can be written again elsewhere.
        """
        if out.exists():
            raise FileExistsHereError(file=out.name)
        steps = progress or NoProgress()
        with self._store.reading() as work:
            require_enrolled(work)
        unlocked = self._keys.unlock_typed(passphrase)
        self._finish_office_half(unlocked)
        campaign = self._campaign_of(reviews)
        new = self._close(reviews, campaign)
        with self._store.reading() as work:
            signer = campaign_signer(work, unlocked, campaign)
            hand_in = HandIn.gather(work, campaign, new=new)
        if hand_in.damaged and not (hand_in.reviews or hand_in.signatures or declarations):
            raise SignedDamagedError(application=hand_in.damaged[0])
        if not (hand_in.reviews or hand_in.signatures) and not (declarations and hand_in.declarations):
            raise NothingToSealError
        draw_missing_forms(self._store, (one.content_sha256 for one in hand_in.reviews), self._visit_forms)
        written = write_hand_in(self._store, hand_in, forms=self._forms, signer=signer, out=out, progress=steps)
        self._after()
        return HandedIn(
            file=out,
            package=written.package,
            sha256=written.sha256,
            seq=written.seq,
            reviews=hand_in.carried(),
            declarations=len(hand_in.declarations),
            cosignatures=len(hand_in.signatures),
            lost_photos=written.lost_photos,
            changes=Changes(tasks=True, packages=True, reviews=frozenset(reviews)),
            damaged=hand_in.damaged,
        )

    def _campaign_of(self, reviews: Sequence[ReviewId]) -> CampaignId:
        """The one campaign the package goes to."""
        with self._store.reading() as work:
            found = {find_review(work, review).campaign for review in reviews}
            if not found:
                unconfirmed = {work.reviews.get(review) for review in _waiting(work)}
                found = {record.campaign for record in unconfirmed if record}
            if not found:
                found = {campaign.campaign for campaign in work.desk.campaigns()[:1]}
        if len(found) > 1:
            raise SeveralCampaignsError
        if not found:
            raise NotEnrolledError
        return found.pop()

    def _close(self, reviews: Sequence[ReviewId], campaign: CampaignId) -> frozenset[Sha256]:
        """Close every draft of *reviews*, all or none; content hashes of the new revisions."""
        with self._store.writing() as work:
            known = work.desk.campaign(campaign)
            if known is None or known.credential is None:
                raise NoCredentialError
            credential = canonical.decode(known.credential, CredentialPayload)
            new = frozenset(_close_one(work, review, credential) for review in dict.fromkeys(reviews))
            if new:
                work.commit("".join(sorted(new)).encode(), at=work.tick().at)
        return new

    def _finish_office_half(self, unlocked: UnlockedHeader) -> None:
        """A renewed office half has arrived: its predecessor stops working now that the key file is open."""
        with self._store.writing() as work:
            if work.desk.setting(HALF_ARRIVED) is None:
                return
            if unlocked.has_office_half_on_its_way:
                self._keys.write(unlocked.with_office_half_confirmed())
            work.desk.remove_setting(HALF_ARRIVED)
            work.desk.save_profile(replace(work.desk.profile(), office_half=""))
            work.commit(HALF_ARRIVED.encode())


def _missing(work: UnitOfWork, review: ReviewId) -> str:
    record = find_review(work, review)
    form = form_of(work, record) if record.kind is not ReviewKind.ONSITE else None
    if form is None:
        left = gaps_of(work, record)
    else:
        left = missing(form, assessment_of(form, desk_fields.draft_from(work.drafts.fields(review))))
    named = [missing_words(item, form) for item in left[:_MOST_NAMED]]
    if len(left) > _MOST_NAMED:
        named.append(_("and {count} more").format(count=len(left) - _MOST_NAMED))
    return _("; ").join(named)


def _close_one(work: UnitOfWork, review: ReviewId, credential: CredentialPayload) -> Sha256:
    record = find_review(work, review)
    require_editable(record)
    visit: ClosedVisit | None = None
    if record.kind is ReviewKind.ONSITE:
        require_lead(work, record)
    if what := _missing(work, review):
        raise ReviewIncompleteError(application=record.application, what=what)
    require_confirmed(work, record)
    editing = Editing(work, record)
    editing.settle()
    if record.kind is ReviewKind.ONSITE:
        visit, assessment = close_visit(work, record), Assessment()
    else:
        assessment = assessment_of(form_of(work, record), desk_fields.draft_from(work.drafts.fields(review)))
    tick = work.tick()
    digest = visit.digest if visit else canonical.digest_of(assessment)
    editing.log(EventKind.SEALED, value=str(record.revision), digest=digest)
    assignment = work.assignments.get(record.assignment)
    if assignment is None:  # a foreign key forbids it
        raise RuntimeError("a review without its assignment")
    sealed = SealedReview(
        review=review,
        application=record.application,
        expert=credential.expert,
        device=credential.device,
        kind=record.kind,
        revision=record.revision,
        base=record.base,
        rubric=visit.reading if visit else record.rubric,
        assignment=assignment.package,
        assignment_sha256=assignment.package_sha256,
        dossier=record.dossier,
        assessment=assessment,
        reason=record.revision_reason,
        sealed_at=certificates.whole_seconds(tick.at),
        events_head=editing.record.event_head,
        clock_suspect=editing.record.clock_suspect,
        joint_opinion=visit.digest if visit else None,
    )
    editing.record = replace(editing.record, is_sealed=True)
    editing.save()
    content = _keep(work, sealed)
    if visit is not None:
        work.sealed_visits.add(visit.sealed(content))
    work.drafts.forget_steps(review)
    work.dossier_changes.settle(review, at=tick.at)
    return content


def _keep(work: UnitOfWork, sealed: SealedReview) -> Sha256:
    """Store the exact bytes that the signature stands for; their hash."""
    data = canonical.encode(sealed)
    content = canonical.sha256(data)
    events = join_lines(work.events.lines(sealed.review))
    work.sealed.add(
        SealedRecord(content, sealed.review, sealed.application, sealed.revision, data, events, sealed.sealed_at)
    )
    return content


def _waiting(work: UnitOfWork) -> tuple[ReviewId, ...]:
    return tuple(review for review, sealed in work.sealed.current().items() if sealed.outcome is None)


def _carried(work: UnitOfWork, content: Sha256) -> CarriedReview:
    record = work.sealed.get(content)
    if record is None:  # a foreign key forbids it
        raise RuntimeError("a package that carries nothing known")
    return CarriedReview(review=record.review, application=record.application, revision=record.revision, is_new=False)
