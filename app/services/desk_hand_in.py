"""One review package: what it carries, its place in the exchange, and the file."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.crypto import certificates, suite
from app.crypto.certificates import CertifiedKey
from app.domain.conflict import Declaration
from app.domain.ids import ApplicationCode, CampaignId, PackageId, ReviewId, Sha256
from app.domain.onsite.returned import LostPhoto
from app.domain.outcome import Group
from app.packages import canonical, payloads
from app.packages.description import Addressee, Description, PackageKind, PartyRole, Reply, Sender
from app.packages.fork_payloads import settles_path, unwritten_path
from app.packages.payloads import CredentialPayload, HandInPayload, events_path, form_path, review_path
from app.packages.writer import PackageFile
from app.progress import Progress
from app.services.desk_enrolment import seal_office_half
from app.services.desk_errors import NoCredentialError
from app.services.desk_forms import FormsPort
from app.services.desk_hand_in_writing import name_remembered, require_folder
from app.services.desk_signed import is_as_signed, signed_of
from app.services.desk_unsent import unwritten_below, written_contents
from app.services.desk_views import CarriedReview
from app.services.package_output import unnamed_package
from app.services.photo_reading import PhotoReading
from app.services.visit_packing import MemberSignature, photos_due, signature_files, signatures_due, visit_pieces
from app.storage.desk.records import AssignmentRecord, CampaignRecord, SealedRecord, SentRecord
from app.storage.desk.store import DeskStore, UnitOfWork

_JSON: Final = "application/json"
_PDF: Final = "application/pdf"
_LINES: Final = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class HandIn:
    """What one package carries: every current revision without a receipt, and every declaration of the campaign.

    Attributes:
        damaged: applications with a revision that would be due and is not what was signed any more: it stays here.
    """

    campaign: CampaignRecord
    credential: CredentialPayload
    reviews: tuple[SealedRecord, ...]
    declarations: tuple[tuple[ReviewId, Declaration], ...]
    answers: AssignmentRecord | None
    office_half: str
    new: frozenset[Sha256]
    signatures: tuple[MemberSignature, ...] = ()
    damaged: tuple[ApplicationCode, ...] = ()

    @classmethod
    def gather(cls, work: UnitOfWork, campaign: CampaignId, *, new: frozenset[Sha256]) -> "HandIn":
        """Everything that is due.

        Raises:
            NoCredentialError: there is nobody to sign as.
        """
        known = work.desk.campaign(campaign)
        if known is None or known.credential is None:
            raise NoCredentialError
        mine = {record.review: record for record in work.reviews.all() if record.campaign == campaign}
        due = [one for review, one in work.sealed.current().items() if review in mine and not _is_settled(one)]
        assignments = [one for one in work.assignments.all().values() if one.campaign == campaign]
        recipients = (known.import_recipient, known.recovery_recipient)
        return cls(
            known,
            canonical.decode(known.credential, CredentialPayload),
            tuple(one for one in due if is_as_signed(one)),
            tuple(sorted((name, made) for name, made in work.reviews.declarations().items() if name in mine)),
            max(assignments, key=lambda one: one.seq, default=None),
            seal_office_half(work.desk.profile().office_half, recipients),
            new,
            signatures_due(work, campaign),
            tuple(sorted(one.application for one in due if not is_as_signed(one))),
        )

    def carried(self) -> tuple[CarriedReview, ...]:
        """The reviews, for people."""
        return tuple(
            CarriedReview(
                review=sealed.review,
                application=sealed.application,
                revision=sealed.revision,
                is_new=sealed.content_sha256 in self.new,
            )
            for sealed in self.reviews
        )


@dataclass(frozen=True, slots=True)
class WrittenHandIn:
    """Where the package stands in the exchange, and which photographs of visits could not go along."""

    package: PackageId
    sha256: Sha256
    seq: int
    lost_photos: tuple[tuple[ApplicationCode, LostPhoto], ...]


@dataclass(frozen=True, slots=True)
class _Packed:
    """The data files; ``pieces`` are photographs and signatures, which need not travel again once they arrived."""

    files: list[PackageFile]
    pieces: frozenset[Sha256]
    lost_photos: tuple[tuple[ApplicationCode, LostPhoto], ...]


def write_hand_in(
    store: DeskStore, hand_in: HandIn, *, forms: FormsPort, signer: CertifiedKey, out: Path, progress: Progress
) -> WrittenHandIn:
    """Write the package to *out*; it counts once the file has been read back and has its name.

    Raises:
        UserFacingError: the medium failed; nothing was counted and nothing is left under the name.
    """
    require_folder(out)
    with store.reading() as work:
        issued_at = certificates.whole_seconds(work.tick().at)
        packed = _packed(store, work, hand_in, forms=forms, issued_at=issued_at, progress=progress)
    description = _describe(hand_in, signer, issued_at=issued_at)
    recipients = (hand_in.campaign.import_recipient, hand_in.campaign.recovery_recipient)
    with unnamed_package(out, description, files=packed.files, signer=signer, recipients=recipients) as package:
        sent = SentRecord(
            Sha256(package.written.inner_sha256),
            package.written.package_id,
            hand_in.campaign.campaign,
            description.seq,
            bytes.fromhex(description.nonce),
            issued_at,
            False,
            out.name,
        )
        name_remembered(
            store,
            package,
            sent=sent,
            carried=[one.content_sha256 for one in hand_in.reviews],
            pieces=packed.pieces,
            declared_until=max((made.declared_at for _review, made in hand_in.declarations), default=None),
        )
    return WrittenHandIn(sent.package, sent.sha256, sent.seq, packed.lost_photos)


def _is_settled(sealed: SealedRecord) -> bool:
    """Whether the secretariat has taken it; what was held or refused travels again and heals a lost file."""
    return sealed.outcome is not None and sealed.outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO)


def _describe(hand_in: HandIn, signer: CertifiedKey, *, issued_at: datetime) -> Description:
    campaign = hand_in.campaign
    answers = hand_in.answers
    return Description(
        kind=PackageKind.REVIEW,
        package_id=secrets.token_hex(16),
        campaign_id=campaign.campaign,
        sender=Sender(role=PartyRole.EXPERT, cert_sha256=suite.digest_hex(signer.certificate)),
        to=(Addressee(role=PartyRole.SECRETARIAT, recipient=campaign.import_recipient),),
        seq=campaign.sent_seq + 1,
        prev_sha256=campaign.sent_sha256,
        issued_at=issued_at,
        nonce=secrets.token_hex(16),
        in_reply_to=Reply(package_id=answers.package, sha256=answers.package_sha256) if answers else None,
    )


def _packed(
    store: DeskStore, work: UnitOfWork, hand_in: HandIn, *, forms: FormsPort, issued_at: datetime, progress: Progress
) -> _Packed:
    files = _files(work, hand_in, forms, issued_at=issued_at, progress=progress)
    pieces = {one.p7s_sha256 for one in hand_in.signatures}
    lost: list[tuple[ApplicationCode, LostPhoto]] = []
    visits = [one for one in hand_in.reviews if work.sealed_visits.get(one.content_sha256) is not None]
    photos = PhotoReading(store, progress, total=sum(photos_due(work, one) for one in visits))
    for record in visits:
        visit = visit_pieces(work, record, photos=photos)
        files += visit.files
        pieces |= set(visit.photos.here)
        lost += [(record.application, one) for one in visit.photos.lost]
    return _Packed(files, frozenset(pieces), tuple(lost))


def _files(
    work: UnitOfWork, hand_in: HandIn, forms: FormsPort, *, issued_at: datetime, progress: Progress
) -> list[PackageFile]:
    payload = HandInPayload(
        hand_in.credential.expert,
        hand_in.credential.device,
        hand_in.declarations,
        tuple(sealed.review for sealed in hand_in.reviews),
        hand_in.office_half,
        tuple(one.carried() for one in hand_in.signatures),
    )
    files = [PackageFile.from_bytes(payloads.HAND_IN, _JSON, data=canonical.encode(payload))]
    lines = [(signed_of(record), record.content_sha256) for record in hand_in.reviews]
    choices, written = work.forks.choices(), written_contents(work)
    forms.prepare(work, tuple(sealed for sealed, _content in lines))
    for done, (record, (sealed, content)) in enumerate(zip(hand_in.reviews, lines, strict=True)):
        progress.step(done, len(hand_in.reviews))
        files += [
            PackageFile.from_bytes(review_path(record.review), _JSON, data=record.data, application=record.application),
            PackageFile.from_bytes(
                events_path(record.review), _LINES, data=record.events, application=record.application
            ),
        ]
        if settles := choices.get(record.review, {}).get(record.revision):
            path, data = settles_path(record.review), canonical.encode(settles)
            files.append(PackageFile.from_bytes(path, _JSON, data=data, application=record.application))
        if unwritten := unwritten_below(work, sealed, written):
            path, data = unwritten_path(record.review), canonical.encode(unwritten)
            files.append(PackageFile.from_bytes(path, _JSON, data=data, application=record.application))
        for name, data in forms.sealed_forms(work, sealed, content).items():
            files.append(
                PackageFile.from_bytes(form_path(record.review, name), _PDF, data=data, application=record.application)
            )
    files += signature_files(hand_in.signatures)
    if lines:
        page = forms.signature_page(work, tuple(lines), issued_at)
        files.append(PackageFile.from_bytes(payloads.SIGNATURE_PAGE, _PDF, data=page))
    return files
